"""The seven pictures of robustness: each with its finding, its chart, and the same as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics.charts import robust_grid, robust_rows
from metrics.charts.tones import Tones
from metrics.findings import shown
from metrics.formula import Array
from metrics.importance import correlations
from metrics.robust_facts import FEW, MISSING, PRESENT, Facts
from metrics.robust_findings import (
    accepted_said,
    choice_title,
    correlation_said,
    coverage_said,
    decides_said,
    importance_said,
    removal_said,
    silence,
    spans_said,
)
from metrics.robustness import CHOICES, DRAWN, SEED, Leeway
from metrics.sobol import Parts
from metrics.words import number, percent, say

MOST = 16  # indicators in the heat map: beyond it cells are too small to read
Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What a picture is made from: the facts, the range of social shares, language and colours."""

    facts: Facts
    leeway: Leeway
    language: str
    tones: Tones
    decided: Callable[[], tuple[tuple[str, ...], Parts]]
    drawn: Callable[[], Array]

    def text(self, name: str, /, **params: object) -> str:
        """A text of these pictures."""
        return say(self.language, f"robust.{name}", **params)

    def share(self, part: float, decimals: int = 0) -> str:
        """A part as a percentage."""
        return percent(self.language, part, decimals)

    def unit(self) -> str:
        """The heading above names of units."""
        return say(self.language, f"pages.unit_{self.facts.by}").capitalize()


@dataclass(frozen=True)
class View:
    """One picture. Without a chart the finding says why there is none."""

    finding: str
    chart: Any = None
    height: int = 0
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    how: str = ""
    source: str = ""
    key: tuple[str, str] | None = None


def ranks(asked: Asked) -> View:
    """The ranks that each unit can have."""
    facts, leeway = asked.facts, asked.leeway
    if reason := silence(facts, asked.language):
        return View(reason)
    plain = now, best, worst = facts.ranks(leeway.low, leeway.high)
    _, best_all, worst_all = facts.ranks(leeway.low, leeway.high, surveys=True)
    columns = np.column_stack([now, best, worst, np.minimum(best, best_all), np.maximum(worst, worst_all)]).astype(int)
    often = asked.drawn().astype(int)
    rows = zip(facts.names, columns, often, strict=False)
    table = [(name, *map(str, row), f"{runs[0]}–{runs[2]}") for name, row, runs in rows]
    frame = pd.DataFrame(columns, columns=["now", "best", "worst", "best_survey", "worst_survey"])
    frame["name"] = facts.names[: facts.ranked]
    frame["text"] = [f"{row[2]}–{row[3]}" for row in table]
    heads = ("col_rank", "col_best", "col_worst", "col_best_survey", "col_worst_survey")
    return View(
        spans_said(facts, plain, asked.language, leeway.low, leeway.high),
        robust_rows.spans(frame, asked.tones, asked.text("axis_rank")), robust_rows.height(len(frame)),
        (asked.unit(), *map(asked.text, heads), asked.text("col_runs", runs=number(asked.language, DRAWN))),
        tuple(table), asked.text("how_ranks"), asked.text("source_ranks"),
    )  # fmt: skip


def accepted(asked: Asked) -> View:
    """In which part of the range each unit leads, is watched, is below limit."""
    facts, leeway, policy = asked.facts, asked.leeway, asked.facts.scores.policy
    if reason := silence(facts, asked.language):
        return View(reason)
    parts = facts.accepted(leeway.low, leeway.high)
    heads = [asked.text(f"lane_{lane}") for lane in ("leads", "watch", "below")]
    texts = [[_part(asked, part) for part in row] for row in parts]
    return View(
        accepted_said(facts, parts, asked.language, leeway.low, leeway.high),
        robust_rows.lanes(_lanes(facts.names, parts, texts), heads, asked.tones), robust_rows.height(len(parts)),
        (asked.unit(), *heads), tuple((name, *row) for name, row in zip(facts.names, texts, strict=False)),
        asked.text("how_accepted", n=policy.watch, limit=shown(policy.health_limit)), asked.text("source_accepted"),
    )  # fmt: skip


