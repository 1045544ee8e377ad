"""Values of a disclosure in words: figures, periods, segments, changes, gaps and causes."""

import datetime

from metrics import definitions, figures
from metrics.catalogue import indicators
from metrics.disclosures.model import HIDDEN, NEEDS, NO_MEMBER, REPORTED, Disclosure, Restated, Value
from metrics.packs.differing import Moved, change_text
from metrics.packs.model import HIDDEN as MARK
from metrics.packs.model import Number
from metrics.words import catalogue, money, percent, say
from metrics.words import date as written
from metrics.words import number as figure

MISSING = "–"
UNITS = {"per_100": "ratio"}  # units of ours -> those of packs


def plainly(day: str) -> datetime.date:
    """A date from its ISO text."""
    return datetime.date.fromisoformat(day)


def number(found: Disclosure, one: Value, language: str, day: str = "") -> Number:
    """A value as a number of a pack; kept back or missing where it is."""
    unit, name = UNITS.get(one.unit, one.unit), one.ref(day or found.period)
    if one.status == HIDDEN:
        return Number(None, say(language, "packs.kept_back"), unit, name, None, "", "", MARK)
    if one.value is None:
        return Number(None, MISSING, unit, name)
    return Number(one.value, text(found, one, one.value, language), unit, name, one.n)


def text(found: Disclosure, one: Value, value: float, language: str) -> str:
    """A value in its unit."""
    known = indicators().get(one.what)
    if known is not None and known.unit == one.unit:
        return figures.figure(language, known, value, found.currency)
    if one.unit == "%":
        return figures.share(language, value)
    if one.unit == "money":
        return money(language, value, found.currency)  # in full: a return is checked against the ledger
    if one.unit == "days":
        return say(language, "pages.days", n=round(value))
    if one.unit == "points":
        return figures.points(language, value * 100)
    return figure(language, value, 2 if one.unit == "ratio" else 1 if one.unit == "per_100" else 0)


def percentage(share: float | None, language: str) -> Number:
    """A share of people, or a dash."""
    if share is None:
        return Number(None, MISSING, "%")
    return Number(share, percent(language, share, 0), "%")


def when(one: Value, period: str, language: str) -> str:
    """The day, or the twelve months up to it; with whether somebody else computed the figure."""
    day = written(language, plainly(period))
    said = say(language, "disclosures.year_to" if one.months else "disclosures.at_day", date=day)
    return f"{said} ({say(language, 'disclosures.as_reported')})" if one.status == REPORTED else said


def of_whom(one: Value, language: str) -> str:
    """The institution, or the segment."""
    if not one.place:
        return say(language, "disclosures.scope_whole")
    (by, member), *_ = one.place
    return str(catalogue(language).get(f"indicators.segment_{by}_{member.lower()}", member))


def changed(found: Disclosure, one: Value, language: str) -> Number:
    """How far a value moved since the last disclosure."""
    unit = "points" if one.unit == "%" else UNITS.get(one.unit, one.unit)
    if one.before is None or one.value is None:
        return Number(None, MISSING, unit)
    then = Number(one.before, "", one.unit)
    moved = Moved("", "", then, Number(one.value, "", one.unit), one.value - one.before, "")
    same = text(found, one, one.before, language) == text(found, one, one.value, language)
    said = say(language, "packs.unchanged") if same else change_text(language, moved)
    return Number(one.value - one.before, said, unit)


def why_not(one: Value, language: str) -> str:
    """Why a line has no figure, and what would enable it."""
    if one.status == NEEDS:
        return say(language, "disclosures.gap_needs", needs=one.needs)
    name = one.status if one.status in (HIDDEN, NO_MEMBER) else "empty"
    return say(language, f"disclosures.gap_{name}")


def because(one: Restated, language: str) -> str:
    """What the data and the definitions suggest as the reason of a restatement."""
    if not one.causes:
        return say(language, "disclosures.cause_none")
    said = []
    for cause in one.causes:
        names = cause.names
        if cause.kind == "definition":
            labels = ("par30" if name in definitions.PAR else name for name in names)
            names = tuple(dict.fromkeys(say(language, f"settings.label_{label}") for label in labels))
        said.append(say(language, f"disclosures.cause_{cause.kind}", names=", ".join(names)))
    return "; ".join(said)
