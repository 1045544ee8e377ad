"""Weight lines: every unit's balance over all social shares, the limits as bands, the rule at one share.

For paper: a fixed size, names at the right end of the lines that are spoken of, nothing that needs a hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics import balance
from metrics.balance import Range
from metrics.charts.lines_plot import INSIDE, LEFT, LETTER, LINE, RIGHT, Plot, apart, shortened
from metrics.charts.tones import Tones
from metrics.findings import shown
from metrics.formula import Array
from metrics.picture import Picture, Unit
from metrics.words import number, percent

JOINT = 46  # ends of a range that stand nearer are written as one
MANY = 20  # lines from which on they are drawn finer
STEPS = 40  # a curve is drawn through 41 points
BANDS = {"below": ("#FBF3EA", "amber", "triangle-up"), "critical": ("#FAEDEC", "red", "square")}


@dataclass(frozen=True)
class Order:
    """Who leads and who stands on the watch list at a share, each with the range of shares that keeps it.

    `units` holds the units with both healths, as the ranges number them.
    """

    units: tuple[Unit, ...]
    share: float
    leader: Range | None
    watch: Range | None

    def first(self) -> Unit | None:
        """The leader, where there are two or more to lead."""
        return self.units[self.leader.units[0]] if self.leader and len(self.units) > 1 else None

    def watched(self) -> tuple[Unit, ...]:
        """The watch list, worst first; nobody where it would hold every unit."""
        on = self.watch.units if self.watch else ()
        return tuple(self.units[place] for place in on) if len(on) < len(self.units) else ()


def order(picture: Picture) -> Order:
    """The order of a picture's units at its social share, and how far it holds."""
    units = tuple(u for u in picture.units if not u.too_few and u.financial is not None and u.social is not None)
    f, g = _sides(units)
    how = (picture.social, picture.exponent, picture.epsilon)
    leader = balance.leader_range(f, g, *how)
    watch = balance.watch_range(f, g, how[0], picture.policy.watch, *how[1:])
    return Order(units, picture.social, leader, watch)


def frame(picture: Picture, found: Order) -> pd.DataFrame:
    """One row a unit and share: unit, name, share and balance (0..100), kind ('first', 'watched' or 'plain')."""
    f, g = _sides(found.units)
    first, watched = found.first(), found.watched()
    kinds = ["first" if u is first else "watched" if u in watched else "plain" for u in found.units]
    kinds = ["first"] if len(kinds) == 1 else kinds
    shares = [100.0 * step / STEPS for step in range(STEPS + 1)]
    if picture.exponent == 1.0:
        shares = [0.0, 100.0]
    rows = []
    for share in sorted({*shares, found.share}):
        values = 100.0 * balance.balance(f, g, _within(share, picture.exponent), picture.exponent, picture.epsilon)
        for unit, kind, value in zip(found.units, kinds, values, strict=True):
            rows.append({"unit": unit.id, "name": unit.name, "share": share, "balance": float(value), "kind": kind})
    return pd.DataFrame(rows, columns=["unit", "name", "share", "balance", "kind"])


def lines(rows: pd.DataFrame, picture: Picture, found: Order, language: str, tones: Tones) -> Any:
    """The chart of `frame`'s rows, `WIDTH` by `HEIGHT` pixels of `lines_plot`."""
    plot = Plot(language, tones, _domain(rows, picture))
    _bands(picture, plot)
    _ticks(picture, plot)
    fine = 1.0 if rows["unit"].nunique() <= MANY else 0.7
    for kinds, colour, width in ((("plain",), tones.line, fine), (("watched", "first"), tones.ink, 2.0)):
        for _, part in rows[rows["kind"].isin(kinds)].groupby("unit", sort=False):
            places = zip(part["share"], part["balance"], strict=True)
            plot.path([(plot.across(share), plot.down(value)) for share, value in places], colour, width)
    _rule(rows, found.share, plot)
    _names(rows, plot)
    for side, x, align in (("financial", -LEFT, "left"), ("social", INSIDE[0] + 4, "right")):
        plot.text(plot.say(f"side_{side}"), (x, -24), getattr(tones, side), align, bold=True)
    _safe(found, plot)
    return plot.chart()


def _sides(units: Sequence[Unit]) -> tuple[Array, Array]:
    f, g = (np.array([getattr(unit, side) for unit in units], dtype=float) for side in ("financial", "social"))
    return f / 100.0, g / 100.0


def _within(share: float, exponent: float) -> float:
    """The weakest link jumps at the two ends; its line is that of the shares between."""
    return share if np.isfinite(exponent) else min(99.999, max(0.001, share))


def _domain(rows: pd.DataFrame, picture: Picture) -> tuple[float, float]:
    """All that the lines reach, with the limits where there are any, in steps of five."""
    seen = [*rows["balance"].dropna()]
    if _limited(picture):
        seen += [picture.policy.health_limit - 8, picture.policy.health_limit + 8]
        if min(seen) < picture.policy.health_critical:
            seen.append(picture.policy.health_critical - 6)
    return (
        max(0.0, float(np.floor((min(seen) - 2) / 5) * 5)),
        min(100.0, float(np.ceil((max(seen) + 4) / 5) * 5)),
    )


