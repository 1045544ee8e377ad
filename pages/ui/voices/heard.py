"""What was said: coded, linked, answered; who stays silent."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from metrics.voices import Voice
from metrics.words import date
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.voices import heard_list, heard_reads, heard_words, loop_rows, silent, taught, typed_form, voice_one
from pages.ui.voices.heard_words import said

STYLE = Path(__file__).with_name("heard.css")


def opened(screen: Screen) -> Voice | None:
    """The voice that the address asks for; one that is not in the data is taken out of the address, and said."""
    asked = state.given("voice")
    if not asked:
        return None
    found = heard_reads.one(screen, asked)
    if found is None:
        state.put("voice")
        st.toast(state.unknown_text(screen.language, (("voice", asked),)))
    return found


def headline(screen: Screen) -> str:
    """How many still wait, and what most complaints are about; or what one voice is about."""
    voice = opened(screen)
    if voice is not None:
        return said(screen, "head_one", subject=heard_words.category(screen, voice.category),
                    where=heard_words.branch(screen, voice.branch_id))  # fmt: skip
    found = heard_reads.year(screen)
    if not found:
        return said(screen, "head_none" if not heard_reads.every(screen) else "head_none_now")
    return said(screen, "head", first=_waiting(screen, found), rest=_most(screen, found))


def _waiting(screen: Screen, found: Sequence[Voice]) -> str:
    asking = [voice for voice in found if voice.kind in heard_reads.ASK_AN_ANSWER]
    waiting = heard_reads.needing(asking, "answer", heard_reads.now(screen))
    if not asking:
        return said(screen, "head_heard", n=len(found))
    return said(screen, "head_waiting" if waiting else "head_all_answered", n=len(waiting), all=len(asking))


def _most(screen: Screen, found: Sequence[Voice]) -> str:
    most = heard_reads.most_heard(found)
    if most is None:
        return ""
    subject, branch, n = most
    name = heard_words.category(screen, subject)
    name = name[:1].lower() + name[1:]
    return said(screen, "head_most", n=n, subject=name, branch=heard_words.branch(screen, branch))


def second(screen: Screen) -> str:
    """How many voices of which kinds, up to which day; of one voice, its facts."""
    voice = opened(screen)
    if voice is not None:
        return heard_words.facts(screen, voice)
    found, until = heard_reads.year(screen), heard_reads.day(screen)
    if not found:
        return said(screen, "second_none", day=date(screen.language, until))
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("complaint", "statement", "exit", "survey",
                                                                         "staff")}  # fmt: skip
    parts = [said(screen, f"count_{kind}", n=n) for kind, n in counts.items() if n]
    return said(screen, "second", parts=", ".join(parts), day=date(screen.language, until))


def show(screen: Screen) -> None:
    """One voice where the address asks for it; else what needs an answer, the list, the measures, who is silent."""
    with st.container(key="style_heard"):
        st.html(STYLE)
    typed_form.open_asked(screen)
    voice = opened(screen)
    if voice is not None:
        voice_one.show(screen, voice)
        return
    if not heard_reads.every(screen):
        typed_form.empty(screen)
        return
    found = heard_reads.year(screen)
    if not found:
        heard_list.type_in(screen)
        return
    heard_list.show(screen, found)
    with st.container(key="sections_heard"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        loop_rows.show(screen)
        taught.show(screen)
    with right:
        silent.show(screen)
        silent.quotes(screen)
