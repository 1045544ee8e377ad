"""Scenarios -> both legs before and after, limits that break, and what money and people lose. Numbers only."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from metrics import asking, catalogue, limits, slices, values
from metrics.errors import EvenkeelError
from metrics.limits import Limit
from metrics.measures import needed
from metrics.policy import Policy
from metrics.score import score
from metrics.stress import cells as landing
from metrics.stress import moves
from metrics.stress.cells import Cells, Variant
from metrics.stress.facts import Fact, facts
from metrics.stress.kinds import Need, needs
from metrics.stress.library import Scenario
from metrics.units import Scored, Unit, at, names
from metrics.versions import resolved

Cursor = duckdb.DuckDBPyConnection
KINDS = ("institution", "branch")
SEVERITY = {"": 0, "amber": 1, "red": 2}


@dataclass(frozen=True)
class Gap:
    """An effect of a shock that cannot be computed, and the table and column that would enable it."""

    shock: str
    effect: str
    needs: str


@dataclass(frozen=True)
class Broken:
    """A limit that a unit breaks under a scenario: `before` is its value without; `already` was as bad without."""

    by: str
    unit: str
    name: str
    indicator: str
    level: str
    value: float
    before: float | None
    line: float
    already: bool
    cap: bool


@dataclass(frozen=True, eq=False)
class Side:
    """The institution and its branches in one variant."""

    whole: Unit
    units: tuple[Unit, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a scenario does on a day: both sides, the limits, what money and people lose, and what is not known."""

    scenario: Scenario
    day: datetime.date
    before: Side
    after: Side
    broken: tuple[Broken, ...]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    currency: str = ""

    @property
    def new(self) -> tuple[Broken, ...]:
        """The limits that hold now and break under the scenario, red ones first."""
        return tuple(one for one in self.broken if not one.already)


def run(
    cursor: Cursor, policy: Policy, scenarios: Iterable[Scenario], day: datetime.date | None = None
) -> list[Outcome]:
    """What each scenario does to the institution in the reader's scope, on a date (None: the newest).

    Raises:
        EvenkeelError: no data, none at that date, or more than one institution in scope.
    """
    asked, policy = [placed(cursor, one) for one in scenarios], resolved(policy)
    day = dated(cursor, day)
    variants = [Variant({}), *(Variant(one.sizes, one.days, one.branches) for one in asked)]
    wanted = [*catalogue.indicators().values()]
    reads = [need for one in asked for need in needs(one.sizes).values()]
    cells = landing.read(cursor, day, variants, landing.needed(wanted, reads))
    gaps = [tuple(_gaps(cells, one)) for one in asked]
    moves.apply(cells)
    lines = {by: limits.in_force(cursor, policy, by) for by in KINDS}
    named = {by: names(cursor, by) for by in KINDS}
    with landing.landed(cursor, cells) as own:
        found = {by: _units(own, policy, by, day, lines[by], named[by], len(variants)) for by in KINDS}
    sides = [_side(found, at) for at in range(len(variants))]
    currency = _currency(cursor)
    return [
        Outcome(
            one, day, sides[0], sides[place], tuple(_broken(sides[0], sides[place], policy)),
            facts(cells, one, place), gaps[place - 1], currency,
        )
        for place, one in enumerate(asked, start=1)
    ]  # fmt: skip


def dated(cursor: Cursor, day: datetime.date | None) -> datetime.date:
    """A day with data; raises EvenkeelError where there is none."""
    known = values.periods(cursor)
    if not known or (day is not None and day not in known):
        raise EvenkeelError("errors.no_such_period", period=str(day or "-"), periods=", ".join(map(str, known[-6:])))
    return day or known[-1]