def _limited(picture: Picture) -> bool:
    return bool(picture.limits_default or picture.limits_approved)


def _bands(picture: Picture, plot: Plot) -> None:
    """Both limits as bands; what each means, with the mark of its status, where it is high enough."""
    if not _limited(picture):
        return
    floor, policy = plot.domain[0], picture.policy
    for name, low, high in (
        ("below", max(policy.health_critical, floor), policy.health_limit),
        ("critical", floor, policy.health_critical),
    ):
        if high <= floor or high <= low:
            continue
        ground, tone, shape = BANDS[name]
        top, bottom = plot.down(high), plot.down(low)
        plot.band(top, bottom, ground)
        if bottom - top >= 20:
            plot.mark((11, bottom - 10), shape, 110 if name == "below" else 50, getattr(plot.tones, tone), ground)
            text = plot.say(f"band_{name}", limit=shown(high))
            plot.text(text, (20, bottom - 6), plot.tones.ink, rim=ground)


def _ticks(picture: Picture, plot: Plot) -> None:
    """Hair lines with their figures at the left, the limits first, others where there is room; then the frame."""
    low, high = plot.domain
    limits = [picture.policy.health_limit, picture.policy.health_critical] if _limited(picture) else []
    values = [value for value in limits if low <= value <= high]
    for value in map(float, range(0, 101, 10)):
        if low <= value <= high and all(abs(plot.down(value) - plot.down(other)) > 20 for other in values):
            values.append(value)
    for value in values:
        y = plot.down(value)
        if value not in limits:
            plot.path([(0, y), (INSIDE[0], y)], plot.tones.hair)
        plot.text(number(plot.language, value), (-6, y + 4), align="right")
    for one, other in (((0, 0), (0, INSIDE[1])), ((INSIDE[0], 0), INSIDE), ((0, INSIDE[1]), INSIDE)):
        plot.path([one, other], plot.tones.line)


def _rule(rows: pd.DataFrame, share: float, plot: Plot) -> None:
    """The rule at the share, with a dot on every line; its words stand above it, within the drawing."""
    x, tones = plot.across(share), plot.tones
    plot.path([(x, 0), (x, INSIDE[1])], tones.ink)
    here = rows[(rows["share"] == share) & rows["balance"].notna()]
    here = here.sort_values("kind", key=lambda kind: kind != "plain")
    for kind, value in zip(here["kind"], here["balance"], strict=True):
        size, colour = (34, tones.line) if kind == "plain" else (62, tones.ink)
        plot.mark((x, plot.down(value)), "circle", size, colour, tones.ground)
    text = plot.say("balance_at", share=percent(plot.language, share / 100, 0))
    half = LETTER * len(text) / 2
    plot.text(text, (min(max(x, half), INSIDE[0] - half), -7), tones.ink, "center", bold=True)


def _names(rows: pd.DataFrame, plot: Plot) -> None:
    """The names of the thick lines beside their right ends, moved apart as little as keeps them readable."""
    ends = rows[(rows["share"] == 100.0) & rows["balance"].notna() & (rows["kind"] != "plain")]
    ends = ends.sort_values("balance", ascending=False)
    wanted = [plot.down(value) for value in ends["balance"]]
    for name, at, y in zip(ends["name"], wanted, apart(wanted, LINE, INSIDE[1]), strict=True):
        plot.path([(INSIDE[0] + 2, at), (INSIDE[0] + 10, y)], plot.tones.line)
        plot.text(shortened(name), (INSIDE[0] + 13, y + 4), plot.tones.ink, bold=True)


def _safe(found: Order, plot: Plot) -> None:
    """The leader's safe range as the thick part of the axis, its ends in per cent, and who stays first."""
    first, best = found.first(), found.leader
    floor, under = INSIDE[1], INSIDE[1] + 17
    ends: list[float] = []
    if first is not None and best is not None:
        x0, x1 = plot.across(best.low), plot.across(best.high)
        plot.path([(x0, floor), (x1, floor)], plot.tones.ink, 4.0)
        text = plot.say("stays_first", name=shortened(first.name, 30))
        half = LETTER * len(text) / 2
        middle = min(max((x0 + x1) / 2, half - LEFT), INSIDE[0] + RIGHT - half)
        plot.text(text, (middle, under + 15), plot.tones.ink, "center")
        ends = [share for share in (best.low, best.high) if 0 < share < 100]
        if len(ends) == 2 and x1 - x0 < JOINT:
            both = plot.say("range", low=round(best.low), high=percent(plot.language, best.high / 100, 0))
            plot.text(both, ((x0 + x1) / 2, under), plot.tones.ink, "center")
        else:
            for share in ends:
                _share(share, plot.tones.ink, plot)
    for share in (0.0, 100.0):
        if all(abs(plot.across(share) - plot.across(end)) > JOINT for end in ends):
            _share(share, plot.tones.grey, plot)


def _share(share: float, colour: str, plot: Plot) -> None:
    """A social share under the axis."""
    text = percent(plot.language, share / 100, 0)
    plot.text(text, (plot.across(share), INSIDE[1] + 17), colour, "center")
