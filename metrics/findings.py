"""The sentences of a page: a picture in, one finding in plain words out."""

from metrics.catalogue import indicators
from metrics.definitions import named
from metrics.figures import in_words
from metrics.formula import displayed
from metrics.picture import Driver, Picture, Unit
from metrics.policy import Policy
from metrics.words import month, number, percent, say

MIN_CLIENTS = 10
NEEDS_ACTION = ("below", "critical")


def shown(health: float) -> int:
    """A health as pages show it: a whole number, halves up, so that equal numbers share a rank."""
    return int(displayed(health, 0))


def needs_action(unit: Unit) -> bool:
    """Whether a health of the unit is under its limit."""
    return unit.status in NEEDS_ACTION


def counted(picture: Picture) -> tuple[Unit, ...]:
    """The units that a count may name: enough clients, and a health to judge."""
    return tuple(unit for unit in picture.units if not unit.too_few and unit.status != "none")


def acting(picture: Picture) -> tuple[Unit, ...]:
    """The units that need action, worst first."""
    return tuple(unit for unit in counted(picture) if needs_action(unit))


def units_text(language: str, by: str, n: int) -> str:
    """A count of units with its noun: 12 branches, 1 institution."""
    return say(language, f"pages.units_{by}", n=n)


def warnings(picture: Picture) -> tuple[tuple[Unit, Driver], ...]:
    """Scored indicators past their limit, the worst unit and its worst indicator first.

    Of a unit that needs action every broken limit is listed; of the others the critical ones, so that the
    list stays one that a manager can work off.
    """
    return tuple(
        (unit, driver)
        for unit in picture.units
        for driver in unit.drivers
        if not unit.too_few and driver.score is not None
        if driver.level == "red" or (driver.level and needs_action(unit))
    )


def subject(picture: Picture) -> Unit:
    """Whom the page speaks of as a whole: the one unit that is chosen, else the total of all."""
    return picture.units[0] if len(picture.units) == 1 else picture.whole


def measured(picture: Picture | None) -> str:
    """What can be said of a picture: 'none', 'too_few', 'short', 'financial', 'social' or 'both'."""
    if picture is None or not picture.units:
        return "none"
    whole = picture.whole
    if whole.too_few or all(unit.too_few for unit in picture.units):
        return "too_few"
    financial = _any(picture, "financial")
    social = _any(picture, "social")
    if not financial and not social:
        return "short"
    return "both" if financial and social else "financial" if financial else "social"


def _any(picture: Picture, pillar: str) -> bool:
    return any(getattr(unit, pillar) is not None for unit in (picture.whole, *picture.units))


def headline(picture: Picture | None, language: str) -> str:
    """The one finding of the Overview, with its counts."""
    state = measured(picture)
    if picture is None or state == "none":
        return say(language, "pages.head_no_data")
    if state == "too_few":
        return say(language, "pages.head_too_few", least=MIN_CLIENTS)
    if state == "short":
        return say(language, "pages.head_short", coverage=percent(language, picture.coverage, 0))
    if state in ("financial", "social") and len(counted(picture)) != 1:
        return _one_sided(picture, state, language)
    if not picture.limits_default and not picture.limits_approved:
        return _no_limits(picture, language)
    return _counts(picture, language)


def _one_sided(picture: Picture, state: str, language: str) -> str:
    health = getattr(picture.whole, state)
    if health is None:
        known = sum(getattr(unit, state) is not None for unit in counted(picture))
        return say(language, f"pages.head_{state}_some", units=units_text(language, picture.by, known))
    return say(language, f"pages.head_{state}_only", value=shown(health))


def _no_limits(picture: Picture, language: str) -> str:
    balance = subject(picture).balance
    noun = say(language, f"pages.unit_{picture.by}")
    if balance is None:
        return say(language, "pages.head_no_limits_no_balance", unit=noun)
    return say(language, "pages.head_no_limits", unit=noun, value=shown(balance))


