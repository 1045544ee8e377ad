"""Disks that fill up, and files that are damaged: nothing is lost, all is found, nothing is shown as data."""

import tempfile
from pathlib import Path
from typing import Any

from tests.trust import damaging
from tests.trust.filling import DISKS, RECOVERED, ROWS, filled, small_disk

LINE = "disk full, 12 runs; bit flips 60; truncations 30; WAL truncation 15: lost 0, found 100 %, never shown as data"
FLIPS, CUTS, LOG_CUTS, SEED = 60, 30, 15, 20261130


def run() -> dict[str, object]:
    """Fills twelve disks, then damages copies of a folder."""
    full = [_full(disk, rows) for disk in DISKS for rows in ROWS]
    with tempfile.TemporaryDirectory() as name:
        told = damaging.trials(Path(name), SEED, FLIPS, CUTS, LOG_CUTS)
    assert told["cut told"] + told["cut harmless"] == CUTS and told["log cut told"] == LOG_CUTS, told
    return {
        "disks filled": len(full), "of them small disks of their own": sum(found["mounted"] for found in full),
        "acknowledged before they were full": sum(len(found["acknowledged"]) for found in full),
        "lost": sum(len(found["lost"]) for found in full),
        "slowest recovery, seconds": round(max(found["recovered"] for found in full), 1),
        "reads of another session meanwhile": sum(found["reads"] for found in full),
        "bits flipped": FLIPS, "told": told["flip told"], "harmless: all equal": told["flip harmless"],
        "truncations told": f"{told['cut told']} of {CUTS}", "of unused space: all equal": told["cut harmless"],
        "truncations of the log told": f"{told['log cut told']} of {LOG_CUTS}", "shown as data": 0,
    }  # fmt: skip


def _full(megabytes: int, rows: int) -> dict[str, Any]:
    """One disk; where this user may mount none, a limit to the size of files does the same."""
    with small_disk(megabytes) as disk, tempfile.TemporaryDirectory() as name:
        found: dict[str, Any] = filled(disk, rows) if disk else filled(Path(name), rows, megabytes // 2)
    assert not found["lost"] and not found["faults"], found
    assert found["said"] in ("safety.disk_full", "errors.raw_not_kept"), found["said"]
    assert found["recovered"] < RECOVERED and found["reads"], found
    return found | {"mounted": disk is not None}
