"""Rows that were set aside and come back corrected: they join the file, and the batch, that they were taken from."""

import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from metrics import keeping
from metrics.errors import InputError
from metrics.ingest import archives, corrections, files, marked, raws, recorded
from metrics.ingest.child.cells import DATE, NUMBER
from metrics.ingest.model import Correction, Options, Sheet, TopRow
from metrics.ingest.rows import MARKS, drop, load
from metrics.store import Cursor, Store, quote

BOOK, MOST_READ = "xl/workbook.xml", 1 << 20
TABLE = "in_raw_corrected"
TOLD = 5  # cells of the first row of a control sheet: the mark, sum, sheet, batch, sheet of rows


@dataclass(frozen=True)
class Again:
    """What is to be read instead: files with the names that the user gave them, options, the batch to replace."""

    paths: tuple[Path, ...]
    names: dict[Path, str]
    options: Options
    batch: int | None


@dataclass
class _Told:
    """What workbooks of corrected rows tell: their corrections, by the file that these belong to."""

    cells: dict[str, list[Correction]] = field(default_factory=dict)
    name: str = ""


def look(store: Store, cursor: Cursor, paths: Sequence[Path], options: Options) -> Again | None:
    """What to read in place of some files, if workbooks of corrected rows are among them; None where there is none.

    Raises:
        InputError: the file or the batch that the rows belong to is not there.
    """
    own = [path for path in paths if _is_one(path)]
    if not own:
        return None
    told = _Told()
    with files.folder(store) as place:
        for path in own:
            _read(cursor, files.sheets(path, place), told)
            told.name = files.safe_name(path.name)
    given = [one for listed in told.cells.values() for one in listed]
    if not given:
        raise InputError("import.nothing_corrected", file=told.name)
    others = tuple(path for path in paths if path not in own)
    if others:
        sums = {keeping.digest(path) for path in others}
        if not sums & told.cells.keys() and len(others) == len(paths) - len(own) and not _packed(others):
            raise InputError("import.correction_of_other", file=told.name)
        return Again(others, {}, replace(options, corrections=corrections.merged(options.corrections, given)), None)
    return _of_batch(store, cursor, told, given, options)


def _packed(paths: Sequence[Path]) -> bool:
    """Whether a table may stand inside one of the files: its sum is then not the file's."""
    return any(path.suffix.lower() in (".zip", ".gz") for path in paths)


def _is_one(path: Path) -> bool:
    """Whether a file is such a workbook, by a look at the names of its sheets; what is no workbook is not opened."""
    with suppress(KeyError, *archives.BROKEN):
        archive = zipfile.ZipFile(path)
        with archive, archive.open(BOOK) as source:
            return f'name="{marked.CONTROL} '.encode() in source.read(MOST_READ)
    return False


def _read(cursor: Cursor, sheets: Sequence[Sheet], told: _Told) -> None:
    by_name = {sheet.name: sheet for sheet in sheets}
    for control in (sheet for sheet in sheets if sheet.name.startswith(f"{marked.CONTROL} ") and sheet.rows):
        first, *before = _rows(cursor, control)
        if first.texts[:1] != (marked.FIRST,) or len(first.texts) < TOLD:
            continue
        _, sha256, sheet, _, name = first.texts[:5]
        if name not in by_name or not by_name[name].rows:
            continue
        old = {row.texts[0]: row.texts[1:] for row in before[1:]}
        now = {row.texts[0].lstrip(MARKS): row.texts[1:] for row in _rows(cursor, by_name[name])[1:]}
        width = sum(bool(text) for text in before[0].texts) - 1
        for row_no in old.keys() & now.keys():
            pairs = zip(old[row_no][:width], _wide(now[row_no], width), strict=True)
            told.cells.setdefault(sha256, []).extend(
                Correction(sha256, sheet, int(row_no), place, _cell(new))
                for place, (was, new) in enumerate(pairs)
                if new.lstrip(MARKS) != was.lstrip(MARKS)
            )


def _wide(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * width)[:width]


def _cell(text: str) -> str:
    """A corrected cell: a number or a day stays marked as what the workbook knows it to be."""
    return text if text[:1] in (NUMBER, DATE) else text.lstrip(MARKS)


def _rows(cursor: Cursor, sheet: Sheet) -> list[TopRow]:
    load(cursor, sheet, TABLE)
    found = cursor.execute(f"SELECT * FROM {quote(TABLE)} ORDER BY row_no").fetchall()
    drop(cursor, TABLE)
    # A control sheet's own cells are plain text; a column that the user emptied is left out by the reader.
    return [TopRow(row[0], row[1], tuple(cell or "" for cell in row[2:])) for row in found]


def _answered(kept: Options, now: Options) -> Options:
    """The answers of a batch, with those that are given now."""
    new = {one.name: getattr(now, one.name) for one in fields(Options)}
    return replace(kept, **{name: value for name, value in new.items() if value != getattr(Options(), name)})


def _of_batch(store: Store, cursor: Cursor, told: _Told, given: list[Correction], options: Options) -> Again:
    """The files and answers of the live batch that the rows belong to."""
    live = cursor.execute(
        """SELECT batch_id, answers FROM batches JOIN batch_files USING (batch_id)
        WHERE status = 'live' AND list_contains(?, sha256) ORDER BY batch_id DESC LIMIT 1""",
        [list(told.cells)],
    ).fetchall()
    if not live:
        raise InputError("import.correction_alone", file=told.name)
    batch, answers = live[0]
    kept: dict[str, Any] = json.loads(answers)
    sources = raws.of_batch(store, batch)
    if not sources or not all(source.path.exists() for source in sources):
        raise InputError("import.correction_alone", file=told.name)
    options = _answered(recorded.options(kept), options)
    return Again(
        tuple(source.path for source in sources),
        {source.path: source.name for source in sources},
        replace(options, corrections=corrections.merged(options.corrections, given)),
        int(batch),
    )
