"""The command line of Evenkeel as a user runs it, and the published tables to compare with."""

import csv
import io
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLDEN = SHARED / "golden"


def metrics(*words: object, data: Path | None = None, fails: bool = False) -> str:
    """Runs `python -m metrics` and returns what it printed: its data, or its messages where it must fail.

    Raises:
        AssertionError: another exit code than the one that must be; shows the messages.
    """
    place = ["--data", str(data)] if data else []
    command = [sys.executable, "-m", "metrics", *place, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    wanted = 1 if fails else 0
    assert done.returncode == wanted, f"exit {done.returncode}: {done.stderr.strip()[-400:]}"
    return done.stderr if fails else done.stdout


def rows(*words: object, data: Path | None = None) -> list[dict[str, str]]:
    """The rows that a command prints, as CSV in full precision."""
    return list(csv.DictReader(io.StringIO(metrics(*words, "--format", "csv", data=data))))


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a published table."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))
