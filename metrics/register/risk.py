"""One risk of the register: what is written of it, and what is refused."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metrics import catalogue
from metrics.errors import EvenkeelError, nearest
from metrics.records import Body, Cursor, Kind
from metrics.register.scales import PARTS, SEVERITIES, STAGES, VELOCITIES, Place, Rule, place_of

# As the Risk Management Graduation Model of RIM (2015) divides risks, with the social results of its roof.
CATEGORIES = (
    "governance", "strategic", "social_results", "transaction", "portfolio", "liquidity", "currency", "interest_rate",
    "capital", "people", "process", "systems", "external", "legal",
)  # fmt: skip
CLOSE = 0.005
TOLERANCE, MOST = 2.0, 20


@dataclass(frozen=True)
class Risk:
    """A risk as it stands; `version` is 0 where the institution has not changed the shipped one.

    `residual` is what a person confirmed on `reviewed_on` with the data until `data_until`; None before the first
    review. `suggested` is the likelihood that the rule gave then. The appetite is exceeded beyond `tolerance` times the
    target's expected impact.
    """

    id: str
    version: int
    title: str
    category: str
    financial: str
    social: str
    causes: str
    controls: str
    owner: str
    appetite: str
    velocity: str
    indicators: tuple[str, ...]
    inherent: Place
    target: Place
    residual: Place | None
    suggested: float | None
    reason: str
    reviewed_on: datetime.date | None
    data_until: datetime.date | None
    review_months: int
    tolerance: float
    who: str
    body: Mapping[str, Any]

    @property
    def review_due(self) -> datetime.date | None:
        """The day by which it is to be reviewed again; None before the first review."""
        if self.reviewed_on is None:
            return None
        month = self.reviewed_on.month - 1 + self.review_months
        year, month = self.reviewed_on.year + month // 12, month % 12 + 1
        return datetime.date(year, month, min(self.reviewed_on.day, calendar.monthrange(year, month)[1]))


def risk_of(record_id: str, body: Mapping[str, Any], version: int = 0, who: str = "") -> Risk:
    """A risk from the body of its record, or of the shipped one."""
    inherent, target = place_of(body, "inherent"), place_of(body, "target")
    assert inherent is not None and target is not None, "the check lets no risk pass without them"
    words = {name: str(body.get(name) or "") for name in WORDS}
    return Risk(
        id=record_id, version=version, who=who, body=body, indicators=tuple(body["indicators"]),
        inherent=inherent, target=target, residual=place_of(body, "residual"), suggested=body.get("suggested"),
        reviewed_on=_day(body.get("reviewed_on")), data_until=_day(body.get("data_until")),
        review_months=int(body.get("review_months") or 3), tolerance=float(body.get("tolerance") or TOLERANCE), **words,
    )  # fmt: skip


WORDS = (
    "title", "category", "financial", "social", "causes", "controls", "owner", "appetite", "velocity", "reason"
)  # fmt: skip


def _day(text: object) -> datetime.date | None:
    return None if not text else datetime.date.fromisoformat(str(text))


def refuse(_: Cursor, record_id: str, body: Body) -> None:
    """Refuse a risk that is linked to nothing, stands outside its scales, or contradicts itself.

    Raises:
        EvenkeelError: says what is wrong with which risk and what to do.
    """
    title = str(body["title"])
    _known(title, "category", body["category"], CATEGORIES)
    _known(title, "velocity", body["velocity"], VELOCITIES)
    _linked(title, body["indicators"])
    for stage in STAGES:
        _inside(title, stage, body)
    inherent, target = place_of(body, "inherent"), place_of(body, "target")
    if inherent is None or target is None:
        raise EvenkeelError("register.no_place", title=title)
    if _worse(target, inherent):
        raise EvenkeelError("register.target_beyond", title=title)
    if not 1 <= float(body.get("tolerance") or TOLERANCE) <= MOST:
        raise EvenkeelError("register.bad_tolerance", title=title, most=MOST)
    _reviewed(title, body)


def _known(title: str, field: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        near = nearest(str(value), choices)
        raise EvenkeelError(f"register.unknown_{field}", title=title, value=value, known=", ".join(choices),
                            nearest=near)  # fmt: skip


def _linked(title: str, names: object) -> None:
    known = catalogue.indicators()
    if not isinstance(names, list) or not names:
        raise EvenkeelError("register.linked_to_nothing", title=title)
    for name in names:
        if name not in known:
            raise EvenkeelError("register.unknown_indicator", title=title, name=name, nearest=nearest(str(name), known))


def _inside(title: str, stage: str, body: Body) -> None:
    """Shares lie between 0 and 1, a likelihood above 0, a severity is one of four; a place is given whole."""
    given = {part: body.get(f"{stage}_{part}") for part in PARTS}
    if all(value is None for value in given.values()):
        return
    if any(value is None for value in given.values()):
        raise EvenkeelError("register.half_a_place", title=title)
    for part, value in given.items():
        if not _fits(part, value):
            raise EvenkeelError(f"register.outside_{part}", title=title, value=str(value))


def _fits(part: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if part == "severity":
        return value in SEVERITIES
    return (0 < value <= 1) if part == "likelihood" else (0 <= value <= 1)


def _worse(target: Place, inherent: Place) -> bool:
    """Whether a target is beyond what would be without any control."""
    either = Rule("higher")
    return target.likelihood > inherent.likelihood or either.impact(target) > either.impact(inherent)


def _reviewed(title: str, body: Body) -> None:
    """A confirmed residual says when and on which data; one that differs from the suggestion says why."""
    if place_of(body, "residual") is None:
        return
    if not body.get("reviewed_on"):
        raise EvenkeelError("register.no_review_day", title=title)
    suggested, reason = body.get("suggested"), str(body.get("reason") or "").strip()
    if suggested is not None and not reason and differs(float(body["residual_likelihood"]), float(suggested)):
        raise EvenkeelError("register.no_reason", title=title)


def differs(likelihood: float, suggested: float) -> bool:
    """Whether a confirmed likelihood is another one than suggested: more than half a point of 100 apart."""
    return abs(likelihood - suggested) > CLOSE


FIELDS = {
    "title": True, "category": True, "financial": True, "social": True, "indicators": True, "velocity": True,
    "causes": False, "controls": False, "owner": False, "appetite": True, "tolerance": False,
    "review_months": False,
    **{f"{stage}_{part}": stage != "residual" for stage in STAGES for part in PARTS},
    "suggested": False, "reason": False, "reviewed_on": False, "data_until": False,
}  # fmt: skip
RISK = Kind("risk", "register", FIELDS, refuse)
