"""Tables on slides: native ones, as wide as what they hold, cut into pieces that fit with their heads repeated."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.documents.document import plain
from metrics.packs.model import Cell, Number, Table
from metrics.packs.slide_text import (
    SHAPES,
    SPACING,
    lines,
    width,
)

SIZES = (14.0, 12.0, 11.0, 10.0)  # of type, the largest that fits on one slide
PAD, NARROW = 5.0, 3.0  # left and right of what a cell holds, in a table of many columns, in points
MANY = 10  # columns
ASIDE = 9.0  # more space before a column of text that stands right of one of numbers
WORDED = 7  # columns: with more, the words of levels stand under the table
STEP = 2.0  # how much smaller type may be so that no row wraps, points
SHORT = 24  # letters of a text of figures that stays on one line
BROADEST, STRETCH = 150.0, 1.35  # a word in points; how far a table may be wider than it needs
NOTE = 10.0


@dataclass(frozen=True)
class Grid:
    """A table with its measures in points; `rows` are those that it shows."""

    table: Table
    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    worded: bool

    @property
    def wide(self) -> float:
        """Of all columns."""
        return sum(self.widths)

    @property
    def high(self) -> float:
        """Of the head and all rows."""
        return self.head + sum(self.heights)


def gap(size: float) -> float:
    """The space above and below what a cell holds: less where the type is small, so that more rows fit."""
    return (size - 7) / 2


def grids(table: Table, wide: float, high: float, sizes: Sequence[float] = SIZES) -> list[Grid]:
    """The table measured for `wide` x `high` points: once, or in parts where it has more columns than fit.

    The type is the largest at which it fits whole, or a little smaller where no row wraps then; else the smallest.
    Rows too high for a slide go on in the next.
    """
    first: list[Grid] = []
    for size in sizes:
        if first and (first[0].size - size > STEP or size == sizes[-1]):
            return first
        made = [_grid(part, size, wide) for part in _across(table, size, wide)]
        if len(made) == 1 and made[0].high <= high:
            first = first or made
            if max(made[0].heights, default=0) <= size * SPACING + 2 * gap(size) + 0.1:
                return made
    if first:
        return first
    return [
        _grid(_cut(one, high), one.size, wide) if max(one.heights, default=0) > high - one.head else one for one in made
    ]


def paged(grid: Grid, first: float, room: float, tail: float) -> list[Grid]:
    """The grid's rows on as many slides as they need, about as many on each.

    Args:
        first: the room on the slide that it begins on, points; 0 begins on a new one.
        room: on every other slide.
        tail: what is to stand below its end.
    """
    if grid.high + tail <= first:
        return [grid]
    if first < grid.head + sum(grid.heights[:4]):
        first = room
    full = _pages(grid, first, room, room)
    if len(full) == 1 and grid.high + tail <= first:
        return full
    spread = (grid.head * len(full) + sum(grid.heights) + tail) / max(len(full), 1)
    for even in (1.0, 1.05, 1.1, 1.2):
        found = _pages(grid, min(first, spread * even), min(room, spread * even), room)
        if len(found) <= len(full):
            return found
    return full


def _pages(grid: Grid, first: float, limit: float, room: float) -> list[Grid]:
    """Greedy: rows until the limit is reached."""
    found: list[Grid] = []
    start, used, most = 0, grid.head, first
    for place, high in enumerate(grid.heights):
        if place > start and used + high > min(most, room):
            found.append(_rows(grid, start, place))
            start, used, most = place, grid.head, limit
        used += high
    return [*found, _rows(grid, start, len(grid.heights))]


def _rows(grid: Grid, start: int, end: int) -> Grid:
    table = replace(grid.table, rows=grid.table.rows[start:end])
    return replace(grid, table=table, heights=grid.heights[start:end])


def _grid(table: Table, size: float, wide: float) -> Grid:
    worded = len(table.columns) <= WORDED
    widths = _widths(table, size, wide, worded)
    free = [have - sum(beside) - 1 for have, beside in zip(widths, sides(table), strict=True)]
    heads = (lines(plain(one.title), size, have, True) for one, have in zip(table.columns, free, strict=True))
    head = max((len(one) for one in heads), default=1)
    heights = []
    for row in table.rows:
        most = 1
        for cell, have in zip(row, free, strict=True):
            text = _said(cell, worded)
            if width(text, size) > have:
                most = max(most, len(lines(text, size, have)))
        heights.append(most * size * SPACING + 2 * gap(size))
    return Grid(table, size, widths, head * size * SPACING + 2 * gap(size), tuple(heights), worded)


def sides(table: Table) -> list[tuple[float, float]]:
    """The space left and right of what a cell holds, by column."""
    pad = NARROW if len(table.columns) > MANY else PAD
    kinds = ["", *(one.kind for one in table.columns)]
    return [(pad + ASIDE * (one == "text" and before == "number"), pad) for before, one in itertools.pairwise(kinds)]


def _said(cell: Cell, worded: bool) -> str:
    """A cell's text with the shape of its level, and its word where there is room for words."""
    if isinstance(cell, str):
        return plain(cell)
    shape, word = SHAPES.get(cell.level, ""), cell.word if worded and cell.word != cell.text else ""
    return " ".join(part for part in (shape, plain(cell.text), plain(word)) if part)


