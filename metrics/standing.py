"""How units stand in a picture: the few numbers of it that are kept, compared and told, and the figures behind them."""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from metrics import findings
from metrics.limits import Limit
from metrics.picture import Picture, Unit
from metrics.policy import Fixed, Policy
from metrics.score import score
from metrics.store import Scope
from metrics.units import Scored, at
from metrics.words import LANGUAGES

# By unit and indicator; None where there is no figure. What is not asked of a unit is left out.
Figures = Mapping[str, Mapping[str, float | None]]
FIGURE_FRAME = ["period", "unit", "indicator", "value", "n", "status"]


@dataclass(frozen=True)
class View:
    """What of the data is looked at: the date, the kind of unit, the branches (none: all) and the product."""

    as_of: datetime.date
    by: str = "branch"
    branches: tuple[str, ...] = ()
    product: str | None = None

    @property
    def scope(self) -> Scope:
        """The part of the data as a cursor takes it."""
        return Scope(branches=self.branches or None)


@dataclass(frozen=True)
class Standing:
    """How one unit stands: healths 0..100 (None where data are too few), rank and status."""

    id: str
    name: str
    financial: float | None
    social: float | None
    balance: float | None
    rank: int | None
    status: str
    cause: str
    capped: str = ""


@dataclass(frozen=True)
class Result:
    """What came out: the whole, every unit (best rank first) and the headline in every language."""

    whole: Standing
    units: tuple[Standing, ...]
    headlines: Mapping[str, str]

    @classmethod
    def of(cls, shown: Picture) -> "Result":
        """The result that a picture shows."""
        said = tuple((language, findings.headline(shown, language)) for language in LANGUAGES)
        return cls(_standing(shown.whole), _ranked(shown.units), Fixed(said))

    def to_json(self) -> str:
        """Plain JSON; numbers come back to the last digit."""
        told = {"whole": asdict(self.whole), "units": [asdict(unit) for unit in self.units]}
        return json.dumps({**told, "headlines": dict(self.headlines)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """What `to_json` wrote."""
        told = json.loads(text)
        units = tuple(Standing(**unit) for unit in told["units"])
        return cls(Standing(**told["whole"]), units, Fixed(tuple(told["headlines"].items())))

    def again(self, given: Policy, day: datetime.date, parts: Figures, whole: Figures) -> "Result":
        """The result computed anew from figures: the same digits from the same figures, on whatever machine."""
        named = {unit.id: (unit.name, "") for unit in (self.whole, *self.units)}
        units, total = (_computed(given, day, figures, named) for figures in (parts, whole))
        return replace(self, whole=total[0] if total else self.whole, units=units)


def figures(units: Iterable[Unit]) -> dict[str, dict[str, float | None]]:
    """The figures of units that a policy scores."""
    return {unit.id: {driver.indicator: driver.value for driver in unit.drivers} for unit in units if unit.drivers}


def _computed(
    given: Policy, day: datetime.date, found: Figures, named: Mapping[str, tuple[str, str]]
) -> tuple[Standing, ...]:
    """How units with these figures stand under a policy, cut to what is asked of them."""
    asked = {indicator for row in found.values() for indicator in row}
    cut = given.only([leaf.path for leaf in given.leaves if leaf.indicator in asked])
    wanted = [leaf.indicator for leaf in cut.leaves]
    rows = [(day, unit) for unit in found]
    cells = [(*key, name, _number(found[key[1]].get(name)), np.nan, "ok") for key in rows for name in wanted]
    matrix = np.array([cell[3] for cell in cells], dtype=float).reshape(len(rows), len(wanted))
    frame = pd.DataFrame(cells, columns=FIGURE_FRAME)
    lines = {name: Limit(amber, red, False) for name, (amber, red) in given.limits.items()}
    return _ranked(at(Scored(rows, frame, matrix, score(matrix, cut), {}), day, None, lines, named)) if cells else ()


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _ranked(units: Sequence[Unit]) -> tuple[Standing, ...]:
    order = sorted(units, key=lambda unit: (unit.rank is None, unit.rank or 0, unit.name))
    return tuple(_standing(unit) for unit in order)


def _standing(unit: Unit) -> Standing:
    healths = (unit.financial, unit.social, unit.balance)
    return Standing(unit.id, unit.name, *healths, unit.rank, unit.status, unit.cause, unit.capped)