def districts(cursor: Cursor) -> dict[str, tuple[str, ...]]:
    """The branches of each district, that of the largest branch first; a branch without one is its own."""
    rows = cursor.execute(
        """SELECT coalesce(b.region, b.branch_name), b.branch_id, max(p.glp)
        FROM v_branches AS b LEFT JOIN (
            SELECT branch_id, sum(glp) AS glp FROM v_m_portfolio
            WHERE cut = 'main' AND period = (SELECT max(period) FROM v_m_portfolio) GROUP BY branch_id) AS p
            USING (branch_id)
        GROUP BY ALL ORDER BY max(p.glp) DESC NULLS LAST, 1, 2"""
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for region, branch, _ in rows:
        found[region] = (*found.get(region, ()), branch)
    return found


def placed(cursor: Cursor, scenario: Scenario) -> Scenario:
    """A scenario of a district with its branches; others as they are."""
    if not scenario.district or scenario.branches:
        return scenario
    known = districts(cursor)
    return replace(scenario, branches=next(iter(known.values()), ()))


def _gaps(cells: Cells, scenario: Scenario) -> Iterable[Gap]:
    for (shock, effect), need in needs(scenario.sizes).items():
        if not cells.has(need):
            yield Gap(shock, effect, _column(need))


def _column(need: Need) -> str:
    return str(needed(*need) or ".".join(need))


def _currency(cursor: Cursor) -> str:
    rows = cursor.execute("SELECT currency FROM v_institutions WHERE currency IS NOT NULL").fetchall()
    return str(rows[0][0]) if rows else ""


def split(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Values of all variants with their `variant` and the unit's own name."""
    parts = frame["unit"].str.partition("/")
    unit = parts[2] if by == "branch" else "whole"
    return frame.assign(variant=parts[0].astype(int), unit=unit)


def _units(
    own: Cursor, policy: Policy, by: str, day: datetime.date, lines: Mapping[str, Limit],
    named: Mapping[str, tuple[str, str]], count: int,
) -> list[list[Unit]]:  # fmt: skip
    """The units of every variant, worst first."""
    asked = asking.parse(by, (), [day])
    meant = values.meaningful(own, asked)
    cut = policy.only([leaf.path for leaf in policy.leaves if leaf.indicator in {i.id for i in meant}])
    frame = split(values.values(own, cut.settings, by, [day], indicators=[i.id for i in meant]), by)
    sizes = slices.sizes(own, asked, asking.reach(own, asked))
    found = []
    for place in range(count):
        part = frame[frame["variant"] == place].drop(columns="variant")
        scored = _scored(part, cut, {unit: sizes.get((day, _key(place, unit, by))) for unit in set(part["unit"])}, day)
        found.append(at(scored, day, None, lines, named if by == "branch" else {"whole": next(iter(named.values()))}))
    return found


def _key(place: int, unit: str, by: str) -> str:
    return f"{landing.key(place)}/{unit}" if by == "branch" else landing.key(place)


def _scored(
    part: pd.DataFrame, cut: Policy, sizes: Mapping[str, tuple[float | None, ...] | None], day: datetime.date
) -> Scored:
    wanted = [leaf.indicator for leaf in cut.leaves]
    wide = part.pivot(index=["period", "unit"], columns="indicator", values="value").reindex(columns=wanted)
    matrix = wide.to_numpy(dtype=float)
    there = {
        (day, unit): (size[0], None if size[1] is None or np.isnan(size[1]) else int(size[1]), size[2])
        for unit, size in sizes.items()
        if size is not None
    }
    return Scored(list(wide.index), part, matrix, score(matrix, cut), there)


def _side(found: Mapping[str, Sequence[Sequence[Unit]]], place: int) -> Side:
    return Side(found["institution"][place][0], tuple(found["branch"][place]))


def _broken(before: Side, after: Side, policy: Policy) -> list[Broken]:
    """Every limit broken in the scenario, the new and the worst first, the institution's before a branch's."""
    rows = []
    for by, units in (("institution", [after.whole]), ("branch", list(after.units))):
        was = {unit.id: unit for unit in ([before.whole] if by == "institution" else before.units)}
        rows += [one for unit in units for one in _breaks(by, was.get(unit.id), unit, policy)]
    return sorted(rows, key=lambda one: (one.already, not one.cap, one.level != "red", one.by != "institution"))


def _breaks(by: str, was: Unit | None, unit: Unit, policy: Policy) -> Iterable[Broken]:
    earlier = {driver.indicator: driver for driver in was.drivers} if was is not None else {}
    for driver in unit.drivers:
        if not driver.level or driver.value is None or driver.limit is None:
            continue
        now = earlier.get(driver.indicator)
        level = now.level if now is not None else ""
        yield Broken(
            by, unit.id, unit.name, driver.indicator, driver.level, driver.value, now.value if now else None,
            driver.limit, SEVERITY[level] >= SEVERITY[driver.level],
            driver.indicator in policy.caps and driver.level == "red",
        )  # fmt: skip
