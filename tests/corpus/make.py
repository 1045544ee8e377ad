"""Write every file of the corpus into a folder: `python -m tests.corpus.make FOLDER`. The same bytes each time."""

import sys
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus import bombs, books, cells, more, text

MAKERS: Mapping[str, Callable[[], bytes]] = {
    **text.FILES, **cells.FILES, **books.FILES, **bombs.FILES, **more.FILES
}  # fmt: skip


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What each file must end as: `expected.toml`."""
    return tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))


def paths(name: str, folder: Path) -> list[Path]:
    """Write the file, or the files that are sent together, of one line of the corpus."""
    written = []
    for maker, file in expected()[name].get("files", {name: expected()[name].get("file", name + ".csv")}).items():
        path = folder / file
        path.write_bytes(MAKERS[maker]())
        written.append(path)
    return written


def make(folder: Path) -> dict[str, list[Path]]:
    """Write every file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: paths(name, folder) for name in expected()}


if __name__ == "__main__":
    print(sum(len(written) for written in make(Path(sys.argv[1])).values()), "files")
