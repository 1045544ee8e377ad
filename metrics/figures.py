"""Values of indicators as readers see them: the unit comes from the definition, the rest from the language."""

from metrics.catalogue import Indicator
from metrics.words import NARROW_SPACE, currency_name, money, number, percent, say, short_money


def share(language: str, value: float) -> str:
    """A share in at most one decimal, without a zero that says nothing: 24 %, 13.1 %."""
    whole = abs(value * 1000 - round(value * 100) * 10) < 0.5
    return percent(language, value, 0 if whole else 1)


def points(language: str, value: float) -> str:
    """A number of points on a scale of 100, with at most one decimal: 12 points, 3.5 points."""
    rounded = round(value, 1) + 0.0
    whole = rounded == round(rounded)
    return say(language, "pages.points_text", n=rounded, number=number(language, rounded, 0 if whole else 1))


def figure(language: str, indicator: Indicator, value: float | None, currency: str | None = None) -> str:
    """A value in its indicator's unit; a dash where there is none.

    Args:
        language: en or fr.
        indicator: whose unit counts.
        value: shares as fractions (0.05 is 5 %).
        currency: ISO 4217 code, for amounts.
    """
    if value is None or value != value:
        return "–"
    if indicator.unit == "%":
        return share(language, value)
    if indicator.unit == "money":
        return money(language, value, currency)
    if indicator.unit == "days":
        return say(language, "pages.days", n=round(value))
    if indicator.unit == "points":
        return points(language, value * 100)
    if indicator.unit == "ratio":
        return number(language, value, 2)
    return number(language, value, 0 if abs(value) >= 100 or value == round(value) else 1)


def portfolio(language: str, amount: float, currency: str) -> str:
    """A portfolio in few figures: 18.5 bn FCFA, 421,894 USD."""
    if abs(amount) >= 1e6:
        return short_money(language, amount, currency)
    name = NARROW_SPACE + currency_name(currency) if currency else ""
    return number(language, amount) + name


def in_words(plain: str) -> str:
    """A name inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return plain if plain[:2].isupper() else plain[:1].lower() + plain[1:]
