"""Contributions, and the split of a change into data, weights and goalposts, on random trees."""

from tests.test_parted import tried

LINE = (
    "Contributions and the split of a change into data, weights and goalposts, 300 random trees: they sum to the "
    "displayed change, 1e-12"
)
TREES = 300


def run() -> dict[str, object]:
    """Splits ten units' scores, and their changes under other weights, goalposts, formulas and data, in every tree."""
    counts, gaps = zip(*[tried(seed) for seed in range(TREES)], strict=True)
    assert max(gaps) < 1e-12 and sum(counts) > 5 * TREES, (max(gaps), sum(counts))
    return {"trees": TREES, "changes split": sum(counts), "greatest difference": f"{max(gaps):.1e}"}
