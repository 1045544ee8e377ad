"""Correcting how a voice is coded and linked, in place; what the correction teaches is said."""

from collections.abc import Mapping
from contextlib import closing

import streamlit as st

from metrics import records
from metrics.catalogue import indicators
from metrics.voices import CODING, Voice, rules
from pages.ui import recording
from pages.ui.screen import Screen
from pages.ui.voices import heard_words
from pages.ui.voices.heard_words import said

FIELDS = ("category", "severity", "risk_id", "indicator")


def form(screen: Screen, voice: Voice) -> None:
    """Subject, severity, risk and indicator as they stand; saving keeps what differs."""
    key = f"{voice.ref}_{voice.version}"
    with st.form(f"voice_form_{key}", border=False):
        left, right = st.columns(2)
        with left:
            subjects = {name: heard_words.category(screen, name) for name in rules().categories}
            _choice(screen, "category", subjects, voice.category, key)
            _choice(screen, "risk_id", heard_words.risks(screen), voice.risk_id, key)
        with right:
            levels = {level: said(screen, f"severity_{level}") for level in heard_words.MARKS}
            st.selectbox(heard_words.code(screen, "field_severity"), list(levels), key=f"voice_severity_{key}",
                         index=list(levels).index(voice.severity) if voice.severity in levels else None,
                         format_func=levels.__getitem__, placeholder=said(screen, "severity_unknown"))  # fmt: skip
            names = {name: screen.named(one) for name, one in indicators().items()}
            _choice(screen, "indicator", names, voice.indicator, key)
        st.text_input(said(screen, "why"), key=f"voice_why_{key}", max_chars=300)
        recording.author(screen, f"voice_{key}")
        st.markdown(f":gray[{said(screen, 'remembered' if voice.text else 'remembered_alone')}]")
        st.form_submit_button(said(screen, "save"), key=f"voice_save_{key}",
                              on_click=_save, args=(screen, voice, key))  # fmt: skip


def _choice(screen: Screen, name: str, known: Mapping[str, str], now: str, key: str) -> None:
    ids = sorted(known, key=lambda one: known[one].casefold())
    if now and now not in known:
        ids = [now, *ids]
    st.selectbox(heard_words.code(screen, f"field_{name}"), ids, index=ids.index(now) if now else None,
                 format_func=lambda one: known.get(one, one), key=f"voice_{name}_{key}",
                 placeholder=said(screen, "none_chosen"))  # fmt: skip


def _save(screen: Screen, voice: Voice, key: str) -> None:
    """Keep what the form says beside what a person had said before; what nobody changed stays the rules' own."""
    typed = {name: st.session_state.get(f"voice_{name}_{key}") for name in FIELDS}
    recording.signed(f"voice_{key}")
    why, told = st.session_state.get(f"voice_why_{key}") or "", body(screen, voice, typed)
    recording.keep(screen, CODING, voice.ref, told, why, voice.version, heard_words.called(screen, voice))


def body(screen: Screen, voice: Voice, typed: Mapping[str, object]) -> dict[str, object]:
    """The coding record: what it had, what differs now, and whom it concerns.

    Whoever chooses another subject alone also takes the risk and the indicator that the rules have for it.
    """
    with closing(screen.source.store.cursor()) as cursor:
        known = records.find(cursor, CODING.name, voice.ref)
    now = {"category": voice.category, "severity": voice.severity, "risk_id": voice.risk_id,
           "indicator": voice.indicator}  # fmt: skip
    changed = {name: value for name, value in typed.items() if value != (now[name] or None)}
    confirmed = {} if changed else {"category": typed["category"]}
    return {**(known.body if known else {}), **confirmed, **changed, "branch_id": voice.branch_id}
