"""Which scenario, and the sizes of its shocks, edited in place."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from metrics.records import Record
from metrics.stress import kept, library, telling
from metrics.stress.kinds import SHOCKS
from metrics.stress.library import MOST_DAYS, Scenario
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.stress import reads
from pages.ui.stress.reads import said

FIRST = "collection_moratorium"
EVERYWHERE = ""


def scenario(screen: Screen) -> tuple[Scenario, Record | None]:
    """The scenario that the address names, as it is kept or comes with the tool, and its record if it has one."""
    own = {record.id: record for record in reads.records(screen)}
    names = [*library.scenarios(), *own]
    asked = state.given("shock")
    st.session_state["w_shock"] = asked if asked in names else FIRST

    def title(name: str) -> str:
        if name in own:
            return said(screen, "kept_mark", title=str(own[name].body["title"]))
        return library.scenario(name).text(screen.language, "title")

    chosen = st.selectbox(said(screen, "choose"), names, format_func=title, key="w_shock", on_change=_chosen)
    record = own.get(chosen)
    return (kept.opened(record), record) if record else (library.scenario(chosen), None)


def _chosen() -> None:
    state.put("shock", st.session_state["w_shock"])


def sized(screen: Screen, one: Scenario) -> Scenario:
    """The scenario with the sizes that stand in the inputs, and a way back to its own."""
    st.markdown(f"**{said(screen, 'sizes')}**")
    more = st.session_state.get(f"shock_more_{one.name}") or []
    own = {name: size for name, size in one.sizes.items() if size != SHOCKS[name].neutral}
    names = [name for name in SHOCKS if name in own or name in more]
    sizes = {name: _input(screen, one, name) for name in names}
    days, branches = one.days, one.branches
    if sizes.get("late"):
        days = int(st.number_input(said(screen, "days"), 1, MOST_DAYS, one.days, 15, key=f"shock_days_{one.name}",
                                   help=said(screen, "days_help")))  # fmt: skip
    if len(screen.options.branches) > 1:
        branches = _district(screen, one)
    rest = [name for name in SHOCKS if name not in own]
    st.multiselect(said(screen, "add_shock"), rest, key=f"shock_more_{one.name}", placeholder=said(screen, "add_none"),
                   format_func=lambda name: telling.shock(screen.language, name))  # fmt: skip
    st.button(said(screen, "reset"), key="shock_reset", type="tertiary", icon=":material/restart_alt:",
              on_click=forget, args=(one.name,))  # fmt: skip
    # A district that was taken out strikes everywhere, not the district that the scenario comes with.
    return replace(one, sizes=_checked(sizes), days=days, branches=branches, district=False)


def _checked(sizes: Mapping[str, float]) -> dict[str, float]:
    return {name: library.checked(name, size) for name, size in sizes.items()}


def _input(screen: Screen, one: Scenario, name: str) -> float:
    shock = SHOCKS[name]
    scale = 100.0 if shock.unit == "share" else 1.0
    start = one.sizes.get(name, shock.neutral)
    label = telling.shock(screen.language, name) + (" (%)" if shock.unit == "share" else "")
    found = st.number_input(
        label, shock.neutral * scale, shock.high * scale, round(start * scale, 6), shock.step * scale,
        format="%g", key=f"shock_size_{one.name}_{name}",
    )  # fmt: skip
    return round(float(found) / scale, 9)


def _district(screen: Screen, one: Scenario) -> tuple[str, ...]:
    known = reads.districts(screen.source, screen.scope)
    start = next((name for name, branches in known.items() if set(branches) == set(one.branches)), None)
    if one.district and start is None and not one.branches:
        start = next(iter(known), None)
    names = [EVERYWHERE, *known]
    chosen = st.selectbox(said(screen, "district"), names, names.index(start) if start else 0,
                          format_func=lambda name: name or said(screen, "everywhere"),
                          key=f"shock_place_{one.name}")  # fmt: skip
    if not chosen:
        return ()
    return known[chosen]


def forget(name: str) -> None:
    """Put the sizes of a scenario back to its own."""
    starts = (f"shock_size_{name}_", f"shock_days_{name}", f"shock_place_{name}", f"shock_more_{name}")
    for key in [key for key in st.session_state if str(key).startswith(starts)]:
        del st.session_state[key]
