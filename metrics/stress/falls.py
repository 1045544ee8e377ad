"""The goal-seek of what breaks first: how far each indicator alone may move until a health falls or a red limit breaks.

A health falls where it is shown below its limit. Distances are in the indicator's own usual monthly move, the mean of
the absolute changes from month-end to month-end of the two years before, so that days, shares and amounts compare.
"""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics import asking, catalogue, limits, values
from metrics.formula import Array
from metrics.limits import Limit
from metrics.picture import at_rows
from metrics.policy import Policy
from metrics.score import Scores, displayed, score, score_leaves
from metrics.seeking import seek, value_at
from metrics.stress.reverse import GOALS, HEALTHS, goal_of, wanted
from metrics.stress.run import dated
from metrics.tree import Leaf
from metrics.units import Scored, names
from metrics.versions import resolved

Cursor = duckdb.DuckDBPyConnection
MONTHS, FEWEST = 24, 6  # how far back moves are usual, and how few of them tell what is
NAMED = [goal for goal, names in GOALS.items() if names]  # asked of a branch too, where they have a meaning


@dataclass(frozen=True)
class Fall:
    """What one indicator alone breaks, and where.

    Attributes:
        indicator: that moves, all others as they are.
        node: financial, social or balance where a health falls; '' where the indicator's own red limit breaks.
        unit: '' for the institution, else the name of its weakest branch that is within its limits.
        now: the indicator's value.
        edge: the value at which it breaks.
        before: the health now, 0..100; the value where a red limit breaks.
        line: the limit of the health, or the red limit.
        usual: the mean absolute change in a month; NaN where nobody knows it, or where it never moved.
        cap: whether the red limit is a hard cap of the policy.
    """

    indicator: str
    node: str
    unit: str
    now: float
    edge: float
    before: float
    line: float
    usual: float
    cap: bool = False

    @property
    def moves(self) -> float:
        """How many usual monthly moves the value stands from where it breaks; infinite where none is known."""
        return math.inf if math.isnan(self.usual) else abs(self.edge - self.now) / self.usual


@dataclass(frozen=True, eq=False)
class _Place:
    """A unit at the day: its values and healths, the usual moves of its indicators, and its limits."""

    name: str
    values: Mapping[str, float]
    scores: Scores
    usual: Mapping[str, float]
    lines: Mapping[str, Limit]


def falls(cursor: Cursor, policy: Policy, day: datetime.date | None = None, goal: str = "any") -> list[Fall]:
    """What each indicator alone breaks, of the institution and its weakest branch, the nearest first.

    A goal without healths (hard caps, red limits, capital, cash) asks for red limits alone; see `reverse`. What is
    broken already cannot break, and an indicator that is missing has no value to start from.

    Raises:
        EvenkeelError: no data, none at that date, or more than one institution in scope.
    """
    policy, day = resolved(policy), dated(cursor, day)
    goal, found = goal_of(policy, goal), []
    for place in _places(cursor, policy, day, goal):
        if goal in ("any", "health"):
            found += [fall for node in HEALTHS for fall in _healths(place, node)]
        if goal != "health":
            chosen = wanted(policy, place.lines, goal) if not place.name or goal in NAMED else policy.caps
            found += _reds(place, chosen, policy)
    return sorted(found, key=lambda fall: (fall.moves, fall.unit, fall.indicator))


def nearest(found: Iterable[Fall]) -> list[Fall]:
    """Of each indicator of a unit what it breaks first; the order stays."""
    first: dict[tuple[str, str], Fall] = {}
    for fall in found:
        first.setdefault((fall.unit, fall.indicator), fall)
    return list(first.values())


def _places(cursor: Cursor, policy: Policy, day: datetime.date, goal: str) -> Iterable[_Place]:
    whole = _scored(cursor, policy, "institution", day, goal)
    lines = limits.in_force(cursor, policy)
    unit = next((unit for period, unit in whole.rows if period == day), None)
    if unit is not None:
        yield _place(whole, day, unit, "", lines)
    branches = _scored(cursor, policy, "branch", day, goal)
    weak = _weakest(branches, day)
    if weak is not None:
        title = names(cursor, "branch").get(weak, (weak, ""))[0]
        yield _place(branches, day, weak, title, limits.in_force(cursor, policy, "branch"))


def _scored(cursor: Cursor, policy: Policy, by: str, day: datetime.date, goal: str) -> Scored:
    """Values of the month-ends up to a day, and the healths of the leaves that have a meaning for such units."""
    days = _month_ends([one for one in values.periods(cursor) if one <= day])
    there = {one.id for one in values.meaningful(cursor, asking.parse(by, (), days))}
    cut = policy.only([leaf.path for leaf in policy.leaves if leaf.indicator in there])
    scored = [leaf.indicator for leaf in cut.leaves]
    more = [name for name in wanted(policy, limits.in_force(cursor, policy, by), goal) if name in there]
    chosen = list(dict.fromkeys([*scored, *more]))
    frame = values.values(cursor, cut.settings, by, days, indicators=chosen)
    wide = frame.pivot(index=["period", "unit"], columns="indicator", values="value").reindex(columns=chosen)
    matrix = wide.to_numpy(dtype=float)
    return Scored(list(wide.index), frame, matrix, score(matrix[:, : len(scored)], cut), {})


def _month_ends(days: Sequence[datetime.date]) -> list[datetime.date]:
    """The last date of each month, of two years and a month at most."""
    last = {(day.year, day.month): day for day in sorted(days)}
    return list(last.values())[-MONTHS - 1 :]


