"""What must be fast. A module has `bench() -> list[Figure]`: figure, limit, and what it is compared with."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Figure:
    """One measured figure. `ratio` is the time of `against` divided by ours: above 1 means we are faster."""

    what: str
    found: float
    limit: float
    unit: str
    against: str = ""
    ratio: float | None = None

    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.found <= self.limit


def apart(module: str, *places: Path) -> dict[str, float]:
    """What a bench prints when it runs in a process of its own, as figures by name."""
    command = [sys.executable, "-m", module, *map(str, places)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
