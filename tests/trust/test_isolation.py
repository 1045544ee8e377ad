"""Nobody sees another's rows: every branch bears a word of its own, and no reader is shown that of another."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from metrics import schema
from metrics.picture import picture
from metrics.policy import load
from metrics.schema import quote
from metrics.scope import EVERYTHING, NOTHING, Scope
from metrics.store import Cursor, Store
from tests import signing
from tests.trust import canary, walk
from tests.trust.canary import SIGN, word
from tests.trust.client import reading

BRANCHES = ("kolo", "baro", "welia")
MINE = word("kolo")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three branches, each with its word, five months."""
    store = canary.planted(tmp_path_factory.mktemp("planted") / "data", BRANCHES, "2026-05-01")
    scenarios = [(name, json.dumps({"branches": seen}), json.dumps({"units": seen or list(map(word, BRANCHES))}))
                 for name, seen in (("mine", [MINE]), ("both", [MINE, word("baro")]), ("whole", []))]  # fmt: skip
    store.write(lambda c: c.executemany("INSERT INTO scenarios VALUES (?, 1, ?, ?, 'x')", scenarios))
    yield store
    store.close()


def views(cursor: Cursor) -> list[str]:
    """Every view that readers read."""
    rows = cursor.execute("SELECT view_name FROM duckdb_views() WHERE view_name LIKE 'v\\_%' ESCAPE '\\' ORDER BY 1")
    return [row[0] for row in rows.fetchall()]


def texts(cursor: Cursor, view: str) -> list[str]:
    """The columns of a view that can hold a word."""
    kinds = cursor.execute(f"DESCRIBE {quote(view)}").fetchall()
    return [row[0] for row in kinds if row[1] in ("VARCHAR", "JSON")]


def count(cursor: Cursor, view: str, where: str, *given: object) -> int:
    """Rows of a view under a condition."""
    return int(cursor.execute(f"SELECT count(*) FROM {quote(view)} WHERE {where}", list(given)).fetchall()[0][0])


def foreign(cursor: Cursor, mine: str) -> dict[str, int]:
    """View -> rows that bear the word of a branch other than one's own."""
    found = {}
    for view in views(cursor):
        parts = [f"coalesce(replace({quote(name)}::VARCHAR, '{mine}', '') LIKE '%{SIGN}%', false)"
                 for name in texts(cursor, view)]  # fmt: skip
        n = count(cursor, view, " OR ".join(parts) or "false")
        if n:
            found[view] = n
    return found


@pytest.mark.parametrize("masked", [False, True])
def test_no_view_shows_the_word_of_another_branch(planted: Store, masked: bool) -> None:
    with closing(planted.within(Scope(branches=(MINE,), masked=masked)).cursor()) as cursor:
        assert foreign(cursor, MINE) == {}
        seen = [view for view in views(cursor) if "branch_id" in texts(cursor, view)]
        filled = [view for view in seen if count(cursor, view, "branch_id = ?", MINE)]
        assert len(filled) > 40, "its own rows are shown"
        assert [view for view in seen if count(cursor, view, "branch_id IS DISTINCT FROM ?", MINE)] == []
    with closing(planted.cursor()) as cursor:
        assert len(foreign(cursor, MINE)) > 40, "who sees the whole sees the others"


def test_a_cursor_asked_for_more_than_its_reach_gives_no_more(planted: Store) -> None:
    mine = planted.within(Scope(branches=(MINE,)))
    for asked in (None, EVERYTHING, Scope(branches=(word("baro"),)), Scope(institutions=("demo",))):
        with closing(mine.cursor(asked)) as cursor:
            assert foreign(cursor, MINE) == {}


def test_without_a_scope_or_with_an_empty_one_no_view_has_a_row(planted: Store) -> None:
    with closing(planted._handle.cursor()) as bare, closing(planted.within(NOTHING).cursor()) as nobody:
        for cursor in (bare, nobody):
            assert [view for view in views(cursor) if count(cursor, view, "true")] == []


def test_who_sees_pseudonyms_finds_no_identifier_in_any_view(planted: Store) -> None:
    with closing(planted.within(Scope(masked=True)).cursor()) as cursor:
        cursor.execute("CREATE TEMP TABLE plain (id VARCHAR)")
        for table in schema.tables().values():
            for name in set(table.columns) & set(schema.IDENTIFIERS):
                cursor.execute(f"INSERT INTO plain SELECT DISTINCT {quote(name)} FROM facts.{quote(table.name)}")
        assert count(cursor, "plain", "id IS NOT NULL") > 10_000
        shown = {}
        for view in views(cursor):
            parts = [f"{quote(name)}::VARCHAR IN (FROM plain)" for name in texts(cursor, view)]
            shown[view] = count(cursor, view, " OR ".join(parts) or "false")
        assert {view: n for view, n in shown.items() if n} == {}
        hashed = cursor.execute("SELECT count(DISTINCT officer_id) FROM v_m_portfolio").fetchall()[0][0]
        assert hashed == cursor.execute("SELECT count(DISTINCT officer_id) FROM v_loans").fetchall()[0][0] > 5


def test_every_table_says_whose_its_rows_are() -> None:
    with_branch = {table.name for table in schema.tables().values() if "branch_id" in table.columns}
    whole, of = set(schema.OF_THE_WHOLE), set(schema.OF_BRANCHES)
    assert with_branch | whole | of == set(schema.tables())
    assert not whole & (with_branch | of)


def test_what_is_computed_for_a_branch_knows_no_other(planted: Store) -> None:
    with closing(planted.within(Scope(branches=(MINE,))).cursor()) as cursor:
        shown = picture(cursor, load("equal"), by="branch")
        assert [unit.id for unit in shown.units] == [MINE]
        kept_for = cursor.execute("SELECT policy FROM v_scenarios").fetchall()
    assert kept_for == [("mine",)]
    assert "zq" not in repr(shown).replace(MINE, "")


def test_who_sees_a_branch_sees_the_files_that_brought_its_rows(planted: Store) -> None:
    every = planted.batches()
    alone = Scope(branches=("elsewhere",))
    of_none = planted.within(alone).batches()
    assert set(of_none["table_name"]) == set(every["table_name"]) & schema.OF_THE_WHOLE
    mine = planted.within(Scope(branches=(MINE,))).batches()
    assert {"loans", "loan_schedule", "clients"} <= set(mine["table_name"]) and len(mine) <= len(every)
    assert planted.within(NOTHING).batches().empty


@pytest.mark.full
def test_two_readers_on_warm_caches_each_see_their_own_branch(tmp_path: Path) -> None:
    canary.planted(tmp_path / "data", BRANCHES, "2026-05-01").close()
    people = {"kolo@example.org": ("viewer", [MINE]), "baro@example.org": ("branch_manager", [word("baro")])}
    signing.let_in(tmp_path / "data", people)
    settled = signing.write(tmp_path / "settings")
    with (
        signing.serving_many(tmp_path / "data", settled) as server,
        reading(server.address, signing.cookie(settled, "kolo@example.org")) as one,
        reading(server.address, signing.cookie(settled, "baro@example.org")) as two,
    ):
        seen = {"kolo": 0, "baro": 0}
        for page in walk.PAGES:
            for reader, name, other in ((one, "kolo", "baro"), (two, "baro", "kolo")):
                run = reader.go(page)
                assert run.exceptions == []
                assert not run.holds(word(other)) and not run.holds(word("welia")), f"{page} for {name}"
                seen[name] += run.holds(word(name))
        assert min(seen.values()) >= 4, seen
        assert "Traceback" not in server.said()
