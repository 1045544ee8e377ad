"""Where every risk stands, how it moved since its last review, and which needs somebody to act first."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from metrics import values
from metrics.errors import EvenkeelError
from metrics.policy import Policy
from metrics.records import Cursor
from metrics.register import book, driving
from metrics.register.driving import Push
from metrics.register.risk import Risk
from metrics.register.scales import VELOCITIES, Place, Rule

MOVED = 1.1
FAST = {name: rank for rank, name in enumerate(VELOCITIES)}


@dataclass(frozen=True)
class Standing:
    """A risk with what the data say of it.

    `suggested` is the likelihood by the rule; `now` where it stands: what was confirmed, moved since then as the
    suggestion moved (so that what a person knew better stays in it), or the suggestion where nobody has reviewed it;
    None where nothing is measured and nobody reviewed it. `state` is confirmed, moved, suggested or unknown.
    `before` is the last review on earlier data, `since` its day. `trend` is worse, better, same or empty.
    `appetite` is the most expected impact that is accepted, `excess` what stands above it (points; below it, negative).
    `needs` are the reasons to act, as names of texts.
    """

    risk: Risk
    pushes: tuple[Push, ...]
    pressure: float | None
    suggested: float | None
    now: Place | None
    state: str
    before: Place | None
    since: datetime.date | None
    trend: str
    appetite: float
    above: bool
    excess: float
    overdue: bool
    needs: tuple[str, ...]

    @property
    def red(self) -> tuple[Push, ...]:
        """The linked indicators past their red line."""
        return tuple(push for push in self.pushes if push.level == "red")


@dataclass(frozen=True)
class Register:
    """All risks on a date, the one that needs action most first."""

    standings: tuple[Standing, ...]
    period: datetime.date
    rule: Rule

    @property
    def above(self) -> tuple[Standing, ...]:
        """Those above their appetite."""
        return tuple(one for one in self.standings if one.above)

    @property
    def moved_most(self) -> Standing | None:
        """The risk whose expected impact moved by most points since its last review; None where none moved."""
        moved = [one for one in self.standings if one.trend in ("worse", "better")]
        return max(moved, key=lambda one: _distance(one, self.rule), default=None)


def _distance(one: Standing, rule: Rule) -> float:
    """Points of expected impact between the last review and now."""
    return 0.0 if one.now is None or one.before is None else abs(rule.expected(one.now) - rule.expected(one.before))


def register(
    cursor: Cursor, policy: Policy, language: str = "en", period: datetime.date | None = None, rule: Rule | None = None,
    found: Mapping[str, Push] | None = None, figures: pd.DataFrame | None = None,
) -> Register:  # fmt: skip
    """The register on a date with data (None: the newest); an earlier one shows it as it stood then.

    Args:
        found: what the linked indicators say, where the caller has it already.
        figures: the values of the whole, as `driving.pushes` takes them.

    Raises:
        EvenkeelError: no data, no such date, or several institutions in scope.
    """
    known = values.periods(cursor)
    if not known:
        raise EvenkeelError("register.no_data")
    day = period or known[-1]
    then = None if day == known[-1] else day
    chosen = rule or Rule()
    risks = book.risks(cursor, language, then)
    names = [name for risk in risks for name in risk.indicators]
    if found is None or any(name not in found for name in names):
        found = driving.pushes(cursor, policy, day, names, figures)
    stands = [_standing(cursor, risk, found, day, then, chosen) for risk in risks]
    return Register(tuple(sorted(stands, key=_urgency)), day, chosen)


def _standing(
    cursor: Cursor, risk: Risk, found: Mapping[str, Push], period: datetime.date, then: datetime.date | None, rule: Rule
) -> Standing:  # fmt: skip
    pushes = tuple(found[name] for name in risk.indicators if name in found)
    pressed = driving.pressure(pushes)
    suggested = None if pressed is None else driving.suggested(risk.inherent, risk.target, pressed)
    now, state = _now(risk, suggested)
    last = _last_review(book.reviews(cursor, risk.id, then) if risk.version else [], period)
    before = last.residual if last else None
    one = Standing(
        risk=risk, pushes=pushes, pressure=pressed, suggested=suggested, now=now, state=state, before=before,
        since=last.reviewed_on if last else None, trend=_trend(before, now, rule),
        appetite=risk.tolerance * rule.expected(risk.target), above=False, excess=0.0,
        overdue=risk.review_due is not None and risk.review_due < period, needs=(),
    )  # fmt: skip
    excess = 0.0 if now is None else rule.expected(now) - one.appetite
    above = now is not None and shown(rule.expected(now)) > shown(one.appetite)
    one = replace(one, above=above, excess=excess)
    return replace(one, needs=_needs(one))


def shown(expected: float) -> float:
    """Expected impact as readers see it, to a hundredth of a point; what they see equal is equal."""
    return round(expected, 2)


def _now(risk: Risk, suggested: float | None) -> tuple[Place | None, str]:
    """Where a risk stands, and on whose word."""
    if risk.residual is None:
        return (None, "unknown") if suggested is None else (replace(risk.target, likelihood=suggested), "suggested")
    if suggested is None or not risk.suggested:
        return risk.residual, "confirmed"
    likelihood = min(1.0, risk.residual.likelihood * suggested / risk.suggested)
    moved = round(likelihood, 3) != round(risk.residual.likelihood, 3)
    return (replace(risk.residual, likelihood=likelihood), "moved") if moved else (risk.residual, "confirmed")


def _last_review(reviews: Sequence[Risk], period: datetime.date) -> Risk | None:
    """The newest review that was made on data before the period."""
    earlier = [one for one in reviews if (one.data_until or one.reviewed_on or period) < period]
    return earlier[-1] if earlier else None


def _trend(before: Place | None, now: Place | None, rule: Rule) -> str:
    if before is None or now is None:
        return ""
    then, today = rule.expected(before), rule.expected(now)
    if today >= then * MOVED and today > then:
        return "worse"
    return "better" if today <= then / MOVED and today < then else "same"


def _needs(one: Standing) -> tuple[str, ...]:
    """Why somebody should look at a risk, the strongest reason first."""
    reasons = {
        "above": one.above,
        "red": bool(one.red),
        "worse": one.trend == "worse",
        "overdue": one.overdue,
        "unconfirmed": one.state == "moved",
        "unreviewed": one.risk.residual is None,
        "unknown": one.state == "unknown",
        "unowned": not one.risk.owner,
    }
    return tuple(name for name, holds in reasons.items() if holds)


def _urgency(one: Standing) -> tuple[object, ...]:
    """Above appetite first, by how far; of equals whichever strikes faster; then red limits, worsening, overdue."""
    return (
        not one.above,
        -shown(one.excess) if one.above else 0.0,
        -len(one.red),
        one.trend != "worse",
        not one.overdue,
        FAST[one.risk.velocity],
        one.risk.id,
    )