def _weakest(scored: Scored, day: datetime.date) -> str | None:
    """The unit whose lowest health is the lowest of all that are within their limits; None where none is."""
    policy, lowest = scored.scores.policy, {}
    healths = 100.0 * np.column_stack([scored.scores.node(node) for node in HEALTHS])
    for (period, unit), row in zip(scored.rows, healths, strict=True):
        if period == day and not np.isnan(row).any() and not _low(row, policy).any():
            lowest[unit] = float(row.min())
    return min(lowest, key=lambda unit: (lowest[unit], unit), default=None)


def _low(healths: Array, policy: Policy) -> NDArray[np.bool_]:
    """Which healths, 0..100, are shown below their limit."""
    found: NDArray[np.bool_] = displayed(healths, policy.decimals) < policy.health_limit
    return found


def _place(scored: Scored, day: datetime.date, unit: str, name: str, lines: Mapping[str, Limit]) -> _Place:
    at = scored.rows.index((day, unit))
    mine = [row for row, (_, one) in enumerate(scored.rows) if one == unit]
    days = [scored.rows[row][0] for row in mine]
    columns = list(dict.fromkeys([leaf.indicator for leaf in scored.scores.policy.leaves]))
    columns += [name for name in dict.fromkeys(scored.frame["indicator"]) if name not in columns]
    own = scored.values[mine]
    known = {name: float(scored.values[at, column]) for column, name in enumerate(columns)}
    return _Place(
        name, {name: value for name, value in known.items() if not math.isnan(value)}, at_rows(scored.scores, [at]),
        {name: usual(days, own[:, column]) for column, name in enumerate(columns)}, lines,
    )  # fmt: skip


def usual(days: Sequence[datetime.date], series: Array) -> float:
    """The mean absolute change between neighbouring months; NaN where fewer than six are known, or all are 0."""
    months = [day.year * 12 + day.month for day in days]
    steps = [
        abs(float(later - earlier))
        for before, after, earlier, later in zip(months, months[1:], series, series[1:], strict=False)
        if after - before == 1 and not np.isnan(later - earlier)
    ]
    return float(np.mean(steps)) if len(steps) >= FEWEST and max(steps) > 0 else math.nan


def _healths(place: _Place, node: str) -> Iterable[Fall]:
    """Where each leaf alone brings a health of a unit below its limit, if it can."""
    scores, policy = place.scores, place.scores.policy
    now = 100.0 * float(scores.node(node)[0])
    if np.isnan(now) or _low(np.array([now]), policy)[0]:
        return
    edge = policy.health_limit - 0.5 * 10.0**-policy.decimals  # what is shown as the limit still holds
    found = seek(scores, edge / 100, node)
    for place_of, leaf in enumerate(policy.leaves):
        value, z = place.values.get(leaf.indicator), float(found.needed[0, place_of])
        if value is None or np.isnan(z) or not _falls(scores, place_of, node):
            continue
        usual_move = place.usual[leaf.indicator]
        for at in _sides(leaf, z, value):
            yield Fall(leaf.indicator, node or "balance", place.name, value, at, now, policy.health_limit, usual_move)


def _falls(scores: Scores, leaf: int, node: str) -> bool:
    """Whether a health falls below its limit at all with a leaf at its worst."""
    z = scores.z.copy()
    z[0, leaf] = 0.0
    worst = 100.0 * score_leaves(z, scores.policy).node(node)
    return bool(_low(worst, scores.policy)[0])


def _sides(leaf: Leaf, z: float, now: float) -> list[float]:
    """The value that scores so, for a band the nearer of the two."""
    both = {value_at(leaf, z, side) for side in (-math.inf, math.inf)}
    return [min(both, key=lambda value: abs(value - now))]


def _reds(place: _Place, chosen: Iterable[str], policy: Policy) -> Iterable[Fall]:
    """Where indicators break their own red limits; of a band's two the nearer."""
    for name in chosen:
        indicator, value, limit = catalogue.indicators()[name], place.values.get(name), place.lines.get(name)
        if value is None or limit is None or limits.graded(indicator, value, limit)[0] == "red":
            continue
        line = _red(value, limit)
        if line is not None:
            yield Fall(name, "", place.name, value, line, value, line, place.usual[name], name in policy.caps)


def _red(value: float, limit: Limit) -> float | None:
    if isinstance(limit.red, tuple):
        return min(limit.red, key=lambda end: abs(end - value))
    return limit.red


def tried(cursor: Cursor, policy: Policy, found: Sequence[Fall], day: datetime.date | None = None) -> list[
    tuple[bool, bool]
]:  # fmt: skip
    """Whether each fall is there just before its edge, and just beyond it, by scoring the unit's values again."""
    policy, day = resolved(policy), dated(cursor, day)
    there = {place.name: place for place in _places(cursor, policy, day, "any")}
    return [(_broken(there[one.unit], one, -1.0), _broken(there[one.unit], one, 1.0)) for one in found]


def _broken(place: _Place, one: Fall, side: float) -> bool:
    """Whether it is broken a hair's breadth on one side of the edge, as seen from the value now."""
    indicator = catalogue.indicators()[one.indicator]
    value = one.edge + side * math.copysign(max(abs(one.edge), 1e-3) * 1e-6, one.edge - one.now)
    if not one.node:
        return limits.graded(indicator, value, place.lines[one.indicator])[0] == "red"
    policy = place.scores.policy
    row = [place.values.get(leaf.indicator, math.nan) for leaf in policy.leaves]
    moved = [value if leaf.indicator == one.indicator else cell for leaf, cell in zip(policy.leaves, row, strict=True)]
    health = 100.0 * score(np.array([moved]), policy).node("" if one.node == "balance" else one.node)
    return bool(_low(health, policy)[0])
