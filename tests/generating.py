"""Workbooks as anybody may write them, made at random, with what each row of them means and how it must end."""

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
from hypothesis import strategies as st

from metrics.ingest import headings, specs
from tests.styles import Style, Value, plain, styles

Maker = Callable[[random.Random, int], Value]
FIRST = date(2019, 1, 1)
BRANCHES = ("B01", "B02", "Kolo")
LETTERS = "abcdefghijklmnopqrstuvwxyz éèñãôç'-"


def _id(mark: str) -> Maker:
    return lambda dice, number: f"{mark}{number:04d}"


def _money(dice: random.Random, _: int) -> Value:
    return Decimal(dice.choice((0, dice.randint(1, 99_999_999), dice.randint(1, 9999) * 100))) / 100


def _day(dice: random.Random, _: int) -> Value:
    return FIRST + timedelta(days=dice.randint(0, 2700))


def _whole(low: int, high: int) -> Maker:
    return lambda dice, _: dice.randint(low, high)


def _one(*values: Value) -> Maker:
    return lambda dice, _: dice.choice(values)


def _rate(dice: random.Random, _: int) -> Value:
    return dice.randint(8, 360) / 4


def _text(dice: random.Random, _: int) -> Value:
    # An import keeps one space where several stand, so no text has two.
    return " ".join(("x" + "".join(dice.choice(LETTERS) for _ in range(dice.randint(3, 20))) + "y").split())


# Column -> how a value of it is made; the first ones are those that a sheet cannot do without.
TABLES: Mapping[str, Mapping[str, Maker]] = {
    "loans": {
        "loan_id": _id("L-"), "principal_outstanding": _money, "client_id": _id("C"), "branch_id": _one(*BRANCHES),
        "disbursed_on": _day, "disbursed_amount": _money, "days_past_due": _whole(0, 400), "maturity_on": _day,
        "nominal_rate_pct": _rate, "status": _one("active", "written_off", "rescheduled"),
        "is_renegotiated": _one(True, False), "overdue_principal": _money, "purpose_sector": _text,
    },
    "clients": {
        "client_id": _id("C"), "birth_date": _day, "joined_on": _day, "gender": _one("F", "M", "unknown"),
        "branch_id": _one(*BRANCHES), "location": _one("rural", "urban", "peri_urban"), "district": _text,
        "household_income_month": _money, "active_lenders": _whole(0, 6), "disability": _one(True, False),
    },
    "complaints": {
        "complaint_id": _id("K/"), "received_on": _day, "closed_on": _day, "branch_id": _one(*BRANCHES),
        "outcome": _one("upheld", "partly", "rejected", "withdrawn"), "satisfied": _one(True, False),
        "severity": _whole(1, 4), "channel": _text,
    },
    "staff": {
        "staff_id": _id("S"), "joined_on": _day, "left_on": _day, "branch_id": _one(*BRANCHES),
        "role": _one("loan_officer", "manager", "executive", "other"), "gender": _one("F", "M", "X"),
        "monthly_salary": _money, "birth_year": _whole(1955, 2004),
        "leave_reason": _one("resigned", "dismissed", "retired", "other"),
    },
    "groups": {
        "group_id": _id("G"), "group_name": _text, "formed_on": _day, "branch_id": _one(*BRANCHES),
        "members": _whole(3, 40), "women_members": _whole(0, 3), "location": _one("rural", "urban"),
    },
    "loan_transactions": {
        "txn_id": _id("T"), "txn_on": _day, "txn_type": _one("disbursement", "repayment", "write_off", "recovery"),
        "amount": _money, "loan_id": _id("L-"), "branch_id": _one(*BRANCHES), "principal": _money,
    },
}  # fmt: skip
NEEDED = {"loans": 4, "clients": 4, "complaints": 4, "staff": 4, "groups": 4, "loan_transactions": 5}


