"""What people write down is added to, never changed: versions, history, undo, and two writers at once."""

import json
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics import journal, records
from metrics.errors import EvenkeelError
from metrics.records import Body, Conflict, Cursor, Kind, Record
from metrics.reworking import from_raw
from metrics.store import Scope, Store
from tests import fresh
from tests.records import loan, opened

NOTE = Kind("note", "records", {"title": True, "owner": False, "branch_id": False})


def action_rows(record_id: str, body: Body) -> list[dict[str, object]]:
    return [{"issue_id": record_id, "raised_on": body["raised_on"], "action": body["action"]}]


ACTED = Kind("acted", "records", {"action": True, "raised_on": True}, table="issues_actions", rows=action_rows)


def note(store: Store, title: str, record_id: str = "", seen: int = 0, who: str = "Ana", **more: str) -> Record:
    return records.save(store, NOTE, record_id, {"title": title, **more}, who, seen=seen)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path, loans=[loan("1")])


def test_a_saved_record_is_found_with_who_and_when(store: Store) -> None:
    kept = note(store, "Watch Kolo")
    found = records.find(store.cursor(), "note", kept.id)
    assert (found, kept.id, kept.version, kept.who) == (kept, "N-001", 1, "Ana")


def test_the_history_says_what_was_changed_from_what(store: Store) -> None:
    one = note(store, "Watch Kolo")
    records.save(store, NOTE, one.id, {"title": "Watch Baro", "owner": "Bo"}, "Bo", "moved", seen=1)
    told = [(c.record.who, c.field, c.before, c.after) for c in records.history(store.cursor(), "note")]
    assert told == [
        ("Bo", "title", "Watch Kolo", "Watch Baro"), ("Bo", "owner", None, "Bo"), ("Ana", "title", None, "Watch Kolo")
    ]  # fmt: skip


def test_a_save_without_a_change_adds_no_version(store: Store) -> None:
    one = note(store, "Watch Kolo", owner="")
    assert note(store, "Watch Kolo", one.id, seen=1) == one


def test_whoever_did_not_see_the_newest_version_is_shown_it_and_nothing_is_overwritten(store: Store) -> None:
    one = note(store, "first")
    note(store, "second", one.id, seen=1, who="Bo")
    with pytest.raises(Conflict) as raised:
        note(store, "third", one.id, seen=1)
    assert (raised.value.theirs.who, raised.value.fields) == ("Bo", ("title",))
    assert [version.body["title"] for version in records.versions(store.cursor(), "note", one.id)] == [
        "first",
        "second",
    ]


def test_of_two_who_save_at_the_same_moment_one_is_refused(store: Store) -> None:
    one = note(store, "first")
    start, refused = threading.Barrier(4), []

    def write(name: str) -> None:
        start.wait()
        try:
            note(store, name, one.id, seen=1, who=name)
        except Conflict:
            refused.append(name)

    threads = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), len(records.versions(store.cursor(), "note", one.id))) == (3, 2)


def test_undo_puts_back_what_stood_before_and_is_a_version_itself(store: Store) -> None:
    one = note(store, "first")
    note(store, "second", one.id, seen=1)
    back = records.undo(store, NOTE, one.id, "Ana", seen=2)
    assert (back.version, back.body["title"], back.why) == (3, "first", records.UNDONE)


def test_a_record_taken_away_is_not_listed_and_undo_brings_it_back(store: Store) -> None:
    one = note(store, "first")
    records.remove(store, NOTE, one.id, "Ana", seen=1)
    gone = records.newest(store.cursor(), "note")
    records.undo(store, NOTE, one.id, "Ana", seen=2)
    assert (gone, [r.id for r in records.newest(store.cursor(), "note")]) == ([], [one.id])


def test_an_empty_field_is_refused_by_its_name(store: Store) -> None:
    with pytest.raises(records.Empty):
        note(store, "")


def test_a_reader_of_one_branch_sees_the_records_of_that_branch_only(store: Store) -> None:
    note(store, "north", branch_id="north")
    note(store, "south", branch_id="south")
    note(store, "all")
    seen = records.newest(store.cursor(Scope(branches=("north",))), "note")
    assert [one.body["title"] for one in seen] == ["north"]


def test_a_record_of_a_table_counts_as_its_row_and_no_longer_once_taken_away(store: Store) -> None:
    sql = "SELECT action FROM v_issues_actions"
    one = records.save(store, ACTED, "", {"action": "Call", "raised_on": date(2026, 9, 1)}, "Ana")
    records.save(store, ACTED, one.id, {**one.body, "action": "Visit"}, "Ana", seen=1)
    there = store.cursor().execute(sql).fetchall()
    records.remove(store, ACTED, one.id, "Ana", seen=2)
    assert (there, store.cursor().execute(sql).fetchall()) == ([("Visit",)], [])


def test_records_come_back_from_raw_where_the_database_is_lost(store: Store) -> None:
    one = note(store, "first")
    note(store, "second: « café »", one.id, seen=1, who="Bo")
    before = records.history(store.cursor())
    store.close()
    store.path.unlink()
    from_raw(store.path.parent)
    with closing(Store.open(store.path.parent)) as again:
        assert (len(before), records.history(again.cursor())) == (2, before)


def test_a_line_that_was_cut_off_is_written_anew_whole(store: Store) -> None:
    note(store, "first")
    assert store.raw is not None
    with (store.raw / journal.NAME).open("ab") as file:
        file.write(b'{"institution_id": "ow')  # the process was killed here
    note(store, "second")
    told = [json.loads(line)["body"] for line in (store.raw / journal.NAME).read_bytes().splitlines()]
    assert [json.loads(body)["title"] for body in told] == ["first", "second"]


def test_without_an_institution_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(EvenkeelError):
        note(fresh.opened(tmp_path), "lost")


edits = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from("abc"), st.sampled_from(["x", "y", "z"])),
        st.tuples(st.just("remove"), st.sampled_from("abc"), st.just("")),
        st.tuples(st.just("undo"), st.sampled_from("abc"), st.just("")),
    ),
    max_size=12,
)


@given(edits)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_history_replayed_from_nothing_gives_what_stands(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str, str]]
) -> None:
    store = opened(tmp_path_factory.mktemp("edits"), loans=[loan("1")])
    for act, name, value in made:
        _act(store, store.cursor(), act, name, value)
    replayed: dict[str, dict[str, object]] = {}
    for change in reversed(records.history(store.cursor(), "note")):
        replayed.setdefault(change.record.id, {})[change.field] = change.after
    standing = {one.id: one.body for one in records.newest(store.cursor(), "note")}
    assert {k: v for k, v in replayed.items() if any(v.values())} == standing
    store.close()


def _act(store: Store, cursor: Cursor, act: str, name: str, value: str) -> None:
    known = records.versions(cursor, "note", name)
    seen = known[-1].version if known else 0
    if act == "save":
        note(store, value, name, seen=seen)
    elif act == "remove" and known and not known[-1].removed:
        records.remove(store, NOTE, name, "Ana", seen=seen)
    elif act == "undo" and known:
        records.undo(store, NOTE, name, "Ana", seen=seen)
