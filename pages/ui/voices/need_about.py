"""Beside the needs: what was looked at and not found, the rules as a table, and the figures to take away."""

import streamlit as st

from metrics.excel import Sheet
from metrics.tailoring import telling
from metrics.tailoring.rules import shipped
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices.need_reads import Seen, said


def not_found(screen: Screen, seen: Seen) -> None:
    """The rules by which nothing stands out, and those whose signal is not recorded."""
    found = {one.rule.name for one in seen.looked.needs}
    quiet = [rule for rule in shipped().rules if rule.name not in found]
    st.header(said(screen, "not_found", n=len(quiet)), anchor=False)
    lines = []
    for rule in quiet:
        title, n = rule.title(screen.language), seen.looked.people[rule.signal.name]
        lines.append(
            said(screen, "not_found_line", title=title, n=n)
            if n
            else said(screen, "lacking_line", title=title, column=rule.signal.needs)
        )
    st.markdown("\n".join(f"- :gray[{md(line)}]" for line in lines))


def rules(screen: Screen) -> None:
    """The rules as a manager reads them, closed until they are asked for."""
    frame = telling.rules_frame(shipped(), screen.language)
    with st.expander(said(screen, "rules", n=len(frame))):
        st.markdown(md(said(screen, "rules_text")))
        columns = {str(head): [md(cell) for cell in frame[head]] for head in frame.columns}
        st.table(columns, border="horizontal", hide_index=True)


def sheets(screen: Screen, seen: Seen) -> list[Sheet]:
    """Every segment in which a need stands out, in full precision."""
    frame = telling.frame(seen.looked, {name: one.verdict for name, one in seen.verdicts.items()})
    return [Sheet(said(screen, "picture"), list(frame.columns), list(frame.itertuples(index=False)))]
