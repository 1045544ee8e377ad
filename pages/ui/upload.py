"""Files that a reader put in, kept in the staging folder until they land: a refresh loses nothing.

The address holds the upload's id. Beside the files stands one small JSON file: their names and the answers given.
"""

import datetime
import getpass
import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics.errors import InputError, OpenQuestion
from metrics.ingest import Landed, Note, Options, SheetPreview, land, preview
from metrics.ingest.files import safe_name
from metrics.ingest.model import Preview
from metrics.store import Store, quote
from pages.ui import data

ID = re.compile(r"[0-9a-f]{16}")
DAYS_KEPT = 7
NOTES = "upload.json"


@dataclass(frozen=True)
class Upload:
    """Files of one upload, in their order, and the answers to what they cannot prove."""

    id: str
    paths: tuple[Path, ...]
    answers: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """Where the upload is kept."""
        return _folder(self.id)

    def options(self) -> Options:
        """The answers as an import takes them."""
        given = dict(self.answers)
        day = given.pop("as_of", None)
        return Options(
            as_of=datetime.date.fromisoformat(day) if day else None,
            accept_new=frozenset(filter(None, [given.pop("accept_new", None)])),
            replace=given.pop("replace", None) == "yes",
            likely=given.pop("likely", "take"),  # the reader sees each of them, and lands or does not
            **given,
        )


@dataclass(frozen=True)
class Seen:
    """What a preview found; plain values that no cursor holds."""

    sheets: tuple[SheetPreview, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    refused: tuple[InputError, ...] = ()
    notes: tuple[Note, ...] = ()
    created: tuple[tuple[str, tuple[str, ...]], ...] = ()
    repeated: int | None = None
    fault: InputError | None = None


def _root() -> Path:
    return data.folder() / "staging"


def _folder(upload: str) -> Path:
    return _root() / f"upload-{upload}"


def keep(given: Iterable[tuple[str, bytes]]) -> str:
    """Write files into the staging folder; returns the upload's id. Old uploads are cleared away."""
    _clear_old()
    upload = secrets.token_hex(8)
    names = []
    for number, (name, content) in enumerate(given, start=1):
        place = _folder(upload) / str(number)
        place.mkdir(parents=True)
        names.append(f"{number}/{safe_name(name)}")
        (_folder(upload) / names[-1]).write_bytes(content)
    _write(upload, {"files": names, "answers": {}})
    return upload


def find(upload: str | None) -> Upload | None:
    """The upload with an id, or None where it is not (or no longer) there."""
    if not upload or not ID.fullmatch(upload) or not (_folder(upload) / NOTES).exists():
        return None
    kept = json.loads((_folder(upload) / NOTES).read_text(encoding="utf-8"))
    return Upload(upload, tuple(_folder(upload) / name for name in kept["files"]), kept["answers"])


def answer(upload: Upload, name: str, value: str) -> None:
    """Keep an answer beside the files."""
    names = [str(path.relative_to(upload.folder)) for path in upload.paths]
    _write(upload.id, {"files": names, "answers": {**upload.answers, name: value}})


def forget(upload: Upload) -> None:
    """Take an upload away; what has landed stays."""
    shutil.rmtree(upload.folder, ignore_errors=True)


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


def look(upload: Upload) -> Seen:
    """What would land, read once for each set of answers and each state of the data."""
    return _look(upload.id, tuple(sorted(upload.answers.items())), _store().epoch, str(data.folder()))


@st.cache_resource(show_spinner=False, max_entries=32)
def _look(upload: str, answers: tuple[tuple[str, str], ...], epoch: int, folder: str) -> Seen:
    found = find(upload)
    if found is None:
        return Seen()
    try:
        seen = preview(_store(), found.paths, found.options())
    except OpenQuestion as question:
        return Seen(questions=(question,))
    except InputError as fault:
        return Seen(fault=fault)
    with closing(seen.cursor):
        created = tuple(seen.created.items())
        return Seen(seen.sheets, seen.questions, seen.refused, seen.notes, created, seen.repeated)


def set_aside(upload: Upload) -> pd.DataFrame:
    """Every row that would be set aside: file, sheet, row, column, value, reason (a key of the catalogues)."""
    seen = preview(_store(), upload.paths, upload.options())
    with closing(seen.cursor):
        return _aside_rows(seen)


def _aside_rows(seen: Preview) -> pd.DataFrame:
    parts = []
    for reading in seen.readings:
        rows = seen.cursor.execute(
            "SELECT row_no, column_name, value, reason FROM " + quote(reading.aside) + " ORDER BY row_no"
        ).df()
        rows.insert(0, "sheet", reading.plan.sheet.name)
        rows.insert(0, "file", reading.plan.sheet.file)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def land_it(upload: Upload) -> Landed:
    """Land an upload as one batch of the institution's own data, and take its files away.

    Raises:
        InputError: a file is at fault or a question is open; nothing was changed.
    """
    store = data.opened(str(data.folder()), data.OWN)
    landed = land(store, preview(store, upload.paths, upload.options()), getpass.getuser())
    forget(upload)
    return landed
