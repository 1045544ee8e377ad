"""Units that need action as rows: what is wrong, since when, who answers; each opens the drawer."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics import findings
from metrics.picture import Picture, Unit
from metrics.words import month
from pages.ui import drawer, rows
from pages.ui.screen import Screen
from pages.ui.text import md

MOST = 5


def act_now(screen: Screen, picture: Picture) -> None:
    """The list, worst first, at most five rows, with a way to all warnings."""
    acting = findings.acting(picture)
    _head(screen, picture, len(acting))
    if not acting:
        st.markdown(f":gray[{screen.say('act_nothing')}]")
    size = "tight" if len(acting) >= MOST else "roomy"
    for place, unit in enumerate(acting[:MOST]):
        with st.container(key=f"act_{size}_{place}", gap=None):
            _row(screen, picture, unit)
    warnings = len(findings.warnings(picture))
    if warnings:
        label = screen.say("act_all", n=warnings)
        st.button(label, key="all_warnings", type="tertiary", on_click=drawer.show_warnings)


def over_limit(screen: Screen, picture: Picture) -> None:
    """Where no health can be judged yet: the figures that are over their limits all the same."""
    found = findings.warnings(picture)
    with st.container(key="head_act"):
        st.header(screen.say("over_limit", n=len(found)), anchor=False)
    for unit, driver in found[: 2 * MOST]:
        st.markdown(f"**{md(unit.name)}** {rows.reason(screen, picture, driver, mark=True)}")


def _head(screen: Screen, picture: Picture, n: int) -> None:
    note = ""
    if n:
        units = findings.units_text(screen.language, picture.by, n)
        note = screen.say("act_note", n=n, units=units, limit=findings.shown(picture.policy.health_limit))
    with st.container(key="head_act"):
        st.header(f"{screen.say('act_title')} :gray[{note}]" if note else screen.say("act_title"), anchor=False)


def _row(screen: Screen, picture: Picture, unit: Unit) -> None:
    with _line("one", unit):
        open_it = {"on_click": drawer.show_unit, "args": (unit.id,)}
        st.button(rows.name(screen, unit), key=f"open_{unit.id}", type="tertiary", **open_it)
        if unit.since:
            st.markdown(f":gray[{screen.say('since', month=month(screen.language, unit.since))}]", width="content")
    with _line("two", unit):
        said = rows.reason(screen, picture, unit.drivers[0]) if unit.drivers else screen.say("no_reason")
        st.markdown(said, width="content")
        st.markdown(rows.healths(screen, unit), width="content")
    with _line("three", unit):
        st.markdown(f":gray[{md(unit.manager)}]" if unit.manager else "&nbsp;", width="content")
        if unit.missed:
            st.markdown(screen.say("not_seen"), width="content")


def _line(part: str, unit: Unit) -> DeltaGenerator:
    return st.container(key=f"line_{part}_{unit.id}", horizontal=True, horizontal_alignment="distribute", gap=None)
