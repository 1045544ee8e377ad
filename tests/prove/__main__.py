"""`make prove`: runs every acceptance line with full counts and writes the figures to PROOF.md.

With names (`python -m tests.prove hdi mix`) it runs those lines only; the others stand as they were found before. A run
that was broken off goes on where it stopped, as long as not a file has changed since.
"""

import datetime
import hashlib
import importlib
import json
import os
import pkgutil
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version

import tests.prove
from tests.prove.command import ROOT, SHARED

KEPT = ROOT / "build" / "proof"
NOT_LINES = {"__main__", "command", "speed"}
HEAD = "| line | figures | met | seconds | found |"
SHOWN = (
    "streamlit",
    "duckdb",
    "pandas",
    "numpy",
    "pyarrow",
    "altair",
    "python-calamine",
    "babel",
    "playwright",
)


@dataclass(frozen=True)
class Proof:
    """One line: what must hold, what was found, whether it holds, how long it took."""

    name: str
    line: str
    figures: str
    met: bool
    seconds: float


def prove(name: str) -> Proof:
    """Runs one line. A line that raises is not met, and says why."""
    module = importlib.import_module(f"tests.prove.{name}")
    start = time.perf_counter()
    try:
        figures, met = written(module.run()), True
    except Exception as error:  # whatever goes wrong, the other lines still run
        traceback.print_exc()
        figures, met = f"{type(error).__name__}: {str(error).strip()[:1600]}", False
    return Proof(name, module.LINE, figures, met, time.perf_counter() - start)


def written(figures: Mapping[str, object]) -> str:
    """Figures as one line of text."""
    return "; ".join(f"{name} {value}" for name, value in figures.items())


def machine(load: float) -> str:
    """What the figures were found on: cores, memory, system, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in SHOWN)
    size = f"{os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f} at the start, {platform.system()}"
    return f"{size}, Python {platform.python_version()}, {browser()}; {versions}"


def browser() -> str:
    """The browser's own name and version."""
    from tests.browser.window import chromium

    return subprocess.run([chromium(), "--version"], capture_output=True, text=True, check=True).stdout.strip()


def page(cells: Mapping[str, str], load: float) -> str:
    """PROOF.md: a table of the lines, each with the day and the commit of its figures."""
    met = sum("| yes |" in row for row in cells.values())
    head = [
        "# Proof",
        "",
        f"Written by `make prove`, last on {datetime.date.today().isoformat()}: {machine(load)}.",
        f"{met} of {len(cells)} lines are met. Each says when, and at which commit, its figures were found.",
        "",
        HEAD,
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *cells.values()]) + "\n"


def cells(proof: Proof, at: str) -> str:
    """The row of a line."""
    return f"| {plain(proof.line)} | {plain(proof.figures)} | {answer(proof)} | {proof.seconds:.0f} | {at} |"


def before() -> dict[str, str]:
    """The rows of PROOF.md as it is, by their line."""
    said = (ROOT / "PROOF.md").read_text(encoding="utf-8") if (ROOT / "PROOF.md").exists() else ""
    if HEAD not in said:
        return {}
    rows = said.partition(HEAD)[2].splitlines()[2:]
    return {row[2:].partition(" | ")[0]: row for row in rows}


def answer(proof: Proof) -> str:
    """Whether a line is met, in a word."""
    return "yes" if proof.met else "**no**"


def plain(text: str) -> str:
    """A text that stays in its cell of a table; the folders of this machine are left out."""
    return " ".join(text.replace(str(ROOT), ".").replace(str(SHARED), "../shared").replace("|", "\\|").split())


def state() -> str:
    """What the files are now: the commit, and a hash of what is not committed; PROOF.md itself left out."""
    asked = ["git", "rev-parse", "HEAD"], ["git", "diff", "HEAD", "--", ".", ":!PROOF.md"], ["git", "status", "--short"]
    said = [subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout for words in asked]
    lines = [line for line in said[2].splitlines() if not line.endswith(b"PROOF.md")]
    return hashlib.sha256(b"\0".join([*said[:2], *lines])).hexdigest()


def found_before(name: str, now: str) -> Proof | None:
    """What a line gave on the very same files, where a run was broken off after it."""
    kept = KEPT / f"{name}.json"
    found = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    return Proof(**found["proof"]) if found.get("state") == now and found["proof"]["met"] else None


def keep(proof: Proof, now: str) -> None:
    """Keep what a line gave, for a run that goes on after this one."""
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{proof.name}.json").write_text(json.dumps({"state": now, "proof": asdict(proof)}), encoding="utf-8")


def write(given: Mapping[str, Proof], lines: list[str], load: float) -> None:
    """PROOF.md with the lines that were run just now; the others stand as they were found before."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    at = f"{datetime.date.today().isoformat()}, {commit.stdout.strip()}"
    known, rows = before(), {}
    for name in lines:
        line = plain(importlib.import_module(f"tests.prove.{name}").LINE)
        rows[line] = cells(given[name], at) if name in given else known.get(line, f"| {line} | not run | **no** | | |")
    (ROOT / "PROOF.md").write_text(page(rows, load), encoding="utf-8")


def main(names: list[str]) -> int:
    """Runs the lines; returns 1 where one is not met."""
    found = {module.name for module in pkgutil.iter_modules(tests.prove.__path__)} - NOT_LINES
    lines = [name for name in tests.prove.ORDER if name in found] + sorted(found - set(tests.prove.ORDER))
    os.environ["EVENKEEL_PROFILE"] = "prove"
    load = os.getloadavg()[0]
    proofs: dict[str, Proof] = {}
    now = state()
    for name in names or lines:
        proof = (None if names else found_before(name, now)) or prove(name)
        proofs[name] = proof
        keep(proof, now)
        print(f"{name}: met {answer(proof)}, {proof.seconds:.0f} s: {proof.figures}", flush=True)
        write(proofs, lines, load)
    return 0 if all(proof.met for proof in proofs.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
