"""Pieces of text that lists and drawers share; every value of the data is escaped here."""

from metrics import findings
from metrics.catalogue import indicators
from metrics.figures import figure
from metrics.picture import Driver, Picture, Unit
from metrics.words import month
from pages.ui.screen import Screen
from pages.ui.text import md

MARKS = {"critical": ":red[■]", "below": ":orange[▲]", "within": ":gray[●]", "none": ":gray[○]"}
TONES = {"critical": "red", "below": "orange", "within": "gray", "none": "gray"}
LEVELS = {"red": ":red[■] ", "amber": ":orange[▲] ", "": ""}


def status(screen: Screen, unit: Unit) -> str:
    """Mark and word of a status; colour never stands alone."""
    return f"{MARKS[unit.status]} :{TONES[unit.status]}[{findings.status_text(screen.language, unit)}]"


def name(screen: Screen, unit: Unit) -> str:
    """Mark, name and status, as the label of a row."""
    word = findings.status_text(screen.language, unit)
    return f"{MARKS[unit.status]} **{md(unit.name)}** :{TONES[unit.status]}[{word}]"


def reason(screen: Screen, picture: Picture, driver: Driver, mark: bool = False) -> str:
    """What, number, limit: Over-indebted clients **24 %**, limit 20 %."""
    indicator = indicators()[driver.indicator]
    value = figure(screen.language, indicator, driver.value, picture.currency)
    name = screen.named(indicator, "plain")
    if name != indicator.text(screen.language, "plain"):  # with its meaning a plain name is too long for a row
        name = screen.named(indicator, "short")
    said = f"{md(name)} **{md(value)}**"
    if driver.limit is not None:
        limit = figure(screen.language, indicator, driver.limit, picture.currency)
        said += screen.say("reason_limit", limit=md(limit))
    return LEVELS[driver.level] + said if mark else said


def change(screen: Screen, picture: Picture, driver: Driver) -> str:
    """The value a quarter before: was 19 % in June."""
    if driver.change is None or driver.value is None or picture.before_period is None:
        return ""
    before = figure(screen.language, indicators()[driver.indicator], driver.value - driver.change, picture.currency)
    return md(screen.say("driver_was", value=before, month=month(screen.language, picture.before_period, year=False)))


def people(screen: Screen, driver: Driver) -> str:
    """Whom the value counts: 812 clients."""
    kind = indicators()[driver.indicator].people
    if driver.n is None or kind == "none":
        return ""
    return screen.say(f"people_{kind}", n=int(driver.n))


def healths(screen: Screen, unit: Unit) -> str:
    """Both healths in their pillars' colours."""
    return "&ensp;".join(
        f":{tone}[{screen.say(f'short_{pillar}')} **{findings.health_text(screen.language, getattr(unit, pillar))}**]"
        for pillar, tone in (("financial", "blue"), ("social", "green"))
    )


def balance(screen: Screen, unit: Unit) -> str:
    """The balance, always with its diamond."""
    return f"◆ {screen.say('short_balance')} **{findings.health_text(screen.language, unit.balance)}**"
