"""Who may come in, with which role and for which branches; given, changed and taken by an administrator, with undo."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from metrics import people
from metrics.access import NOBODY, OWNER, roles
from metrics.configuration import configuration
from metrics.errors import EvenkeelError
from metrics.people import Person
from metrics.words import date, say
from pages.ui import data, door, state
from pages.ui.screen import Screen
from pages.ui.text import cell, md, sentences

DONE, SURE, FAULT = "people_done", "people_sure", "people_fault"  # in the session


@dataclass(frozen=True)
class Done:
    """The last change: what a reader is told of it, whom it concerns, and what that person was before."""

    said: str
    name: str
    before: Person | None


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about people, in the reader's language."""
    return say(screen.language, f"access.people_{name}", **params)


def role_name(screen: Screen, role: str) -> str:
    """What a role is called."""
    return say(screen.language, f"access.role_{role}")


def line(screen: Screen, role: str) -> str:
    """What a role sees and may do, from the table of roles."""
    known = roles.roles()[role]
    reach = say(screen.language, f"access.reach_{'all' if known.whole else 'branches'}")
    order = dict.fromkeys(action for actions in roles.offered().values() for action in sorted(actions))
    told = [_action(screen, action, known.masked) for action in order if action in known.actions]
    return said(screen, "role_line", role=role_name(screen, role), reach=reach, actions=", ".join(told))


def _action(screen: Screen, action: str, masked: bool) -> str:
    name = "rows_masked" if action == "rows" and masked else action
    return say(screen.language, f"access.action_{name}")


def show(screen: Screen) -> None:
    """Everyone who may come in, and the form that lets somebody in, changes a role or takes it away."""
    if not door.signed_in():
        st.markdown(said(screen, "local"))
        st.markdown(f":gray[{said(screen, 'local_how')}]")
        return
    with closing(data.control().cursor()) as cursor:
        found = people.people(cursor, configuration().admins)
    _told(screen)
    with st.container(key="sections_people"):
        left, right = st.columns([720, 472], gap="large")
    with left:
        _list(screen, found)
        with st.expander(said(screen, "roles"), key="people_roles"):
            st.markdown("\n".join(f"- {md(line(screen, role))}" for role in roles.roles() if role != OWNER))
    with right:
        _form(screen, found)


def _told(screen: Screen) -> None:
    """What was done last, with its undo; and why something was refused."""
    fault = st.session_state.pop(FAULT, None)
    if fault is not None:
        st.error(sentences(screen.language, fault))
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="people_told"):
        st.markdown(f":gray[{md(done.said)}]", width="content")
        if done.before is not None:
            st.button(said(screen, "undo"), key="people_undo", type="tertiary", icon=":material/undo:",
                      on_click=_undo, args=(screen, done))  # fmt: skip


def _list(screen: Screen, found: Sequence[Person]) -> None:
    """One row a person, those without a role last."""
    let_in = [one for one in found if one.role != NOBODY]
    st.header(said(screen, "title", n=len(let_in)), anchor=False)
    heads = [said(screen, f"column_{name}") for name in ("name", "role", "branches", "at", "by", "came")]
    rows = [_row(screen, one) for one in sorted(found, key=lambda one: (one.role == NOBODY, one.name))]
    st.dataframe([dict(zip(heads, row, strict=True)) for row in rows], hide_index=True, key="people_list",
                 alt=said(screen, "title", n=len(let_in)))  # fmt: skip
    if len(found) <= len(configuration().admins):
        st.markdown(f":gray[{said(screen, 'nobody_yet')}]")


def _row(screen: Screen, one: Person) -> list[str]:
    by = said(screen, "by_file") if _named(one.name) else one.by
    return [
        cell(one.name), role_name(screen, one.role), cell(_branches(screen, one)),
        _day(screen, one.at), cell(by), _day(screen, one.came),
    ]  # fmt: skip


def _day(screen: Screen, at: datetime.datetime | None) -> str:
    return date(screen.language, at.date()) if at else "–"


def _branches(screen: Screen, one: Person) -> str:
    """The branches that a person sees, by name."""
    if one.role == NOBODY:
        return "–"
    if roles.roles()[one.role].whole:
        return said(screen, "all_branches")
    known = _known_branches()
    return ", ".join(known.get(name, name) for name in one.branches or ())


def _known_branches() -> dict[str, str]:
    """The branches of what people see: the institution's own data, or the sample while there is nothing else."""
    return dict(data.options(data.source(False)).branches)


