"""Comments beside packs and packs as they were presented: kept, carried on, undone, never changed, opened the same."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metrics import records
from metrics.errors import EvenkeelError
from metrics.packs import description, frozen
from metrics.packs.endings import FORMS
from metrics.packs.model import Pack, as_json
from metrics.packs.reading import from_json
from metrics.records import Record
from metrics.store import Scope, Store
from tests import fresh, packing

SEPTEMBER, JUNE, LATER = (datetime.date(2026, month, day) for month, day in ((9, 30), (6, 30), (10, 12)))
ABOUT = "indicator:par30"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The sample on a folder of one's own."""
    opened = fresh.open_copy(tmp_path)
    yield opened
    opened.close()


def frozen_one(store: Store, presented_on: datetime.date = LATER, pack: Pack | None = None) -> Record:
    """The sample's pack, frozen by Awa."""
    plan = description.load("board")
    return frozen.freeze(store, pack or packing.pack(), packing.asked(), plan, presented_on, "Awa")


def write(store: Store, text: str, day: datetime.date, seen: int = 0, about: str = ABOUT) -> Record:
    return records.save(store, frozen.COMMENT, about, frozen.comment(about, day, text), "Awa", seen=seen)


def texts(store: Store, day: datetime.date) -> dict[str, str]:
    return {about: found.text for about, found in frozen.spoken(frozen.comments(store.cursor(), day)).items()}


def test_a_comment_stays_for_later_packs_with_its_author_and_its_period(store: Store) -> None:
    write(store, " Floods in June. ", JUNE)
    found = frozen.spoken(frozen.comments(store.cursor(), SEPTEMBER))[ABOUT]
    assert (found.text, found.who, found.period) == ("Floods in June.", "Awa", JUNE)
    assert texts(store, datetime.date(2026, 5, 31)) == {}


def test_an_earlier_pack_has_the_text_of_its_own_time(store: Store) -> None:
    write(store, "Floods.", JUNE)
    write(store, "Dry again.", SEPTEMBER, seen=1)
    assert (texts(store, JUNE), texts(store, SEPTEMBER)) == ({ABOUT: "Floods."}, {ABOUT: "Dry again."})


def test_undo_and_removal_of_a_comment(store: Store) -> None:
    write(store, "Floods.", JUNE)
    changed = write(store, "Dry again.", SEPTEMBER, seen=1)
    records.undo(store, frozen.COMMENT, ABOUT, "Awa", changed.version)
    assert texts(store, SEPTEMBER) == {ABOUT: "Floods."}
    records.remove(store, frozen.COMMENT, ABOUT, "Awa", seen=3)
    assert texts(store, SEPTEMBER) == {}


def test_a_comment_under_one_of_a_later_pack_is_refused(store: Store) -> None:
    write(store, "Dry again.", SEPTEMBER)
    with pytest.raises(EvenkeelError, match="already written"):
        write(store, "Floods.", JUNE, seen=1)


@pytest.mark.parametrize(
    ("about", "text", "sentence"),
    [
        ("indicator:par31", "x", "no indicator"),
        ("branch:kolo", "x", "cannot be about branch:kolo"),
        ("section:colours", "x" * (frozen.LONGEST + 1), "characters"),
    ],
)
def test_a_comment_that_no_pack_could_show_is_refused(store: Store, about: str, text: str, sentence: str) -> None:
    with pytest.raises(EvenkeelError, match=sentence):
        write(store, text, SEPTEMBER, about=about)


def test_a_comment_is_kept_under_what_it_is_about(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="cannot be about"):
        records.save(store, frozen.COMMENT, ABOUT, frozen.comment("section:colours", SEPTEMBER, "x"), "Awa")


def test_the_pack_presented_last_stands_first(store: Store) -> None:
    late, early = (frozen_one(store, day).id for day in (LATER, SEPTEMBER))
    assert [one.id for one in frozen.listed(store.cursor())] == [late, early]


def test_a_frozen_pack_is_opened_as_it_was(store: Store) -> None:
    record = frozen_one(store)
    (found,) = frozen.listed(store.cursor())
    assert (found.id, found.who, found.body["presented_on"]) == (record.id, "Awa", "2026-10-12")
    assert as_json(frozen.opened(found)) == as_json(packing.pack())
    assert frozen.opened(found).hash == found.body["hash"]
    assert frozen.described(found).parts == description.load("board").parts


@pytest.mark.parametrize(
    "form", [form if form in ("xlsx", "html") else pytest.param(form, marks=pytest.mark.full) for form in FORMS]
)
def test_a_thawed_pack_is_written_with_the_same_bytes(store: Store, form: str) -> None:
    thawed = frozen.opened(frozen_one(store))
    assert FORMS[form](thawed) == FORMS[form](packing.pack())


def test_a_frozen_pack_takes_no_second_text(store: Store) -> None:
    record = frozen_one(store)
    other = {**record.body, "presented_on": "2026-11-01"}
    with pytest.raises(EvenkeelError, match="stays as it was"):
        records.save(store, frozen.PACK, record.id, other, "Awa", seen=record.version)
    gone = records.remove(store, frozen.PACK, record.id, "Awa", "wrong date", record.version)
    with pytest.raises(EvenkeelError, match="stays as it was"):
        records.save(store, frozen.PACK, record.id, other, "Awa", seen=gone.version)


def test_content_that_does_not_give_its_hash_is_refused(store: Store) -> None:
    record = frozen_one(store)
    other = frozen.packed(replace(packing.pack(), title="Another"))
    with pytest.raises(EvenkeelError, match="not what was frozen"):
        frozen.opened(replace(record, body={**record.body, "pack": other}))
    with pytest.raises(EvenkeelError, match="not what was frozen"):
        frozen.opened(replace(record, body={**record.body, "pack": "no pack"}))
    with pytest.raises(EvenkeelError, match="not what was frozen"):
        records.save(store, frozen.PACK, "", {**record.body, "pack": other}, "Awa")


def test_no_pack_was_presented_before_its_own_date(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="before its own date"):
        frozen_one(store, JUNE)


def test_what_was_shown_counts_for_its_date_also_when_taken_away_but_not_when_undone(store: Store) -> None:
    shown = frozen_one(store)
    undone = frozen_one(store)
    records.undo(store, frozen.PACK, undone.id, "Awa", undone.version)
    assert [one.hash for one in frozen.of_period(store.cursor(), SEPTEMBER)] == [packing.pack().hash]
    records.remove(store, frozen.PACK, shown.id, "Awa", "superseded", shown.version)
    assert len(frozen.of_period(store.cursor(), SEPTEMBER)) == 1
    assert frozen.listed(store.cursor()) == []
    assert frozen.of_period(store.cursor(), JUNE) == []


def test_a_reader_of_one_branch_alone_sees_no_pack_of_the_whole(store: Store) -> None:
    frozen_one(store)
    assert frozen.listed(store.cursor(Scope(branches=("kolo",)))) == []


def test_a_pack_of_an_older_version_keeps_its_hash() -> None:
    """New words of the forms and new fields that are empty change no hash: a frozen pack stays the one it was."""
    pack = packing.pack()
    data = json.loads(as_json(pack))
    data["words"].popitem()
    del data["filters"]
    again = from_json(json.dumps(data))
    assert again.hash == pack.hash and again.words.keys() == pack.words.keys()
    data["sections"][0]["message"] += "."
    assert from_json(json.dumps(data)).hash != pack.hash
