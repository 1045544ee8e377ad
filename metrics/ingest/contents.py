"""What stands below a heading: how many dates, figures, codes; and whether that can be the column it is taken for."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from metrics.ingest import headings
from metrics.ingest.child.cells import DATE, ERROR, NUMBER, TOO_LONG
from metrics.ingest.model import Sheet

MOST_ROWS, LONGEST = 1000, 80  # what is looked at is held in memory
MOST_KEPT = 300
FEW = 3
MOST_LIKE = 0.8
HALF = 0.5
BLANK = frozenset({"", "null", "none", "nil", "-", "--", "n.a.", "n/a", "nan"})
DATES = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:[ T].*)?|(?:19|20)\d{6}"
    r"|\d{1,2}(?:er|st|nd|rd|th|o)?[ \-/.]+(?:de )?[^\W\d]{3,10}\.?[ \-/.,]+(?:de )?(?:\d{4}|\d{2})"
    r"|[^\W\d]{3,10}\.?[ \-/.]+\d{1,2}(?:st|nd|rd|th)?[ \-/.,]+\d{4}"
)
MONTHS = re.compile(r"(?:19|20)\d\d(?:[-/.]\d{1,2})?|\d{1,2}[-/.](?:19|20)\d\d|[^\W\d]{3,10}[ \-]*\d{2,4}")
FIGURE = re.compile(
    r"[-(]?\s*(?:[A-Za-z]{1,4}\.?|[$€£₦₵])?\s*-?\d[\d.,'’\s\u00a0\u202f]*\)?\s*-?\s*(?:[A-Za-z]{1,4}\.?|[$€£₦₵])?\s*%?"
)
LETTERED = re.compile(r"[A-Za-z]+\d+")
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,8})(?:\.0+)?")
NUMBERS = frozenset({"amount", "number", "pct", "share", "points"})
# What a figure of these columns can be at all; beyond it, the column is another one.
RANGES = {
    "days_past_due": (-400, 9000), "cycle_no": (0, 99), "nominal_rate_pct": (0, 400), "severity": (0, 5),
    "birth_year": (1900, 2030), "weekly_hours": (0, 100), "members": (0, 2000), "women_members": (0, 2000),
    "active_lenders": (0, 50), "instalment_no": (0, 1000), "year": (1950, 2100),
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What stands in a column: how many cells are filled, how they look, the range of its figures, some values."""

    filled: int = 0
    looks: Counter[str] = field(default_factory=Counter)
    low: float | None = None
    high: float | None = None
    values: Counter[str] = field(default_factory=Counter)

    def share(self, *looks: str) -> float:
        """The share of filled cells with one of these looks."""
        return sum(self.looks[look] for look in looks) / self.filled if self.filled else 0.0


def sample(sheet: Sheet, header_row: int) -> tuple[Facts, ...]:
    """The facts of each column below a row of headings, from the first thousand rows."""
    return _sample(sheet.rows_file, sheet.delimiter, len(sheet.columns), header_row)


# A staging folder's name never comes again, so a path stands for its content.
@lru_cache(16)
def _sample(rows_file: Path, delimiter: str, width: int, header_row: int) -> tuple[Facts, ...]:
    with rows_file.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source, delimiter=delimiter)
        numbered = (row for row in rows if len(row) > 2 and row[0].isdigit() and int(row[0]) >= header_row)
        try:
            kept = [[cell[:LONGEST] for cell in row[2:]] for row in islice(_below(numbered, header_row), MOST_ROWS)]
        except csv.Error:
            kept = []
    return tuple(_facts(row[index] for row in kept if index < len(row)) for index in range(width))


def _below(rows: Iterator[list[str]], header_row: int) -> Iterator[list[str]]:
    """The rows below the headings; headings that come again are no content."""
    own: list[str] | None = None
    for row in rows:
        if int(row[0]) == header_row:
            own = row[2:]
        elif row[2:] != own:
            yield row


def _facts(cells: Iterable[str]) -> Facts:
    looks: Counter[str] = Counter()
    values: Counter[str] = Counter()
    figures: list[float] = []
    for cell in cells:
        bare = cell.strip().lstrip(NUMBER + DATE + ERROR + TOO_LONG).strip()
        if bare.lower() in BLANK:
            continue
        look = _look(cell, bare)
        looks[look] += 1
        if look in ("whole", "figure"):
            # A workbook's own number has a decimal point, also before three decimals.
            figures.append(float(bare.rstrip("%")) if cell.startswith(NUMBER) else _figure(bare))
        if len(values) < MOST_KEPT or bare in values:
            values[bare] += 1
    low, high = (min(figures), max(figures)) if figures else (None, None)
    return Facts(sum(looks.values()), looks, low, high, values)


