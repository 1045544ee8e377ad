"""What is not measured: figures that wait for a column, and figures of the field that are left out, with the reason."""

import streamlit as st

from metrics.catalogue import indicators
from metrics.excel import Sheet
from metrics.picture import Picture
from metrics.words import catalogue, say
from pages.ui import excel, gaps, menu
from pages.ui.screen import Screen
from pages.ui.text import md

Pairs = list[tuple[str, str]]


def show(screen: Screen) -> None:
    """Columns that would enable figures, most first; then what the catalogue leaves out."""
    shown = screen.picture()
    if shown is None:
        st.markdown(screen.say("missing_no_data"))
        menu.link("data", label=screen.say("door_upload_open"))
    else:
        _waiting(screen, gaps.waiting(screen, shown), empty(screen, shown))
    _left_out(screen)


def empty(screen: Screen, shown: Picture) -> Pairs:
    """Indicators whose columns are there and hold nothing that counts, each with what it would count."""
    frame = gaps.values(screen, shown)
    known = set(frame.loc[frame["value"].notna(), "indicator"])
    names = dict.fromkeys(frame.loc[frame["status"] == "not_available", "indicator"])
    every = [indicators()[name] for name in names if name not in known]
    return [(screen.named(one), one.text(screen.language, "summary")) for one in every]


def _waiting(screen: Screen, lacking: list[gaps.Gap], nothing: Pairs) -> None:
    """How many indicators have no figure, and the two reasons, each with its table."""
    language = screen.language
    found = [(gap.field, gaps.titles(screen, gap)) for gap in lacking]
    n = len({name for gap in lacking for name in gap.waiting}) + len(nothing)
    columns = [say(language, f"indicators.head_{name}") for name in ("column", "enables")]
    counts = [screen.say(f"missing_{name}") for name in ("indicator", "counts")]
    with st.container(key="head_waiting", horizontal=True, horizontal_alignment="distribute"):
        st.header(say(language, "indicators.waiting", n=n), anchor=False)
        if n:
            name = say(language, "indicators.sheet_waiting")
            made = [Sheet(name, columns, found), Sheet(screen.say("missing_empty_sheet"), counts, nothing)]
            excel.button(screen, "not_measured", lambda: [sheet for sheet in made if sheet.rows], "excel_waiting")
    if not n:
        st.markdown(say(language, "indicators.waiting_none"))
    if found:
        st.markdown(screen.say("missing_columns"))
        _table("waiting_columns", columns, [(f"`{column}`", md(names)) for column, names in found])
        menu.link("data", label=screen.say("door_template_open"))
    if nothing:
        st.markdown(screen.say("missing_empty"))
        _table("waiting_empty", counts, [(md(name), md(counted)) for name, counted in nothing])


def _table(key: str, heads: list[str], rows: Pairs) -> None:
    columns = ([row[at] for row in rows] for at in range(2))
    with st.container(key=key):
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True, alt=", ".join(heads))


def left_out(language: str) -> list[tuple[str, str]]:
    """Indicators of the field that are not in the catalogue: id, and its name with the reason."""
    begun = "indicators.left_out_"
    found = {key.removeprefix(begun): str(text) for key, text in catalogue(language).items() if key.startswith(begun)}
    return sorted((name, text) for name, text in found.items() if name not in indicators())


def _left_out(screen: Screen) -> None:
    language = screen.language
    found = left_out(language)
    with st.container(key="head_left_out"):
        st.header(say(language, "indicators.out_title", n=len(found)), anchor=False)
    st.markdown(say(language, "indicators.out_text" if found else "indicators.out_none"))
    st.markdown("\n".join(f"- {md(text)}" for _, text in found))
