"""Early signs on arrays: what is unusual in a month beside a unit's own past, and how sure that is.

All tests of a month are one family: with m of them a warning needs a chance below its level divided by m (Bonferroni),
so that branches and signs may be many without a false warning becoming likely. A sign that never turns red is counted
by itself, so that it takes nothing from the others. Seasons are told by the other branches:
where all rise together, what is expected of one rises with them. What warns is kept out of what is usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.appetite.signs import Rule, Sign
from metrics.appetite.unusual import Series, Standing, Tests, test


@dataclass(frozen=True)
class Mark:
    """A warning of one sign for one unit in one month.

    `since` and `red_since` are places of months (None: not red); `value` and `usual` in the sign's own terms (events
    among one, level, growth); `hits` and `expected` events; `chance` that it is one, corrected for all looks.
    """

    sign: Sign
    by: str
    unit: str
    month: int
    level: str
    since: int
    red_since: int | None
    value: float
    usual: float
    hits: float
    expected: float
    n: float
    months: int
    history: int
    chance: float


def watch(series: Sequence[Series], rule: Rule, first: int, last: int) -> dict[int, list[Mark]]:
    """The warnings of each month from `first` to `last`, by the month's place; only months up to it are looked at."""
    found: dict[int, list[Mark]] = {}
    standings = [Standing(*(np.full(len(one.units), -1) for _ in range(2))) for one in series]
    for month in range(first, last + 1):
        tests = [test(one, standing, rule, month) for one, standing in zip(series, standings, strict=True)]
        found[month] = []
        for one, standing, tested in zip(series, standings, tests, strict=True):
            looks = _looks(one, series, tests)
            _move(one, standing, tested, rule, month, looks)
            found[month] += _marks(one, standing, tested, month, looks)
    return found


def _looks(one: Series, series: Sequence[Series], tests: Sequence[Tests]) -> int:
    """How many tests a sign's are one of: all that may turn red together, or its own where it may not."""
    red = one.sign.highest == "red"
    family = [tested for other, tested in zip(series, tests, strict=True)
              if other is one or (red and other.sign.highest == "red")]  # fmt: skip
    return sum(int(np.isfinite(tested.chance).sum()) for tested in family)


def _move(one: Series, standing: Standing, tested: Tests, rule: Rule, month: int, looks: int) -> None:
    """Who begins to warn, who turns red, and whose warning ends."""
    sure = tested.above >= one.sign.confirm
    with np.errstate(invalid="ignore"):
        corrected = tested.chance * looks
        raised = sure & (corrected <= rule.watch)
        red = sure & (corrected <= rule.red) & (one.sign.highest == "red")
        over = ~(tested.chance <= rule.over)
    begins = (standing.since < 0) & raised
    ends = (standing.since >= 0) & over
    standing.since[begins] = month
    standing.red[red & (standing.since >= 0) & (standing.red < 0)] = month
    standing.since[ends] = -1
    standing.red[ends] = -1


def _marks(one: Series, standing: Standing, tested: Tests, month: int, looks: int) -> list[Mark]:
    found = []
    for place in np.flatnonzero(standing.since >= 0):
        since, red = int(standing.since[place]), int(standing.red[place])
        found.append(
            Mark(
                one.sign,
                one.by,
                one.units[place],
                month,
                "red" if red >= 0 else "watch",
                since,
                red if red >= 0 else None,
                float(tested.value[place]),
                float(tested.usual[place]),
                float(tested.hits[place]),
                float(tested.expected[place]),
                float(one.n[place, month]),
                month - since + 1,
                int(tested.history[place]),
                min(1.0, float(tested.chance[place]) * looks),
            )  # fmt: skip
        )
    return found
