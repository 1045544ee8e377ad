"""What is unusual in a month beside a unit's own past, on arrays: counts, levels, and changes beside other units."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metrics.appetite.chances import binomial_tail, student_tail
from metrics.appetite.signs import Rule, Sign

Floats = NDArray[np.float64]
STEADY = 12.0  # months that the other branches' jumps count for beside a branch's own
SEASON = 5.0  # events of no season at all that a season is mixed with: few events tell of none
YEAR, QUARTER = 12, 3
FEWEST_PEERS = 5


@dataclass(frozen=True, eq=False)
class Series:
    """A sign over all months of some units: arrays `(units, months)`, NaN where nothing is known."""

    sign: Sign
    by: str
    units: tuple[str, ...]
    events: Floats
    among: Floats
    n: Floats


@dataclass
class Tests:
    """The tests of one sign in one month, an entry a unit; `chance` is NaN where nothing can be said."""

    chance: Floats
    value: Floats
    usual: Floats
    hits: Floats
    expected: Floats
    above: NDArray[np.int_]
    history: NDArray[np.int_]

    @classmethod
    def none(cls, count: int) -> "Tests":
        """Nothing known of so many units."""
        chance, value, usual, hits, expected = (np.full(count, np.nan) for _ in range(5))
        return cls(chance, value, usual, hits, expected, np.zeros(count, dtype=int), np.zeros(count, dtype=int))


@dataclass
class Standing:
    """Where each unit of a series stands while months go by: -1 where it does not warn."""

    since: NDArray[np.int_]
    red: NDArray[np.int_]
    usual: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))


def test(one: Series, standing: Standing, rule: Rule, month: int) -> Tests:
    """The test of a sign for each unit in a month."""
    if one.sign.how == "level":
        return level(one, standing, rule, month)
    if one.sign.how == "peers":
        return peers(one, month)
    return counts(one, standing, rule, month)


def _usual(one: Series, standing: Standing, rule: Rule, month: int) -> NDArray[np.bool_]:
    """Which months are a unit's past: known ones before the recent, or before those that its warning began with."""
    known = np.isfinite(one.events) & (one.among > 0)
    start = np.where(standing.since >= 0, standing.since, month) - one.sign.recent + 1
    place = np.arange(one.events.shape[1])
    found: NDArray[np.bool_] = known & (place < start[:, None]) & (place >= (start - rule.most)[:, None])
    return found


def counts(one: Series, standing: Standing, rule: Rule, month: int) -> Tests:
    """Events of the recent months against the past ones: given all of them, too many recent ones by chance.

    Source: J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from Poisson series",
    Biometrika 31 (1940); counts are divided by their dispersion, as in quasi-likelihood.
    """
    recent = slice(max(0, month - one.sign.recent + 1), month + 1)
    usual = _usual(one, standing, rule, month)
    events, among = np.nan_to_num(one.events), np.where(np.isfinite(one.events), np.nan_to_num(one.among), 0.0)
    past, under = (events * usual).sum(axis=1), (among * usual).sum(axis=1)
    hits, exposed = events[:, recent].sum(axis=1), among[:, recent].sum(axis=1)
    rate = np.divide(past, under, out=np.full(len(past), np.nan), where=under > 0)
    season = _season(past, under, hits, exposed, rule.others) if one.sign.season else np.ones(len(past))
    jumps = _jumps(events, among, usual, rate, one.sign.recent) * one.sign.careful
    found = Tests.none(len(past))
    found.history[:] = usual.sum(axis=1)
    size = np.nan_to_num(one.n[:, recent].max(axis=1, initial=0.0, where=np.isfinite(one.n[:, recent])))
    full = found.history >= max(one.sign.history, 1)
    for place in np.flatnonzero(full & (exposed > 0) & (under > 0) & (size >= one.sign.size)):
        share = exposed[place] * season[place] / (exposed[place] * season[place] + under[place])
        found.chance[place] = (
            binomial_tail(hits[place] / jumps[place], (hits[place] + past[place]) / jumps[place], share)
            if hits[place] >= one.sign.least else 1.0
        )  # fmt: skip
    found.value, found.usual, found.hits = hits / np.where(exposed > 0, exposed, np.nan), rate, hits
    found.expected = exposed * rate
    expected = among[:, recent] * (rate * season)[:, None]
    plainly = expected + np.sqrt(expected * jumps[:, None])  # by more than a month's own chance
    found.above = (np.nan_to_num(events[:, recent]) > np.nan_to_num(plainly)).sum(axis=1)
    return found


def _season(past: Floats, under: Floats, hits: Floats, exposed: Floats, others: int) -> Floats:
    """How much more than usual the other units had in the recent months, 1 or more; `(units,)`."""
    count = int((exposed > 0).sum())
    if count <= others:
        return np.ones(len(past))
    expected = np.divide(past * exposed, under, out=np.zeros(len(past)), where=under > 0)
    ratio = (hits.sum() - hits + SEASON) / (expected.sum() - expected + SEASON)
    found: Floats = np.maximum(1.0, ratio)
    return found


