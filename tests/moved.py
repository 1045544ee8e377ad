"""The sample with the story of Doukoro told earlier or later, or not told at all, landed in a store of its own."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from metrics.store import Store
from tests import sample_files

STORY, BRANCH = "collection-first", "doukoro"
TABLES = sample_files.ROOT / "metrics" / "tables"


def landed(folder: Path, months: int | None) -> Store:
    """A store with the sample whose story comes so many months later (None: never)."""
    sys.path.insert(0, str(sample_files.COMMITTED))
    try:
        from generator import files, institution, stories
    finally:
        sys.path.remove(str(sample_files.COMMITTED))
    plain = {branch.id: branch for branch in stories.told((STORY,))}[BRANCH]
    told = stories.told((STORY,)) if months is None else stories.told()
    branches = tuple(
        later(branch, plain, months) if branch.id == BRANCH and months is not None else branch for branch in told
    )
    made = folder / "made"
    made.mkdir(parents=True)
    files.write(institution.build(branches), made, TABLES)
    return sample_files.land(made, folder / "data")


def later(branch: Any, plain: Any, months: int) -> Any:
    """A branch whose figures take the turns that set it apart from its plain self so many months later."""
    paths = {
        name: tuple((month + months if month else 0, value) for month, value in points)
        for name, points in vars(branch).items()
        if points != getattr(plain, name) and name not in ("leavers", "overindebted")
    }
    return replace(branch, **paths)
