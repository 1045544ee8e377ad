"""A cell as text. A mark before it says what a workbook knew of it: a number, a date, an error."""

import datetime
import re
import unicodedata
from decimal import Decimal

NUMBER, DATE, ERROR, TOO_LONG = "\x01", "\x02", "\x03", "\x04"
LONGEST = 1000
MOST_COLUMNS = 500
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SPACES = re.compile(r"\s+")
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A")


class Fault(Exception):
    """The file cannot be read; `key` and `params` make the sentence that the user reads."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


def visible(text: str) -> str:
    """The text without control, zero-width and direction characters, composed (NFC), with plain spaces."""
    if text.isascii():
        return CONTROL.sub("", text) if CONTROL.search(text) else text
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", " ")


def clean(text: str) -> str:
    """One cell's text on one line; an over-long one is cut and marked."""
    text = SPACES.sub(" ", visible(text)).strip()
    if len(text) > LONGEST:
        return TOO_LONG + text[:60]
    return ERROR + text if text in ERRORS else text


def of_workbook(value: object) -> str:
    """A workbook's cell as marked text: numbers in plain notation, dates as ISO."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return NUMBER + plain(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return DATE + value.isoformat()[:10]
    return clean(str(value))


def plain(value: int | float) -> str:
    """A number without exponent and without a needless fraction: 123, 0.052."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(number)
    whole = number.to_integral_value()
    return format(whole if number == whole else number, "f")


def percent(value: float) -> str:
    """A fraction that the workbook shows as a percentage: 0.052 -> 5.2%, marked as a number."""
    return NUMBER + plain(float(Decimal(repr(value)) * 100)) + "%"


def letters(index: int) -> str:
    """The name of a column as Excel shows it: 0 -> A, 27 -> AB."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
