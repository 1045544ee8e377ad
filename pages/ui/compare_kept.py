"""A scenario opened as it was: its numbers, whether the data of then still give them, and what can be done with it."""

import datetime
from contextlib import closing

import streamlit as st

from metrics import kept, scenarios
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError
from metrics.findings import health_text
from metrics.kept import Opened, Scenario
from metrics.picture import Picture
from metrics.standing import Result, Standing
from metrics.words import date
from pages.ui import compare_words, data, door, giving, inputs, recording, sides, state
from pages.ui.compare_words import said
from pages.ui.rows import MARKS, TONES
from pages.ui.screen import Screen
from pages.ui.text import md

MOST = 5


@st.cache_resource(show_spinner=False, max_entries=16)
def reopened(source: data.Source, name: str) -> Opened:
    """A scenario computed anew from its figures and from the batches of then."""
    with closing(source.store.cursor()) as cursor:
        one = kept.find(cursor, name)
    return kept.reopen(source.store, one)


def show(screen: Screen, shown: Picture) -> None:
    """The scenario that is chosen, or that the address names."""
    known = {one.name: one for one in sides.scenarios(screen.source)}
    asked = state.given("scenario") or ""
    name = next((one for one in known if asked in (one, one.partition("@")[0])), None)
    if asked and name is None:
        st.error(md(EvenkeelError("compare.no_scenario", name=asked).text(screen.language)))
    if not known:
        st.markdown(f":gray[{said(screen, 'no_kept')}]")
        return
    st.session_state["w_scenario"] = name or next(iter(known))
    chosen = st.selectbox(
        said(screen, "which"), list(known), format_func=lambda name: inputs.short_title(screen.policy_title(name)),
        key="w_scenario", help=said(screen, "which_help"), on_change=_chosen,
    )  # fmt: skip
    _one(screen, shown, known[str(chosen)])


def _chosen() -> None:
    state.put("scenario", st.session_state["w_scenario"])


def _one(screen: Screen, shown: Picture, one: Scenario) -> None:
    version = one.version
    day = date(screen.language, version.saved_at.date())
    parts = [said(screen, "by_on", who=version.saved_by, date=day), version.note]
    st.markdown(md(compare_words.seen_on(screen, one)))
    st.caption(md(" · ".join(part for part in parts if part)))
    _proof(screen, one)
    with st.container(key="compare_result"):
        st.table(_table(screen, one.result), border="horizontal", hide_index=True)
    _ways(screen, shown, one)
    st.caption(said(screen, "link"))
    st.code(compare_words.address(one.name), language=None, wrap_lines=True)


def _proof(screen: Screen, one: Scenario) -> None:
    """Whether what was kept comes out again, from its figures and from the batches of then."""
    with st.spinner(screen.say("computing")):
        found = reopened(screen.source, one.name)
    exact = said(screen, "exact", n=len(one.result.units)) if found.exact else said(screen, "not_exact")
    counts = {"landed": len(found.landed), "taken": len(found.taken_out)}
    texts = [said(screen, f"data_{word}", n=n) for word, n in counts.items()]
    same = not any(counts.values())
    changed = said(screen, "data_same") if same else said(screen, "data_changed", landed=texts[0], taken=texts[1])
    st.markdown(f"{md(exact)} {md(changed)} {md(_figures(screen, one, found))}")


def _figures(screen: Screen, one: Scenario, found: Opened) -> str:
    """Whether the figures come out again from the batches of then."""
    if found.reason == "gone":
        return said(screen, "gone", n=len(found.missing))
    if found.reason == "refused" and found.fault is not None:
        return said(screen, "refused", fault=found.fault.text(screen.language))
    every = sum(len(row) for figures in (one.parts, one.whole) for row in figures.values())
    if not found.differing:
        return said(screen, "figures_same", n=every)
    known = indicators()
    listed = []
    for unit, name in found.differing[:MOST]:
        title = known[name].text(screen.language, "short") if name in known else name
        listed.append(said(screen, "figure_of", unit=unit, indicator=title))
    names = ", ".join(listed) + (" …" if len(found.differing) > MOST else "")
    return said(screen, "figures_differ", n=len(found.differing), n_all=every, names=names)


def _table(screen: Screen, result: Result) -> dict[str, list[str]]:
    heads = ("rank", "unit", "financial", "social", "balance", "status")
    rows = [
        [
            str(unit.rank) if unit.rank is not None else "–", md(unit.name),
            *(health_text(screen.language, health) for health in (unit.financial, unit.social, unit.balance)),
            f"{MARKS[unit.status]} :{TONES[unit.status]}[{md(_status(screen, unit))}]",
        ]
        for unit in result.units
    ]  # fmt: skip
    return {said(screen, f"col_{head}"): [row[place] for row in rows] for place, head in enumerate(heads)}


