"""What in the data needs a look: each finding with what it may mean, what to do, and the rows behind it."""

import pandas as pd
import streamlit as st

from metrics.checks import Finding, catalogue
from metrics.words import say
from pages.ui import data, downloads, giving, menu
from pages.ui.screen import Screen
from pages.ui.text import md

MARKS = {"error": ":red[■]", "warning": ":orange[▲]", "hint": ":gray[●]"}
ROWS_SHOWN = 100


def _say(screen: Screen, name: str, **params: object) -> str:
    return say(screen.language, f"checks.{name}", **params)


def line(screen: Screen) -> None:
    """One line for the Overview: how many things need a look, with the way to them; nothing where none does."""
    found = data.checked(screen.source, screen.scope)
    if found:
        menu.link("data", label=_say(screen, "title", n=len(found)))


def show(screen: Screen) -> None:
    """The findings, the gravest first; or that the checks found nothing."""
    with st.spinner(_say(screen, "running")):
        found = data.checked(screen.source, screen.scope)
    if not found:
        st.header(_say(screen, "none"), anchor=False)
        st.markdown(f":gray[{_say(screen, 'ran', n=len(catalogue()))}]")
        return
    st.header(_say(screen, "title", n=len(found)), anchor=False)
    for finding in found:
        _finding(screen, finding)
    st.markdown(f":gray[{_say(screen, 'ran', n=len(catalogue()))}]")


def _finding(screen: Screen, finding: Finding) -> None:
    check = finding.check
    severity = _say(screen, f"severity_{check.severity}")
    title = md(check.text(screen.language, "title"))
    said = _say(screen, "headed", severity=severity, title=title)
    label = f"{MARKS[check.severity]} {said} :gray[{_say(screen, 'found', n=finding.count)}]"
    with st.expander(label, key=f"check_{check.name}"):
        st.markdown(md(check.text(screen.language, "meaning")))
        st.markdown(f"**{_say(screen, 'remedy')}** {md(check.text(screen.language, 'remedy'))}")
        if not screen.may("rows"):
            return
        shown = finding.rows.head(ROWS_SHOWN)
        st.dataframe(shown.map(_plain), hide_index=True, height="content" if len(shown) < 8 else 300)
        if finding.count > len(shown):
            st.caption(_say(screen, "more", n=len(shown), all=finding.count))
        giving.file(
            screen,
            _say(screen, "take", n=len(finding.rows)),
            lambda: downloads.as_csv(finding.rows.columns, finding.rows.itertuples(index=False)),
            f"{check.name}.csv",
            "text/csv",
            key=f"take_{check.name}",
            action="rows",
        )


def _plain(value: object) -> object:
    """Dates without their midnight."""
    return value.date() if isinstance(value, pd.Timestamp) else value
