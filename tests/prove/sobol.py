"""Parts of a variance against closed forms, and runs of the scoring against the policy rewritten."""

import numpy as np

from metrics.sobol import decides
from tests.test_robustness import disagreement
from tests.test_sobol import EACH, covered, errors, ishigami

LINE = (
    "Sobol: Ishigami's closed form met within 0.01 at 65,536 draws, 90 % intervals hold the true index in 85 to 99 % "
    "of cases; runs of 500 random scorings equal the policy with their choices written in, 1e-12"
)
CASES, REPEATS = 500, 100


def run() -> dict[str, object]:
    """Estimates, intervals over many seeds, and the batch scoring."""
    first, total = errors(decides(ishigami, EACH, 2**16, seed=1))
    assert max(first, total) < 0.01, (first, total)
    held = np.array([covered(decides(ishigami, EACH, 1_000, seed)) for seed in range(REPEATS)])
    # The last total aside, whose samples are few and far: each index is held about as often as said.
    part = float(held.mean())
    assert 0.85 <= part <= 0.99, held.mean(axis=0)
    found = [disagreement(seed) for seed in range(CASES)]
    worst, figures = max(difference for difference, _ in found), sum(count for _, count in found)
    assert worst < 1e-12, worst
    return {
        "error of first-order and total indices": f"{first:.4f}, {total:.4f}", "true index held": f"{part:.0%}",
        "balances compared": figures, "greatest difference": f"{worst:.1e}",
    }  # fmt: skip
