"""The command `import`: read, check and land files as one batch, or say why not."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from metrics import directory, ingest, opening, reporting, sample, speaking
from metrics.commands import day
from metrics.directory import Choice
from metrics.errors import EvenkeelError, InputError, OpenQuestion
from metrics.ingest import Landed, Note, Options, Preview, SheetPreview, kept
from metrics.opening import Place
from metrics.speaking import LANGUAGE, tell

TRIES = 5
CHANGED = "import.data_changed"


def import_files(chosen: argparse.Namespace) -> int:
    """Land files; a refused import or an open question leaves everything as it was (exit code 1)."""
    options = _options(chosen)
    reporting.check(chosen.report)
    report: dict[str, Any] = {"exit_code": 1, "outcome": "refused", "batch": None, "files": [], "notes": []}
    try:
        paths, report["left_out"] = directory.files_of(chosen.files)
        if report["left_out"]:
            tell("folder_left_out", n=len(report["left_out"]), files=", ".join(report["left_out"][:20]))
        if any(path.is_dir() for path in chosen.files):
            tell("folder_one_batch", n=len(paths))
        _import(chosen, options, paths, report)
    except EvenkeelError as error:
        reporting.write(chosen.report, {**_faults([error]), **report})
        raise
    reporting.write(chosen.report, report)
    return int(report["exit_code"])


def _options(chosen: argparse.Namespace) -> Options:
    return Options(
        table=chosen.table, sheet=chosen.sheet, mapping=chosen.mapping, as_of=day(chosen.as_of),
        institution=chosen.institution, date_order=chosen.date_order, decimal=chosen.decimal,
        percent=chosen.percent, calendar=chosen.calendar, accept_new=frozenset(chosen.accept_new),
        replace=chosen.replace, likely=chosen.likely, repeated=chosen.repeated, keep_file=chosen.keep_file,
    )  # fmt: skip


def _import(chosen: argparse.Namespace, options: Options, paths: list[Path], report: dict[str, Any]) -> None:
    """Read until what was read is what lands: the data may change in between, and a first import makes them."""
    with opening.landing(chosen) as place:
        copied = _copied(place, chosen)
        for _ in range(TRIES):
            with directory.chosen(place.store, paths, options, chosen.keep_going) as choice:
                if place.trial and not chosen.dry_run and not choice.open and choice.seen is not None:
                    place.settle()
                    copied = _copied(place, chosen)
                    continue
                if chosen.save_mapping and choice.seen is not None:
                    _save_mappings(choice.seen, chosen.save_mapping)
                try:
                    landed = _land(place, choice, chosen)
                except InputError as error:
                    if error.key == CHANGED:
                        continue
                    raise
                if place.kept and copied is not None:
                    tell("sample_landed", batch=str(copied))
                _tell(choice, landed)
                report |= _reported(paths, choice, landed, chosen.dry_run)
                return
        raise InputError(CHANGED)


def _copied(place: Place, chosen: argparse.Namespace) -> int | None:
    """The batch of the sample's rows, where the data are to start from them."""
    return sample.land(place.store) if chosen.start_from_sample and place.fresh else None


def _land(place: Place, choice: Choice, chosen: argparse.Namespace) -> Landed | None:
    """Land what can land; None where nothing does."""
    if choice.seen is None or choice.open or (chosen.dry_run and choice.seen.repeated is None):
        return None
    landed = ingest.land(place.store, choice.seen, speaking.who())
    place.kept = True
    return landed


def _tell(choice: Choice, landed: Landed | None) -> None:
    for fault in choice.faults:
        speaking.err(fault.text(LANGUAGE))
    if choice.held:
        _tell_held(choice)
    if landed is not None:
        _tell_landed(landed)
    elif choice.seen is not None:
        _tell_counts(choice.seen)
    if choice.faulty:
        tell("not_landed", n=len(choice.faulty), files=_names(sorted(choice.faulty)))


def _names(paths: Iterable[Path]) -> str:
    return ", ".join(path.name for path in paths)


def _tell_held(choice: Choice) -> None:
    batches = ", ".join(map(str, sorted(set(choice.held.values()))))
    if choice.seen is None and not choice.faulty:
        tell("already_landed", batch=batches)
    else:
        tell("already_landed_files", n=len(choice.held), files=_names(choice.held), batch=batches)