def _named(name: str) -> bool:
    """Whether the configuration names somebody as administrator: nobody can take that away here."""
    return name in map(str.casefold, configuration().admins)


def _form(screen: Screen, found: Sequence[Person]) -> None:
    """A person, known or new; a role, its branches; and the ways to end what is there."""
    st.header(said(screen, "let_in"), anchor=False)
    names = [one.name for one in found]
    name = st.selectbox(
        said(screen, "who"), names, index=None, key="people_name", accept_new_options=True,
        placeholder=said(screen, "who_hint"), help=said(screen, "who_help"),
    )  # fmt: skip
    name = (name or "").strip().casefold()
    if not name:
        return
    now = next((one for one in found if one.name == name), None)
    if _named(name):
        st.markdown(said(screen, "in_file"))
    else:
        _role(screen, name, now)
    with st.container(horizontal=True, key="people_ends"):
        if now is not None and now.role != NOBODY and not _named(name):
            _asking(screen, "take", name)
        if now is not None and now.role != NOBODY:
            _asking(screen, "end", name)
    _sure(screen, name, now)


def _role(screen: Screen, name: str, now: Person | None) -> None:
    """The role with what it may do, the branches where it needs any, and the button."""
    known = [role for role in roles.roles() if role != OWNER]
    start = known.index(now.role) if now is not None and now.role in known else 0
    role = st.selectbox(said(screen, "column_role"), known, index=start, key=f"people_role_{name}",
                        format_func=lambda one: role_name(screen, one))  # fmt: skip
    st.markdown(f":gray[{md(line(screen, role))}]")
    branches: list[str] = []
    if not roles.roles()[role].whole:
        offered = {one: one for one in (now.branches or () if now else ())} | _known_branches()
        branches = st.multiselect(
            said(screen, "column_branches"), list(offered), [*(now.branches or ())] if now else [],
            key=f"people_branches_{name}", format_func=offered.__getitem__, placeholder=said(screen, "choose"),
        )  # fmt: skip
    if st.button(said(screen, "give"), key="people_give", type="primary"):
        if name == state.reader().name:  # nobody locks himself out without being asked
            st.session_state[SURE] = ("own", name, role, branches)
        else:
            _give(screen, name, role, branches, now)
            st.rerun()


def _asking(screen: Screen, what: str, name: str) -> None:
    """A button that asks first."""
    label = said(screen, "take") if what == "take" else said(screen, "end")
    st.button(label, key=f"people_{what}", on_click=st.session_state.update, args=({SURE: (what, name, "", [])},))


def _sure(screen: Screen, name: str, now: Person | None) -> None:
    """The question before somebody is locked out, and the two ways on."""
    what, whom, role, branches = st.session_state.get(SURE) or ("", "", "", [])
    if whom != name:
        return
    st.warning(md(said(screen, f"sure_{what}", name=name)))
    with st.container(horizontal=True):
        yes = st.button(said(screen, "yes"), key="people_yes", type="primary")
        st.button(said(screen, "no"), key="people_no", on_click=st.session_state.pop, args=(SURE, None))
    if not yes:
        return
    st.session_state.pop(SURE)
    if what == "end" and now is not None:
        _give(screen, name, now.role, now.branches or (), now, signed_out=True)
    else:
        _give(screen, name, role or NOBODY, branches, now)
    st.rerun()


def _give(
    screen: Screen, name: str, role: str, branches: Sequence[str], before: Person | None, signed_out: bool = False
) -> None:  # fmt: skip
    """Write it down, or keep why not; what was done is said in the next run."""
    st.session_state.pop(DONE, None)
    try:
        people.give(data.control(), name, role, branches, signed_out)
    except EvenkeelError as error:
        st.session_state[FAULT] = error
        return
    if signed_out:  # a session that is over does not come back
        st.session_state[DONE] = Done(said(screen, "ended", name=name), name, None)
        return
    text = said(screen, "taken", name=name)
    if role != NOBODY:
        text = said(screen, "given", name=name, role=role_name(screen, role))
    st.session_state[DONE] = Done(text, name, before or Person(name, NOBODY, None, None))


def _undo(screen: Screen, done: Done) -> None:
    """Give back what the person was before."""
    assert done.before is not None
    _give(screen, done.name, done.before.role, done.before.branches or (), None)
    if DONE in st.session_state:
        st.session_state[DONE] = Done(said(screen, "undone", name=done.name), done.name, None)
