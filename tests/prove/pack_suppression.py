"""Attack on what packs keep back, with and without the step that is to withstand it."""

from metrics.packs import keeping
from metrics.privacy import suppress
from tests.packs import attack

LINE = "suppression: an attack by linear programming on 50 random packs recovers nothing; without complements it does"
PACKS = 50


def run() -> dict[str, object]:
    """Attacks 50 packs, most with packs shown before them; then the same with the small cells alone kept back."""
    found = [attack.told(*attack.random_packs(seed)) for seed in range(PACKS)]
    recovered, close, few = (sum(one[place] for one in found) for place in range(3))
    closest = min(one[3] for one in found)
    assert few > 100, few
    # A total of fewer than the threshold that an earlier pack showed bounds its parts: that cannot be taken back.
    assert recovered == 0 and close <= few / 100 and closest >= 0.5, (recovered, close, few, closest)
    whole = keeping.hidden
    keeping.hidden = lambda counts, threshold, known=(), guarded=(): suppress.few(counts, threshold)  # type: ignore[assignment]
    try:
        bare = [attack.told(*attack.random_packs(seed)) for seed in range(10)]
    finally:
        keeping.hidden = whole
    broken = sum(one[0] for one in bare)
    assert broken > 0
    return {
        "packs": PACKS, "cells of few people": few, "recovered": recovered, "told within the threshold": close,
        "the closest of these, as a part of the threshold": round(closest, 2),
        "recovered without complements, 10 packs": f"{broken} of {sum(one[2] for one in bare)}",
    }  # fmt: skip
