"""The drawer at the right: one unit, now, why, what it takes and what if; or every warning."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from metrics import findings, phrases, targets
from metrics.catalogue import indicators
from metrics.figures import figure
from metrics.picture import Driver, Picture, Unit
from metrics.words import month, number
from pages.ui import alone, menu, rows, state, why
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.why import held

DRIVERS = WAYS = 3
WIDE = 680  # pixels of a unit's drawer: room for a chart and its names
WARNINGS, CLOSED = "warnings_open", "drawers_closed"


def show_unit(unit: str) -> None:
    """Ask for a unit's drawer; the address keeps it open through a refresh."""
    st.session_state.pop(WARNINGS, None)
    state.put("unit", unit)


def show_warnings() -> None:
    """Ask for the list of all warnings."""
    state.put("unit")
    st.session_state[WARNINGS] = True


def close() -> None:
    """Forget what was asked for. The count names the next chart anew, so that its selection is empty again."""
    state.put("unit")
    state.put("part")
    st.session_state.pop(WARNINGS, None)
    st.session_state[CLOSED] = st.session_state.get(CLOSED, 0) + 1


def open_asked(screen: Screen, picture: Picture) -> None:
    """Open the drawer that the address or the list asks for, if any."""
    asked = state.given("unit")
    unit = next((unit for unit in picture.units if unit.id == asked), None)
    if unit is not None:
        _drawer(f"{md(unit.name)}", lambda: _unit(screen, picture, unit), WIDE)
    elif asked:
        state.put("unit")
        st.toast(state.unknown_text(screen.language, (("unit", asked),)))
    elif st.session_state.get(WARNINGS):
        count = len(findings.warnings(picture))
        _drawer(screen.say("act_all", n=count), lambda: _warnings(screen, picture))


def _drawer(title: str, body: Callable[[], None], width: Literal["small"] | int = "small") -> None:
    alone.dialog(title, width=width, position="right", on_dismiss=close)(body)()


def _unit(screen: Screen, picture: Picture, unit: Unit) -> None:
    if unit.too_few:
        st.markdown(screen.say("head_too_few", least=findings.MIN_CLIENTS))
        return
    since = f" :gray[{screen.say('since', month=month(screen.language, unit.since))}]" if unit.since else ""
    st.markdown(rows.status(screen, unit) + since)
    with st.container(key="healths_drawer"):
        st.markdown(f"{rows.healths(screen, unit)}&ensp;{rows.balance(screen, unit)}")
    part = why.choose(screen) if unit.status != "none" else "now"
    if part == "now":
        _now(screen, picture, unit)
    else:
        why.show(screen, picture, unit, part)
    if st.button(screen.say("close"), key="close_drawer"):
        close()
        st.rerun()


def _now(screen: Screen, picture: Picture, unit: Unit) -> None:
    """What the unit is like now: who answers for it, what weighs most, and what would bring it back."""
    if unit.manager:
        st.markdown(f":gray[{md(unit.manager)}]")
    if unit.missed:
        st.markdown(screen.say("not_seen_sentence"))
    drivers = [driver for driver in unit.drivers if driver.value is not None][:DRIVERS]
    st.header(screen.say("drivers_title", n=len(drivers)), anchor=False)
    for driver in drivers:
        _driver(screen, picture, driver, unit)
    _ways(screen, picture, unit)
    _rate(screen, picture, unit)


def _driver(screen: Screen, picture: Picture, driver: Driver, unit: Unit) -> None:
    with st.container(key=f"driver_{driver.indicator}", gap=None):
        said = rows.reason(screen, picture, driver, mark=True)
        asked = {"indicator": driver.indicator, **({"unit": unit.id} if screen.by == "branch" else {})}
        if not menu.link("indicators", label=said, query_params=asked):
            st.markdown(said)
        facts = [rows.change(screen, picture, driver), rows.people(screen, driver)]
        facts.append(screen.say(f"side_{driver.pillar}"))
        st.markdown(f":gray[{' · '.join(fact for fact in facts if fact)}]")
        menu.link(
            "indicators",
            label=screen.say("definition", name=md(indicators()[driver.indicator].text(screen.language, "title"))),
            query_params={"indicator": driver.indicator, **({"unit": unit.id} if picture.by == "branch" else {})},
        )


def _ways(screen: Screen, picture: Picture, unit: Unit) -> None:
    """What would bring the unit back within its limit: at most three indicators, each alone enough."""
    found = targets.ways(picture, unit)
    if found is None:
        return
    limit = number(screen.language, found.limit, 0)
    st.header(screen.say(f"ways_{found.health}", limit=limit), anchor=False)
    for way in found.ways[:WAYS]:
        known = indicators()[way.indicator]
        before, after = (figure(screen.language, known, one, picture.currency) for one in (way.before, way.after))
        name = screen.named(known, "short")
        st.markdown(screen.say("ways_item", name=md(name), before=md(before), after=md(after)))
    if found.ways:
        st.markdown(f":gray[{screen.say('ways_alone', n=min(len(found.ways), WAYS))}]")
    elif found.furthest:
        name = md(screen.named(indicators()[found.furthest[0]], "short"))
        reached = number(screen.language, found.furthest[1], 0)
        st.markdown(screen.say("ways_none", name=name, reach=reached))


def _rate(screen: Screen, picture: Picture, unit: Unit) -> None:
    """What the weight means here: one point of the main driver in points of others."""
    found = phrases.rates(picture, unit)
    if found is not None:
        said = phrases.rate(screen.language, found, lambda name: held.named(screen, name))
        st.markdown(f":gray[{md(said)}]")


def _warnings(screen: Screen, picture: Picture) -> None:
    look = {"icon": ":material/arrow_forward:", "type": "tertiary", "help": screen.say("warnings_page_help")}
    if menu.opens("warnings") and st.button(screen.say("warnings_page"), key="warnings_page", **look):
        close()
        st.switch_page(menu.file_of("warnings"))
    last = None
    for unit, driver in findings.warnings(picture):
        if unit is not last:
            st.header(md(unit.name), anchor=False)
        last = unit
        st.markdown(rows.reason(screen, picture, driver, mark=True))
