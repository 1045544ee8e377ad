"""Bad input: each file of the corpus ends as its line says, and not without the words of the product that see to it."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.corpus.guards import GUARDS
from tests.corpus.make import expected
from tests.prove.command import ROOT
from tests.prove.traps import COPIES, copies, tests, without

LINE = (
    "Corpus: every file that `tests/corpus/make.py` makes (at least 110) ends as `expected.toml` says - taken, set "
    "aside in part, refused, asked - none silently wrong; each breaks in a copy where one repair gave way to a mistake"
)
TEST = "tests/test_corpus.py::test_a_file_of_the_corpus_ends_as_its_line_says"
# A file that any mistake of the right kind leaves as it is.
PLAIN = "t01"


def run() -> dict[str, object]:
    """Runs the corpus as it is, then each guarded file without its guard."""
    whole = tests(ROOT, "tests/test_corpus.py")
    assert whole.returncode == 0, whole.stdout[-2000:]
    passed = re.search(r"(\d+) passed", whole.stdout)
    assert passed and "skipped" not in whole.stdout, whole.stdout[-2000:]
    with copies() as free, ThreadPoolExecutor(COPIES) as threads:
        faults = list(threads.map(lambda name: fault(free, name), GUARDS))
    wrong = [found for found in faults if found]
    assert not wrong, "\n".join(wrong)
    endings = [line["ending"] for line in expected().values()]
    return {
        "files": len(endings), "taken": endings.count("A"), "set aside in part": endings.count("Q"),
        "refused": endings.count("R"), "asked": endings.count("?"), "silently wrong": 0,
        "repairs broken one by one": len(GUARDS), "seen": len(GUARDS),
    }  # fmt: skip


def fault(free: "SimpleQueue[Path]", name: str) -> str:
    """What is wrong with a guard once it is gone: its file ends as before, or a plain file fails too; else nothing."""
    copy = free.get()
    try:
        with without(copy, GUARDS[name]):
            done = tests(copy, f"{TEST}[{PLAIN}]", f"{TEST}[{name.partition('[')[0]}]", "--tb=line")
    finally:
        free.put(copy)
    if "1 failed, 1 passed" not in done.stdout:
        return f"{name}: {done.stdout[-300:]}"
    return ""
