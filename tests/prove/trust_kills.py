"""Processes killed at a hundred random moments of every kind of change."""

import tempfile
from pathlib import Path

from tests.trust.killing import KINDS, Folder, moments

LINE = "kill -9 ×100 at random moments of import, policy change, backup, migration: nothing lost, nothing half"
KILLS, SEED = 100, 20261130


def run(kills: int = KILLS) -> dict[str, object]:
    """Kills one process after the other and looks at the folder after each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        for kind, moment in moments(SEED, kills):
            folder.kill(kind, moment)
            folder.look()
    assert folder.killed >= kills * 9 // 10, f"{folder.killed} of {kills} were killed before they ended"
    return {
        "processes killed": f"{folder.killed} of {kills}", "kinds of change": ", ".join(KINDS),
        "changes acknowledged": folder.acknowledged, "entries of the account": folder.changes,
        "lost": 0, "partial": 0, "chain_bad": 0,
    }  # fmt: skip