def _jumps(events: Floats, among: Floats, usual: NDArray[np.bool_], rate: Floats, recent: int) -> Floats:
    """How much more the past jumped than chance alone would make it, 1 or more, from one month and from several."""
    expected = np.where(usual, among * np.nan_to_num(rate)[:, None], 0.0)
    gap = np.where(usual, events, 0.0) - expected
    months = usual.sum(axis=1)
    single = _dispersion((gap**2).sum(axis=1), expected.sum(axis=1), 1.0 - 1.0 / np.maximum(months, 2), months - 1.0)
    if recent == 1 or usual.shape[1] <= recent:
        return single
    sums = np.cumsum(np.pad(np.stack([gap, expected]), ((0, 0), (0, 0), (1, 0))), axis=2)
    windows = sums[:, :, recent:] - sums[:, :, :-recent]
    counted = np.cumsum(np.pad(usual, ((0, 0), (1, 0))), axis=1)
    whole: NDArray[np.bool_] = (counted[:, recent:] - counted[:, :-recent]) == recent
    several = _dispersion(
        np.where(whole, windows[0] ** 2, 0.0).sum(axis=1), np.where(whole, windows[1], 0.0).sum(axis=1),
        1.0 - recent / np.maximum(months, 2.0 * recent), whole.sum(axis=1) / recent,
    )  # fmt: skip
    return np.maximum(single, several)


def _dispersion(squares: Floats, expected: Floats, fitted: Floats, weight: Floats) -> Floats:
    """Squares over what chance alone gives, less what the fit took; a unit's own is mixed with the middle one of all.

    Args:
        fitted: the part of a square that is left after the mean was taken from the same months.
        weight: how many independent squares there are.
    """
    known = (expected > 0) & (weight > 0)
    own = np.divide(squares, expected * fitted, out=np.ones(len(squares)), where=known)
    middle = float(np.median(own[known])) if known.any() else 1.0
    counted = np.maximum(weight, 0.0)
    found: Floats = np.maximum(1.0, (own * counted + middle * STEADY) / (counted + STEADY))
    return found


def level(one: Series, standing: Standing, rule: Rule, month: int) -> Tests:
    """A level against that of a quarter before, beside its usual moves from month to month (Student's t).

    Moves of single months are taken to add up like those of a random walk; what all units share is taken off.
    """
    found = Tests.none(len(one.units))
    value = np.divide(one.events, one.among, out=np.full(one.events.shape, np.nan), where=one.among > 0)
    start = np.where(standing.since >= 0, standing.since, month) - QUARTER
    if month < QUARTER:
        return found
    moves = np.diff(value, axis=1, prepend=np.nan)
    place = np.arange(value.shape[1])
    usual = np.isfinite(moves) & (place <= start[:, None]) & (place > (start - rule.most)[:, None])
    then = value[np.arange(len(value)), np.maximum(start, 0)]
    gain = value[:, month] - then
    common = max(0.0, float(np.nanmedian(gain))) if np.isfinite(gain).sum() > rule.others else 0.0
    count = usual.sum(axis=1)
    own = np.divide(np.where(usual, moves**2, 0.0).sum(axis=1), count, out=np.zeros(len(count)), where=count > 0)
    middle = float(np.median(own[count > 0])) if (count > 0).any() else 0.0
    spread = np.sqrt((own * count + middle * STEADY) / (count + STEADY) * QUARTER)
    found.history[:] = count
    full = (count >= one.sign.history) & np.isfinite(gain) & (one.n[:, month] >= one.sign.size) & (spread > 0)
    for at in np.flatnonzero(full):
        large = gain[at] >= one.sign.step
        found.chance[at] = student_tail((gain[at] - common) / spread[at], float(count[at])) if large else 1.0
    found.value, found.usual = value[:, month], then
    recent = value[:, max(0, month - one.sign.recent + 1) : month + 1]
    plainly = then + common + spread / np.sqrt(QUARTER)
    found.above = (recent > plainly[:, None]).sum(axis=1)
    return found


def peers(one: Series, month: int) -> Tests:
    """A change over a year beside that of the other units: how far from their middle, in their usual distance."""
    found = Tests.none(len(one.units))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(one.events / one.among)
    if month < YEAR + one.sign.confirm - 1:
        return found
    gain = value[:, month] - value[:, month - YEAR]
    known = np.isfinite(gain) & (one.n[:, month] >= one.sign.size)
    if known.sum() <= FEWEST_PEERS:
        return found
    for at in np.flatnonzero(known):
        rest = gain[known & (np.arange(len(gain)) != at)]
        middle = float(np.median(rest))
        spread = 1.4826 * float(np.median(np.abs(rest - middle)))
        apart = (gain[at] - middle) / max(spread, one.sign.step / 4)
        found.chance[at] = student_tail(apart, len(rest) - 1.0) if gain[at] - middle >= one.sign.step else 1.0
        found.usual[at] = middle
    found.value = gain
    found.history[:] = YEAR
    months = range(month - one.sign.confirm + 1, month + 1)
    far = [(value[:, m] - value[:, m - YEAR] - found.usual) >= one.sign.step for m in months]
    found.above = np.sum(far, axis=0)
    return found
