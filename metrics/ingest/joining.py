"""Sheets that were read come together in the canonical tables, and are checked against each other and what is there."""

from metrics import schema
from metrics.errors import OpenQuestion
from metrics.ingest import answering, assemble, conflicts, cross, fineract, links, practice, ready, surveys, units
from metrics.ingest.model import Note, Options, Preview, Reading
from metrics.store import Cursor, quote

OWN = "own"


def institution(cursor: Cursor, options: Options) -> str:
    """Whose records these are: as the option says, else the only institution there is, else `own`.

    Raises:
        OpenQuestion: several institutions stand in the data.
    """
    if options.institution:
        return options.institution
    known = [row[0] for row in cursor.execute("SELECT institution_id FROM institutions ORDER BY 1 LIMIT 6").fetchall()]
    if len(known) > 1:
        raise OpenQuestion("import.question_institution", option="--institution ID", known=", ".join(known[:5]) + " …")
    return known[0] if known else OWN


def join(cursor: Cursor, found: Preview) -> None:
    """Bring the sheets together in the canonical tables, and check them against each other and what is landed."""
    notes = _add_all(cursor, found)
    conflicts.same_key_twice(cursor, found.readings)
    conflicts.one_day(cursor, found.readings)
    notes += links.notes(cursor)
    named = {name: meant for done in found.readings for name, meant in done.plan.mapping.get("branches", {}).items()}
    settled = units.settle(cursor, found.options.accept_new, named)
    conflicts.one_currency(cursor, found.readings)
    asked, replaced = conflicts.questions(cursor, found.options.replace) if not settled.questions else ([], [])
    found.questions = (*found.questions, *settled.questions, *asked)
    found.notes = (*found.notes, *notes, *settled.notes, *replaced)
    found.created = settled.made
    found.frames = {
        table: f"in_{table}"
        for table in schema.tables()
        if cursor.execute(f"SELECT count(*) FROM {quote('in_' + table)}").fetchall()[0][0]
    }


def _add_all(cursor: Cursor, found: Preview) -> list[Note]:
    notes: list[Note] = []
    core: dict[str, Reading] = {}
    whose = ""
    for done in sorted(found.readings, key=lambda done: done.plan.table == "loans"):
        plan = done.plan
        if plan.shape == "summary":
            done.notes += assemble.add_summary(cursor, done)
            continue
        if not whose and not plan.has("institution_id") and plan.mapping.get("unit_type") != "institution":
            whose = institution(cursor, found.options)
        if plan.shape == "fineract":
            core[plan.table] = done
        else:
            done.notes += _add(cursor, done, whose, found.options)
    if core:
        as_of = found.options.as_of.isoformat() if found.options.as_of else None
        (core.get("m_loan") or next(iter(core.values()))).notes += fineract.assemble(cursor, core, whose, as_of)
    return notes


def _add(cursor: Cursor, done: Reading, whose: str, options: Options) -> list[Note]:
    """Add one sheet to the tables to land, as its shape asks."""
    shape = done.plan.shape
    if shape == practice.SHAPE:
        return practice.add(cursor, done, whose, options.as_of)
    if shape == surveys.SHAPE:
        return answering.add(cursor, done, whose, options.as_of)
    if shape == cross.SHAPE:
        return cross.add(cursor, done, whose, options)
    if shape != "ready":
        return assemble.add_table(cursor, done, whose)
    ready.add_ready(cursor, done, whose)
    return []
