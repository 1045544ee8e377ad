"""The four documents twice, in two processes, and from a frozen pack: the same bytes."""

import hashlib
import json
import os
import subprocess
import sys

from metrics.packs import model, page, pdf, reading, slides, workbook
from metrics.words import LANGUAGES
from tests import packing
from tests.prove.command import ROOT

LINE = "determinism: the same data, policy and date give the same bytes twice, in all four forms"
FORMS = {"pdf": pdf.pdf, "pptx": slides.pptx, "xlsx": workbook.xlsx, "html": page.html}
SCRIPT = "import json; from tests.prove.pack_bytes import digests; print(json.dumps(digests('{language}')))"


def digests(language: str) -> dict[str, str]:
    """SHA-256 of each form of the sample's pack."""
    pack = packing.pack(language)
    return {name: hashlib.sha256(made(pack)).hexdigest() for name, made in FORMS.items()}


def run() -> dict[str, object]:
    """Composes and writes the pack in two processes a language, each on a database of its own, and once thawed."""
    same = 0
    for language in LANGUAGES:
        here = digests(language)
        for seed in ("0", "1"):
            command = [sys.executable, "-c", SCRIPT.format(language=language)]
            apart = {**os.environ, "PYTHONHASHSEED": seed}
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=apart)
            assert json.loads(done.stdout.splitlines()[-1]) == here, language
            same += len(here)
        thawed = reading.from_json(model.as_json(packing.pack(language)))
        assert {name: hashlib.sha256(made(thawed)).hexdigest() for name, made in FORMS.items()} == here
        same += len(here)
    return {"languages": len(LANGUAGES), "documents compared": same, "that differ": 0}

