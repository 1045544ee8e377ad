"""Cells that the user corrected: laid over a sheet's rows before anything is made of them."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.errors import InputError
from metrics.ingest import asides
from metrics.ingest.child.cells import CONTROL, clean
from metrics.ingest.model import Correction, Preview, Sheet
from metrics.ingest.rows import MARKS, fixes_of
from metrics.store import Cursor, quote

MOST_IN_GRID = 500
ROW = "row_no"


def apply(cursor: Cursor, sheet: Sheet, raw: str, given: Iterable[Correction]) -> None:
    """Write the corrections of a sheet into its rows; a row that was corrected is as long as it should be.

    Raises:
        InputError: the sheet has no such row or column.
    """
    own = [one for one in given if (one.sha256, one.sheet) == (sheet.sha256, sheet.name)]
    if not own:
        return
    there = {row for (row,) in cursor.execute(f"SELECT row_no FROM {quote(raw)}").fetchall()}
    for one in own:
        if one.row_no not in there or not 0 <= one.place < len(sheet.columns):
            column = sheet.columns[one.place] if 0 <= one.place < len(sheet.columns) else str(one.place + 1)
            raise InputError("import.correction_nowhere", file=sheet.place, row=str(one.row_no), column=column)
    for place in sorted({one.place for one in own}):
        cells = {one.row_no: _text(one.text) for one in own if one.place == place}
        _write(cursor, raw, place, cells)
    rows = sorted({one.row_no for one in own})
    cursor.execute(f"UPDATE {quote(raw)} SET cells = NULL WHERE list_contains(?, row_no)", [rows])


def _write(cursor: Cursor, raw: str, place: int, cells: dict[int, str]) -> None:
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_corrected (row_no INTEGER, said VARCHAR)")
    cursor.execute("INSERT INTO in_corrected SELECT unnest(?), unnest(?)", [[*cells], [*cells.values()]])
    x = quote(f"c{place}")
    cursor.execute(f"UPDATE {quote(raw)} AS r SET {x} = c.said FROM in_corrected AS c WHERE c.row_no = r.row_no")
    cursor.execute(
        f"DELETE FROM {quote(fixes_of(raw))} WHERE place = ? AND row_no IN (SELECT row_no FROM in_corrected)", [place]
    )


def _text(said: str) -> str:
    """What a user typed, as a cell of a text file reads; no mark of ours can be typed."""
    return clean(CONTROL.sub("", said))


def grid(preview: Preview, number: int, most: int = MOST_IN_GRID) -> pd.DataFrame:
    """The rows of a reading that are set aside, as they stand: one column a column of the sheet, by its heading.

    The index is the row's number. It is made while the preview's cursor is open.

    Args:
        number: the reading, counted from 1.
        most: how many rows at most.
    """
    done = preview.readings[number - 1]
    rows = asides.whole_rows(preview.cursor, done, most)
    heads: Sequence[str | None] = [""] * len(done.plan.sheet.columns)
    if rows and rows[0][0] == done.plan.header_row:
        heads, rows = rows[0][1:], rows[1:]
    plain = [[(cell or "").lstrip(MARKS) for cell in row[1:]] for row in rows[:most]]
    index = pd.Index([row[0] for row in rows[:most]], name=ROW)
    return pd.DataFrame(plain, columns=_names(heads, done.plan.sheet.columns), index=index)


def _names(heads: Sequence[str | None], letters: Sequence[str]) -> list[str]:
    """Headings that tell the columns apart: one that is blank or stands twice gets its letter."""
    plain = [(head or "").lstrip(MARKS).strip() for head in heads]
    return [
        head if head and plain.count(head) == 1 else f"{head} [{letter}]".strip()
        for head, letter in zip(plain, letters, strict=True)
    ]


def from_grid(sha256: str, sheet: str, before: pd.DataFrame, after: pd.DataFrame) -> tuple[Correction, ...]:
    """The cells of a grid that were changed; rows that `after` lacks stay as they are."""
    found = []
    for row_no in before.index.intersection(after.index):
        for place, (old, new) in enumerate(zip(before.loc[row_no], after.loc[row_no], strict=True)):
            said = "" if new is None or new != new else str(new)
            if said.strip() != str(old):
                found.append(Correction(sha256, sheet, int(row_no), place, said.strip()))
    return tuple(found)


def merged(old: Iterable[Correction], new: Iterable[Correction]) -> tuple[Correction, ...]:
    """Both together; of one cell the newer one counts."""
    found = {(one.sha256, one.sheet, one.row_no, one.place): one for one in (*old, *new)}
    return tuple(found[key] for key in sorted(found))
