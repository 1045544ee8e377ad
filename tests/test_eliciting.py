"""The question that sets the social share: at the share that an answer tells, both trades weigh the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from metrics import eliciting
from metrics.picture import Picture, picture
from metrics.policy import Policy, load
from metrics.score import score
from metrics.store import Store
from tests.fresh import sample


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picture]:
    """The sample's picture."""
    data: Path = tmp_path_factory.mktemp("eliciting")
    sample(data)
    store = Store.open(data, "sample")
    yield picture(store.cursor(), load("equal"))
    store.close()


def bent(policy: Policy, exponent: float) -> Policy:
    """The policy with another exponent at the root."""
    return replace(policy, nodes=(replace(policy.nodes[0], exponent=exponent), *policy.nodes[1:]))


def balance(shown: Picture, policy: Policy, indicator: str, value: float) -> float:
    """The whole's balance with another value of one indicator."""
    values = {driver.indicator: driver.value for driver in shown.whole.drivers} | {indicator: value}
    return float(score([[values[leaf.indicator] for leaf in policy.leaves]], policy).node("")[0])


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0])
def test_at_the_share_that_is_told_both_trades_weigh_the_same(shown: Picture, exponent: float) -> None:
    policy = bent(shown.policy, exponent)
    asked = eliciting.question(replace(shown, policy=policy))
    assert asked is not None and len(asked.answers) > 5
    for answer, share in zip(asked.answers, asked.shares, strict=True):
        told = policy.with_social(share)
        first, second = ((asked.financial, asked.after), (asked.social, answer))
        assert balance(shown, told, *first) == pytest.approx(balance(shown, told, *second), abs=1e-9)


def test_the_more_one_asks_for_the_less_the_social_side_weighs(shown: Picture) -> None:
    asked = eliciting.question(shown)
    assert asked is not None
    assert np.all(np.diff(asked.shares) < 0) and min(asked.shares) > 0 and max(asked.shares) < 100


def test_without_a_figure_on_one_side_there_is_no_question(shown: Picture) -> None:
    financial = tuple(driver for driver in shown.whole.drivers if driver.pillar == "financial")
    assert eliciting.question(replace(shown, whole=replace(shown.whole, drivers=financial))) is None