def _save_mappings(preview: Preview, path: Path) -> None:
    """Write how each sheet was read as TOML, the second one into FILE-2.toml and so on, for `--mapping`.

    Raises:
        EvenkeelError: the file cannot be written.
    """
    plans = [reading.plan for reading in preview.readings if reading.plan.shape == "table"]
    for number, plan in enumerate(plans, 1):
        target = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        try:
            target.write_text(kept.toml(kept.of_plan(plan, preview.options)), encoding="utf-8")
        except OSError as error:
            raise EvenkeelError("errors.not_written", path=str(target)) from error
        tell("mapping_saved", file=str(target), sheet=plan.sheet.place)


def _counts(sheets: tuple[SheetPreview, ...]) -> dict[str, int]:
    return {
        "n": sum(sheet.accepted for sheet in sheets),
        "set_aside": sum(sheet.set_aside for sheet in sheets),
        "ignored": sum(sheet.ignored for sheet in sheets),
    }


def _tell_counts(preview: Preview) -> None:
    if preview.sheets:
        tell("would_land", **_counts(preview.sheets))


def _tell_landed(landed: Landed) -> None:
    if landed.repeated:
        tell("already_landed", batch=str(landed.batch_id))
        return
    for sheet in landed.files:
        for said in (*(note.text(LANGUAGE) for note in sheet.notes), *(one.shown(LANGUAGE) for one in sheet.repairs)):
            speaking.err(f"{sheet.file} {sheet.sheet}: {said}")
        for row in sheet.sample:
            speaking.err(f"{sheet.file} {sheet.sheet}, {row.row_no}, {row.column}: {row.text(LANGUAGE)}")
    for note in landed.notes:
        speaking.err(note.text(LANGUAGE))
    tell("landed", batch=str(landed.batch_id), **_counts(landed.files))


def _faults(faults: list[EvenkeelError]) -> dict[str, Any]:
    told = {True: [], False: []}  # type: dict[bool, list[dict[str, Any]]]
    for fault in faults:
        told[isinstance(fault, OpenQuestion)].append(reporting.fault(fault))
    return {"questions": told[True], "refused": told[False]}


def _reported(paths: list[Path], choice: Choice, landed: Landed | None, dry_run: bool) -> dict[str, Any]:
    """What the report says of an import that came to its end."""
    seen, faults = choice.seen, choice.faults
    if landed is not None:
        outcome = "already_landed" if landed.repeated else "landed"
    elif seen is None and not choice.faulty:
        outcome = "already_landed"
    else:
        outcome = "would_land" if dry_run and seen is not None and not choice.open else "refused"
    rest = "already_landed" if landed is not None and landed.repeated else outcome
    batch = landed.batch_id if landed else max(choice.held.values(), default=None) if outcome != "refused" else None
    return {
        "exit_code": 1 if faults else 0,
        "outcome": outcome,
        "batch": batch,
        "files": [_file(path, choice, rest, batch) for path in paths],
        "notes": reporting.notes(_notes(seen, landed)),
        **_faults(list(faults)),
    }


def _notes(seen: Preview | None, landed: Landed | None) -> tuple[Note, ...]:
    return landed.notes if landed is not None else seen.notes if seen is not None else ()


def _file(path: Path, choice: Choice, rest: str, batch: int | None) -> dict[str, Any]:
    """What became of one file: landed, already_landed, would_land, at_fault, or refused with the others."""
    told: dict[str, Any] = {"file": path.name}
    if path in choice.held:
        return told | {"state": "already_landed", "batch": choice.held[path], "sheets": []}
    if path in choice.faulty:
        return told | {"state": "at_fault", "batch": None, "sheets": choice.sheets[path]}
    seen = choice.seen
    sheets = [reporting.sheet(seen.cursor, r) for r in directory.readings(seen, path)] if seen is not None else []
    state = "at_fault" if any(directory.named(fault, [path]) for fault in choice.open) else rest
    return told | {"state": state, "batch": batch if state.endswith("landed") else None, "sheets": sheets}
