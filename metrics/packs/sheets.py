"""The sheets of a workbook that hold a section's blocks: how wide, how high, what repeats on every printed page."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from metrics.excel import plain
from metrics.packs.balanced import GREY, HEADS
from metrics.packs.model import Block, Cell, Chart, Column, Figures, Number, Section, Signature, Table, Text
from metrics.packs.number_formats import shown
from metrics.packs.plots import ROWS, plot

WIDE, LARGEST, LONGEST, HEAD = 110, 54, 68, 14  # letters: a line of text, a column of words, of one word, of a head
LEAST, MANY = 9, 25  # letters of the narrowest column; rows from which heads stay
LINE, GAP = 13.5, 2.5  # points of a line, and between rows
BESIDE = 5  # columns up to which a chart stands beside its table
Widths = dict[int, int]


def section(book: Any, found: Section, sheet: Any) -> None:
    """One sheet: the message, then block by block, one under the other.

    Args:
        book: the `workbook.Book` that is written.
    """
    widths = _widths(found)
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    wide = min(max(sum(widths.values()), WIDE), WIDE + 40)
    row = _lines(book, sheet, 0, found.message, int(wide * 0.68), bold=True, font_size=13)
    if found.basis:
        row = _lines(book, sheet, row, found.basis, wide, font_color=GREY)
    heads: list[tuple[int, tuple[Column, ...], int]] = []
    row += 1
    for block in found.blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            heads.append((row + bool(table.title), table.columns, len(table.rows)))
        row = _block(book, sheet, row, block, widths, wide)
    _keep_heads(sheet, heads)


def _block(book: Any, sheet: Any, row: int, block: Block, widths: Widths, wide: int) -> int:
    """Writes a block from a row on; returns the row below it."""
    if isinstance(block, Text):
        return _paragraph(book, sheet, row, block, wide)
    if isinstance(block, Figures):
        return _figures(book, sheet, row, block)
    if isinstance(block, Table):
        return _table(book, sheet, row, block, widths, wide)
    if isinstance(block, Chart):
        return _chart(book, sheet, row, block, widths, wide)
    return _signature(book, sheet, row, block) if isinstance(block, Signature) else row


def _keep_heads(sheet: Any, heads: Sequence[tuple[int, tuple[Column, ...], int]]) -> None:
    """Long tables of the same heads: the heads stay on the screen and stand on every printed page."""
    if heads and len({columns for _, columns, _ in heads}) == 1 and sum(rows for _, _, rows in heads) > MANY:
        sheet.freeze_panes(heads[0][0] + 1, 1)
        sheet.repeat_rows(heads[0][0])


def _lines(book: Any, sheet: Any, row: int, said: str, wide: int, **how: Any) -> int:
    """A text cut into lines: a merged cell would not grow with its text. Returns the row below it."""
    for line in textwrap.wrap(said, wide):
        book.text(sheet, row, 0, line, **how)
        row += 1
    return row


def _paragraph(book: Any, sheet: Any, row: int, block: Text, wide: int) -> int:
    said = f"{block.text} ({block.by})" if block.by else block.text
    looks: dict[str, dict[str, Any]] = {"lead": {"bold": True}, "quote": {"italic": True}}
    looks["note"] = {"font_color": GREY}
    return _lines(book, sheet, row, said, wide, **looks.get(block.kind, {})) + 1


def _figures(book: Any, sheet: Any, row: int, block: Figures) -> int:
    for label, number, said in block.items:
        book.text(sheet, row, 0, label)
        book.number(sheet, row, 1, number, bold=True)
        book.text(sheet, row, 2, said, font_color=GREY, indent=1, align="left")
        row += 1
    return row + 1


def _table(book: Any, sheet: Any, row: int, block: Table, widths: Widths, wide: int) -> int:
    """The table under its title; returns the row after its note."""
    if block.title:
        book.text(sheet, row, 0, block.title, bold=True)
        row += 1
    looks = list(_looks(block.columns))
    for column, head in enumerate(block.columns):
        book.text(sheet, row, column, head.title, **HEADS, **looks[column])
    fit(sheet, row, [head.title for head in block.columns], widths, 0.85)
    for cells in block.rows:
        row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, Number):
                book.number(sheet, row, column, cell, **looks[column])
            else:
                book.text(sheet, row, column, cell, text_wrap=len(cell) > LARGEST, **looks[column])
        fit(sheet, row, [cell if isinstance(cell, str) and len(cell) > LARGEST else "" for cell in cells], widths)
    return _lines(book, sheet, row + 1, block.note, wide, font_color=GREY) + 1


def _looks(columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """Numbers at the right, texts at the left, apart from numbers before them."""
    before = ""
    for one in columns:
        if one.kind == "number":
            yield {"align": "right"}
        else:
            yield {"align": "left", "indent": 1} if before == "number" else {"align": "left"}
        before = one.kind


def _chart(book: Any, sheet: Any, row: int, block: Chart, widths: Widths, wide: int) -> int:
    """The chart's table, and beside it or below it a chart that can be edited, of figures on a sheet behind."""
    after = _table(book, sheet, row, block.table, widths, wide)
    drawn = plot(book, block)
    if drawn is None:
        return after
    many = len(block.table.columns)
    # Under the table's title, which goes on to the right.
    top, column = (row + bool(block.table.title), many) if many <= BESIDE else (after, 0)
    place = {"description": plain(block.alt)[:255], "x_offset": 24 if column else 0}
    sheet.insert_chart(top, column, drawn, place)
    return max(after, top + ROWS)


