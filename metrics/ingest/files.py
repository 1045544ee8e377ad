"""A user's file becomes rows of text in the staging folder, by way of a child process with limits."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from metrics.errors import InputError
from metrics.ingest import preflight, progress
from metrics.ingest.child import caps
from metrics.ingest.model import Note, Sheet
from metrics.store import Store

CHILD = Path(__file__).parent / "child"
POLL_SECONDS = 0.2
LONGEST_NAME = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ")
BOM = b"\xef\xbb\xbf"
SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]")

_children = threading.BoundedSemaphore(caps.AT_ONCE)


@contextmanager
def folder(store: Store, kept: Path | None = None) -> Iterator[Path]:
    """A folder in the staging folder: one of its own, gone at the end, or `kept`, which stays."""
    if kept is not None:
        kept.mkdir(exist_ok=True)
        yield kept
        return
    place = store.staging / uuid.uuid4().hex
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def safe_name(name: str) -> str:
    """A file's name as text only: composed, no separators or control characters, at most 200 characters."""
    return UNSAFE.sub("_", unicodedata.normalize("NFC", name))[:LONGEST_NAME] or "_"


def sheets(path: Path, place: Path, name: str = "") -> list[Sheet]:
    """The sheets of one file, their rows written below `place`; `name` where its own name is not the user's.

    Raises:
        InputError: the file is missing, empty, protected, damaged, hostile, or holds no table.
    """
    name = safe_name(name or path.name)
    try:
        with path.open("rb") as source:
            start = source.read(4096)
            source.seek(0)
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise InputError("import.file_unreadable", file=name, reason=error.strerror or "") from error
    kind = _kind(name, path, start)
    target = place / sha256[:16]
    target.mkdir(exist_ok=True)
    found = _run_child(name, kind, path, target)
    return [_sheet(name, sha256, target, item, _said(kind, name, found)) for item in found["sheets"]]


def _said(kind: str, name: str, found: dict[str, Any]) -> list[Note]:
    """What is said of the file as a whole."""
    told = [
        ("import.note_read_by_content", (kind == "book") != _named_as_workbook(name)),
        ("import.note_old_workbook", not found["formats_known"]),
        ("import.note_macros", found.get("macros", False)),
    ]
    notes = [Note(key) for key, holds in told if holds]
    hidden = [safe_name(item["name"]) for item in found["sheets"] if not item["visible"]]
    if hidden:
        notes.append(Note("import.note_hidden_sheets", {"n": len(hidden), "sheets": ", ".join(hidden)}))
    return notes


def _kind(name: str, path: Path, start: bytes) -> str:
    """What the bytes are, whatever the name says: a workbook (`book`), HTML (`page`) or a text table (`text`)."""
    if not start.strip():
        raise InputError("import.file_empty", file=name)
    if start.startswith(ZIP):
        preflight.check(path)
        return "book"
    if start.startswith(OLE):
        return "book"
    if start.startswith(NO_TABLE):
        raise InputError("import.file_not_a_table", file=name)
    if re.match(rb"\s*<(!doctype html|html|table|head|body|meta|style|\?xml)", start.removeprefix(BOM), re.IGNORECASE):
        if SPREADSHEET_XML in start or not re.search(rb"<(html|table)", start, re.IGNORECASE):
            raise InputError("import.file_web_page", file=name)
        return "page"
    return "text"


def _named_as_workbook(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(WORKBOOK_ENDINGS)


def _run_child(name: str, kind: str, path: Path, target: Path) -> dict[str, Any]:
    """Run the child on one file; what it says, or what its death means."""
    command = [sys.executable, "-I", str(CHILD), kind, str(path.resolve()), str(target.resolve())]
    answer = target / "meta.json"
    code = 0
    if not answer.exists():
        with _turn():
            code = _waited(name, command)
    if code != 0 or not answer.exists() or answer.stat().st_size > caps.MOST_SAID:
        raise InputError("import.file_too_heavy", file=name)
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if "error" in found:
        raise InputError(found["error"], file=name, **found["params"])
    return found


@contextmanager
def _turn() -> Iterator[None]:
    """A place among the few processes that read at once; who must wait for one is told so, and may stop."""
    if not _children.acquire(blocking=False):
        with progress.instead("import.stage_turn"):
            while not _children.acquire(timeout=POLL_SECONDS):
                if progress.stopped():
                    raise progress.Stopped
    try:
        yield
    finally:
        _children.release()


def mark(name: str, path: Path, place: Path, request: dict[str, Any]) -> tuple[bytes, bool]:
    """A workbook with marks, made by the child in the folder `place`, and whether something of the user's is lost.

    Raises:
        InputError: the user's workbook cannot be opened for writing, or it is too heavy.
    """
    place.mkdir(parents=True, exist_ok=True)
    (place / "request.json").write_text(json.dumps(request, ensure_ascii=False), encoding="utf-8")
    found = _run_child(name, "mark", path, place)
    return (place / "marked.xlsx").read_bytes(), bool(found["lost"])


def _waited(name: str, command: list[str]) -> int:
    """Run the child to its end, to its time limit or until the work is stopped; returns its exit code."""
    quiet = subprocess.DEVNULL
    known = {"LC_ALL": "C.UTF-8"} | {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=known, start_new_session=True
    ) as child:
        try:
            for _ in range(int(caps.WALL_SECONDS / POLL_SECONDS)):
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(POLL_SECONDS)
                if progress.stopped():
                    raise progress.Stopped
        finally:
            _killed(child)
    raise InputError("import.file_too_heavy", file=name)


def _killed(child: "subprocess.Popen[bytes]") -> None:
    """End a process, and with it all that it began."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()


def _sheet(file: str, sha256: str, target: Path, item: dict[str, Any], notes: list[Note]) -> Sheet:
    return Sheet(
        file=file,
        sha256=sha256,
        name=safe_name(item["name"]) if item["name"] else "",
        visible=item["visible"],
        rows_file=target / item["file"],
        rows=item["rows"],
        delimiter=item["delimiter"],
        columns=tuple(item["columns"]),
        checks_cells=item["checks_cells"],
        fixes_file=target / item["fixes"] if item["fixes"] else None,
        notes=(*notes, *(Note(note["key"], note.get("params", {})) for note in item["notes"])),
    )
