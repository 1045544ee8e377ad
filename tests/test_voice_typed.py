"""Complaints, statements and answers that are typed in: refused with a sentence, or counted like any other row."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from metrics import records, voices
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.records import Kind
from metrics.store import Store
from metrics.values import values
from metrics.words import LANGUAGES
from tests.records import DAY, loan, opened
from tests.voicing import PLACES, client, complaint, one


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    said = [complaint(name) for name in ("south", "priced", "T-001", "T-003")]
    return opened(tmp_path_factory.mktemp("typed"), clients=[client("c1")], branches=PLACES, complaints=said)


COMPLAINT: dict[str, Any] = {"received_on": "2026-09-01", "description": "They shouted.", "branch_id": "north"}
STATEMENT: dict[str, Any] = {"held_on": "2026-09-01", "stakeholder": "community", "statement": "The rains came late."}
ANSWERS: dict[str, Any] = {"survey_type": "satisfaction", "answered_on": "2026-09-01", "branch_id": "north",
                           "answers": {"nps": 9}}  # fmt: skip
STAFF: dict[str, Any] = {"answered_on": "2026-09-01", "answers": {"enps": 9}}
TOMORROW = (date.today() + timedelta(days=1)).isoformat()
WRONG: list[tuple[Kind, Mapping[str, Any], str]] = [
    (voices.COMPLAINT, {"received_on": TOMORROW}, "voices.day_to_come"),
    (voices.COMPLAINT, {"received_on": "1/9/26"}, "voices.bad_day"),
    (voices.COMPLAINT, {"closed_on": "2026-08-01"}, "voices.ended_before"),
    (voices.COMPLAINT, {"closed_on": TOMORROW}, "voices.day_to_come"),
    (voices.COMPLAINT, {"severity": 0}, "voices.severity_outside"),
    (voices.COMPLAINT, {"severity": "high"}, "voices.severity_outside"),
    (voices.COMPLAINT, {"branch_id": "nort"}, "voices.unknown_branch"),
    (voices.COMPLAINT, {"client_id": "c99"}, "voices.unknown_client"),
    (voices.COMPLAINT, {"category": "prcing"}, "voices.unknown_category"),
    (voices.COMPLAINT, {"outcome": "won"}, "voices.unknown_code"),
    (voices.COMPLAINT, {"description": ""}, "records.empty"),
    (voices.STATEMENT, {"held_on": TOMORROW}, "voices.day_to_come"),
    (voices.STATEMENT, {"answered_on": "2026-08-01"}, "voices.ended_before"),
    (voices.STATEMENT, {"branch_id": "suth"}, "voices.unknown_branch"),
    (voices.STATEMENT, {"stakeholder": "clients"}, "voices.unknown_code"),
    (voices.STATEMENT, {"sentiment": 2}, "voices.sentiment_outside"),
    (voices.STATEMENT, {"sentiment": "bad"}, "voices.sentiment_outside"),
    (voices.STATEMENT, {"participants_m": "many"}, "voices.participants_negative"),
    (voices.STATEMENT, {"participants_f": -1}, "voices.participants_negative"),
    (voices.STATEMENT, {"statement": None}, "records.empty"),
    (voices.ANSWERS, {"answers": {}}, "records.empty"),
    (voices.ANSWERS, {"answers": {"nps": None, "satisfaction": ""}}, "voices.nothing_answered"),
    (voices.ANSWERS, {"answers": {"nps": 11}}, "voices.answer_outside"),
    (voices.ANSWERS, {"answers": {"nps": -1}}, "voices.answer_outside"),
    (voices.ANSWERS, {"answers": {"nps": "nine"}}, "voices.answer_outside"),
    (voices.ANSWERS, {"answers": {"satisfaction": "satisfid"}}, "voices.unknown_code"),
    (voices.ANSWERS, {"answers": {"satisfction": "satisfied"}}, "voices.unknown_question"),
    (voices.ANSWERS, {"answered_on": TOMORROW}, "voices.day_to_come"),
    (voices.ANSWERS, {"survey_type": "exits"}, "voices.unknown_code"),
    (voices.STAFF_ANSWERS, {"answers": {"enps": 12}}, "voices.answer_outside"),
    (voices.STAFF_ANSWERS, {"answers": {"nps": 9}}, "voices.unknown_question"),
]
BODIES = {"complaint": COMPLAINT, "statement": STATEMENT, "answers": ANSWERS, "staff_answers": STAFF}


@pytest.mark.parametrize(("kind", "wrong", "key"), WRONG)
def test_what_is_typed_wrongly_is_refused_with_a_sentence(
    kind: Kind, wrong: Mapping[str, Any], key: str, store: Store
) -> None:
    with pytest.raises(EvenkeelError) as raised:
        records.save(store, kind, "", BODIES[kind.name] | wrong, "Ana")
    assert raised.value.key == key
    assert all("{" not in raised.value.text(language) for language in LANGUAGES)


def test_an_unknown_branch_is_refused_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(EvenkeelError, match='Did you mean "north"'):
        records.save(store, voices.COMPLAINT, "", COMPLAINT | {"branch_id": "nort"}, "Ana")


def test_what_is_typed_in_counts_in_the_figures_like_any_other_row(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1")], branches=PLACES)
    records.save(store, voices.COMPLAINT, "T-001", COMPLAINT, "Ana")
    records.save(
        store, voices.ANSWERS, "spring/R1", ANSWERS | {"answers": {"nps": 9, "satisfaction": "neutral"}}, "Ana"
    )
    named = ["complaints_rate", "csat", "nps"]
    frame = values(store.cursor(), SETTINGS, "institution", [DAY], indicators=named)
    assert dict(zip(frame["indicator"], frame["value"], strict=True)) == {
        "complaints_rate": 12.0, "csat": 0.0, "nps": 1.0  # one complaint, a client known for a month of twelve
    }  # fmt: skip


def test_a_statement_that_is_typed_in_is_a_voice(store: Store) -> None:
    records.save(store, voices.STATEMENT, "M-1/2", STATEMENT | {"participants_f": 12}, "Ana")
    assert one(store, "consultations/M-1/2").text == "The rains came late."


def test_the_words_of_answers_that_are_typed_in_are_voices(store: Store) -> None:
    told = {"nps": 9, "suggestion": "Open on Friday.", "exit_reason": {"code": "product", "text": "Too many meetings."}}
    records.save(store, voices.ANSWERS, "spring/R1", ANSWERS | {"answers": told}, "Ana")
    assert {voice.ref: voice.text for voice in voices.listed(store.cursor()) if "/spring/" in voice.ref} == {
        "client_surveys/spring/R1/suggestion": "Open on Friday.",
        "client_surveys/spring/R1/exit_reason": "Too many meetings.",
    }


def test_answers_of_staff_land_in_the_survey_of_staff(store: Store) -> None:
    body = STAFF | {"answers": {"enps": 9, "comment": "The workload is too much."}, "branch_id": "north"}
    records.save(store, voices.STAFF_ANSWERS, "autumn/R1", body, "Ana")
    assert one(store, "staff_surveys/autumn/R1/comment").category == "work"


def test_an_imported_complaint_is_closed_by_a_record_and_undo_brings_it_back(store: Store) -> None:
    kept = records.save(store, voices.COMPLAINT, "south", COMPLAINT | {"closed_on": "2026-09-09"}, "Ana")
    closed = one(store, "complaints/south").closed_on
    records.undo(store, voices.COMPLAINT, kept.id, "Ana", kept.version)
    assert (closed, one(store, "complaints/south").closed_on) == (date(2026, 9, 9), None)


def test_a_number_that_stands_for_something_of_another_day_is_not_taken(store: Store) -> None:
    with pytest.raises(EvenkeelError) as raised:
        records.save(store, voices.COMPLAINT, "priced", COMPLAINT | {"received_on": "2026-09-05"}, "Ana")
    assert raised.value.key == "voices.number_taken"


def test_a_new_number_is_one_that_nobody_bears(store: Store) -> None:
    assert voices.new_id(store.cursor(), voices.COMPLAINT) == "T-004"
