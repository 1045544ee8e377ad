"""Limits that are passed, one row a limit: where it is passed furthest, where else, and since when."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import limits, values
from metrics.catalogue import indicators
from metrics.findings import warnings
from metrics.picture import Driver, Picture, Unit

SEVERITY = {"red": 0, "amber": 1}


@dataclass(frozen=True)
class Broken:
    """One limit that is passed: by the unit and figure that pass it furthest, and by so many other units."""

    unit: Unit
    driver: Driver
    others: int


def broken(picture: Picture) -> tuple[Broken, ...]:
    """Every limit that a warning of the picture names, critical ones first, then the lowest on the scale first."""
    by_indicator: dict[str, list[tuple[Unit, Driver]]] = {}
    for unit, driver in warnings(picture):
        by_indicator.setdefault(driver.indicator, []).append((unit, driver))
    found = []
    for pairs in by_indicator.values():
        unit, driver = min(pairs, key=lambda pair: _urgency(pair[1]))
        found.append(Broken(unit, driver, len(pairs) - 1))
    return tuple(sorted(found, key=lambda one: (*_urgency(one.driver), -one.others)))


def _urgency(driver: Driver) -> tuple[int, float]:
    return SEVERITY.get(driver.level, 2), driver.score if driver.score is not None else 100.0


def since(
    cursor: duckdb.DuckDBPyConnection,
    picture: Picture,
    found: Sequence[Broken],
    where: Iterable[tuple[str, Iterable[str]]] = (),
) -> Mapping[tuple[str, str], datetime.date]:
    """First date of the unbroken run in which each limit has been passed, by (unit, indicator).

    Measured against the limits of today; a date without a figure ends the run.
    """
    if not found:
        return {}
    names = sorted({one.driver.indicator for one in found})
    days = [day for day in picture.periods if day <= picture.as_of]
    frame = values.values(cursor, picture.policy.settings, by=picture.by, periods=days, where=where, indicators=names)
    known = {
        (unit, name, day): value
        for unit, name, day, value in frame[["unit", "indicator", "period", "value"]].itertuples(index=False)
    }
    begun = {}
    for one in found:
        key = (one.unit.id, one.driver.indicator)
        for day in reversed(days):
            value = known.get((*key, day))
            if value is None or value != value:
                break
            if not limits.level(indicators()[key[1]], value, picture.limits)[0]:
                break
            begun[key] = day
    return begun
