"""The reverse test: for each shock alone, the smallest size that breaks a limit, a hard cap or a health."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from metrics import asking, catalogue, limits, values
from metrics.catalogue import Indicator
from metrics.limits import Limit
from metrics.measures import needed
from metrics.policy import Policy
from metrics.score import displayed, score
from metrics.stress import cells as landing
from metrics.stress import moves
from metrics.stress.cells import Base, Cells, Variant
from metrics.stress.kinds import SHOCKS, Shock
from metrics.stress.run import dated, split
from metrics.units import names
from metrics.versions import resolved

Cursor = duckdb.DuckDBPyConnection
HEALTHS = ("financial", "social", "")
STEPS, ROUNDS = 16, 3
GOALS: dict[str, tuple[str, ...]] = {
    "any": (), "caps": (), "red": (), "capital": ("capital_asset_ratio", "car"), "cash": ("cash_runway_days",),
    "health": (),
}  # fmt: skip
LOSS, DAYS = 0.15, 60  # what late loans cost, and how late they become, where late is the one shock


@dataclass(frozen=True)
class Hit:
    """What breaks: an indicator's red limit (`cap`: a hard cap of the policy), or a health (`indicator` is '').

    `node` is financial, social or balance for a health; `unit` is '' for the institution, else a branch's name.
    """

    indicator: str
    node: str
    unit: str
    before: float | None
    value: float
    line: float
    cap: bool


@dataclass(frozen=True)
class Break:
    """The smallest size of a shock that breaks something, known to (size - safe); None where none does.

    `safe` is the largest size tried at which nothing new breaks; `needs` the column without which nobody knows.
    """

    shock: str
    size: float | None
    safe: float
    hits: tuple[Hit, ...]
    needs: str = ""

    @property
    def far(self) -> float:
        """How far through its range a shock goes before something breaks; 2 where nothing does."""
        shock = SHOCKS[self.shock]
        return 2.0 if self.size is None else (self.size - shock.neutral) / (shock.high - shock.neutral)


def reverse(
    cursor: Cursor, policy: Policy, day: datetime.date | None = None, goal: str = "any", loss: float = LOSS
) -> list[Break]:
    """What each shock alone breaks first, the shock that goes least far through its range first.

    `goal` says what counts: any red limit or health, the policy's hard caps (red limits where it has none), red
    limits, capital, cash, or the healths alone.

    The range is cut into 16 steps, the first step that breaks into 16 again, and that into 16 once more.

    Raises:
        EvenkeelError: no data, none at that date, or more than one institution in scope.
    """
    policy, day = resolved(policy), dated(cursor, day)
    search = _search(cursor, policy, day, goal_of(policy, goal))
    found = {shock.name: Break(shock.name, None, shock.neutral, ()) for shock in SHOCKS.values() if shock.alone}
    ends = {name: (SHOCKS[name].neutral, SHOCKS[name].high) for name in found}
    for _ in range(ROUNDS):
        tries = [(name, float(size)) for name in ends for size in np.linspace(*ends[name], STEPS + 1)[1:]]
        hits, gaps = _tried(cursor, search, tries, loss)
        for name in list(ends):
            found[name] = _narrowed(found[name], [one for one in zip(tries, hits, strict=True) if one[0][0] == name])
            found[name] = replace(found[name], needs=gaps.get(name, ""))
            if found[name].size is None:
                del ends[name]
        ends = {name: (found[name].safe, float(found[name].size or 0.0)) for name in ends}
        if not ends:
            break
    return sorted(found.values(), key=lambda one: (one.far, bool(one.needs)))


def _narrowed(known: Break, tried: Sequence[tuple[tuple[str, float], tuple[Hit, ...]]]) -> Break:
    """The first size of some, in rising order, that breaks anything, and the last before it that does not."""
    safe = known.safe
    for (_, size), hits in tried:
        if hits:
            return replace(known, size=size, safe=safe, hits=hits)
        safe = size
    return replace(known, safe=safe)


@dataclass(frozen=True, eq=False)
class _Search:
    """What stays the same from one round to the next: limits, indicators, and the cells without any shock."""

    policy: Policy
    day: datetime.date
    goal: str
    lines: Mapping[str, Mapping[str, Limit]]
    asked: Sequence[Indicator]
    base: Base
    titles: Mapping[str, str]

    @property
    def parts(self) -> bool:
        """Whether branches are looked at as well: for hard caps alone."""
        return bool(self.policy.caps) and self.goal in ("any", "caps")


def _search(cursor: Cursor, policy: Policy, day: datetime.date, goal: str) -> _Search:
    lines = {by: limits.in_force(cursor, policy, by) for by in ("institution", "branch")}
    asked = [catalogue.indicators()[name] for name in wanted(policy, lines["institution"], goal)]
    reads = [need for shock in SHOCKS.values() for need in shock.reads.values()]
    titles = {unit: name for unit, (name, _) in names(cursor, "branch").items()}
    return _Search(policy, day, goal, lines, asked, landing.base(cursor, day, landing.needed(asked, reads)), titles)


def _tried(
    cursor: Cursor, search: _Search, tries: Sequence[tuple[str, float]], loss: float
) -> tuple[list[tuple[Hit, ...]], dict[str, str]]:
    """What breaks, newly, at each size of a shock alone; and the columns that shocks lack, by shock."""
    variants = [Variant({}), *(Variant({name: size} | ({"loss": loss} if name == "late" else {}), DAYS)
                               for name, size in tries)]  # fmt: skip
    policy, goal = search.policy, search.goal
    cells = search.base.of(variants)
    gaps = {name: gap for name in dict.fromkeys(name for name, _ in tries) if (gap := _gap(cells, SHOCKS[name]))}
    moves.apply(cells)
    with landing.landed(cursor, cells, landing.used(search.asked)) as own:
        whole = _values(own, policy, search.day, "institution", [one.id for one in search.asked])
        parts = _values(own, policy, search.day, "branch", list(policy.caps)) if search.parts else None
    hits: list[list[Hit]] = [[] for _ in variants]
    for variant, hit in _red(whole, search.lines["institution"], policy) if goal != "health" else ():
        hits[variant].append(hit)
    if parts is not None:
        for variant, hit in _red(parts, search.lines["branch"], policy, search.titles):
            hits[variant].append(hit)
    for variant, hit in _low(whole, policy, len(variants)) if goal in ("any", "health") else ():
        hits[variant].append(hit)
    return [tuple(sorted(one, key=lambda hit: not hit.cap)) for one in hits[1:]], gaps


def goal_of(policy: Policy, goal: str) -> str:
    """The goal that can be asked of a policy: red limits instead of hard caps where it has none."""
    return "red" if goal == "caps" and not policy.caps else goal


def wanted(policy: Policy, lines: Mapping[str, Limit], goal: str) -> list[str]:
    """The indicators that a goal is judged by."""
    scored = [leaf.indicator for leaf in policy.leaves]
    chosen = {"any": [*lines, *scored], "caps": policy.caps, "red": list(lines), "health": scored}
    return [name for name in dict.fromkeys(chosen.get(goal, GOALS[goal])) if name in catalogue.indicators()]


def _gap(cells: Cells, shock: Shock) -> str:
    """The first column that a shock lacks, where it lacks any."""
    lacking = next((need for need in shock.reads.values() if not cells.has(need)), None)
    return "" if lacking is None else str(needed(*lacking) or ".".join(lacking))


def _values(own: Cursor, policy: Policy, day: datetime.date, by: str, wanted: Sequence[str]) -> pd.DataFrame:
    meant = {one.id for one in values.meaningful(own, asking.parse(by, (), [day]))}
    chosen = [name for name in wanted if name in meant]
    return split(values.values(own, policy.settings, by, [day], indicators=chosen), by)


def _red(
    frame: pd.DataFrame, lines: Mapping[str, Limit], policy: Policy, titles: Mapping[str, str] | None = None
) -> Iterable[tuple[int, Hit]]:
    """The red limits that variants break and the picture without any shock does not."""
    known = frame.dropna(subset=["value"])
    columns = known["variant"].tolist(), known["unit"].tolist(), known["indicator"].tolist(), known["value"].tolist()
    every = catalogue.indicators()
    before = {(unit, name): value for variant, unit, name, value in zip(*columns, strict=True) if not variant}
    for variant, unit, name, value in zip(*columns, strict=True):
        limit = lines.get(name)
        level, line = limits.graded(every[name], value, limit)
        if level != "red" or line is None:
            continue
        was = before.get((unit, name))
        if was is None or limits.graded(every[name], was, limit)[0] != "red":
            shown = titles.get(unit, unit) if titles is not None else ""
            yield variant, Hit(name, "", shown, was, value, line, name in policy.caps)


def _low(frame: pd.DataFrame, policy: Policy, count: int) -> Iterable[tuple[int, Hit]]:
    """The healths of the institution that fall below the limit, and stood within it without a shock."""
    there = set(frame["indicator"])
    cut = policy.only([leaf.path for leaf in policy.leaves if leaf.indicator in there])
    wide = frame.pivot(index="variant", columns="indicator", values="value").reindex(range(count))
    scores = score(wide.reindex(columns=[leaf.indicator for leaf in cut.leaves]).to_numpy(dtype=float), cut)
    for node in HEALTHS:
        cells = 100.0 * scores.node(node)
        low = [not np.isnan(cell) and float(displayed(cell, cut.decimals)) < cut.health_limit for cell in cells]
        for variant in range(1, count):
            if low[variant] and not low[0]:
                name = node or "balance"
                yield variant, Hit("", name, "", float(cells[0]), float(cells[variant]), cut.health_limit, False)
