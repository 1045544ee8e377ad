"""Setting a limit: for whom, which numbers, from when, by whom and why. What it would break is said before."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import streamlit as st

from metrics.appetite import lines
from metrics.appetite.lines import LIMIT, Line
from metrics.catalogue import Indicator, indicators
from metrics.errors import EvenkeelError
from metrics.words import say
from pages.ui import alone, recording, state
from pages.ui.screen import Screen
from pages.ui.settings import cells
from pages.ui.text import md, sentences
from pages.ui.warnings import limits_effect, limits_terms
from pages.ui.warnings.limits_terms import place, said, scope_name

OPEN = "limit"
FIRST = "par30"
WIDE = 720


@dataclass(frozen=True)
class Place:
    """What a limit is for: an indicator and a part of the institution; an empty part stands for all of a scope."""

    indicator: Indicator
    scope: str
    part: str

    @property
    def key(self) -> str:
        """What the widgets of its form are called by, so that another place starts with its own numbers."""
        return f"{self.indicator.id}_{self.scope}_{self.part}"

    @property
    def record(self) -> str:
        """The id of its record where it has none yet."""
        return "/".join(name for name in (self.indicator.id, self.scope, self.part) if name)

    def mine(self, line: Line) -> bool:
        """Whether a limit is one of this place."""
        return (line.indicator, line.scope, line.scope_id) == (self.indicator.id, self.scope, self.part)


def ask(indicator: str = FIRST, scope: str = "institution", part: str = "") -> None:
    """Ask for the form; the address keeps it open through a refresh."""
    state.put("breach")
    state.put("show", OPEN)
    state.put("indicator", indicator)
    state.put("unit", f"{scope}/{part}" if part else scope)


def close() -> None:
    """Forget what was asked for."""
    for key in ("show", "indicator", "unit"):
        state.put(key)


def open_asked(screen: Screen) -> bool:
    """Open the form where the address asks for it; says whether it does."""
    if state.given("show") != OPEN or not screen.may("approve"):
        return False
    alone.dialog(said(screen, "set_title"), width=WIDE, on_dismiss=close)(lambda: _form(screen))()
    return True


def _form(screen: Screen) -> None:
    """One limit: for whom, what holds there now, its numbers, what they would break, and who approved it."""
    with closing(screen.source.store.cursor()) as cursor:
        every = lines.listed(cursor)
    chosen = _place(screen)
    before = [line for line in every if chosen.mine(line)]
    now = next((line for line in before if line.holds(datetime.date.today())), None)
    st.markdown(f":gray[{limits_terms.now_text(screen, chosen.indicator, chosen.scope, now)}]")
    newest = next((line for line in before if line.record), None)
    record = newest.record if newest else chosen.record
    seen = recording.held(LIMIT, record, newest.version if newest else 0, f"lim_red_{chosen.key}")
    numbers = _numbers(screen, chosen, now)
    effect = st.container()
    body = {**(numbers or {}), **_approval(screen, chosen, now)}
    with effect:
        ready = numbers is not None and _checked(screen, chosen, before, record, body)
    recording.author(screen, "limit")
    ready = ready and bool(body.get("approved_by") and body.get("rationale"))
    if not ready:
        st.markdown(f":gray[{said(screen, 'set_needs')}]")
    if st.button(said(screen, "set_keep"), key="lim_keep", type="primary", disabled=not ready):
        whole = lines.succeeded(before, _whole(chosen, body))
        done = recording.keep(screen, LIMIT, record, whole, str(body["rationale"]), seen, _called(screen, chosen))
        if done is not None or recording.CLASH in st.session_state:  # two at once: the page shows both, to choose
            close()
            st.rerun()
        recording.fault(screen)
    limits_terms.past(screen, chosen.indicator, before)
    if newest is not None:
        recording.history(screen, LIMIT, newest.record)


def _place(screen: Screen) -> Place:
    """For which indicator and which part; the address has what was chosen last."""
    asked = state.given("indicator") or FIRST
    known = [name for name, one in indicators().items() if set(one.units) & set(lines.SCOPES)]
    name = st.selectbox(
        said(screen, "field_indicator_id"), known, key="lim_indicator",
        index=known.index(asked) if asked in known else 0,
        format_func=lambda one: screen.named(indicators()[one], "title"),
    )  # fmt: skip
    indicator = indicators()[name]
    scopes = [scope for scope in lines.SCOPES if scope in indicator.units]
    scope, _, part = (state.given("unit") or scopes[0]).partition("/")
    left, right = st.columns(2)
    with left:
        scope = st.selectbox(
            said(screen, "field_scope"), scopes, key=f"lim_scope_{name}",
            index=scopes.index(scope) if scope in scopes else 0,
            format_func=lambda one: scope_name(screen, one),
        )  # fmt: skip
    with closing(screen.source.store.cursor()) as cursor:
        known_parts = lines.parts(cursor, scope)
    if not known_parts:
        return Place(indicator, scope, "")
    names = {"": said(screen, f"all_{scope}"), **{one: place(screen, scope, one, known_parts) for one in known_parts}}
    with right:
        part = st.selectbox(
            scope_name(screen, scope), list(names), key=f"lim_part_{name}_{scope}",
            index=list(names).index(part) if part in names else 0, format_func=names.__getitem__,
        )  # fmt: skip
    return Place(indicator, scope, part)


def _numbers(screen: Screen, chosen: Place, now: Line | None) -> dict[str, Any] | None:
    """Target, amber and red as they are typed; None where one of them cannot be read, which is said."""
    indicator, found, unread = chosen.indicator, {}, []
    band = indicator.better == "band"
    terms = limits_terms.start(screen, indicator, chosen.scope, now)
    for column, name in zip(st.columns(3), ("target", "amber", "red"), strict=True):
        with column:
            text = st.text_input(
                said(screen, f"field_{name}"), cells.shown(screen.language, indicator, terms[name]),
                key=f"lim_{name}_{chosen.key}", help=said(screen, f"help_{name}"), max_chars=40, live=True,
            )  # fmt: skip
        try:
            line = cells.read(screen.language, indicator, text, band and name != "target")
        except ValueError:
            unread.append((name, text))
            continue
        low, high = line if isinstance(line, tuple) else (line, None)
        found |= {name: low} if high is None else {name: low, f"{name}_high": high}
    hint = say(screen.language, f"warnings.better_{indicator.better}")
    st.markdown(f":gray[{hint}]")
    found["hard_cap"] = st.checkbox(
        said(screen, "field_hard_cap"), bool(now and now.hard_cap), key=f"lim_cap_{chosen.key}",
        help=said(screen, "help_hard_cap"),
    )  # fmt: skip
    for name, text in unread:
        st.error(md(said(screen, f"unread_{'band' if band else 'number'}", field=said(screen, f"field_{name}"),
                         value=text[:40])))  # fmt: skip
    return None if unread else {name: value for name, value in found.items() if value not in (None, False)}


def _approval(screen: Screen, chosen: Place, now: Line | None) -> dict[str, Any]:
    """From when to when, by whom, why."""
    today = datetime.date.today()
    left, right = st.columns(2)
    with left:
        first = st.date_input(said(screen, "field_valid_from"), today, key=f"lim_from_{chosen.key}",
                              format=screen.day_format, help=said(screen, "help_valid_from"))  # fmt: skip
    with right:
        last = st.date_input(said(screen, "field_valid_to"), None, key=f"lim_to_{chosen.key}",
                             format=screen.day_format, help=said(screen, "help_valid_to"))  # fmt: skip
    left, right = st.columns(2)  # a row of its own: on a telephone the columns of a row stand below each other
    with left:
        who = st.text_input(said(screen, "field_approved_by"), str(now.terms["approved_by"] if now else ""),
                            key=f"lim_by_{chosen.key}", max_chars=80, live=True)  # fmt: skip
    with right:
        day = st.date_input(said(screen, "field_approved_on"), None, key=f"lim_on_{chosen.key}",
                            format=screen.day_format)  # fmt: skip
    why = st.text_input(said(screen, "field_rationale"), key=f"lim_why_{chosen.key}", max_chars=300, live=True,
                        help=said(screen, "help_rationale"))  # fmt: skip
    given = {"valid_from": first, "valid_to": last, "approved_by": who.strip(), "approved_on": day,
             "rationale": why.strip()}  # fmt: skip
    days = (datetime.date,)
    return {name: one.isoformat() if isinstance(one, days) else one for name, one in given.items() if one}


def _whole(chosen: Place, body: dict[str, Any]) -> dict[str, Any]:
    """The record's body: the place with what was typed; a branch's limit is its branch's to read."""
    found = {"indicator_id": chosen.indicator.id, "scope": chosen.scope, **body}
    if chosen.part:
        found["scope_id"] = chosen.part
        found |= {"branch_id": chosen.part} if chosen.scope == "branch" else {}
    return found


def _called(screen: Screen, chosen: Place) -> str:
    """What a reader calls the limit: Loans late by over 30 days, Kolo."""
    with closing(screen.source.store.cursor()) as cursor:
        known = lines.parts(cursor, chosen.scope) if chosen.part else {}
    where = place(screen, chosen.scope, chosen.part, known) if chosen.part else scope_name(screen, chosen.scope)
    return f"{chosen.indicator.text(screen.language, 'short')}, {where}"


def _checked(screen: Screen, chosen: Place, before: Sequence[Line], record: str, body: dict[str, Any]) -> bool:
    """Whether the limit can be: the sentence that refuses it, or what it would break."""
    if "valid_from" not in body:
        return False
    try:
        with closing(screen.source.store.cursor()) as cursor:
            lines.check(cursor, record, lines.succeeded(before, _whole(chosen, body)))
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return False
    st.markdown(md(limits_effect.text(screen, chosen.indicator, chosen.scope, chosen.part, body)))
    return True
