"""The finding of a waterfall on random policies and states: every number is recomputed, ties are told together."""

from tests.test_waterfall import tried

LINE = (
    "Why: on 300 random policies and pairs of states, in each health and both languages, the steps add up to the "
    "change as shown, every number of the sentence is recomputed from the data and equal, ties are told together"
)
SEEDS = 300


def run() -> dict[str, object]:
    """Tries each seed once."""
    sentences = sum(tried(seed) for seed in range(SEEDS))
    assert sentences > 1000, sentences
    return {"policies": SEEDS, "sentences": sentences, "wrong": 0}
