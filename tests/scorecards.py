"""Scorecard workbooks in the shape of the official ones, built from the published tables or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.prove.command import GOLDEN, table

Responses = tuple[tuple[int, str, str, tuple[object, ...]], ...]
LINES = ("National Poverty Line", "$2.15/day 2017 PPP")
QUESTIONS: Responses = (
    (1, "Where does the household live?", "A. Ouémé", (0, 0)),
    (1, "Where does the household live?", "B. Zou", (20, 30)),
    (1, "Where does the household live?", "C.Mono", (40, 50)),
    (2, "Does it own a hen?", "A. Yes", (60, 50)),
    (2, "Does it own a hen?", "B. No", (0, 0)),
)


@dataclass(frozen=True)
class Book:
    """What a test puts into a workbook; `likelihood` is the share at score 0, which falls straight to 0."""

    title: str = "Utopia 2025 PPI® - Scorecard"
    card_sheet: str = "Scorecard"
    lookup_sheet: str = "Look-up Table"
    lines: tuple[str, ...] = LINES
    lookup_lines: tuple[str, ...] = LINES
    responses: Responses = QUESTIONS
    table: tuple[tuple[float, ...], ...] = tuple((0.8 - score / 125, 0.5 - score / 200) for score in range(101))
    rates: tuple[tuple[object, ...], ...] = ()
    how_to: tuple[str, ...] = ()

    def changed(self, **other: object) -> "Book":
        """The same with something else."""
        return replace(self, **other)  # type: ignore[arg-type]


def save(path: Path, *books: Book) -> Path:
    """A workbook with the sheets of each version, after a page to read and the example of how to use it."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "Read"
    _put(workbook["Read"], 6, ["About"], ["", "This workbook holds a scorecard and its look-up tables."])
    if books[0].how_to:
        _put(workbook.create_sheet("How to Use"), 6, *[["", text] for text in books[0].how_to])
    for book in books:
        _card(workbook.create_sheet(book.card_sheet), book)
        _lookup(workbook.create_sheet(book.lookup_sheet), book)
    if books[0].rates:
        sheet = workbook.create_sheet("Poverty Benchmarks")
        _put(sheet, 9, ["Type of estimate", "Region", *books[0].lookup_lines], *books[0].rates)
    workbook.save(path)
    return path


def _put(sheet: Worksheet, first: int, *rows: Sequence[object]) -> None:
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value != "":
                sheet.cell(first + down, right + 1, value)


def _card(sheet: Worksheet, book: Book) -> None:
    _put(sheet, 5, [book.title], [], ["", "", "", "Points"], ["No.", "Indicators", "Responses", *book.lines])
    before = 0
    for down, (number, question, response, points) in enumerate(book.responses):
        head = [number, question] if number != before else ["", ""]
        _put(sheet, 9 + down, [*head, response, *points])
        before = number
    _put(sheet, 11 + len(book.responses), ["This PPI was invented for a test."])


def _lookup(sheet: Worksheet, book: Book) -> None:
    _put(sheet, 6, [book.title], [], ["", "Poverty Likelihood (%)"], ["PPI Score", *book.lookup_lines])
    for score, likelihoods in enumerate(book.table):
        _put(sheet, 10 + score, [score, *likelihoods])
        for right in range(len(likelihoods)):
            sheet.cell(10 + score, right + 2).number_format = "0.0%"


def published(name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a country's look-up tables in the published data, by sheet."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in table(GOLDEN / "ppi" / "lookup.csv"):
        if row["table"] == name:
            found.setdefault(row["sheet"], []).append(row)
    return found


def rebuilt(folder: Path, name: str) -> Path:
    """A country's workbook made again from the published tables, for the countries whose workbook is not at hand."""
    ((sheet, rows),) = published(name).items()
    lines = tuple(dict.fromkeys(row["poverty_line"] for row in rows))
    likelihoods = tuple(tuple(float(row["likelihood"]) for row in rows[at : at + len(lines)])
                        for at in range(0, len(rows), len(lines)))  # fmt: skip
    points: dict[tuple[int, str, str], dict[str, int]] = {}
    own = [row for row in table(GOLDEN / "ppi" / "scorecards.csv") if row["table"] == name]
    named = tuple(dict.fromkeys(row["poverty_line"] for row in own))
    for row in own:
        key = (int(row["question_no"]), row["question"], row["response"])
        points.setdefault(key, {})[row["poverty_line"]] = int(row["points"])
    book = Book(
        title=f"{name} PPI® - Scorecard", lookup_sheet=sheet, lookup_lines=lines, table=likelihoods,
        lines=named, responses=tuple((*key, tuple(given.get(n, "") for n in named)) for key, given in points.items()),
    )  # fmt: skip
    return save(folder / f"{name}.xlsx", book)