def decides(asked: Asked) -> View:
    """What part of the moving of ranks each choice makes."""
    if reason := silence(asked.facts, asked.language):
        return View(reason)
    choices, found = asked.decided()
    finding = decides_said(found, choices, asked.leeway, asked.language)
    place = {choice: at for at, choice in enumerate(choices)}
    order = sorted(CHOICES, key=lambda choice: -_total(found, place.get(choice)))
    bars, table = [], []
    for at, choice in enumerate(order):
        row = [choice_title(choice, asked.leeway, asked.language)]
        for kind, (values, ends) in enumerate(((found.first, found.first_span), (found.total, found.total_span))):
            known = choice in place and not np.isnan(values[place[choice]])
            value, low, high = np.clip([values[place[choice]], *ends[place[choice]]], 0, 1) if known else (0.0,) * 3
            bars.append((at, asked.text(f"short_{choice}"), kind, value, low if known else np.nan,
                         high if known else np.nan, asked.share(value)))  # fmt: skip
            row += [asked.share(value), f"{number(asked.language, 100 * low)}–{asked.share(high)}" if known else "–"]
        table.append(tuple(row))
    named = ("key_first", "col_interval", "key_total", "col_interval")
    heads = [asked.text("col_choice"), *(asked.text(name) for name in named)]
    heads = [head + " " * heads[:at].count(head) for at, head in enumerate(heads)]  # a table's heads must differ
    return View(
        finding, robust_rows.pairs(_bars(bars), asked.tones), robust_rows.height(len(order), 2 * robust_rows.ROOMY),
        tuple(heads), tuple(table), asked.text("how_decides"),
        asked.text("source_decides", runs=number(asked.language, found.runs), seed=str(SEED)),
        (asked.text("key_first"), asked.text("key_total")),
    )  # fmt: skip


def importance(asked: Asked) -> View:
    """Each indicator's weight beside the part of the differences that comes from it."""
    facts = asked.facts
    if reason := silence(facts, asked.language):
        return View(reason)
    shares, alone = facts.importance()
    finding = importance_said(facts, shares, asked.language)
    if np.any(np.isnan(shares)):
        return View(finding)
    bars, table = [], []
    for at, leaf in enumerate(np.argsort(-facts.weights, kind="stable")):
        values = (facts.weights[leaf], shares[leaf])
        for kind, value in enumerate(values):
            bars.append((at, facts.shorts[leaf], kind, value, np.nan, np.nan, asked.share(value)))
        squared = "–" if np.isnan(alone[leaf]) else asked.share(alone[leaf])
        table.append((_title(facts, leaf), *(asked.share(value, 1) for value in values), squared))
    heads = ("col_one", "col_weight", "col_part", "col_alone")
    return View(
        finding, robust_rows.pairs(_bars(bars), asked.tones), robust_rows.height(len(table), robust_rows.ROOMY),
        tuple(map(asked.text, heads)), tuple(table), asked.text("how_importance"), asked.text("source_importance"),
        (asked.text("key_weight"), asked.text("key_importance")),
    )  # fmt: skip


def pairs(asked: Asked) -> View:
    """How closely indicators go together."""
    facts, z = asked.facts, asked.facts.scores.z
    table = correlations(z)
    finding = correlation_said(facts, table, asked.language)
    if not np.any(~np.isnan(table[np.triu_indices(len(table), 1)])):
        return View(finding)
    order = np.argsort(-facts.weights, kind="stable")
    kept = order[:MOST]
    cells = [
        (row, column, table[kept[row], kept[column]], _written(asked, table[kept[row], kept[column]]),
         f"{facts.shorts[kept[row]]} · {facts.shorts[kept[column]]}")
        for row in range(len(kept)) for column in range(row)
    ]  # fmt: skip
    frame = pd.DataFrame(cells, columns=["place", "column", "value", "text", "told"])
    both = (~np.isnan(z)).T.astype(int) @ (~np.isnan(z)).astype(int)
    every = [(int(a), int(b)) for at, a in enumerate(order) for b in order[:at] if not np.isnan(table[a, b])]
    every.sort(key=lambda pair: -table[pair])
    rows = [(_title(facts, b), _title(facts, a), _written(asked, table[a, b]), str(both[a, b])) for a, b in every]
    how = asked.text("how_pairs") + (" " + asked.text("how_pairs_cut", n=MOST) if len(order) > MOST else "")
    heads = ("col_one", "col_other", "col_correlation", "col_over")
    drawn = robust_grid.correlations(frame, [facts.shorts[leaf] for leaf in kept], asked.tones)
    return View(
        finding, drawn, robust_rows.height(len(kept), robust_rows.ROOMY), tuple(map(asked.text, heads)), tuple(rows),
        how, asked.text("source_pairs"),
    )  # fmt: skip


