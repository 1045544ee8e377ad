"""What the pictures of robustness speak of: the units of a picture with their values, healths and names."""

from dataclasses import dataclass

import numpy as np

from metrics.catalogue import indicators
from metrics.definitions import named
from metrics.formula import Array
from metrics.importance import Removal, importance, levels, removals
from metrics.picture import Picture, at_rows
from metrics.rank_range import rank_range
from metrics.robust import acceptability, below
from metrics.score import Scores
from metrics.survey_error import spans

PRESENT, MISSING, FEW = 1, 0, -1


@dataclass(frozen=True, eq=False)
class Facts:
    """Units with the figures that count for them; those with both healths and a balance first, best first.

    Attributes:
        by: kind of unit.
        names: `(units,)` as the data name them.
        titles: `(leaves,)` names of the indicators; `shorts` the short ones.
        scores: of the units.
        values: `(units, leaves)`; NaN where there is none.
        states: `(units, leaves)` PRESENT, MISSING, or FEW where too few clients stand behind the figure.
        ends: `(units, leaves)` least and greatest leaf scores by survey error (`survey_error.leaf_ends`).
        ranked: how many units, from the first, have both healths and a balance.
        whole: 'both', 'financial', 'social' or 'none': which healths are there at all.
    """

    by: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    shorts: tuple[str, ...]
    scores: Scores
    values: Array
    states: Array
    ends: tuple[Array, Array]
    ranked: int
    whole: str

    @classmethod
    def of(cls, picture: Picture, language: str, ends: tuple[Array, Array] | None = None) -> "Facts":
        """The facts of a picture, indicators named in a language.

        Args:
            picture: whose units.
            language: en or fr.
            ends: leaf scores by survey error, rows as in `picture.scores`; None where no figure has any.
        """
        rows = {unit: row for row, unit in enumerate(picture.scored)}
        known = picture.scores.node() + picture.scores.node("financial") + picture.scores.node("social")
        balances = np.where(np.isnan(known), np.inf, -picture.scores.node())
        units = [unit for unit in picture.units if unit.id in rows]
        units.sort(key=lambda unit: (balances[rows[unit.id]], unit.name))
        order = [rows[unit.id] for unit in units]
        scores = at_rows(picture.scores, order)
        policy = scores.policy
        values, states = np.full(scores.z.shape, np.nan), np.full(scores.z.shape, float(MISSING))
        for row, unit in enumerate(units):
            drivers = {driver.indicator: driver for driver in unit.drivers}
            for column, leaf in enumerate(policy.leaves):
                driver = drivers.get(leaf.indicator)
                if driver is not None and driver.value is not None:
                    values[row, column], states[row, column] = driver.value, PRESENT
                elif driver is not None and driver.status == "too_few":
                    states[row, column] = FEW
        nothing = np.full(scores.z.shape, np.nan)
        counted = [indicators()[leaf.indicator] for leaf in policy.leaves]
        there = [pillar for pillar in ("financial", "social") if np.any(~np.isnan(scores.node(pillar)))]
        return cls(
            by=picture.by, names=tuple(unit.name for unit in units),
            titles=tuple(named(one, policy.settings, language, "title") for one in counted),
            shorts=tuple(one.text(language, "short") for one in counted),
            scores=scores, values=values, states=states,
            ends=(nothing, nothing) if ends is None else (ends[0][order], ends[1][order]),
            ranked=int(np.sum(~np.isnan(known))),
            whole="both" if len(there) == 2 else there[0] if there else "none",
        )  # fmt: skip

    @property
    def first(self) -> Scores:
        """The scores of the units that have a balance."""
        return at_rows(self.scores, list(range(self.ranked)))

    @property
    def weights(self) -> Array:
        """Each leaf's share of the balance, 0..1."""
        return np.asarray(self.scores.tree.shares()[0], dtype=np.float64)

    @property
    def least(self) -> float:
        """The least share of its weight that a health must have, 0..1: the greater of the two pillars' rules."""
        return max(node.coverage for node in self.scores.policy.nodes if node.path in ("financial", "social"))

    def ranks(self, low: float, high: float, surveys: bool = False) -> tuple[Array, Array, Array]:
        """Rank now, best and worst rank at any social share of a range, whatever the missing figures are.

        The rank now is that of the balance as it is shown; the range is that of balances before rounding, widened
        to hold the rank now where rounding makes units equal.

        Args:
            low: least social share.
            high: greatest.
            surveys: whether figures from samples may lie anywhere in their 95 % intervals too.
        """
        root, scores = self.scores.policy.nodes[0], self.first
        nothing = np.full(scores.z.shape, np.nan)
        ends = [side[: self.ranked] if surveys else nothing for side in self.ends]
        f, g = (spans(scores, ends[0], ends[1], pillar) for pillar in ("financial", "social"))
        best, worst = rank_range(f, g, low, high, root.exponent, root.epsilon)
        now = scores.rank()
        return now, np.minimum(best, now), np.maximum(worst, now)

    def accepted(self, low: float, high: float) -> Array:
        """Part of a range in which each unit leads, is on the watch list and is below limit, `(units, 3)`."""
        policy, scores = self.scores.policy, self.first
        root = policy.nodes[0]
        f, g = scores.node("financial"), scores.node("social")
        table = acceptability(f, g, low, high, root.exponent, root.epsilon)
        under = below(f, g, policy.health_limit / 100, low, high, root.exponent, root.epsilon)
        watched = table[:, max(self.ranked - policy.watch, 1) :].sum(axis=1)
        parts: Array = np.column_stack([table[:, :1].sum(axis=1), watched, under]).clip(0.0, 1.0)
        return parts

    def importance(self) -> tuple[Array, Array]:
        """Each indicator's share of the differences between units, and what goes with it alone."""
        return importance(self.first)

    def removed(self) -> tuple[list[Removal], list[Array]]:
        """The ranking without each indicator, and which units change their status with it."""
        found, now = removals(self.first), levels(self.first)
        return found, [(one.levels != now) & (one.levels >= 0) for one in found]

    def coverage(self) -> tuple[Array, Array]:
        """Part of its weight that each unit has, `(units,)`, and part of the units that have each indicator."""
        there = (self.states == PRESENT).astype(np.float64)
        held: Array = there @ self.weights
        return held, there.sum(axis=0) / len(self.names)
