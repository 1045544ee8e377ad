"""A chart to take away: as SVG, PNG and its data, each with what it rests on and the address of the view."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from metrics.charts.tones import LIGHT, Tones
from metrics.documents import taken
from metrics.excel import Sheet
from pages.ui import excel, giving
from pages.ui.screen import Screen


def chart(
    screen: Screen, name: str, title: str, drawn: Callable[[Tones], Any], made: Callable[[], Sequence[Sheet]], key: str
) -> None:
    """A small menu beside a chart: its drawing as SVG and PNG, its data as Excel and CSV.

    Args:
        name: what it shows, for the files' names.
        title: the chart's finding.
        drawn: draws the chart in given colours: an Altair chart, or SVG. It and `made` run outside of the script and
            must not call Streamlit.
        made: gives the data.
        key: of the menu.
    """
    if not giving.allowed(screen, "export"):
        return
    lines = [excel.source(screen), excel.link()]
    stem = excel.stem(screen, name)

    def svg() -> str:
        return taken.svg(drawn(LIGHT), title, lines)

    look = {"type": "tertiary", "icon": excel.ICON, "help": screen.say("take_help")}
    with st.popover(screen.say("take_chart"), key=key, **look), st.container(key=f"{key}_menu", horizontal=True):
        drawing, painting = (screen.say(f"take_{form}") for form in ("svg", "png"))
        giving.file(screen, drawing, lambda: svg().encode(), f"{stem}.svg", "image/svg+xml", key=f"{key}_svg",
                    **excel.LOOK)  # fmt: skip
        giving.file(screen, painting, lambda: taken.png(svg()), f"{stem}.png", "image/png", key=f"{key}_png",
                    **excel.LOOK)  # fmt: skip
        excel.files(screen, name, made, f"{key}_excel", icon=None)
