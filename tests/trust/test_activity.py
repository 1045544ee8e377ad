"""The account of everything: each act leaves its entries, whole or not at all, and whoever tampers is found."""

import ast
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics import access, accounts, activity, own, people, sample
from metrics.__main__ import main
from metrics.access import Actor
from metrics.accounts import Wanted
from metrics.activity import Event
from metrics.errors import EvenkeelError
from metrics.store import Store
from tests import fresh, source
from tests.trust.accounting import ACTS, AGAIN, ELSEWHERE, SECRET, Act, World, done

ENTERS = {"write", "land", "rollback", "restore", "note", "compact"}


@pytest.fixture(scope="module")
def acted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, list[tuple[Act, list[str]]]]]:
    """A database on which everything was done, and what each act left."""
    folder = tmp_path_factory.mktemp("acted")
    world = World(fresh.opened(folder / "data"), folder)
    yield world, done(world)
    world.store.close()
    own.use(folder / "none")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database with nine entries, by three persons."""
    store = fresh.opened(tmp_path)
    for n in range(1, 10):
        with access.acting(Actor(f"p{n % 3}@mfi.org", "analyst")):
            store.note(Event("export", f"file {n}.xlsx", {"n": n - 1}, {"n": n, "why": "<b>é</b>"}))
    yield store
    store.close()


def broken(store: Store) -> int | None:
    """The first entry that does not hold."""
    with closing(store.cursor()) as cursor:
        return accounts.check(cursor).broken


def test_every_act_leaves_exactly_its_entries(acted: tuple[World, list[tuple[Act, list[str]]]]) -> None:
    _, found = acted
    assert [(act.name, tuple(left)) for act, left in found] == [(act.name, act.leaves) for act in ACTS]


def test_all_of_it_holds_after_all_that(acted: tuple[World, list[tuple[Act, list[str]]]]) -> None:
    assert broken(acted[0].store) is None


def test_no_entry_holds_what_a_cell_or_a_person_said(acted: tuple[World, list[tuple[Act, list[str]]]]) -> None:
    told = json.dumps([vars(one) for one in acted[0].entries()], default=str)
    assert [text for text in (SECRET, "0712345678", "1500.25", "15o0.25", "shouted", "rude") if text in told] == []


def test_a_change_of_weights_says_from_what_to_what(acted: tuple[World, list[tuple[Act, list[str]]]]) -> None:
    one = next(entry for entry in acted[0].entries() if entry.what == "weights")
    assert one.before == {"weight financial": 50.0, "weight social": 50.0}
    assert one.after is not None and (one.after["weight social"], one.after["made_from"]) == (70.0, "ours@1")


def test_a_change_of_limits_says_from_what_to_what(acted: tuple[World, list[tuple[Act, list[str]]]]) -> None:
    one = next(entry for entry in acted[0].entries() if entry.what == "limits")
    assert (one.before, (one.after or {})["limits par30"]) == ({"limits par30": [0.05, 0.1]}, [0.04, 0.08])


def test_an_upload_says_where_its_rows_went_and_from_which_columns(
    acted: tuple[World, list[tuple[Act, list[str]]]],
) -> None:
    one = acted[0].entries()[0]
    file = (one.after or {})["files"][0]
    assert (file["rows"], file["taken"], file["columns"]["loan_id"], one.who) == (6, 6, "loan_id", "Amina")
    assert (acted[0].entries()[1].after or {})["cells"] == [
        {"file": file["sha256"], "sheet": "", "row": 3, "column": 5}
    ]


def writers() -> set[str]:
    """Every function of the product that opens a transaction of the database to write in it."""
    found = set()
    calls = re.compile(rf"\.({'|'.join(ENTERS)})\(")
    for path in source.python("metrics/", "pages/"):
        if not calls.search(path.read_text(encoding="utf-8")):
            continue
        for one in ast.walk(source.tree(path)):
            if isinstance(one, ast.FunctionDef) and any(map(_enters, _calls(one))):
                found.add(f"{source.dotted(path).removeprefix('metrics.').removeprefix('pages.ui.')}.{one.name}")
    return found


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """The calls in a function, those of functions inside it left out."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            yield node
        waiting += [] if isinstance(node, ast.FunctionDef) else list(ast.iter_child_nodes(node))


