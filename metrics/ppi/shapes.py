"""Scorecards, look-up tables and rates found in sheets by their shape: no sheet's name is relied upon.

A look-up table is a column 0, 1, 2 ... 100 with likelihoods beside it. A scorecard is a question numbered 1 with
a response and whole points beside it. A table of rates has the lines as headings and shares below them.
"""

import re
from dataclasses import dataclass

from metrics.errors import InputError
from metrics.ppi.grid import Grid, plain
from metrics.ppi.model import HIGHEST, Response

FEWEST_SCORES = 20  # a column 0, 1, 2 ... of this length can only be meant as scores
FOOTNOTE = re.compile(r"(?<=[A-Za-zÀ-ÿ)])\s?[\d*†]{1,2}$")


@dataclass(frozen=True)
class Lookup:
    """A look-up table: its lines and `likelihoods[score][line]`, 0..1."""

    grid: Grid
    lines: tuple[str, ...]
    likelihoods: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Card:
    """A scorecard: its lines, its responses, and the title above it; `blanks` are questions with a blank read as 0."""

    grid: Grid
    title: str
    lines: tuple[str, ...]
    responses: tuple[Response, ...]
    blanks: tuple[int, ...] = ()


def fault(key: str, grid: Grid, **params: object) -> InputError:
    """A refusal that names file and sheet."""
    return InputError(f"ppi.{key}", file=grid.file, sheet=grid.name, **params)


def line_name(text: str) -> str:
    """A line's name without line breaks and the sign of a footnote: "200% National Poverty Line2"."""
    return FOOTNOTE.sub("", " ".join(text.split()))


def lookup(grid: Grid) -> Lookup | None:
    """The look-up table of a sheet, or None where it holds none.

    Raises:
        InputError: scores are missing, a likelihood is missing or is no share, a line has no name.
    """
    for column in range(grid.width):
        start, length = _scores(grid, column)
        if length >= FEWEST_SCORES:
            return _lookup(grid, column, start, length)
    return None


def _scores(grid: Grid, column: int) -> tuple[int, int]:
    """Place and length of the longest run 0, 1, 2 ... in a column."""
    best, start, length = (0, 0), 0, 0
    for row in range(len(grid.rows)):
        number = grid.at(row, column).number
        if number == 0:
            start, length = row, 1
        elif length and number == length:
            length += 1
        else:
            length = 0
        best = max(best, (start, length), key=lambda run: run[1])
    return best


def _lookup(grid: Grid, column: int, start: int, length: int) -> Lookup:
    if length != HIGHEST + 1:
        raise fault("scores_incomplete", grid, last=length - 1)
    within = range(start, start + length)
    places = [at for at in range(column + 1, grid.width) if any(grid.at(row, at).number is not None for row in within)]
    if not places:
        raise fault("no_likelihoods", grid)
    rows = []
    for score in range(HIGHEST + 1):
        cells = [grid.at(start + score, at) for at in places]
        if any(cell.number is None for cell in cells):
            raise fault("likelihood_missing", grid, row=grid.no(start + score))
        rows.append([float(cell.number or 0.0) for cell in cells])
    top = max(max(row) for row in rows)
    scale = 1.0 if top <= 1 else 100.0
    if top > scale or min(min(row) for row in rows) < 0:
        raise fault("likelihood_no_share", grid)
    return Lookup(grid, _lines(grid, start, places), tuple(tuple(x / scale for x in row) for row in rows))


def _lines(grid: Grid, start: int, places: list[int]) -> tuple[str, ...]:
    """The headings above some columns: the nearest row above that has a word for each."""
    for row in range(start - 1, -1, -1):
        names = [line_name(grid.at(row, at).word) for at in places]
        if all(names) and len({plain(name) for name in names}) == len(names):
            return tuple(names)
    raise fault("lines_unnamed", grid)


def card(grid: Grid) -> Card | None:
    """The scorecard of a sheet, or None where it holds none.

    Raises:
        InputError: a number of a question is left out, points are missing, a line has no name.
    """
    for row in range(len(grid.rows)):
        columns = _first_question(grid, row)
        if columns is None:
            continue
        below = range(row, len(grid.rows))
        right = range(columns[2] + 1, grid.width)
        places = [at for at in right if any(_points(grid, down, at) is not None for down in below)]
        if places:
            lines = _lines(grid, row, places)
            responses, blanks = _responses(grid, row, columns, places)
            return Card(grid, _title(grid, row), lines, responses, blanks)
    return None


