"""Every segment that the rules look at, compared with everyone elsewhere; what stands out after all looks.

The looks do not depend on the answers, only on who was asked: so a whole run is one family, and shuffled answers give
a suggestion in at most one run of twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.proportions import holm, more_than_chance, newcombe
from metrics.tailoring.rules import DIMENSIONS, Rule, Rules
from metrics.tailoring.signals import UNKNOWN

Segment = tuple[tuple[str, str], ...]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Need:
    """One segment in which a signal stands out: its share and number, those of everyone elsewhere, and the gap.

    `corrected` is the chance of such a gap after all looks of the run. `also` are further segments of the same rule,
    the plainest first.
    """

    rule: Rule
    segment: Segment
    share: float
    n: int
    elsewhere: float
    others: int
    low: float
    high: float
    chance: float
    corrected: float
    also: tuple["Need", ...] = ()

    @property
    def gap(self) -> float:
        """How much the share is above that of everyone elsewhere, 0..1."""
        return self.share - self.elsewhere

    @property
    def id(self) -> str:
        """What names it for good: rule/trait=value+trait=value."""
        return f"{self.rule.name}/{key(self.segment)}"


def key(segment: Segment) -> str:
    """A segment as text: gender=F+location=rural."""
    return "+".join(f"{name}={value}" for name, value in segment)


@dataclass(frozen=True)
class Look:
    """One rule and segment to look at, with the numbers of the segment and of everyone whose traits are known."""

    rule: Rule
    segment: Segment
    inside: NDArray[np.bool_] = field(repr=False)
    known: NDArray[np.bool_] = field(repr=False)
    n: int = 0
    total: int = 0


@dataclass(frozen=True)
class Looked:
    """What a run looked at: `needs` stand out (one a rule), `looks` were compared, `few` were too small to be."""

    needs: tuple[Need, ...]
    looks: int
    few: int
    people: Mapping[str, int]
    lacking: tuple[str, ...]


def plan(cells: Mapping[str, pd.DataFrame], rules: Rules) -> tuple[list[Look], int]:
    """The looks that have enough people on both sides, and how many segments have too few."""
    coded = {name: _coded(frame) for name, frame in cells.items()}
    found, few = [], 0
    for rule in rules.rules:
        for spec in rule.segments:
            enough, rest = _of_spec(coded[rule.signal.name], rule, spec)
            found += enough
            few += rest
    return found, few


@dataclass(frozen=True)
class _Coded:
    """Cells with each trait as numbers: `values` by their number, whose first is always unknown."""

    n: Counts
    codes: Mapping[str, Counts]
    values: Mapping[str, Sequence[str]]


def _coded(frame: pd.DataFrame) -> _Coded:
    codes, values = {}, {}
    for name in DIMENSIONS:
        known = sorted(set(frame[name]) - {UNKNOWN})
        values[name] = [UNKNOWN, *known]
        codes[name] = pd.Categorical(frame[name], categories=values[name]).codes.astype(np.int64)
    return _Coded(frame["n"].to_numpy(dtype=np.int64), codes, values)


def _of_spec(coded: _Coded, rule: Rule, spec: tuple[str, ...]) -> tuple[list[Look], int]:
    """The segments of one cross of traits: those with enough people, and the number of the others."""
    sizes = tuple(len(coded.values[name]) for name in spec)
    places = np.ravel_multi_index(tuple(coded.codes[name] for name in spec), sizes)
    known = np.logical_and.reduce([coded.codes[name] > 0 for name in spec])
    total = int(coded.n[known].sum())
    counts = np.bincount(places, weights=coded.n, minlength=int(np.prod(sizes))).astype(np.int64)
    found, few = [], 0
    for place in np.unique(places[known]).tolist():
        at = np.unravel_index(place, sizes)
        segment = tuple((name, coded.values[name][int(code)]) for name, code in zip(spec, at, strict=True))
        n = int(counts[place])
        if not rule.meant(segment):
            continue
        if min(n, total - n) < rule.least_n:
            few += 1
            continue
        found.append(Look(rule, segment, places == place, known, n, total))
    return found, few


def judged(looks: Sequence[Look], hits: Mapping[str, Counts], certain: float) -> list[Need]:
    """What stands out, the plainest first; one need a rule, with its further segments.

    Args:
        looks: of `plan`.
        hits: by signal, of each of its cells.
        certain: chance of even one wrong need that is borne.
    """
    if not looks:
        return []
    x = np.array([hits[look.rule.signal.name][look.inside].sum() for look in looks], dtype=np.int64)
    marked = np.array([hits[look.rule.signal.name][look.known].sum() for look in looks], dtype=np.int64)
    n, total = np.array([look.n for look in looks]), np.array([look.total for look in looks])
    chance = more_than_chance(x, n, marked, total)
    corrected, share, elsewhere = holm(chance), x / n, (marked - x) / (total - n)
    low, high = newcombe(share, n, elsewhere, total - n)
    wide = share - elsewhere >= np.array([look.rule.least_gap for look in looks])
    found = [
        Need(
            look.rule, look.segment, float(share[at]), int(n[at]), float(elsewhere[at]),
            int(total[at] - n[at]), float(low[at]), float(high[at]), float(chance[at]), float(corrected[at]),
        )
        for at, look in enumerate(looks)
        if wide[at] and corrected[at] < certain
    ]  # fmt: skip
    return _led(found)


def _led(found: Sequence[Need]) -> list[Need]:
    """One need a rule: the plainest segment leads, the simpler one of two that are equally plain."""
    ordered = sorted(found, key=lambda one: (one.chance, len(one.segment), one.id))
    by_rule: dict[str, list[Need]] = {}
    for one in ordered:
        by_rule.setdefault(one.rule.name, []).append(one)
    return [_with(first, rest) for first, *rest in by_rule.values()]


def _with(first: Need, rest: Sequence[Need]) -> Need:
    given = {name: getattr(first, name) for name in Need.__dataclass_fields__}
    return Need(**{**given, "also": tuple(rest)})


def looked(cells: Mapping[str, pd.DataFrame], rules: Rules) -> Looked:
    """A whole run over the cells of all signals."""
    looks, few = plan(cells, rules)
    hits = {name: frame["hits"].to_numpy(dtype=np.int64) for name, frame in cells.items()}
    people = {name: int(frame["n"].sum()) for name, frame in cells.items()}
    lacking = tuple(name for name, n in people.items() if n == 0)
    return Looked(tuple(judged(looks, hits, rules.certain)), len(looks), few, people, lacking)
