"""Checks of a sheet once it is typed: rows that stand twice, totals, counts that add up, sums."""

from metrics.errors import InputError
from metrics.ingest import calendars, repairs
from metrics.ingest.model import Aside, Note, Reading, Use
from metrics.store import Cursor, quote
from metrics.words import say


class NothingSound(InputError):
    """Every row of a sheet is set aside; `first` is the first of them, with its reason."""

    def __init__(self, file: str, n: int, first: Aside) -> None:
        params = {"row": str(first.row_no), "column": first.column, "value": first.value}
        super().__init__("import.every_row_set_aside", file=file, n=n, reason=first.reason, **params)
        self.first = first

    def text(self, language: str = "en") -> str:
        """The sentence, with the reason in the same language."""
        return say(language, self.key, **{**self.params, "reason": self.first.text(language)})


SAME = 0.01
OF_PEOPLE = ("birth_date", "date_of_birth")
ACTIVE = {
    "loans": "coalesce(\"status\", 'active') IN ('active', 'rescheduled')",
    "m_loan": "loan_status_id IN (300, 303, 304)",
}


def duplicates(cursor: Cursor, reading: Reading, off: frozenset[str] = frozenset()) -> None:
    """Ignore exact repeats of a row; mark rows that share a key but differ: nothing says which one is right.

    Where the first is switched off, the repeats are set aside: a key may not land twice.
    """
    plan = reading.plan
    keys = [use for use in plan.uses if use.column in plan.spec.key]
    named = [use for use in keys if use.column not in ("institution_id", "as_of", "period")]
    if not named:
        return
    columns = ", ".join(quote(use.column) for use in keys)
    values = ", ".join(f"t.{quote(use.column)}" for use in plan.uses)
    sound = "NOT ignored AND fault IS NULL"
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_twins AS
        SELECT {columns} FROM {quote(reading.typed)} WHERE {sound} GROUP BY ALL HAVING count(*) > 1"""
    )
    if not cursor.execute("SELECT count(*) FROM in_twins").fetchall()[0][0]:
        return
    same = " AND ".join(f"t.{quote(u.column)} IS NOT DISTINCT FROM w.{quote(u.column)}" for u in keys)
    groups = ", ".join(f"t.{quote(use.column)}" for use in keys)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_twins AS
        SELECT row_no, count(DISTINCT what) OVER twins > 1 AS differ, row_no > min(row_no) OVER twins AS again
        FROM (SELECT t.*, hash({values}) AS what FROM {quote(reading.typed)} AS t
            JOIN in_twins AS w ON {same} WHERE {sound}) AS t
        WINDOW twins AS (PARTITION BY {groups})"""
    )
    fault = (plan.uses.index(named[0]) + 1) * 10 + 9
    cursor.execute(
        f"""UPDATE {quote(reading.typed)} SET fault = ? WHERE row_no IN (SELECT row_no FROM in_twins WHERE differ)""",
        [fault],
    )
    repairs.rows(cursor, reading, "repeats", off, cursor.execute(
        "SELECT row_no FROM in_twins WHERE again AND NOT differ ORDER BY row_no"
    ).fetchall())  # fmt: skip


def totals(cursor: Cursor, reading: Reading) -> None:
    """Compare the file's own totals with the sums of its rows; say how many rows of totals were ignored."""
    plan = reading.plan
    agreed: Note | None = None
    for use in plan.uses:
        note = _total(cursor, reading, use) if plan.spec.kinds[use.column] == "amount" else None
        if note and note.key == "import.note_total_differs":
            reading.notes.append(note)
            return
        agreed = agreed or note
    reading.notes += [agreed] if agreed else []


