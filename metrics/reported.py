"""Summaries as reported (MIX style) -> the same measures and twins, for the institution only."""

from collections.abc import Mapping

import duckdb

from metrics.errors import EvenkeelError, nearest
from metrics.measure import Measure
from metrics.schema import quote, text


def rebuild(cursor: duckdb.DuckDBPyConnection, measures: Mapping[str, Measure]) -> None:
    """Recompute what was reported; an institution's own records of a date go before its summary.

    Raises:
        EvenkeelError: a part that is none, with the nearest known one.
    """
    for name, part in cursor.execute("SELECT DISTINCT measure, part FROM reported_measures").fetchall():
        _check_part(measures, name, part)
    for measure in measures.values():
        name = measure.name
        for target in (name, name + "_12m"):
            cursor.execute(f"DELETE FROM measures.{quote(target)} WHERE cut = 'reported'")
        _pivot(cursor, name, list(measure.parts), [name], "")
        _pivot(cursor, name + "_12m", measure.twin_parts()[:-1], [name, name + "_12m"], "12 AS months,")


def _pivot(cursor: duckdb.DuckDBPyConnection, target: str, parts: list[str], sources: list[str], extra: str) -> None:
    picks = ", ".join(f"max(if(part = {text(part)}, value, NULL)) AS {quote(part)}" for part in parts)
    cursor.execute(
        f"""INSERT INTO measures.{quote(target)} BY NAME
        SELECT institution_id, period, 'reported' AS cut, {extra} {picks} FROM reported_measures
        WHERE list_contains(?, measure)
            AND (institution_id, period) NOT IN (
                SELECT institution_id, period FROM measures.{quote(target)} WHERE cut <> 'reported')
        GROUP BY institution_id, period""",
        [sources],
    )


def _check_part(measures: Mapping[str, Measure], name: str, part: str) -> None:
    measure = measures.get(name.removesuffix("_12m"))
    known = [] if measure is None else measure.twin_parts() if name.endswith("_12m") else list(measure.parts)
    if part not in known:
        raise EvenkeelError(
            "errors.unknown_reported_part",
            name=f"{name}.{part}",
            measure=name,
            known=", ".join(known) or "-",
            nearest=nearest(part, known),
        )
