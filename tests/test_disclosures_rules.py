"""What the book of disclosures must not let through: approvals, documents and comparisons that are none."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metrics import records
from metrics.disclosures import book, fill, restating, template, writing
from metrics.disclosures.model import HIDDEN
from metrics.disclosures.rules import KIND
from metrics.errors import EvenkeelError
from metrics.packs.model import Column, Number, Pack, Section, Table
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.words import say
from tests import disclosing
from tests.disclosing import AWA, JUNE, MOUSSA, OCTOBER, SEPTEMBER, filled, kept, opened, ours, published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def test_a_line_of_another_indicator_is_not_compared_with_what_was_published(store: Store) -> None:
    published(store)
    given = disclosing.LINES.replace('indicator = "par30"\n', 'indicator = "par1"\n', 1)
    found = {one.item: one.before for one in filled(store, asked=template.parsed(given, "ours")).values}
    assert found["par30"] is None and found["women"] is not None


def test_a_figure_that_is_kept_back_now_is_no_restatement(store: Store) -> None:
    last = filled(store, JUNE)
    for status, n in ((HIDDEN, 0), ("empty", 1)):
        again = [replace(last.values[0], value=None, status=status), *last.values[1:]]
        assert len(restating.restated(last, again, last.sources)) == n


def test_documents_that_do_not_give_their_hash_are_not_published(store: Store) -> None:
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    book.approve(store, store.cursor(), kept(store, record.id), MOUSSA, OCTOBER)
    one = kept(store, record.id)
    body = book.published(one, AWA, OCTOBER)
    packs = body["packs"]
    assert isinstance(packs, dict)
    packs["fr"] = {**packs["fr"], "hash": "0" * 64}
    with pytest.raises(EvenkeelError, match="not what was frozen"):
        records.save(store, KIND, one.id, body, AWA, seen=one.record.version)


def test_a_step_has_a_name(store: Store) -> None:
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    one = kept(store, record.id)
    body = book.approved(store.cursor(), one, "  ", OCTOBER)
    with pytest.raises(EvenkeelError) as refused:
        records.save(store, KIND, one.id, body, MOUSSA, seen=record.version)
    assert refused.value.key == "disclosures.who_missing"


def test_one_person_alone_is_said_to_be_alone(store: Store) -> None:
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    one = kept(store, record.id)
    body = {key: value for key, value in book.approved(store.cursor(), one, AWA, OCTOBER).items() if key != "alone"}
    with pytest.raises(EvenkeelError) as refused:
        records.save(store, KIND, one.id, body, AWA, seen=record.version)
    assert refused.value.key == "disclosures.same_person"


def test_what_was_published_and_withdrawn_has_been_seen(store: Store) -> None:
    one = published(store)
    book.withdraw(store, one, AWA, OCTOBER, "Wrong form.")
    assert [pack.as_of for pack in book.shown(store.cursor(), JUNE)] == [str(JUNE)]
    assert book.shown(store.cursor(), SEPTEMBER) == ()


def test_a_later_disclosure_is_not_the_last_one_of_an_earlier_date(store: Store) -> None:
    one = published(store, SEPTEMBER)
    assert book.last(store.cursor(), "ours", JUNE) is None
    found = book.last(store.cursor(), "ours", SEPTEMBER)
    assert found is not None and found.id == one.id


def test_the_document_says_its_last_step(store: Store) -> None:
    name = say("en", "disclosures.basis_state")
    drafted = dict(writing.as_pack(filled(store), "en").basis)[name]
    done = dict(published(store).pack("en").basis)[name]
    assert (drafted, done) == (say("en", "disclosures.draft"), say("en", "disclosures.step_published"))


def test_the_people_behind_what_is_kept_back_are_kept_back_in_words(tmp_path: Path) -> None:
    store = opened(tmp_path, women=33)  # 7 men
    try:
        found = filled(store)
    finally:
        store.close()
    rows = [
        [cell if isinstance(cell, str) else cell.text for cell in row]
        for block in writing.as_pack(found, "en").sections[0].blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    hidden = [place for place, one in enumerate(found.values) if one.status == HIDDEN]
    assert hidden and all(rows[place][1:3] == ["kept back", "kept back"] for place in hidden)


def test_what_another_document_shows_is_known(tmp_path: Path) -> None:
    """Where a pack has shown the 33 women, the whole of 40 would tell of the 7 men."""
    store = opened(tmp_path, women=33)
    shown = Number(0.1, "10 %", "%", f"par30|{SEPTEMBER}|gender=F", 33)
    table = Table("t", "T", (Column("A"), Column("B", "number")), (("Women", shown),))
    pack = Pack("P", "Own", "en", str(SEPTEMBER), "k", "", (Section("s", "table", "S", "M", (table,)),), (), (), {})
    try:
        asked = fill.Asked(store.cursor(), SETTINGS, "equal", SEPTEMBER, published=(pack,))
        found = {one.item: one.status for one in fill.fill(asked, ours()).values}
    finally:
        store.close()
    assert (found["women"], found["par30"]) == ("ok", HIDDEN)


def test_a_step_is_not_dated_before_the_disclosure(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="cannot bear the date"):
        book.prepare(store, filled(store), "en", AWA, SEPTEMBER - datetime.timedelta(days=1))
