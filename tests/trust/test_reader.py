"""A second process reads a published copy: the newest one, whole, and without a way to change anything."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from metrics import access, people, snapshot
from metrics.activity import Event
from metrics.copies import READS, Reader
from metrics.errors import EvenkeelError
from metrics.scope import Scope
from metrics.store import Store
from tests.ingesting import five, landed, text
from tests.rawly import OCTOBER, content, differences
from tests.trust import kept

pytestmark = pytest.mark.full  # the line of the reading copies runs two apps


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(kept.folder(tmp_path))) as found:
        yield found


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with closing(Reader(tmp_path / "copies", tmp_path / "work")) as found:
        yield found


def test_before_anything_is_published_a_reader_says_so(reader: Reader) -> None:
    with pytest.raises(EvenkeelError, match="no copy"):
        reader.copy()


def test_a_copy_is_the_same_and_the_next_one_is_shown_once_it_is_out(
    store: Store, reader: Reader, tmp_path: Path
) -> None:
    assert snapshot.publish(store, tmp_path / "copies")
    first = reader.copy()
    assert differences(content(store), content(first)) == {}
    assert snapshot.publish(store, tmp_path / "copies") is None, "nothing changed"
    store.note(Event("sign_in", "zoe@example.org"))
    assert snapshot.publish(store, tmp_path / "copies") is None, "a sign-in changes nothing that is shown"
    landed(store, text(tmp_path, five(r1c6="8"), name="new.csv"), as_of=OCTOBER.replace(day=8))
    before = content(first)
    assert snapshot.publish(store, tmp_path / "copies")
    second = reader.copy()
    assert second.path != first.path
    assert second.epoch == store.epoch
    assert content(first) == before, "who began with a copy ends with it"
    assert reader.of(first.path.parent).path == first.path


def test_who_may_come_in_follows_into_the_copy(store: Store, reader: Reader, tmp_path: Path) -> None:
    snapshot.publish(store, tmp_path / "copies")
    with access.acting(access.Actor("admin@example.org", "admin")):
        people.give(store, "zoe@example.org", "nobody")
    assert snapshot.publish(store, tmp_path / "copies"), "a role changes what is shown"
    with closing(reader.copy().cursor()) as cursor:
        found = people.find(cursor, "zoe@example.org")
    assert found is not None
    assert found.role == "nobody"


def test_pseudonyms_are_the_same_in_a_copy(store: Store, reader: Reader, tmp_path: Path) -> None:
    snapshot.publish(store, tmp_path / "copies")
    names = "SELECT DISTINCT loan_id FROM v_loans ORDER BY 1"
    both = [one.cursor(Scope(masked=True)).execute(names).fetchall() for one in (store, reader.copy())]
    assert both[0] == both[1] != store.cursor().execute(names).fetchall()


def test_nothing_is_changed_in_a_copy(store: Store, reader: Reader, tmp_path: Path) -> None:
    snapshot.publish(store, tmp_path / "copies")
    copy = reader.copy()
    before = content(copy)
    for change in (
        lambda: copy.write(lambda cursor: cursor.execute("DELETE FROM records")),
        lambda: copy.rollback(1),
        lambda: people.give(copy, "zoe@example.org", "admin"),
        lambda: landed(copy, text(tmp_path, five(), name="x.csv"), as_of=OCTOBER.replace(day=3)),
    ):
        with pytest.raises(EvenkeelError):
            change()
    assert content(copy) == before
    access.only(READS)
    try:
        assert not access.Actor("zoe").may("upload", "data")
        assert access.Actor("zoe").may("open", "data")
        with pytest.raises(access.Forbidden, match="reading copy"):
            access.need("upload")
    finally:
        access.only(())
    assert access.Actor("zoe").may("upload", "data")


def test_what_readers_did_comes_into_the_account_once(store: Store, reader: Reader, tmp_path: Path) -> None:
    snapshot.publish(store, tmp_path / "copies")
    with access.acting(access.Actor("zoe@example.org", "analyst")):
        reader.copy().within(Scope()).note(Event("export", "loans.csv", after={"page": "data"}))
    notes = tmp_path / "copies" / "notes"
    again = {path.name: path.read_bytes() for path in notes.iterdir()}
    assert snapshot.take_notes(store, tmp_path / "copies") == 1
    for name, told in again.items():  # a process that was killed before it took the note away
        (notes / name).write_bytes(told)
    (notes / "spoilt.json").write_text("{")
    assert snapshot.take_notes(store, tmp_path / "copies") == 0
    assert not list(notes.glob("*.json"))
    found = [one for one in kept.entries(store) if one.what == "export"]
    assert [(one.who, one.role, one.subject) for one in found] == [("zoe@example.org", "analyst", "loans.csv")]


def test_copies_that_nobody_holds_are_taken_away(store: Store, reader: Reader, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    snapshot.publish(store, copies)
    held = reader.copy().path.parent
    for n in range(3):
        store.write(lambda cursor: cursor.execute("UPDATE meta SET value = value WHERE name = 'epoch'"))
        assert snapshot.publish(store, copies)
        assert held.exists(), n
    assert {path.name for path in copies.iterdir() if path.name.isdigit()} == {"1", "3", "4"}
    reader.close()
    store.write(lambda cursor: cursor.execute("UPDATE meta SET value = value WHERE name = 'epoch'"))
    snapshot.publish(store, copies)
    assert {path.name for path in copies.iterdir() if path.name.isdigit()} == {"4", "5"}


def test_readers_never_see_half_a_state_while_copies_are_swapped(store: Store, tmp_path: Path) -> None:
    seen = watched(store, tmp_path, changes=3)
    assert seen["wrong"] == 0
    assert seen["copies"] > 2


def watched(store: Store, place: Path, changes: int) -> dict[str, int]:
    """Publish change after change while two threads look; each change writes one number into three tables."""
    store.write(_numbered(0))
    snapshot.publish(store, place / "copies")
    over, found, wrong, looks = threading.Event(), set(), [], []

    def look(reader: Reader) -> None:
        while not over.is_set():
            copy = reader.copy()
            rows = [copy.cursor().execute(f"SELECT n FROM meta_{k}").fetchall() for k in range(3)]
            if len({row[0][0] for row in rows}) != 1:
                wrong.append(rows)
            found.add(rows[0][0][0])
            looks.append(1)

    with closing(Reader(place / "copies", place / "work")) as reader, ThreadPoolExecutor(2) as pool:
        both = [pool.submit(look, reader) for _ in range(2)]
        try:
            for n in range(1, changes + 1):
                store.write(_numbered(n))
                snapshot.publish(store, place / "copies")
                time.sleep(0.05)
        finally:
            over.set()
        for one in both:
            one.result()
    return {"copies": len(found), "wrong": len(wrong), "looks": len(looks)}


def _numbered(n: int):
    def change(cursor):
        for k in range(3):
            cursor.execute(f"CREATE OR REPLACE TABLE meta_{k} AS SELECT {n} AS n")

    return change
