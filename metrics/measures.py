"""Tables -> measures: additive parts at small grain, one scan a table, recomputed only where a batch touched.

A measure file (`measures/*.sql`) names its table, the dimensions it keeps and its parts: stocks (known at a
date) and flows (summed over a month). Its SELECT reads the live tables and two relations made here:
`touched` (institution, month) and `calendar` (institution, month, day).
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import duckdb

from metrics import heads, mergers, periods, reported, schema, twins
from metrics.measure import DIMENSIONS, Measure
from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
HERE = Path(__file__).parent

HEAVY = {"portfolio"}
OF_LOANS = {"branch_id": "loans.branch_id", "officer_id": "loans.officer_id", "sector": "loans.purpose_sector"}
DATED = {
    "loans": "as_of",
    "loan_transactions": "txn_on",
    "client_surveys": "answered_on",
    "financials_monthly": "month",
    "complaints": "received_on",
}


@cache
def catalogue() -> dict[str, Measure]:
    """All measures by name."""
    found = {}
    # Nobody reads most averages and starts; computing them all would take most of the time.
    used = {word for file in HERE.glob("indicators/*/*/*.sql") for word in re.findall(r"\w+", file.read_text("utf-8"))}
    for file in sorted((HERE / "measures").glob("*.sql")):
        head, sql = heads.read(file)
        heads.check_keys(file.name, head, {"summary", "table", "dims", "stocks", "flows"}, {"every_month"})
        found[file.stem] = Measure(
            name=file.stem,
            summary=head["summary"],
            table=head["table"],
            dims=tuple(head["dims"]),
            stocks=head["stocks"],
            flows=head["flows"],
            every_month=head.get("every_month", False),
            sql=sql,
            averages=tuple(part for part in head["stocks"] if f"average_{part}" in used),
            starts=tuple(part for part in head["stocks"] if f"start_{part}" in used),
        )
    return found


def needed(relation: str, part: str) -> str | None:
    """The table and column that a part of a relation needs, or None where it is no part."""
    name = relation.removesuffix("_12m")
    measure = catalogue().get(name) or catalogue()["portfolio"]  # what keeps a dimension is made of the loan book
    plain = part.removeprefix("average_").removeprefix("start_")
    return measure.parts.get(part) or measure.parts.get(plain) or OF_LOANS.get(part)


def reads(sql: str) -> set[str]:
    """The relations that a query names after FROM and JOIN."""
    return set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql))


def _fingerprint() -> int:
    code = [HERE / f"{name}.py" for name in ("measure", "measures", "periods", "reported", "twins")]
    shapes = [f"{m.sql} {m.averages} {m.starts}" for m in catalogue().values()]
    text = "".join([*shapes, *(file.read_text(encoding="utf-8") for file in code)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])


def ensure(cursor: Cursor) -> bool:
    """Rebuild everything if the definitions changed since the measures were computed; returns whether.

    For the time before anybody reads: it works in several transactions, and what is cut short begins anew.
    """
    if _current(cursor):
        return False
    cursor.execute("DELETE FROM meta WHERE name = 'measures'")
    _create(cursor)
    if _any(cursor, "batches"):  # a new database has nothing to compute
        _side_by_side(cursor, _fill)
        _dates(cursor)
        _side_by_side(cursor, twins.rebuild)
        _last(cursor)
    _mark(cursor)
    return True


def _side_by_side(cursor: Cursor, work: Callable[[Cursor, list[Measure]], None]) -> None:
    """Do a piece of work for the measures of the loan book, which take half of the time, and for all others.

    Each on a connection of its own: much of the work is planning, which uses one core.
    """
    heavy = [measure for measure in catalogue().values() if measure.name in HEAVY]
    others = [measure for measure in catalogue().values() if measure.name not in HEAVY]
    with ThreadPoolExecutor(max_workers=1) as beside:
        rest = beside.submit(_apart, cursor.cursor(), work, others)
        _apart(cursor, work, heavy)
        rest.result()


def _apart(cursor: Cursor, work: Callable[[Cursor, list[Measure]], None], among: list[Measure]) -> None:
    _touched(cursor, None)
    _calendar(cursor)
    cursor.begin()
    work(cursor, among)
    cursor.commit()


def build(cursor: Cursor, batch: int | None) -> None:
    """Recompute the measures of the months that a batch touched; of all months where batch is None.

    Runs inside the caller's transaction, so that figures and rows change together.
    """
    if batch is None or not _current(cursor):
        _create(cursor)
        _mark(cursor)
    touched_tables = _touched(cursor, batch)
    _calendar(cursor)
    changed = [measure for measure in catalogue().values() if reads(measure.sql) & touched_tables]
    _fill(cursor, changed)
    _dates(cursor)
    # New dates need the twins of every table, also of those that landed before.
    twins.rebuild(cursor, list(catalogue().values()) if "calendar" in touched_tables else changed)
    _last(cursor, "reported_measures" in touched_tables)


def _fill(cursor: Cursor, among: list[Measure]) -> None:
    for measure in among:
        _rebuild(cursor, measure, filled=_any(cursor, measure.table))


def _dates(cursor: Cursor) -> None:
    periods.index(cursor, catalogue())
    periods.known(cursor, catalogue())


def _last(cursor: Cursor, reported_too: bool = False) -> None:
    if reported_too or _any(cursor, "reported_measures"):
        reported.rebuild(cursor, catalogue())
    mergers.apply(cursor)


def _current(cursor: Cursor) -> bool:
    known = cursor.execute("SELECT value FROM meta WHERE name = 'measures'").fetchall()
    return bool(known) and known[0][0] == _fingerprint()


def _mark(cursor: Cursor) -> None:
    cursor.execute("DELETE FROM meta WHERE name = 'measures'")
    cursor.execute("INSERT INTO meta VALUES ('measures', ?)", [_fingerprint()])


def _create(cursor: Cursor) -> None:
    keys = {"institution_id": "VARCHAR", "period": "DATE", "cut": "VARCHAR"} | dict.fromkeys(DIMENSIONS, "VARCHAR")
    for measure in catalogue().values():
        _table(cursor, measure.name, keys | dict.fromkeys(measure.parts, "DOUBLE"))
        _table(cursor, measure.name + "_12m", keys | dict.fromkeys(measure.twin_parts(), "DOUBLE"))
    for name, columns in periods.TABLES.items():
        _table(cursor, name, columns)


def _table(cursor: Cursor, name: str, columns: Mapping[str, str]) -> None:
    cursor.execute(f"DROP VIEW IF EXISTS {quote('v_m_' + name)}")
    listed = ", ".join(f"{quote(column)} {quote(kind)}" for column, kind in columns.items())
    cursor.execute(f"CREATE OR REPLACE TABLE measures.{quote(name)} ({listed})")
    where = "list_contains(getvariable('institutions'), institution_id)"
    if columns.get("branch_id") == "VARCHAR":
        where += " AND (getvariable('branches') IS NULL OR list_contains(getvariable('branches'), branch_id))"
    shown = "* REPLACE (masked(officer_id) AS officer_id)" if columns.get("officer_id") == "VARCHAR" else "*"
    cursor.execute(f"CREATE VIEW {quote('v_m_' + name)} AS SELECT {shown} FROM measures.{quote(name)} WHERE {where}")


def _touched(cursor: Cursor, batch: int | None) -> set[str]:
    """Fill `touched` (institution, month) and return the tables that a batch has rows in."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE touched (institution_id VARCHAR, month DATE)")
    tables, whole = set(), set()
    for name in schema.tables():
        rows = f"SELECT DISTINCT institution_id FROM facts.{quote(name)}"
        ids = cursor.execute(rows + " WHERE ? IS NULL OR batch_id = ?", [batch, batch]).fetchall()
        if not ids and batch is not None:
            continue
        tables.add(name)
        if name in DATED and batch is not None:
            cursor.execute(
                f"INSERT INTO touched SELECT DISTINCT institution_id, last_day({DATED[name]}) "
                f"FROM facts.{quote(name)} WHERE batch_id = ?",
                [batch],
            )
        else:
            whole |= {row[0] for row in ids}
    # A changed client, group or parameter can change any month of its institution.
    for dated, column in DATED.items() if whole else ():
        cursor.execute(
            f"INSERT INTO touched SELECT DISTINCT institution_id, last_day({column}) FROM facts.{dated} "
            "WHERE list_contains(?, institution_id)",
            [sorted(whole)],
        )
    cursor.execute("INSERT INTO touched SELECT unnest(?::VARCHAR[]), NULL", [sorted(whole)])
    cursor.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT institution_id, month FROM touched")
    if tables & {"loans", "financials_monthly"}:
        tables.add("calendar")
    return tables


