"""What a composed pack holds, whatever form it is written in: sections of blocks, every number typed and traceable.

All of it is plain frozen data in the pack's own language: composing reads the figures, writing only reads this. So the
four forms cannot differ in a number, a frozen pack is written again with the same bytes, and two packs are compared.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

HIDDEN = "hidden"  # the one mark of figures kept back: of few people, or such that another could be worked out by it


@dataclass(frozen=True)
class Number:
    """A figure as the engine has it and as it is written; the same `text` stands in every form.

    Attributes:
        value: shares as fractions, healths 0..100; None where it is missing or kept back.
        text: as readers see it, `–` where it is missing; where it is kept back it says so, and not why.
        unit: %, money, points, ratio, count, days, health, rank; settles the number format of a workbook.
        ref: what it is, when and whose, as `refs.ref` writes it; empty for a number that nobody asks for again.
        n: the people or loans behind it; None where that is not known.
        level: "", within, amber, red, below, critical: said by a shape and `word` too.
        word: the status in words; empty where there is none.
        hidden: `HIDDEN` where it is kept back.
    """

    value: float | None
    text: str
    unit: str = "count"
    ref: str = ""
    n: int | None = None
    level: str = ""
    word: str = ""
    hidden: str = ""


Cell = str | Number


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, and whether it holds text or numbers; `wide` is its share of the width."""

    title: str
    kind: str = "text"
    wide: float = 1.0


@dataclass(frozen=True)
class Text:
    """A paragraph. `kind`: lead (the section's finding), plain, note, quote, decision, comment; `by` is who said it."""

    text: str
    kind: str = "plain"
    by: str = ""


@dataclass(frozen=True)
class Table:
    """A table: title, columns, rows of cells; `note` says date, n, definition or source where the heads do not."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of a chart: a name, its figures (None: none), and the pillar or level whose colour it has."""

    name: str
    values: tuple[float | None, ...]
    tone: str = "ink"


@dataclass(frozen=True)
class Chart:
    """A chart: drawn once as SVG, and as the data that a native chart and the table under it are made of.

    Attributes:
        title: its finding, in words.
        kind: bars (horizontal), columns, lines or points (the first series is x, the second y, a name each).
        categories: a name for each figure of a series.
        unit: of the figures, as `Number.unit`.
        svg: the drawing, `width` x `height` pixels; empty where only the data are shown.
        alt: what it shows, for those who do not see it.
        limits: (name, value, level) of lines that are drawn across.
        table: the same figures, to read and to copy.
    """

    id: str
    title: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    alt: str
    table: Table
    svg: str = ""
    width: float = 0.0
    height: float = 0.0
    limits: tuple[tuple[str, float, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """A few numbers that stand large: (label, number, what it is compared with in words)."""
    items: tuple[tuple[str, Number, str], ...]


@dataclass(frozen=True)
class Live:
    """The balance as it can be weighed again: what the component draws, and what a workbook computes from.

    Attributes:
        data: as `metrics.picture.live_data` gives it.
        words: the component's words in the pack's language.
        values: by unit id, each leaf's value in the order of `leaves`; None where missing or kept back.
        leaves: for each leaf of `data`: path, indicator id, goalposts, transform ("" or log), better.
        healths: by unit id: financial, social, balance, as `Number`s, at the pack's own social share.
        ranks: by unit id; None where there is none.
    """

    data: Mapping[str, Any]
    words: Mapping[str, Any]
    values: Mapping[str, tuple[float | None, ...]]
    leaves: tuple[Mapping[str, Any], ...]
    healths: Mapping[str, tuple[Number, Number, Number]]
    ranks: Mapping[str, int | None]


@dataclass(frozen=True)
class Signature:
    """Where people sign: for each a role and lines to write on; and what the pack is bound to, hash included."""

    roles: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


Block = Text | Table | Chart | Figures | Live | Signature
BLOCKS = {one.__name__: one for one in (Text, Table, Chart, Figures, Live, Signature)}


@dataclass(frozen=True)
class Section:
    """One message: title, the finding in one sentence, the blocks that carry it, and what it rests on (`basis`)."""

    id: str
    kind: str
    title: str
    message: str
    blocks: tuple[Block, ...]
    basis: str = ""


@dataclass(frozen=True)
class Definition:
    """An indicator as the pack defines it: texts in the pack's language; `n` is of the whole institution."""

    id: str
    title: str
    short: str
    unit: str
    better: str
    summary: str
    source: str
    standard: str
    limits: str
    settings: str
    n: int | None
    coverage: float | None


@dataclass(frozen=True)
class Pack:
    """A whole pack. `as_of` is ISO; `basis` pairs of a name and what there is to say: date, weights, data version.

    `filters` has what it is a part of, as places name it (`Asked.filters`); empty for the whole institution.
    """

    title: str
    institution: str
    language: str
    as_of: str
    kind: str
    sample: str
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    basis: tuple[tuple[str, str], ...]
    words: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 of what it says, whatever the forms say around it; signatures are left out, for they print it.

        What is empty is left out too, so that a field which a later version adds changes no hash of an older pack.
        """
        bare = tuple(
            replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Signature)))
            for section in self.sections
        )
        told = _filled(_plain(replace(self, sections=bare, words={})))
        return hashlib.sha256(_text(told).encode("utf-8", "surrogatepass")).hexdigest()


def tables(pack: Pack) -> Iterator[tuple[Section, Table]]:
    """Every table, also those under charts."""
    for section in pack.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield section, block
            elif isinstance(block, Chart):
                yield section, block.table


def numbers(pack: Pack) -> Iterator[tuple[Section, Number]]:
    """Every number that stands in a table, under a chart or large; the live balance's own are left out."""
    for section in pack.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                yield from ((section, number) for _, number, _ in block.items)
    for section, table in tables(pack):
        yield from ((section, cell) for row in table.rows for cell in row if isinstance(cell, Number))


def as_json(pack: Pack) -> str:
    """The pack as text that `reading.from_json` reads back."""
    return _text(_plain(pack))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _filled(value: Any) -> Any:
    """The same without fields that are empty."""
    if isinstance(value, dict):
        told = {name: _filled(inner) for name, inner in value.items()}
        return {name: inner for name, inner in told.items() if inner not in ("", None, {}, [])}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"_": type(value).__name__} if type(value).__name__ in BLOCKS or isinstance(value, Number) else {}
        return kind | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