def _signature(book: Any, sheet: Any, row: int, block: Signature) -> int:
    for role in block.roles:
        book.text(sheet, row, 0, role)
        book.text(sheet, row, 1, "", bottom=1)
        row += 2
    for name, said in block.lines:
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, said)
        row += 1
    return row + 1


def definitions(book: Any) -> None:
    """The definitions, one a row; columns of which nothing is known are left out."""
    pack, sheet = book.pack, book.sheet(book.said("book_definitions"))
    wide = {"indicator": 30, "id": 24, "unit": 10, "better": 12, "meaning": 60, "settings": 26, "limits": 26,
            "source": 38, "standard": 20, "n": 9, "coverage": 10}  # fmt: skip
    rows: list[dict[str, str | float | None]] = [
        {
            "indicator": one.title, "id": one.id, "unit": _unit(book, one.unit),
            "better": book.said(f"book_better_{one.better}"), "meaning": one.summary, "settings": one.settings,
            "limits": one.limits, "source": one.source, "standard": one.standard, "n": one.n, "coverage": one.coverage,
        }
        for one in pack.definitions
    ]  # fmt: skip
    heads = [head for head in wide if any(row[head] not in ("", None) for row in rows)]
    for column, head in enumerate(heads):
        sheet.set_column(column, column, wide[head])
        side = "right" if head in ("n", "coverage") else "left"
        book.text(sheet, 0, column, book.said(f"book_col_{head}"), bold=True, bottom=1, align=side)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    widths = {column: wide[head] for column, head in enumerate(heads)}
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            value = row[head]
            if isinstance(value, str):
                book.text(sheet, number, column, value, text_wrap=True)
            elif value is not None:
                style = book.style(num_format="#,##0" if head == "n" else "0%")
                sheet.write_number(number, column, value, style)
        fit(sheet, number, [value if isinstance(value, str) else "" for value in map(row.get, heads)], widths)


def _unit(book: Any, unit: str) -> str:
    known = {"money", "days", "points", "ratio", "count"}
    return str(book.said(f"book_unit_{unit}")) if unit in known else unit


def fit(sheet: Any, row: int, texts: Sequence[str], widths: Widths, part: float = 1.0) -> None:
    """Gives a row the height that its longest text needs: not every program does it by itself."""
    cut = (textwrap.wrap(said, max(int(widths.get(column, LEAST) * part), 4)) for column, said in enumerate(texts))
    lines = max(map(len, cut), default=1)
    if lines > 1:
        sheet.set_row(row, LINE * lines + GAP)


def _widths(found: Section) -> Widths:
    """The width of each column, in letters, that all tables of a section can live with."""
    widths: Widths = {}
    for block in found.blocks:
        for texts in _texts(block):
            for column, said in enumerate(texts):
                longest = max(map(len, said.split()), default=0)
                need = max(min(len(said), LARGEST), min(longest, LONGEST)) + 2
                widths[column] = max(widths.get(column, LEAST), need)
    return widths


def _texts(block: Block) -> Iterator[list[str]]:
    """The texts of a block that stand in columns, row by row."""
    if isinstance(block, Figures):
        yield from ([label, shown(number)] for label, number, _ in block.items)
    if isinstance(block, Signature):
        yield from ([role, " " * LARGEST] for role in block.roles)
        yield from ([name, ""] for name, _ in block.lines)
    table = block.table if isinstance(block, Chart) else block
    if isinstance(table, Table):
        yield ["x" * max(*map(len, head.title.split()), min(len(head.title), HEAD), 1) for head in table.columns]
        for cells in table.rows:
            yield [_said(cell) for cell in cells]


def _said(cell: Cell) -> str:
    """What a cell shows; a figure counts as one word, it cannot go on in a second line."""
    return cell if isinstance(cell, str) else "x" * len(shown(cell))
