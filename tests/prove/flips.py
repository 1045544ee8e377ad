"""The social shares at which two units swap, by formula and by trying 401 shares."""

import numpy as np

from metrics.balance import balance, flips

LINE = "Flips by formula against a sweep on 500 random cases: 0 disagree"
SHARES = np.linspace(0, 100, 401)
EXPONENTS = (-8.0, -1.0, -0.3, 0.0, 0.5, 1.0, 2.0, 6.0)


def run(count: int = 500) -> dict[str, object]:
    """Compares every pair of units of every case."""
    rng = np.random.default_rng(2026)
    pairs = swaps = disagree = 0
    for _ in range(count):
        exponent, epsilon = float(rng.choice(EXPONENTS)), float(rng.choice([0.01, 0.1, 0.5]))
        financial, social = rng.random((2, int(rng.integers(2, 9))))
        one, other, share = flips(financial, social, exponent, epsilon)
        formula = {(min(i, j), max(i, j)): s for i, j, s in zip(one, other, share, strict=True)}
        swept = sweep(financial, social, exponent, epsilon)
        pairs += len(financial) * (len(financial) - 1) // 2
        swaps += len(formula)
        disagree += len(formula.keys() ^ swept.keys())
        disagree += sum(abs(formula[pair] - swept[pair]) > 0.1251 for pair in formula.keys() & swept.keys())
    assert not disagree, disagree
    return {"cases": count, "pairs": pairs, "swaps": swaps, "disagree": disagree}


def sweep(financial: np.ndarray, social: np.ndarray, exponent: float, epsilon: float) -> dict[tuple[int, int], float]:
    """The pairs whose order at a social share of 0 is not that at 100, and the middle of the step where it turns."""
    table = np.array([balance(financial, social, share, exponent, epsilon) for share in SHARES])
    found = {}
    for i in range(len(financial)):
        for j in range(i + 1, len(financial)):
            ahead = np.sign(table[:, i] - table[:, j])
            if ahead[0] * ahead[-1] < 0:
                turn = int(np.argmax(ahead != ahead[0]))
                found[i, j] = float(SHARES[turn - 1] + SHARES[turn]) / 2
                assert np.all(ahead[turn + 1 :] == ahead[-1]), "a pair swaps more than once"
    return found