def _enters(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ENTERS:
        return False
    whose = ast.unparse(call.func.value)
    return whose.endswith(("store", "control()")) or whose in ("new", "self", "book")


def test_every_function_that_writes_is_tried() -> None:
    inside = {f"store.{name}" for name in ("write", "land", "rollback", "restore", "compact")}
    known = {act.writer for act in ACTS} | set(ELSEWHERE) | set(AGAIN) | inside
    assert writers() - known == set()


def test_a_change_that_fails_leaves_no_entry(store: Store) -> None:
    def fails(cursor: duckdb.DuckDBPyConnection) -> None:
        activity.add(cursor, Event("settings", "half"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fails)
    with closing(store.cursor()) as cursor:
        assert [one.subject for one in activity.entries(cursor)][-1] == "file 9.xlsx"


def test_the_sample_lands_with_an_entry_for_each_version_of_a_record(tmp_path: Path) -> None:
    store = fresh.open_copy(tmp_path)
    with closing(store.cursor()) as cursor:
        versions = cursor.execute("SELECT count(*) FROM records").fetchall()[0][0]
        found = [one.what for one in activity.entries(cursor)]
    store.close()
    assert sample.written()
    assert found == ["rows", *["record"] * versions]


TAMPERED = {
    "altered": ("UPDATE activity SET who = 'nobody@mfi.org' WHERE no = 4", 4),
    "altered inside": ("UPDATE activity SET told_after = replace(told_after, '5', '6') WHERE no = 5", 5),
    "moved in time": ("UPDATE activity SET done_at = done_at - INTERVAL 1 SECOND WHERE no = 2", 2),
    "taken out": ("DELETE FROM activity WHERE no = 6", 6),
    "the first taken out": ("DELETE FROM activity WHERE no = 1", 1),
    "taken out and the others renumbered": ("UPDATE activity SET no = no - 1 WHERE no > 6", 6),
    "put in": ("INSERT INTO activity SELECT 10, * EXCLUDE (no) FROM activity WHERE no = 9", 10),
    "put in before the first": ("INSERT INTO activity SELECT 0, * EXCLUDE (no) FROM activity WHERE no = 1", 1),
    "in another order": ("UPDATE activity SET no = CASE no WHEN 7 THEN 8 WHEN 8 THEN 7 ELSE no END", 7),
    "renumbered": ("UPDATE activity SET no = no + 1", 1),
}


def tamper(store: Store, sql: str) -> None:
    """Do to the table what nobody may, on the database itself."""
    with closing(store.cursor()) as cursor:
        rows = cursor.execute("FROM activity").df()
        cursor.execute("CREATE OR REPLACE TEMP TABLE former AS FROM activity")
        cursor.execute("DROP TABLE activity")  # a key would refuse what the file itself would not
        cursor.execute("CREATE TABLE activity AS FROM former")
        assert len(rows)
        cursor.execute("DELETE FROM activity WHERE no = 6") if "no - 1" in sql else None
        cursor.execute(sql)


@pytest.mark.parametrize("name", TAMPERED)
def test_whoever_tampers_is_found_at_the_right_entry(store: Store, name: str) -> None:
    sql, first = TAMPERED[name]
    assert broken(store) is None
    tamper(store, sql)
    assert broken(store) == first


def test_an_entry_sealed_anew_after_it_was_altered_is_found_at_the_next(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        found = list(activity.entries(cursor))
        forged = activity.Entry(**{**vars(found[3]), "who": "nobody@mfi.org"})
        sealed = forged.seal(found[2].sealed)
        cursor.execute("UPDATE activity SET who = ?, sealed = ? WHERE no = 4", [forged.who, sealed])
    assert broken(store) == 5


def test_the_check_looks_at_every_entry_and_says_how_far_it_is(store: Store) -> None:
    told: list[tuple[int, int]] = []
    with closing(store.cursor()) as cursor:
        found = accounts.check(cursor, lambda at, n: told.append((at, n)))
    assert (found.total, found.broken, told) == (9, None, [(0, 9)])


def test_a_printed_seal_is_found_up_to_its_entry_only(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        wanted = list(activity.entries(cursor))[4]
        printed = f" {wanted.sealed[:12].upper()}… "
        assert accounts.of_seal(cursor, printed) == wanted
        tamper(store, "UPDATE activity SET who = 'x' WHERE no = 7")
        assert accounts.of_seal(cursor, printed) == wanted
        tamper(store, "UPDATE activity SET who = 'x' WHERE no = 3")
        assert refused(lambda: accounts.of_seal(cursor, printed)) == "activity.seal_broken"


@pytest.mark.parametrize(("typed", "key"), [("12ab", "no_seal"), ("zz" * 8, "no_seal"), ("0" * 12, "seal_unknown")])
def test_what_is_no_seal_of_this_account_is_said(store: Store, typed: str, key: str) -> None:
    with closing(store.cursor()) as cursor:
        assert refused(lambda: accounts.of_seal(cursor, typed)) == f"activity.{key}"


def refused(do: Callable[[], object]) -> str:
    """The key of the sentence with which something is refused."""
    with pytest.raises(EvenkeelError) as caught:
        do()
    return caught.value.key


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (Wanted(who="p0@mfi.org"), [9, 6, 3]),
        (Wanted(what="record"), []),
        (Wanted(text="FILE 7"), [7]),
        (Wanted(text="<b>É</b>", who="p1@mfi.org"), [7, 4, 1]),
        (Wanted(until=date(2020, 1, 1)), []),
        (Wanted(since=date(2020, 1, 1), until=date(2999, 1, 1)), [9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (Wanted(batch=1), []),
    ],
)
def test_entries_are_found_by_what_is_asked_the_newest_first(store: Store, wanted: Wanted, numbers: list[int]) -> None:
    with closing(store.cursor()) as cursor:
        found, total = accounts.page(cursor, wanted)
        assert ([one.no for one in found], total) == (numbers, len(numbers))
        assert [one.no for one in accounts.page(cursor, wanted, 1, 2)[0]] == numbers[1:3]


def test_what_a_document_bears_moves_with_what_can_change_a_figure_only(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        assert accounts.mark(cursor) == ()
    store.note(Event("settings", "own"))
    with closing(store.cursor()) as cursor:
        before = accounts.mark(cursor)
    for event in (Event("sign_in", "a"), Event("export", "b"), Event("record", "pack P-001 @1"), Event("backup", "c")):
        store.note(event)
    people.give(store, "zoe@mfi.org", "analyst")
    with closing(store.cursor()) as cursor:
        assert accounts.mark(cursor) == before
    store.note(Event("record", "risk R-001 @2"))
    with closing(store.cursor()) as cursor:
        assert accounts.mark(cursor) != before


def test_where_people_sign_in_nobody_acts_under_a_typed_name(store: Store) -> None:
    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        activity.add(cursor, Event("settings", "own"), "somebody else")

    with access.acting(Actor("ann@mfi.org", "steward")):
        store.write(change)
    store.write(change)
    with closing(store.cursor()) as cursor:
        assert [one.who for one in activity.entries(cursor)][-2:] == ["ann@mfi.org", "somebody else"]


def test_an_entry_costs_little_beside_its_change(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        cursor.begin()
        began = time.process_time()
        for n in range(50):
            activity.add(cursor, Event("export", f"file {n}"))
        spent = (time.process_time() - began) / 50
        cursor.rollback()
    assert spent < 0.010, f"{spent * 1000:.1f} ms"


def test_the_command_shows_checks_and_fails_where_it_is_broken(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(store.cursor()) as cursor:
        seal = list(activity.entries(cursor))[2].sealed
    store.close()
    given = ["--data", str(tmp_path), "activity"]
    assert main([*given, "--who", "p0@mfi.org", "--format", "json"]) == 0
    assert [row["no"] for row in json.loads(capsys.readouterr().out)] == [9, 6, 3]
    assert main([*given, "--check"]) == 0
    assert "9 entries, none altered" in capsys.readouterr().err
    assert main([*given, "--seal", seal[:12], "--format", "csv"]) == 0
    assert "entry no. 3" in capsys.readouterr().err
    again = Store.open(tmp_path)
    tamper(again, "UPDATE activity SET who = 'x' WHERE no = 5")
    again.close()
    assert main([*given, "--check"]) == 3
    assert "Entry no. 5 of 9" in capsys.readouterr().err
    assert main([*given, "--seal", "ffff"]) == 1
