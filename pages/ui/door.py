"""The one door: who is there, whether that person may come in, and what is said to whom it stays closed.

Every address goes through it, and every look-up of a role comes here: a role that was changed, a session that was
ended or that is too old count at the next run, also in the middle of a run that writes.
"""

import datetime
from collections.abc import Mapping
from contextlib import closing

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics import access, people
from metrics.access import NOBODY, Actor
from metrics.activity import Event
from metrics.configuration import configuration
from metrics.words import say
from pages.ui import data, menu, state
from pages.ui.guarding import asking
from pages.ui.text import md

STRANGER = Actor("", NOBODY)


def signed_in() -> bool:
    """Whether people sign in here at all: then nobody types a name."""
    return configuration().server


def actor() -> Actor | None:
    """Who acts in this run; None on a computer of one's own, nobody where it cannot be told."""
    return of_claims(claims())[0] if configuration().server else None


access.use(actor)


def claims() -> Mapping[str, object]:
    """What the sign-in says of whoever asks: in a run of the script, or over the connection that a file is asked by."""
    return st.user.to_dict() if get_script_run_ctx(suppress_warning=True) is not None else asking.CLAIMS.get()


def of_claims(told: Mapping[str, object]) -> tuple[Actor, str]:
    """Who a sign-in stands for, and the reason for which the door stays closed; empty where it opens."""
    settings = configuration()
    name = str(told.get("email") or told.get("sub") or "").casefold()
    if not told.get("is_logged_in") or not name:
        return STRANGER, "sign_in"
    if told.get("email_verified") is False:
        return STRANGER, "unverified"
    began = datetime.datetime.fromtimestamp(_number(told.get("iat")), datetime.UTC)
    now = datetime.datetime.now(datetime.UTC)
    ends = [began + datetime.timedelta(hours=settings.session_hours)]
    if told.get("exp") is not None:
        ends.append(datetime.datetime.fromtimestamp(_number(told["exp"]), datetime.UTC))
    if now >= min(ends):
        return STRANGER, "expired"
    with closing(data.control().cursor()) as cursor:
        known = people.find(cursor, name, settings.admins)
    if known is None or known.role == NOBODY:
        return Actor(name, NOBODY), "unknown"
    if known.since is not None and began < known.since:
        return STRANGER, "expired"
    return known.actor, ""


def _number(value: object) -> float:
    """A time of the token; the beginning of all time where it has none, so that the session counts as too old."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def enter(language: str) -> Actor:
    """Let the reader in; where the door stays closed, say why, offer the way in, and end the run."""
    if not configuration().server:
        return access.current()
    found, reason = of_claims(claims())
    if changed(found):  # whatever the session holds was made for another reach
        st.session_state.clear()
    if not reason:
        _greet(found)
        return found
    _shut(language, found, reason)
    st.stop()


def changed(found: Actor | None = None) -> bool:
    """Whether this session was let in as another: other name, role or branches, or nobody any more."""
    known = st.session_state.get(state.SIGNED)
    return known is not None and known != (found or access.current())


def _greet(found: Actor) -> None:
    """Write into the account that somebody came in: once a session, and again where the role is another."""
    if state.SIGNED not in st.session_state:
        data.control().note(Event("sign_in", found.name, after={"role": found.role}))
        st.session_state[state.SIGNED] = found


def leave() -> None:
    """Sign out: also what was copied of the session is worth nothing from here on."""
    name = of_claims(claims())[0].name
    if name:
        people.sign_out(data.control(), name)
    st.session_state.clear()
    st.logout()


def _shut(language: str, found: Actor, reason: str) -> None:
    """The door from outside: no menu, no figure, one sentence and the way in."""
    menu.shut(language)
    with st.container(key="door"):
        st.title(say(language, f"access.{reason}_title"), anchor=False)
        st.markdown(md(say(language, f"access.{reason}_text", name=found.name)))
        if reason in ("sign_in", "expired"):
            st.button(say(language, "access.sign_in"), type="primary", key="sign_in", on_click=st.login)
        else:
            st.button(say(language, "access.sign_out"), key="sign_out", on_click=leave)


def closed(language: str, found: Actor) -> None:
    """What a reader sees on a page that the role does not open."""
    st.title(say(language, "access.closed_title"), anchor=False)
    st.markdown(md(say(language, "access.closed_text", role=say(language, f"access.role_{found.role}"))))
