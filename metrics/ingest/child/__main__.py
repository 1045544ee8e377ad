"""Read one foreign file in a process of its own: `python -I metrics/ingest/child KIND FILE FOLDER`.

Whatever the file does, only this process pays for it. The result is one text file a sheet and `meta.json`.
"""

import ctypes
import json
import resource
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MEMORY = 2 << 30
CPU_SECONDS = 120
FILE_SIZE = 4 << 30
NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000


def stand_in() -> None:
    """Let `metrics.ingest.child` be imported without the engine around it: bare packages stand in."""
    for name in ("metrics", "metrics.ingest"):
        package = types.ModuleType(name)
        package.__path__ = [str(ROOT.joinpath(*name.split(".")))]
        sys.modules[name] = package


def confine() -> None:
    """Set the limits of this process, and cut it off the network where the machine allows that."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare:
        unshare(NEW_USER_AND_NETWORK)


def main() -> None:
    """Read the file as a text table, an HTML page or a workbook; a fault becomes a key in `meta.json`."""
    kind, file, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    stand_in()
    if kind == "mark":
        from metrics.ingest.child import marking

        work = marking.write
    else:
        from metrics.ingest.child import books, pages, texts

        work = {"book": books.read, "page": pages.read, "text": texts.read}[kind]
    from metrics.ingest.child.cells import Fault

    confine()
    try:
        found = work(file, folder)
    except Fault as fault:
        found = {"error": fault.key, "params": fault.params}
    except MemoryError:
        found = {"error": "import.too_large_for_memory", "params": {}}
    (folder / "meta.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
