"""Files that a reader put in, kept in the staging folder until they land: a refresh loses nothing.

The address holds the upload's id. Beside the files stands one small JSON file: their names and the answers given.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from metrics import access
from metrics.ingest import Landed, land, preview, progress, recorded
from metrics.ingest.files import safe_name
from metrics.ingest.model import Correction, Options, Preview
from metrics.ingest.moved import Moves
from metrics.ingest.moves import moves
from metrics.store import Store
from pages.ui import data, work
from pages.ui.work import Job

ID = re.compile(r"[0-9a-f]{16}")
DAYS_KEPT = 7
NOTES = "upload.json"


@dataclass(frozen=True)
class Upload:
    """Files of one upload, in their order, and the answers to what they cannot prove."""

    id: str
    paths: tuple[Path, ...]
    answers: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where the upload is kept."""
        return _folder(self.id)

    def options(self) -> Options:
        """The answers as an import takes them."""
        # Likely columns count: the reader sees each of them, and lands or does not.
        return recorded.options({"likely": "take", **self.answers})


def _root() -> Path:
    return data.folder() / "staging"


def _folder(upload: str) -> Path:
    return _root() / f"upload-{upload}"


def keep(given: Iterable[tuple[str, bytes]]) -> str:
    """Write files into the staging folder; returns the upload's id. Old uploads are cleared away."""
    _clear_old()
    upload = secrets.token_hex(8)
    names = [_stored(upload, number, name, content) for number, (name, content) in enumerate(given, start=1)]
    _write(upload, {"files": names, "answers": {}})
    return upload


def find(upload: str | None) -> Upload | None:
    """The upload with an id, or None where it is not (or no longer) there."""
    if not upload or not ID.fullmatch(upload) or not (_folder(upload) / NOTES).exists():
        return None
    kept = json.loads((_folder(upload) / NOTES).read_text(encoding="utf-8"))
    return Upload(upload, tuple(_folder(upload) / name for name in kept["files"]), kept["answers"])


def add(upload: Upload, given: Iterable[tuple[str, bytes]]) -> None:
    """Put more files beside those of an upload."""
    names = _names(upload)
    first = 1 + max((int(name.partition("/")[0]) for name in names), default=0)
    names += [_stored(upload.id, number, name, content) for number, (name, content) in enumerate(given, first)]
    _write(upload.id, {"files": names, "answers": dict(upload.answers)})


def without(upload: Upload, path: Path) -> None:
    """Take one file out of an upload; the last one takes the upload with it."""
    names = [name for name in _names(upload) if upload.folder / name != path]
    if not names:
        forget(upload)
        return
    _write(upload.id, {"files": names, "answers": dict(upload.answers)})
    shutil.rmtree(path.parent, ignore_errors=True)


def answer(upload: Upload, name: str, value: Any) -> None:
    """Keep an answer beside the files, in the place of the one that was given before; None takes it back."""
    answers = {key: kept for key, kept in _answers(upload).items() if key != name}
    if value is not None:
        answers[name] = value
    _write(upload.id, {"files": _names(upload), "answers": answers})


def answer_mapping(upload: Upload, fingerprint: str, mapping: Mapping[str, Any] | None) -> None:
    """Keep how a sheet is to be read, by the fingerprint of its headings; None takes it back."""
    mappings = {key: kept for key, kept in _answers(upload).get("mappings", {}).items() if key != fingerprint}
    if mapping is not None:
        mappings[fingerprint] = dict(mapping)
    answer(upload, "mappings", mappings or None)


def answer_word(upload: Upload, mark: str, table: str, section: str, path: tuple[str, ...], value: str) -> None:
    """Keep what a word of a sheet means: `codes` by column and word, `branches` by name; blank takes it back.

    `mark` is the fingerprint of the sheet's headings.
    """
    mapping = {"table": table, **_answers(upload).get("mappings", {}).get(mark, {})}
    found = inner = dict(mapping.get(section, {}))
    for step in path[:-1]:
        inner[step] = dict(inner.get(step, {}))
        inner = inner[step]
    inner.pop(path[-1], None)
    if value:
        inner[path[-1]] = value
    answer_mapping(upload, mark, {**mapping, section: found})


