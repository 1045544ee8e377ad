"""The pack as PDF: a cover with contents, then a page or more for each section, tagged, with bookmarks.

Everything that it prints is data of the pack; the template sets it and knows no word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from metrics.documents import document
from metrics.documents.document import Document, parted
from metrics.packs.model import (
    Block,
    Cell,
    Chart,
    Column,
    Definition,
    Figures,
    Pack,
    Section,
    Signature,
    Table,
    Text,
)  # fmt: skip
from metrics.words import number, percent

FORMS = Path(__file__).parent / "forms"
BESIDE = 14  # rows of a chart's table that are printed; longer ones stand in the other forms
SHAPES = {"amber": "▲", "below": "▲", "red": "■", "critical": "■"}
LONGEST = 30  # letters of a word that stays on one line
NARROW = 12  # of one in the head of a table of many columns
MANY = 9  # columns
PROBES = 12  # longest cells of a column that are measured
LONG = 500  # letters of a cell over which a row may go on on the next page
PREVIEW = 80  # dots an inch of a picture of a page
FEW = 6  # columns of numbers beside which words of status have room
SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')
UNIT = re.compile(r"(.*\d)[\s\u202f]([^\W\d_]{2,})")  # a number, and the word of its unit
Made = dict[str, Any]
Shown = str | Made
WORDS = ("contents", "page", "columns", "comment", "decision", "name", "signed", "date")


def pdf(pack: Pack) -> bytes:
    """The pack as PDF/UA: A4 landscape, tagged, with title, language and a bookmark for each section.

    The same pack gives the same bytes.
    """
    made = document.pdf(_document(pack))
    document.forget()
    return made


def pictures(pack: Pack, pages: Sequence[int] | None = None) -> list[bytes]:
    """Pages as small PNGs, as the PDF has them: those of the numbers asked for, from 1, or all.

    Numbers that there are no pages of are left out.
    """
    made = document.pictures(_document(pack), PREVIEW, pages)
    document.forget()
    return made


def printed(section: Section) -> Iterator[Table]:
    """The tables of a section that stand in the PDF with all their rows."""
    for block in _once(section.blocks):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart) and _whole(block):
            yield block.table


def _once(given: Sequence[Block]) -> list[Block]:
    """Blocks where no figures stand twice: a table that has all those of the chart before it stands beside that."""
    blocks: list[Block] = []
    for block in given:
        last = blocks[-1] if blocks else None
        if isinstance(block, Table) and isinstance(last, Chart) and last.svg and len(block.rows) <= BESIDE:
            wide = len(last.table.columns)
            if {row[:wide] for row in block.rows}.issuperset(last.table.rows):
                blocks[-1] = replace(last, table=block)
                continue
        blocks.append(block)
    return blocks


def _whole(block: Chart) -> bool:
    return not block.svg or len(block.table.rows) <= BESIDE


def _document(pack: Pack) -> Document:
    drawings: dict[str, str] = {}
    digest = pack.hash
    sections = [_section(pack, section, drawings) for section in pack.sections]
    about = [*pack.basis, *_presented(pack), (_said(pack, "hash"), digest)]
    content: dict[str, object] = {
        "institution": pack.institution,
        "heading": pack.institution if pack.institution in pack.title else pack.title,
        "kind": pack.kind,
        "as_of": pack.basis[0][1] if pack.basis else pack.as_of,
        "sample": pack.sample,
        "basis": next((section.basis for section in pack.sections if section.basis), ""),
        "about": about,
        "hash": digest[:12],
        "words": {name: pack.words[f"pdf_{name}"] for name in WORDS},
        "sections": sections,
    }
    told = "\n".join(section.message or section.title for section in pack.sections)
    return Document(
        "pack", pack.title, pack.language, pack.institution, _parted(content), drawings, told, FORMS, longest=0
    )


def _presented(pack: Pack) -> list[tuple[str, str]]:
    """The line with the day on which the pack is presented, where it is known."""
    blocks = [block for section in pack.sections for block in section.blocks if isinstance(block, Signature)]
    named = pack.words["signature_presented"]
    return [line for block in blocks for line in block.lines if line[0] == named and line[1]][:1]


def _said(pack: Pack, name: str, **params: object) -> str:
    return pack.words[f"pdf_{name}"].format(**params)


def _parted(content: Any) -> Any:
    """The content with long words that may go on in the next line; a hash stays as it is."""
    if isinstance(content, str):
        return content if len(content) == 64 else parted(content, LONGEST)
    if isinstance(content, dict):
        return {key: value if key in ("svg", "alt") else _parted(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_parted(value) for value in content]
    return content


def _section(pack: Pack, section: Section, drawings: dict[str, str]) -> dict[str, object]:
    blocks = [_block(pack, block, drawings) for block in _once(section.blocks)]
    if section.kind == "definitions" and pack.definitions:
        blocks.append({"is": "definitions", "items": [_defined(pack, one) for one in pack.definitions]})
    _level(blocks)
    for block in blocks:  # a title that says again what stands above it is left out
        for titled in (block.get("table") or {}, block):
            if titled.get("title") in (section.message, block.get("title") if titled is not block else None):
                titled["title"] = ""
    return {"title": section.title, "message": section.message, "basis": section.basis, "blocks": blocks}


def _block(pack: Pack, block: Block, drawings: dict[str, str]) -> Made:
    if isinstance(block, Text):
        return {"is": "text", "kind": block.kind, "text": block.text, "by": block.by}
    if isinstance(block, Table):
        return _table(pack, block)
    if isinstance(block, Chart):
        return _chart(pack, block, drawings)
    if isinstance(block, Figures):
        items = [{"label": label, "number": _cell(pack, found), "said": said} for label, found, said in block.items]
        return {"is": "figures", "items": items}
    if isinstance(block, Signature):
        return {"is": "signature", "roles": block.roles, "lines": block.lines}
    return {"is": "text", "kind": "note", "text": pack.words["pdf_live"], "by": ""}


def _chart(pack: Pack, block: Chart, drawings: dict[str, str]) -> Made:
    """The drawing with its table, or with a sentence that says where its many rows stand."""
    if not block.svg:
        return _table(pack, block.table)
    name = f"chart-{len(drawings)}"
    drawings[name] = block.svg
    width, height = (float(one) for one in match.groups()) if (match := SIZE.search(block.svg)) else (620.0, 320.0)
    left = "" if _whole(block) else _said(pack, "rows_left", n=number(pack.language, len(block.table.rows)))
    return {
        "is": "chart", "title": block.title, "note": block.note, "svg": f"{name}.svg", "width": width,
        "height": height, "alt": block.alt or block.title, "left": left,
        "table": _table(pack, block.table) if _whole(block) else None,
    }  # fmt: skip


def _table(pack: Pack, block: Table) -> Made:
    rows = [[_cell(pack, cell) for cell in row] for row in block.rows]
    many = len(block.columns) > MANY
    columns = [_column(column, [row[at] for row in rows], many) for at, column in enumerate(block.columns)]
    figures = [cell for row in rows for cell in row if not isinstance(cell, str)]
    words = {cell["text"] for cell in figures if cell["text"] == cell["word"]}  # of a column of statuses
    loud = {(cell["level"], cell["word"]) for cell in figures if cell["level"]}
    return {
        "is": "table", "title": block.title, "note": block.note, "columns": columns, "rows": rows,
        "long": any(len(_text(cell)) > LONG for row in rows for cell in row),
        "worded": not words and sum(column["number"] for column in columns) <= FEW,
        "key": sorted((one for one in loud if one[1] not in words), key=_urgent),
    }  # fmt: skip


def _level(blocks: Iterable[Made]) -> None:
    """Tables of a section that have the same heads get the same widths, and say the same note and key once."""
    alike: dict[tuple[str, ...], list[Made]] = {}
    for block in blocks:
        if block["is"] == "table":
            alike.setdefault(tuple(column["title"] for column in block["columns"]), []).append(block)
    for tables in alike.values():
        key = sorted({one for table in tables for one in table["key"]}, key=_urgent)
        said = all(SHAPES[level] in tables[0]["note"] for level, _ in key)
        for place, table in enumerate(tables):
            others = [table["columns"] for table in tables]
            table["columns"] = [_joined(columns) for columns in zip(*others, strict=True)]
            table["key"] = key if place == 0 and not said else []
            if place > 0 and table["note"] == tables[0]["note"]:
                table["note"] = ""


def _urgent(one: tuple[str, str]) -> tuple[int, str]:
    return list(SHAPES).index(one[0]), one[1]


def _joined(columns: Sequence[Made]) -> Made:
    probes = _longest([probe for column in columns for probe in column["probes"]])
    words = _longest_words([word for column in columns for word in column["words"]])
    quiet = max((str(column["quiet"]) for column in columns), key=len)
    return {**columns[0], "probes": probes, "words": words, "quiet": quiet}


def _column(column: Column, cells: Sequence[Shown], many: bool) -> Made:
    """A column with what its width is measured by: its longest cells, and its longest words."""
    figures = column.kind == "number"
    title = parted(column.title, NARROW) if figures and many else column.title
    quiet = [_text(cell) for cell in cells if not isinstance(cell, str) and cell["quiet"]]
    loud = [cell for cell in cells if not figures or isinstance(cell, str) or not cell["quiet"]]
    return {
        "title": title, "number": figures, "wide": column.wide, "probes": _longest(loud),
        "words": _longest_words([title, *quiet, *([] if figures else map(_text, cells))]),
        "quiet": max(quiet, key=len, default=""),
    }  # fmt: skip


def _longest(cells: Iterable[Shown]) -> list[Shown]:
    """The longest of the cells, of those with a status and of those without."""
    known = {(_text(cell), _marked(cell)): cell for cell in cells}
    order = sorted(known, key=lambda one: (-len(one[0]), one))
    plain = [one for one in order if not one[1]][:PROBES]
    marked = [one for one in order if one[1]][:PROBES]
    return [known[one] for one in (*plain, *marked)]


def _marked(cell: Shown) -> str:
    return "" if isinstance(cell, str) or not cell["level"] else str(cell["word"])


def _longest_words(texts: Iterable[str]) -> list[str]:
    parts = {part for text in texts for part in re.split("[ \u200b]", parted(text, LONGEST))}
    return sorted(parts, key=lambda part: (-len(part), part))[:PROBES]


def _text(cell: Shown) -> str:
    return cell if isinstance(cell, str) else str(cell["text"])


def _cell(pack: Pack, cell: Cell) -> Shown:
    if isinstance(cell, str):
        return cell
    level = cell.level if cell.level in SHAPES and not cell.hidden else ""
    own = f"pdf_level_{level}" if level in ("below", "critical") else f"level_{level}"
    word = (cell.word or pack.words[own]) if level else ""
    unit = UNIT.fullmatch(cell.text)
    head, tail = unit.groups() if unit else (cell.text, "")
    return {
        "text": cell.text, "head": head, "tail": tail, "level": level, "word": word,
        "quiet": not level and cell.value is None,
    }  # fmt: skip


def _defined(pack: Pack, one: Definition) -> dict[str, object]:
    """A definition: what it is, how it counts here, whose limits, where it comes from, how many are behind it."""
    facts = [_said(pack, f"better_{one.better}")] if f"pdf_better_{one.better}" in pack.words else []
    facts += [] if one.n is None else [_said(pack, "n", n=number(pack.language, one.n))]
    facts += [] if one.coverage is None else [_said(pack, "measured", share=percent(pack.language, one.coverage, 0))]
    given = (("settings", one.settings), ("limits", one.limits), ("source", one.source), ("standard", one.standard))
    more = [(_said(pack, f"def_{name}"), text) for name, text in given if text]
    return {"title": one.title, "facts": " · ".join(facts), "summary": one.summary, "more": more}
