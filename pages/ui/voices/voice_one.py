"""One voice: its words, how it is coded and by which rule, what it is linked to, what is done, what was answered."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import actions
from metrics.actions import Action
from metrics.catalogue import indicators
from metrics.voices import CODING, Voice, rules
from metrics.voices import told as rule
from metrics.words import say
from pages.ui import menu, recording, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_words, heard_reads, heard_words, voice_code, voice_typed
from pages.ui.voices.act_form import open_form
from pages.ui.voices.heard_words import said


def show(screen: Screen, voice: Voice) -> None:
    """The words and the coding at the left; links, actions, answer and history at the right."""
    with st.container(key="back"):
        st.button(said(screen, "back"), key="voice_back", type="tertiary", icon=":material/arrow_back:",
                  on_click=state.put, args=("voice",))  # fmt: skip
    until = heard_reads.now(screen)
    st.markdown(f"{heard_words.state(screen, voice, until)}&ensp;{heard_words.severity(screen, voice.severity)}")
    with st.container(key="sections_voice"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            _words(screen, voice)
            _coded(screen, voice)
        with right:
            _links(screen, voice)
            _actions(screen, voice)
            _answer(screen, voice)
            recording.history(screen, CODING, voice.ref)
            voice_typed.show(screen, voice.ref)


def _words(screen: Screen, voice: Voice) -> None:
    """What was said, and whether it may be shown to others."""
    st.header(said(screen, "words"), anchor=False)
    if voice.text and not readable(screen, voice):
        st.markdown(f":gray[{say(screen.language, 'access.no_words')}]")
        return
    with st.container(key="heard_words"):
        st.markdown(md(voice.text) if voice.text else f":gray[{said(screen, 'no_words')}]")
    if voice.text:
        st.markdown(f":gray[{said(screen, 'may_quote' if voice.may_quote else 'may_not_quote')}]")


def readable(screen: Screen, voice: Voice) -> bool:
    """Whether the reader's role sees single rows, or those who spoke agreed to be quoted."""
    return screen.may("rows") or bool(voice.may_quote)


def _coded(screen: Screen, voice: Voice) -> None:
    """The rule that decided, and the form that corrects it."""
    st.header(said(screen, "coding"), anchor=False)
    st.markdown(md(rule.why(voice, screen.language)))
    if voice.kind == "complaint" and rules().named(voice.topic) != voice.category:
        name = "figures_apart" if voice.topic else "figures_none"
        st.markdown(f":gray[{md(said(screen, name, topic=voice.topic))}]")
    if screen.may("record"):
        voice_code.form(screen, voice)


def _links(screen: Screen, voice: Voice) -> None:
    """The risk and the indicator on which an answer should show."""
    st.header(said(screen, "links"), anchor=False)
    title = heard_words.risks(screen).get(voice.risk_id, voice.risk_id)
    if voice.risk_id:
        menu.link("warnings", label=md(said(screen, "to_risk", name=title)),
                     query_params={"part": "register", "risk": voice.risk_id})  # fmt: skip
    else:
        st.markdown(f":gray[{said(screen, 'no_risk')}]")
    if voice.indicator in indicators():
        name = heard_words.indicator(screen, voice.indicator)
        asked = {"indicator": voice.indicator, **({"unit": voice.branch_id} if voice.branch_id else {})}
        menu.link("indicators", label=md(said(screen, "to_indicator", name=name)), query_params=asked)


def prefilled(voice: Voice) -> dict[str, object]:
    """What is known of an action that answers a voice."""
    known = {"risk_id": voice.risk_id, "branch_id": voice.branch_id, "category": voice.category,
             "source": voice.source, "effect_indicator_id": voice.indicator}  # fmt: skip
    return {"voices": [voice.ref], "raised_on": voice.day, **{name: value for name, value in known.items() if value}}


def _actions(screen: Screen, voice: Voice) -> None:
    """What is done about it, each with its status; and the way to do something."""
    st.header(said(screen, "doing"), anchor=False)
    found = named(screen, voice)
    for one in found:
        menu.link("voices", label=md(one.action or one.id),
                     query_params={"part": "actions", "action": one.id})  # fmt: skip
        st.markdown(f"{act_words.status(screen, one)} :gray[{md(one.owner)}]")
    if not found:
        st.markdown(f":gray[{said(screen, 'no_action')}]")
    kind = "secondary" if found else "primary"
    if screen.may("record") and st.button(said(screen, "make_action"), key="voice_act", type=kind):
        open_form(screen, **prefilled(voice))


def named(screen: Screen, voice: Voice) -> Sequence[Action]:
    """The actions that name a voice, the most urgent first."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = [one for one in actions.listed(cursor) if one.id in voice.actions]
    return actions.ordered(found, heard_reads.now(screen))


def _answer(screen: Screen, voice: Voice) -> None:
    """What those who spoke were told, when, and whether they were content."""
    st.header(said(screen, "answer"), anchor=False)
    told = [one for one in named(screen, voice) if one.answered_on]
    for one in told:
        whom = one.answered_to or said(screen, "those_who_spoke")
        st.markdown(md(said(screen, "told", day=one.answered_on, whom=whom)))
        if one.answer:
            st.markdown(f"> {md(one.answer)}")
    if voice.closed_on is not None:
        name = {True: "closed_content", False: "closed_not_content", None: "closed_unasked"}[voice.satisfied]
        st.markdown(md(said(screen, name, day=voice.closed_on)))
    elif voice.answered_on is not None and not told:
        st.markdown(md(said(screen, "answered", day=voice.answered_on)))
    elif not told:
        st.markdown(f":gray[{said(screen, 'no_answer')}]")
