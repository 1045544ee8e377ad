"""What each form for typing in asks: only what is needed comes first, the rest may stay empty."""

import datetime
from collections.abc import Iterable, Mapping

import streamlit as st

from metrics import schema
from metrics.voices import rules
from metrics.voices.asked import Question, questions
from metrics.words import say
from pages.ui.screen import Screen
from pages.ui.voices import heard_reads, heard_words
from pages.ui.voices.heard_words import said

SURVEYS = ("satisfaction", "outcome", "needs")


def label(screen: Screen, name: str) -> str:
    """The name of a field, as the history writes it."""
    return heard_words.code(screen, f"field_{name}")


def complaint(screen: Screen) -> dict[str, object]:
    """A complaint: the words, the day, the branch; subject and severity are coded where nobody chooses them."""
    found: dict[str, object] = {"description": _words(screen, "description")}
    left, right = st.columns(2)
    with left:
        found["received_on"] = _day(screen, "received_on")
        found["channel"] = _line(screen, "channel")
        subjects = {name: heard_words.category(screen, name) for name in rules().categories}
        found["category"] = _choice(screen, "category", subjects, said(screen, "by_rules"))
    with right:
        found["branch_id"] = _branch(screen)
        found["client_id"] = _line(screen, "client_id", said(screen, "client_help"))
        levels = {str(level): said(screen, f"severity_{level}") for level in heard_words.MARKS}
        level = _choice(screen, "severity", levels, said(screen, "by_rules"))
        found["severity"] = int(level) if level else None
    return found | {"may_quote": _quote(screen)}


def statement(screen: Screen) -> dict[str, object]:
    """A statement at a consultation, or a suggestion."""
    found: dict[str, object] = {"statement": _words(screen, "statement")}
    left, right = st.columns(2)
    with left:
        found["held_on"] = _day(screen, "held_on")
        found["stakeholder"] = _choice(screen, "stakeholder", _speakers(screen), first="community")
        found["participants_f"] = _count(screen, "participants_f")
    with right:
        found["branch_id"] = _branch(screen)
        found["method"] = _line(screen, "method")
        found["participants_m"] = _count(screen, "participants_m")
    return found | {"may_quote": _quote(screen)}


def leaving(screen: Screen) -> dict[str, object]:
    """Why a client left: the reason, and the words for it."""
    reason = questions("clients", "exit")["exit_reason"]
    code = _choice(screen, "exit_reason", _said_codes(screen, reason.codes), title=reason.text(screen.language))
    text = st.text_area(said(screen, "own_words"), key="typed_exit_words", height=72, max_chars=1000)
    told = {part: value for part, value in (("code", code), ("text", text.strip())) if value}
    found = {"survey_type": "exit", "answered_on": _day(screen, "answered_on"), **_person(screen)}
    return found | {"answers": {"exit_reason": told} if told else {}, "may_quote": _quote(screen)}


def answers(screen: Screen) -> dict[str, object]:
    """The answers of one respondent to a survey; a question without an answer is left out."""
    survey = st.selectbox(label(screen, "survey_type"), SURVEYS, key="typed_survey",
                          format_func=lambda name: said(screen, f"survey_{name}"))  # fmt: skip
    told = _asked(screen, questions("clients", survey))
    found = {"survey_type": survey, "answered_on": _day(screen, "answered_on"), **_person(screen)}
    return found | {"answers": told, "may_quote": _quote(screen)}


def staff(screen: Screen) -> dict[str, object]:
    """The answers of a member of staff, who stays unknown."""
    told = _asked(screen, questions("staff"))
    left, right = st.columns(2)
    with left:
        found: dict[str, object] = {"answered_on": _day(screen, "answered_on")}
    with right:
        found["branch_id"] = _branch(screen)
    return found | {"answers": told, "may_quote": _quote(screen)}


def _asked(screen: Screen, known: Mapping[str, Question]) -> dict[str, object]:
    found = {key: _answer(screen, question) for key, question in known.items()}
    return {key: value for key, value in found.items() if value not in (None, "")}


def _answer(screen: Screen, question: Question) -> object:
    """One question, read out in the reader's language."""
    text, key = question.text(screen.language), f"typed_q_{question.of}_{question.key}"
    if question.kind == "number":
        value = st.number_input(text, question.least, question.most, value=None, step=1, key=key)
        return None if value is None else int(value)
    if question.kind == "text":
        return st.text_area(text, key=key, height=72, max_chars=1000).strip()
    codes = _said_codes(screen, question.codes)
    return st.selectbox(text, list(codes), index=None, format_func=codes.__getitem__, key=key,
                        placeholder=said(screen, "no_answer_given"))  # fmt: skip


def _person(screen: Screen) -> dict[str, object]:
    """To which part of the clients somebody belongs; not who they are."""
    left, right = st.columns(2)
    found: dict[str, object] = {}
    with left:
        found["branch_id"] = _branch(screen)
        found["gender"] = _choice(screen, "gender", _codes(screen, "client_surveys", "gender"))
    with right:
        found["location"] = _choice(screen, "location", _codes(screen, "client_surveys", "location"))
        found["age_band"] = _choice(screen, "age_band", _codes(screen, "client_surveys", "age_band"))
    return found


def _codes(screen: Screen, table: str, column: str) -> dict[str, str]:
    known = (code for code in schema.tables()[table].enums[column] if code != "unknown")
    return {code: said(screen, f"part_{code}") for code in known}


def _speakers(screen: Screen) -> dict[str, str]:
    known = schema.tables()["stakeholder_consultations"].enums["stakeholder"]
    return {code: say(screen.language, f"actions.source_{code}") for code in known}


def _said_codes(screen: Screen, codes: Iterable[str]) -> dict[str, str]:
    return {code: heard_words.code(screen, f"code_{code}") for code in codes}


def _words(screen: Screen, name: str) -> str:
    return st.text_area(label(screen, name), key=f"typed_{name}", height=96, max_chars=2000,
                        help=said(screen, "no_names")).strip()  # fmt: skip


def _line(screen: Screen, name: str, tip: str | None = None) -> str:
    return st.text_input(label(screen, name), key=f"typed_{name}", max_chars=120, help=tip).strip()


def _day(screen: Screen, name: str) -> datetime.date | None:
    first = min(heard_reads.now(screen), datetime.date.today())
    found = st.date_input(label(screen, name), first, key=f"typed_{name}", format=screen.day_format)
    return found if isinstance(found, datetime.date) else None


def _count(screen: Screen, name: str) -> int | None:
    return st.number_input(label(screen, name), value=None, step=1, key=f"typed_{name}")


def _branch(screen: Screen) -> str | None:
    return _choice(screen, "branch_id", screen.options.branches, said(screen, "whole"))


def _choice(
    screen: Screen, name: str, known: Mapping[str, str], empty: str = "", title: str = "", first: str | None = None
) -> str | None:
    ids = list(known)
    return st.selectbox(title or label(screen, name), ids, format_func=lambda one: known[one], key=f"typed_{name}",
                        index=ids.index(first) if first in ids else None,
                        placeholder=empty or said(screen, "not_known"))  # fmt: skip


def _quote(screen: Screen) -> bool | None:
    """Whether the speaker agreed to be quoted; without a tick nobody is."""
    return st.checkbox(said(screen, "agreed_to_be_quoted"), key="typed_may_quote") or None
