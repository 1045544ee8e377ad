"""Files to take away as text. No cell of them is taken for a formula."""

import csv
import io
from collections.abc import Iterable

from pages.ui.text import cell

BOM = "\ufeff"  # without it Excel reads the file in the code page of its country


def as_csv(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV that every spreadsheet program opens, with nothing that it would compute.

    A break of line within a cell becomes a space: some programs begin a row there, and compute what it begins with.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_one_line(head) for head in heads])
    writer.writerows([_one_line(value) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def _one_line(value: object) -> str:
    return " ".join(cell(value).splitlines()) if isinstance(value, str) else cell(value)