def _total(cursor: Cursor, reading: Reading, use: Use) -> Note | None:
    """Whether the totals of one column agree with its rows; None where there is no total."""
    x = quote(use.column)
    rows, last, all_totals, own = cursor.execute(
        f"""SELECT count({x}) FILTER (WHERE ignored), arg_max({x}, row_no) FILTER (WHERE ignored),
            sum({x}) FILTER (WHERE ignored), sum({x}) FILTER (WHERE NOT ignored)
        FROM {quote(reading.typed)}"""
    ).fetchall()[0]
    if not rows:
        return None
    own = own or 0
    agrees = any(abs(found - own) < SAME for found in (last, all_totals, all_totals / 2))
    params = {"n": rows, "column": use.heading, "total": float(last), "sum": float(own)}
    return Note("import.note_total_agrees" if agrees else "import.note_total_differs", params)


def count(cursor: Cursor, reading: Reading) -> None:
    """Fill in counts, sums and the range of dates."""
    plan = reading.plan
    typed = quote(reading.typed)
    read, ignored, aside = cursor.execute(
        f"""SELECT count(*), count(*) FILTER (WHERE ignored),
            count(*) FILTER (WHERE NOT ignored AND fault IS NOT NULL) FROM {typed}"""
    ).fetchall()[0]
    reading.rows_read, reading.ignored, reading.set_aside = read, ignored, aside
    reading.accepted = read - ignored - aside
    for use in plan.uses:
        x = quote(use.column)
        if plan.spec.kinds[use.column] == "amount":
            total = cursor.execute(f"SELECT sum({x}) FROM {typed} WHERE NOT ignored AND fault IS NULL").fetchall()
            reading.sums[use.column.removesuffix("_derived")] = round(float(total[0][0] or 0), 2)
    if plan.table in ACTIVE and (plan.shape == "fineract" or plan.use("status")):
        active = cursor.execute(
            f"SELECT count(*) FROM {typed} WHERE NOT ignored AND fault IS NULL AND {ACTIVE[plan.table]}"
        ).fetchall()
        reading.sums = {"active_loans": active[0][0], **reading.sums}
    _dates(cursor, reading)


def _dates(cursor: Cursor, reading: Reading) -> None:
    plan = reading.plan
    dated = [use for use in plan.uses if plan.spec.kinds[use.column] in ("date", "period")]
    use = next((use for use in dated if use.column not in OF_PEOPLE), None)
    if use:
        x = quote(use.column)
        first, last = cursor.execute(
            f"SELECT min({x}), max({x}) FROM {quote(reading.typed)} WHERE NOT ignored AND fault IS NULL"
        ).fetchall()[0]
        reading.dates = (first, last) if first else None


def some_left(cursor: Cursor, reading: Reading) -> None:
    """Hold a sheet to having at least one row that can be landed.

    Raises:
        InputError: the sheet has no rows, or every one of them is set aside.
    """
    place = reading.plan.sheet.place
    if reading.rows_read == reading.ignored:
        raise InputError("import.no_rows", file=place)
    if not reading.accepted:
        raise _of_one_kind(cursor, reading) or NothingSound(place, reading.set_aside, reading.sample[0])


def _of_one_kind(cursor: Cursor, reading: Reading) -> InputError | None:
    """The sentence for a fault that all rows of a sheet share in one column, where there is a better one."""
    kinds, formulas = cursor.execute(
        f"""SELECT count(DISTINCT (column_name, reason)), count_if(value = '=') FROM {quote(reading.aside)}"""
    ).fetchall()[0]
    place, first = reading.plan.sheet.place, reading.sample[0]
    params = {"n": reading.set_aside, "file": place, "column": first.column, "row": str(first.row_no)}
    if kinds > 1:
        return None
    if formulas == reading.set_aside:
        return InputError("import.formulas_without_result", **params)
    if first.reason == "import.reason_damaged_id":
        return InputError("import.ids_damaged", value=first.value, **params)
    if not reading.plan.has("as_of"):
        return None
    day = cursor.execute(f"SELECT max(as_of) FROM {quote(reading.typed)}").fetchall()[0][0]
    return calendars.ahead(place, first, day)
