"""`check --limits` as a scheduler runs it: exit codes, the same answer twice, JSON as its schema says."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests import fresh, quiet, schema_check
from tests.prove.command import ROOT

LINE = "`check --limits`: exit codes 0, 1 and 3 as stated; idempotent; JSON valid by its documented schema"
SCHEMA = json.loads((ROOT / "docs" / "warnings.schema.json").read_text(encoding="utf-8"))


def run() -> dict[str, object]:
    """Runs the command in processes of its own: on the sample at each date, on a quiet institution, and wrongly."""
    codes: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "sample"
        fresh.sample(data)
        first, again = (check(data, "--format", "json") for _ in range(2))
        assert first.returncode == 3 and (first.stdout, first.returncode) == (again.stdout, again.returncode)
        rows = json.loads(first.stdout)
        faults = schema_check.faults(rows, SCHEMA)
        assert faults == [], faults[:3]
        for day in ("2025-03-31", "2025-12-31", "2026-02-28", "2026-06-30"):
            done = check(data, "--as-of", day, "--since-last", "--format", "json")
            known = json.loads(done.stdout)
            assert schema_check.faults(known, SCHEMA) == []
            assert done.returncode == (3 if any(row["warns"] for row in known) else 0)
            codes[done.returncode] += 1
        wrong = check(data, "--as-of", "2019-01-31")
        assert wrong.returncode == 1 and "Traceback" not in wrong.stderr and wrong.stdout == ""
        calm = check(quiet.folder(Path(folder) / "quiet"), "--format", "json")
        assert calm.returncode == 0, calm.stderr
    return {
        "sample, newest date, twice": f"exit {first.returncode}, the same {len(rows)} records",
        "four earlier dates, by exit code": dict(codes),
        "no such date": f"exit {wrong.returncode}: {wrong.stderr.strip().splitlines()[-1][:90]}",
        "an institution within its limits": f"exit {calm.returncode}",
        "records that break the schema": len(faults),
    }


def check(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command on a data folder."""
    command = [sys.executable, "-m", "metrics", "--data", str(data), "check", "--limits", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
