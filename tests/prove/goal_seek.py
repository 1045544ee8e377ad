"""Goal-seek of one leaf and of several on random trees."""

from tests import test_seeking, test_together

LINE = (
    "Goal-seek, 300 random trees, one leaf and several at once: every reachable target hit at 1e-9, every unreachable "
    "one refused with the best reach; no grid of choices finds less total effort, 1e-6"
)
TREES = 300


def run() -> dict[str, object]:
    """Asks each leaf of each unit of every tree, and some leaves together, for one target."""
    figures: dict[str, object] = {"trees": TREES}
    for name, test, least in (("one leaf", test_seeking, 1000), ("several", test_together, 100)):
        counts = [test.tried(seed) for seed in range(TREES)]
        hits, refused = (sum(side) for side in zip(*counts, strict=True))
        assert min(hits, refused) > least, (name, hits, refused)
        figures[f"{name}: targets hit"], figures[f"{name}: refused"] = hits, refused
    gaps = [gap for seed in range(TREES) if (gap := test_together.dearer(seed)) is not None]
    assert max(gaps) < 1e-6, max(gaps)
    return figures | {"wrong": 0, "grids": len(gaps), "dearer than the best of a grid by, at most": f"{max(gaps):.0e}"}