def _counts(picture: Picture, language: str) -> str:
    units, acts = counted(picture), acting(picture)
    if not units:
        return say(language, "pages.head_short", coverage=percent(language, picture.coverage, 0))
    if len(units) == 1:
        return _single(units[0], picture, language)
    if not acts:
        return _all_within(picture, language)
    total = units_text(language, picture.by, len(units))
    first = say(language, "pages.head_need", n=len(acts), units=total)
    missed = sum(unit.missed for unit in acts)
    if not missed:
        second = say(language, "pages.head_none_missed", n=len(acts))
    elif len(acts) == 1:
        second = say(language, "pages.head_missed_only")
    else:
        second = say(language, "pages.head_missed", n=missed)
    return say(language, "pages.head_join", first=first, second=second)


def side_of(unit: Unit) -> tuple[str, float]:
    """The pillar on which a unit stands lowest, and its health there."""
    known = [(pillar, getattr(unit, pillar)) for pillar in ("financial", "social")]
    return min(((pillar, health) for pillar, health in known if health is not None), key=lambda pair: pair[1])


def _single(unit: Unit, picture: Picture, language: str) -> str:
    pillar, health = side_of(unit)
    limit = shown(picture.policy.health_limit)
    said = {"name": unit.name, "side": say(language, f"pages.side_{pillar}")}
    if unit.capped:
        capped = indicators()[unit.capped].text(language, "short")
        return say(language, "pages.head_one_capped", **said, value=shown(health), indicator=capped)
    if needs_action(unit):
        return say(language, "pages.head_one_needs", **said, value=shown(health), limit=limit)
    key = "pages.head_one_within" if shown(health) > limit else "pages.head_one_at_limit"
    return say(language, key, **said, points=_points(language, shown(health) - limit))


def _all_within(picture: Picture, language: str) -> str:
    units = counted(picture)
    closest = min(units, key=lambda unit: side_of(unit)[1])
    pillar, health = side_of(closest)
    gap = shown(health) - shown(picture.policy.health_limit)
    return say(
        language,
        "pages.head_all_within" if gap > 0 else "pages.head_all_within_at_limit",
        units=units_text(language, picture.by, len(units)),
        name=closest.name,
        side=say(language, f"pages.side_{pillar}"),
        points=_points(language, gap),
    )


def _points(language: str, n: int) -> str:
    return say(language, "pages.points", n=n)


def second_line(picture: Picture | None, language: str) -> str:
    """What moved since the period before, and why."""
    if picture is None or measured(picture) in ("none", "too_few", "short"):
        return ""
    if picture.before_period is None or subject(picture).before is None:
        return say(language, "pages.line_first_period")
    since = month(language, picture.before_period, year=False)
    pillar, now, before = _moved(picture)
    if now is None or before is None:
        return say(language, "pages.line_no_before", since=since)
    name = say(language, f"pages.side_{pillar}")
    if shown(now) == shown(before):
        return say(language, "pages.line_unchanged", since=since, side=name, value=shown(now))
    said = {"since": since, "side": name, "before": shown(before), "now": shown(now)}
    if picture.mover is None:
        return say(language, "pages.line_moved", **said)
    unit, indicator = picture.mover
    name = next((other.name for other in picture.units if other.id == unit), unit)
    risk = in_words(named(indicators()[indicator], picture.policy.settings, language))
    return say(language, "pages.line_moved_by", **said, risk=risk, unit=name)


def _moved(picture: Picture) -> tuple[str, float | None, float | None]:
    whole = subject(picture)
    before = whole.before or (None, None, None)
    if whole.balance is not None:
        return "balance", whole.balance, before[2]
    if whole.financial is not None:
        return "financial", whole.financial, before[0]
    return "social", whole.social, before[1]


def quadrant(unit: Unit, policy: Policy) -> str:
    """Where a unit stands: 'healthy', 'money', 'mission' or 'both'; empty where a health is missing."""
    if unit.financial is None or unit.social is None:
        return ""
    money, mission = (
        displayed(health, policy.decimals) < policy.health_limit for health in (unit.financial, unit.social)
    )
    return "both" if money and mission else "money" if money else "mission" if mission else "healthy"


def status_text(language: str, unit: Unit) -> str:
    """The status in words: Within limits, Below limit, Critical; of a capped one what caps it."""
    if unit.capped:
        return say(language, "pages.status_capped", name=indicators()[unit.capped].text(language, "short"))
    return say(language, f"pages.status_{unit.status}")


def health_text(language: str, health: float | None) -> str:
    """A health as a whole number, or a dash where there is none."""
    return "–" if health is None else number(language, shown(health))
