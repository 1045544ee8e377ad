"""The pack as slides: one message each, with charts and tables that stay charts and tables, and notes to speak from."""

from collections.abc import Mapping

from metrics.documents.document import plain
from metrics.packs.model import Definition, Pack
from metrics.packs.refs import parsed
from metrics.packs.slide_blocks import ROOM
from metrics.packs.slide_deck import COVER, COVERS, INNER, MARGIN, TOP, Deck
from metrics.packs.slide_plan import GAP, HEAD, Page, planned, tall
from metrics.packs.slide_text import HEADING, SPACING, Paragraph, Run, fitted, height, line, lines
from metrics.words import number

BASIS = 484.0  # where the line that a slide rests on stands, points


def pptx(pack: Pack) -> bytes:
    """The slides as a PowerPoint file: cover, sections in order, definitions; the same pack gives the same bytes."""
    deck = Deck(pack)
    _cover(deck)
    known = {one.id: one for one in pack.definitions}
    for page in planned(deck):
        _draw(deck, page, known)
    return deck.bytes()


def _cover(deck: Deck) -> None:
    pack = deck.pack
    notes = "\n".join(
        deck.said("slides_named", what=name) + said
        for name, said in (*pack.basis, (deck.said("slides_hash"), pack.hash))
    )
    own = pack.institution not in pack.title  # a title that names it is made of it, the kind and the day
    heading = pack.title if own else pack.institution
    slide = deck.slide(heading, pack.kind, notes, cover=True)
    title, size, _ = fitted(plain(heading), COVERS, INNER)
    y = COVER[1] + len(lines(title, size, INNER, True)) * size * SPACING + 14
    below = [pack.institution, deck.day] if own else [deck.day]
    said = [line(fitted(plain(one), ((20, 2),), INNER)[0], 20, "ink", after=4) for one in below]
    if pack.sample:
        said.append(line(fitted(plain(pack.sample), ((14, 1),), INNER)[0], 14, "amber", True, after=2))
    rows = []
    for name, what in pack.basis:
        shown = fitted(plain(what), ((11, 2),), INNER - 200)[0]
        rows.append(Paragraph((Run(deck.said("slides_named", what=plain(name)), 11, "grey"), Run(shown, 11)), after=2))
    tops = height(said, INNER)
    deck.text(slide, (MARGIN, y, INNER, tops), said)
    deck.text(slide, (MARGIN, y + tops + 12, INNER, height(rows, INNER)), rows)


def _draw(deck: Deck, page: Page, known: Mapping[str, Definition]) -> None:
    slide = deck.slide(page.title, page.section, _notes(deck, page, known))
    foot = height([line(page.basis, 10)], INNER) if page.basis else 0.0
    spare = ROOM - max(foot - 14, 0) - page.used
    y = TOP
    for piece in page.pieces:
        high = piece.high + (spare if piece.grows else 0)
        if tall(page, piece) > piece.high:
            deck.text(slide, (MARGIN, y, INNER, HEAD - 4), [line(piece.heading, HEADING, "ink", True)])
            y += HEAD
        piece.draw(deck, slide, y, high)
        y += high + GAP
    if page.basis:
        deck.text(slide, (MARGIN, BASIS + 14 - max(foot, 14), INNER, max(foot, 14)), [line(page.basis, 10, "grey")])


def _notes(deck: Deck, page: Page, known: Mapping[str, Definition]) -> str:
    """What a speaker needs besides: what the figures rest on, notes of tables, definitions of what stands here."""
    numbers = [one for piece in page.pieces for one in piece.numbers]
    said = [page.basis, *(note for piece in page.pieces for note in piece.notes)]
    names = dict.fromkeys(parsed(one.ref)[0] for one in numbers if one.ref.count("|") == 2)
    said += [_definition(deck, known[name]) for name in names if name in known]
    if any(one.hidden for one in numbers):
        said.append(dict(deck.pack.basis).get(deck.pack.words["basis_threshold"], ""))
    return "\n".join(dict.fromkeys(one for one in said if one))


def _definition(deck: Deck, one: Definition) -> str:
    """Name, meaning, definition in force, source of limits, source, n."""
    named = [(deck.said("slides_limits"), one.limits), (deck.said("slides_source"), one.source)]
    parts = [one.summary, one.settings, *(deck.said("slides_named", what=name) + said for name, said in named if said)]
    parts += [deck.said("slides_n", n=number(deck.pack.language, one.n))] if one.n is not None else []
    return f"{one.title}. " + " ".join(f"{part.rstrip('.')}." for part in parts if part)