def _calendar(cursor: Cursor) -> None:
    """The days on which lists of people are counted: each month's snapshot day, else its last day."""
    spans = " UNION ALL ".join(
        f"SELECT institution_id, last_day({column}) AS month, "
        + (f"{column}" if name == "loans" else f"last_day({column})")
        + f" AS day, {'true' if name == 'loans' else 'false'} AS snapshot FROM {name} "
        "SEMI JOIN touched AS t USING (institution_id)"
        for name, column in DATED.items()
    )
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE calendar AS
        WITH days AS ({spans}
            UNION ALL SELECT institution_id, last_day(joined_on), last_day(joined_on), false FROM staff
                SEMI JOIN touched AS t USING (institution_id)
            UNION ALL SELECT institution_id, last_day(left_on), last_day(left_on), false FROM staff
                SEMI JOIN touched AS t USING (institution_id) WHERE left_on IS NOT NULL
            UNION ALL SELECT institution_id, last_day(since), last_day(since), false FROM board
                SEMI JOIN touched AS t USING (institution_id)),
        span AS (
            -- Lists of people are counted for the time that books exist; without books, as far as they reach.
            SELECT institution_id,
                coalesce(min(day) FILTER (WHERE snapshot), max(day) - INTERVAL 13 MONTH) - INTERVAL 12 MONTH AS first,
                coalesce(max(month) FILTER (WHERE snapshot), max(month)) AS last
            FROM days GROUP BY institution_id),
        months AS (
            SELECT institution_id, last_day(unnest(generate_series(date_trunc('month', first), last,
                INTERVAL 1 MONTH))::DATE) AS month FROM span)
        SELECT m.institution_id, m.month, coalesce(max(d.day) FILTER (WHERE d.snapshot), m.month) AS day
        FROM months AS m LEFT JOIN days AS d USING (institution_id, month) GROUP BY m.institution_id, m.month"""
    )


def _any(cursor: Cursor, table: str) -> bool:
    return bool(cursor.execute(f"SELECT 1 FROM {quote(table)} LIMIT 1").fetchall())


def _rebuild(cursor: Cursor, measure: Measure, filled: bool) -> None:
    """Recompute the touched cells of a measure; without a row of its own table it has none."""
    name = quote(measure.name)
    scope = "list_contains((SELECT list(DISTINCT institution_id) FROM touched), institution_id)"
    if not measure.every_month:
        scope = "(institution_id, last_day(period)) IN (SELECT institution_id, month FROM touched)"
    cursor.execute(f"DELETE FROM measures.{name} WHERE cut <> 'reported' AND {scope}")
    if filled:
        cursor.execute(f"INSERT INTO measures.{name} BY NAME {measure.sql}")
