"""Stress tests: every scenario against its calculation by hand, the reverse test against whole scenarios."""

import tempfile
from contextlib import closing
from pathlib import Path

from metrics.policy import load
from metrics.store import Store
from metrics.stress.falls import falls, tried
from metrics.stress.reverse import GOALS, reverse
from tests import fresh, stressing

LINE = (
    "Stress: each of the scenarios equals its calculation by hand on a small institution; "
    "reverse test confirmed by recomputing"
)


def run() -> dict[str, object]:
    """Compares all numbers worked out by hand, and tries each size found on both sides of it."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(stressing.small(Path(folder) / "small")) as store:
            apart = stressing.differences(stressing.shipped(store))
            small = _confirmed(store, "any")
        with closing(fresh.open_copy(Path(folder) / "sample")) as store:
            sample = _confirmed(store, "any")
            goals = {goal: _confirmed(store, goal) for goal in GOALS if goal in ("capital", "cash", "health")}
            edges = {f"indicators alone, {name}": _edges(store, name) for name in ("equal", "lenders_view")}
    assert max(apart.values()) < 1e-9, {name: gap for name, gap in apart.items() if gap >= 1e-9}
    scenarios = {name for name, _ in apart}
    return {
        "scenarios": len(scenarios), "numbers by hand": len(apart), "largest difference": max(apart.values()),
        "sizes of shocks confirmed, small institution": small, "sample": sample, **goals, **edges,
    }  # fmt: skip


def _confirmed(store: Store, goal: str) -> str:
    """How many sizes break nothing of the goal just below, and what was found just above."""
    found = reverse(store.cursor(), load("equal"), goal=goal)
    asked = [one for one in found if one.size is not None]
    tried = stressing.confirmed(store, asked) if asked else {}
    counted = set(GOALS[goal]) or ({"financial", "social", "balance"} if goal == "health" else None)
    good = 0
    for one in asked:
        below, above = (side if counted is None else side & counted for side in tried[one.shock])
        assert not below, (one.shock, one.safe, below)
        assert {hit.indicator or hit.node for hit in one.hits} <= above, (one.shock, one.size, above)
        good += 1
    return f"{good} of {len(asked)}; {len(found) - len(asked)} break nothing in their range"


def _edges(store: Store, name: str) -> str:
    """How many edges of single indicators break nothing just before, and what was found just beyond, scored again."""
    policy = load(name)
    found = falls(store.cursor(), policy)
    assert set(tried(store.cursor(), policy, found)) == {(False, True)}, name
    healths = sum(bool(one.node) for one in found)
    return f"{len(found)} of {len(found)} edges confirmed: {healths} of healths, {len(found) - healths} of red limits"
