"""Files to take away as text. No cell of them is taken for a formula."""

import csv
import io
from collections.abc import Iterable

from pages.ui.text import cell

BOM = "\ufeff"  # without it Excel reads the file in the code page of its country


def as_csv(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV that every spreadsheet program opens, with nothing that it would compute."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")
