"""What if: values of one unit moved by hand, its healths, status and rank before and after."""

from collections.abc import Sequence

import streamlit as st

from metrics import limits, phrases, whatif
from metrics.catalogue import indicators
from metrics.findings import counted
from metrics.picture import Driver, Picture, Unit
from metrics.whatif import State
from metrics.words import say
from pages.ui import rows
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.why import held
from pages.ui.why.takes import amounts

MOST = 6


def show(screen: Screen, picture: Picture, unit: Unit) -> None:
    """The unit as it would stand, above the figures to move."""
    language = screen.language
    able = [driver for driver in unit.drivers if driver.value is not None and driver.score is not None]
    if not able:
        st.markdown(say(language, "why.none_health"))
        return
    result = st.container(key="whatif_result", gap="small")
    by_id = {driver.indicator: driver for driver in able}
    chosen = list(by_id)[:MOST]
    if len(able) > MOST:
        with st.expander(say(language, "why.whatif_figures", n=MOST)):
            chosen = st.multiselect(
                say(language, "why.whatif_figures", n=MOST), list(by_id), default=chosen, max_selections=MOST,
                key=f"whatif_{unit.id}", format_func=lambda name: held.label(screen, name),
                label_visibility="collapsed",
            )  # fmt: skip
    values = _sliders(screen, picture, unit, [by_id[name] for name in chosen])
    moved = {name: value for name, value in values.items() if value != by_id[name].value}
    with result:
        _result(screen, picture, unit, moved)


def _sliders(screen: Screen, picture: Picture, unit: Unit, drivers: Sequence[Driver]) -> dict[str, float]:
    """A slider a figure, from end to end of its goalposts; two columns where there is room."""
    leaves = {leaf.indicator: leaf for leaf in picture.scores.policy.leaves}
    values, columns = {}, st.columns(2, gap="medium")
    for place, driver in enumerate(drivers):
        now = float(driver.value or 0.0)
        texts = {now: phrases.value_text(screen.language, driver.indicator, now, picture.currency)}
        for step in whatif.steps(leaves[driver.indicator], now):
            text = phrases.value_text(screen.language, driver.indicator, float(step), picture.currency)
            if text not in texts.values():
                texts[float(step)] = text
        key = _key(unit, driver.indicator)
        if st.session_state.get(key) not in texts:
            st.session_state[key] = now
        with columns[place % 2]:
            name = md(held.label(screen, driver.indicator))
            values[driver.indicator] = float(
                st.select_slider(name, sorted(texts), key=key, format_func=texts.__getitem__)
            )
    return values


def _key(unit: Unit, indicator: str) -> str:
    return f"try_{unit.id}_{indicator}"


def _reset(unit: Unit) -> None:
    for driver in unit.drivers:
        key = _key(unit, driver.indicator)
        if key in st.session_state and driver.value is not None:
            st.session_state[key] = float(driver.value)


def _result(screen: Screen, picture: Picture, unit: Unit, moved: dict[str, float]) -> None:
    language = screen.language
    if not moved:
        st.markdown(say(language, "why.whatif_text"))
        return
    now = State(unit.financial, unit.social, unit.balance, unit.status, unit.cause, unit.rank)
    then = whatif.tried(picture, unit, moved)
    ranked = sum(one.rank is not None for one in counted(picture))
    st.markdown(f"**{md(phrases.moved(language, now, then, ranked, len(moved), unit.name))}**")
    ends = [f"{rows.MARKS[one.status]} {say(language, f'pages.status_{one.status}')}" for one in (now, then)]
    key = "why.whatif_status" if now.status != then.status else "why.whatif_status_same"
    st.markdown(say(language, key, before=ends[0], after=ends[1]))
    drivers = {driver.indicator: driver for driver in unit.drivers}
    for name, value in moved.items():
        _moved(screen, picture, unit, drivers[name], value)
    st.button(say(language, "why.whatif_reset"), key="whatif_reset", on_click=_reset, args=(unit,))


def _moved(screen: Screen, picture: Picture, unit: Unit, driver: Driver, value: float) -> None:
    """One figure that was moved: its limit's colour before and after, and the change in money and people."""
    language, name = screen.language, driver.indicator
    before = float(driver.value or 0.0)
    level, _ = limits.level(indicators()[name], value, picture.limits)
    ends = [
        rows.LEVELS[mark] + md(phrases.value_text(language, name, one, picture.currency))
        for mark, one in ((driver.level, before), (level, value))
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"moved_{name}"):
        text = say(language, "why.item", name=md(held.label(screen, name)), before=ends[0], after=ends[1])
        st.markdown(text, width="content")
        amounts(screen, picture, unit, name, (before, value), "moved")
