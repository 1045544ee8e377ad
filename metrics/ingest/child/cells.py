"""A cell as text. A mark before it says what a workbook knew of it: a number, a date, an error."""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

NUMBER, DATE, ERROR, TOO_LONG = "\x01", "\x02", "\x03", "\x04"
LONGEST = 1000
MOST_COLUMNS = 500
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Accents of a text that was read as Windows-1252 although it was UTF-8.
TWICE_ENCODED = re.compile("[ÃÂ][\xa1-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")
SPACES = re.compile(r"\s+")
FIGURE = re.compile(r"[\d\s.,:/%()+\-٫٬]+")
MARKS_OF_DIGITS = {ord("٫"): ".", ord("٬"): ","}
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A")


class Fault(Exception):
    """The file cannot be read; `key` and `params` make the sentence that the user reads."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class Repairs:
    """How many texts were changed on the way, by the key of the note that says so."""

    def __init__(self) -> None:
        names = ("invisible", "other_digits", "twice_encoded")
        self.counts = {f"import.note_{name}": 0 for name in names}

    def notes(self) -> list[dict[str, Any]]:
        """A note for each kind of change that happened; the counts start anew."""
        found = [{"key": key, "params": {"n": n}} for key, n in self.counts.items() if n]
        self.counts = dict.fromkeys(self.counts, 0)
        return found


repairs = Repairs()


def visible(text: str) -> str:
    """The text without control, zero-width and direction characters, composed (NFC), with plain spaces."""
    if text.isascii():
        return _without(CONTROL, text) if CONTROL.search(text) else text
    if TWICE_ENCODED.search(text):
        text = _decoded(text)
    text = unicodedata.normalize("NFC", text)
    if INVISIBLE.search(text):
        text = _without(INVISIBLE, text)
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", " ")


def _decoded(text: str) -> str:
    """A text that was saved as UTF-8 twice, read back once more; as it is where that fails."""
    try:
        found = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    repairs.counts["import.note_twice_encoded"] += 1
    return found


def _without(characters: re.Pattern[str], text: str) -> str:
    repairs.counts["import.note_invisible"] += 1
    return characters.sub("", text)


def western(text: str) -> str:
    """A figure or a date in the digits of another script, written with ours; every other text as it is."""
    if text.isascii() or not FIGURE.fullmatch(text) or not any(character.isdecimal() for character in text):
        return text
    repairs.counts["import.note_other_digits"] += 1
    digits = {ord(c): str(unicodedata.decimal(c)) for c in set(text) if c.isdecimal()}
    return text.translate(digits | MARKS_OF_DIGITS)


def clean(text: str) -> str:
    """One cell's text on one line; an over-long one is cut and marked."""
    text = western(SPACES.sub(" ", visible(text)).strip())
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
