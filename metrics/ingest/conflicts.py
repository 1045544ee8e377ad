"""What is landed already: the same file again, or other figures for the same snapshot or period."""

import json
from collections.abc import Iterable

from metrics import schema
from metrics.errors import InputError, OpenQuestion
from metrics.ingest.model import Note, Reading
from metrics.store import BatchFile, Cursor, quote

BOOK = ("loan_id", "principal_outstanding", "overdue_principal", "days_past_due", "status", "is_renegotiated")
FIGURES = {"reported_values": "value", "reported_measures": "value", "financials_monthly": "amount"}


def repeated(cursor: Cursor, files: Iterable[BatchFile]) -> int | None:
    """The live batch that holds exactly these files, sheets, tables and mappings; None where there is none."""
    wanted = sorted(
        (file.sha256, file.sheet, file.table, json.dumps(dict(file.mapping), default=str, sort_keys=True))
        for file in files
    )
    found: dict[int, list[tuple[str, str, str, str]]] = {}
    for batch, sha256, sheet, table, mapping in cursor.execute(
        """SELECT batch_id, sha256, sheet, table_name, mapping FROM batch_files JOIN batches USING (batch_id)
        WHERE status = 'live' AND batch_id IS DISTINCT FROM getvariable('without') AND list_contains(?, sha256)""",
        [[file[0] for file in wanted]],
    ).fetchall():
        kept = json.dumps(json.loads(mapping), sort_keys=True)
        found.setdefault(batch, []).append((sha256, sheet, table, kept))
    return max((batch for batch, held in found.items() if sorted(held) == wanted), default=None)


def same_key_twice(cursor: Cursor, readings: Iterable[Reading]) -> None:
    """Hold the files of a batch apart: none may say again, or otherwise, what another one says.

    Raises:
        InputError: two files hold the same row of a table.
    """
    names = {reading.number: reading.plan.sheet.place for reading in readings}
    for name, table in schema.tables().items():
        keys = ", ".join(quote(column) for column in table.key)
        if cursor.execute(f"SELECT count(DISTINCT file_no) FROM {quote('in_' + name)}").fetchall()[0][0] < 2:
            continue
        found = cursor.execute(
            f"""SELECT min(file_no), max(file_no), count(*) OVER () FROM {quote("in_" + name)}
            WHERE row_no IS NOT NULL GROUP BY {keys} HAVING min(file_no) < max(file_no) LIMIT 1"""
        ).fetchall()
        if found:
            first, second, n = found[0]
            raise InputError("import.same_rows_in_two_files", n=n, table=name, file=names[first], other=names[second])


def one_day(cursor: Cursor, readings: Iterable[Reading]) -> None:
    """Hold the files of a batch to books that are whole: no branch of one day beside other branches of another day.

    Raises:
        InputError: files of different days that share no branch.
    """
    names = {reading.number: reading.plan.sheet.place for reading in readings}
    days = cursor.execute(
        """SELECT institution_id, as_of, min(file_no), list(DISTINCT coalesce(branch_id, '')) FROM in_loans
        GROUP BY ALL ORDER BY 1, 2 DESC"""
    ).fetchall()
    for (institution, day, file, branches), (other, before, second, others) in zip(days, days[1:], strict=False):
        if institution == other and file != second and not set(branches) & set(others):
            raise InputError("import.days_differ", file=names[file], day=day, other=names[second], before=before)


def one_currency(cursor: Cursor, readings: Iterable[Reading]) -> None:
    """Hold a loan book to one currency: amounts of two would be added as if they were one.

    Raises:
        InputError: loans in another currency than the institution's, or than each other's.
    """
    names = {reading.number: reading.plan.sheet.place for reading in readings}
    found = cursor.execute(
        """WITH own AS (
            SELECT l.institution_id, upper(coalesce(max(i.currency), mode(l.currency))) AS currency
            FROM in_loans AS l LEFT JOIN (FROM in_institutions UNION ALL BY NAME FROM institutions) AS i
                ON i.institution_id = l.institution_id
            GROUP BY l.institution_id)
        SELECT l.file_no, l.row_no, upper(l.currency), o.currency, count(*) OVER ()
        FROM in_loans AS l JOIN own AS o USING (institution_id)
        WHERE upper(l.currency) <> o.currency ORDER BY l.file_no, l.row_no LIMIT 1"""
    ).fetchall()
    if found:
        file, row, code, own, n = found[0]
        raise InputError("import.two_currencies", n=n, file=names[file], row=str(row), code=code, currency=own)


def questions(cursor: Cursor, replace: bool) -> tuple[list[OpenQuestion], list[Note]]:
    """Ask before other figures take the place of landed ones; where that is agreed, say what is replaced."""
    asked: list[OpenQuestion] = []
    notes: list[Note] = []
    for institution, as_of, branch, old, new in _books(cursor):
        params = {"unit": branch or institution, "as_of": str(as_of), "old": old, "new": new}
        notes.append(Note("import.note_book_replaced", params))
        if not replace:
            asked.append(
                OpenQuestion("import.question_replace_book", option="--replace", unit=branch or institution,
                             as_of=as_of, old=old, new=new)
            )  # fmt: skip
    for name, value in FIGURES.items():
        n = _changed_figures(cursor, name, value)
        if n:
            notes.append(Note("import.note_figures_replaced", {"n": n, "table": name}))
            if not replace:
                asked.append(OpenQuestion("import.question_replace", option="--replace", n=n, table=name))
    return asked, notes if replace else []


def _books(cursor: Cursor) -> list[tuple[str, object, str | None, int, int]]:
    """Snapshots of a branch that are landed and differ: institution, day, branch, loans then, loans now."""
    held = cursor.execute(
        """SELECT DISTINCT n.institution_id, n.as_of, n.branch_id FROM in_loans AS n
        SEMI JOIN loans AS o ON o.institution_id = n.institution_id AND o.as_of = n.as_of
            AND o.branch_id IS NOT DISTINCT FROM n.branch_id AND o.origin IS DISTINCT FROM 'reconstructed'"""
    ).fetchall()
    found: list[tuple[str, object, str | None, int, int]] = []
    columns = ", ".join(quote(column) for column in BOOK)
    where = "institution_id = $institution AND as_of = $as_of AND branch_id IS NOT DISTINCT FROM $branch"
    for institution, as_of, branch in held:
        old, new, both = cursor.execute(
            f"""SELECT (SELECT count(*) FROM loans WHERE {where}), (SELECT count(*) FROM in_loans WHERE {where}),
                (SELECT count(*) FROM (SELECT {columns} FROM loans WHERE {where}
                    INTERSECT SELECT {columns} FROM in_loans WHERE {where}))""",
            {"institution": institution, "as_of": as_of, "branch": branch},
        ).fetchall()[0]
        if not old == new == both:
            found.append((institution, as_of, branch, old, new))
    return found


def _changed_figures(cursor: Cursor, name: str, value: str) -> int:
    keys = " AND ".join(
        f"o.{quote(column)} IS NOT DISTINCT FROM n.{quote(column)}" for column in schema.tables()[name].key
    )
    found = cursor.execute(
        f"""SELECT count(*) FROM {quote("in_" + name)} AS n JOIN {quote(name)} AS o
        ON {keys} AND o.{quote(value)} IS DISTINCT FROM n.{quote(value)}"""
    ).fetchall()
    return int(found[0][0])
