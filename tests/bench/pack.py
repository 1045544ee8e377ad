"""The board pack in its four forms, each written in a process of its own: time and the most memory that it takes.

What is written is a composed pack, as a frozen one is: the database and composing are timed apart.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import Figure
from tests.prove.command import ROOT

LIMITS = {"pdf": 5.0, "pptx": 3.0, "xlsx": 2.0, "html": 2.0}
MEMORY, SIZE = 500.0, 3.0  # megabytes
ONE = r"""
import json, re, time
from pathlib import Path
from metrics.packs.reading import from_json
from metrics.packs.{module} import {form}
pack = from_json(Path({file!r}).read_text(encoding="utf-8"))
{form}(pack)  # what a running app has loaded already: fonts, templates, libraries
start = time.perf_counter()
made = {form}(pack)
seconds = time.perf_counter() - start
units = len(next(b for s in pack.sections for b in s.blocks if type(b).__name__ == "Live").data["units"])
# getrusage would count what the process that began this one had in use
most = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([seconds, most, len(made) / 1e6, units, len(pack.definitions)]))
"""
MODULES = {"pdf": "pdf", "pptx": "slides", "xlsx": "workbook", "html": "page"}
COMPOSED = """
import json, time
from pathlib import Path
from tests import packing
from metrics.packs import compose, description
from metrics.packs.model import as_json
plan = description.load("board")
compose.compose(packing.asked(), plan)
asked = packing.asked()
start = time.perf_counter()
pack = compose.compose(asked, plan)
seconds = time.perf_counter() - start
Path({file!r}).write_text(as_json(pack), encoding="utf-8")
print(json.dumps(seconds))
"""


def bench() -> list[Figure]:
    """Composes the sample's whole pack, then writes it in each form."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "pack.json")
        found = [Figure("composing the board pack", answered(COMPOSED.format(file=file)), 3.0, "s")]
        for form, limit in LIMITS.items():
            seconds, memory, size, units, defined = answered(ONE.format(module=MODULES[form], form=form, file=file))
            what = f"board pack, {units} branches x {defined} indicators, as {form.upper()}"
            found += [Figure(what, seconds, limit, "s")]
            found.append(Figure(f"memory of writing it, {form.upper()}", memory, MEMORY, "MB"))
            if form == "html":
                found.append(Figure("size of the HTML", size, SIZE, "MB"))
    return found


def answered(script: str) -> "list[float] | float":
    """What a script prints last, as JSON."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
