"""Workbooks to correct: the user's own with its cells at fault marked, or the rows set aside alone.

Files are foreign, so a workbook is opened and written in the child process only.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrics import keeping
from metrics.errors import InputError
from metrics.ingest import archives, asides, corrections, files
from metrics.ingest.child.cells import letters
from metrics.ingest.model import Aside, Note, Preview, Reading, Sheet
from metrics.store import Store
from metrics.words import say

MOST_ROWS = 50_000
LONGEST_NAME = 31
NOT_IN_NAMES = str.maketrans("\\/*?:[]", "_______")
CONTROL = "Evenkeel"
FIRST = "evenkeel"
XLSX = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Made:
    """A workbook to take away: its bytes, the name to save it under, and what is to be said of it."""

    content: bytes
    name: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Faulty:
    """The rows of one sheet that are set aside."""

    sheet: str
    rows: tuple[Aside, ...]


def of_preview(store: Store, preview: Preview, path: Path, language: str, name: str = "") -> Made:
    """One file of a preview with its cells at fault marked; the preview's cursor is still open.

    Args:
        path: the file as the user gave it.
        name: what the user calls it, where that is not the path's own name.

    Raises:
        InputError: the file cannot be opened for writing, or nothing of it is set aside.
    """
    name = files.safe_name(name or path.name)
    with files.folder(store) as place:
        for inner, table in archives.tables(path, name, place):
            sha256 = keeping.digest(table)
            own = [done for done in preview.readings if done.plan.sheet.sha256 == sha256 and done.set_aside]
            if own:
                faulty = [
                    Faulty(done.plan.sheet.name, tuple(asides.found(preview.cursor, done, MOST_ROWS))) for done in own
                ]
                return _marked(table, inner, faulty, language, place, {d.plan.sheet.name: d for d in own})
    raise InputError("import.nothing_to_mark", file=name)


def marked(path: Path, faulty: Iterable[Faulty], language: str, place: Path, name: str = "") -> Made:
    """A file with the cells at fault of some rows marked; `place` is a folder below the staging folder."""
    return _marked(path, files.safe_name(name or path.name), list(faulty), language, place, {})


def _marked(
    path: Path, name: str, faulty: Sequence[Faulty], language: str, place: Path, own: Mapping[str, Reading]
) -> Made:
    sheets = {sheet.name: sheet for sheet in files.sheets(path, place, name)}
    large = any(sheets[one.sheet].rows > MOST_ROWS for one in faulty)
    as_it_is = name.lower().endswith(XLSX) and not large
    asked = [
        _asked(sheets[one.sheet], one, language, own.get(one.sheet), as_it_is, large)
        for one in faulty
    ]  # fmt: skip
    if not as_it_is and not large:
        others = [sheet for sheet in sheets.values() if sheet.rows and sheet.name not in {one.sheet for one in faulty}]
        asked += [_asked(sheet, Faulty(sheet.name, ()), language, None, False, False) for sheet in others]
    request = {"form": "own" if as_it_is else "new", "sheets": asked}
    content, lost = files.mark(name, path, place / uuid.uuid4().hex, request)
    notes = [Note("import.note_marked_lost")] * lost + [Note("import.note_marked_rows", {"most": MOST_ROWS})] * large
    return Made(content, Path(name).stem + "-marked.xlsx", tuple(notes))


def _asked(
    sheet: Sheet, faulty: Faulty, language: str, own: Reading | None, as_it_is: bool, large: bool
) -> dict[str, Any]:
    """What the child is asked to do with one sheet."""
    header = own.plan.header_row if own else 1
    marks: list[tuple[int, int, str]] = [
        (row.row_no, -1 if row.place is None else row.place, said(row, language)) for row in faulty.rows
    ]
    asked: dict[str, Any] = {
        "name": sheet.name if as_it_is else _name(sheet.name or sheet.file), "columns": sheet.columns, "marks": marks,
        "header_row": header,
    }  # fmt: skip
    if as_it_is:
        return asked
    asked |= {"rows_file": str(sheet.rows_file.resolve()), "delimiter": sheet.delimiter}
    if large:
        kept = sorted({header, *(row.row_no for row in faulty.rows)})
        number = {row: index for index, row in enumerate(kept, start=1)}
        asked |= {"only": kept, "marks": [(number[row], place + 1, text) for row, place, text in marks],
                  "header_row": number[header]}  # fmt: skip
    return asked


def said(row: Aside, language: str) -> str:
    """What stands beside a cell at fault: the reason, and what might be meant."""
    reason = row.text(language)
    return f"{reason[:1].upper()}{reason[1:]}. {_meant(row, language)}".strip()


def _meant(row: Aside, language: str) -> str:
    return row.suggestion.text(language) if row.suggestion else ""


def to_correct(store: Store, preview: Preview, language: str, batch: int | None = None) -> Made:
    """A workbook with nothing but the rows set aside: put in again, its changed cells become corrections.

    Args:
        preview: its cursor is still open.
        batch: the batch that the rows were set aside from, where it has landed.

    Raises:
        InputError: nothing is set aside.
    """
    faulty = [done for done in preview.readings if done.set_aside]
    if not faulty:
        raise InputError("import.nothing_to_mark", file=", ".join(sheet.file for sheet in preview.sheets[:1]))
    sheets = [sheet for done in faulty for sheet in _pair(preview, done, language, batch)]
    with files.folder(store) as place:
        content, _ = files.mark("", place, place / "rows", {"form": "tables", "sheets": sheets})
    return Made(content, Path(faulty[0].plan.sheet.file).stem + "-to-correct.xlsx")


def _pair(preview: Preview, done: Reading, language: str, batch: int | None) -> list[dict[str, Any]]:
    """The sheet to correct, and the one that tells where its rows come from and how they stood."""
    sheet = done.plan.sheet
    grid = corrections.grid(preview, done.number, MOST_ROWS)
    why = {row.row_no: row for row in asides.found(preview.cursor, done, MOST_ROWS)}
    heads = [say(language, "import.head_row"), *grid.columns]
    rows = [[str(row), *cells] for row, cells in zip(grid.index, grid.itertuples(index=False), strict=True)]
    name, control = f"{_name(sheet.name or sheet.file)[: LONGEST_NAME - 4]} {done.number}", f"{CONTROL} {done.number}"
    ends = [[why[row].text(language), _meant(why[row], language)] for row in grid.index]
    marks = [[index, (why[row].place or 0) + 1, ""] for index, row in enumerate(grid.index, 2)]
    shown = [[*heads, say(language, "import.head_reason"), say(language, "import.head_suggestion")]]
    shown += [[*row, *end] for row, end in zip(rows, ends, strict=True)]
    told = [FIRST, sheet.sha256, sheet.name, str(batch or ""), name, say(language, "import.leave_sheet")]
    widths = [max(len(str(row[column])) for row in shown[:MOST_ROWS]) + 2 for column in range(len(shown[0]))]
    return [
        {"name": name, "rows": shown, "marks": marks, "header_row": 1, "widths": widths},
        {"name": control, "rows": [told, heads, *rows], "marks": [], "header_row": 2},
    ]


def _name(name: str) -> str:
    """A sheet's name as a workbook allows it."""
    return name.translate(NOT_IN_NAMES).strip(" '")[:LONGEST_NAME] or letters(0)
