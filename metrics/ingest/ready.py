"""Sheets of ready values: one row a unit, one column an indicator, as somebody else computed it."""

from dataclasses import replace

from metrics.ingest import defining, headings
from metrics.ingest.assemble import SOUND, params
from metrics.ingest.model import Note, Plan, Reading
from metrics.own import SUMMED
from metrics.store import Cursor, quote


def without_answers(cursor: Cursor, raw: str, plan: Plan) -> Plan:
    """The plan without columns that hold nothing but yes and no: those are answers, never an indicator's figure."""
    if plan.shape != "ready":
        return plan
    answers = [
        use for use in plan.uses if use.column in plan.mapping["indicators"] and _answers(cursor, raw, plan, use.place)
    ]
    if not answers:
        return plan
    names = ", ".join(f'"{use.heading}"' for use in answers)
    return replace(
        plan,
        uses=tuple(use for use in plan.uses if use not in answers),
        unused=(*plan.unused, *(use.heading for use in answers)),
        notes=(*plan.notes, Note("import.note_answers_ignored", {"columns": names})),
        mapping={**plan.mapping, "indicators": sorted({*plan.mapping["indicators"]} - {u.column for u in answers})},
    )


def _answers(cursor: Cursor, raw: str, plan: Plan, place: int) -> bool:
    """Whether a column says yes and no, in words or as 1 and 0 (a column of 0 alone is a figure)."""
    words = headings.synonyms()["words"]
    x = quote(f"c{place}")
    found = cursor.execute(
        f"""SELECT DISTINCT lower(strip_accents(in_bare({x}))) FROM {quote(raw)}
        WHERE row_no > ? AND NOT in_blank({x}) LIMIT 10""",
        [plan.header_row],
    ).fetchall()
    said = {row[0] for row in found}
    return bool(said) and said <= {*words["yes"], *words["no"]} and said != {"0"}


def add_ready(cursor: Cursor, reading: Reading, institution: str) -> None:
    """Add a sheet of ready values: one row for each unit and indicator that has a figure."""
    plan = reading.plan
    unit_type = plan.mapping["unit_type"]
    own = unit_type == "institution" or plan.use("institution_id") is not None
    owner = quote("unit" if unit_type == "institution" else "institution_id") if own else "$institution"
    for name in plan.mapping["indicators"]:
        weight = _weight(reading, name)
        n = quote("n") if plan.use("n") else "NULL"
        cursor.execute(
            f"""INSERT INTO in_reported_values BY NAME
            SELECT {owner} AS institution_id, "period", $unit_type AS unit_type, "unit", $name AS indicator_id,
                {quote(name)} AS value, {n} AS n, {weight} AS weight, $file AS file_no, row_no
            FROM {quote(reading.typed)} WHERE {SOUND} AND {quote(name)} IS NOT NULL""",
            params(reading, institution, not own) | {"unit_type": unit_type, "name": name},
        )


def _weight(reading: Reading, name: str) -> str:
    """What a figure may be summed with: the portfolio for money, clients for people, else the other one."""
    indicator = defining.known(reading.plan, name)
    if indicator.own and indicator.unit in SUMMED:
        return "NULL"  # a mean of counts is no figure of the whole
    social = indicator.pillar == "social"
    wanted = ("clients", "portfolio") if social else ("portfolio", "clients")
    column = next((column for column in wanted if reading.plan.use(column)), None)
    return f"CAST({quote(column)} AS DOUBLE)" if column else "NULL"
