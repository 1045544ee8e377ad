"""Files beside the database that may still name a person, and how each is taken away."""

import gzip
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from metrics import journal, keeping, snapshot
from metrics.configuration import configuration
from metrics.store import Cursor, Store

DEEPEST, LARGEST = 3, 1 << 30  # packed in packed files; bytes that are unpacked of one file
SHA256 = 64
BEFORE = "*.before*"


def holds(path: Path, words: Sequence[str]) -> bool:
    """Whether one of these words stands in a file, however it is packed; also where it cannot be unpacked."""
    wanted = [written for word in words for written in _written(word)]
    if not wanted:
        return True
    try:
        return any(_found(part, wanted) for part in _parts(path.read_bytes(), 0))
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError):
        return True


def _written(word: str) -> Iterator[bytes]:
    """A word as files write it."""
    for text in dict.fromkeys((word, escape(word))):
        yield text.encode()
        yield text.encode("utf-16-le")
        with suppress(UnicodeEncodeError):
            yield text.encode("cp1252")


def _found(content: bytes, wanted: Iterable[bytes]) -> bool:
    return any(one in content for one in wanted)


def _parts(content: bytes, depth: int) -> Iterator[bytes]:
    """The bytes of a file, and of everything that it packs."""
    yield content
    if depth == DEEPEST:
        return
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST:
                raise OSError
            for name in packed.namelist():
                yield name.encode()
                yield from _parts(packed.read(name), depth + 1)
    elif content.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            inner = packed.read(LARGEST + 1)
        if len(inner) > LARGEST:
            raise OSError
        yield from _parts(inner, depth + 1)


def naming(raw: Path, words: Sequence[str]) -> set[int]:
    """The batches one of whose files, kept as it was given, names a person in any sheet."""
    found = set()
    seen: dict[str, bool] = {}
    for told in keeping.told(raw):
        for file in (file for file in told["files"] if "rows" not in file):
            sha256 = file["sha256"]
            if sha256 not in seen:
                seen[sha256] = holds(raw / sha256, words)
            if seen[sha256]:
                found.add(int(told["number"]))
    return found


def unnamed(raw: Path) -> None:
    """Take away every kept file that no batch is made of any more."""
    named = {file["sha256"] for told in keeping.told(raw) for file in told["files"]}
    for path in raw.iterdir():
        if len(path.stem) == SHA256 and path.is_file() and path.name not in named:
            path.unlink()


def journal_anew(store: Store, cursor: Cursor) -> None:
    """Write the journal of records from the database, which alone knows what still stands."""
    if store.raw is not None and (store.raw / journal.NAME).exists():
        (store.raw / journal.NAME).unlink()
        journal.follow(cursor, store.raw)


def staged(store: Store, words: Sequence[str]) -> int:
    """Take away uploads that have not landed and name the person; returns how many."""
    gone = 0
    for place in store.staging.iterdir():
        files = [file for file in place.rglob("*") if file.is_file()] if place.is_dir() else [place]
        if files and any(holds(file, words) for file in files):
            shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
            gone += 1
    return gone


def copies(store: Store) -> None:
    """Publish a copy without the person, and take every earlier one away, whoever reads it."""
    if not configuration().publish:
        return
    folder = Path(configuration().publish)
    snapshot.publish(store, folder)
    newest = snapshot.newest(folder)
    for path in folder.iterdir():
        if path.name.isdecimal() and newest is not None and int(path.name) < newest.number:
            shutil.rmtree(path, ignore_errors=True)


def former(data: Path) -> None:
    """Take away databases that were put aside when another took their place."""
    for path in data.glob(BEFORE):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
