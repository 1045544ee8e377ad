"""Measures -> one value for each indicator, date and unit; missing stays missing and says what would enable it."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics import asking, catalogue, slices
from metrics.asking import Reach, Slice
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError, nearest
from metrics.fusing import FIGURES
from metrics.indicator import REPORTED
from metrics.intervals import interval
from metrics.measures import needed

Cursor = duckdb.DuckDBPyConnection
COLUMNS = ["period", "unit", "indicator", "value", "n", "status", "coverage", "low", "high"]
FEWEST = 10


def periods(cursor: Cursor) -> list[datetime.date]:
    """Dates with data in the reader's scope, newest last."""
    rows = cursor.execute("SELECT DISTINCT period FROM v_m_periods ORDER BY period").fetchall()
    return [row[0] for row in rows]


def values(
    cursor: Cursor,
    settings: Mapping[str, object],
    by: str = "branch",
    periods: Sequence[datetime.date] | None = None,
    where: Iterable[tuple[str, Iterable[str]]] = (),
    indicators: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Values of indicators, one row for each that has a meaning; columns are `COLUMNS`.

    Args:
        settings: the policy's definitions (`policy.SETTINGS`).
        by: institution, branch, product, officer, gender, location, age_band or cycle.
        periods: dates; None for all.
        where: filters as (column, values).
        indicators: ids; None for all.

    Returns:
        `value` is NaN unless status is ok or as_reported. Status is ok, as_reported, too_few (fewer than
        10 clients behind a breakdown) or `not_available: needs table.column`. `coverage` is n over those
        whom n could have been (0..1; NaN where that is not known); `low` and `high` are the 95 % interval of
        a figure from a sample (else NaN).
    """
    asked = asking.parse(by, where, periods)
    reach = asking.reach(cursor, asked)
    chosen = _meaningful(asked, reach, _chosen(indicators))
    if not chosen or (periods is not None and not periods):
        return pd.DataFrame(columns=COLUMNS)
    found = slices.ask(cursor, asked, settings, chosen, reach)
    frame = _frame(found, chosen, slices.grid(cursor, asked, reach))
    frame["status"] = _status(frame, chosen, reach, lambda wanted: _lacking(cursor, asked, reach, wanted))
    if reach.ready and not asked.where:
        frame = _with_reported(cursor, frame, asked)
    frame.loc[~frame["status"].isin(["ok", "as_reported"]), ["value", "low", "high"]] = float("nan")
    return frame[COLUMNS]


def meaningful(cursor: Cursor, asked: Slice) -> list[Indicator]:
    """The indicators that have a meaning for the slice's units, whether or not their data are there."""
    return _meaningful(asked, asking.reach(cursor, asked), catalogue.indicators().values())


def _meaningful(asked: Slice, reach: Reach, among: Iterable[Indicator]) -> list[Indicator]:
    """See `meaningful`; a ledger ratio has no meaning for a branch whose ledger is not split."""
    fitting = [i for i in among if asked.kind in i.units]
    return [i for i in fitting if not reach.part or all(name in reach.relations for name in i.parts)]


def _chosen(ids: Iterable[str] | None) -> list[Indicator]:
    known = catalogue.indicators()
    if ids is None:
        return list(known.values())
    for name in ids:
        if name not in known:
            raise EvenkeelError("errors.unknown_indicator", name=name, nearest=nearest(name, known))
    return [known[name] for name in dict.fromkeys(ids)]


def _frame(
    found: Iterable[tuple[tuple[datetime.date, str], tuple[int, ...], NDArray[np.float64]]],
    chosen: Sequence[Indicator],
    grid: Sequence[tuple[datetime.date, str]],
) -> pd.DataFrame:
    """A row for each date, unit and indicator, in order; NaN where nothing was found."""
    place = {key: number for number, key in enumerate(grid)}
    figures = np.full((len(grid), len(chosen), len(FIGURES)), np.nan)
    for key, places, cells in found:
        if key in place:
            figures[place[key], places, :] = cells
    value, n, population, effective_n, variance = figures.reshape(-1, len(FIGURES)).T
    low, high = interval(value, effective_n, variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = np.where(population > 0, np.minimum(n / population, 1.0), np.nan)
    periods, units = ([key[side] for key in grid for _ in chosen] for side in (0, 1))
    names = [i.id for i in chosen] * len(grid)
    columns = (periods, units, names, value, n, coverage, low, high)
    return pd.DataFrame(
        dict(zip(("period", "unit", "indicator", "value", "n", "coverage", "low", "high"), columns, strict=True))
    )


def _status(
    frame: pd.DataFrame,
    chosen: Sequence[Indicator],
    reach: Reach,
    lacking: Callable[[list[Indicator]], dict[str, str]],
) -> pd.Series:
    status = pd.Series("ok", index=frame.index, dtype="str")
    if reach.part:
        clients = [i.id for i in chosen if i.people == "clients"]
        few = (frame["n"] < FEWEST) & (frame["value"].notna() | (frame["n"] > 0))
        status[frame["indicator"].isin(clients) & few] = "too_few"
    missing = frame["value"].isna()
    if missing.any():
        wanted = set(frame.loc[missing, "indicator"])
        reasons = frame["indicator"].map(lacking([i for i in chosen if i.id in wanted])).fillna("not_available")
        status[missing & ((status == "ok") | frame["n"].isna())] = reasons
    return status


def _lacking(cursor: Cursor, asked: Slice, reach: Reach, used: Sequence[Indicator]) -> dict[str, str]:
    """For indicators without a value: the first column whose data would enable it."""
    parts: dict[str, list[str]] = {}
    for relation, names in ((relation, names) for indicator in used for relation, names in indicator.parts.items()):
        parts[relation] = list(dict.fromkeys([*parts.get(relation, ()), *names]))
    present = slices.present(cursor, asked, parts, reach)
    reasons = {}
    for indicator in used:
        gaps = [(name, part) for name, parts in indicator.parts.items() for part in parts if not present[name, part]]
        # The part that is itself missing says more than one whose start or average is.
        gaps.sort(key=lambda gap: gap[1].startswith(("start_", "average_")))
        earlier = " 12 months earlier" if gaps and gaps[0][1].startswith("start_") else ""
        reasons[indicator.id] = f"not_available: needs {needed(*gaps[0])}{earlier}" if gaps else "not_available"
        if indicator.own:
            reasons[indicator.id] = f"not_available: needs {REPORTED}"
    return reasons


def reported(cursor: Cursor, by: str) -> pd.DataFrame:
    """Ready values as somebody else computed them: period, unit, indicator, value, n.

    An institution's total is made of its branches' figures only where each carries a weight.
    """
    several = "len(getvariable('institutions')) > 1"
    frame = cursor.execute(
        f"""SELECT period, if({several} AND unit_type <> 'institution', institution_id || '/' || unit, unit) AS unit,
            indicator_id AS indicator, value, n::DOUBLE AS n
        FROM v_reported_values WHERE unit_type::VARCHAR = ? AND value IS NOT NULL
        UNION ALL
        SELECT period, institution_id, indicator_id, sum(value * weight) / nullif(sum(weight), 0), sum(n)::DOUBLE
        FROM v_reported_values AS b
        WHERE ? = 'institution' AND unit_type = 'branch' AND value IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM v_reported_values AS o WHERE o.unit_type = 'institution' AND o.period = b.period
                AND o.institution_id = b.institution_id AND o.indicator_id = b.indicator_id)
        GROUP BY period, institution_id, indicator_id HAVING count(weight) = count(*)""",
        [by, by],
    ).df()
    frame["period"] = pd.to_datetime(frame["period"]).dt.date
    return frame


def _with_reported(cursor: Cursor, frame: pd.DataFrame, asked: Slice) -> pd.DataFrame:
    """Put reported figures where the records give none; the records' own figure always goes first."""
    given = reported(cursor, asked.by)
    if given.empty:
        return frame
    keys = ["period", "unit", "indicator"]
    merged = frame.merge(given, on=keys, how="left", suffixes=("", "_given"))
    use = merged["status"].str.startswith("not_available") & merged["value_given"].notna()
    merged.loc[use, "status"] = "as_reported"
    for column in ("value", "n"):
        merged.loc[use, column] = merged.loc[use, column + "_given"]
    return merged.drop(columns=["value_given", "n_given"])


def reported_differences(cursor: Cursor, settings: Mapping[str, object], by: str = "branch") -> pd.DataFrame:
    """Where records and a reported figure give the same indicator: period, unit, indicator, value, reported."""
    given = reported(cursor, by).rename(columns={"value": "reported"}).drop(columns="n")
    own = values(cursor, settings, by=by)
    own = own[own["status"] == "ok"]
    return own.merge(given, on=["period", "unit", "indicator"])[["period", "unit", "indicator", "value", "reported"]]
