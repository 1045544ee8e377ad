"""Every guard of trust switched off once, in a copy of the project: a test that guards it must see it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.prove.command import ROOT, SHARED

LINE = (
    "Mutants: each guard of `tests/trust/mutants.toml` switched off once in a copy of the project is caught by its "
    "test, which passes on the project as it is"
)
FILE = ROOT / "tests" / "trust" / "mutants.toml"
COPIES = 2
SECONDS = 600
NEEDED = ("metrics", "pages", "tests", "data/sample", ".streamlit", "deploy", "docs")
SINGLE = (
    "app.py", "pyproject.toml", "README.md", "requirements.txt", "requirements.lock", "requirements-dev.txt",
    "requirements-dev.lock", "Dockerfile", "compose.yaml", "evenkeel.example.toml", "Makefile",
)  # fmt: skip
# A test that saw the mutant fails by itself; one that could not even begin proves nothing.
BROKEN = re.compile(r"^E +(SyntaxError|ImportError|ModuleNotFoundError|NameError|IndentationError)", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """`old` stands exactly once in `file`; with `new` in its place `guards` is off, and `test` must fail."""

    guards: str
    file: str
    old: str
    new: str
    test: str


def mutants() -> list[Mutant]:
    """Every mutant of the list."""
    return [Mutant(**one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["mutant"]]


def run() -> dict[str, object]:
    """Runs the tests as they are, then each with its mutant in place."""
    listed = mutants()
    with copies() as free, ThreadPoolExecutor(COPIES) as threads:
        sound = list(threads.map(lambda test: _sound(free, test), sorted({one.test for one in listed})))
        assert not any(sound), "\n".join(filter(None, sound))
        faults = list(threads.map(lambda one: _missed(free, one), listed))
    missed = [found for found in faults if found]
    assert not missed, "\n".join(missed)
    return {"mutants": len(listed), "caught": len(listed) - len(missed), "tests that catch them": len(sound)}


def _sound(free: "SimpleQueue[Path]", test: str) -> str:
    copy = free.get()
    try:
        done = _test(copy, test)
    finally:
        free.put(copy)
    return "" if done.returncode == 0 else f"{test} fails on the project as it is: {done.stdout[-1500:]}"


def _missed(free: "SimpleQueue[Path]", one: Mutant) -> str:
    """What is wrong with a mutant: that its test passes, or could not begin; else nothing."""
    copy = free.get()
    try:
        with _in_place(copy, one):
            done = _test(copy, one.test)
    finally:
        free.put(copy)
    if done.returncode == 0:
        return f"not caught: {one.guards} ({one.test})"
    if done.returncode != 1 or BROKEN.search(done.stdout):
        return f"no valid mutant: {one.guards} (exit {done.returncode}): {done.stdout[-1500:]}"
    return ""


@contextmanager
def copies() -> Iterator["SimpleQueue[Path]"]:
    """Copies of the project, each to be taken by one run at a time; the published tables stand beside them."""
    free: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shared").symlink_to(SHARED)
        for number in range(COPIES):
            copy = Path(folder) / f"copy{number}"
            for part in filter(lambda part: (ROOT / part).exists(), NEEDED):
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            for name in filter(lambda name: (ROOT / name).exists(), SINGLE):
                shutil.copy(ROOT / name, copy)
            free.put(copy)
        yield free


@contextmanager
def _in_place(copy: Path, one: Mutant) -> Iterator[None]:
    """A mutant in a copy, and what it stands for back in its place at the end."""
    file = copy / one.file
    source = file.read_text(encoding="utf-8")
    assert source.count(one.old) == 1, f"{one.file} has {source.count(one.old)} times: {one.old}"
    file.write_text(source.replace(one.old, one.new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(source, encoding="utf-8")


def _test(folder: Path, test: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "--full", "-q", "-x", "--tb=short", "-p", "no:cacheprovider", test]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)},
    )  # fmt: skip
