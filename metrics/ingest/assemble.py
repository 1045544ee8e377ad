"""Sheets as read become rows of the canonical tables: `in_TABLE`, one temporary table each."""

from collections.abc import Mapping
from typing import Any

from metrics import schema
from metrics.ingest import headings, mappings, specs
from metrics.ingest.model import Note, Reading
from metrics.store import Cursor, quote

SOUND = "NOT ignored AND fault IS NULL"


def targets(cursor: Cursor) -> None:
    """Make an empty `in_TABLE` for each canonical table, and `in_names` for names found on the way."""
    for table in schema.tables():
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {quote('in_' + table)} AS "
            f"SELECT * EXCLUDE (batch_id) FROM facts.{quote(table)} WHERE false"
        )
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_names (kind VARCHAR, id VARCHAR, name VARCHAR)")


def add_table(cursor: Cursor, reading: Reading, institution: str) -> list[Note]:
    """Add a sheet that holds one canonical table, and what it carries for clients, branches, products."""
    plan = reading.plan
    columns = [column for column in schema.tables()[plan.table].columns if plan.has(column)]
    picks = [quote(column) for column in columns]
    either = specs.STAND_FOR_EACH_OTHER.get(plan.table, ())
    for lacking, given in (either, either[::-1]) if either else ():
        if lacking not in columns:
            picks.append(f"{quote(given)} AS {quote(lacking)}")
    if "institution_id" not in columns:
        picks.append("$institution AS institution_id")
    cursor.execute(
        f"""INSERT INTO {quote("in_" + plan.table)} BY NAME
        SELECT {", ".join(picks)}, $file AS file_no, row_no FROM {quote(reading.typed)} WHERE {SOUND}""",
        params(reading, institution, "institution_id" not in columns),
    )
    for unit, name in headings.NAMED.items():
        if plan.table not in ("branches", "products") and plan.use(unit) and plan.use(name):
            _names(cursor, reading, unit, name)
    return _loan_notes(cursor, reading, institution) if plan.table == "loans" else []


def params(reading: Reading, institution: str, asked: bool) -> dict[str, Any]:
    """What a statement that adds a sheet is given; `asked` where it names the institution by parameter."""
    return {"file": reading.number} | ({"institution": institution} if asked else {})


def _names(cursor: Cursor, reading: Reading, unit: str, name: str) -> None:
    cursor.execute(
        f"""INSERT INTO in_names SELECT ?, {quote(unit)}, any_value({quote(name)})
        FROM {quote(reading.typed)} WHERE {SOUND} AND {quote(unit)} IS NOT NULL GROUP BY {quote(unit)}""",
        [unit],
    )


def _loan_notes(cursor: Cursor, reading: Reading, institution: str) -> list[Note]:
    """What should be known of a loan book; days late below 0 become 0, clients in it are added."""
    notes = [] if reading.plan.has("status") else [Note("import.note_no_status")]
    cursor.execute("UPDATE in_loans SET days_past_due = 0 WHERE days_past_due < 0 AND file_no = ?", [reading.number])
    days, first, last = cursor.execute(
        "SELECT count(DISTINCT as_of), min(as_of), max(as_of) FROM in_loans WHERE file_no = ?", [reading.number]
    ).fetchall()[0]
    if days > 1:
        notes.append(Note("import.note_several_days", {"n": days, "first": str(first), "last": str(last)}))
    above = cursor.execute(
        "SELECT count(*) FROM in_loans WHERE file_no = ? "
        "AND principal_outstanding::DOUBLE > disbursed_amount::DOUBLE * 1.001",
        [reading.number],
    ).fetchall()[0][0]
    if above:
        notes.append(Note("import.note_above_amount", {"n": above}))
    return notes + _carried_clients(cursor, reading, institution)


