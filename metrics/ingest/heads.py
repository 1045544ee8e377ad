"""Headings that do not stand in one row: on two lines, with a group above, or missing altogether."""

from functools import cache

from metrics import schema
from metrics.ingest import headings
from metrics.ingest.model import Note, Plan, Sheet, TopRow
from metrics.store import Cursor, quote

MOST_ROWS = 20


def none(sheet: Sheet) -> TopRow:
    """The headings of a sheet that has none: a mapping names its columns by letter."""
    return TopRow(0, len(sheet.columns), ("",) * len(sheet.columns))


def candidates(top: list[TopRow]) -> list[TopRow]:
    """The first rows of a sheet, and each two neighbours read as one row of headings, the plain rows first."""
    pairs = [
        (upper, lower)
        for upper, lower in zip(top[:MOST_ROWS], top[1:], strict=False)
        if lower.no == upper.no + 1 and _worded(upper) and _worded(lower) and _grouped(upper, lower)
    ]
    return [*top, *(_joined(upper, lower) for upper, lower in pairs)]


def _worded(row: TopRow) -> bool:
    """Whether a row holds words, and hardly a figure: headings do."""
    filled = [text for text in row.texts if text]
    return len(filled) > 1 and sum(text[:1].isdigit() for text in filled) * 4 <= len(filled)


def _grouped(upper: TopRow, lower: TopRow) -> bool:
    """Whether the upper row leaves columns to the lower one alone: a group's heading stands over the first of them."""
    return any(below and not above for above, below in zip(upper.texts, lower.texts, strict=True))


def _joined(upper: TopRow, lower: TopRow) -> TopRow:
    """Two lines of headings as one; a group's heading holds until the next one begins."""
    texts, group = [], ""
    for above, below in zip(upper.texts, lower.texts, strict=True):
        group = above or group
        texts.append(_best(above, group, below))
    return TopRow(lower.no, lower.cells, tuple(texts))


def _best(above: str, group: str, below: str) -> str:
    """What one column is called: with its group if that is known, else without, else with it."""
    if not below or below == group:
        return below or above
    both = f"{group} / {below}" if group else below
    return next((text for text in (both, below) if any(form in _known() for form in headings.forms(text))), both)


@cache
def _known() -> frozenset[str]:
    return frozenset(word for table in schema.tables() for word in headings.of_table(table))


def notes(cursor: Cursor, raw: str, plan: Plan, top: list[TopRow]) -> list[Note]:
    """What is said of headings: that two lines were joined, that columns below no heading are not used."""
    if plan.shape == "fineract":
        return []
    own = next((row.texts for row in top if row.no == plan.header_row), ())
    said = []
    if own and any(use.reason != "mapping" and use.heading not in own for use in plan.uses):
        said.append(Note("import.note_headings_joined", {"first": plan.header_row - 1, "row": plan.header_row}))
    used = {use.place for use in plan.uses} | {place for place, text in enumerate(own) if text}
    free = [place for place in range(len(plan.sheet.columns)) if own and place not in used]
    if said or not free:
        return said
    counted = ", ".join(f"count_if(NOT in_blank({quote(f'c{place}')}))" for place in free)
    found = cursor.execute(f"SELECT {counted} FROM {quote(raw)} WHERE row_no > ?", [plan.header_row]).fetchall()[0]
    names = [plan.sheet.columns[place] for place, n in zip(free, found, strict=True) if n]
    if names:
        said.append(Note("import.note_unnamed_columns", {"n": len(names), "columns": ", ".join(names)}))
    return said
