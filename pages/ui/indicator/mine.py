"""An indicator of the institution's own on its sheet: counted or watched, and the way out of the catalogue."""

import streamlit as st

from metrics import own, weighing
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError
from metrics.own import Own
from metrics.words import percent, say
from pages.ui import data, recording, state
from pages.ui.indicator import listed
from pages.ui.screen import Screen
from pages.ui.text import md

DONE, WRONG = "own_done", "own_wrong"


def told(screen: Screen) -> None:
    """What was just done or went wrong, and the files of definitions that are wrong and so left out."""
    done = st.session_state.pop(DONE, None)
    if done is not None:
        key, params = done
        st.success(md(say(screen.language, f"own.{key}", **params)))
    wrong = st.session_state.pop(WRONG, None)
    if wrong is not None:
        st.error(md(wrong.text(screen.language)))
    for fault in own.faults():
        st.warning(md(say(screen.language, "own.left_out", fault=fault.text(screen.language))))


def show(screen: Screen, indicator: Indicator) -> None:
    """Whether it counts, with the button that changes it, and the button that takes it out of the catalogue."""
    one = indicator.own
    if one is None:
        return
    language, weight = screen.language, listed.scored(screen).get(one.id)
    with st.container(border=True, key="own_indicator"):
        st.markdown(f"**{say(language, 'own.yours')}**")
        if screen.source.is_sample:
            st.caption(say(language, "own.sample"))
            return
        title = screen.policy_title(screen.choices.policy)
        said = "watched_in" if weight is None else "counts_in"
        share = "" if weight is None else percent(language, weight, 1)
        st.markdown(md(say(language, f"own.{said}", policy=title, share=share)))
        if not screen.may("policy"):
            return
        with st.container(horizontal=True):
            name = "count" if weight is None else "watch"
            st.button(say(language, f"own.{name}"), key=f"own_{name}", on_click=_weigh, args=(screen, one),
                      help=say(language, f"own.{name}_help"))  # fmt: skip
            with st.popover(say(language, "own.withdraw"), help=say(language, "own.withdraw_help")):
                st.markdown(say(language, "own.withdraw_text"))
                st.button(say(language, "own.withdraw_sure"), key="own_withdraw", type="primary", on_click=_withdraw,
                          args=(screen, one))  # fmt: skip


def _weigh(screen: Screen, one: Own) -> None:
    """Count it in the policy that is shown, or watch it only; kept as a new version, which is shown from now on."""
    weight = listed.scored(screen).get(one.id)
    change = weighing.count if weight is None else weighing.watch
    try:
        name = change(screen.source.store, one, recording.who(), screen.choices.policy)
    except EvenkeelError as error:
        st.session_state[WRONG] = error
        return
    _show(name)
    st.session_state[DONE] = ("counted" if weight is None else "watched", {"title": one.title, "policy": name})


def _withdraw(screen: Screen, one: Own) -> None:
    try:
        name = weighing.withdraw(
            screen.source.store, data.folder(), one, recording.who(), screen.choices.policy
        )  # fmt: skip
    except EvenkeelError as error:
        st.session_state[WRONG] = error
        return
    if name:
        _show(name)
    for key in ("indicator", "unit"):
        state.put(key)
    st.session_state[DONE] = ("withdrawn", {"title": one.title})


def _show(policy: str) -> None:
    """Show everything under a policy, with its own weights."""
    for key in ("social", "themes"):
        state.put(key)
    state.put("policy", policy)
