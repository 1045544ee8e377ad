"""Canonical tables: read from `tables/*.sql`, created in the database, shown as live and as scoped views."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from metrics import heads

VERSION = 1
LINEAGE = ("batch_id", "file_no", "row_no")

META = """
CREATE SCHEMA facts;
CREATE SCHEMA measures;
CREATE TABLE meta (name VARCHAR PRIMARY KEY, value BIGINT NOT NULL);
CREATE SEQUENCE batch_ids;
CREATE TABLE batches (
    batch_id  INTEGER PRIMARY KEY,
    landed_at TIMESTAMP NOT NULL,
    who       VARCHAR NOT NULL,
    status    ENUM ('live', 'rolled_back') NOT NULL,
    answers   JSON
);
CREATE TABLE batch_files (
    batch_id   INTEGER NOT NULL,
    file_no    INTEGER NOT NULL,
    name       VARCHAR NOT NULL,
    sha256     VARCHAR NOT NULL,
    sheet      VARCHAR,
    table_name VARCHAR NOT NULL,
    mapping    JSON,
    rows_read  BIGINT NOT NULL,
    accepted   BIGINT NOT NULL,
    set_aside  BIGINT NOT NULL,
    ignored    BIGINT NOT NULL,
    sums       JSON,
    notes      JSON
);
CREATE TABLE set_aside (
    batch_id    INTEGER NOT NULL,
    file_no     INTEGER NOT NULL,
    sheet       VARCHAR,
    row_no      INTEGER NOT NULL,
    column_name VARCHAR,
    value       VARCHAR,
    reason      VARCHAR NOT NULL,
    params      JSON
);
CREATE TABLE replaced (
    batch_id       INTEGER NOT NULL,
    table_name     VARCHAR NOT NULL,
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    branch_id      VARCHAR
);
"""
# Policies as they were saved: the row of a version is never changed, and once it is approved never deleted. What was
# saved as a scenario also has what it was seen on (dates, part, batches) and what came out.
KEPT_POLICIES = """
CREATE TABLE IF NOT EXISTS policy_versions (
    policy      VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    toml        VARCHAR NOT NULL,
    saved_at    TIMESTAMP NOT NULL,
    saved_by    VARCHAR NOT NULL,
    note        VARCHAR NOT NULL,
    approved_by VARCHAR,
    approved_on DATE,
    sha256      VARCHAR NOT NULL,
    PRIMARY KEY (policy, version)
);
CREATE TABLE IF NOT EXISTS scenarios (
    policy  VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    of_data JSON NOT NULL,
    result  JSON NOT NULL,
    sha256  VARCHAR NOT NULL,
    PRIMARY KEY (policy, version)
);
"""
# What people decided and wrote down, version by version; a row is never changed.
KEPT_RECORDS = """
CREATE TABLE IF NOT EXISTS records (
    institution_id VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    record_id      VARCHAR NOT NULL,
    version        INTEGER NOT NULL,
    written_at     TIMESTAMP NOT NULL,
    who            VARCHAR NOT NULL,
    why            VARCHAR NOT NULL,
    removed        BOOLEAN NOT NULL,
    body           JSON NOT NULL,
    branch_id      VARCHAR,
    batch_id       INTEGER,
    PRIMARY KEY (institution_id, kind, record_id, version)
);
CREATE VIEW IF NOT EXISTS v_records AS SELECT * FROM records
WHERE list_contains(getvariable('institutions'), institution_id)
    AND (getvariable('branches') IS NULL OR list_contains(getvariable('branches'), branch_id));
"""
# What happened to each batch, in the order of the epochs it led to, and what it can be landed again from.
KEPT_BATCHES = """
CREATE TABLE IF NOT EXISTS batch_events (
    event_no BIGINT NOT NULL,
    batch_id INTEGER NOT NULL,
    event    VARCHAR NOT NULL,
    event_at TIMESTAMP NOT NULL,
    who      VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS batch_records (
    batch_id INTEGER PRIMARY KEY,
    how      VARCHAR NOT NULL,
    sources  JSON NOT NULL,
    kept     JSON NOT NULL
);
"""


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
    con.execute(META + KEPT_POLICIES + KEPT_RECORDS + KEPT_BATCHES)
    for name, value in (("schema", VERSION), ("epoch", 1)):
        con.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
    for table in tables().values():
        _create(con, table)
        _views(con, table)
    _mark_views(con)


def update(con: duckdb.DuckDBPyConnection) -> bool:
    """Give a database of an earlier version the tables and columns that have come since; returns whether any had.

    Rows keep what they hold; a code list that has grown is widened.
    """
    con.execute(KEPT_POLICIES + KEPT_RECORDS + KEPT_BATCHES)
    found: dict[str, dict[str, str]] = {}
    for table_name, column, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'facts'"
    ).fetchall():
        found.setdefault(table_name, {})[column] = kind
    changed = False
    older = con.execute("SELECT value FROM meta WHERE name = 'views'").fetchall() != [(_views_mark(),)]
    for table in tables().values():
        known = found.get(table.name)
        kinds = {**table.columns, **dict.fromkeys(LINEAGE, "INTEGER")}
        if known == kinds:
            if older:
                _views(con, table)
            continue
        changed = True
        if known is None:
            _create(con, table)
        else:
            con.execute(f"DROP VIEW IF EXISTS {quote('v_' + table.name)}")
            con.execute(f"DROP VIEW IF EXISTS {quote(table.name)}")
            _remake(con, table)
        _views(con, table)
    if older:
        _mark_views(con)
    return changed


def _views_mark() -> int:
    """A number that changes with the text of any view."""
    shown = "".join(_live_view(table) + _scoped_view(table) for table in tables().values())
    return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:7])


def _mark_views(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM meta WHERE name = 'views'")
    con.execute("INSERT INTO meta VALUES ('views', ?)", [_views_mark()])


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
    where = "list_contains(getvariable('institutions'), institution_id)"
    if "branch_id" in table.columns:
        where += " AND (getvariable('branches') IS NULL OR list_contains(getvariable('branches'), branch_id))"
    return f"CREATE OR REPLACE VIEW {quote('v_' + table.name)} AS SELECT * FROM {quote(table.name)} WHERE {where}"