def _carried_clients(cursor: Cursor, reading: Reading, institution: str) -> list[Note]:
    """Client columns of a loan sheet: one row a client, laid over what is known of the client already."""
    plan = reading.plan
    carried = [column for column in headings.CARRIED["loans"]["clients"] if plan.use(column)]
    if not carried:
        return []
    if not plan.use("client_id"):
        names = ", ".join(f'"{use.heading}"' for use in plan.uses if use.column in carried)
        return [Note("import.note_no_client_number", {"columns": names})]
    own = plan.has("institution_id")
    owner = quote("institution_id") if own else "$institution"
    columns = [*carried, *(["branch_id"] if plan.use("branch_id") else [])]
    firsts = ", ".join(f"arg_min({quote(column)}, row_no) AS {quote(column)}" for column in columns)
    differ = " OR ".join(f"min({quote(c)}) IS DISTINCT FROM max({quote(c)})" for c in carried)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_carried AS
        SELECT {owner} AS institution_id, client_id, {firsts}, {differ} AS differ, $file AS file_no,
            min(row_no) AS row_no
        FROM {quote(reading.typed)} WHERE {SOUND} AND client_id IS NOT NULL GROUP BY 1, 2""",
        params(reading, institution, not own),
    )
    _lay_over_known(cursor, columns)
    several = cursor.execute("SELECT count(*) FILTER (WHERE differ), count(*) FROM in_carried").fetchall()[0]
    notes = [Note("import.note_clients_from_loans", {"n": several[1]})]
    return notes + ([Note("import.note_clients_differ", {"n": several[0]})] if several[0] else [])


def _lay_over_known(cursor: Cursor, columns: list[str]) -> None:
    """A later batch wins row by row, so a loan sheet's few columns must not blank what a client list said."""
    table = schema.tables()["clients"]
    rest = [column for column in table.columns if column not in ("institution_id", "client_id")]
    picks = ", ".join(
        f"coalesce(n.{quote(c)}::VARCHAR, o.{quote(c)}::VARCHAR) AS {quote(c)}"
        if c in columns
        else f"o.{quote(c)} AS {quote(c)}"
        for c in rest
    )
    cursor.execute(
        f"""INSERT INTO in_clients BY NAME
        SELECT n.institution_id, n.client_id, {picks}, n.file_no, n.row_no FROM in_carried AS n
        LEFT JOIN clients AS o ON o.institution_id = n.institution_id AND o.client_id = n.client_id
        ANTI JOIN in_clients AS given
            ON given.institution_id = n.institution_id AND given.client_id = n.client_id"""
    )


def add_summary(cursor: Cursor, reading: Reading) -> list[Note]:
    """Add a summary (one row a year) as parts of measures, and its institutions."""
    plan = reading.plan
    mapping: Mapping[str, Any] = plan.mapping
    zeros = set(mapping.get("empty_is_zero", {}).get("columns", ()))
    for name, expression in mapping["measures"].items():
        measure, _, part = name.partition(".")
        picks = [
            f"coalesce({quote('in:' + heading)}, 0)" if heading in zeros else quote("in:" + heading)
            for _, heading in mappings.terms(expression)
        ]
        signs = ["-" if sign < 0 else "+" for sign, _ in mappings.terms(expression)]
        value = " ".join(f"{sign} {pick}" for sign, pick in zip(signs, picks, strict=True))
        cursor.execute(
            f"""INSERT INTO in_reported_measures BY NAME
            SELECT institution_id, "period", $measure AS measure, $part AS part, value, $file AS file_no, row_no
            FROM (SELECT *, 0 {value} AS value FROM {quote(reading.typed)} WHERE {SOUND})
            WHERE value IS NOT NULL""",
            {"measure": measure, "part": part, "file": reading.number},
        )
    _summary_institutions(cursor, reading)
    return [Note("import.note_empty_is_zero", {"column": heading}) for heading in sorted(zeros)]


def _summary_institutions(cursor: Cursor, reading: Reading) -> None:
    columns = [c for c in mappings.INSTITUTION_COLUMNS if reading.plan.has(c)]
    if "institution_name" not in columns:
        return
    latest = ", ".join(f'arg_max({quote(column)}, "period") AS {quote(column)}' for column in columns)
    cursor.execute(
        f"""INSERT INTO in_institutions BY NAME
        SELECT institution_id, {latest}, $file AS file_no, min(row_no) AS row_no
        FROM {quote(reading.typed)} WHERE {SOUND} GROUP BY institution_id""",
        {"file": reading.number},
    )
