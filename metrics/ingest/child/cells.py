"""A cell as text. A mark before it says what a workbook knew of it: a number, a date, an error."""

import csv
import datetime
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

from metrics.ingest.child.caps import LONGEST_CELL

NUMBER, DATE, ERROR, TOO_LONG = "\x01", "\x02", "\x03", "\x04"
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
WIDE = re.compile("[\xa0\u202f\u2009]")
HIDDEN = re.compile(f"{INVISIBLE.pattern}|{WIDE.pattern}")
MOST_SHOWN = 200
MOST_KNOWN = 200_000
ORDINARY = re.compile(r"-?\d+(\.\d+)?")
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
    """What was changed in the text at hand: name of the repair and the text before, for whoever knows its place."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def add(self, name: str, before: str) -> None:
        """Remember a change; characters that nobody sees are shown by their number."""
        if all(name != known for known, _ in self.made):
            self.made.append((name, HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", before[:MOST_SHOWN])))

    def drain(self) -> list[tuple[str, str]]:
        """The changes since the last time."""
        made, self.made = self.made, []
        return made


class Fixes:
    """The file beside a sheet's rows that tells each repaired cell: row, place, repair, text before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out: Any = None

    def put(self, row_no: int, place: int, made: list[tuple[str, str]]) -> None:
        """Write what was done to one cell; place -1 where the column is not known."""
        if self.out is None:
            self.out = self.path.open("w", encoding="utf-8", newline="")
        csv.writer(self.out, lineterminator="\n").writerows([row_no, place, *one] for one in made)

    def close(self) -> str:
        """The file's name; blank where nothing was repaired."""
        if self.out is None:
            return ""
        self.out.close()
        return self.path.name


repairs = Repairs()
_known: dict[str, str] = {}


def visible(text: str) -> str:
    """The text without control, zero-width and direction characters, composed (NFC), with plain spaces."""
    if text.isascii():
        return _without(CONTROL, text) if CONTROL.search(text) else text
    if TWICE_ENCODED.search(text):
        text = _decoded(text)
    text = unicodedata.normalize("NFC", text)
    if INVISIBLE.search(text):
        text = _without(INVISIBLE, text)
    if WIDE.search(text):
        repairs.add("invisible", text)
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", " ")


def _decoded(text: str) -> str:
    """A text that was saved as UTF-8 twice, read back once more; as it is where that fails."""
    try:
        found = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    repairs.add("twice_encoded", text)
    return found


def _without(characters: re.Pattern[str], text: str) -> str:
    repairs.add("invisible", text)
    return characters.sub("", text)


def western(text: str) -> str:
    """A figure or a date in the digits of another script, written with ours; every other text as it is."""
    if text.isascii() or not FIGURE.fullmatch(text) or not any(character.isdecimal() for character in text):
        return text
    repairs.add("other_digits", text)
    digits = {ord(c): str(unicodedata.decimal(c)) for c in set(text) if c.isdecimal()}
    return text.translate(digits | MARKS_OF_DIGITS)


def clean(text: str) -> str:
    """One cell's text on one line; an over-long one is cut and marked."""
    text = western(SPACES.sub(" ", visible(text)).strip())
    if len(text) > LONGEST_CELL:
        return TOO_LONG + text[:60]
    return ERROR + text if text in ERRORS else text


def of_workbook(value: Any) -> str:
    """A workbook's cell as marked text: numbers in plain notation, dates as ISO."""
    kind = type(value)
    if kind is str:
        found = _known.get(value)
        return _cleaned(value) if found is None else found
    if kind is float or kind is int:
        return NUMBER + plain(value)
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return DATE + value.isoformat()[:10]
    return clean(str(value))


def _cleaned(value: str) -> str:
    """A text made clean, and remembered where nothing had to be repaired: most texts of a sheet stand there often."""
    found = clean(value)
    if not repairs.made and len(_known) < MOST_KNOWN:
        _known[value] = found
    return found


def plain(value: int | float) -> str:
    """A number without exponent and without a needless fraction: 123, 0.052."""
    written = repr(value)
    if written.endswith(".0"):
        return written[:-2]
    if ORDINARY.fullmatch(written):
        return written
    number = Decimal(written)
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