def _look(cell: str, bare: str) -> str:
    """One cell: error, date, whole, figure, code (an identifier with digits) or word."""
    if cell.startswith((ERROR, "#")):
        return "error"
    if cell.startswith(DATE) or DATES.fullmatch(bare):
        return "date"
    if WHOLE.fullmatch(bare):
        return "whole"
    if FIGURE.fullmatch(bare) and not bare.isdigit() and not LETTERED.fullmatch(bare) and len(bare) < 25:
        return "figure"
    return "code" if " " not in bare and any(map(str.isdigit, bare)) else "word"


def _figure(bare: str) -> float:
    """A figure about as it is read later; only its size matters here."""
    digits = re.sub(r"[^\d.,]", "", bare).strip(".,")
    marks = [mark for mark in digits if not mark.isdigit()]
    whole, tail = digits, ""
    if marks and (len(set(marks)) > 1 or (len(marks) == 1 and len(digits.rpartition(marks[0])[2]) != 3)):
        whole, _, tail = digits.rpartition(marks[-1])
    number = float(f"{re.sub(r'[.,]', '', whole) or 0}.{tail or 0}")
    return -number if bare.startswith(("-", "(")) or bare.endswith("-") else number


def verdict(kind: str, column: str, codes: Sequence[str], facts: Facts) -> str:
    """Whether a column's cells can be what it is taken for: `agrees`, `empty`, `partly` or `differs`."""
    if not facts.filled:
        return "empty"
    if column in RANGES and facts.high is not None and facts.low is not None:
        low, high = RANGES[column]
        if facts.high > high or facts.low < low:
            return "differs" if facts.share("whole", "figure") > HALF and facts.filled > FEW else "partly"
    readable = _readable(kind, column, codes, facts)
    if readable >= MOST_LIKE:
        return "agrees"
    return "differs" if readable < 1 - MOST_LIKE and facts.filled >= FEW else "partly"


def _readable(kind: str, column: str, codes: Sequence[str], facts: Facts) -> float:
    """The share of filled cells that a kind of column can read."""
    if kind == "date":
        return facts.share("date") + (facts.share("whole", "figure") if 20000 < (facts.low or 0) < 80000 else 0)
    if kind == "period":
        return _known(facts, lambda text: bool(DATES.fullmatch(text) or MONTHS.fullmatch(text))) + facts.share("date")
    if kind in NUMBERS:
        return facts.share("whole", "figure", "error")
    if kind == "whole":
        return facts.share("whole", "error") + (facts.share("figure") if _without_decimals(facts) else 0)
    if kind == "flag":
        words = headings.synonyms()["words"]
        return _known(facts, lambda text: headings.normal(text) in {*words["yes"], *words["no"]})
    if kind == "code":
        known = headings.of_codes(column)
        return _known(facts, lambda text: text in codes or headings.normal(text) in known)
    return 1 - _unlike_text(column, facts)


def _unlike_text(column: str, facts: Facts) -> float:
    """The share of cells that no identifier or text of this column looks like."""
    decimals = 0.0 if _without_decimals(facts) else facts.share("figure")
    return facts.share("date") + decimals


def _without_decimals(facts: Facts) -> bool:
    return all(_figure(text) == int(_figure(text)) for text in facts.values if FIGURE.fullmatch(text))


def _known(facts: Facts, test: Callable[[str], bool]) -> float:
    counted = sum(facts.values.values())
    return sum(n for text, n in facts.values.items() if test(text)) / counted if counted else 0.0


def speaks_alone(facts: Facts, columns: Iterable[str]) -> str | None:
    """A column that contents alone betray: genders, or codes of currencies."""
    free = set(columns)
    if facts.filled < FEW or len(facts.values) > 6:
        return None
    genders = headings.of_codes("gender")
    if "gender" in free and len(facts.values) > 1 and all(headings.normal(v) in genders for v in facts.values):
        return "gender"
    iso = all(len(value) == 3 and value.isupper() and value.isalpha() for value in facts.values)
    return "currency" if "currency" in free and len(facts.values) == 1 and iso else None
