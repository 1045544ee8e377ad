"""The limits of speed of what the weights decide."""

from tests.prove.speed import timed

LINE = (
    "`make bench`, balance: flips, safe ranges and acceptability of 1,000 units under 50 ms; goal-seek over all leaves "
    "of a unit under 10 ms; 1,000 x (6 + 2) Sobol runs on 51 x 49 under 1 s; beside pandas and a naive sweep"
)


def run() -> dict[str, object]:
    """Runs the benches of the balance and holds each figure to its limit."""
    return timed("balance", "sobol")
