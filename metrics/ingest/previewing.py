"""From files to a preview: what would land, what would not and why, and what is still to be asked."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from metrics.errors import EvenkeelError, InputError, OpenQuestion
from metrics.ingest import (
    archives,
    asides,
    assemble,
    below,
    calendars,
    checks,
    classes,
    conflicts,
    corrections,
    currencies,
    deciding,
    defining,
    files,
    fineract,
    formats,
    headings,
    heads,
    joining,
    keyed,
    landing,
    mappings,
    practice,
    progress,
    raws,
    reading,
    ready,
    refuse,
    rejoining,
    repairs,
    rows,
    scales,
    sums,
)
from metrics.ingest.model import Note, Options, Plan, Preview, Reading, Sheet, Unread
from metrics.store import Cursor, Store

TOP_KEPT = 40
ALL_SHEETS = "*"
NOT_ASKED_YET = "2100-01-01"
NO_TABLE = ("import.nothing_recognised", "import.file_web_page", "import.file_not_a_table", "import.file_blank")


def preview(
    store: Store, paths: Iterable[Path], options: Options, place: Path | None = None, instead_of: int | None = None,
    names: Mapping[Path, str] = MappingProxyType({}),
) -> Preview:  # fmt: skip
    """Read files as far as landing them, and land nothing; `instead_of` is the batch whose place they would take.

    A workbook of rows that were set aside and are corrected is taken for the file that they belong to, corrected.
    `names` says what the user calls a file whose own name is another.
    `place` is a folder below the staging folder where what was read of the files stays, so that the same files
    are read faster when an answer changes; without it nothing stays.

    A file at fault stands in the preview's `refused`, an open question in its `questions`; the others are
    shown all the same, but nothing lands before all are settled.

    Raises:
        DefinitionError: the mapping is wrong.
    """
    cursor = store.cursor(without=instead_of)
    progress.at("import.stage_opening", 0.0, cursor)
    rows.prepare(cursor)
    assemble.targets(cursor)
    found = Preview(cursor, options, store.epoch, instead_of=instead_of)
    listed = list(paths)
    with _collected(found):
        again = rejoining.look(store, cursor, listed, options)
        if again:
            return preview(store, again.paths, again.options, place, again.batch or instead_of, again.names)
        _read_files(store, found, listed, place, names)
    if not found.refused:
        found.repeated = conflicts.repeated(cursor, [landing.batch_file(r, options) for r in found.readings])
    if found.repeated is not None:
        found.questions = ()
    elif not found.refused and not any(question.key in STOPS for question in found.questions):
        progress.at("import.stage_joining", 0.9)
        with _collected(found):
            joining.join(cursor, found)
    return found


def _read_files(store: Store, found: Preview, paths: list[Path], kept: Path | None, names: Mapping[Path, str]) -> None:
    mapping = mappings.load(found.options.mapping)
    with files.folder(store, kept) as place:
        for done, path in enumerate(paths):
            name = files.safe_name(names.get(path, path.name))
            progress.at("import.stage_reading", 0.8 * done / len(paths), file=name)
            before = len(found.readings)
            with _collected(found):
                _read_file(found.cursor, found, archives.tables(path, name, place), place, mapping)
                for one in found.readings[before:]:
                    keyed.replace(store, found.cursor, one)
                told = raws.source(path, found.readings[before:])
                found.sources = (*found.sources, replace(told, name=name))


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
            plans.append(_plan(cursor, found, sheet, mapping))
        except OpenQuestion:
            raise
        except InputError as error:
            reasons.append(error)
    if not plans:
        raise reasons[0] if len(chosen) == 1 else refuse.Refused(chosen[0].file, tuple(reasons))
    plans, told = defining.busy(plans)
    for table in {plan.table for plan in plans} if found.options.sheet != ALL_SHEETS else ():
        same = [plan.sheet.name for plan in plans if plan.table == table]
        if len(same) > 1:
            raise OpenQuestion("import.question_sheet", option="--sheet", file=chosen[0].file, table=table,
                               sheets=", ".join(f'"{name}"' for name in same))  # fmt: skip
    found.notes = (*found.notes, *(Note(error.key, error.params) for error in reasons), *told)
    return plans


def _chosen(sheets: list[Sheet], wanted: object) -> list[Sheet]:
    """The filled sheets: all visible ones, or the one that is wanted."""
    every = wanted in (None, ALL_SHEETS)
    filled = [sheet for sheet in sheets if sheet.rows and (every or sheet.name == wanted)]
    chosen = [sheet for sheet in filled if not (every and headings.is_guide(sheet.name))] or filled
    if chosen:
        return chosen
    file = sheets[0].file if sheets else ""
    if every:
        raise InputError("import.file_blank", file=file)
    names = ", ".join(f'"{sheet.name}"' for sheet in sheets if sheet.name and sheet.visible)
    raise InputError("import.no_such_sheet", file=file, sheet=str(wanted), sheets=names)


def _raw(sheet: Sheet) -> str:
    return f"in_raw_{sheet.sha256[:16]}_{sheet.rows_file.stem}"


def _plan(cursor: Cursor, found: Preview, sheet: Sheet, mapping: dict[str, object] | None) -> Plan:
    rows.load(cursor, sheet, _raw(sheet))
    corrections.apply(cursor, sheet, _raw(sheet), found.options.corrections)
    first = rows.top(cursor, _raw(sheet))
    try:
        mapping, options = deciding.chosen(sheet, first, found.options, mapping)
        top = [heads.none(sheet)] if mapping and mapping.get("header_row") == 0 else first
        plan = deciding.plan(cursor, _raw(sheet), sheet, top, options, mapping)
        scaled = {} if "scale" in options.off else scales.of(plan, top)
        told = heads.notes(cursor, _raw(sheet), plan, top)
        plan = _with_words(plan, mapping, found.options)
        return replace(plan, notes=(*plan.notes, *told), scales=scaled, top=tuple(first[:TOP_KEPT]))
    except EvenkeelError as error:
        found.unread = (*found.unread, Unread(sheet, tuple(first[:TOP_KEPT]), error))
        rows.drop(cursor, _raw(sheet))
        raise


def _with_words(plan: Plan, mapping: Mapping[str, Any] | None, options: Options) -> Plan:
    """The plan with what the user said that words of its cells mean."""
    given = options.mappings.get(plan.mapping.get("fingerprint", ""), mapping or {})
    words = {name: given[name] for name in mappings.WORDS if name in given}
    if not words:
        return plan
    mappings.check_words("mapping", {"table": plan.table, **words})
    return replace(plan, mapping={**plan.mapping, **words})


def _read(cursor: Cursor, found: Preview, plan: Plan) -> None:
    """Type and check one sheet; its doubts are added to the questions."""
    number = len(found.readings) + 1
    progress.at("import.stage_checking", min(0.8, 0.2 * number), file=plan.sheet.place)
    raw, typed, off = _raw(plan.sheet), f"in_typed_{number}", found.options.off
    plan, questions = _fill(ready.without_answers(cursor, raw, plan), found.options)
    questions += deciding.questions(cursor, raw, plan, found.options)
    plan, beside = currencies.settle(cursor, raw, plan)
    decided = formats.decide(cursor, raw, plan, found.options)
    done = Reading(plan, number, typed, f"in_aside_{number}", decided.decided())
    done.notes += [*decided.notes, *beside, *reading.read(cursor, raw, typed, plan, decided, off)]
    repairs.look(cursor, raw, typed, plan, decided, off)
    _look_over(cursor, raw, done, found.options)
    repairs.tell(cursor, raw, done, off)
    asides.gather(cursor, raw, done)
    asked = formats.questions(cursor, raw, plan, decided)
    checks.count(cursor, done)
    done.personal = classes.look(cursor, raw, plan)
    order = decided.orders.get("disbursed_on", "dmy")
    old = calendars.question(cursor, raw, typed, plan, found.options, order)
    rows.drop(cursor, raw)
    found.readings = (*found.readings, done)
    found.questions = (*found.questions, *questions, *asked, *([old] if old and not asked else []))
    if not asked:
        checks.some_left(cursor, done)


def _look_over(cursor: Cursor, raw: str, done: Reading, options: Options) -> None:
    """What the sheet as a whole shows once it is typed: rows that are none, totals, repeats, words taken for others."""
    plan, typed, off = done.plan, done.typed, options.off
    repairs.of_reading(cursor, raw, done)
    if plan.shape == "fineract":
        done.notes += fineract.mark_ignored(cursor, done)
    practice.choose(cursor, done, options)
    repairs.rows(cursor, done, "other_table", off, below.find(cursor, raw, typed, plan))
    repairs.rows(cursor, done, "total_rows", off, sums.find(cursor, raw, typed, plan))
    checks.totals(cursor, done)
    checks.duplicates(cursor, done, off)
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