def switch(upload: Upload, repair: str, off: bool) -> None:
    """Switch a repair off, or on again."""
    now = set(_answers(upload).get("off", ())) - {repair}
    answer(upload, "off", sorted(now | {repair} if off else now) or None)


def correct(upload: Upload, cells: Iterable[Correction]) -> None:
    """Keep cells as the reader corrected them; a cell corrected before is corrected anew."""
    listed = [[getattr(cell, name) for name in recorded.CORRECTED] for cell in cells]
    places = {tuple(cell[:4]) for cell in listed}
    kept = [cell for cell in _answers(upload).get("corrections", ()) if tuple(cell[:4]) not in places]
    answer(upload, "corrections", [*kept, *listed] or None)


def forget(upload: Upload) -> None:
    """Take an upload away; what has landed stays."""
    for what in ("land", "change", "read"):
        work.drop(f"{what}-{upload.id}")
    shutil.rmtree(upload.folder, ignore_errors=True)


def _names(upload: Upload) -> list[str]:
    return [str(path.relative_to(upload.folder)) for path in upload.paths]


def _answers(upload: Upload) -> dict[str, Any]:
    """The answers as they are kept by now: one script run may give several."""
    now = find(upload.id)
    return dict((now or upload).answers)


def _stored(upload: str, number: int, name: str, content: bytes) -> str:
    """Write one file; returns its name below the upload's folder."""
    place = _folder(upload) / str(number)
    place.mkdir(parents=True)
    kept = f"{number}/{safe_name(name)}"
    (_folder(upload) / kept).write_bytes(content)
    return kept


def _write(upload: str, kept: dict[str, object]) -> None:
    (_folder(upload) / NOTES).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _clear_old() -> None:
    for place in _root().glob("upload-*"):
        if time.time() - place.stat().st_mtime > DAYS_KEPT * 86400:
            shutil.rmtree(place, ignore_errors=True)


@st.cache_resource(show_spinner=False)
def _empty(folder: str) -> Store:
    """An empty database to read a first upload against: a refused file must leave no database behind."""
    return Store.open(Path(folder) / "staging" / "empty", "empty")


def _store() -> Store:
    folder = data.folder()
    return data.opened(str(folder), data.OWN) if Store.exists(folder, data.OWN) else _empty(str(folder))


@dataclass(frozen=True)
class Seen:
    """What was read of an upload, and the store that it was read against; held open until something else is asked."""

    store: Store
    preview: Preview


def reading(upload: Upload) -> Job:
    """The work that reads an upload against the data as it is; its result is `Seen`."""
    store = _store()
    key = (json.dumps(dict(upload.answers), sort_keys=True), upload.paths, store.epoch, str(store.path))
    return work.start(
        f"read-{upload.id}", key, lambda: Seen(store, _preview(upload, store)), lambda seen: seen.preview.cursor.close()
    )


def _preview(upload: Upload, store: Store) -> Preview:
    place = upload.folder / "read" if store.staging in upload.folder.parents else None
    return preview(store, upload.paths, upload.options(), place)


def change(upload: Upload, seen: Seen, settings: Mapping[str, object]) -> Job:
    """The work that finds what an upload would change; its result is `Moves`."""

    def do() -> Moves:
        progress.at("import.stage_change", 0.3, seen.preview.cursor)
        return moves(seen.store, seen.preview, settings)

    return work.start(f"change-{upload.id}", (id(seen), json.dumps(dict(settings), default=str)), do)


def landing(upload: Upload, seen: Seen) -> Job:
    """The work that lands what was read as one batch of the institution's own data; its result is `Landed`."""

    def do() -> Landed:
        work.finish(f"change-{upload.id}")  # it looks at the same rows
        store = data.opened(str(data.folder()), data.OWN)
        same = seen.store is store and store.epoch == seen.preview.epoch
        found = seen.preview if same else _preview(upload, store)
        progress.at("import.stage_landing", 0.5, found.cursor)
        return land(store, found, access.current().name)

    return work.start(f"land-{upload.id}", upload.id, do)
