"""Read one foreign file in a process of its own: `python -I metrics/ingest/child KIND FILE FOLDER`.

Whatever the file does, only this process pays for it. The result is one text file a sheet and `meta.json`.
"""

import ctypes
import errno
import json
import os
import signal
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
DIE_WITH_PARENT = 1
LESS_URGENT = 10  # whoever reads a page comes first


def stand_in() -> None:
    """Let `metrics.ingest.child` be imported without the engine around it: bare packages stand in."""
    for name in ("metrics", "metrics.ingest"):
        package = types.ModuleType(name)
        package.__path__ = [str(ROOT.joinpath(*name.split(".")))]
        sys.modules[name] = package


def cut_off() -> None:
    """Leave the network where the machine allows that, and end with the parent: before a library begins threads."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is not None:
        library.unshare(NEW_USER_AND_NETWORK)
        library.prctl(DIE_WITH_PARENT, signal.SIGKILL)


def confine(most: int) -> None:
    """Set the limits of this process.

    `most` is how many bytes a file of its own may have. Windows knows none of these limits: there only the time
    that the parent waits holds.
    """
    if sys.platform == "win32":
        return
    import resource

    from metrics.ingest.child import caps

    for limit, value in (
        (resource.RLIMIT_AS, caps.MEMORY),
        (resource.RLIMIT_CPU, caps.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, most),
        (resource.RLIMIT_NOFILE, caps.FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.nice(LESS_URGENT)


def main() -> None:
    """Read the file as a text table, an HTML page or a workbook; a fault becomes a key in `meta.json`."""
    kind, file, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    cut_off()
    stand_in()
    if kind == "mark":
        from metrics.ingest.child import marking

        work = marking.write
    else:
        from metrics.ingest.child import books, pages, texts

        work = {"book": books.read, "page": pages.read, "text": texts.read}[kind]
    from metrics.ingest.child import caps
    from metrics.ingest.child.cells import Fault

    confine(caps.MOST_TEXT if kind == "mark" else caps.text_of(file.stat().st_size))
    try:
        found = work(file, folder)
    except Fault as fault:
        found = {"error": fault.key, "params": fault.params}
    except MemoryError:
        found = {"error": "import.too_large_for_memory", "params": {}}
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        found = {"error": "import.file_unpacks_too_large", "params": {}}
    (folder / "meta.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
