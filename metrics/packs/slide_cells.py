"""Tables on slides as they are written: native ones whose texts are texts, and what stands below them."""

from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Emu

from metrics.documents.document import plain
from metrics.packs.model import Cell, Number
from metrics.packs.slide_deck import Deck, described
from metrics.packs.slide_tables import NOTE, Grid, gap, sides
from metrics.packs.slide_text import EMU, NAMESPACES, SHAPES, TONES, Paragraph, Run, elements, fill, line, written


def below(deck: Deck, grid: Grid, note: str) -> list[Paragraph]:
    """What stands under a table: a note, and the words of the shapes in it where the cells have none."""
    levels = dict.fromkeys(
        cell.level for row in grid.table.rows for cell in row if isinstance(cell, Number) and cell.level in SHAPES
    )
    found = [line(plain(note), NOTE, "grey")] if note else []
    said = [legend(deck, level) for level in levels if SHAPES[level] not in note and _bare(grid, level)]
    return [*found, *([Paragraph(tuple(run for pair in said for run in pair))] if said else [])]


def _bare(grid: Grid, level: str) -> bool:
    """Whether a figure of this level stands in the table without its word."""
    cells = (cell for row in grid.table.rows for cell in row if isinstance(cell, Number) and cell.level == level)
    return any(not (grid.worded and cell.word) and cell.value is not None for cell in cells)


def legend(deck: Deck, level: str) -> tuple[Run, Run]:
    """A level's shape and word."""
    return Run(f"{SHAPES[level]} ", NOTE, TONES[level]), Run(deck.said(f"slides_level_{level}") + "   ", NOTE, "grey")


def draw(deck: Deck, slide: Any, grid: Grid, x: float, y: float) -> None:
    """Write the grid as a native table with its upper left corner at x, y."""
    count = len(grid.table.rows) + 1
    size = (Emu(round(one * EMU)) for one in (x, y, grid.wide, grid.high))
    frame = slide.shapes.add_table(count, len(grid.widths), *size)
    alt = deck.said("slides_table_alt", title=plain(grid.table.title), rows=count - 1, columns=len(grid.widths))
    described(frame, alt, grid.table.title)
    columns = "".join(f'<a:gridCol w="{round(one * EMU)}"/>' for one in grid.widths)
    placed = [(one.kind, beside) for one, beside in zip(grid.table.columns, sides(grid.table), strict=True)]
    head = "".join(
        _cell(deck, one.title, kind, beside, grid, True)
        for one, (kind, beside) in zip(grid.table.columns, placed, strict=True)
    )
    rows = [f'<a:tr h="{round(grid.head * EMU)}">{head}</a:tr>']
    for row, high in zip(grid.table.rows, grid.heights, strict=True):
        cells = "".join(_cell(deck, cell, kind, beside, grid) for cell, (kind, beside) in zip(row, placed, strict=True))
        rows.append(f'<a:tr h="{round(high * EMU)}">{cells}</a:tr>')
    made = parse_xml(
        f'<a:tbl {NAMESPACES}><a:tblPr firstRow="1"><a:tableStyleId>{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )
    old = elements(frame._element, ".//a:tbl")[0]
    old.getparent().replace(old, made)


def _cell(deck: Deck, cell: Cell, kind: str, beside: tuple[float, float], grid: Grid, head: bool = False) -> str:
    size = grid.size
    known = isinstance(cell, Number) and cell.value is not None
    align = "r" if kind == "number" or known else "l"
    if isinstance(cell, str):
        runs: tuple[Run, ...] = (Run(cell, size, "grey" if head else "ink", head),)
    else:
        tone = TONES.get(cell.level, "ink" if known or cell.level else "grey")
        shape, word = SHAPES.get(cell.level, ""), cell.word if grid.worded and cell.word != cell.text else ""
        kept = [text for text in (shape, cell.text, word) if text]
        runs = tuple(Run(text + " " * (place < len(kept)), size, tone) for place, text in enumerate(kept, 1))
    under = f'<a:lnB w="{12700 if head else 6350}">{fill("line" if head else "hair")}</a:lnB>'
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    left, right, up = (round(one * EMU) for one in (*beside, gap(size)))
    edge = f'marL="{left}" marR="{right}" marT="{up}" marB="{up}"'
    text = written([Paragraph(runs, align)], deck.pack.language)
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr {edge} anchor="{"b" if head else "t"}">{none}{under}<a:noFill/></a:tcPr></a:tc>'
    )
