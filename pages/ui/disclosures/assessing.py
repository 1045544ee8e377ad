"""The self-assessment: seven dimensions, answers that figures prove filled in, scores with equal weights."""

import datetime
from contextlib import closing
from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics import records
from metrics.disclosures import assessment
from metrics.disclosures.assessment import Answer
from metrics.records import Record
from metrics.words import date, percent
from pages.ui import data, recording
from pages.ui.data import Source
from pages.ui.disclosures import reads
from pages.ui.disclosures.reads import said
from pages.ui.pack.made import written
from pages.ui.screen import Screen
from pages.ui.text import md

NOT_YET = "open"


def show(screen: Screen) -> None:
    """Closed until it is asked for: the questions, the scores, and the button that keeps them."""
    with st.expander(said(screen, "assess"), key="assessment"):
        st.markdown(md(said(screen, "assess_about")))
        kept = _kept(screen)
        before = _answers(screen, kept)
        given = _table(screen, before, kept.version if kept else 0)
        _scores(screen, given)
        st.markdown(f":gray[{md(said(screen, 'assess_counts'))}]")
        if screen.may("record"):
            recording.author(screen, "assessment")
            st.button(said(screen, "assess_save"), key="assessment_save", on_click=_keep, args=(screen, given, kept))


def _kept(screen: Screen) -> Record | None:
    """The assessment that was kept for the date shown."""
    with closing(screen.source.store.cursor()) as cursor:
        found = records.newest(cursor, assessment.KIND.name)
    day = str(reads.day(screen))
    return next((one for one in found if one.body["answered_on"] == day), None)


def _answers(screen: Screen, kept: Record | None) -> dict[str, Answer]:
    """What was kept, and beside it what figures prove."""
    proved = _proved(screen.source, screen.choices.policy, reads.day(screen), screen.language, written(screen.source))
    return {**proved, **(assessment.read(kept.body) if kept else {})}


@st.cache_data(show_spinner=False, max_entries=6)
def _proved(
    source: Source, policy: str, day: datetime.date, language: str, written: tuple[int, str]
) -> dict[str, Answer]:  # fmt: skip
    with closing(source.store.cursor()) as cursor:
        currency = cursor.execute("SELECT max(currency) FROM v_institutions").fetchall()[0][0]
        settings = data.policy(source, policy).settings
        return assessment.proved(cursor, settings, day, language, str(currency or ""))


def _table(screen: Screen, before: dict[str, Answer], version: int) -> dict[str, Answer]:
    """The questions to be answered in place; returns the answers as they now stand."""
    shown = {name: said(screen, f"answer_{name}") for name in (NOT_YET, *assessment.ANSWERS)}
    heads = [said(screen, f"assess_{name}") for name in ("dimension", "question", "answer", "proof")]
    rows = []
    for one in assessment.questions():
        answer = before.get(one.id)
        rows.append(
            [
                assessment.dimensions()[one.dimension][screen.language], one.texts[screen.language],
                shown[answer.answer if answer else NOT_YET], answer.evidence if answer else "",
            ]
        )  # fmt: skip
    edited = st.data_editor(
        pd.DataFrame(rows, columns=heads), key=f"assessment_{reads.day(screen)}_{version}", hide_index=True,
        disabled=heads[:2] if screen.may("record") else True, num_rows="fixed",
        column_config={
            heads[2]: st.column_config.SelectboxColumn(options=list(shown.values()), required=True),
            heads[3]: st.column_config.TextColumn(max_chars=assessment.LONGEST),
        },
    )  # fmt: skip
    known = {text: name for name, text in shown.items()}
    found = {}
    for one, (_, _, answer, evidence) in zip(assessment.questions(), edited.itertuples(index=False), strict=True):
        name = known[str(answer)]
        if name != NOT_YET:
            made, was = Answer(one.id, name, str(evidence or "")), before.get(one.id)
            unchanged = was is not None and replace(was, proved=False) == made
            found[one.id] = was if was is not None and unchanged else made
    return found


def _scores(screen: Screen, given: dict[str, Answer]) -> None:
    """The share reached of each dimension and of all, with how many questions count."""
    language = screen.language
    names = {name: titles[language] for name, titles in assessment.dimensions().items()}
    names[""] = said(screen, "assess_all")
    rows = [(title, assessment.score(given.values(), name)) for name, title in names.items()]
    st.table(
        {
            said(screen, "assess_dimension"): [md(title) for title, _ in rows],
            said(screen, "assess_score"): ["–" if s.value is None else percent(language, s.value, 0) for _, s in rows],
            said(screen, "assess_answered"): [said(screen, "assess_of", n=s.n, asked=s.asked) for _, s in rows],
        },
        border="horizontal", hide_index=True, alt=said(screen, "assess"),
    )  # fmt: skip


def _keep(screen: Screen, given: dict[str, Answer], kept: Record | None) -> None:
    recording.signed("assessment")
    body = assessment.body(given, reads.day(screen))
    called = f"{said(screen, 'assess')}, {date(screen.language, reads.day(screen))}"
    name, seen = (kept.id, kept.version) if kept else ("", 0)
    recording.keep(screen, assessment.KIND, name, body, "", seen, called)
