"""Columns of a file that tell who a person is, by their heading and by their cells, and what is done with them.

None has a canonical column, so nothing of them is ever stored in a table. A file that holds one is not kept as it
was given either, unless the settings or whoever brings it say so: the rows that land are kept in its place.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from metrics import classes
from metrics.classes import HIDDEN, IDENTIFIER, MEASURE
from metrics.configuration import configuration
from metrics.ingest import headings
from metrics.ingest.model import Correction, Personal, Plan, Preview, Reading, Unread
from metrics.store import Cursor, quote

NAME, HIDDEN_SHEETS = "name", "hidden"
LOOKED_AT = 2000  # different cells of a column
MOST, MANY, FEWEST = 0.8, 0.5, 2
# Kinds that no canonical column could mean, whatever it was taken for.
CERTAIN = ("phone", "email", "national_id", "position", "bank_account")
UUID = re.compile(r"(uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
SHAPES = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "position": re.compile(r"-?\d{1,3}[.]\d{4,}([,; ]+-?\d{1,4}([.]\d+)?)+|-?\d{1,3}[.]\d{5,}"),
    "bank_account": re.compile(r"[A-Z]{2}\d{2}([ ]?[A-Z0-9]){11,30}"),
    "phone": re.compile(r"(\+|00)\d[\d ().-]{6,16}\d|0\d([ .-]?\d){7,11}|\d{2}([ .-]\d{2,3}){3,5}"),
    "national_id": re.compile(r"\d{11,18}|(?=(?:.*\d){6})[A-Z]{1,3}[-/ ]?\d[A-Z0-9-]{5,17}|\d{6,12}[-/ ]?[A-Z]"),
    NAME: re.compile(r"(?!.*\d)[A-ZÀ-ÖØ-Þ][\w'’.-]+( (de|da|do|del|la|el|ben|bin|van))?( [A-ZÀ-ÖØ-Þ][\w'’.-]*){1,4}"),
}  # fmt: skip
ONLY_UNMAPPED = ("phone", "national_id", NAME)  # a number of a loan may look like a telephone's


def of_heading(heading: str) -> str:
    """The kind of identifier that a heading names; empty where it names none."""
    for form in headings.forms(heading):
        for kind, (whole, words) in _listed().items():
            if form in whole or any(f" {word} " in f" {form} " for word in words):
                return kind
    return ""


@cache
def _listed() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    file = tomllib.loads(Path(__file__).with_name("personal.toml").read_text(encoding="utf-8"))
    return {
        kind: (frozenset(map(headings.normal, told["whole"])), tuple(map(headings.normal, told["words"])))
        for kind, told in file.items()
    }


def of_cells(cells: Sequence[str], mapped: bool = False) -> str:
    """The kind of identifier that most of a column's different cells look like; empty where they look like none."""
    told = [cell.strip() for cell in cells if cell.strip() and not UUID.fullmatch(cell.strip())]
    if len(told) < FEWEST:
        return ""
    for kind, shape in SHAPES.items():
        if mapped and kind in ONLY_UNMAPPED:
            continue
        if sum(shape.fullmatch(cell) is not None for cell in told) >= MOST * len(told):
            return kind
    return ""


def look(cursor: Cursor, raw: str, plan: Plan) -> tuple[Personal, ...]:
    """The columns of a sheet that tell who a person is, from its rows as text."""
    head = next((row.texts for row in plan.top if row.no == plan.header_row), ())
    taken = {use.place for use in plan.uses if not use.column.startswith("in:")}
    found = []
    for place in range(len(plan.sheet.columns)):
        heading = head[place] if place < len(head) else ""
        kind = of_heading(heading)
        if place in taken and kind not in CERTAIN:
            kind = ""
        by_cells = "" if kind else of_cells(_cells(cursor, raw, plan, place, place in taken), place in taken)
        if kind or by_cells:
            found.append(Personal(place, heading, kind or by_cells, not kind))
    return tuple(found)


def _cells(cursor: Cursor, raw: str, plan: Plan, place: int, mapped: bool) -> list[str]:
    """The different cells of a column; of one that is not used, none where they repeat: a name stands once or twice."""
    x = quote(f"c{place}")
    many, different = cursor.execute(
        f"SELECT count({x}), count(DISTINCT {x}) FROM {quote(raw)} WHERE row_no > ? AND in_bare({x}) <> ''",
        [plan.header_row],
    ).fetchall()[0]
    if not many or (not mapped and different < MANY * many):
        return []
    rows = cursor.execute(
        f"SELECT DISTINCT in_bare({x}) FROM {quote(raw)} WHERE row_no > ? AND in_bare({x}) <> '' LIMIT {LOOKED_AT}",
        [plan.header_row],
    ).fetchall()
    return [str(row[0]) for row in rows]


def of_place(reading: Reading, place: int | None) -> str:
    """The class of a column of a sheet: of an identifier, or of the canonical column that it is taken for."""
    plan = reading.plan
    use = next((use for use in plan.uses if use.place == place), None)
    if place is not None and any(one.place == place for one in reading.personal):
        return IDENTIFIER
    if plan.shape in ("ready", "summary") and use is not None:
        return MEASURE
    if use is None:
        return IDENTIFIER
    if use.column.startswith("in:"):
        return classes.SENSITIVE
    others = dict.fromkeys(headings.carried_by(plan.table).values())
    return classes.of_column(use.column, plan.table, *others)


def personal(preview: Preview) -> tuple[tuple[str, Personal], ...]:
    """Every column of a preview's files that tells who a person is, with file and sheet; also in sheets left unread.

    A hidden sheet is never opened: what it holds is not known, so it counts.
    """
    found = [(done.plan.sheet.place, one) for done in preview.readings for one in done.personal]
    found += [(one.sheet.place, told) for one in preview.unread for told in _of_unread(one)]
    sheets = [done.plan.sheet for done in preview.readings]
    hidden = {sheet.file for sheet in sheets for note in sheet.notes if note.key == "import.note_hidden_sheets"}
    return (*found, *((file, Personal(-1, "", HIDDEN_SHEETS, False)) for file in sorted(hidden)))


def _of_unread(unread: Unread) -> Iterable[Personal]:
    for row in unread.top:
        kinds = [(place, text, of_heading(text)) for place, text in enumerate(row.texts)]
        told = [Personal(place, text, kind, False) for place, text, kind in kinds if kind]
        if told:
            return told
    return ()


def keeps(preview: Preview) -> bool:
    """Whether the files of a preview are kept as they were given."""
    settings = configuration()
    if preview.options.keep_file or settings.keep_files == "always":
        return True
    if settings.keep_files == "never" or any(_about_person(preview, one) for one in preview.options.corrections):
        return False
    return not personal(preview) and not (settings.client_ids == "keyed" and _has_ids(preview))


def _has_ids(preview: Preview) -> bool:
    """Whether a file names clients by their own numbers, which are kept under a key alone."""
    return any(done.plan.has(column) for done in preview.readings for column in ("client_id", "loan_id", "account_id"))


def _about_person(preview: Preview, one: Correction) -> bool:
    """Whether a corrected cell leads to a person: its text is not stored, so the file could not be read again."""
    read = [done for done in preview.readings
            if (done.plan.sheet.sha256, done.plan.sheet.name) == (one.sha256, one.sheet)]  # fmt: skip
    return not read or of_place(read[0], one.place) not in (MEASURE, classes.SENSITIVE)


def told(preview: Preview, one: Correction) -> str:
    """The text of a correction as it is stored: hidden where it leads to a person and the file is not kept."""
    return HIDDEN if _about_person(preview, one) and not keeps(preview) else one.text
