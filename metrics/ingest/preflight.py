"""Look at a zipped workbook before anything opens it: a small file must not become a huge one."""

import re
import zipfile
from pathlib import Path

from metrics.errors import InputError
from metrics.ingest.child.caps import MOST_BYTES, MOST_MEMBERS, MOST_RATIO, MOST_SHEETS, SMALL_BYTES

LOOK = 1 << 20
LAST_ROW = 1_048_576
LONGEST_NAME = 300
PROTECTED = 0x1
LISTED = b"PK\x01\x02"  # how the directory of an archive begins each member
INSIDE = 4  # a bundle may hold workbooks as they are, each with a directory of its own
UNIQUE_COUNT = re.compile(rb'uniqueCount="(\d+)"')
ROW_NUMBER = re.compile(rb'\br="[A-Z]{0,3}(\d{7,})"')
WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def check(path: Path) -> None:
    """Hold a zipped workbook to its limits.

    Raises:
        InputError: damaged, not a workbook, or made to harm the machine that reads it.
    """
    try:
        with opened(path, path.name) as archive:
            members = archive.infolist()
            if not is_workbook(archive):
                raise InputError("import.file_no_workbook", file=path.name)
            directory(path.name, members)
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _check_part(path.name, archive, member)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError("import.file_damaged", file=path.name) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise InputError("import.file_damaged", file=path.name) from error


def opened(path: Path, name: str) -> zipfile.ZipFile:
    """An archive, whose directory is read into memory: only where that is of a sane length.

    Raises:
        InputError: far more parts than any workbook or bundle has.
    """
    listed, rest = 0, b""
    with path.open("rb") as source:
        while chunk := source.read(LOOK):
            listed += (rest + chunk).count(LISTED)
            rest = chunk[1 - len(LISTED) :]
    if listed > MOST_MEMBERS * INSIDE:
        raise InputError("import.too_many_sheets", file=name, n=listed, most=MOST_SHEETS)
    return zipfile.ZipFile(path)


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a workbook, and no bundle of other files."""
    names = set(archive.namelist())
    return any(name in names for name in WORKBOOKS)


def directory(file: str, members: list[zipfile.ZipInfo]) -> None:
    """Hold an archive to its limits by number, names and sizes, as it lists them itself.

    Raises:
        InputError: protected, too many parts, too large once unpacked, or names that lead elsewhere.
    """
    names = [member.filename for member in members]
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & PROTECTED for member in members):
        raise InputError("import.file_protected", file=file)
    sheets = sum(name.startswith("xl/worksheets/sheet") for name in names)
    if len(members) > MOST_MEMBERS or sheets > MOST_SHEETS:
        raise InputError("import.too_many_sheets", file=file, n=sheets, most=MOST_SHEETS)
    if unpacked > MOST_BYTES or (unpacked > SMALL_BYTES and unpacked > MOST_RATIO * max(packed, 1)):
        raise InputError("import.file_unpacks_too_large", file=file)
    if len(set(names)) < len(names) or any(map(_stray, names)):
        raise InputError("import.file_damaged", file=file)


def _stray(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or len(name) > LONGEST_NAME


def _check_part(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """The beginning of one XML part: no document type, sane counts and row numbers."""
    with archive.open(member) as part:
        start = part.read(LOOK)
    if b"<!DOCTYPE" in start.replace(b"\0", b""):  # in two bytes a letter too
        raise InputError("import.file_hostile", file=file)
    counts = [int(number) for number in UNIQUE_COUNT.findall(start)]
    if any(number > max(member.file_size, 1) for number in counts):
        raise InputError("import.file_damaged", file=file)
    if any(int(number) > LAST_ROW for number in ROW_NUMBER.findall(start)):
        raise InputError("import.file_damaged", file=file)
