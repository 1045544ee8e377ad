"""One unit at other dates and at its limits: the scores are those of the dates, and what is said of the share holds."""

import datetime
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from metrics import limits, over_dates, picture, policy
from metrics.balance import balance
from metrics.catalogue import indicators
from metrics.over_dates import LIMITS, NOW, QUARTER, YEAR, OverDates
from metrics.picture import Picture
from metrics.store import Store
from tests.fresh import open_copy


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(open_copy(tmp_path_factory.mktemp("dates"))) as found:
        yield found


@pytest.fixture(scope="module")
def shown(store: Store) -> Picture:
    with closing(store.cursor()) as cursor:
        return picture.picture(cursor, policy.load("equal"))


def of(store: Store, shown: Picture, unit: str | None) -> OverDates:
    with closing(store.cursor()) as cursor:
        found = over_dates.over_dates(cursor, shown, "en", unit)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def every(store: Store, shown: Picture) -> dict[str | None, OverDates]:
    return {unit: of(store, shown, unit) for unit in [None, *(one.id for one in shown.units)]}


def test_each_date_stands_as_the_picture_of_that_date_does(store: Store, every: dict[str | None, OverDates]) -> None:
    days = {NOW: datetime.date(2026, 9, 30), QUARTER: datetime.date(2026, 6, 30), YEAR: datetime.date(2025, 9, 30)}
    for name, day in days.items():
        with closing(store.cursor()) as cursor:
            then = picture.picture(cursor, policy.load("equal"), day)
        for one in (then.whole, *then.units):
            unit = None if one is then.whole else one.id
            found = next(date for date in every[unit].picture.units if date.id == name)
            for side in ("financial", "social", "balance"):
                assert getattr(found, side) == pytest.approx(getattr(one, side), abs=1e-9), (unit, name, side)


def test_at_the_limits_every_figure_stands_at_its_limit(store: Store, shown: Picture, every: dict) -> None:
    found = every[None].picture
    with closing(store.cursor()) as cursor:
        lines = limits.in_force(cursor, shown.policy)
    now, at = (next(unit for unit in found.units if unit.id == name) for name in (NOW, LIMITS))
    values = {driver.indicator: driver.value for driver in now.drivers}
    without = 0
    for driver in at.drivers:
        line = lines.get(driver.indicator)
        line = None if line is None else line.amber if line.amber is not None else line.red
        if values[driver.indicator] is None:
            assert driver.value is None
        elif line is None:
            without += 1
            assert driver.value == values[driver.indicator]
        else:
            assert driver.value in (line if isinstance(line, tuple) else (line,))
            assert limits.level(indicators()[driver.indicator], driver.value, lines)[0] == ""
    assert every[None].unlimited == without


def test_what_is_said_of_the_share_holds_at_every_share(every: dict[str | None, OverDates]) -> None:
    kinds = set()
    for found in every.values():
        units = {unit.id: unit for unit in found.picture.units}
        for name, text in zip((YEAR, QUARTER, LIMITS), over_dates.findings(found, "en"), strict=True):
            shares = np.linspace(1, 99, 99)
            ahead = [sign(units[NOW], units[name], share, found.picture) for share in shares]
            kinds.add(text.split(" ")[0] + (" below" if "below" in text else ""))
            if text.startswith("No different"):
                for side in ("financial", "social"):
                    assert round(getattr(units[NOW], side)) == round(getattr(units[name], side)), text
                continue
            if (match := re.search(r"share (below|above) ([\d.]+)", text)) is None:
                assert len(set(ahead)) == 1 and ahead[0] == (1 if text.startswith("Better") else -1), text
                continue
            turn = float(match[2])
            sure = [(share, side) for share, side in zip(shares, ahead, strict=True) if abs(share - turn) > 1]
            better = {share for share, side in sure if side > 0}
            wanted = {share for share, _ in sure if (share < turn) == (match[1] == "below")}
            assert better == wanted, text
    assert len(kinds) >= 3, kinds


def sign(now: object, other: object, share: float, shown: Picture) -> int:
    sides = [[getattr(unit, side) / 100 for unit in (now, other)] for side in ("financial", "social")]
    pair = balance(*sides, share, shown.exponent, shown.epsilon)
    return int(np.sign(pair[0] - pair[1]))


def test_equal_is_said_as_equal(every: dict[str | None, OverDates]) -> None:
    found = every[None]
    now = next(unit for unit in found.picture.units if unit.id == NOW)
    same = replace(now, id=YEAR, financial=(now.financial or 0) + 1e-6)
    twin = replace(found, picture=replace(found.picture, units=(now, same)))
    assert over_dates.findings(twin, "en") == ["No different than a year ago: both healths are the same whole numbers."]


def test_without_a_year_before_there_is_no_such_date(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        first = picture.picture(cursor, policy.load("equal"))
        early = picture.picture(cursor, policy.load("equal"), first.periods[1])
        found = over_dates.over_dates(cursor, early, "fr")
    assert found is not None
    assert [name for name in (NOW, QUARTER, YEAR, LIMITS) if name in found.picture.scored] == [NOW, LIMITS]


def test_the_component_gets_dates_and_no_watch_list(every: dict[str | None, OverDates]) -> None:
    told = over_dates.dates_data(every[None], "en")
    assert (told["by"], told["watch"]) == ("date", 0)
    assert {unit["name"] for unit in told["units"]} == {"Now", "Jun 2026", "Sep 2025", "Your limits"}
    assert all(len(unit["leaves"]) == len(told["leaves"]) for unit in told["units"])
