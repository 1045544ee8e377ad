"""Whether two databases hold the same: each table by its rows and their sum, and the figures that come of them.

The sum is over the engine's own hash of each row, whatever their order. Figures are sums of fractions, and several
threads add them in another order each time: what is to be equal to the last digit is computed by one thread, over rows
that stand in the same order.
"""

import hashlib
import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import duckdb

from metrics import values
from metrics.connecting import Cursor, lock_down
from metrics.policy import SETTINGS
from metrics.schema import quote

Prints = dict[str, list[str]]
Figures = list[list[object]]
KINDS = ("institution", "branch")
CHANGING = {"main.meta"}  # when it was opened, and by which version


@cache
def code() -> str:
    """What changes with any file that figures can depend on: definitions, settings, and what computes them."""
    here, found = Path(__file__).parent, hashlib.sha256()
    for file in sorted(file for file in here.rglob("*") if file.suffix in (".py", ".sql", ".toml")):
        found.update(file.read_bytes())
    return found.hexdigest()


def prints(cursor: Cursor) -> Prints:
    """Every table of a database: the number of its rows, and their sum."""
    names = cursor.execute(
        """SELECT schema_name, table_name FROM duckdb_tables()
        WHERE NOT temporary AND database_name = current_database() ORDER BY ALL"""
    ).fetchall()
    found = {}
    for schema, name in names:
        table = f"{quote(schema)}.{quote(name)}"
        rows = cursor.execute(f"SELECT count(*)::VARCHAR, sum(hash(t)::HUGEINT)::VARCHAR FROM {table} AS t").fetchall()
        found[f"{schema}.{name}"] = [rows[0][0], rows[0][1] or "0"]
    return found


def unlike(one: Prints, other: Prints, whole: bool = True) -> list[str]:
    """The tables that are not equal, by name; without `whole` only their numbers of rows are compared."""
    here, there = ({name: said if whole else said[:1] for name, said in found.items()} for found in (one, other))
    return sorted(
        name for name in (here.keys() | there.keys()) - CHANGING if here.get(name, ["0"]) != there.get(name, ["0"])
    )


def figures(cursor: Cursor) -> Figures:
    """Every indicator for the institution and its branches at the newest date: kind, day, unit, id, value, n, status.

    What is missing is None.
    """
    see_all(cursor)
    days = values.periods(cursor)[-1:]
    found: Figures = []
    for by in KINDS:
        frame = values.values(cursor, SETTINGS, by, days)
        rows = zip(*(frame[name].tolist() for name in ("period", "unit", "indicator", "status")), strict=True)
        numbers = frame[["value", "n"]].to_numpy(float).tolist()
        for (day, unit, name, status), pair in zip(rows, numbers, strict=True):
            known = [None if math.isnan(number) else number for number in pair]
            found.append([by, str(day), str(unit), str(name), *known, str(status)])
    return found


def differing(one: Figures, other: Figures) -> list[str]:
    """The figures that are not the same to the last digit, as `indicator unit`; those that only one has among them."""
    here, there = ({tuple(map(str, row[:4])): row[4:] for row in found} for found in (one, other))
    return sorted(f"{key[3]} {key[2]}" for key in here.keys() | there.keys() if here.get(key) != there.get(key))


@contextmanager
def alone(path: Path, staging: Path) -> Iterator[Cursor]:
    """A database opened by one thread, which finds the same figures each time; closed with the block."""
    with closing(duckdb.connect(str(path), config={"threads": 1})) as con:
        con.execute("SET enable_progress_bar = false")  # which would stand among a command's data
        lock_down(con, staging)
        yield con


def see_all(cursor: Cursor) -> None:
    """Let a cursor see every institution, unmasked."""
    cursor.execute(
        """SET VARIABLE mask = NULL; SET VARIABLE without = NULL; SET VARIABLE branches = NULL;
        SET VARIABLE institutions = (SELECT list(DISTINCT institution_id ORDER BY institution_id) FROM institutions)"""
    )
