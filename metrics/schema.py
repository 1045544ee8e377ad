"""Canonical tables: read from `tables/*.sql`, created in the database, shown as live and as scoped views."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from metrics import heads
from metrics.system import KEPT, META

VERSION = 2
LINEAGE = ("batch_id", "file_no", "row_no")
# What leads to one person; readers whose variable `mask` holds a key see a keyed hash instead, the same everywhere.
IDENTIFIERS = (
    "client_id", "loan_id", "account_id", "group_id", "application_id", "staff_id", "officer_id", "complaint_id",
    "response_id", "incident_id", "txn_id",
)  # fmt: skip
# Rows without a branch of their own that belong to one, for readers of some branches.
OF_BRANCHES = {
    "loan_schedule": """(institution_id, loan_id) IN (SELECT l.institution_id, l.loan_id FROM facts.loans AS l
        WHERE list_contains(getvariable('branches'), l.branch_id))""",
    "reported_values": "unit_type <> 'branch' OR list_contains(getvariable('branches'), unit)",
    "targets_limits": "scope <> 'branch' OR list_contains(getvariable('branches'), scope_id)",
}
# The institution's as a whole, which readers of some branches see too: what it lends, under which rules, what it owes
# and reports, who governs it, what is published of others. No row of these is about one branch; of every other table
# a row without a branch is hidden from them, because nobody can tell whose it is.
OF_THE_WHOLE = {
    "board", "climate_exposure", "covenants", "currency_positions", "debt_schedule", "disclosures", "institutions",
    "parameters", "peer_values", "ppi_lookups", "ppi_rates", "ppi_scorecards", "practice_answers", "products",
    "prudential", "reported_measures",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A canonical table as its file defines it.

    `columns` maps name to SQL type, `enums` a coded column to its codes, `key` makes a row unique,
    `replace` (snapshots only) is what a later batch replaces as a whole.
    """

    name: str
    summary: str
    ddl: str
    columns: dict[str, str]
    required: tuple[str, ...]
    key: tuple[str, ...]
    replace: tuple[str, ...]
    comments: dict[str, str]
    enums: dict[str, tuple[str, ...]]


def quote(identifier: str) -> str:
    """An identifier as SQL text; the only place where one is quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it, for statements that take no parameters."""
    return "'" + value.replace("'", "''") + "'"


def _table(file: Path, con: duckdb.DuckDBPyConnection) -> Table:
    head, ddl = heads.read(file)
    heads.check_keys(file.name, head, {"key", "summary"}, {"replace"})
    con.execute(ddl)
    rows = con.execute(
        """SELECT column_name, data_type, NOT is_nullable, comment
        FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index""",
        [file.stem],
    ).fetchall()
    enums = {name: tuple(re.findall(r"'([^']*)'", kind)) for name, kind, *_ in rows if kind.startswith("ENUM")}
    return Table(
        name=file.stem,
        summary=head["summary"],
        ddl=ddl,
        columns={name: kind for name, kind, *_ in rows},
        required=tuple(name for name, _, needed, _ in rows if needed),
        key=tuple(head["key"]),
        replace=tuple(head.get("replace", ())),
        comments={name: comment or "" for name, _, _, comment in rows},
        enums=enums,
    )


@cache
def tables() -> dict[str, Table]:
    """All canonical tables by name, as DuckDB itself reads their files."""
    with duckdb.connect() as con:
        files = sorted((Path(__file__).parent / "tables").glob("*.sql"))
        return {file.stem: _table(file, con) for file in files}


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Create every table and view in an empty database."""
    con.execute(META + KEPT)
    for name, value in (("schema", VERSION), ("epoch", 1)):
        con.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
    for table in tables().values():
        _create(con, table)
    for table in tables().values():
        _views(con, table)
    con.execute(_files_view())
    _mark_views(con)


def empty(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database has no table at all yet."""
    return not con.execute("SELECT 1 FROM duckdb_tables() WHERE NOT temporary LIMIT 1").fetchall()


def version(con: duckdb.DuckDBPyConnection) -> int:
    """The version of the schema that a database was written with."""
    return int(con.execute("SELECT value FROM meta WHERE name = 'schema'").fetchall()[0][0])