def removed(asked: Asked) -> View:
    """The ranking without each indicator."""
    facts = asked.facts
    if reason := silence(facts, asked.language):
        return View(reason)
    found, changed = facts.removed()
    finding = removal_said(facts, found, changed, asked.language)
    order = sorted(range(len(found)), key=lambda at: (-found[at].largest, -int(changed[at].sum())))
    largest, turned = [found[at].largest for at in order], [int(changed[at].sum()) for at in order]
    names = [facts.shorts[found[at].leaf] for at in order]
    parts = np.column_stack([_scaled(largest), _scaled(turned)])
    texts = [[number(asked.language, value) for value in row] for row in zip(largest, turned, strict=True)]
    heads = [asked.text("lane_shift"), asked.text("lane_status")]
    table = []
    for at, row in zip(order, texts, strict=True):
        far = np.flatnonzero(np.abs(found[at].shifts) == found[at].largest) if found[at].largest else []
        table.append((_title(facts, found[at].leaf), row[0], _listed(facts, far), row[1],
                      _listed(facts, np.flatnonzero(changed[at]))))  # fmt: skip
    columns = (asked.text("col_one"), heads[0], asked.text("col_moved"), heads[1], asked.text("col_status"))
    return View(
        finding, robust_rows.lanes(_lanes(names, parts, texts), heads, asked.tones), robust_rows.height(len(names)),
        columns, tuple(table), asked.text("how_removed"), asked.text("source_removed"),
    )  # fmt: skip


def coverage(asked: Asked) -> View:
    """Which figures are there."""
    facts = asked.facts
    if not facts.names:
        return View(silence(facts, asked.language))
    states = ((PRESENT, "present"), (MISSING, "missing"), (FEW, "few"))
    words = {state: asked.text(f"state_{name}") for state, name in states}
    by_unit, by_leaf = facts.coverage()
    order = np.lexsort((-facts.weights, by_leaf))
    cells = [
        (row, column, int(facts.states[column, leaf]),
         f"{facts.names[column]} · {facts.shorts[leaf]} · {words[int(facts.states[column, leaf])]}")
        for row, leaf in enumerate(order) for column in range(len(facts.names))
    ]  # fmt: skip
    frame = pd.DataFrame(cells, columns=["place", "column", "state", "told"])
    there = (facts.states == PRESENT).sum(axis=0)
    sums = [f"{there[leaf]}/{len(facts.names)}" for leaf in order]
    names = [facts.shorts[leaf] for leaf in order]
    table = [
        (f"{at + 1}  {name}", asked.share(by_unit[at]), _names_of(facts, at, MISSING), _names_of(facts, at, FEW))
        for at, name in enumerate(facts.names)
    ]
    heads = (asked.unit(), *map(asked.text, ("col_covered", "col_missing", "col_few")))
    return View(
        coverage_said(facts, asked.language),
        robust_grid.coverage(frame, names, sums, len(facts.names), asked.tones),
        robust_rows.height(len(names), robust_grid.CELL), heads, tuple(table), asked.text("how_coverage"),
        asked.text("source_coverage", least=asked.share(facts.least)),
    )  # fmt: skip


VIEWS: dict[str, Callable[[Asked], View]] = {
    "ranks": ranks, "accepted": accepted, "decides": decides, "importance": importance, "pairs": pairs,
    "removed": removed, "coverage": coverage,
}  # fmt: skip


def _lanes(names: Sequence[str], parts: Array, texts: Sequence[Sequence[str]]) -> pd.DataFrame:
    rows = [
        (place, names[place], lane, float(part), texts[place][lane])
        for place, row in enumerate(parts)
        for lane, part in enumerate(row)
    ]
    return pd.DataFrame(rows, columns=["place", "name", "lane", "part", "text"])


def _bars(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["place", "name", "kind", "value", "low", "high", "text"])


def _scaled(values: Sequence[float]) -> Array:
    found = np.asarray(values, dtype=np.float64)
    return found / max(float(found.max(initial=0.0)), 1.0)


def _part(asked: Asked, part: float) -> str:
    """A part as shown: one that is not quite none or all never reads as if it were."""
    if 0 < part < 0.005:
        return "<" + asked.share(0.01)
    return ">" + asked.share(0.99) if 0.995 <= part < 1 else asked.share(part)


def _written(asked: Asked, value: float) -> str:
    return "–" if np.isnan(value) else number(asked.language, value, 2)


def _listed(facts: Facts, places: Sequence[int]) -> str:
    return ", ".join(facts.names[place] for place in places) or "–"


def _title(facts: Facts, leaf: int) -> str:
    """An indicator's name with the short one that the picture has."""
    title, short = facts.titles[leaf], facts.shorts[leaf]
    return title if title == short else f"{title} ({short})"


def _names_of(facts: Facts, row: int, state: int) -> str:
    return ", ".join(np.array(facts.shorts, dtype=object)[facts.states[row] == state]) or "–"


def _total(found: Parts, place: int | None) -> float:
    return -1.0 if place is None or np.isnan(found.total[place]) else float(found.total[place])