@dataclass
class Made:
    """One sheet: its cells, and what it means."""

    table: str
    style: Style
    cells: list[list[Any]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    sound: list[dict[str, Value]] = field(default_factory=list)
    aside: int = 0
    ignored: int = 0
    unlike_total: bool = False

    @property
    def rows(self) -> int:
        """How many rows below the headings hold something."""
        return len(self.sound) + self.aside + self.ignored

    def sum(self, column: str) -> Decimal:
        """The sum of a column over the sound rows."""
        return sum((Decimal(str(row[column])) for row in self.sound if row[column] is not None), Decimal(0))


@cache
def named(table: str, column: str) -> tuple[str, ...]:
    """The headings that mean a column for certain, in all languages."""
    known = headings.of_table(table)
    found = [word for word, meant in known.items() if meant == column and word not in headings.weak_words()]
    return tuple(word for word in found if headings.indicator(word) is None and not word.startswith("pct"))


@cache
def coded(column: str, code: str) -> tuple[str, ...]:
    """The words for a code, in all languages."""
    return tuple(word for word, meant in headings.of_codes(column).items() if meant == code)


@st.composite
def sheets(draw: st.DrawFn) -> list[Made]:
    """One to three sheets of different tables, of one form."""
    form = draw(st.sampled_from(("xlsx", "csv")))
    most = 1 if form == "csv" else 3
    names = draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=most, unique=True))
    # One answer holds for all sheets of a file, so they are written alike.
    style = draw(styles(form))
    return [sheet(draw, name, style) for name in names]


