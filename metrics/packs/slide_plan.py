"""What stands on which slide: a section's blocks one after another, each where there is room for the whole of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from metrics.documents.document import plain
from metrics.packs import slide_blocks as blocks
from metrics.packs.model import (
    Block,
    Cell,
    Chart,
    Column,
    Figures,
    Live,
    Number,
    Section,
    Signature,
    Table,
    Text,
    numbers,
)
from metrics.packs.refs import parsed
from metrics.packs.slide_blocks import ROOM, Piece
from metrics.packs.slide_deck import INNER, TITLES, Deck
from metrics.packs.slide_tables import Grid, grids, paged
from metrics.packs.slide_text import HEADING, SHAPES, SPACING, fitted, height, line
from metrics.words import number

MOST = 40  # slides; with more, what the workbook has whole is cut short
CUTS = ("", "annex", "used", "weighed", "none")  # the annex to rows past limits, then definitions to these
GAP = 12.0  # between pieces, points
HEAD = HEADING * SPACING + 5  # a heading's height
TAIL = 120.0  # at most so much room is kept below a table for what follows it


@dataclass
class Page:
    """A slide as planned: its title, the section's, what stands on it, and the line at its foot."""

    title: str
    section: str
    pieces: list[Piece] = field(default_factory=list)
    basis: str = ""

    @property
    def used(self) -> float:
        """The height of its pieces with the space between them, points."""
        return sum(tall(self, one) for one in self.pieces) + GAP * max(len(self.pieces) - 1, 0)


def tall(page: Page, piece: Piece) -> float:
    """A piece's height on a page, with its heading unless that is the page's title."""
    return piece.high + (HEAD if piece.heading and piece.heading != page.title else 0)


def planned(deck: Deck) -> list[Page]:
    """Every slide after the cover; where they are more than `MOST`, annexes and definitions are summed up."""
    made: dict[int, list[Page]] = {}
    pages: list[Page] = []
    kept: list[Section] = []  # so that no id is given twice
    for brief in range(len(CUTS)):
        sections = list(_sections(deck, brief))
        kept += sections
        made |= {id(one): _pages(deck, one) for one in sections if id(one) not in made}
        pages = [page for one in sections for page in made[id(one)]]
        if len(pages) < MOST:
            break
    return _numbered(pages)


def _sections(deck: Deck, brief: int) -> Iterator[Section]:
    """The pack's sections; the definitions stand where it has a place for them, else before the signature.

    Args:
        brief: how far to cut, a place of `CUTS`.
    """
    pack = deck.pack
    bare = Section("definitions", "definitions", deck.said("slides_definitions"), "", ())
    sections = list(pack.sections)
    if pack.definitions and not any(section.kind == "definitions" for section in sections):
        last = next((place for place, one in enumerate(sections) if one.kind == "signature"), len(sections))
        sections.insert(last, bare)
    for section in sections:
        if section.kind == "definitions":
            yield _defined(deck, section, CUTS[brief])
        else:
            yield _shortened(deck, section) if section.kind == "annex" and brief else section


def _defined(deck: Deck, section: Section, cut: str) -> Section:
    """The section with a table of all definitions, or with fewer: of figures on slides, of those that are weighed."""
    pack = deck.pack
    used = {parsed(one.ref)[0] for where, one in numbers(pack) if where.kind != "annex" and one.ref.count("|") == 2}
    lives = [block for where in pack.sections for block in where.blocks if isinstance(block, Live)]
    weighed = {str(leaf["indicator"]) for live in lives for leaf in live.leaves}
    wanted = {"used": used, "weighed": weighed, "none": set()}.get(cut)
    kept = [one for one in pack.definitions if wanted is None or one.id in wanted]
    heads = ("indicator", "meaning", "limits", "source")
    rows = []
    for one in kept:
        meaning = f"{one.summary} ({one.settings})" if one.settings else one.summary
        known = deck.said("slides_n", n=number(pack.language, one.n)) if one.n is not None else ""
        source = "; ".join(part for part in (one.source, one.standard, known) if part)
        rows.append((one.title, meaning, one.limits, source))
    columns = tuple(Column(deck.said(f"slides_col_{name}"), wide=1 + (name == "meaning")) for name in heads)
    made: tuple[Block, ...] = (Table("definitions", section.title, columns, tuple(rows)),) if rows else ()
    if len(kept) < len(pack.definitions):
        name = "slides_some" if kept else "slides_all_rest"
        section = replace(section, message=deck.said(name, shown=len(kept), all=len(pack.definitions)))
    return replace(section, blocks=(*section.blocks, *made))


