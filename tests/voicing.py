"""Rows that stand for something said: what the tests of voices arrange."""

from datetime import date

from metrics import voices
from metrics.store import Store
from metrics.voices import Voice
from tests.records import Row

SPOKEN = date(2026, 9, 1)


def client(client_id: str, **other: object) -> Row:
    return {"client_id": client_id, "branch_id": "north", "gender": "F", "location": "rural", **other}


def complaint(complaint_id: str, text: str = "They shouted at me.", **other: object) -> Row:
    given = {"received_on": SPOKEN, "branch_id": "north", "description": text}
    return {"complaint_id": complaint_id, **given, **other}


def statement(event: str, number: int = 1, **other: object) -> Row:
    given = {"held_on": SPOKEN, "stakeholder": "community", "branch_id": "north", "statement": "The rains came late."}
    return {"event_id": event, "statement_no": number, **given, **other}


def answer(response: str, question: str = "suggestion", **other: object) -> Row:
    given = {"survey_id": "s1", "survey_type": "satisfaction", "answered_on": SPOKEN, "branch_id": "north"}
    return {"response_id": response, "question_key": question, **given, **other}


PLACES = [{"branch_id": name, "branch_name": name.title()} for name in ("north", "south", "west")]


def one(store: Store, ref: str) -> Voice:
    found = voices.voice(store.cursor(), ref)
    assert found is not None
    return found
