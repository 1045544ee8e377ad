"""Compound files, the container of old workbooks (.xls) and of protected ones: sectors of 512 bytes, no short ones."""

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SHORTEST = 4096  # shorter streams would have to stand in a stream of their own
STORAGE, STREAM, ROOT = 1, 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file that holds these streams, in the order in which their names sort."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    bodies = [_padded(streams[name].ljust(SHORTEST, b"\0")) for name in names]
    sizes = [len(body) // SECTOR for body in bodies]
    tables = 1
    while tables * (SECTOR // 4) < tables + 1 + sum(sizes):
        tables += 1
    chain = [FAT] * tables + [LAST]
    starts = []
    for size in sizes:
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + size), LAST]
    chain += [FREE] * (tables * (SECTOR // 4) - len(chain))
    entries = [_entry("Root Entry", ROOT, child=1, start=LAST, size=0)]
    for no, (name, start) in enumerate(zip(names, starts, strict=True), start=1):
        following = no + 1 if no < len(names) else FREE
        entries.append(_entry(name, STREAM, right=following, start=start, size=max(len(streams[name]), SHORTEST)))
    directory = _padded(b"".join(entries))
    assert len(directory) == SECTOR, "more streams than one sector of the directory lists"
    return _header(tables) + struct.pack(f"<{len(chain)}I", *chain) + directory + b"".join(bodies)


def _padded(data: bytes) -> bytes:
    return data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")


def _header(tables: int) -> bytes:
    places = [*range(tables), *[FREE] * (109 - tables)]
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, tables, tables, 0, SHORTEST, LAST, 0, LAST, 0) + struct.pack("<109I", *places)
    )  # fmt: skip


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, right, child)
        + b"\0" * 36 + struct.pack("<IQ", start, size)
    )  # fmt: skip
