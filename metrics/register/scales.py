"""How likely and how bad: one scale of likelihood, two of impact, and how the two legs make one figure.

Continuous, because no grid of coloured cells ranks risks as their figures do (Cox 2008, "What's wrong with risk
matrices?"); the bands are names for a reader, never the reckoning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SEVERITIES = (1, 2, 3, 4)
# The least likelihood within 12 months at which each name begins.
LIKELIHOODS = (("rare", 0.0), ("unlikely", 0.05), ("possible", 0.20), ("likely", 0.50), ("almost_certain", 0.80))
# The least expected impact (points) at which each name begins.
LEVELS = (("low", 0.0), ("moderate", 0.5), ("high", 2.0), ("severe", 5.0))
VELOCITIES = ("days", "weeks", "months")
STAGES = ("inherent", "residual", "target")
PARTS = ("likelihood", "loss", "harmed", "severity")


@dataclass(frozen=True)
class Place:
    """Where a risk stands: likelihood within 12 months (0..1), loss as a share of equity (0..1), harm to clients.

    `harmed` is the share of clients harmed (0..1), `severity` how badly: 1 a nuisance, 2 a cost, 3 hardship,
    4 lasting harm.
    """

    likelihood: float
    loss: float
    harmed: float
    severity: int

    @property
    def harm(self) -> float:
        """Harm to clients, 0..100: 100 x share of clients harmed x (severity / 4) squared.

        100 is every client lastingly harmed. The square: hardship for one weighs more than a nuisance for three.
        """
        return 100 * self.harmed * (self.severity / 4) ** 2

    @property
    def money(self) -> float:
        """Loss in points, 0..100: one for each percent of equity."""
        return 100 * self.loss


@dataclass(frozen=True)
class Rule:
    """How the two legs make one impact: the `higher` one counts, or both by weight, `social` (0..1) on harm.

    A percent of equity weighs as much as a point of harm.
    """

    way: str = "higher"
    social: float = 0.5

    def impact(self, place: Place) -> float:
        """Points, 0..100."""
        if self.way == "higher":
            return max(place.money, place.harm)
        return (1 - self.social) * place.money + self.social * place.harm

    def expected(self, place: Place) -> float:
        """Expected impact within 12 months: likelihood x impact, in points."""
        return place.likelihood * self.impact(place)

    def leg(self, place: Place) -> str:
        """'financial' or 'social': the leg that makes more of the impact."""
        if self.way == "higher":
            return "social" if place.harm > place.money else "financial"
        return "social" if self.social * place.harm > (1 - self.social) * place.money else "financial"


WAYS = ("higher", "weighted")


def likelihood_name(likelihood: float) -> str:
    """The name of a likelihood: rare, unlikely, possible, likely, almost_certain."""
    return [name for name, least in LIKELIHOODS if likelihood >= least][-1]


def level(expected: float) -> str:
    """The name of an expected impact: low, moderate, high, severe."""
    return [name for name, least in LEVELS if expected >= least][-1]


def place_of(body: Mapping[str, Any], stage: str) -> Place | None:
    """The place that a body gives for a stage; None where a part of it is missing."""
    given = [body.get(f"{stage}_{part}") for part in PARTS]
    if any(value is None for value in given):
        return None
    likelihood, loss, harmed, severity = (float(str(value)) for value in given)
    return Place(likelihood, loss, harmed, int(severity))


def flat(stage: str, place: Place) -> dict[str, float | int]:
    """The fields of a body that say a place."""
    return {f"{stage}_{part}": getattr(place, part) for part in PARTS}
