"""Whether new clients differ from those who are here to the harm of the mission: gap, interval, correction, verdict."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.drift.cohorts import BEFORE, EXISTING, NEW, SHARES, SIZES
from metrics.proportions import holm, newcombe, two_shares, welch

LEAST = 30  # people on either side
CERTAIN = 0.05  # chance of even one wrong drift in a run, corrected for all looks
FAMILIES = 2  # the whole and the branches: each may be wrong in half of those runs
MARGIN, RATIO = 0.03, 0.05  # what is no trifle: points of a share, part of a size
AGAINST = (EXISTING, BEFORE)
POOR, BAND = "poor", "poor_band"
MORE_HARMS = frozenset(SIZES)  # of all other traits fewer do harm
NEEDS = {**SHARES, **SIZES, POOR: "client_surveys.question_key"}
TRAITS = (POOR, BAND, *(name for name in SHARES if name != BAND), *SIZES)


@dataclass(frozen=True)
class Gap:
    """New clients against others in one trait.

    For a share, `new` and `other` are 0..1 and `gap`, `low`, `high` their difference; for a size, they are times the
    yardstick (income, GNI per head: geometric means) and the gap is a part of the others' size. `chance` is of such a
    gap if both were alike, `corrected` the same after all looks. `toward` says whether the gap does harm.
    """

    trait: str
    against: str
    new: float
    other: float
    gap: float
    low: float
    high: float
    n: int
    others: int
    chance: float
    corrected: float = 1.0

    @property
    def is_size(self) -> bool:
        """Whether it compares sizes, not shares."""
        return self.trait in SIZES

    @property
    def toward(self) -> bool:
        """Whether the gap points to the harm of the mission."""
        return self.gap > 0 if self.trait in MORE_HARMS else self.gap < 0

    @property
    def drifts(self) -> bool:
        """Whether it is drift: to the harm, beyond chance in all looks, and no trifle."""
        wide = abs(self.gap) >= (RATIO if self.is_size else MARGIN)
        return self.toward and wide and self.corrected < CERTAIN

    @property
    def verdict(self) -> str:
        """drift, trifle, away (certain, but no harm) or chance."""
        if self.corrected >= CERTAIN:
            return "chance"
        return "drift" if self.drifts else "trifle" if self.toward else "away"


@dataclass(frozen=True)
class Lack:
    """A trait that could not be compared: `column` is what it is counted on, `n` the people known on either side."""

    trait: str
    against: str
    column: str
    n: int
    others: int

    @property
    def absent(self) -> bool:
        """Whether nothing at all is recorded, rather than too little."""
        return not (self.n or self.others)


@dataclass(frozen=True)
class Drift:
    """One unit's new clients compared on a day; `looks` counts the comparisons of its family, corrected for."""

    by: str
    unit: str
    name: str
    day: datetime.date
    people: int
    here: int
    gaps: tuple[Gap, ...]
    lacks: tuple[Lack, ...]
    looks: int = 0

    @property
    def drifting(self) -> tuple[Gap, ...]:
        """The gaps that are drift, the most certain first; each trait once, against those who are here if it can."""
        found: dict[str, Gap] = {}
        for gap in sorted(self.gaps, key=lambda one: (one.against != EXISTING, one.corrected, one.trait)):
            if gap.drifts:
                found.setdefault(gap.trait, gap)
        return tuple(sorted(found.values(), key=lambda one: (one.corrected, one.chance, one.trait)))

    @property
    def level(self) -> str:
        """Red where a trait drifts against both comparisons or two traits drift, amber where one does, else ''."""
        found = [gap.trait for gap in self.gaps if gap.drifts]
        return "" if not found else "amber" if len(found) == 1 else "red"

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits that could be compared with anyone, in the order of `TRAITS`."""
        known = {gap.trait for gap in self.gaps}
        return tuple(trait for trait in TRAITS if trait in known)

    @property
    def missing(self) -> tuple[Lack, ...]:
        """The traits that could be compared with nobody, once each."""
        return tuple(lack for lack in self.lacks if lack.trait not in self.traits and lack.against == EXISTING)


def drifts(frame: pd.DataFrame, units: Mapping[str, str], by: str, day: datetime.date) -> list[Drift]:
    """The comparison of every unit of a kind, worst first; all their looks are one of the two families of a run.

    Args:
        frame: of `cohorts.traits`, with a column `unit`.
        units: names by unit, of those to compare.
        by: kind of unit.
        day: of the comparison.
    """
    left_out = BAND if _people(frame, POOR, NEW) >= LEAST else POOR
    found = [_unit(frame[frame["unit"] == unit], unit, name, by, day, left_out) for unit, name in units.items()]
    chances = np.minimum(FAMILIES * holm([gap.chance for one in found for gap in one.gaps]), 1.0)
    corrected = iter(chances.tolist())
    done = [
        replace(one, looks=len(chances), gaps=tuple(replace(gap, corrected=next(corrected)) for gap in one.gaps))
        for one in found
    ]
    return sorted(done, key=_need)


def _need(one: Drift) -> tuple[int, float, str]:
    least = min((gap.corrected for gap in one.gaps if gap.toward), default=1.0)
    return ("red", "amber", "").index(one.level), least, one.name


def _people(frame: pd.DataFrame, trait: str, role: str) -> int:
    return int(frame.loc[(frame["trait"] == trait) & (frame["role"] == role), "n"].sum())


def _unit(frame: pd.DataFrame, unit: str, name: str, by: str, day: datetime.date, left_out: str) -> Drift:
    sums = frame.groupby(["trait", "role"])[["n", "total", "squares", "weight", "weights"]].sum()
    cells = dict(zip(sums.index, sums.to_numpy(dtype=float).tolist(), strict=True))
    gaps, lacks = [], []
    for trait in TRAITS:
        for against in AGAINST if trait != left_out else ():
            new, other = (_cell(cells, trait, role) for role in (NEW, against))
            if min(new[0], other[0]) < LEAST:
                lacks.append(Lack(trait, against, NEEDS[trait], int(new[0]), int(other[0])))
            else:
                gaps.append(_size(trait, against, new, other) if trait in SIZES else _share(trait, against, new, other))
    people, here = (_people(frame, "everyone", role) for role in (NEW, EXISTING))
    return Drift(by, unit, name, day, people, here, tuple(gaps), tuple(lacks))


def _cell(cells: Mapping[tuple[str, str], Sequence[float]], trait: str, role: str) -> Sequence[float]:
    return cells.get((trait, role), (0.0, 0.0, 0.0, 0.0, 0.0))


def _share(trait: str, against: str, new: Sequence[float], other: Sequence[float]) -> Gap:
    """Weighted answers count by the effective number of them."""
    shares, counts = [], []
    for n, total, _, weight, weights in (new, other):
        weighted = trait == POOR and weights > 0
        shares.append(total / weight if weighted else total / n)
        counts.append(weight**2 / weights if weighted else n)
    ends = newcombe(shares[0], counts[0], shares[1], counts[1])
    chance = float(two_shares(shares[0], counts[0], shares[1], counts[1]))
    low, high = map(float, ends)
    one, two = shares
    return Gap(trait, against, one, two, one - two, low, high, int(new[0]), int(other[0]), chance)


def _size(trait: str, against: str, new: Sequence[float], other: Sequence[float]) -> Gap:
    """Sizes are compared as logarithms, so that one large loan does not decide."""
    means = [total / n for n, total, *_ in (new, other)]
    spreads = [max(cell[2] - cell[1] ** 2 / cell[0], 0.0) / (cell[0] - 1) for cell in (new, other)]
    low, high, chance = welch(means[0], spreads[0], new[0], means[1], spreads[1], other[0])
    one, two = (float(size) for size in np.exp(means))
    least, most = (float(np.expm1(end)) for end in (low, high))
    certain = 1.0 if np.isnan(chance) else float(chance)
    return Gap(trait, against, one, two, one / two - 1, least, most, int(new[0]), int(other[0]), certain)


def alerts(found: Iterable[Drift]) -> list[Drift]:
    """Those that drift."""
    return [one for one in found if one.level]
