"""Which dates can be shown, how many months each table covers before them, and what can be told apart."""

from collections.abc import Iterable, Mapping

import duckdb

from metrics.measure import DIMENSIONS, Measure
from metrics.schema import quote, text

TABLES = {
    "periods": {"institution_id": "VARCHAR", "period": "DATE", "month": "DATE", "closes": "BOOLEAN"},
    "months": {"institution_id": "VARCHAR", "period": "DATE", "measure": "VARCHAR", "months": "DOUBLE"},
    "splits": {"institution_id": "VARCHAR", "measure": "VARCHAR"} | dict.fromkeys(DIMENSIONS, "BOOLEAN"),
}


def index(cursor: duckdb.DuckDBPyConnection, measures: Mapping[str, Measure]) -> None:
    """Dates that can be shown: snapshots, ledger months without one, summaries; else the last month known.

    `closes` marks the last snapshot of a month, its month-end. What falls due after the day of landing is no date.
    """
    events = " UNION ALL ".join(
        f"SELECT institution_id, max(last_day(period)) AS period FROM measures.{quote(name)} "
        "WHERE period <= (SELECT max(landed_at)::DATE FROM batches) GROUP BY institution_id"
        for name in measures
        if name not in ("portfolio", "ledger")
    )
    cursor.execute("DELETE FROM measures.periods")
    cursor.execute(
        f"""INSERT INTO measures.periods
        WITH snapshot AS (
            SELECT DISTINCT institution_id, period FROM measures.portfolio WHERE cut <> 'reported'
            UNION
            SELECT DISTINCT institution_id, period FROM reported_measures
            UNION
            SELECT DISTINCT institution_id, period FROM reported_values),
        booked AS (
            SELECT * FROM snapshot
            UNION
            SELECT DISTINCT l.institution_id, l.period FROM measures.ledger AS l
            WHERE l.cut <> 'reported' AND NOT EXISTS (SELECT 1 FROM snapshot AS s
                WHERE s.institution_id = l.institution_id AND last_day(s.period) = l.period)),
        known AS (
            SELECT * FROM booked
            UNION
            SELECT e.institution_id, max(e.period) FROM ({events}) AS e
            WHERE e.period IS NOT NULL AND e.institution_id NOT IN (SELECT institution_id FROM booked)
            GROUP BY e.institution_id)
        SELECT institution_id, period, last_day(period),
            period = max(period) OVER (PARTITION BY institution_id, last_day(period))
        FROM known"""
    )


def filled(cursor: duckdb.DuckDBPyConnection, measures: Iterable[Measure]) -> list[Measure]:
    """The measures that have any cell: most institutions keep few of the tables."""
    found = list(measures)
    asked = ", ".join(f"EXISTS (FROM measures.{quote(measure.name)})" for measure in found)
    there = cursor.execute(f"SELECT {asked}").fetchall()[0]
    return [measure for measure, known in zip(found, there, strict=True) if known]


def known(cursor: duckdb.DuckDBPyConnection, measures: Mapping[str, Measure]) -> None:
    """Months of each trailing year that a table covers, and the dimensions by which it can be told apart."""
    for name in ("months", "splits"):
        cursor.execute(f"DELETE FROM measures.{name}")
    told = ", ".join(f"count({dim}) > 0 AS {dim}" for dim in DIMENSIONS)
    each = " UNION ALL ".join(
        f"SELECT institution_id, {text(measure.name)} AS measure, min(last_day(period)) AS first, "
        f"max(last_day(period)) AS last, {told} FROM measures.{quote(measure.name)} "
        "WHERE cut <> 'reported' GROUP BY institution_id"
        for measure in filled(cursor, measures.values())
    )
    if each:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE spans AS {each}")
        cursor.execute("INSERT INTO measures.splits SELECT * EXCLUDE (first, last) FROM spans")
        cursor.execute(
            """INSERT INTO measures.months
            SELECT p.institution_id, p.period, s.measure, date_diff('month',
                greatest(s.first, last_day(p.month - INTERVAL 11 MONTH)), least(s.last, p.month)) + 1 AS months
            FROM measures.periods AS p JOIN spans AS s USING (institution_id)
            WHERE p.closes AND s.first <= p.month AND s.last > last_day(p.month - INTERVAL 12 MONTH)"""
        )
    cursor.execute(
        """INSERT INTO measures.splits BY NAME
        SELECT DISTINCT institution_id, 'reported_values' AS measure FROM reported_values"""
    )
