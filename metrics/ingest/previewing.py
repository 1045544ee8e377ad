"""From files to a preview: what would land, what would not and why, and what is still to be asked."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from metrics.errors import EvenkeelError, InputError, OpenQuestion
from metrics.ingest import (
    archives,
    assemble,
    below,
    calendars,
    checks,
    conflicts,
    currencies,
    deciding,
    files,
    fineract,
    formats,
    heads,
    joining,
    landing,
    mappings,
    practice,
    reading,
    ready,
    refuse,
    rows,
    said,
    scales,
    sums,
)
from metrics.ingest.model import Note, Options, Plan, Preview, Reading, Sheet
from metrics.store import Cursor, Store, quote

NOT_ASKED_YET = "2100-01-01"
NO_TABLE = ("import.nothing_recognised", "import.file_web_page", "import.file_not_a_table", "import.file_blank")


def preview(store: Store, paths: Iterable[Path], options: Options) -> Preview:
    """Read files as far as landing them, and land nothing.

    A file at fault stands in the preview's `refused`, an open question in its `questions`; the others are
    shown all the same, but nothing lands before all are settled.

    Raises:
        DefinitionError: the mapping is wrong.
    """
    cursor = store.cursor()
    rows.prepare(cursor)
    assemble.targets(cursor)
    found = Preview(cursor, options, store.epoch)
    mapping = mappings.load(options.mapping)
    with files.folder(store) as place:
        for path in paths:
            with _collected(found):
                _read_file(cursor, found, archives.tables(path, files.safe_name(path.name), place), place, mapping)
    if not found.refused:
        found.repeated = conflicts.repeated(cursor, [landing.batch_file(r) for r in found.readings])
    if found.repeated is not None:
        found.questions = ()
    elif not found.refused and not any(question.key in STOPS for question in found.questions):
        with _collected(found):
            joining.join(cursor, found)
    return found


def _read_file(
    cursor: Cursor, found: Preview, tables: list[tuple[str, Path]], place: Path, mapping: dict[str, object] | None
) -> None:
    """Read one file, or the tables that it packs; a text beside tables that is none itself is noted, not refused."""
    beside: list[InputError] = []
    for name, path in tables:
        with _collected(found):
            try:
                plans = _plans(cursor, found, files.sheets(path, place, name), mapping)
            except InputError as error:
                if error.key not in NO_TABLE or len(tables) == 1:
                    raise
                beside.append(error)
                continue
            for plan in plans:
                _read(cursor, found, plan)
    if len(beside) == len(tables):
        found.refused = (*found.refused, *beside)
    else:
        found.notes = (*found.notes, *(Note(error.key, error.params) for error in beside))


@contextmanager
def _collected(found: Preview) -> Iterator[None]:
    """Keep what is at fault and what is to be asked in the preview, and go on."""
    try:
        yield
    except OpenQuestion as question:
        found.questions = (*found.questions, question)
    except InputError as error:
        found.refused = (*found.refused, error)


def _plans(cursor: Cursor, found: Preview, sheets: list[Sheet], mapping: dict[str, object] | None) -> list[Plan]:
    """The plans for the sheets of one file; sheets that hold nothing known are left out, and that is noted.

    Raises:
        InputError: nothing in the file can be imported, or two sheets hold the same table.
    """
    chosen = _chosen(sheets, (mapping or {}).get("sheet", found.options.sheet))
    plans: list[Plan] = []
    reasons: list[InputError] = []
    for sheet in chosen:
        try:
            plans.append(_plan(cursor, sheet, found.options, mapping))
        except OpenQuestion:
            raise
        except InputError as error:
            reasons.append(error)
    if not plans:
        raise reasons[0] if len(chosen) == 1 else refuse.Refused(chosen[0].file, tuple(reasons))
    for table in {plan.table for plan in plans}:
        same = [plan.sheet.name for plan in plans if plan.table == table]
        if len(same) > 1:
            raise OpenQuestion("import.question_sheet", option="--sheet", file=chosen[0].file, table=table,
                               sheets=", ".join(f'"{name}"' for name in same))  # fmt: skip
    found.notes = (*found.notes, *(Note(error.key, error.params) for error in reasons))
    return plans


def _chosen(sheets: list[Sheet], wanted: object) -> list[Sheet]:
    """The filled sheets: all visible ones, or the one that is wanted."""
    chosen = [sheet for sheet in sheets if sheet.rows and (wanted is None or sheet.name == wanted)]
    if chosen:
        return chosen
    file = sheets[0].file if sheets else ""
    if wanted is None:
        raise InputError("import.file_blank", file=file)
    names = ", ".join(f'"{sheet.name}"' for sheet in sheets if sheet.name and sheet.visible)
    raise InputError("import.no_such_sheet", file=file, sheet=str(wanted), sheets=names)


def _raw(sheet: Sheet) -> str:
    return f"in_raw_{sheet.sha256[:16]}_{sheet.rows_file.stem}"


def _plan(cursor: Cursor, sheet: Sheet, options: Options, mapping: dict[str, object] | None) -> Plan:
    rows.load(cursor, sheet, _raw(sheet))
    top = rows.top(cursor, _raw(sheet))
    if mapping and mapping.get("header_row") == 0:
        top = [heads.none(sheet)]
    try:
        plan = deciding.plan(cursor, _raw(sheet), sheet, top, options, mapping)
        scaled, told = scales.of(plan, top)
        told += heads.notes(cursor, _raw(sheet), plan, top)
        return replace(plan, notes=(*plan.notes, *told), scales=scaled)
    except EvenkeelError:
        cursor.execute(f"DROP TABLE {quote(_raw(sheet))}")
        raise


def _read(cursor: Cursor, found: Preview, plan: Plan) -> None:
    """Type and check one sheet; its doubts are added to the questions."""
    number = len(found.readings) + 1
    raw, typed, aside = _raw(plan.sheet), f"in_typed_{number}", f"in_aside_{number}"
    plan, questions = _fill(ready.without_answers(cursor, raw, plan), found.options)
    questions += deciding.questions(cursor, raw, plan, found.options)
    plan, beside = currencies.settle(cursor, raw, plan)
    decided = formats.decide(cursor, raw, plan, found.options)
    done = Reading(plan, number, typed, aside, decided.decided())
    done.notes += [*decided.notes, *beside, *reading.read(cursor, raw, typed, plan, decided)]
    _look_over(cursor, raw, done, found.options)
    reading.list_aside(cursor, raw, typed, aside, plan)
    cursor.execute(f"DROP TABLE {quote(raw)}")
    asked = formats.questions(plan, decided)
    checks.count(cursor, done)
    old = calendars.question(cursor, typed, plan, found.options)
    found.readings = (*found.readings, done)
    found.questions = (*found.questions, *questions, *asked, *([old] if old and not asked else []))
    if not asked:
        checks.some_left(cursor, done)


def _look_over(cursor: Cursor, raw: str, done: Reading, options: Options) -> None:
    """What the sheet as a whole shows once it is typed: rows that are none, totals, repeats, words taken for others."""
    plan, typed = done.plan, done.typed
    if plan.shape == "fineract":
        done.notes += fineract.mark_ignored(cursor, done)
    practice.choose(cursor, done, options)
    done.notes += below.mark(cursor, raw, typed, plan)
    sums.mark(cursor, raw, typed, plan)
    checks.totals(cursor, done)
    checks.duplicates(cursor, done)
    done.notes += [*said.notes(cursor, raw, plan), *calendars.notes(cursor, raw, plan)]
    done.notes += calendars.young(cursor, typed, plan)


def _fill(plan: Plan, options: Options) -> tuple[Plan, list[OpenQuestion]]:
    """Give a plan what the options say: the day of the snapshot, and the institution."""
    constants = dict(plan.constants)
    questions = []
    day = "as_of" if plan.table == "loans" else "period" if plan.table == "reported_values" else ""
    dated = bool(day) and not plan.has(day)
    if (dated or plan.table == "m_loan") and options.as_of is None:
        questions.append(OpenQuestion("import.question_as_of", option="--as-of DATE", file=plan.sheet.place))
    if day and options.as_of and not dated:
        unused = Note("import.note_day_in_file", {"column": _day_heading(plan, day), "day": str(options.as_of)})
        plan = replace(plan, notes=(*plan.notes, unused))
    if dated:
        constants[day] = str(options.as_of or NOT_ASKED_YET)
    return replace(plan, constants=constants), questions


def _day_heading(plan: Plan, day: str) -> str:
    use = plan.use(day)
    return use.heading if use else day


STOPS = {
    "import.question_as_of", "import.question_date_order", "import.question_decimal", "import.question_percent",
    "import.question_year_first", "import.question_percent_mixed", "import.question_old_dates",
}  # fmt: skip
