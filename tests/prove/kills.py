"""Imports killed at random moments and at every step of writing: what was acknowledged is there, nothing is half."""

import tempfile
from pathlib import Path

from tests.killing import STEPS, Folder, lasts, times

LINE = (
    "An import killed at any moment, also while its raw files are written, leaves every acknowledged batch whole, "
    "no batch half, and no file that counts"
)
RANDOM, SEED = 30, 20260930


def run(moments: int = RANDOM) -> dict[str, object]:
    """Kills imports into a folder with acknowledged batches, and looks after every one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name) / "data", Path(name))
        longest = max(lasts(folder), lasts(folder))
        for seconds in times(SEED, moments, longest):
            folder.kill_after(seconds)
            folder.look()
        by_chance = folder.killed
        for step in range(STEPS):
            folder.kill_at(step)
            whole = folder.look()
        lasts(folder)
        assert folder.look() == whole + 1, "the folder takes batches as before"
    assert by_chance >= moments // 2, by_chance
    assert folder.killed == by_chance + STEPS, folder
    return {
        "imports killed at a random moment": f"{by_chance} of {moments}", "killed at a step of writing": STEPS,
        "acknowledged": len(folder.acknowledged), "lost": 0, "half": 0, "files left over": 0,
        "whole though never acknowledged": whole + 1 - len(folder.acknowledged),
    }  # fmt: skip
