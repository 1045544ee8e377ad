"""What a pack keeps back cannot be worked out from it, nor from it and the packs before it."""

import pytest

from metrics.packs import keeping
from metrics.privacy import suppress
from tests.packs import attack


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 12))])
def test_nothing_that_is_kept_back_can_be_told(seed: int) -> None:
    truth, packs, threshold = attack.random_packs(seed)
    recovered, close, few = attack.told(truth, packs, threshold)
    assert (recovered, close) == (0, 0), few


def test_without_the_complements_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "hidden", lambda counts, threshold, known=(), guarded=(): suppress.few(counts, threshold))
    found = [attack.told(*attack.random_packs(seed)) for seed in (0, 1, 2)]
    assert sum(recovered for recovered, *_ in found) > 0, found