def _first_question(grid: Grid, row: int) -> tuple[int, int, int] | None:
    """The columns of number, question and response, where a row begins with the number 1 and two texts."""
    filled = [at for at in range(grid.width) if grid.at(row, at).text]
    if len(filled) < 4 or grid.at(row, filled[0]).whole != 1:
        return None
    texts = [at for at in filled[1:3] if grid.at(row, at).word and grid.at(row, at).whole is None]
    return (filled[0], texts[0], texts[1]) if len(texts) == 2 else None


def _points(grid: Grid, row: int, column: int) -> int | None:
    whole = grid.at(row, column).whole
    return whole if whole is not None and 0 <= whole <= HIGHEST else None


def _responses(
    grid: Grid, start: int, columns: tuple[int, int, int], places: list[int]
) -> tuple[tuple[Response, ...], tuple[int, ...]]:
    """All responses below the first question, up to the small print; and the questions with a blank read as 0."""
    number_at, question_at, response_at = columns
    asked: dict[int, str] = {}
    found: list[_Row] = []
    current = 0
    for row in range(start, len(grid.rows)):
        number = grid.at(row, number_at)
        if number.text and number.whole is None:
            break
        current = _question_no(grid, row, number.whole, current)
        text = grid.at(row, question_at).word
        if text not in asked.get(current, ""):
            asked[current] = f"{asked.get(current, '')} {text}".strip()
        points = _given(grid, row, response_at, places)
        if points:
            found.append(_Row(row, current, grid.at(row, response_at).text, points))
    filled = [(_filled(grid, one, found), one) for one in found]
    _check(grid, found)
    responses = tuple(Response(one.question_no, asked[one.question_no], one.response, points) for points, one in filled)
    return responses, tuple(one.question_no for one in found if None in one.points)


@dataclass(frozen=True)
class _Row:
    """A response as it stands in the sheet; a blank is None."""

    row: int
    question_no: int
    response: str
    points: tuple[int | None, ...]


def _filled(grid: Grid, one: _Row, found: list[_Row]) -> tuple[int, ...]:
    """The points of a row. Every question has a response worth 0: a blank is that 0 where the line has no other."""
    for at, points in enumerate(one.points):
        others = [other.points[at] for other in found if other.question_no == one.question_no and other is not one]
        if points is None and (0 in others or None in others or not others):
            raise fault("points_missing", grid, row=grid.no(one.row))
    return tuple(points or 0 for points in one.points)


def _question_no(grid: Grid, row: int, given: int | None, current: int) -> int:
    """The question that a row belongs to: its own number, or the one above."""
    if given is None or given == current:
        return current
    if given != current + 1:
        raise fault("question_left_out", grid, row=grid.no(row), found=given, expected=current + 1)
    return given


def _given(grid: Grid, row: int, response_at: int, places: list[int]) -> tuple[int | None, ...]:
    """The points of a row for each line; none where the row has no response, as where a question goes on."""
    cells = [grid.at(row, at) for at in places]
    points = tuple(_points(grid, row, at) for at in places)
    response = grid.at(row, response_at).text
    if not response and not any(cell.text for cell in cells):
        return ()
    wrong = any(cell.text and point is None for cell, point in zip(cells, points, strict=True))
    if not response or wrong or points.count(None) == len(points):
        raise fault("points_missing", grid, row=grid.no(row))
    return points


def _check(grid: Grid, found: list[_Row]) -> None:
    seen: set[tuple[int, str]] = set()
    for one in found:
        if (one.question_no, one.response) in seen:
            raise fault("response_twice", grid, question=one.question_no, response=one.response)
        seen.add((one.question_no, one.response))


def _title(grid: Grid, start: int) -> str:
    """The first words of the sheet, up to a dash: "Benin 2019 PPI® - Scorecard" is Benin 2019 PPI."""
    first = next((cell.word for row in range(start) for cell in grid.rows[row][1] if cell.word), "")
    return " ".join(re.split(r"\s[-–—:]\s", first)[0].replace("®", "").replace("™", "").split())
