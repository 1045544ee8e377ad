"""Actions: who does what by when, what those who spoke were told, what came of it."""

from collections.abc import Callable, Sequence

import streamlit as st

from metrics.actions import Action
from metrics.words import date
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_form, act_one, act_words, narrow
from pages.ui.voices.act_form import open_form
from pages.ui.voices.act_words import said

__all__ = ["headline", "open_form", "second", "show"]
FIRST = 12
OPEN = ("overdue", "open")
KINDS = ("needed", "overdue", "untold", "open", "closed", "all")
WIDTHS = (200, 600, 220)  # status, what, who and when


def headline(screen: Screen) -> str:
    """How many are open, how many of them are late, how long the oldest waits; or the one that is opened."""
    until = act_words.day(screen)
    found = act_words.listed(screen)
    if (one := _asked(found)) is not None:
        return one.action
    going = [one for one in found if one.status(until) in OPEN]
    late = [one for one in going if one.status(until) == "overdue"]
    if not found:
        return said(screen, "head_none")
    if not going:
        return said(screen, "head_all_done", n=len(found))
    if not late:
        return said(screen, "head_open", n=len(going), day=min(one.due_on for one in going if one.due_on))
    longest = screen.say("days", n=max(one.waits(until) for one in late))
    return said(screen, "head_overdue", n=len(going), late=len(late), longest=longest)


def second(screen: Screen) -> str:
    """Who still waits for a word, and what is due next; of one action what it is about."""
    until = act_words.day(screen)
    found = act_words.listed(screen)
    if (one := _asked(found)) is not None:
        return act_one.facts(screen, one)
    untold = sum(one.untold(until) for one in found)
    coming = [one.due_on for one in found if one.due_on and one.status(until) == "open"]
    parts = [said(screen, "second_untold", n=untold)] if untold else []
    parts += [said(screen, "second_next", day=date(screen.language, min(coming)))] if coming else []
    return " · ".join(parts) or said(screen, "second_day", day=until)


def show(screen: Screen) -> None:
    """One action where the address asks for it, else the list."""
    st.html(act_words.STYLE)
    found = act_words.listed(screen)
    one, asked = _asked(found), state.given("action")
    if one is not None:
        act_one.show(screen, one)
        return
    if asked:
        state.put("action")
        st.toast(state.unknown_text(screen.language, (("action", asked),)))
    _list(screen, found)


def _asked(found: Sequence[Action]) -> Action | None:
    """The action that the address asks for."""
    asked = state.given("action")
    return next((one for one in found if one.id == asked), None)


def _list(screen: Screen, found: Sequence[Action]) -> None:
    until = act_words.day(screen)
    with st.container(key="find", horizontal=True, vertical_alignment="bottom"):
        shown = _filtered(screen, found)
        if screen.may("record") and st.button(said(screen, "new"), key="deed_open_form", type="primary"):
            open_form(screen)
    if not shown:
        st.markdown(f":gray[{said(screen, 'none_here')}]")
        return
    every = st.session_state.get("deed_every", False)
    with st.container(key="actions_listed", gap=None):
        for one in shown if every else shown[:FIRST]:
            _row(screen, one)
    if len(shown) > FIRST and not every:
        st.button(said(screen, "show_all", n=len(shown)), key="deed_all", type="tertiary",
                  on_click=lambda: st.session_state.update(deed_every=True))  # fmt: skip
    st.markdown(f":gray[{md(said(screen, 'counted', n=len(shown), day=date(screen.language, until)))}]")


def _filtered(screen: Screen, found: Sequence[Action]) -> list[Action]:
    """Those of a status, risk, branch and owner; without a choice, what needs somebody now."""
    until = act_words.day(screen)
    wanted = _kept("show", KINDS, said(screen, "by_status"), lambda name: said(screen, f"filter_{name}"), None)
    titles = act_words.risks(screen)
    ways: dict[str, Callable[[str], str]] = {
        "risk_id": lambda name: titles.get(name, name),
        "branch_id": lambda name: act_words.branch(screen, name),
        "owner": str,
    }
    kept = [one for one in found if _is(wanted or KINDS[0], act_words.state_of(one, until))]
    for name, title in ways.items():
        ids = sorted({str(getattr(one, name)) for one in found if getattr(one, name)}, key=title)
        label, every = act_form.label(screen, name), said(screen, "every")
        if name == "risk_id":
            picked = _kept("risk", ids, label, title, every)
        else:
            picked = narrow.by(name, ids, label, title, every, f"deed_by_{name}")
        kept = [one for one in kept if picked is None or getattr(one, name) == picked]
    return kept


def _kept(key: str, names: Sequence[str], label: str, title: Callable[[str], str], every: str | None) -> str | None:
    """A choice that the address keeps; without one the first stands, or none where `every` names them all."""
    asked = state.given(key)
    widget = f"deed_by_{key}"
    st.session_state[widget] = asked if asked in names else None if every else names[0]
    st.selectbox(label, names, index=None if every else 0, format_func=title, key=widget, placeholder=every,
                 on_change=lambda: state.put(key, *filter(None, [st.session_state[widget]])))  # fmt: skip
    return asked if asked in names else None


def _is(wanted: str, status: str) -> bool:
    groups = {
        "all": tuple(act_words.MARKS),
        "needed": ("overdue", "untold", "open"),
        "closed": ("done", "answered", "dropped"),
    }
    return status in groups.get(wanted, (wanted,))


def _row(screen: Screen, one: Action) -> None:
    with st.container(key=f"batch_act_{one.id}", gap=None):
        status, what, who = st.columns(WIDTHS, vertical_alignment="top")
        with status:
            st.markdown(act_words.status(screen, one))
        with what, st.container(gap=None):
            st.button(md(one.action), key=f"deed_row_{one.id}", type="tertiary", on_click=act_form.show_one,
                      args=(one.id,))  # fmt: skip
            st.markdown(f":gray[{md(_about(screen, one))}]")
        with who:
            done = one.done_on is not None and one.done_on <= act_words.day(screen)
            name, day = ("done_short", one.done_on) if done else ("due_short", one.due_on)
            due = said(screen, name, day=act_words.when(screen, day))
            st.markdown(f"{md(one.owner)}  \n:gray[{md(due)}]")
        st.space("xsmall")


def _about(screen: Screen, one: Action) -> str:
    parts = [one.id, act_words.branch(screen, one.branch_id), one.category or ""]
    parts += [said(screen, "raised_by_short", who=said(screen, f"source_{one.source}"))] if one.source else []
    return " · ".join(part for part in parts if part)
