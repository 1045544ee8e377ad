"""How one sheet will be read: by the user's mapping, else as recognised; what is only likely is asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from metrics.errors import InputError, OpenQuestion
from metrics.ingest import cross, defining, heads, kept, mappings, offers, practice, recognise, refuse, specs, surveys
from metrics.ingest.model import Note, Options, Plan, Sheet, TopRow
from metrics.store import Cursor


def plan(
    cursor: Cursor, raw: str, sheet: Sheet, top: list[TopRow], options: Options, mapping: Mapping[str, Any] | None
) -> Plan:
    """The plan of a sheet.

    Raises:
        InputError: no table fits it; or the mapping names a heading that it has not.
        OpenQuestion: several tables or columns fit equally well.
    """
    rows = heads.candidates(top)
    if mapping and defining.SECTION in mapping:
        return _marked(defining.plan(sheet, rows, mapping), rows, options)
    if mapping:
        return _marked(mappings.plan(sheet, top, dict(mapping)), top)
    known = kept.find(cursor, rows, options.table)
    if known and "columns" in known:
        again = _marked(mappings.plan(sheet, top, known), top)
        return replace(again, notes=(*again.notes, Note("import.note_kept_mapping")))
    found = _recognised(cursor, sheet, top, rows, settled(options, known))
    if found:
        return found
    refusal = refuse.reason(cursor, raw, sheet, top, recognise.best(sheet, rows, options, cursor))
    offered = defining.offered(sheet, rows, options, refusal)
    if offered:
        return _marked(offered, rows, options)
    raise refusal


def chosen(
    sheet: Sheet, top: list[TopRow], options: Options, mapping: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, Options]:
    """How the user said that a sheet with these first rows is read: the mapping, and the options.

    Raises:
        InputError: the user left the sheet out.
        DefinitionError: the mapping is wrong.
    """
    prints = (kept.fingerprint(row.texts) for row in heads.candidates(top) if any(row.texts))
    own = next((options.mappings[one] for one in prints if one in options.mappings), None)
    if own is None:
        return mapping, options
    if own.get("skip"):
        raise InputError("import.sheet_left_out", file=sheet.place)
    if defining.SECTION in own:
        return mappings.load(own), options
    if "columns" in own:
        return mappings.load(own), options
    return mapping, replace(options, table=own.get("table", options.table))


def settled(options: Options, known: Mapping[str, Any] | None) -> Options:
    """The options, with the answers that are kept for the sender where the user gives none."""
    if not known:
        return options
    answers = {name: known[name] for name in kept.ANSWERED if name in known and getattr(options, name) is None}
    return replace(options, **answers)


def _recognised(cursor: Cursor, sheet: Sheet, top: list[TopRow], rows: list[TopRow], options: Options) -> Plan | None:
    survey = surveys.recognise(sheet, top, options, tools_only=True)
    if survey:
        return _marked(survey, top, options)
    answers = practice.recognise(sheet, top) if options.table in (None, practice.TABLE) else None
    if answers:
        return _marked(answers, top, options)
    across = cross.recognise(sheet, top, options)
    if across:
        return _marked(across, top, options)
    candidate = recognise.best(sheet, rows, options, cursor)
    if candidate and (candidate.fits or (options.table and not candidate.missing)):
        plan = _without_likely(candidate.plan) if options.likely == "leave" else candidate.plan
        return _marked(plan, rows, options)
    other = surveys.recognise(sheet, top, options) or cross.of_units(cursor, sheet, top, options)
    return _marked(other, top, options) if other else None


def _marked(found: Plan, rows: list[TopRow], options: Options | None = None) -> Plan:
    """The plan with the fingerprint of its headings, and the answers that settle what is likely or repeated in it."""
    own = [row for row in rows if row.no == found.header_row]
    used = {use.heading for use in found.uses}
    row = max(own, key=lambda row: len(used & set(row.texts)), default=None)
    said = {name: getattr(options, name) for name in kept.ANSWERED if options and getattr(options, name)}
    told = {"fingerprint": kept.fingerprint(row.texts)} if row else {}
    return offers.marked(replace(found, mapping={**found.mapping, **said, **told}), row)


def _without_likely(found: Plan) -> Plan:
    """The plan with its certain columns only."""
    uses = tuple(use for use in found.uses if use.certain)
    left = tuple(use.heading for use in found.uses if not use.certain)
    if found.shape == "table":
        lacking = specs.missing(found.table, {use.column for use in uses})
        if lacking:
            raise InputError("import.columns_missing", file=found.sheet.place, table=found.table,
                             columns=", ".join(lacking), found=", ".join(use.heading for use in uses))  # fmt: skip
    return replace(found, uses=uses, unused=(*found.unused, *left))


def questions(cursor: Cursor, raw: str, found: Plan, options: Options) -> list[OpenQuestion]:
    """What is to be asked about a plan before it may land."""
    options = settled(options, found.mapping)
    asked = practice.questions(cursor, raw, found, options) if found.shape == practice.SHAPE else []
    asked += defining.questions(found)
    if found.shape == cross.SHAPE:
        asked += cross.questions(cursor, raw, found, options)
    if found.shape == surveys.SHAPE and not found.has("answered_on") and options.as_of is None:
        asked.append(OpenQuestion("import.question_as_of", option="--as-of DATE", file=found.sheet.place))
    likely = [use for use in found.uses if not use.certain]
    if likely and options.likely is None:
        means = {f"in:{asked.place}": asked.key for asked in found.mapping.get("questions", ())}
        unit = "branch_id" if found.shape == cross.SHAPE else ""
        names = ", ".join(f'"{use.heading}" = {means.get(use.column, unit or use.column)}' for use in likely)
        asked.append(
            OpenQuestion("import.question_likely", option="--likely take|leave, --mapping",
                         file=found.sheet.place, table=found.table, columns=names)
        )  # fmt: skip
    return asked
