"""Goal-seek of one leaf on random trees."""

from tests.test_seeking import tried

LINE = (
    "Goal-seek, 300 random trees, one leaf at a time: every reachable target hit at 1e-9, every unreachable one "
    "refused with the best reach"
)
TREES = 300


def run() -> dict[str, object]:
    """Asks each leaf of each unit of every tree for one target."""
    counts = [tried(seed) for seed in range(TREES)]
    hits, refused = (sum(side) for side in zip(*counts, strict=True))
    assert min(hits, refused) > 1000, (hits, refused)
    return {"trees": TREES, "targets hit": hits, "refused": refused, "wrong": 0}
