"""Scenarios saved on the sample, then other data and another board policy; each opened again and compared."""

import datetime
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from metrics import kept, measures, picture, policy, scenarios
from metrics.kept import Scenario
from metrics.scenarios import BoardLine
from metrics.standing import Result, View
from metrics.store import BatchFile, NewBatch, Store
from metrics.values import periods
from tests.fresh import open_copy

LINE = (
    "An old scenario after new data, a batch taken out and a changed board policy: healths, ranks, status and headline "
    "are those of then to the last digit, and the figures come again from the batches of then"
)
WHO = "test"


def run(count: int = 8) -> dict[str, object]:
    """Saves scenarios, changes everything that can change, and opens them again."""
    rng = np.random.default_rng(2026)
    with tempfile.TemporaryDirectory() as name, closing(open_copy(Path(name))) as store:
        land(store, "loans", "round(principal_outstanding * (1 + row_no % 3) / 2, 2) AS principal_outstanding")
        saved = [saved_at_random(store, rng, number) for number in range(count)]
        change(store)
        numbers = otherwise = 0
        for one in saved:
            with closing(store.cursor()) as cursor:
                again = kept.find(cursor, one.name)
            assert again == one, one.name
            found = kept.reopen(store, again)
            assert found.exact and found.result == one.result, one.name
            assert not found.reason and not found.differing, (one.name, found.differing)
            assert found.landed == (3, 4, 5) and found.taken_out == (2,), (found.landed, found.taken_out)
            assert found.picture is not None and told(Result.of(found.picture)) == told(one.result), one.name
            otherwise += told(now(store, one)) != told(one.result)
            numbers += 6 * (1 + len(one.result.units))
        assert otherwise == count, "the data of now give the same: nothing was tried"
    return {"scenarios": count, "numbers the same": numbers, "other on the data of now": otherwise}


def saved_at_random(store: Store, rng: np.random.Generator, number: int) -> Scenario:
    """A scenario with a weighting, a date and a part of the data that are drawn."""
    with closing(store.cursor()) as cursor:
        days = periods(cursor)
        known = [row[0] for row in cursor.execute("SELECT branch_id FROM v_branches ORDER BY 1").fetchall()]
    given = policy.load(str(rng.choice(["equal", "lenders_view", "mission_first"])))
    themes = [node.path for node in given.nodes if "/" in node.path]
    weights = {path: float(rng.integers(0, 6)) + 1 for path in rng.choice(themes, 3, replace=False)}
    given = given.with_social(float(rng.integers(0, 101))).with_theme_weights(weights)
    branches = tuple(str(one) for one in sorted(rng.choice(known, 4, replace=False))) if number % 3 == 1 else ()
    view = View(days[-1 - 3 * (number % 2)], "branch", branches)
    return kept.save(store, given, view, f"Scenario {number}", WHO, "why")


def change(store: Store) -> None:
    """The first batch of loans goes, others and other answers come; a board sets limits and takes another policy."""
    land(store, "loans", "round(principal_outstanding * (1 + row_no % 7) / 4, 2) AS principal_outstanding")
    land(store, "complaints", "NULL::DATE AS closed_on")
    store.rollback(2, after=measures.build, who=WHO)
    with closing(store.cursor()) as cursor:
        board = scenarios.completed(cursor, policy.load("mission_first"))
    leaves = tuple(replace(leaf, weight=leaf.weight + 2) for leaf in board.leaves)
    day = datetime.date(2026, 10, 1)
    line = BoardLine("demo", "par30", 0.01, 0.02, "minutes", "board", day)
    scenarios.save(store, replace(board, leaves=leaves), WHO, "stricter", ("board", day), [line])
    with closing(store.cursor()) as cursor:
        assert scenarios.in_use(cursor) == "mission_first@1"


def land(store: Store, table: str, changed: str) -> int:
    """Land a batch of the sample's newest rows of a table with a column changed; returns its number."""
    cursor = store.cursor()
    newest = "WHERE as_of >= (SELECT max(as_of) - INTERVAL 5 MONTH FROM facts.loans)" if table == "loans" else ""
    rows = f"SELECT * EXCLUDE (batch_id) REPLACE ({changed}) FROM facts.{table} {newest}"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE later AS {rows} QUALIFY batch_id = min(batch_id) OVER ()")
    file = BatchFile("later", "0", "", table, {}, 1, 1, 0, 0)
    with closing(cursor):
        return store.land(NewBatch(WHO, {}, (file,)), {table: "later"}, cursor, after=measures.build)


def now(store: Store, one: Scenario) -> Result:
    """What the same weighting gives on the data of now."""
    with closing(store.cursor(one.view.scope)) as cursor:
        return Result.of(picture.picture(cursor, one.policy, one.view.as_of, one.view.by))


def told(result: Result) -> list[tuple[object, ...]]:
    """Ranks, status and healths of the whole and every unit, and the headline; healths to nine decimals."""
    units = (result.whole, *result.units)
    healths = [[None if h is None else round(h, 9) for h in (u.financial, u.social, u.balance)] for u in units]
    rows = [(u.id, u.rank, u.status, u.cause, *found) for u, found in zip(units, healths, strict=True)]
    return [*rows, tuple(result.headlines.values())]
