"""A database of an earlier version is brought up to date on a copy, compared row by row, and only then exchanged.

Whatever stops it on the way leaves the old database or the new one, whole. The old one is kept beside the new one until
that has been opened once more.
"""

import os
import shutil
import uuid
from contextlib import closing
from pathlib import Path

import duckdb

from metrics import keeping, ledger, schema
from metrics.connecting import Cursor, full
from metrics.errors import DamagedError
from metrics.schema import quote

FORMER = ".before"
LEDGER = ("main", "ledger")  # written anew
Columns = dict[tuple[str, str], list[str]]
Sums = dict[tuple[str, str], tuple[int, int]]


def migrate(con: Cursor, path: Path, staging: Path) -> None:
    """Put an up-to-date copy in the place of the database that `con` has open, and so holds against others.

    `con` reads the old file to its end; who goes on opens `path` anew.

    Raises:
        DamagedError: the copy has other rows than the original; or the original has others than it landed.
        EvenkeelError: there is no room for the copy.
    """
    place = staging / f"migrate-{uuid.uuid4().hex}"
    try:
        _hold(con)
        con.execute("CHECKPOINT")
        place.mkdir(parents=True)
        copy = place / path.name
        shutil.copyfile(path, copy)
        known = {key: columns for key, columns in _columns(con).items() if key != LEDGER}
        with closing(duckdb.connect(str(copy))) as new:
            _update(new, known, _sums(con, known))
        keeping.to_disk(copy)
        _exchange(copy, path)
    except (OSError, duckdb.Error) as error:
        raise full(error) or error from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _hold(con: Cursor) -> None:
    """Hold the rows of the old database to its ledger, where it kept one: the new one must not bless other rows."""
    if LEDGER in (known := _columns(con)):
        con.begin()
        ledger.verify(con, [table for place, table in known if place == "facts"])
        con.rollback()


def _update(new: Cursor, known: Columns, before: Sums) -> None:
    new.begin()
    schema.update(new)
    ledger.again(new)
    after = _sums(new, known)
    differing = sorted(table for key, found in before.items() if after[key] != found for table in key[1:])
    if differing:
        raise DamagedError("safety.migration_differs", tables=", ".join(differing))
    new.commit()
    new.execute("CHECKPOINT")


def _columns(con: Cursor) -> Columns:
    """(schema, table) -> its columns, of all that people's data are kept in."""
    rows = con.execute(
        """SELECT schema_name, table_name, list(column_name ORDER BY column_index)
        FROM duckdb_columns() JOIN duckdb_tables() USING (schema_name, table_name)
        WHERE schema_name IN ('facts', 'main') AND table_name <> 'meta' AND NOT temporary
        GROUP BY ALL"""
    ).fetchall()
    return {(place, table): columns for place, table, columns in rows}


def _sums(con: Cursor, known: Columns) -> Sums:
    """How many rows each table has, and what they add up to as text.

    A column that has got more places, or a code list that has grown, tells the same.
    """
    found = {}
    for (place, table), columns in known.items():
        kinds = schema.tables()[table].columns if place == "facts" and table in schema.tables() else {}
        texts = ", ".join(_text(column, kinds.get(column, "")) for column in columns)
        sql = f"SELECT count(*), coalesce(sum(hash({texts})), 0) FROM {quote(place)}.{quote(table)}"
        n, total = con.execute(sql).fetchall()[0]
        found[place, table] = int(n), int(total)
    return found


def _text(column: str, kind: str) -> str:
    """A column as text: amounts with more places than any column has."""
    return f"{quote(column)}::DECIMAL(38, 12)::VARCHAR" if kind.startswith("DECIMAL") else f"{quote(column)}::VARCHAR"


def _exchange(copy: Path, path: Path) -> None:
    former = path.with_name(path.name + FORMER)
    former.unlink(missing_ok=True)
    try:
        os.link(path, former)
    except OSError:  # a file system without links
        shutil.copyfile(path, former)
    copy.replace(path)
    keeping.to_disk(path.parent)


def forget(path: Path, own: bool) -> None:
    """Take away what a database was before; of one's own also what stood beside it, which a restore sets apart."""
    for name in (path.name, "raw", "indicators", "pseudonyms.key") if own else (path.name,):
        former = path.with_name(name + FORMER)
        shutil.rmtree(former) if former.is_dir() else former.unlink(missing_ok=True)
