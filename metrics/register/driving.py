"""What the linked indicators say of a risk: pressure, 0 to 1, and the likelihood that follows from it.

The rule, one line each:

1. An indicator presses 0 while it stands within amber, 1 from red on, and in a straight line between the two. Where it
   has only an amber line it presses one half beyond it; where only a red one, 1.
2. Its pressure is the mean of two: as it stands now, and as it would stand in six months if it moves again as it moved
   over the last six. Without a figure six months back it is the first alone.
3. The pressure on a risk is the mean of two: its worst indicator, and the average of all that are measured and limited.
4. Suggested likelihood = target x (inherent / target) ^ pressure: the target's while nothing presses, the inherent's
   when all stand at red.

Indicators without a value or a limit say nothing; a risk of which none speaks gets no suggestion.
"""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics import catalogue, limits, values
from metrics.limits import Limit, Line
from metrics.policy import Policy
from metrics.records import Cursor
from metrics.register.scales import Place

MONTHS = 6
SAME = 0.02


@dataclass(frozen=True)
class Push:
    """What one linked indicator says: its value, six months before, its limits, and how it presses (None: not at all).

    `level` is red, amber or empty; `trend` is worse, better, same, or empty where it is not known.
    """

    indicator: str
    value: float | None
    n: float | None
    before: float | None
    amber: Line
    red: Line
    level: str
    trend: str
    now: float | None
    pressure: float | None


Found = Mapping[tuple[datetime.date, str], tuple[float, float | None]]


def pushes(
    cursor: Cursor, policy: Policy, period: datetime.date, names: Iterable[str], figures: pd.DataFrame | None = None
) -> dict[str, Push]:
    """What indicators of the whole institution say on a date, by id; unknown ones are left out.

    Args:
        figures: the values of the whole at this date and six months before at least, under the policy's definitions
            and without filters, where the caller has them already.
    """
    known = [name for name in dict.fromkeys(names) if name in catalogue.indicators()]
    earlier = _months_back(values.periods(cursor), period)
    asked = [period] if earlier is None else [earlier, period]
    if figures is None:
        figures = values.values(cursor, policy.settings, "institution", asked, (), known)
    wanted = figures["period"].isin(asked) & figures["indicator"].isin(known)
    frame = figures[wanted & figures["value"].notna()]
    rows = frame[["period", "indicator", "value", "n"]].itertuples(index=False)
    found = {(day, name): (float(value), None if math.isnan(n) else float(n)) for day, name, value, n in rows}
    lines = limits.in_force(cursor, policy)
    return {name: _push(name, found, period, earlier, lines) for name in known}


def _months_back(known: Sequence[datetime.date], period: datetime.date) -> datetime.date | None:
    """The last date of the month that lies six before."""
    month = period.year * 12 + period.month - MONTHS
    return max((day for day in known if day.year * 12 + day.month == month), default=None)


def _push(
    name: str, found: Found, period: datetime.date, earlier: datetime.date | None, lines: Mapping[str, Limit]
) -> Push:  # fmt: skip
    value, n = found.get((period, name), (None, None))
    before = found[earlier, name][0] if earlier is not None and (earlier, name) in found else None
    limit = lines.get(name)
    amber, red = (limit.amber, limit.red) if limit else (None, None)
    if value is None:
        return Push(name, None, None, before, amber, red, "", "", None, None)
    indicator = catalogue.indicators()[name]
    level = limits.level(indicator, value, lines)[0]
    trend = _trend(indicator.better, value, before, amber)
    now = pressing(indicator.better, value, amber, red)
    ahead = None if before is None else pressing(indicator.better, 2 * value - before, amber, red)
    both = now if now is None or ahead is None else (now + ahead) / 2
    return Push(name, value, n, before, amber, red, level, trend, now, both)


def pressing(better: str, value: float, amber: Line, red: Line) -> float | None:
    """Rule 1: how a value presses, 0..1; None without a limit."""
    if amber is None and red is None:
        return None
    if isinstance(amber, tuple) or isinstance(red, tuple):
        low, high = (_ends(line, 0) for line in (amber, red)), (_ends(line, 1) for line in (amber, red))
        return max(_between("higher", value, *low), _between("lower", value, *high))
    return _between(better, value, amber, red)


def _ends(line: Line, end: int) -> float | None:
    return line[end] if isinstance(line, tuple) else None


def _between(better: str, value: float, amber: float | None, red: float | None) -> float:
    """Of one side: 0 at amber or better, 1 at red or worse."""
    sign = -1 if better == "higher" else 1
    if amber is None or red is None or amber == red:
        line = amber if amber is not None else red
        beyond = line is not None and sign * (value - line) > 0
        return (0.5 if red is None else 1.0) if beyond else 0.0
    return min(1.0, max(0.0, (value - amber) / (red - amber)))


def _trend(better: str, value: float, before: float | None, amber: Line) -> str:
    """Better or worse by more than 2 % of the value before; within a band, by the distance to its middle."""
    if before is None:
        return ""
    if isinstance(amber, tuple):
        middle = sum(amber) / 2
        value, before, better = abs(value - middle), abs(before - middle), "lower"
    if abs(value - before) <= SAME * abs(before):
        return "same"
    if better == "band":
        return ""
    return "worse" if (value > before) == (better == "lower") else "better"


def pressure(found: Iterable[Push]) -> float | None:
    """Rule 3: the mean of the worst and of the average; None where no indicator speaks."""
    given = [push.pressure for push in found if push.pressure is not None]
    return (max(given) + sum(given) / len(given)) / 2 if given else None


def suggested(inherent: Place, target: Place, pressed: float) -> float:
    """Rule 4: the likelihood between the target's and the inherent's, a straight line on a scale of ratios."""
    return float(target.likelihood * (inherent.likelihood / target.likelihood) ** pressed)