def _shortened(deck: Deck, section: Section) -> Section:
    """The section with only those rows of its tables that are past a limit, and where the rest stands."""
    kept: list[Table] = []
    total = shown = 0
    for block in section.blocks:
        if isinstance(block, Table):
            rows = tuple(row for row in block.rows if _past(row))
            total, shown = total + len(block.rows), shown + len(rows)
            if rows and kept and kept[-1].columns == block.columns:
                kept[-1] = replace(kept[-1], rows=(*kept[-1].rows, *rows), title=section.title)
            elif rows:
                kept.append(replace(block, rows=rows))
    name = "slides_rest" if shown else "slides_all_rest"
    others = tuple(block for block in section.blocks if not isinstance(block, Table))
    return replace(section, message=deck.said(name, shown=shown, all=total), blocks=(*kept, *others))


def _past(row: Sequence[Cell]) -> bool:
    """Whether the first figure of a row, that of the whole, is past a limit."""
    first = next((cell for cell in row if isinstance(cell, Number)), None)
    return first is not None and first.level in SHAPES


class Flow:
    """A section while its blocks are put on slides."""

    def __init__(self, deck: Deck, section: Section) -> None:
        self.deck, self.section = deck, section
        whole = plain(section.message or section.title)
        kept, _, cut = fitted(f"{whole} (88/88)", TITLES, INNER)
        self.message = kept[:-10].rstrip() + "…" if cut else whole
        self.pages = [self._page(self.message)]
        if cut:
            for piece in blocks.texts(deck, Text(whole)):
                self.put(piece)

    def _page(self, title: str) -> Page:
        return Page(title, plain(self.section.title), basis=plain(self.section.basis))

    @property
    def left(self) -> float:
        """The room on the last page, points."""
        page = self.pages[-1]
        return ROOM - self._foot() - page.used - (GAP if page.pieces else 0)

    def _foot(self) -> float:
        lines = height([line(self.section.basis, 10)], INNER) if self.section.basis else 0
        return max(lines - 14, 0)

    def put(self, piece: Piece) -> None:
        """On the last page where it fits, else on a new one with the piece's heading as title."""
        page = self.pages[-1]
        if page.pieces and tall(page, piece) > self.left:
            self.next(piece.heading)
        before = self.pages[-1].pieces[-1:]
        again = any(one.heading == piece.heading for one in before)
        self.pages[-1].pieces.append(replace(piece, heading="") if again else piece)

    def next(self, title: str = "") -> None:
        """A new page, unless the last is empty."""
        if self.pages[-1].pieces:
            self.pages.append(self._page(title or self.message))

    @property
    def whole(self) -> float:
        """The room on an empty page."""
        return ROOM - self._foot()


def _pages(deck: Deck, section: Section) -> list[Page]:
    """The slides of a section; what the board is to decide comes last, on its own."""
    flow = Flow(deck, section)
    asked = [block for block in section.blocks if isinstance(block, Text) and block.kind == "decision"]
    for place, block in enumerate(section.blocks):
        if isinstance(block, Table):
            _table(flow, block, _tail(deck, section.blocks[place + 1 :]))
        elif isinstance(block, Chart):
            _chart(flow, block)
        elif block not in asked:
            _several(flow, section.blocks, place)
    for block in asked:
        flow.next(deck.said("slides_decision"))
        for piece in blocks.decision(deck, block):
            flow.put(piece)
    return flow.pages


