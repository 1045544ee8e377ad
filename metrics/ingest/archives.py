"""What a user's file holds: itself, or the tables packed in it (.gz, .zip), each as a file of its own."""

import gzip
import zipfile
import zlib
from pathlib import Path
from typing import IO

from metrics.errors import InputError
from metrics.ingest import preflight
from metrics.ingest.child import caps

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
CHUNK = 1 << 20
PACKED = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar")
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".htm", ".html")
# What a computer adds to an archive by itself.
BESIDE = ("__MACOSX/", ".")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def tables(path: Path, name: str, place: Path) -> list[tuple[str, Path]]:
    """The tables in a file as (name, path): the file itself, or those it packs, written below `place`.

    Raises:
        InputError: damaged, protected, too large once unpacked, an archive in an archive, or none with a table.
    """
    try:
        with path.open("rb") as source:
            start = source.read(len(ZIP))
    except OSError as error:
        raise InputError("import.file_unreadable", file=name, reason=error.strerror or "") from error
    try:
        if start.startswith(GZIP):
            return [(name, _gunzip(path, name, place))]
        if start == ZIP:
            return _unzip(path, name, place)
    except BROKEN as error:
        raise InputError("import.file_damaged", file=name) from error
    return [(name, path)]


def _gunzip(path: Path, name: str, place: Path) -> Path:
    """The one file that is packed, under its own name."""
    target = place / "unpacked" / path.name.removesuffix(".gz")
    target.parent.mkdir(exist_ok=True)
    most = max(caps.SMALL_BYTES, min(caps.MOST_BYTES, path.stat().st_size * caps.MOST_RATIO))
    with gzip.open(path) as source, target.open("wb") as out:
        _copy(source, out, name, most)
    with target.open("rb") as unpacked:
        if unpacked.read(len(GZIP)).startswith(GZIP):
            raise InputError("import.file_archive_inside", file=name, inside=target.name)
    return target


def _copy(source: "IO[bytes] | gzip.GzipFile", out: IO[bytes], name: str, most: int) -> None:
    """Copy at most so many bytes."""
    while chunk := source.read(CHUNK):
        out.write(chunk)
        if out.tell() > most:
            raise InputError("import.file_unpacks_too_large", file=name)


def _unzip(path: Path, name: str, place: Path) -> list[tuple[str, Path]]:
    """The tables of a bundle, each written under a name of ours; a workbook is a table itself."""
    with preflight.opened(path, name) as archive:
        if preflight.is_workbook(archive):
            return [(name, path)]
        members = [member for member in archive.infolist() if not member.is_dir()]
        preflight.directory(name, members)
        inside = next((member.filename for member in members if member.filename.lower().endswith(PACKED)), None)
        if inside:
            raise InputError("import.file_archive_inside", file=name, inside=inside)
        wanted = [member for member in members if _is_table(member.filename)]
        if not wanted:
            raise InputError("import.file_no_workbook", file=name)
        folder = place / "unpacked"
        folder.mkdir(exist_ok=True)
        found = []
        for number, member in enumerate(wanted):
            target = folder / f"{number}{Path(member.filename).suffix}"
            with archive.open(member) as source, target.open("wb") as out:
                _copy(source, out, name, member.file_size)
            found.append((f"{name}: {member.filename}", target))
    return found


def _is_table(member: str) -> bool:
    last = member.rsplit("/", 1)[-1]
    return not member.startswith(BESIDE) and not last.startswith(".") and last.lower().endswith(TABLES)
