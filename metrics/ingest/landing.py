"""A preview becomes a batch: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from metrics import access, measures
from metrics.batch import FILES, ROWS
from metrics.classes import HIDDEN, MEASURE
from metrics.errors import InputError
from metrics.ingest import classes, defining, fineract, heads, progress, recorded
from metrics.ingest.kept import keep, matching
from metrics.ingest.model import Landed, Options, Preview, Reading, sheet_preview
from metrics.store import BatchFile, Cursor, NewBatch, Store, quote


def batch_file(reading: Reading, options: Options) -> BatchFile:
    """What the batch keeps of a sheet."""
    plan = reading.plan
    return BatchFile(
        name=plan.sheet.file,
        sha256=plan.sheet.sha256,
        sheet=plan.sheet.name,
        table=fineract.LANDS_AS.get(plan.table, plan.table),
        mapping=_mapping(reading, options),
        rows_read=reading.rows_read,
        accepted=reading.accepted,
        set_aside=reading.set_aside,
        ignored=reading.ignored,
        sums=reading.sums,
        notes=tuple(note.stored() for note in (*sheet_preview(reading).notes, *(r.note for r in reading.repairs))),
    )


def _mapping(reading: Reading, options: Options) -> dict[str, Any]:
    """Everything that decided how the sheet was read: the same file read otherwise is another import."""
    plan = reading.plan
    kept: dict[str, Any] = {
        "shape": plan.shape,
        "header_row": plan.header_row,
        "columns": {use.column: use.heading for use in plan.uses},
        "constants": dict(plan.constants),
        "decided": dict(reading.decided),
    }
    if plan.scales:
        kept["scales"] = dict(plan.scales)
    sheet = plan.sheet
    corrected = [one for one in options.corrections if (one.sha256, one.sheet) == (sheet.sha256, sheet.name)]
    if corrected:
        shown = [classes.of_place(reading, one.place) == MEASURE for one in corrected]
        told = [one.text if plain else HIDDEN for one, plain in zip(corrected, shown, strict=True)]
        kept["corrections"] = sorted([one.row_no, one.place, text] for one, text in zip(corrected, told, strict=True))
    if options.off:
        kept["off"] = sorted(options.off)
    if "questions" in plan.mapping:
        kept["questions"] = {asked.heading: asked.key for asked in plan.mapping["questions"]}
    kept |= {name: plan.mapping[name] for name in ("repeated", "across", "codes", "branches") if name in plan.mapping}
    if plan.shape == "summary":
        kept |= {key: plan.mapping[key] for key in ("measures", "empty_is_zero") if key in plan.mapping}
    return kept


def land(store: Store, preview: Preview, who: str, number: int | None = None, at: datetime | None = None) -> Landed:
    """Land a preview as one batch; an exact repeat of a live batch changes nothing.

    What it was made `instead_of` is taken out in the same transaction. `number` and `at` are set only where a batch
    is landed again among all others; who does that computes the measures at the end.

    Raises:
        Forbidden: the role brings no data in.
        InputError: the first file at fault; or the data changed since the preview was made.
        OpenQuestion: the first question that is still open.
    """
    access.need("upload")
    if preview.refused:
        raise preview.refused[0]
    files = preview.sheets
    if preview.repeated is not None:
        return Landed(preview.repeated, files, (), repeated=True)
    if preview.questions:
        raise preview.questions[0]
    batch = replace(new_batch(preview, who, again=number is not None), number=number, landed_at=at)
    defined = defining.Defined(store.path.parent, preview.readings, who)

    def after(cursor: Cursor, number: int) -> None:
        # Only here does the lock keep others from landing between the look and the commit.
        if store.epoch != preview.epoch:
            raise InputError("import.data_changed")
        _keep_aside(cursor, number, preview.readings)
        keep(cursor, preview.readings, preview.options, who)
        if batch.number is None:
            rebuild(cursor, number, preview.instead_of)
            defined.count(cursor)

    with defined:
        number = store.land(batch, preview.frames, preview.cursor, after=after, instead_of=preview.instead_of)
    return Landed(number, files, (*preview.notes, *defined.notes))


def new_batch(preview: Preview, who: str, again: bool = False) -> NewBatch:
    """The batch that a preview would become; `again` where it was one already, whose answers stand as they are.

    Where its files are not kept, its rows are: it is landed again from them.
    """
    files = [batch_file(reading, preview.options) for reading in preview.readings]
    if preview.notes:
        said = (*files[0].notes, *(note.stored() for note in preview.notes))
        files[0] = replace(files[0], notes=said)
    tops = [reading.plan.top for reading in preview.readings]
    known = {name: mapping for top in tops for name, mapping in matching(preview.cursor, heads.candidates(list(top)))}
    how, sources = (FILES, preview.sources) if classes.keeps(preview) else (ROWS, ())
    corrected = [replace(one, text=classes.told(preview, one)) for one in preview.options.corrections]
    options = preview.options if again else replace(preview.options, corrections=tuple(corrected))
    return NewBatch(who, recorded.stored(options), tuple(files), sources, how, known)


def rebuild(cursor: Cursor, number: int, instead_of: int | None) -> None:
    """Compute the measures that a batch changes, and those of the one whose place it takes."""
    progress.at("import.stage_measures", 0.7, cursor)
    if instead_of is not None:
        measures.build(cursor, instead_of)
    measures.build(cursor, number)


def _keep_aside(cursor: Cursor, number: int, readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        shown = [use.place for use in reading.plan.uses if classes.of_place(reading, use.place) == MEASURE]
        # A name may stand where a figure should, in rows that slipped; words for a code are told all the same.
        words = [use.place for use in reading.plan.uses
                 if use.place in shown and reading.plan.spec.kinds.get(use.column) in ("code", "flag")]  # fmt: skip
        params: Mapping[str, Any] = {
            "batch": number, "file": reading.number, "sheet": reading.plan.sheet.name, "shown": shown, "words": words,
            "hidden": HIDDEN,
        }  # fmt: skip
        cursor.execute(
            f"""INSERT INTO set_aside
            SELECT $batch, $file, $sheet, row_no, column_name,
                if(value = '' OR list_contains($words::INTEGER[], place) OR (list_contains($shown::INTEGER[], place)
                    AND NOT regexp_matches(value, '\\p{{L}}{{4}}')), value, $hidden), reason, '{{}}'
            FROM {quote(reading.aside)}""",
            params,
        )
