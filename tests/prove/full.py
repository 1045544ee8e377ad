"""The tests that `make test` leaves out because they take long."""

import re
import subprocess
import sys

from tests.prove.command import ROOT

LINE = "The tests that take long, which `make test` leaves to `make prove`: all pass, none is skipped"


def run() -> dict[str, object]:
    """Runs them alone."""
    command = [sys.executable, "-m", "pytest", "--full", "-m", "full", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed and "skipped" not in done.stdout, done.stdout[-600:]
    return {"passed": passed[1], "skipped": 0}
