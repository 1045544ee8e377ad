"""A country's official scorecard workbook -> scorecards, look-up tables and rates, or a refusal that says why."""

import difflib
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from metrics.errors import InputError
from metrics.ingest.model import Note
from metrics.ppi import shapes
from metrics.ppi.example import notes_on_example
from metrics.ppi.grid import Grid, grids, plain
from metrics.ppi.model import HIGHEST, Rate, Variant, Workbook
from metrics.ppi.rates import rates
from metrics.ppi.shapes import Card, Lookup

NEAR = 0.8  # "National Poverty Lines" is National Poverty Line
TAG = re.compile(r"\d+\s?[A-Za-z]?")


def read(path: Path) -> Workbook:
    """A scorecard workbook, with every variant, every line, and the rates where it gives them.

    Raises:
        InputError: the file cannot be read, or it is no scorecard that is understood: file, sheet and reason.
    """
    with tempfile.TemporaryDirectory() as place:
        file, sha256, sheets = grids(path, Path(place))
    lookups = [table for grid in sheets if (table := shapes.lookup(grid))]
    used = {table.grid.name for table in lookups}
    cards = [card for grid in sheets if grid.name not in used and (card := shapes.card(grid))]
    if not cards or not lookups:
        key = "ppi.no_lookup" if cards else "ppi.no_scorecard"
        raise InputError(key, file=file, sheets=", ".join(grid.name for grid in sheets) or "-")
    variants = _variants(file, cards, lookups)
    used |= {card.grid.name for card in cards}
    others = [grid for grid in sheets if grid.name not in used]
    found_rates = tuple(rate for grid in others for rate in rates(grid, _names(variants)))
    name = next((card.title for card in cards if card.title), "") or Path(file).stem
    notes = (*_blanks(cards), *_notes(others, variants))
    return Workbook(file, sha256, name, variants, _once(found_rates), notes, path)


def _names(variants: Sequence[Variant]) -> list[str]:
    return list(dict.fromkeys(line for variant in variants for line in variant.lines))


def _variants(file: str, cards: Sequence[Card], lookups: Sequence[Lookup]) -> tuple[Variant, ...]:
    """Each scorecard with its look-up table."""
    if len(cards) != len(lookups):
        sheets = ", ".join([*(card.grid.name for card in cards), *(table.grid.name for table in lookups)])
        raise InputError("ppi.unpaired", file=file, cards=len(cards), lookups=len(lookups), sheets=sheets)
    pairs = _by_tag(cards, lookups) or list(zip(cards, lookups, strict=True))
    names = [f"{len({r.question_no for r in card.responses})}Q" for card, _ in pairs]
    if len(set(names)) < len(names):
        names = [card.grid.name for card, _ in pairs]
    return tuple(_variant(name, card, lookup) for name, (card, lookup) in zip(names, pairs, strict=True))


def _by_tag(cards: Sequence[Card], lookups: Sequence[Lookup]) -> list[tuple[Card, Lookup]]:
    """Pairs by what both sheets' names carry (11Q, 6Q); none where a name carries nothing or two the same."""
    tags = {_tag(found.grid): found for found in lookups}
    if "" in tags or len(tags) < len(lookups) or {_tag(card.grid) for card in cards} != set(tags):
        return []
    return [(card, tags[_tag(card.grid)]) for card in cards]


def _tag(grid: Grid) -> str:
    found = TAG.search(grid.name)
    return found[0].replace(" ", "").casefold() if found else ""


def _variant(name: str, card: Card, lookup: Lookup) -> Variant:
    """A scorecard's points in the order of its look-up table's lines."""
    order = _order(card, lookup)
    responses = tuple(
        type(r)(r.question_no, r.question, r.response, tuple(r.points[at] for at in order)) for r in card.responses
    )
    return Variant(name, lookup.lines, responses, lookup.likelihoods, card.grid.name, lookup.grid.name)


def _order(card: Card, lookup: Lookup) -> list[int]:
    """For each line of the look-up table, the place of the scorecard's column for it."""
    own = {plain(line): at for at, line in enumerate(card.lines)}
    order = []
    for line in lookup.lines:
        near = difflib.get_close_matches(plain(line), list(own), n=1, cutoff=NEAR)
        key = plain(line) if plain(line) in own else (near or [""])[0]
        # Near is enough for words, never for figures: $1.90 is not $1.00.
        if key not in own or re.findall(r"\d[\d.]*", key) != re.findall(r"\d[\d.]*", plain(line)):
            raise shapes.fault("line_without_points", lookup.grid, line=line, other=card.grid.name)
        order.append(own.pop(key))
    if own:
        left = card.lines[min(own.values())]
        raise shapes.fault("line_without_lookup", card.grid, line=left, other=lookup.grid.name)
    return order


def _once(found: Sequence[Rate]) -> tuple[Rate, ...]:
    """Each rate once: a country's rate stands on the sheet of its regions and on that of its provinces."""
    kept = {(rate.estimate, rate.year, rate.area, rate.line): rate for rate in reversed(found)}
    return tuple(reversed(kept.values()))


def _blanks(cards: Sequence[Card]) -> list[Note]:
    return [
        Note("ppi.note_blank", {"sheet": card.grid.name, "question": question})
        for card in cards
        for question in dict.fromkeys(card.blanks)
    ]


def _notes(others: Sequence[Grid], variants: Sequence[Variant]) -> tuple[Note, ...]:
    """What a reader should know: stale examples, scores that can pass 100, likelihoods that rise."""
    notes = notes_on_example(others, variants)
    for variant in variants:
        tops = [max(_highest(variant, at), 0) for at in range(len(variant.lines))]
        over = [line for line, top in zip(variant.lines, tops, strict=True) if top > HIGHEST]
        if over:
            notes.append(Note("ppi.note_over_100", {"variant": variant.name, "lines": ", ".join(over)}))
        rising = [line for at, line in enumerate(variant.lines) if _rises(variant, at)]
        if rising:
            notes.append(Note("ppi.note_rises", {"variant": variant.name, "lines": ", ".join(rising)}))
    return tuple(notes)


def _highest(variant: Variant, line: int) -> int:
    best: dict[int, int] = {}
    for response in variant.responses:
        best[response.question_no] = max(best.get(response.question_no, 0), response.points[line])
    return sum(best.values())


def _rises(variant: Variant, line: int) -> bool:
    column = [row[line] for row in variant.likelihoods]
    return any(after > before for before, after in zip(column, column[1:], strict=False))
