"""Which files an import takes: those of a folder, without what is landed already or, where agreed, at fault.

All files that are left are one batch: the sheets of one export belong together, as clients and their loans do.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from metrics import ingest, reporting
from metrics.errors import EvenkeelError, InputError
from metrics.ingest import Options, Preview, archives, conflicts, landing, recorded
from metrics.ingest.files import safe_name
from metrics.ingest.model import Reading
from metrics.store import Cursor, Store

TAKEN = (*archives.TABLES, ".zip", ".gz")
HIDDEN = (".", "~$")
AGREED = ("replace", "accept_new")  # answers that do not change how a file is read
Faults = dict[Path, list[InputError]]


@dataclass
class Choice:
    """What an import would land.

    `seen` is the preview of what is left, None where nothing is; `held` the files that a live batch holds as they
    are, with its number; `faulty` the files that were left aside, with what is wrong and how their sheets were read.
    """

    seen: Preview | None = None
    held: dict[Path, int] = field(default_factory=dict)
    faulty: Faults = field(default_factory=dict)
    sheets: dict[Path, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def open(self) -> list[InputError]:
        """What keeps the files that are left from landing."""
        return [] if self.seen is None else [*self.seen.refused, *self.seen.questions]

    @property
    def faults(self) -> list[InputError]:
        """All that is wrong, each once."""
        said = {fault.text(): fault for faults in self.faulty.values() for fault in faults}
        return list((said | {fault.text(): fault for fault in self.open}).values())


def files_of(given: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files to read, with the table files of each folder in their order; and the names left out of folders.

    Raises:
        EvenkeelError: a folder holds no table file.
    """
    found: list[Path] = []
    left: list[str] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith(HIDDEN))
        tables = [file for file in inside if file.name.lower().endswith(TAKEN)]
        if not tables:
            raise EvenkeelError("errors.folder_without_tables", path=str(path))
        found += tables
        left += [safe_name(file.name) for file in inside if file not in tables]
    return list(dict.fromkeys(found)), left


@contextmanager
def chosen(store: Store, paths: Sequence[Path], options: Options, keep_going: bool) -> Iterator[Choice]:
    """Read files, without those that live batches hold unchanged and, to keep going, without those at fault."""
    choice = Choice()
    if len(paths) > 1:
        with closing(store.cursor()) as cursor:
            choice.held = _same_content(cursor, paths, options)
    _look(store, choice, _left(paths, choice), options)
    try:
        if choice.seen is not None and len(paths) > 1 and choice.seen.repeated is None:
            again = _same_reading(choice.seen, _left(paths, choice))
            if again:
                choice.held |= again
                _look(store, choice, _left(paths, choice), options)
        while keep_going and choice.seen is not None and choice.open:
            _set_apart(store, choice, _left(paths, choice), options)
            _look(store, choice, _left(paths, choice), options)
        yield choice
    finally:
        _close(choice)


def _left(paths: Iterable[Path], choice: Choice) -> list[Path]:
    return [path for path in paths if path not in choice.held and path not in choice.faulty]


def _look(store: Store, choice: Choice, paths: list[Path], options: Options) -> None:
    _close(choice)
    choice.seen = ingest.preview(store, paths, options) if paths else None


def _close(choice: Choice) -> None:
    if choice.seen is not None:
        choice.seen.cursor.close()


def _same_content(cursor: Cursor, paths: Iterable[Path], options: Options) -> dict[Path, int]:
    """Files whose bytes a live batch took with the same answers: they need not be read again."""
    prints = {path: _sha256(path) for path in paths}
    given = _decisive(recorded.stored(options))
    held: dict[str, int] = {}
    for batch, sha256, answers, mapping in cursor.execute(
        """SELECT batch_id, sha256, answers, mapping FROM batch_files JOIN batches USING (batch_id)
        WHERE status = 'live' AND list_contains(?, sha256) ORDER BY batch_id""",
        [list(prints.values())],
    ).fetchall():
        # The tables of a core-banking system are read together: one that is new needs the others.
        if json.loads(mapping).get("shape") != "fineract" and _decisive(json.loads(answers)) == given:
            held[sha256] = int(batch)
    return {path: held[sha256] for path, sha256 in prints.items() if sha256 in held}


def _decisive(answers: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(answers), default=str))
    return {name: value for name, value in plain.items() if name not in AGREED}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # reading it says why


def _same_reading(seen: Preview, paths: Sequence[Path]) -> dict[Path, int]:
    """Files of which each sheet stands in a live batch, read as now."""
    doubtful = {path for fault in (*seen.refused, *seen.questions) for path in named(fault, paths)}
    found: dict[Path, int] = {}
    together: set[Path] = set()
    for path in paths:
        mine = readings(seen, path)
        if any(reading.plan.shape == "fineract" for reading in mine):
            together.add(path)
        batch = conflicts.repeated(seen.cursor, [landing.batch_file(r, seen.options) for r in mine]) if mine else None
        if batch is not None and path not in doubtful:
            found[path] = batch
    if not together <= found.keys():
        found = {path: batch for path, batch in found.items() if path not in together}
    return found


def readings(seen: Preview, path: Path) -> list[Reading]:
    """The sheets of one file, or of the tables that it packs."""
    name = safe_name(path.name)
    return [r for r in seen.readings if r.plan.sheet.file == name or r.plan.sheet.file.startswith(f"{name}: ")]


def named(fault: EvenkeelError, paths: Iterable[Path]) -> list[Path]:
    """The files that a refusal or a question names."""
    places = [str(fault.params[name]) for name in ("file", "other") if name in fault.params]
    return [path for path in paths if any(_begins(place, safe_name(path.name)) for place in places)]


def _begins(place: str, name: str) -> bool:
    return place == name or place.startswith((f"{name}, ", f"{name}: "))


def _set_apart(store: Store, choice: Choice, paths: list[Path], options: Options) -> None:
    """Set the files apart that something is wrong with; all of them where nothing tells which."""
    assert choice.seen is not None
    wrong = _wrong(choice.open, paths) or _wrong_alone(store, choice.open, paths, options)
    for path in wrong or paths:
        choice.faulty[path] = wrong.get(path, choice.open)
        choice.sheets[path] = [reporting.sheet(choice.seen.cursor, r) for r in readings(choice.seen, path)]


def _wrong(faults: Iterable[InputError], paths: Sequence[Path]) -> Faults:
    found: Faults = {}
    for fault in faults:
        for path in named(fault, paths):
            found.setdefault(path, []).append(fault)
    return found


def _wrong_alone(store: Store, faults: Iterable[InputError], paths: Iterable[Path], options: Options) -> Faults:
    """The files that raise one of these faults, which name none, when they are read alone."""
    found: Faults = {}
    for path in paths:
        alone = ingest.preview(store, [path], options)
        with closing(alone.cursor):
            keys = {fault.key for fault in (*alone.refused, *alone.questions)}
        mine = [fault for fault in faults if fault.key in keys]
        if mine:
            found[path] = mine
    return found
