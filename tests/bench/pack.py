"""The board pack in its four forms, each in a process of its own: time and the most memory that it takes."""

import json
import subprocess
import sys

from tests.bench import Figure
from tests.prove.command import ROOT

LIMITS = {"pdf": 5.0, "pptx": 3.0, "xlsx": 2.0, "html": 2.0}
MEMORY, SIZE = 500.0, 3.0  # megabytes
ONE = """
import json, resource, sys, time
from tests import packing
from metrics.packs.{module} import {form}
pack = packing.pack()
{form}(pack)  # what a running app has loaded already: fonts, templates, libraries
start = time.perf_counter()
made = {form}(pack)
seconds = time.perf_counter() - start
units = len(next(b for s in pack.sections for b in s.blocks if type(b).__name__ == "Live").data["units"])
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(made) / 1e6, units,
                  len(pack.definitions)]))
"""
MODULES = {"pdf": "pdf", "pptx": "slides", "xlsx": "workbook", "html": "page"}
COMPOSED = """
import json, time
from tests import packing
from metrics.packs import compose, description
plan = description.load("board")
compose.compose(packing.asked(), plan)
asked = packing.asked()
start = time.perf_counter()
compose.compose(asked, plan)
print(json.dumps(time.perf_counter() - start))
"""


def bench() -> list[Figure]:
    """Writes the sample's whole pack in each form; composing it is timed apart."""
    found = []
    for form, limit in LIMITS.items():
        seconds, memory, size, units, defined = answered(ONE.format(module=MODULES[form], form=form))
        what = f"board pack, {units} branches x {defined} indicators, as {form.upper()}"
        found += [Figure(what, seconds, limit, "s"), Figure(f"memory of that, {form.upper()}", memory, MEMORY, "MB")]
        if form == "html":
            found.append(Figure("size of the HTML", size, SIZE, "MB"))
    found.append(Figure("composing the board pack", answered(COMPOSED), 3.0, "s"))
    return found


def answered(script: str) -> "list[float] | float":
    """What a script prints last, as JSON."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
