"""What corrections taught, and the way to take a lesson away or to bring it back."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import records, voices
from metrics.records import Record
from metrics.voices import UNLEARNED, Lesson, told
from metrics.voices.coding import same
from pages.ui import recording, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import heard_reads, heard_words
from pages.ui.voices.heard_words import said

MOST = 30


def show(screen: Screen) -> None:
    """Every lesson with who taught it, closed until it is asked for; then those that were taken away."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        known, gone = voices.lessons(cursor), records.newest(cursor, UNLEARNED.name)
    if not known and not gone:
        st.markdown(f":gray[{said(screen, 'taught_none')}]")
        return
    with st.expander(said(screen, "taught", n=len(known)), key="heard_taught"):
        st.markdown(f":gray[{said(screen, 'taught_rule')}]")
        for place, lesson in enumerate(known[:MOST]):
            _lesson(screen, lesson, place)
        if len(known) > MOST:
            st.markdown(f":gray[{said(screen, 'taught_more', n=len(known) - MOST)}]")
        _gone(screen, gone)


def _lesson(screen: Screen, lesson: Lesson, place: int) -> None:
    """A word is shown; a text is not, nobody may have agreed to that: it is seen where its voice is."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"taught_{place}"):
        st.markdown(md(sentence(screen, lesson)), width="stretch")
        ref = _voice(screen, lesson) if lesson.whole else ""
        if ref:
            st.button(said(screen, "open_voice"), key=f"taught_see_{place}", type="tertiary", on_click=state.put,
                      args=("voice", ref))  # fmt: skip
        if screen.may("record"):
            st.button(said(screen, "unlearn"), key=f"taught_away_{place}", type="tertiary", on_click=_unlearn,
                      args=(screen, lesson), help=said(screen, "unlearn_help"))  # fmt: skip


def sentence(screen: Screen, lesson: Lesson) -> str:
    """What was learned, from whom, by how many corrections; of a text without its words."""
    if not lesson.whole:
        return told.taught(lesson, screen.language)
    subject = heard_words.category(screen, lesson.category)
    return said(screen, "taught_text", category=subject, n=lesson.n, who=", ".join(lesson.who),
                day=lesson.since.date())  # fmt: skip


def _voice(screen: Screen, lesson: Lesson) -> str:
    """The voice whose correction taught a text; empty where it is not among those shown."""
    found = (one.ref for one in heard_reads.every(screen) if one.rule == "person" and same(one.text) == lesson.words)
    return next(found, "")


def _called(screen: Screen, category: str, words: str) -> str:
    """What a reader calls a lesson: its subject, with the word if it is a single one."""
    subject = heard_words.category(screen, category)
    if len(words.split()) > 1:
        return said(screen, "lesson_text", category=subject)
    return said(screen, "lesson_word", category=subject, word=words)


def _unlearn(screen: Screen, lesson: Lesson) -> None:
    body = {"category": lesson.category, "words": lesson.words}
    name = _called(screen, lesson.category, lesson.words)
    recording.keep(screen, UNLEARNED, lesson.id, body, called=said(screen, "lesson_gone", name=name))


def _gone(screen: Screen, gone: Sequence[Record]) -> None:
    """What was taken away, by whom, and the way back."""
    for place, record in enumerate(gone[:MOST]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"untaught_{place}"):
            name = _called(screen, str(record.body["category"]), str(record.body["words"]))
            text = said(screen, "unlearned", name=name, who=record.who, day=record.at.date())
            st.markdown(f":gray[{md(text)}]", width="stretch")
            if screen.may("record"):
                st.button(said(screen, "relearn"), key=f"taught_back_{place}", type="tertiary", on_click=_relearn,
                          args=(screen, record, name))  # fmt: skip


def _relearn(screen: Screen, record: Record, name: str) -> None:
    recording.take_away(screen, UNLEARNED, record.id, record.version, called=said(screen, "lesson_gone", name=name))
