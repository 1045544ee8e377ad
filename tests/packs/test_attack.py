"""What a pack keeps back cannot be worked out from it, nor from it and the packs before it."""

import pytest

from metrics.packs import keeping
from metrics.packs.keeping import Counts
from metrics.privacy import suppress
from metrics.privacy.suppress import Place
from tests.packs import attack

pytestmark = pytest.mark.full  # the line of suppression attacks fifty packs


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 12))])
def test_nothing_that_is_kept_back_can_be_told(seed: int) -> None:
    truth, packs, threshold = attack.random_packs(seed)
    recovered, close, few, _ = attack.told(truth, packs, threshold)
    assert (recovered, close) == (0, 0), few


def test_without_the_complements_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    def few_alone(counts: Counts, threshold: int, known: object = (), guarded: object = ()) -> set[Place]:
        return suppress.few(counts, threshold)

    monkeypatch.setattr(keeping, "hidden", few_alone)
    recovered, _, few, _ = attack.told(*attack.random_packs(1))
    assert recovered > 0, few
