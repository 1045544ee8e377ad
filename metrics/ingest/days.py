"""Days that a sheet names beside its table - in its titles, its name, the file's name - to offer where one is asked."""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel.dates import get_month_names

from metrics.ingest.model import Plan

LANGUAGES = ("en", "fr", "es", "pt")
MOST = 3
YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/._ ]?(0\d|1[0-2])[-/._ ]?([0-3]\d)(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)([0-3]?\d)[-/._ ]([0-3]?\d)[-/._ ]((?:19|20)\d\d)(?!\d)")
MONTH_FIRST = re.compile(r"([a-z]{3,})\.? ([0-3]?\d),? ((?:19|20)\d\d)(?!\d)")
IN_WORDS = re.compile(r"(?:(?<!\d)([0-3]?\d)(?:st|nd|rd|th|er)? (?:de )?)?([a-z]{3,})\.? (?:de )?((?:19|20)\d\d)(?!\d)")


def suggested(plan: Plan) -> tuple[datetime.date, ...]:
    """Days that the words around a table name, ends of months first, then the latest; at most three, none to come."""
    titles = [text for row in plan.top if row.no < plan.header_row for text in row.texts if text]
    texts = [*titles, plan.sheet.name, plan.sheet.file]
    days = {day for text in texts for day in _days(text) if day <= datetime.date.today()}
    return tuple(sorted(days, key=lambda day: (_ends(day), day), reverse=True)[:MOST])


def _ends(day: datetime.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _days(text: str) -> Iterator[datetime.date]:
    """Every day that a text may name; where the order of day and month is open, both."""
    for year, month, day in YEAR_FIRST.findall(text):
        yield from _day(int(year), int(month), int(day))
    for one, other, year in YEAR_LAST.findall(text):
        yield from _day(int(year), int(other), int(one))
        yield from _day(int(year), int(one), int(other))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = MONTH_FIRST.sub(r"\2 \1 \3", plain)
    for day, name, year in IN_WORDS.findall(plain):
        month = _month(name)
        if month:
            yield from _day(int(year), month, int(day or calendar.monthrange(int(year), month)[1]))


def _month(name: str) -> int | None:
    """The month whose name begins so: sept and septembre, not marché."""
    return next((number for full, number in _months().items() if full.startswith(name)), None)


def _day(year: int, month: int, day: int) -> Iterator[datetime.date]:
    try:
        yield datetime.date(year, month, day)
    except ValueError:
        return


@cache
def _months() -> dict[str, int]:
    """Name of a month without accents -> its number."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for number, name in get_month_names("wide", locale=language).items():
            plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isalpha() and c.isascii())
            found.setdefault(plain, int(number))
    return found
