"""A preview becomes a batch: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from typing import Any

from metrics import measures
from metrics.errors import InputError
from metrics.ingest import fineract, recorded
from metrics.ingest.kept import keep
from metrics.ingest.model import Landed, Preview, Reading, sheet_preview
from metrics.store import BatchFile, Cursor, NewBatch, Store, quote


def batch_file(reading: Reading) -> BatchFile:
    """What the batch keeps of a sheet."""
    plan = reading.plan
    return BatchFile(
        name=plan.sheet.file,
        sha256=plan.sheet.sha256,
        sheet=plan.sheet.name,
        table=fineract.LANDS_AS.get(plan.table, plan.table),
        mapping=_mapping(reading),
        rows_read=reading.rows_read,
        accepted=reading.accepted,
        set_aside=reading.set_aside,
        ignored=reading.ignored,
        sums=reading.sums,
        notes=tuple(note.stored() for note in sheet_preview(reading).notes),
    )


def _mapping(reading: Reading) -> dict[str, Any]:
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
    if "questions" in plan.mapping:
        kept["questions"] = {asked.heading: asked.key for asked in plan.mapping["questions"]}
    kept |= {name: plan.mapping[name] for name in ("repeated", "across") if name in plan.mapping}
    if plan.shape == "summary":
        kept |= {key: plan.mapping[key] for key in ("measures", "empty_is_zero") if key in plan.mapping}
    return kept


def land(store: Store, preview: Preview, who: str) -> Landed:
    """Land a preview as one batch; an exact repeat of a live batch changes nothing.

    Raises:
        InputError: the first file at fault; or the data changed since the preview was made.
        OpenQuestion: the first question that is still open.
    """
    if preview.refused:
        raise preview.refused[0]
    files = preview.sheets
    if preview.repeated is not None:
        return Landed(preview.repeated, files, (), repeated=True)
    if preview.questions:
        raise preview.questions[0]
    if store.epoch != preview.epoch:
        raise InputError("import.data_changed")
    kept = [batch_file(reading) for reading in preview.readings]
    if preview.notes:
        first = kept[0]
        kept[0] = BatchFile(**{**vars(first), "notes": (*first.notes, *(note.stored() for note in preview.notes))})
    batch = NewBatch(who, recorded.stored(preview.options), tuple(kept))

    def after(cursor: Cursor, number: int) -> None:
        _keep_aside(cursor, number, preview.readings)
        keep(cursor, preview.readings, preview.options, who)
        measures.build(cursor, number)

    number = store.land(batch, preview.frames, preview.cursor, after=after)
    return Landed(number, files, preview.notes)


def _keep_aside(cursor: Cursor, number: int, readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        params: Mapping[str, Any] = {"batch": number, "file": reading.number, "sheet": reading.plan.sheet.name}
        cursor.execute(
            f"""INSERT INTO set_aside
            SELECT $batch, $file, $sheet, row_no, column_name, value, reason, '{{}}' FROM {quote(reading.aside)}""",
            params,
        )
