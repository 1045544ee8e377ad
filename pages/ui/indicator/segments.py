"""Segments: indicators side by side for branches, products, genders, ages and so on; or one indicator in each."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import indicators
from metrics.words import say
from pages.ui import state
from pages.ui.indicator import apart, compare, listed
from pages.ui.indicator.figures import Reading
from pages.ui.indicator.parts import KINDS, kinds
from pages.ui.screen import Screen

__all__ = ["KINDS", "show"]


def show(screen: Screen, name: str | None, day: datetime.date, every: Sequence[Reading]) -> None:
    """The kind of segment to choose, then the heat table, or the small multiples of one indicator."""
    kind = _kind(screen, name)
    if name is None:
        compare.show(screen, kind, day, listed.chosen(screen, every))
    else:
        whole = next((r for r in every if r.indicator.id == name), None)
        apart.show(screen, kind, day, indicators()[name], whole)


def _kind(screen: Screen, name: str | None) -> str:
    known = kinds(screen, name)
    asked = state.given("part") or ""
    if not known:
        return ""
    st.session_state["w_part"] = asked if asked in known else known[0]
    st.pills(
        say(screen.language, "indicators.by"), known, key="w_part", required=True, label_visibility="collapsed",
        format_func=lambda kind: say(screen.language, f"indicators.by_{kind}"),
        on_change=lambda: state.put("part", st.session_state["w_part"]),
    )  # fmt: skip
    shown = str(st.session_state["w_part"])
    if asked and asked != shown:
        names = {key: say(screen.language, f"indicators.by_{kind}") for key, kind in (("a", asked), ("b", shown))}
        st.caption(say(screen.language, "indicators.not_by", kind=names["a"], shown=names["b"]))
    return shown
