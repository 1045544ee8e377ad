"""Measures -> their 12-month twins, cell by cell: flows summed, stocks now, at the start and on average.

Each part adds up over cells, so that a total is made by summing at any grain: an average divides by the
month-ends that the institution has in the window, and a cell that did not exist counts nothing.
"""

from collections.abc import Sequence

import duckdb

from metrics import periods
from metrics.measure import CUTS, DIMENSIONS, Measure
from metrics.schema import quote


def rebuild(cursor: duckdb.DuckDBPyConnection, measures: Sequence[Measure]) -> None:
    """Recompute the twins of measures for the touched institutions, from the first touched month on."""
    for every_month in (False, True):
        alike = [measure for measure in measures if measure.every_month == every_month]
        if not alike:
            continue
        _grid(cursor, every_month)
        for measure in alike:
            cursor.execute(
                f"DELETE FROM measures.{quote(measure.name + '_12m')} WHERE cut <> 'reported' "
                "AND (institution_id, period) IN (SELECT institution_id, period FROM twin_grid)"
            )
        for measure in periods.filled(cursor, alike):
            _rebuild(cursor, measure)


def _rebuild(cursor: duckdb.DuckDBPyConnection, measure: Measure) -> None:
    name = quote(measure.name + "_12m")
    dims = ", ".join("m." + dim for dim in DIMENSIONS)
    parts = ", ".join(_part(measure, part) for part in measure.twin_parts()[:-1])
    cursor.execute(
        f"""INSERT INTO measures.{name} BY NAME
        WITH monthly AS (
            SELECT s.*, last_day(s.period) AS month FROM measures.{quote(measure.name)} AS s
            WHERE cut <> 'reported' AND {_month_ends(measure)}),
        ends AS (
            SELECT DISTINCT institution_id, month FROM monthly),
        known AS (
            SELECT g.institution_id, g.period, count(*) AS ends, bool_or(e.month = g.start) AS has_start
            FROM twin_grid AS g JOIN ends AS e
                ON e.institution_id = g.institution_id AND e.month BETWEEN g.start AND g.month
            GROUP BY g.institution_id, g.period)
        SELECT g.institution_id, g.period, m.cut, {dims}, {parts}, any_value(c.months) AS months
        FROM twin_grid AS g
        JOIN known AS k ON k.institution_id = g.institution_id AND k.period = g.period
        JOIN monthly AS m ON m.institution_id = g.institution_id AND m.month BETWEEN g.start AND g.month
        LEFT JOIN measures.months AS c
            ON c.institution_id = g.institution_id AND c.period = g.period AND c.measure = ?
        GROUP BY g.institution_id, g.period, m.cut, {dims}""",
        [measure.name],
    )
    if not measure.stocks:
        _zeros(cursor, measure)


def _grid(cursor: duckdb.DuckDBPyConnection, every_month: bool) -> None:
    """Month-ends whose twelve months a touched month is in; all of them where lists of people are counted."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE twin_grid AS
        WITH since AS (
            SELECT institution_id, if(? OR count(month) < count(*), DATE '0001-01-31', min(month)) AS month
            FROM touched GROUP BY institution_id)
        SELECT p.institution_id, p.period, p.month, last_day(p.month - INTERVAL 12 MONTH) AS start
        FROM measures.periods AS p JOIN since AS s ON s.institution_id = p.institution_id AND p.month >= s.month
        WHERE p.closes AND (? OR p.month <= (SELECT max(t.month) + INTERVAL 12 MONTH FROM touched AS t
            WHERE t.institution_id = p.institution_id) OR s.month < DATE '0002-01-01')""",
        [every_month, every_month],
    )


def _zeros(cursor: duckdb.DuckDBPyConnection, measure: Measure) -> None:
    """No event in months that the table covers is a zero: give each cell of the loan book one."""
    dims = "".join(f", p.{quote(dim)}" for dim in DIMENSIONS if dim in measure.dims)
    # What the institution's own rows never tell of stays unknown.
    told = ", ".join(f"count({quote(part)}) > 0 AS {quote(part)}" for part in measure.flows)
    zeros = ", ".join(f"if(t.{quote(part)}, 0, NULL) AS {quote(part)}" for part in measure.flows)
    cursor.execute(
        f"""INSERT INTO measures.{quote(measure.name + "_12m")} BY NAME
        WITH told AS (
            SELECT institution_id, {told} FROM measures.{quote(measure.name)} WHERE cut <> 'reported'
            GROUP BY institution_id)
        SELECT DISTINCT p.institution_id, p.period, p.cut{dims}, c.months, {zeros}
        FROM measures.portfolio AS p
        JOIN told AS t ON t.institution_id = p.institution_id
        JOIN twin_grid AS g ON g.institution_id = p.institution_id AND g.period = p.period
        JOIN measures.months AS c
            ON c.institution_id = p.institution_id AND c.period = p.period AND c.measure = ?
        WHERE c.months > 0 AND list_contains(?, p.cut)""",
        [measure.name, ["main", *(cut for cut in CUTS if cut in measure.dims)]],
    )


def _month_ends(measure: Measure) -> str:
    """Of several snapshots in a month only the last is its month-end."""
    if measure.name != "portfolio":
        return "true"
    return "(institution_id, period) IN (SELECT institution_id, period FROM measures.periods WHERE closes)"


def _part(measure: Measure, part: str) -> str:
    """SQL of one part of a cell; a part that some of the cell's own rows lack is missing, not less."""
    name = quote(part)
    if part in measure.flows:
        inside = "m.month > g.start"
        lacking = f"count(if({inside} AND m.{name} IS NULL, 1, NULL)) > 0 OR count(m.{name}) = 0"
        return f"if({lacking}, NULL, coalesce(sum(if({inside}, m.{name}, NULL)), 0)) AS {name}"
    if part in measure.stocks:
        return _at("g.month", "true", part) + f" AS {name}"
    prefix, plain = part.split("_", 1)
    if prefix == "average":
        value = f"sum(m.{quote(plain)}) / any_value(k.ends)"
        return f"if(count(m.{quote(plain)}) = count(*), {value}, NULL) AS {name}"
    return _at("g.start", "any_value(k.has_start)", plain) + f" AS {name}"


def _at(month: str, known: str, part: str) -> str:
    there = f"count(if(m.month = {month}, 1, NULL)) > 0"
    value = f"max(if(m.month = {month}, m.{quote(part)}, NULL))"
    return f"CASE WHEN {there} THEN {value} WHEN {known} THEN 0 END"
