"""The book of disclosures: restatements with causes and reasons, steps in order, nothing changed once published."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from metrics import measures, records
from metrics.disclosures import book, template, writing
from metrics.disclosures.rules import FORM, KIND
from metrics.errors import EvenkeelError
from metrics.packs.model import Table
from metrics.store import Store
from metrics.words import LANGUAGES
from tests import disclosing
from tests.disclosing import (
    AWA,
    JUNE,
    MOUSSA,
    OCTOBER,
    SEPTEMBER,
    corrected,
    filled,
    kept,
    opened,
    published,
    texts,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def taken_out(store: Store) -> dict[str, object]:
    store.rollback(corrected(store), measures.build)
    return {}


def more_data(store: Store) -> dict[str, object]:
    rows = disclosing.loans(JUNE, 4) + [{**disclosing.loans(JUNE, 1, 1)[0], "loan_id": "new", "client_id": "c1"}]
    disclosing.land(store, "loans", "june_whole.csv", rows)
    return {}


def test_the_first_one_has_nothing_to_be_compared_with(store: Store) -> None:
    found = filled(store)
    assert (found.last, found.restated) == ("", ()) and all(one.before is None for one in found.values)


def test_the_next_period_stands_beside_what_was_published(store: Store) -> None:
    first = published(store)
    found = filled(store)
    par = next(one for one in found.values if one.item == "par30")
    assert (found.last, par.before, par.value, found.restated) == (first.id, 0.1, 0.15, ())
    said = texts(writing.as_pack(found, "en"))
    assert "+5 points" in said and "unchanged" in said


def test_a_corrected_file_restates_what_was_published_and_asks_for_a_reason(store: Store) -> None:
    published(store)
    corrected(store)
    found = filled(store)
    one = next(one for one in found.restated if one.item == "par30")
    assert (one.period, one.before, one.after, one.reason) == (str(JUNE), 0.1, 0.25, "")
    assert [(cause.kind, cause.names) for cause in one.causes] == [("corrected", ("june.csv (#2)",))]
    record = book.prepare(store, found, "en", AWA, OCTOBER)
    with pytest.raises(EvenkeelError, match="have no reason: Portfolio at risk"):
        book.approve(store, store.cursor(), kept(store, record.id), MOUSSA, OCTOBER)
    told = found.explained({each.key: "The June file was wrong." for each in found.restated})
    book.prepare(store, told, "en", AWA, OCTOBER, record.id, record.version)
    book.approve(store, store.cursor(), kept(store, record.id), MOUSSA, OCTOBER)
    section = next(one for one in kept(store, record.id).pack("en").sections if one.id == "restated")
    assert isinstance(section.blocks[0], Table)
    row = [cell if isinstance(cell, str) else cell.text for cell in section.blocks[0].rows[0]]
    assert row[2:] == ["10\u202f%", "25\u202f%", "The June file was wrong."]


def test_the_same_period_again_is_a_restatement_too(store: Store) -> None:
    first = published(store)
    corrected(store)
    found = filled(store, JUNE)
    assert found.last == first.id and {one.item for one in found.restated} == {"par30", "women"}


@pytest.mark.parametrize(("change", "kind"), [(more_data, {"data", "gone"}), (taken_out, set())])
def test_the_cause_is_read_from_the_files(
    store: Store, change: Callable[[Store], dict[str, object]], kind: set[str]
) -> None:
    published(store)
    found = filled(store, SEPTEMBER, **change(store))
    assert {cause.kind for one in found.restated for cause in one.causes} == kind


def test_a_changed_definition_is_named_as_the_cause(store: Store) -> None:
    disclosing.land(store, "loans", "june.csv", [{**one, "days_past_due": 30} for one in disclosing.loans(JUNE, 0)])
    published(store)
    found = filled(store, par_from_30=True)
    assert [(one.before, one.after) for one in found.restated if one.item == "par30"] == [(0.0, 1.0)]
    assert [cause.kind for cause in found.restated[0].causes] == ["definition"]
    assert "changed definition: " in writing.because(found.restated[0], "en")


def test_another_indicator_under_the_same_line_is_said(store: Store) -> None:
    published(store)
    asked = template.parsed(disclosing.LINES.replace('indicator = "par30"\n', 'indicator = "par1"\n', 1), "ours")
    disclosing.land(store, "loans", "june.csv", disclosing.loans(JUNE, 4)[:-1])
    found = filled(store, asked=asked)
    assert "item" in {cause.kind for one in found.restated if one.item == "par30" for cause in one.causes}


def test_one_that_was_withdrawn_is_not_compared(store: Store) -> None:
    first = published(store)
    book.withdraw(store, first, AWA, OCTOBER, "Wrong form.")
    assert filled(store).last == ""
    assert kept(store, first.id).record.body["withdrawn_why"] == "Wrong form."


def test_steps_come_in_their_order(store: Store) -> None:
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    one = kept(store, record.id)
    with pytest.raises(EvenkeelError, match="prepared cannot become published"):
        book.publish(store, one, AWA, OCTOBER)
    with pytest.raises(EvenkeelError, match="prepared cannot become withdrawn"):
        book.withdraw(store, one, AWA, OCTOBER, "No.")
    with pytest.raises(EvenkeelError, match="cannot bear the date"):
        book.approve(store, store.cursor(), one, MOUSSA, OCTOBER - datetime.timedelta(days=1))
    book.approve(store, store.cursor(), one, MOUSSA, OCTOBER)
    book.publish(store, kept(store, record.id), AWA, OCTOBER)
    steps = kept(store, record.id).steps
    assert [(step.name, step.who) for step in steps] == [("prepared", AWA), ("approved", MOUSSA), ("published", AWA)]


def test_nobody_approves_his_own_where_there_are_others(store: Store) -> None:
    records.save(store, FORM, "n", {"toml": disclosing.LINES, "title": "Ours"}, MOUSSA)
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    with pytest.raises(EvenkeelError, match="prepared it and cannot approve"):
        book.approve(store, store.cursor(), kept(store, record.id), " awa", OCTOBER)


def test_a_single_user_may_and_the_document_says_so(store: Store) -> None:
    record = book.prepare(store, filled(store), "en", AWA, OCTOBER)
    book.approve(store, store.cursor(), kept(store, record.id), AWA, OCTOBER)
    one = kept(store, record.id)
    assert one.alone and any("One person prepared and approved" in text for text in texts(one.pack("en")))


def test_what_was_published_never_changes(store: Store) -> None:
    one = published(store)
    before = {language: one.pack(language) for language in LANGUAGES}
    corrected(store)
    after = kept(store, one.id)
    assert {language: after.pack(language) for language in LANGUAGES} == before
    with pytest.raises(EvenkeelError, match="stays as it was"):
        book.prepare(store, filled(store, JUNE), "en", AWA, OCTOBER, one.id, after.record.version)
    body = {**after.record.body, "step": "withdrawn", "withdrawn_by": AWA, "withdrawn_on": str(OCTOBER)}
    with pytest.raises(EvenkeelError, match="Write why"):
        records.save(store, KIND, one.id, body, AWA, seen=after.record.version)
    with pytest.raises(EvenkeelError, match="not what is kept now"):
        records.save(store, KIND, one.id, {**body, "withdrawn_why": "x", "title": "Other"}, AWA,
                     seen=after.record.version)  # fmt: skip


def test_values_under_another_hash_are_refused(store: Store) -> None:
    body = book.prepared(filled(store), "en", AWA, OCTOBER)
    with pytest.raises(EvenkeelError, match="fingerprint"):
        records.save(store, KIND, "", {**body, "hash": "0" * 64}, AWA)
