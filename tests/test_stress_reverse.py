"""The reverse test: what each shock alone breaks first, confirmed by computing it again with whole scenarios."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.policy import load
from metrics.store import Store
from metrics.stress import library
from metrics.stress.kinds import SHOCKS
from metrics.stress.reverse import LOSS, ROUNDS, STEPS, Break, reverse
from metrics.stress.run import run
from metrics.stress.telling import breaks
from tests import records, stressing

EXACT = 1 / STEPS**ROUNDS  # of a shock's range


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(stressing.small(tmp_path_factory.mktemp("small"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(store: Store) -> dict[str, Break]:
    return {one.shock: one for one in reverse(store.cursor(), load("equal"))}


@pytest.fixture(scope="module")
def cash(store: Store) -> dict[str, Break]:
    return {one.shock: one for one in reverse(store.cursor(), load("equal"), goal="cash")}


def test_just_below_nothing_breaks_and_just_above_what_was_found_does(store: Store, found: dict[str, Break]) -> None:
    asked = [one for one in found.values() if one.size is not None]
    assert len(asked) >= 6
    tried = stressing.confirmed(store, asked)
    assert {name: below for name, (below, _) in tried.items()} == {one.shock: set() for one in asked}
    assert all({hit.indicator or hit.node for hit in one.hits} <= tried[one.shock][1] for one in asked)


def test_the_smallest_size_is_known_to_a_step_of_a_step_of_a_step(found: dict[str, Break]) -> None:
    for one in (one for one in found.values() if one.size is not None):
        shock = SHOCKS[one.shock]
        assert 0 < one.size - one.safe <= EXACT * (shock.high - shock.neutral) * (1 + 1e-9)


def test_months_without_collections_until_cash_lasts_a_month_are_those_of_the_hand(cash: dict[str, Break]) -> None:
    # Cash lasts 600 / A_DAY days and loses a month with each; red below 30 days.
    by_hand = (600 / stressing.A_DAY - 30) / stressing.MONTH
    one = cash["standstill"]
    assert one.safe - 1e-9 <= by_hand <= float(one.size or 0) + 1e-9


def test_revenue_lost_until_cash_lasts_a_month_is_that_of_the_hand(cash: dict[str, Break]) -> None:
    # A year's revenue is 1,200; cash may fall from 600 to 30 days of costs and debts.
    by_hand = (600 - 30 * stressing.A_DAY) / 1200
    one = cash["revenue"]
    assert one.safe - 1e-9 <= by_hand <= float(one.size or 0) + 1e-9


def test_a_shock_that_does_not_bear_on_the_goal_breaks_nothing(cash: dict[str, Break]) -> None:
    assert (cash["complaints"].size, cash["complaints"].safe) == (None, SHOCKS["complaints"].high)


def test_the_shock_that_goes_least_far_through_its_range_stands_first(found: dict[str, Break]) -> None:
    far = [one.far for one in found.values()]
    assert far == sorted(far)


def test_a_limit_broken_already_is_not_broken_by_a_shock(found: dict[str, Break]) -> None:
    # Half of the complaints are answered in time: red before any shock.
    broken = {hit.indicator for one in found.values() for hit in one.hits}
    assert "complaints_resolved_on_time" not in broken


def test_a_hard_cap_of_one_branch_breaks_before_the_institution_does(tmp_path: Path, store: Store) -> None:
    policy = replace(load("equal"), caps=("par30",))
    late = next(one for one in reverse(store.cursor(), policy, goal="caps") if one.shock == "late")
    # North has 100 of 1,000 late, exactly the limit of 10 %: the first step breaks it there, not in the institution.
    assert [(hit.unit, hit.cap) for hit in late.hits] == [("North", True)]


def test_without_its_data_a_shock_says_what_would_enable_it(tmp_path: Path) -> None:
    loans = {"loans": stressing.tables()["loans"]}
    with closing(records.opened(tmp_path, **loans)) as less:
        told = {one.shock: one for one in reverse(less.cursor(), load("equal"), goal="cash")}
    assert told["funder"].needs == "debt_schedule.lender"
    assert "debt_schedule.lender" in breaks("en", told["funder"], str, "")[2]


def test_loans_that_fall_behind_cost_what_is_said(store: Store) -> None:
    # 0.15 of the newly late principal comes off equity: 0.2 x 1,400 x 0.15 = 42.
    shocks = replace(library.scenario("rate_cap"), sizes={"late": 0.2, "loss": LOSS})
    outcome = run(store.cursor(), load("equal"), [shocks])[0]
    assert next(one.after for one in outcome.facts if one.name == "equity") == pytest.approx(1050 - 42)