def sheet(draw: st.DrawFn, table: str, style: Style) -> Made:
    """The cells of one sheet and what they mean."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    every = list(TABLES[table])
    kept = every[: NEEDED[table]] + [column for column in every[NEEDED[table] :] if dice.random() < 0.6]
    dice.shuffle(kept)
    if style.total or style.subtotals:  # the word for a total stands at the left
        kept.sort(key=lambda column: specs.of_table(table).kinds[column] != "text")
    heads = _heads(dice, table, kept)
    made = Made(table, style, columns=kept)
    rows = [_row(dice, table, kept, number) for number in range(1, draw(st.integers(3, 30)) + 1)]
    if style.subtotals:
        rows.sort(key=lambda row: str(row.get("branch_id")))
    _fill(dice, made, heads, rows)
    _margins(dice, made)
    return made


def _heads(dice: random.Random, table: str, columns: Sequence[str]) -> list[str]:
    shape = dice.choice((str.title, str.upper, str.lower, str.capitalize))
    after = dice.choice(("", "", " *", ":"))
    return [shape(dice.choice(named(table, column))) + after for column in columns]


def _row(dice: random.Random, table: str, columns: Sequence[str], number: int) -> dict[str, Value]:
    spec = specs.of_table(table)
    firm = {*spec.needed, *spec.key, "branch_id"}
    made = {column: TABLES[table][column](dice, number) for column in columns}
    found = {c: value if c in firm or dice.random() < 0.85 else None for c, value in made.items()}
    if found.get("disbursed_amount") is not None:  # no loan owes more than was lent
        both = found["disbursed_amount"], found["principal_outstanding"]
        found["disbursed_amount"] = max(both, key=lambda amount: float(str(amount)))
    return found


def _fill(dice: random.Random, made: Made, heads: list[str], rows: list[dict[str, Value]]) -> None:
    """Headings and rows, between them what is no row: totals, subtotals, headings again, repeats, faulty rows."""
    made.cells.append(list(heads))
    since: list[dict[str, Value]] = []
    again = dice.randint(1, len(rows) - 1) if made.style.heads_again else 0
    wrong = set(dice.sample(range(1, len(rows)), min(made.style.faults, len(rows) - 2)))
    for place, row in enumerate(rows):
        if made.style.subtotals and since and row.get("branch_id") != since[-1].get("branch_id"):
            _sum_up(dice, made, since, "Subtotal")
            since = []
        if place == again and again:
            made.cells.append(list(heads))
            made.ignored += 1
        cells = [written(dice, made, column, row[column]) for column in made.columns]
        since.append(row)
        if place in wrong:
            made.aside += 1
            cells = _spoilt(dice, made, cells)
        else:
            made.sound.append(row)
        made.cells.append(cells)
    again_rows = dice.sample(made.sound, min(made.style.repeats, len(made.sound)))
    for row in again_rows:
        made.cells.append([written(dice, made, column, row[column]) for column in made.columns])
        made.ignored += 1
    if made.style.subtotals and since:
        _sum_up(dice, made, since + again_rows, "Subtotal")
    if made.style.total:
        _sum_up(dice, made, rows + again_rows, "Total")


def _sum_up(dice: random.Random, made: Made, rows: Sequence[Mapping[str, Value]], name: str) -> None:
    """A row of totals: its name in the first column of texts, below each amount its sum; none of nothing at all."""
    kinds = specs.of_table(made.table).kinds
    cells: list[Any] = [""] * len(made.columns)
    texts = (place for place, column in enumerate(made.columns) if kinds[column] == "text")
    cells[next(texts)] = name
    amounts = [column for column in made.columns if kinds[column] == "amount"]
    if amounts and not any(row[column] for row in rows for column in amounts):
        made.unlike_total = True
        return
    for place, column in enumerate(made.columns):
        if kinds[column] == "amount":
            total = sum((Decimal(str(row[column])) for row in rows if row[column] is not None), Decimal(0))
            cells[place] = written(dice, made, column, total)
    made.cells.append(cells)
    made.ignored += 1


def _spoilt(dice: random.Random, made: Made, cells: list[Any]) -> list[Any]:
    """A row with one cell that nothing can be made of."""
    kinds = specs.of_table(made.table).kinds
    # A gender that is no known one counts as not stated.
    columns = [column for column in made.columns if column != "gender"]
    places = [made.columns.index(c) for c in columns if kinds[c] in ("date", "amount", "code", "whole")]
    place = dice.choice(places)
    made.unlike_total |= kinds[made.columns[place]] == "amount"
    wrong = {"date": "31.02.2025", "amount": "12 or 13", "code": "qqq", "whole": "two and a half"}
    return [*cells[:place], wrong[kinds[made.columns[place]]], *cells[place + 1 :]]


def _margins(dice: random.Random, made: Made) -> None:
    """Titles above, empty columns to the left, empty rows between."""
    style, width = made.style, len(made.columns)
    body = made.cells
    if style.blanks:
        gaps = ([[""] * width] * (dice.random() < 0.1) for _ in body[1:])
        body = [body[0], *(line for gap, row in zip(gaps, body[1:], strict=True) for line in (*gap, row))]
    above: list[list[Any]] = [[f"Report {n} of the network", *[""] * (width - 1)] for n in range(style.titles)]
    above += [[""] * width] if style.titles else []
    made.cells = [[*[""] * style.margin, *row] for row in (*above, *body)]


def written(dice: random.Random, made: Made, column: str, value: Value) -> Any:
    """A value as a cell of the sheet."""
    kind, style = specs.of_table(made.table).kinds[column], made.style
    if value is None:
        return ""
    if kind == "flag":
        words = headings.synonyms()["words"]["yes" if value else "no"]
        return dice.choice([word for word in words if len(word) > 1])
    if kind == "code":
        return dice.choice(coded(column, str(value)))
    return plain(style, kind, value)


def file(made: Sequence[Made]) -> tuple[str, bytes]:
    """The file's ending and bytes."""
    if made[0].style.form == "csv":
        style = made[0].style
        out = io.StringIO()
        csv.writer(out, delimiter=style.mark).writerows(made[0].cells)
        return "csv", out.getvalue().encode(style.encoding, errors="replace")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for one in made:
        place = book.create_sheet(one.table)
        for row in one.cells:
            place.append([None if cell == "" else cell for cell in row])
    data = io.BytesIO()
    book.save(data)
    return "xlsx", data.getvalue()