def outdated(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether `update` has anything to do; looks only, and writes nothing."""
    if version(con) < VERSION or con.execute("SELECT value FROM meta WHERE name = 'views'").fetchall() != [(_mark(),)]:
        return True
    found = _found(con)
    return any(found.get(table.name) != _kinds(table) for table in tables().values())


def update(con: duckdb.DuckDBPyConnection) -> None:
    """Give a database of an earlier version the tables, columns and views that have come since.

    Rows keep what they hold; a code list that has grown is widened.
    """
    con.execute(KEPT)
    found = _found(con)
    for table in tables().values():
        known = found.get(table.name)
        if known is None:
            _create(con, table)
        elif known != _kinds(table):
            con.execute(f"DROP VIEW IF EXISTS {quote('v_' + table.name)}")
            con.execute(f"DROP VIEW IF EXISTS {quote(table.name)}")
            _remake(con, table)
        _views(con, table)
    con.execute(_files_view())
    con.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [VERSION])
    _mark_views(con)


def _found(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table -> column -> type, as a database has them."""
    found: dict[str, dict[str, str]] = {}
    for table_name, column, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'facts'"
    ).fetchall():
        found.setdefault(table_name, {})[column] = kind
    return found


def _kinds(table: Table) -> dict[str, str]:
    """Column -> type, as a table has them in a database."""
    return {**table.columns, **dict.fromkeys(LINEAGE, "INTEGER")}


@cache
def _mark() -> int:
    """A number that changes with the text of any view and of any table that Evenkeel keeps for itself."""
    shown = KEPT + "".join(_live_view(table) + _scoped_view(table) for table in tables().values()) + _files_view()
    return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:7])


def _mark_views(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM meta WHERE name = 'views'")
    con.execute("INSERT INTO meta VALUES ('views', ?)", [_mark()])


def _create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.execute("SET schema = 'facts'")
    con.execute(table.ddl)
    for column in LINEAGE:
        con.execute(f"ALTER TABLE {quote(table.name)} ADD COLUMN {column} INTEGER")
    con.execute("SET schema = 'main'")


def _remake(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make a table anew as its file has it now, with the rows that it holds."""
    before = table.name + " before"
    con.execute(f"ALTER TABLE facts.{quote(table.name)} RENAME TO {quote(before)}")
    _create(con, table)
    con.execute(f"INSERT INTO facts.{quote(table.name)} BY NAME SELECT * FROM facts.{quote(before)}")
    con.execute(f"DROP TABLE facts.{quote(before)}")


def _views(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.execute(_live_view(table))
    con.execute(_scoped_view(table))
    for name, comment in table.comments.items():
        con.execute(f"COMMENT ON COLUMN {quote(table.name)}.{quote(name)} IS {text(comment)}")


def _live_view(table: Table) -> str:
    """Rows of live batches; where two batches hold the same key or snapshot, the later one's.

    A reader whose variable `without` names a batch sees what there would be without it.
    """
    live = "status = 'live' AND batch_id IS DISTINCT FROM getvariable('without')"
    columns = ", ".join(f"f.{quote(column)}" for column in (*table.columns, *LINEAGE))
    body = (
        f"SELECT {columns} FROM facts.{quote(table.name)} AS f "
        f"SEMI JOIN (SELECT batch_id FROM batches WHERE {live}) AS live ON f.batch_id = live.batch_id"
    )
    if table.replace:
        same_branch = "AND r.branch_id IS NOT DISTINCT FROM f.branch_id " if "branch_id" in table.replace else ""
        body += (
            f" ANTI JOIN (SELECT r.* FROM replaced AS r JOIN batches AS b USING (batch_id) "
            f"WHERE {live} AND r.table_name = {text(table.name)}) AS r "
            "ON r.institution_id = f.institution_id AND r.as_of = f.as_of "
            f"{same_branch}AND r.batch_id > f.batch_id"
        )
    else:
        keys = ", ".join(f"f.{quote(column)}" for column in table.key)
        body += f" QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY f.batch_id DESC, f.row_no DESC) = 1"
    return f"CREATE OR REPLACE VIEW {quote(table.name)} AS {body}"


def _scoped_view(table: Table) -> str:
    """Rows that the reader's scope allows; none at all where no scope is set (fails closed)."""
    masked = ", ".join(f"masked({quote(name)}) AS {quote(name)}" for name in table.columns if name in IDENTIFIERS)
    columns = f"* REPLACE ({masked})" if masked else "*"
    view, rows = quote("v_" + table.name), quote(table.name)
    return f"CREATE OR REPLACE VIEW {view} AS SELECT {columns} FROM {rows} WHERE {_within(table)}"


def _within(table: Table) -> str:
    """The condition under which a row lies within the reader's scope."""
    where = "list_contains(getvariable('institutions'), institution_id)"
    if table.name not in OF_THE_WHOLE:
        known = OF_BRANCHES.get(table.name, "list_contains(getvariable('branches'), branch_id)")
        where += f" AND (getvariable('branches') IS NULL OR {known})"
    return where


def _files_view() -> str:
    """The files (batch_id, file_no) that brought any row within the reader's scope."""
    each = (f"SELECT batch_id, file_no FROM facts.{quote(table.name)} WHERE {_within(table)}"
            for table in tables().values())  # fmt: skip
    return f"CREATE OR REPLACE VIEW v_files AS {' UNION '.join(each)}"
