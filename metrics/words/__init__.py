"""Every text that a reader sees, in each language, from one source.

A key is `area.name`; it stands as `name` in `LANGUAGE/area.json`. Its text is a string with `{param}`
places, or an object of plural forms (`one`, `other`, ... as CLDR names them) chosen by the param `n`.
"""

import datetime
import json
import math
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision, get_decimal_symbol, get_group_symbol

LANGUAGES = ("en", "fr", "es")
NARROW_SPACE = "\u202f"


@cache
def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """All texts of a language, `area.name` -> text or plural forms."""
    folder = Path(__file__).parent / language
    return {
        f"{file.stem}.{name}": text
        for file in sorted(folder.glob("*.json"))
        for name, text in json.loads(file.read_text(encoding="utf-8")).items()
    }


def area(language: str, name: str) -> dict[str, str | dict[str, str]]:
    """The texts of one area, as the browser gets them: name -> text or plural forms."""
    prefix = name + "."
    return {key.removeprefix(prefix): text for key, text in catalogue(language).items() if key.startswith(prefix)}


def plural(language: str, n: float) -> str:
    """CLDR plural category of n: 'one', 'other', ... (French counts 0 and 1.5 as 'one')."""
    return str(Locale.parse(language).plural_form(n))


def say(language: str, key: str, /, **params: object) -> str:
    """The text of a key with its params put in; numbers are written as the language writes them.

    Raises:
        KeyError: no such key; the tests hold every key to stand in every language.
    """
    text = catalogue(language)[key]
    if isinstance(text, dict):
        n = params.get("n", 0)
        form = plural(language, float(n) if isinstance(n, (int, float)) else 0.0)
        text = text.get(form, text["other"])
    return text.format_map({name: _written(language, value) for name, value in params.items()})


def _written(language: str, value: object) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return number(language, value)
    if isinstance(value, float) and math.isfinite(value):
        return number(language, value, 0 if value == int(value) else 2)
    if isinstance(value, datetime.date):
        return date(language, value)
    return str(value)


def number(language: str, x: float, decimals: int = 0) -> str:
    """x with a fixed number of decimals: 1,234.5 in English, 1 234,5 in French, 1.234,5 in Spanish."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(x, format=pattern, locale=language)).replace("\xa0", NARROW_SPACE)


def decimal_signs(language: str) -> tuple[str, str]:
    """What stands between whole and part, and what between thousands: . and , in English; , and . in Spanish."""
    return str(get_decimal_symbol(language)), str(get_group_symbol(language))


def percent(language: str, share: float, decimals: int = 1) -> str:
    """A share (0.05) as a percentage (5.0 %), with a narrow no-break space in every language."""
    return number(language, share * 100, decimals) + NARROW_SPACE + "%"


def money(language: str, x: float, currency: str | None) -> str:
    """An amount with the decimals of its currency (XOF: none) and its name as readers know it."""
    decimals = get_currency_precision(currency) if currency else 2
    return number(language, x, decimals) + (NARROW_SPACE + currency_name(currency) if currency else "")


def short_money(language: str, x: float, currency: str | None) -> str:
    """A large amount in three figures: 18.5 bn FCFA, 96 m FCFA."""
    for size, key in ((1e9, "billion"), (1e6, "million")):
        if abs(x) >= size:
            scaled = x / size
            written = number(language, scaled, 1 if abs(scaled) < 100 else 0)
            name = NARROW_SPACE + currency_name(currency) if currency else ""
            return written + NARROW_SPACE + str(catalogue(language)["format." + key]) + name
    return money(language, x, currency)


def currency_name(currency: str) -> str:
    """The usual short name of a currency: FCFA for XOF and XAF, else its code."""
    return "FCFA" if currency in ("XOF", "XAF") else currency


def date(language: str, day: datetime.date) -> str:
    """30 Sep 2026; 30 sept. 2026."""
    return str(format_date(day, "d MMM y", locale=language))


def month(language: str, day: datetime.date, year: bool = True) -> str:
    """Sep 2026; sept. 2026 (or the month's full name without its year)."""
    return str(format_date(day, "MMM y" if year else "LLLL", locale=language))
