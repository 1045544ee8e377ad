"""The rows that are set aside: where, why, what might be meant, and how many there are for each reason."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from metrics.errors import nearest
from metrics.ingest import headings
from metrics.ingest.model import Aside, Note, Plan, Reading
from metrics.ingest.reading import FEW, FIRST_REFUSAL, REFUSED
from metrics.ingest.told import Group, Word
from metrics.store import Cursor, quote

# Reasons for which a row is set aside, by number; 7 depends on the kind of column (BY_KIND), 8 on REFUSED.
REASONS = {
    0: "import.reason_off",
    1: "import.reason_open_quote",
    2: "import.reason_short_row",
    3: "import.reason_long_row",
    4: "import.reason_error",
    5: "import.reason_too_long",
    6: "import.reason_missing",
    9: "import.reason_duplicate",
}
BY_KIND = {
    "date": "import.reason_date", "period": "import.reason_date", "amount": "import.reason_number",
    "number": "import.reason_number", "pct": "import.reason_number", "share": "import.reason_number",
    "points": "import.reason_number",
    "whole": "import.reason_whole", "flag": "import.reason_flag", "code": "import.reason_code",
    "text": "import.reason_damaged_id",
}  # fmt: skip
SAMPLE = 20
FIGURE = re.compile(r"-?[0-9]+([.,][0-9]{1,2})?")
# Letters that are typed for digits, and whatever stands beside a figure.
MISREAD, NO_FIGURE = str.maketrans("OolI", "0011"), re.compile(r"[^0-9.,-]")
SAID = {
    "import.reason_open_quote": "import.suggest_open_quote",
    "import.reason_error": "import.suggest_error",
    "import.reason_missing": "import.suggest_missing",
    "import.reason_date": "import.suggest_date",
    "import.reason_flag": "import.suggest_flag",
    "import.reason_duplicate": "import.suggest_duplicate",
    "import.reason_off": "import.suggest_off",
}


def gather(cursor: Cursor, raw: str, done: Reading) -> None:
    """Make the temporary tables of a reading's rows set aside: `aside`, and `cells` with the whole rows.

    `aside` has row_no, column_name, value, reason, params (JSON), place and cells; `cells` is like the sheet's own,
    its row of headings included.
    """
    plan = done.plan
    typed = quote(done.typed)
    aside = quote(done.aside)
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE in_faults
        (fault INTEGER, column_name VARCHAR, reason VARCHAR, place INTEGER)"""
    )
    faults = cursor.execute(f"SELECT DISTINCT fault FROM {typed} WHERE fault IS NOT NULL").fetchall()
    if faults:
        named = [(fault, *_named(plan, fault)) for (fault,) in faults]
        cursor.executemany("INSERT INTO in_faults VALUES (?, ?, ?, ?)", named)
    values = ", ".join(f"in_bare({quote(f'c{use.place}')})" for use in plan.uses)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {aside} AS
        SELECT row_no, column_name, coalesce(left([{values}][fault // 10], 200), '') AS value, reason,
            if(reason = 'import.reason_off', json_object('repair', o.name)::VARCHAR, '{{}}') AS params, place, cells
        FROM {typed} JOIN in_faults USING (fault) JOIN {quote(raw)} USING (row_no)
            LEFT JOIN in_off AS o USING (row_no)
        WHERE NOT ignored ORDER BY row_no"""
    )
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(done.cells)} AS SELECT * FROM {quote(raw)}
        WHERE row_no = ? OR row_no IN (SELECT row_no FROM {aside}) ORDER BY row_no""",
        [plan.header_row],
    )
    done.groups = tuple(
        Group(column, place, reason, n, first, json.loads(params))
        for column, place, reason, params, n, first in cursor.execute(
            f"""SELECT column_name, place, reason, params, count(*) AS n, min(row_no) FROM {aside}
            GROUP BY ALL ORDER BY n DESC, 6"""
        ).fetchall()
    )
    done.sample = tuple(found(cursor, done, SAMPLE))
    done.words = tuple(_words(cursor, plan))


def _words(cursor: Cursor, plan: Plan) -> Iterator[Word]:
    """The words of coded columns that nobody knows, as `reading` found them."""
    for index, word, n in cursor.execute("SELECT place, word, n FROM in_words ORDER BY place, n DESC").fetchall():
        use = plan.uses[index]
        near = _near_word(plan, use.place, word)
        yield Word(use.heading, use.column, word, n, near, plan.spec.codes[use.column])


def found(cursor: Cursor, done: Reading, most: int) -> list[Aside]:
    """The first rows of a reading that are set aside, each with what might be meant."""
    listed = cursor.execute(
        f"""SELECT row_no, column_name, value, reason, place, params, cells FROM {quote(done.aside)}
        ORDER BY row_no LIMIT ?""",
        [most],
    ).fetchall()
    return [_aside(done.plan, *row) for row in listed]


def _aside(
    plan: Plan, row_no: int, column: str, value: str, reason: str, place: int | None, params: str, cells: int | None
) -> Aside:
    given: Mapping[str, str] = json.loads(params)
    meant = _meant(plan, reason, value, place, cells)
    return Aside(row_no, column, value, reason, place, given, meant)


def _named(plan: Plan, fault: int) -> tuple[str, str, int | None]:
    """The heading, the reason (a key of the catalogues) and the place of a fault."""
    index, kind = divmod(fault, 10)
    if index == 0:
        return "", REASONS[kind], None
    use = plan.uses[index - 1]
    if kind == 7:
        return use.heading, BY_KIND[plan.spec.kinds[use.column]], use.place
    if kind in REASONS and kind not in range(1, FEW):
        return use.heading, REASONS[kind], use.place
    return use.heading, REFUSED[use.column][kind % FIRST_REFUSAL][1], use.place


def _meant(plan: Plan, reason: str, value: str, place: int | None, cells: int | None) -> Note | None:
    """What might be meant, or what to do; None where the reason says it all."""
    if reason in ("import.reason_short_row", "import.reason_long_row"):
        return Note("import.suggest_cells", {"n": cells or 0, "heads": plan.head_cells})
    if reason == "import.reason_code" and (word := _near_word(plan, place, value)):
        return Note("import.suggest_value", {"value": word})
    if reason in ("import.reason_number", "import.reason_whole"):
        figure = NO_FIGURE.sub("", value.translate(MISREAD)) if any(map(str.isdigit, value)) else ""
        return Note("import.suggest_value", {"value": figure}) if FIGURE.fullmatch(figure) and figure != value else None
    return Note(SAID[reason]) if reason in SAID else None


def _near_word(plan: Plan, place: int | None, value: str) -> str | None:
    """The word of a coded column that is written most alike."""
    column = next((use.column for use in plan.uses if use.place == place), "")
    known = {**{code: code for code in plan.spec.codes.get(column, ())}, **headings.of_codes(column)}
    near = nearest(headings.normal(value), known)
    return known[near] if near else None


def whole_rows(cursor: Cursor, done: Reading, most: int) -> list[tuple[Any, ...]]:
    """Row number and all cells, as they stand, of the rows set aside; the row of headings first, where there is one."""
    columns = ", ".join(quote(f"c{place}") for place in range(len(done.plan.sheet.columns)))
    return cursor.execute(
        f"SELECT row_no, {columns} FROM {quote(done.cells)} ORDER BY row_no LIMIT ?", [most + 1]
    ).fetchall()
