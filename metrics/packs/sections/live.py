"""What it takes to weigh the units again, in a browser or a workbook, without telling a figure that is kept back.

Where a figure of a unit is kept back, its score and those told with it (`masked`) stand as one: in the place of each
stands the score of all. A power mean of equal parts is that part, so that every health stays exact at every social
share, and under every weight of the other themes.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from metrics import picture as pictures
from metrics.catalogue import indicators
from metrics.formula import power_mean
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.model import Live, Number
from metrics.packs.refs import at, ref
from metrics.packs.sections.masked import Group, Scored, besides, groups
from metrics.picture import Unit
from metrics.score import Scores
from metrics.words import area

HEALTHS = ("financial", "social", "balance")


def live(asked: Asked) -> Live:
    """Weights, leaf scores, values between their goalposts, and the healths at the pack's own social share."""
    picture = asked.picture
    known, leaves = indicators(), picture.scores.policy.leaves
    data: dict[str, Any] = pictures.live_data(picture, asked.language)
    by_unit: dict[str, list[float | None]] = {}
    for unit, told in zip(picture.units, data["units"], strict=True):
        found = {driver.indicator: driver.value for driver in unit.drivers}
        by_unit[unit.id] = [found.get(leaf.indicator) for leaf in leaves]
        _mask(asked, unit, told, by_unit[unit.id])
    return Live(
        data=data, words=area(asked.language, "component"),
        values={unit: tuple(found) for unit, found in by_unit.items()},
        leaves=tuple(
            {
                "path": leaf.path, "indicator": leaf.indicator, "goalposts": list(leaf.goalposts or ()),
                "transform": leaf.transform, "better": known[leaf.indicator].better,
            }
            for leaf in leaves
        ),
        healths={unit.id: _healths(asked, unit) for unit in picture.units},
        ranks={unit.id: unit.rank for unit in picture.units},
    )  # fmt: skip


def _healths(asked: Asked, unit: Unit) -> tuple[Number, Number, Number]:
    financial, social, balance = (cells.health(asked, name, unit, getattr(unit, name)) for name in HEALTHS)
    return financial, social, balance


def people(asked: Asked) -> Mapping[str, int]:
    """The people behind every figure that healths are made of, by name: the live balance shows them in no table."""
    return {
        _named(asked, unit, driver.indicator): driver.n
        for unit in (asked.picture.whole, *asked.picture.units)
        for driver in unit.drivers
        if driver.n is not None and driver.score is not None
    }


def beside(asked: Asked, hidden: Collection[str]) -> frozenset[str]:
    """Figures to keep back besides: where a health and the shown figures would tell the one that is hidden."""
    paths = {leaf.path: leaf.indicator for leaf in asked.policy.leaves}
    return frozenset(
        _named(asked, unit, paths[path])
        for unit in (asked.picture.whole, *asked.picture.units)
        for path in besides(_scored(asked, unit, hidden))
    )


def joined(asked: Asked) -> int:
    """How many units have figures that are told as one."""
    return sum(bool(groups(_scored(asked, unit, asked.hidden))) for unit in asked.picture.units)


def _named(asked: Asked, unit: Unit, indicator: str) -> str:
    whole = unit is asked.picture.whole
    return ref(indicator, asked.day, **({} if whole else at(asked.picture.by, unit.id)))


def _scored(asked: Asked, unit: Unit, hidden: Collection[str]) -> Scored:
    """The leaves of a unit with their scores, and which of them are kept back."""
    drivers = {driver.indicator: driver for driver in unit.drivers if driver.score is not None}
    policy = asked.policy if unit is asked.picture.whole else asked.picture.scores.policy
    there = [leaf for leaf in policy.leaves if leaf.indicator in drivers]
    counted = {leaf.path: drivers[leaf.indicator].n for leaf in there}
    return Scored(
        policy,
        frozenset(leaf.path for leaf in there),
        frozenset(leaf.path for leaf in there if _named(asked, unit, leaf.indicator) in hidden),
        {path: n for path, n in counted.items() if n is not None},
        _short(asked, unit),
    )


def _short(asked: Asked, unit: Unit) -> frozenset[str]:
    """The nodes of a unit that have no score; of the whole they are not known, and none."""
    scores, scored = asked.picture.scores, asked.picture.scored
    if unit is asked.picture.whole or unit.id not in scored:
        return frozenset()
    row = scores.nodes[scored.index(unit.id)]
    return frozenset(path for path, score in zip(scores.paths, row, strict=False) if np.isnan(score))


def _mask(asked: Asked, unit: Unit, told: dict[str, Any], values: list[float | None]) -> None:
    """Put one score in the place of all that are told as one, and take away the figures behind them."""
    scores, row = asked.picture.scores, asked.picture.scored.index(unit.id)
    hidden = [not asked.open(_named(asked, unit, leaf.indicator)) for leaf in scores.policy.leaves]
    if unit.capped and not asked.open(_named(asked, unit, unit.capped)):
        told["capped"] = ""
    if not any(hidden):
        return
    told["spans"] = []
    found = groups(_scored(asked, unit, asked.hidden))
    for place, leaf in enumerate(scores.policy.leaves):
        group = next((one for one in found if one.holds(leaf.path)), None)
        if group is not None:
            told["leaves"][place] = _score(scores, row, group, leaf.path)
        elif hidden[place]:
            told["leaves"][place] = None
        if group is not None or hidden[place]:
            values[place] = None


def _score(scores: Scores, row: int, group: Group, path: str) -> float | None:
    """The score of a group; none for what is below a part that has too little data for one."""
    own = next(part for part in group.parts if path == part or path.startswith(part + "/"))
    parts = sorted(group.parts)
    cells = scores.cells[row, [scores.place(part) for part in parts]]
    tree, above = scores.tree, scores.place(group.above)
    if np.isnan(cells[parts.index(own)]):
        return None
    weights = np.array([tree.weight[scores.place(part)] for part in parts])
    mean = power_mean(cells[None, :], weights, tree.exponent[above], tree.epsilon[above], tree.dual[above])
    return float(mean[0])