def _status(screen: Screen, unit: Standing) -> str:
    """The status in words, and what caps it."""
    known = indicators()
    if unit.capped in known:
        return screen.say("status_capped", name=known[unit.capped].text(screen.language, "short"))
    return screen.say(f"status_{unit.status}")


def _ways(screen: Screen, shown: Picture, one: Scenario) -> None:
    """What can be done with it: use, compare, download; rename, delete, or make it the board's."""
    with st.container(key="compare_ways", horizontal=True):
        if st.button(said(screen, "use"), key="scenario_use", type="primary", help=said(screen, "use_help")):
            _use(one)
        st.button(said(screen, "with_now"), key="scenario_with", on_click=_against, args=(one.name,),
                  help=said(screen, "with_now_help"))  # fmt: skip
        name = f"{one.version.policy}-{one.version.number}.toml"
        giving.file(screen, said(screen, "download"), one.version.toml, name, "application/toml", key="scenario_toml",
                    help=said(screen, "download_help"))  # fmt: skip
        free = one.version.approved_on is None
        if free and screen.may("approve"):
            with st.popover(said(screen, "board"), help=said(screen, "board_help")):
                _board(screen, shown, one)
        if free and screen.may("policy"):
            with st.popover(said(screen, "rename"), help=said(screen, "rename_help")):
                _rename(screen, one)
            with st.popover(said(screen, "delete"), help=said(screen, "delete_help")):
                _delete(screen, one)
    if one.version.approved_on is not None:
        when = date(screen.language, one.version.approved_on)
        st.caption(md(said(screen, "approved", who=one.version.approved_by, date=when)))


def _use(one: Scenario) -> None:
    """Show everything under its weighting, on the data of today in the part that it was seen on."""
    for key in ("compare", "scenario", "social", "themes", "branch", "product", "period"):
        state.put(key)
    state.put("policy", one.name)
    state.put("branch", *one.view.branches)
    state.put("product", *([one.view.product] if one.view.product else []))
    st.rerun()


def _against(name: str) -> None:
    state.put("scenario")
    for key, value in (("compare", "compare"), ("one", sides.THEN + name), ("other", sides.NOW)):
        state.put(key, value)


def _rename(screen: Screen, one: Scenario) -> None:
    title = st.text_input(said(screen, "name"), one.policy.title, key="scenario_title", max_chars=80,
                          help=said(screen, "rename_help"))  # fmt: skip
    wrong = not title.strip() or title.strip() == one.policy.title
    if st.button(said(screen, "rename"), key="scenario_rename", type="primary", disabled=wrong):
        name = kept.rename(screen.source.store, one, title.strip())
        _forget(one)
        state.put("scenario", name)
        st.rerun()


def _delete(screen: Screen, one: Scenario) -> None:
    st.markdown(md(said(screen, "delete_sure", title=one.policy.title)))
    if st.button(said(screen, "delete_do"), key="scenario_delete", type="primary"):
        kept.delete(screen.source.store, one)
        _forget(one)
        state.put("scenario")
        state.put("compare", "kept")
        st.rerun()


def _forget(one: Scenario) -> None:
    """What is gone is not what is shown."""
    if state.given("policy") == one.name:
        state.put("policy")


def _board(screen: Screen, shown: Picture, one: Scenario) -> None:
    """What it would change against the policy in use, who approved it, when and why."""
    default, new = (sides.picture(screen, name) for name in (screen.options.default, one.name))
    title = inputs.short_title(screen.policy_title(screen.options.default))
    st.markdown(md(said(screen, "board_change", title=title)))
    if default is not None and new is not None:
        st.markdown(f"**{md(scenarios.moved_text(scenarios.moved(default, new), shown.by, screen.language))}**")
    by = recording.who()
    if not door.signed_in():
        by = st.text_input(said(screen, "board_by"), key="scenario_by", help=said(screen, "board_by_help"),
                           max_chars=80)  # fmt: skip
    on = st.date_input(
        said(screen, "board_on"), None, key="scenario_on", help=said(screen, "board_on_help"),
        max_value=datetime.date.today(), format=screen.day_format,
    )  # fmt: skip
    why = st.text_input(said(screen, "board_why"), key="scenario_why", help=said(screen, "board_why_help"),
                        max_chars=300)  # fmt: skip
    ready = bool(by.strip() and why.strip() and isinstance(on, datetime.date))
    done = st.button(said(screen, "board_do"), key="scenario_approve", type="primary", disabled=not ready)
    if done and isinstance(on, datetime.date):
        found = kept.approve(screen.source.store, one, by.strip(), on, why.strip())
        _forget(one)
        state.put("scenario", found)
        st.rerun()
