"""The command `import`: read, check and land files as one batch, or say why not."""

import argparse
import getpass
import sys
from pathlib import Path

from metrics import ingest, sample
from metrics.commands import LANGUAGE, day, tell
from metrics.ingest import Landed, Preview, kept
from metrics.store import Store


def import_files(chosen: argparse.Namespace) -> int:
    """Land files; a refused import or an open question leaves everything as it was (exit code 1)."""
    options = ingest.Options(
        table=chosen.table, sheet=chosen.sheet, mapping=chosen.mapping, as_of=day(chosen.as_of),
        institution=chosen.institution, date_order=chosen.date_order, decimal=chosen.decimal,
        percent=chosen.percent, calendar=chosen.calendar, accept_new=frozenset(chosen.accept_new),
        replace=chosen.replace, likely=chosen.likely, repeated=chosen.repeated,
    )  # fmt: skip
    fresh = not Store.exists(chosen.data)
    store = Store.open(chosen.data)
    keep = not fresh
    try:
        preview = ingest.preview(store, chosen.files, options)
        if chosen.save_mapping:
            _save_mappings(preview, chosen.save_mapping)
        faults = [*preview.refused, *preview.questions]
        for fault in faults:
            print(fault.text(LANGUAGE), file=sys.stderr)
        if faults or chosen.dry_run:
            _tell_counts(preview)
            return 1 if faults else 0
        if chosen.start_from_sample and fresh:
            tell("sample_landed", batch=str(sample.land(store)))
            preview = ingest.preview(store, chosen.files, options)
        landed = ingest.land(store, preview, getpass.getuser())
        keep = True
    finally:
        store.close()
        if not keep:
            store.path.unlink(missing_ok=True)
    _tell_landed(landed)
    return 0


def _save_mappings(preview: Preview, path: Path) -> None:
    """Write how each sheet was read as TOML, the second one into FILE-2.toml and so on, for `--mapping`."""
    plans = [reading.plan for reading in preview.readings if reading.plan.shape == "table"]
    for number, plan in enumerate(plans, 1):
        target = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        target.write_text(kept.toml(kept.of_plan(plan, preview.options)), encoding="utf-8")
        tell("mapping_saved", file=str(target), sheet=plan.sheet.place)


def _tell_counts(preview: Preview) -> None:
    sheets = preview.sheets
    if sheets:
        tell(
            "would_land",
            n=sum(sheet.accepted for sheet in sheets),
            set_aside=sum(sheet.set_aside for sheet in sheets),
            ignored=sum(sheet.ignored for sheet in sheets),
        )


def _tell_landed(landed: Landed) -> None:
    if landed.repeated:
        tell("already_landed", batch=str(landed.batch_id))
        return
    for sheet in landed.files:
        for note in sheet.notes:
            print(f"{sheet.file} {sheet.sheet}: {note.text(LANGUAGE)}", file=sys.stderr)
        for row in sheet.sample:
            print(f"{sheet.file} {sheet.sheet}, {row.row_no}, {row.column}: {row.text(LANGUAGE)}", file=sys.stderr)
    for note in landed.notes:
        print(note.text(LANGUAGE), file=sys.stderr)
    tell(
        "landed",
        batch=str(landed.batch_id),
        n=sum(sheet.accepted for sheet in landed.files),
        set_aside=sum(sheet.set_aside for sheet in landed.files),
        ignored=sum(sheet.ignored for sheet in landed.files),
    )