def _kept(cell: Cell) -> str:
    """What of a cell stays on one line: a number with its shape, or a short text of figures: a band, a date."""
    if isinstance(cell, Number):
        return f"{SHAPES.get(cell.level, '')} {plain(cell.text)}"
    said = plain(cell)
    return said if len(said) <= SHORT and not said[:1].isalpha() and any(map(str.isdigit, said)) else ""


def _needs(table: Table, size: float, worded: bool) -> tuple[list[float], list[float]]:
    """For each column the width at which nothing breaks, and the least at which no word does."""
    natural, least = [], []
    for place, (column, beside) in enumerate(zip(table.columns, sides(table), strict=True)):
        head = plain(column.title)
        longest = max((width(word, size, True) for word in head.split(" ")), default=0)
        whole, narrow = max(longest, width(head, size, True) / 2 + size), min(longest, BROADEST)
        for row in table.rows:
            text, there = _said(row[place], worded), row[place]
            needed = width(text, size)
            whole = max(whole, needed)
            if needed > narrow:
                word = max((width(one, size) for one in text.split(" ")), default=0)
                bound = width(_kept(there), size)
                narrow = max(narrow, min(max(word, bound), BROADEST))
        natural.append(whole + sum(beside) + 2)
        least.append(min(narrow, whole) + sum(beside) + 2)
    return natural, least


def _widths(table: Table, size: float, wide: float, worded: bool) -> tuple[float, ...]:
    """Widths by content: all that it needs, else the broadest columns give way, and their texts wrap."""
    natural, least = _needs(table, size, worded)
    needed = sum(natural)
    if needed <= wide:
        return tuple(one * min(wide / needed, STRETCH) for one in natural)
    if sum(least) >= wide:
        return tuple(one * wide / sum(least) for one in least)
    shares = [max(one.wide, 1.0) for one in table.columns]
    low, high = 0.0, max(natural)
    for _ in range(30):
        level = (low + high) / 2
        total = sum(_level(*one, level) for one in zip(least, natural, shares, strict=True))
        low, high = (level, high) if total <= wide else (low, level)
    return tuple(_level(*one, low) for one in zip(least, natural, shares, strict=True))


def _level(least: float, natural: float, share: float, level: float) -> float:
    return max(least, min(natural, level * share))


def _across(table: Table, size: float, wide: float) -> list[Table]:
    """Parts of a table with more columns than fit beside each other; each begins with the first column."""
    _, least = _needs(table, size, len(table.columns) <= WORDED)
    if sum(least) <= wide or len(least) < 3:
        return [table]
    rest = sum(least[1:])
    even = rest / math.ceil(rest / max(wide - least[0], 1.0)) + max(least[1:])
    parts: list[list[int]] = [[]]
    used = least[0]
    for place in range(1, len(least)):
        if parts[-1] and used + least[place] > min(wide, least[0] + even):
            parts.append([])
            used = least[0]
        parts[-1].append(place)
        used += least[place]
    return [_columns(table, [0, *part]) for part in parts]


def _columns(table: Table, kept: Sequence[int]) -> Table:
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


def _cut(grid: Grid, high: float) -> Table:
    """The table with every row that is higher than a slide going on in further rows."""
    most = max(int((high - grid.head - 2 * gap(grid.size)) / (grid.size * SPACING)), 1)
    rows: list[tuple[Cell, ...]] = []
    for row, needed in zip(grid.table.rows, grid.heights, strict=True):
        if needed <= high - grid.head:
            rows.append(row)
            continue
        pieces = [
            lines(plain(cell), grid.size, have - sum(beside) - 1) if isinstance(cell, str) else []
            for cell, have, beside in zip(row, grid.widths, sides(grid.table), strict=True)
        ]
        for start in range(0, max(len(one) for one in pieces), most):
            cut = (" ".join(one[start : start + most]) for one in pieces)
            rows.append(
                tuple(
                    cell if isinstance(cell, Number) and not start else text
                    for cell, text in zip(row, cut, strict=True)
                )
            )
    return replace(grid.table, rows=tuple(rows))
