"""What is kept about a client is told to who may ask for it, and the account does not say about whom."""

import io
import json
from collections.abc import Iterator
from contextlib import closing

import openpyxl
import pytest

from metrics import access, activity
from metrics.access import Actor, Forbidden
from metrics.ingest import land, preview
from metrics.personal import holding, person
from metrics.store import Store
from tests.fresh import opened
from tests.prove.trust_erasure import KEPT
from tests.trust import marking
from tests.trust.marking import CLIENT, MARKS, WORDS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("person")
    found = opened(folder / "data")
    seen = preview(found, [marking.workbook(folder / "march.xlsx", marking.tables())], KEPT)
    with closing(seen.cursor):
        land(found, seen, "steward")
    found.rollback(1)
    yield found
    found.close()


def test_every_table_answers_also_of_a_batch_that_was_taken_out(store: Store) -> None:
    found = person.about(store, CLIENT)
    assert {one.table for one in found} == set(marking.tables())
    assert {one.counts for one in found} == {False}
    assert WORDS in {one.value for one in found}
    assert {one.file for one in found} == {"march.xlsx"}


def test_another_client_is_not_told_of(store: Store) -> None:
    assert "C-0003" not in {one.value for one in person.about(store, CLIENT)}


def test_the_workbook_and_the_json_hold_every_value(store: Store) -> None:
    found = person.about(store, CLIENT)
    book = openpyxl.load_workbook(io.BytesIO(person.data(found, "xlsx", "fr")))
    assert book.worksheets[0].max_row == len(found) + 1
    assert len(json.loads(person.data(found, "json", "fr"))) == len(found)


def test_the_account_tells_of_the_request_without_the_person(store: Store) -> None:
    person.about(store, CLIENT)
    entries = list(activity.entries(store.cursor()))
    assert entries[-1].what == "access" and entries[-1].after == {"rows": dict.fromkeys(marking.tables(), 1)}
    assert not [mark for mark in MARKS for one in entries if mark in str(vars(one))]


def test_who_may_not_answer_requests_is_refused(store: Store) -> None:
    with access.acting(Actor("analyst@example.org", "analyst")), pytest.raises(Forbidden):
        person.about(store, CLIENT)


def test_the_officer_sees_how_many_persons_and_consents_and_requests(store: Store) -> None:
    person.about(store, CLIENT)
    with closing(store.cursor()) as cursor:
        kept = {one.table: one for one in holding.kept(cursor)}
        assert kept["clients"].persons == marking.OTHERS + 1 and "disability" in kept["clients"].sensitive
        assert holding.requests(cursor)[0].what == "access"
        book = openpyxl.load_workbook(io.BytesIO(holding.record(cursor, "es")))
    assert len(book.sheetnames) == 5
