"""What is not measured: figures that wait for a column, and figures of the field that are left out, with the reason."""

import streamlit as st

from metrics.catalogue import indicators
from metrics.excel import Sheet
from metrics.words import catalogue, say
from pages.ui import excel, gaps, menu
from pages.ui.screen import Screen
from pages.ui.text import md


def show(screen: Screen) -> None:
    """Columns that would enable figures, most first; then what the catalogue leaves out."""
    _waiting(screen)
    _left_out(screen)


def rows(screen: Screen) -> list[tuple[str, str]]:
    """A column that is missing, and the indicators that it would enable."""
    shown = screen.picture()
    if shown is None:
        return []
    return [(gap.field, gaps.titles(screen, gap)) for gap in gaps.waiting(screen, shown)]


def _waiting(screen: Screen) -> None:
    language = screen.language
    found = rows(screen)
    names = {name for _, names in found for name in names.split(", ")}
    with st.container(key="head_waiting", horizontal=True, horizontal_alignment="distribute"):
        st.header(say(language, "indicators.waiting", n=len(names)), anchor=False)
        if found:
            heads = [say(language, f"indicators.head_{name}") for name in ("column", "enables")]
            sheet = Sheet(say(language, "indicators.sheet_waiting"), heads, found)
            excel.button(screen, "not_measured", lambda: [sheet], "excel_waiting")
    if not found:
        st.markdown(say(language, "indicators.waiting_none"))
        return
    columns = ([f"`{column}`" for column, _ in found], [md(text) for _, text in found])
    st.table(
        dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True,
        alt=say(language, "indicators.waiting", n=len(names)),
    )  # fmt: skip
    st.page_link(menu.file_of("data"), label=screen.say("door_template_open"))


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