def _simple(deck: Deck, block: Block) -> Iterator[Piece]:
    if isinstance(block, Live):
        return blocks.texts(deck, Text(deck.said("slides_live"), "note"))
    if isinstance(block, Text):
        return blocks.texts(deck, block) if block.text.strip() else iter(())
    if isinstance(block, Figures):
        return blocks.figures(deck, block)
    return blocks.signature(deck, block) if isinstance(block, Signature) else iter(())


def _following(deck: Deck, rest: Sequence[Block]) -> float:
    """The room that the texts with which the rest begins need, points."""
    found = 0.0
    for block in rest:
        if not isinstance(block, (Text, Live)) or (isinstance(block, Text) and block.kind == "decision"):
            break
        found += sum(piece.high + GAP for piece in _simple(deck, block))
    return found


def _tail(deck: Deck, rest: Sequence[Block]) -> float:
    """The room to keep below a table, so that a few texts after it do not stand alone on a slide."""
    found = _following(deck, rest)
    return found if found <= TAIL else 0.0


def _several(flow: Flow, given: Sequence[Block], place: int) -> None:
    """A block of one or more pieces; texts that would be torn apart here and fit on a new page begin one."""
    if not place or not isinstance(given[place - 1], (Text, Live)):
        needed = _following(flow.deck, given[place:])
        if flow.left < needed <= flow.whole:
            flow.next()
    for piece in _simple(flow.deck, given[place]):
        flow.put(piece)


def _chart(flow: Flow, block: Chart) -> None:
    """A chart with its table: on the last page where there is room for both, else on one of its own."""
    charted = any(one.grows for one in flow.pages[-1].pieces)
    here = 0.0 if charted else flow.left - HEAD
    piece, whole = blocks.chart(flow.deck, block, here)
    if not whole or (piece is not None and piece.high > here):
        piece, whole = blocks.chart(flow.deck, block, flow.whole - HEAD)
        if piece is not None and (charted or piece.high > here):
            flow.next(piece.heading)
    if piece is not None:
        flow.put(piece)
    if not whole:
        _table(flow, block.table, 0.0)


def _table(flow: Flow, block: Table, tail: float) -> None:
    """A table on as many slides as it needs, each part with its heads and its place among them."""
    if not block.rows:
        return
    deck, charted = flow.deck, any(one.grows for one in flow.pages[-1].pieces)
    room = flow.whole - HEAD - _low(deck, block)
    here = 0.0 if charted else flow.left - HEAD - _low(deck, block)
    made = grids(block, INNER, here - tail)
    if len(made) > 1 or made[0].high > here - tail:
        made = grids(block, INNER, room - tail)
    parts: list[Grid] = []
    for place, grid in enumerate(made):
        parts += paged(grid, 0.0 if place else here, room, tail if place == len(made) - 1 else 0.0)
    for place, grid in enumerate(parts, 1):
        count = f"({place}/{len(parts)})" if len(parts) > 1 else ""
        piece = blocks.table(deck, block, grid, count, place == len(parts))
        if place > 1 or charted:
            flow.next(piece.heading)
        flow.put(piece)


def _low(deck: Deck, block: Table) -> float:
    """The most room that what stands below a table may need: its note, and a line of shapes with their words."""
    return height([line(block.note or " ", 10), line(" ", 10)], INNER) + 6


def _numbered(pages: list[Page]) -> list[Page]:
    """Titles that several slides of a section share are told apart by their place among them."""
    alike: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        alike.setdefault((page.section, page.title), []).append(page)
    for (_, title), same in alike.items():
        for place, page in enumerate(same, 1):
            if len(same) > 1:
                page.title = f"{title} ({place}/{len(same)})"
    return pages
