"""The blocks of a pack as HTML. Every text of the pack goes through `escaped`; nothing here has a style or a script."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from metrics.packs.drawn import drawing
from metrics.packs.model import Cell, Chart, Column, Figures, Live, Number, Pack, Section, Signature, Table, Text

SHAPES: Mapping[str, str] = {"amber": "▲", "below": "▲", "red": "■", "critical": "■"}
WIDE = 8  # columns from which on a status stands as its shape, with its word for who reads by ear and below the table
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def escaped(text: object) -> str:
    """A text as it may stand in HTML, between tags or in quotes: never markup, whatever it is."""
    return html.escape(_HIDDEN.sub("", str(text)), quote=True)


def slug(*parts: object) -> str:
    """A name for a place in the page."""
    return "-".join(re.sub(r"[^\w-]+", "-", str(part)).strip("-").lower() for part in parts)


def figure(pack: Pack, number: Number, short: bool = False) -> str:
    """A number: its text to read, its value in full precision, its name; and its status as shape and word."""
    facts = {"ref": number.ref, "unit": number.unit, "n": number.n, "hidden": number.hidden, "level": number.level}
    said = "".join(f' data-{key}="{escaped(fact)}"' for key, fact in facts.items() if fact not in ("", None))
    value = "" if number.value is None else repr(float(number.value))
    written = f'<data value="{value}"{said}>{escaped(number.text)}</data>'
    if number.level not in SHAPES:
        return written
    sign = f'<span class="shape" aria-hidden="true">{SHAPES[number.level]}</span>'
    if number.value is None:  # its text is the word
        return f'<span class="mark {number.level}">{sign} {written}</span>'
    return f"{written} {_mark(pack, number, sign, short)}"


def _mark(pack: Pack, number: Number, sign: str, short: bool) -> str:
    word = f'<span class="{"unseen" if short else "word"}">{escaped(word_of(pack, number))}</span>'
    return f'<span class="mark {number.level}">{sign} {word}</span>'


def word_of(pack: Pack, number: Number) -> str:
    """The status of a number in words."""
    return number.word or str(pack.words[f"page_level_{number.level}"])


def table(pack: Pack, found: Table, name: str, seen: bool = True) -> str:
    """A table with its caption, heads with their scope, and the words of its shapes below it."""
    short = len(found.columns) > WIDE
    heads = "".join(f'<th scope="col"{_kind(column)}>{escaped(column.title)}</th>' for column in found.columns)
    rows = "".join(f"<tr>{_row(pack, found, row, short)}</tr>" for row in found.rows)
    caption = f'<caption{"" if seen else " class=unseen"}><span>{escaped(found.title)}</span></caption>'
    cells = (cell for row in found.rows for cell in row)
    words = {cell.level: word_of(pack, cell) for cell in cells if isinstance(cell, Number) and cell.level in SHAPES}
    legend = " · ".join(f"{SHAPES[level]} {word}" for level, word in sorted(words.items()))
    if not short or any(shape in found.note for shape in SHAPES.values()):
        legend = ""
    tight = ' class="tight"' if short else ""
    return (
        f'<div class="table" data-block="table" id="{name}"><p class="hint" hidden>{_word(pack, "page_sideways")}</p>'
        f'<div class="scroll" role="region" aria-label="{escaped(found.title)}"><table{tight}>{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note(legend)}{note(found.note)}</div>"
    )


def _row(pack: Pack, found: Table, row: tuple[Cell, ...], short: bool) -> str:
    head = next((at for at, cell in enumerate(row) if isinstance(cell, str)), None)  # a rank may stand before the name
    cells = zip(row, found.columns, strict=True)
    return "".join(_cell(pack, cell, column, at == head, short) for at, (cell, column) in enumerate(cells))


def _cell(pack: Pack, cell: Cell, column: Column, head: bool, short: bool) -> str:
    if isinstance(cell, Number):
        return f"<td{_kind(column)}>{figure(pack, cell, short)}</td>"
    tag, scope = ("th", ' scope="row"') if head else ("td", "")
    return f"<{tag}{scope}{_kind(column)}>{escaped(cell)}</{tag}>"


def _kind(column: Column) -> str:
    return ' class="number"' if column.kind == "number" else ""


def note(text: str) -> str:
    """A line in small print; nothing where there is nothing to say."""
    return f'<p class="note">{escaped(text)}</p>' if text else ""


def _word(pack: Pack, key: str) -> str:
    return escaped(pack.words[key])


def text(pack: Pack, found: Text, name: str) -> str:
    """A paragraph in the dress of its kind."""
    said = f"<p>{escaped(found.text)}</p>"
    by = f"<footer>{escaped(found.by)}</footer>" if found.by else ""
    begin = f'<div class="{escaped(found.kind)}" data-block="text" id="{name}">'
    if found.kind == "quote":
        return f"{begin}<blockquote>{said}{by}</blockquote></div>"
    heads = {"decision": "page_decision", "comment": "page_comment"}
    head = f"<h3>{_word(pack, heads[found.kind])}</h3>" if found.kind in heads else ""
    return f"{begin}{head}{said}{by}</div>"


def figures(pack: Pack, found: Figures, name: str) -> str:
    """A few large numbers, each with its label and what it is compared with."""
    items = "".join(
        f"<div><dt>{escaped(label)}</dt><dd>{figure(pack, number)}</dd>"
        + (f'<dd class="said">{escaped(said)}</dd>' if said else "") + "</div>"
        for label, number, said in found.items
    )  # fmt: skip
    return f'<dl class="figures" data-block="figures" id="{name}">{items}</dl>'


def chart(pack: Pack, found: Chart, name: str) -> str:
    """A chart with its finding as title, and under it its figures as a table."""
    drawn = drawing(found.svg, found.alt, name)
    hint = f'<p class="hint" hidden>{_word(pack, "page_sideways")}</p>'
    card = f'{hint}<div class="scroll card">{drawn}</div>' if drawn else ""
    data = table(pack, found.table, f"{name}-table", seen=False)
    opened = "" if drawn else " open"
    return (
        f'<figure data-block="chart" id="{name}"><figcaption><h3>{escaped(found.title)}</h3></figcaption>{card}'
        f'{note(found.note)}<details{opened}><summary>{_word(pack, "page_data")}</summary>{data}</details></figure>'
    )


def live(pack: Pack, found: Live, name: str) -> str:
    """The place of the weights that move; a script fills it from the same data."""
    return (
        f'<div class="live" data-block="live" id="{name}"><h3>{_word(pack, "page_live")}</h3>'
        f'<div class="weights"></div>{note(str(pack.words["page_live_note"]))}</div>'
    )


def signature(pack: Pack, found: Signature, name: str) -> str:
    """Lines to sign on, and what the pack is bound to."""
    roles = "".join(
        f'<div class="sign"><span>{escaped(role)}</span><span class="grey">{_word(pack, "page_sign")}</span></div>'
        for role in found.roles
    )
    return f'<div class="signature" data-block="signature" id="{name}">{roles}{pairs(found.lines)}</div>'


def pairs(found: Iterable[tuple[str, str]]) -> str:
    """Names and what there is to say of each."""
    said = "".join(f"<div><dt>{escaped(name)}</dt><dd>{escaped(text)}</dd></div>" for name, text in found)
    return f'<dl class="pairs">{said}</dl>' if said else ""


FORMS: Mapping[type, Callable[[Pack, Any, str], str]] = {
    Text: text, Table: table, Figures: figures, Chart: chart, Live: live, Signature: signature,
}  # fmt: skip


def section(pack: Pack, found: Section, at: int, more: str = "") -> str:
    """A section: its finding as heading, its blocks in order, `more` (markup) below them, what it rests on."""
    name = place(found, at)
    blocks = "".join(FORMS[type(block)](pack, block, f"{name}-{k}") for k, block in enumerate(found.blocks, 1))
    kicker = f'<p class="kicker">{escaped(found.title)}</p>' if found.title != found.message else ""
    return (
        f'<section class="part" id="{name}" data-kind="{escaped(found.kind)}">{kicker}'
        f'<h2>{escaped(found.message)}</h2>{blocks}{more}<p class="basis">{escaped(found.basis)}</p></section>'
    )


def place(found: Section, at: int) -> str:
    """The name of a section's place in the page; `at` keeps two of one name apart."""
    return slug("part", at, found.id)
