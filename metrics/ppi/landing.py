"""A scorecard workbook becomes a batch: scorecards, look-up tables and rates together, or nothing."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from metrics import access, keeping, measures
from metrics.errors import OpenQuestion
from metrics.ppi.model import Workbook
from metrics.store import BatchFile, Cursor, NewBatch, Source, Store

Rows = list[dict[str, Any]]
KIND = "ppi"


def rows(workbook: Workbook) -> dict[str, Rows]:
    """The rows of each table that a workbook fills, without institution: points, likelihoods, rates."""
    name = workbook.scorecard
    points = [
        {"scorecard": name, "variant": v.name, "line": line, "question_no": r.question_no, "question": r.question,
         "response": r.response, "points": r.points[at]}
        for v in workbook.variants for r in v.responses for at, line in enumerate(v.lines)
    ]  # fmt: skip
    likelihoods = [
        {"scorecard": name, "variant": v.name, "line": line, "line_no": at + 1, "score": score, "likelihood": row[at]}
        for v in workbook.variants for score, row in enumerate(v.likelihoods) for at, line in enumerate(v.lines)
    ]  # fmt: skip
    rates = [
        {"scorecard": name, "estimate": rate.estimate or None, "year": rate.year, "area": rate.area,
         "line": rate.line, "rate": rate.rate}
        for rate in workbook.rates
    ]  # fmt: skip
    found: dict[str, Rows] = {"ppi_scorecards": points, "ppi_lookups": likelihoods, "ppi_rates": rates}
    return {table: filled for table, filled in found.items() if filled}


def institution(cursor: Cursor, asked: str | None = None) -> str:
    """Whose scorecard it is: as asked, else the only institution there is, else `own`.

    Raises:
        OpenQuestion: several institutions stand in the data.
    """
    if asked:
        return asked
    known = [
        row[0] for row in cursor.execute("SELECT institution_id FROM v_institutions ORDER BY 1 LIMIT 6").fetchall()
    ]
    if len(known) > 1:
        raise OpenQuestion("import.question_institution", option="--institution ID", known=", ".join(known[:5]) + " …")
    return str(known[0]) if known else "own"


def repeated(cursor: Cursor, workbook: Workbook) -> int | None:
    """The live batch that holds exactly this workbook and was landed last of all scorecards, or None."""
    found = cursor.execute(
        """SELECT b.batch_id, f.sha256 FROM batches AS b JOIN batch_files AS f USING (batch_id)
        WHERE b.status = 'live' AND f.table_name = 'ppi_lookups' ORDER BY b.batch_id DESC LIMIT 1"""
    ).fetchall()
    return int(found[0][0]) if found and found[0][1] == workbook.sha256 else None


def land(store: Store, workbook: Workbook, who: str, asked: str | None = None) -> tuple[int, bool]:
    """Land a workbook as one batch; returns its number, and whether it was there already and nothing changed.

    Raises:
        Forbidden: the role brings no data in.
        OpenQuestion: several institutions stand in the data, and none was asked for.
    """
    access.need("upload")
    cursor = store.cursor()
    same = repeated(cursor, workbook)
    if same is not None:
        return same, True
    whose = institution(cursor, asked)
    filled = rows(workbook)
    if cursor.execute("SELECT 1 FROM v_institutions WHERE institution_id = ?", [whose]).fetchall() == []:
        filled["institutions"] = [{"institution_name": whose}]
    files, frames = [], {}
    for number, (table, given) in enumerate(filled.items(), start=1):
        frames[table] = _register(cursor, table, whose, number, given)
        files.append(_file(workbook, table, given))
    # The workbook is kept for whoever asks for it; landed again, the batch is made of the rows read from it.
    path = workbook.path
    sources = () if path is None else (Source(path, workbook.file, keeping.digest(path)),)
    batch = NewBatch(who, {"institution": asked} if asked else {}, tuple(files), sources)
    return store.land(batch, frames, cursor, after=measures.build), False


def _register(cursor: Cursor, table: str, whose: str, number: int, given: Sequence[dict[str, Any]]) -> str:
    """The rows as a view that the cursor sees; returns its name."""
    frame = pd.DataFrame(given)
    frame.insert(0, "institution_id", whose)
    if "year" in frame:
        frame["year"] = frame["year"].astype("Int64")  # most rates have none, which a whole number cannot say
    frame["file_no"], frame["row_no"] = number, range(1, len(frame) + 1)
    name = "in_" + table
    cursor.register(name, frame)
    return name


def _file(workbook: Workbook, table: str, given: Sequence[dict[str, Any]]) -> BatchFile:
    """What the batch keeps of the workbook for one table."""
    sheets = {
        "ppi_scorecards": ", ".join(v.scorecard_sheet for v in workbook.variants),
        "ppi_lookups": ", ".join(v.lookup_sheet for v in workbook.variants),
        "ppi_rates": ", ".join(dict.fromkeys(rate.sheet for rate in workbook.rates)),
    }
    notes = tuple(note.stored() for note in workbook.notes) if table == "ppi_scorecards" else ()
    mapping = {"shape": KIND, "scorecard": workbook.scorecard}
    sheet = sheets.get(table, "")
    return BatchFile(workbook.file, workbook.sha256, sheet, table, mapping, len(given), len(given), 0, 0, notes=notes)
