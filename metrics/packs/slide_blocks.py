"""The blocks of a pack as pieces of slides: how high each stands, and how it is drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from metrics.documents.document import plain
from metrics.packs.model import Chart, Figures, Number, Signature, Table, Text
from metrics.packs.slide_cells import below, legend
from metrics.packs.slide_cells import draw as draw_table
from metrics.packs.slide_charts import draw as draw_chart
from metrics.packs.slide_charts import drawable
from metrics.packs.slide_deck import BOTTOM, INNER, MARGIN, TOP, Deck
from metrics.packs.slide_tables import Grid, grids
from metrics.packs.slide_text import (
    SHAPES,
    SPACING,
    TONES,
    Paragraph,
    Run,
    fitted,
    height,
    line,
    lines,
    named,
    paragraphs,
    width,
)
from metrics.words import number as grouped

ROOM = BOTTOM - TOP
Draw = Callable[[Deck, Any, float, float], None]  # deck, slide, upper edge, height
LOOKS = {  # of kinds of text: size, tone, italic, and the tone of the line at its side
    "lead": (18.0, "ink", False, ""), "plain": (14.0, "ink", False, ""), "note": (11.0, "grey", False, ""),
    "quote": (14.0, "ink", True, "accent2"), "comment": (13.0, "ink", False, "accent3"),
    "decision": (20.0, "ink", False, ""),
}  # fmt: skip
ABREAST, CARD = 4, 20.0  # figures beside each other, and the space between them
LEAST, LONE = 210.0, 0.52  # of a chart: its height in points; the most of the width that its table may take
INDENT = 14.0


@dataclass(frozen=True)
class Piece:
    """What stands together on a slide.

    Attributes:
        high: in points, its heading included.
        heading: stands above it, or is the slide's title where it begins one.
        numbers: the figures on it.
        notes: lines for the speaker.
        grows: takes the room that is left.
        alone: has a slide of its own.
    """

    high: float
    draw: Draw
    heading: str = ""
    numbers: tuple[Number, ...] = ()
    notes: tuple[str, ...] = ()
    grows: bool = False
    alone: bool = False


def texts(deck: Deck, block: Text) -> Iterator[Piece]:
    """A text; one that is longer than a slide goes on in the next."""
    size, tone, italic, side = LOOKS.get(block.kind, LOOKS["plain"])
    wide = INNER - (INDENT if side else 0)
    said = [Paragraph((Run(one, size, tone, italic=italic),), after=4) for one in paragraphs(block.text)]
    if block.kind == "comment":
        said.insert(0, line(deck.said("slides_comment"), 11, "grey", True))
    if block.by:
        said.append(line("— " + plain(block.by), 11, "grey"))
    for part in _parted(said, wide, ROOM - 8):
        yield Piece(height(part, wide), _text(part, wide, side))


def _text(said: list[Paragraph], wide: float, side: str) -> Draw:
    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        if side:
            deck.rule(slide, (MARGIN + 1, y + 2), (MARGIN + 1, y + high - 4), side, 2.0)
        deck.text(slide, (MARGIN + INNER - wide, y, wide, high), said)

    return draw


def _parted(said: list[Paragraph], wide: float, room: float) -> Iterator[list[Paragraph]]:
    """Paragraphs in groups that are no higher than the room; a longer one is cut at the end of a line."""
    group: list[Paragraph] = []
    for one in said:
        run = one.runs[0]
        most = max(int((room - one.after) / (run.size * SPACING)), 1)
        cut = lines(run.text, run.size, wide, run.bold) if height([one], wide) > room else [run.text]
        step = most if len(cut) > 1 else 1
        for start in range(0, len(cut), step):
            text = " ".join(cut[start : start + step])
            part = Paragraph((Run(text, run.size, run.tone, run.bold, run.italic),), one.align, one.after)
            if group and height([*group, part], wide) > room:
                yield group
                group = []
            group.append(part)
    yield group


def figures(deck: Deck, block: Figures) -> Iterator[Piece]:
    """Numbers that stand large, some beside each other, each with its label, status and comparison."""
    for start in range(0, len(block.items), ABREAST):
        items = block.items[start : start + ABREAST]
        count = max(len(items), 3)
        wide = (INNER - CARD * (count - 1)) / count
        cards = [_card(deck, *item, wide) for item in items]
        parts = tuple(max(height(card[row], wide) for card in cards) for row in range(3))
        yield Piece(sum(parts) + 12, _cards(cards, wide, parts), numbers=tuple(item[1] for item in items))


def _card(deck: Deck, label: str, number: Number, beside: str, wide: float) -> list[list[Paragraph]]:
    """Label, number, and what is to say of it: status in shape and word, n, comparison."""
    size = next((one for one in (44.0, 36.0, 28.0, 20.0) if width(number.text, one, True) <= wide), 16.0)
    tone = "grey" if number.value is None else TONES.get(number.level, "ink")
    said = []
    if number.level in SHAPES:
        mark, word = legend(deck, number.level)
        runs = (Run(mark.text, 12, mark.tone), Run(plain(number.word) or word.text.strip(), 12, mark.tone, True))
        said.append(Paragraph(runs))
    n = "" if number.n is None else grouped(deck.pack.language, number.n)
    people = deck.said("slides_n", n=n) if n and n != number.text and "n = " not in beside else ""
    said += [line(plain(one), 12, "grey") for one in (beside, people) if one]
    return [[line(plain(label), 13, "grey")], [line(number.text, size, tone, True)], said or [line("", 12)]]


def _cards(cards: list[list[list[Paragraph]]], wide: float, parts: tuple[float, ...]) -> Draw:
    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        for place, card in enumerate(cards):
            x = MARGIN + place * (wide + CARD)
            deck.rule(slide, (x, y), (x + wide, y), "accent1", 1.5)
            top = y + 6
            for said, tall in zip(card, parts, strict=True):
                deck.text(slide, (x, top, wide, tall), said, "b" if said is card[0] else "t")
                top += tall

    return draw


def table(deck: Deck, block: Table, grid: Grid, part: str = "", last: bool = True) -> Piece:
    """Rows of a table that stand on one slide, with what is to say below."""
    under = below(deck, grid, block.note if last else "")
    low = height(under, INNER) + 6 if under else 0
    heading = named(block.title, part)
    numbers = tuple(cell for row in grid.table.rows for cell in row if isinstance(cell, Number))

    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        draw_table(deck, slide, grid, MARGIN, y)
        if under:
            deck.text(slide, (MARGIN, y + grid.high + 6, INNER, low - 6), under)

    return Piece(grid.high + low, draw, heading, numbers, (plain(block.note),) if block.note else ())


def chart(deck: Deck, block: Chart, room: float) -> tuple[Piece | None, bool]:
    """The chart with its table beside it where both fit; else the chart alone, and whether its table is on it.

    Args:
        room: the height that there is, points.
    """
    if not drawable(block):
        return None, False
    below_it = height([line(one or " ", 10) for one in (block.note, block.table.note)], INNER) + 6
    found = grids(block.table, INNER * LONE, room - below_it, (12.0, 11.0, 10.0)) if block.table.rows else []
    fits = len(found) == 1 and found[0].high <= room - below_it and found[0].wide <= INNER * LONE
    grid = found[0] if fits else None
    note = "" if block.kind == "points" else block.note  # which speaks of the marks of the drawing
    under = [line(plain(note), 10, "grey")] if note else []
    under += below(deck, grid, "" if block.table.note == note else block.table.note) if grid else []
    low = height(under, INNER) + 6 if under else 0

    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        wide = INNER - (grid.wide + 24 if grid else 0)
        draw_chart(deck, slide, block, (MARGIN, y, wide, high - low))
        if grid:
            draw_table(deck, slide, grid, MARGIN + INNER - grid.wide, y)
        if under:
            deck.text(slide, (MARGIN, y + high - low + 6, INNER, low - 6), under)

    numbers = tuple(cell for row in block.table.rows for cell in row if isinstance(cell, Number))
    notes = tuple(plain(one) for one in (block.alt, note, block.table.note) if one)
    tall = max(LEAST, grid.high if grid else 0) + low
    return Piece(tall, draw, named(block.title), numbers, notes, grows=True), grid is not None


def decision(deck: Deck, block: Text) -> Iterator[Piece]:
    """What the board is asked to decide, lines to write it on where nothing stands yet, and lines for the record."""
    asked = list(texts(deck, block)) if block.text.strip() else []
    title = deck.said("slides_decision")
    for one in asked:
        yield Piece(one.high, one.draw, title)
    names = [deck.said("slides_decided"), deck.said("slides_responsible"), deck.said("slides_due")]
    empty = 0 if asked else 3

    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        for place in range(empty):
            down = y + 44 * (place + 1)
            deck.rule(slide, (MARGIN, down), (MARGIN + INNER, down), "tx2")
        top = y + 44 * empty + 40
        for place, name in enumerate(names):
            down = top + 44 * place
            deck.text(slide, (MARGIN, down, 150, 18), [line(name, 13, "grey")])
            deck.rule(slide, (MARGIN + 160, down + 17), (MARGIN + INNER, down + 17), "tx2")

    yield Piece(44.0 * empty + 40 + 44 * len(names), draw, title)


def signature(deck: Deck, block: Signature) -> Iterator[Piece]:
    """What the pack is bound to, then for each role lines for name, date and signature."""
    bound = [
        Paragraph(
            (Run(deck.said("slides_named", what=plain(name)), 12, "grey"), Run(plain(said) or "…………………………", 11)),
            after=3,
        )
        for name, said in block.lines
    ]
    for part in _grouped(bound):
        yield Piece(height(part, INNER) + 6, _text(part, INNER, ""))
    heads = [deck.said("slides_name"), deck.said("slides_signature"), deck.said("slides_date")]
    for role in block.roles:
        yield Piece(48, _signed(fitted(plain(role), ((13, 2), (10, 3)), 180)[0], heads))


def _grouped(said: list[Paragraph]) -> Iterator[list[Paragraph]]:
    group: list[Paragraph] = []
    for one in said:
        if group and height([*group, one], INNER) > ROOM - 8:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _signed(role: str, heads: list[str]) -> Draw:
    def draw(deck: Deck, slide: Any, y: float, high: float) -> None:
        deck.text(slide, (MARGIN, y + 12, 180, 34), [line(role, 13, "ink", True)])
        x = MARGIN + 200
        for name, wide in zip(heads, (270.0, 270.0, 120.0), strict=True):
            deck.rule(slide, (x, y + 28), (x + wide, y + 28), "tx2")
            deck.text(slide, (x, y + 31, wide, 14), [line(name, 10, "grey")])
            x += wide + 10

    return draw
