"""One action: changed in place, the answer that was given, what came of it, and who changed what."""

from contextlib import closing

import streamlit as st

from metrics import effects, voices
from metrics.actions import ACTION, Action
from metrics.catalogue import indicators
from metrics.words import date
from pages.ui import menu, recording, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_form, act_words
from pages.ui.voices.act_words import said

MOST = 5
FIELDS = ("action", "owner", "due_on", "done_on", "branch_id", "source", "risk_id", "effect_indicator_id",
          "answer", "answered_to", "answered_on", "dropped_why")  # fmt: skip


def show(screen: Screen, one: Action) -> None:
    """The action, its form, and beside it what came of it."""
    with st.container(key="back"):
        st.button(said(screen, "back"), key="deed_back", type="tertiary", icon=":material/arrow_back:",
                  on_click=act_form.show_all)  # fmt: skip
    st.markdown(act_words.status(screen, one))
    with st.container(key="sections_action"):
        left, right = st.columns([3, 2], gap="large")
        if screen.may("record"):
            with left:
                _form(screen, one)
        with right:
            _outcome(screen, one)
            _voices(screen, one)
            recording.history(screen, ACTION, one.id)


def facts(screen: Screen, one: Action) -> str:
    """Its name, where it is, its risk, who raised it and from what."""
    parts = [one.id, act_words.branch(screen, one.branch_id)]
    if one.risk_id:
        parts.append(act_words.risks(screen).get(one.risk_id, one.risk_id))
    raised = said(screen, "raised_on", day=one.raised_on)
    if one.source:
        raised = said(screen, "raised_by", day=one.raised_on, who=said(screen, f"source_{one.source}"))
    return " · ".join([*parts, raised, *([said(screen, "made_from", names=one.origin)] if one.origin else [])])


def _form(screen: Screen, one: Action) -> None:
    """Every field that may change; what was before the reader's eyes is what a conflict is measured by."""
    key = f"{one.id}_{one.version}"
    with st.form(f"deed_form_{key}", border=False):
        parts = [_deed, _answer]
        for part in reversed(parts) if one.untold(act_words.day(screen)) else parts:
            part(screen, one, key)
        with st.expander(said(screen, "part_drop")):
            st.text_input(act_form.label(screen, "dropped_why"), one.dropped_why or "", max_chars=300,
                          key=f"deed_dropped_why_{key}", help=said(screen, "drop_help"))  # fmt: skip
        left, right = st.columns(2)
        with left:
            st.text_input(said(screen, "why"), key=f"deed_why_{key}", max_chars=300)
        with right:
            recording.author(screen, f"deed_{key}")
        st.form_submit_button(said(screen, "save"), key=f"deed_save_{key}", type="primary",
                              on_click=_save, args=(screen, one, key))  # fmt: skip


def _deed(screen: Screen, one: Action, key: str) -> None:
    start = {name: getattr(one, name) for name in FIELDS}
    st.header(said(screen, "part_deed"), anchor=False)
    act_form.what(screen, start, key)
    act_form.kind(screen, start, key)


def _answer(screen: Screen, one: Action, key: str) -> None:
    """What those who spoke were told; first of all where they still wait for it."""
    st.header(said(screen, "part_answer"), anchor=False)
    if one.untold(act_words.day(screen)):
        st.markdown(f":orange[▲ {md(said(screen, 'tell_them'))}]")
    st.text_area(act_form.label(screen, "answer"), one.answer or "", key=f"deed_answer_{key}", height=72,
                 max_chars=1000, placeholder=said(screen, "answer_example"))  # fmt: skip
    left, right = st.columns(2)
    with left:
        st.text_input(act_form.label(screen, "answered_to"), one.answered_to or "", max_chars=120,
                      key=f"deed_answered_to_{key}")  # fmt: skip
    with right:
        act_form.day(screen, "answered_on", {"answered_on": one.answered_on}, key)


def _save(screen: Screen, one: Action, key: str) -> None:
    """Keep what the form says, over the version that it was filled from."""
    recording.signed(f"deed_{key}")
    body = {**one.body(), **act_form.typed("deed", FIELDS, key)}
    why = st.session_state.get(f"deed_why_{key}") or ""
    called = act_form.called(one.id, body)
    act_form.noted(screen, recording.keep(screen, ACTION, one.id, body, why, one.version, called))


def _outcome(screen: Screen, one: Action) -> None:
    """The indicator before and after, in one sentence."""
    st.header(said(screen, "part_effect"), anchor=False)
    name = one.effect_indicator_id
    if not name:
        st.markdown(f":gray[{said(screen, 'no_indicator')}]")
        return
    if name not in indicators():
        st.markdown(f":gray[{md(said(screen, 'gone_indicator', name=name))}]")
        return
    until = act_words.day(screen)
    since = one.done_on if one.done_on and one.done_on <= until else until
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = effects.effect(cursor, screen.policy.settings, name, since, until, one.branch_id)
    where = one.branch_id if found.by == "branch" else None
    told = act_words.watched(screen, name, where)
    if since == until:
        st.markdown(md(effects.waiting(found, screen.language, told, currency(screen))))
        return
    st.markdown(md(effects.sentence(found, screen.language, told, currency(screen))))
    if found.after is not None:
        st.markdown(f":gray[{said(screen, 'not_cause')}]")
    asked = {"indicator": name, **({"unit": where} if where else {})}
    menu.link("indicators", label=said(screen, "see_indicator"), query_params=asked)


def currency(screen: Screen) -> str | None:
    """The currency of the figures, where they have one."""
    shown = screen.picture()
    return shown.currency if shown else None


def _voices(screen: Screen, one: Action) -> None:
    """Whom it answers: their words only where they said that they may be shown, never a name."""
    if not one.voices:
        return
    st.header(said(screen, "part_voices", n=len(one.voices)), anchor=False)
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        known = {voice.ref: voice for voice in voices.listed(cursor) if voice.ref in one.voices}
    for ref in one.voices[:MOST]:
        voice = known.get(ref)
        text = said(screen, "voice_gone", ref=ref)
        if voice is not None:
            text = said(screen, "voice_quiet") if not voice.may_quote else said(screen, "voice_quoted", text=voice.text)
            text = said(screen, "voice_line", text=text, day=date(screen.language, voice.day))
        st.button(md(text), key=f"deed_voice_{ref}", type="tertiary", on_click=_to_voice, args=(ref,))
    if len(one.voices) > MOST:
        st.markdown(f":gray[{said(screen, 'voices_more', n=len(one.voices) - MOST)}]")


def _to_voice(ref: str) -> None:
    state.put("action")
    state.put("part", "heard")
    state.put("voice", ref)
