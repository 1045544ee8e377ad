"""Gaps between segments that are more than chance, the widest first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.appetite.life import SPREAD
from metrics.catalogue import Indicator
from metrics.charts.heat import tone
from metrics.intervals import wilson
from metrics.packs import cells
from metrics.packs.asked import Asked, Found
from metrics.packs.model import Number
from metrics.packs.sections.looked import Place


@dataclass(frozen=True)
class Gap:
    """The worst and the best segment of a kind by one indicator; `size` is their distance in score, 0 to 100."""

    by: str
    indicator: Indicator
    worst: str
    worst_number: Number
    best: str
    best_number: Number
    size: float


def gaps(asked: Asked, values: Mapping[str, Mapping[Place, Found]]) -> list[Gap]:
    """The widest gap of each kind of segment and indicator, where the 95 % intervals of both ends lie apart.

    Args:
        values: by kind of segment, then unit and indicator; only shares are compared that are better towards one side.
    """
    found = []
    for by, rows in values.items():
        for name in sorted({name for _, name in rows}):
            indicator = asked.indicator(name)
            own = {unit: one for (unit, of), one in rows.items() if of == name and _told(asked, one)}
            gap = _gap(asked, by, indicator, own) if indicator.unit == "%" and len(indicator.goalposts) == 2 else None
            found += [gap] if gap else []
    return sorted(found, key=lambda one: (-one.size, one.by, one.indicator.id))


def _told(asked: Asked, one: Found) -> bool:
    return one.value == one.value and one.n >= asked.threshold


def _gap(asked: Asked, by: str, indicator: Indicator, own: Mapping[str, Found]) -> Gap | None:
    numbers = {
        unit: cells.value(asked, indicator, one.value, one.n, None, False, **{by: unit}) for unit, one in own.items()
    }
    shown = {unit: one.value for unit, one in numbers.items() if one.value is not None}
    if len(shown) < 2:
        return None
    middle = sum(shown.values()) / len(shown)
    order = sorted(shown, key=lambda unit: (tone(indicator, shown[unit], middle), unit))
    worst, best = order[0], order[-1]
    size = 100 * abs(tone(indicator, shown[best], shown[worst]))
    apart = size > 0 and _apart(own[worst], own[best])
    return Gap(by, indicator, worst, numbers[worst], best, numbers[best], size) if apart else None


def _apart(one: Found, other: Found) -> bool:
    """Whether two shares differ by more than chance: their 95 % intervals do not meet."""
    value = np.array([one.value, other.value], dtype=np.float64)
    n = np.array([one.n, other.n], dtype=np.float64) / SPREAD
    low, high = wilson(np.clip(value, 0.0, 1.0), n)
    return bool(low[0] > high[1] or low[1] > high[0])
