"""The picture of the sample institution: healths, status, reasons, history."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from metrics import picture as pictures
from metrics import targets
from metrics.errors import EvenkeelError
from metrics.picture import Picture, live_data, picture, quarter_before
from metrics.policy import load
from metrics.score import normalise, score_leaves
from metrics.store import Store
from tests.fresh import open_copy
from tests.records import land, loan, opened


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample institution, built as the app builds it."""
    found = open_copy(tmp_path_factory.mktemp("sample"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def shown(store: Store) -> Picture:
    """Its newest picture under equal weights."""
    return picture(store.cursor(), load("equal"))


def test_every_branch_has_a_balance_though_the_ledger_is_not_split(shown: Picture) -> None:
    assert sum(unit.balance is not None for unit in shown.units) == 12


def test_only_leaves_with_a_meaning_for_a_branch_count(shown: Picture) -> None:
    assert (shown.leaves["financial"], shown.only_institution) == (4, 4)


def test_status_is_the_worst_of_the_three_healths(shown: Picture) -> None:
    kolo = next(unit for unit in shown.units if unit.id == "kolo")
    assert kolo.balance is not None and kolo.balance >= 50
    assert (kolo.status, kolo.cause, kolo.missed) == ("critical", "social", True)


def test_units_that_need_action_come_first_and_the_worst_leads(shown: Picture) -> None:
    order = [unit.status for unit in shown.units]
    assert order == sorted(order, key=["critical", "below", "within", "none"].index)


def test_the_first_driver_of_a_failing_pillar_broke_its_limit(shown: Picture) -> None:
    acting = [unit for unit in shown.units if unit.status in ("below", "critical")]
    assert acting and all(unit.drivers[0].level for unit in acting)


def test_the_run_of_needing_action_starts_after_a_date_without(shown: Picture, store: Store) -> None:
    unit = next(unit for unit in shown.units if unit.since and unit.since > shown.periods[0])
    before = shown.periods[shown.periods.index(unit.since) - 1]
    earlier = picture(store.cursor(), load("equal"), before)
    assert next(u for u in earlier.units if u.id == unit.id).status == "within"


def test_the_change_since_a_quarter_before_is_that_of_the_earlier_picture(shown: Picture, store: Store) -> None:
    earlier = picture(store.cursor(), load("equal"), shown.before_period)
    then = {unit.id: unit.balance for unit in earlier.units}
    assert all(unit.before is not None and unit.before[2] == then[unit.id] for unit in shown.units)


def test_the_social_share_moves_the_balance_between_the_healths(store: Store) -> None:
    ends = [picture(store.cursor(), load("equal").with_social(share)) for share in (0, 100)]
    for unit in ends[0].units:
        assert unit.balance == pytest.approx(unit.financial)
    for unit in ends[1].units:
        assert unit.balance == pytest.approx(unit.social)


def test_no_weight_hides_a_breach(store: Store) -> None:
    counts = set()
    for share in (0, 30, 70, 100):
        units = picture(store.cursor(), load("equal").with_social(share)).units
        counts.add(frozenset(unit.id for unit in units if unit.status in ("below", "critical")))
    assert all({"kolo", "doukoro", "tensa", "baro"} <= found for found in counts)


def test_a_filter_on_a_product_leaves_the_ledger_out(store: Store) -> None:
    products = [row[0] for row in store.cursor().execute("SELECT product_id FROM v_products").fetchall()]
    shown = picture(store.cursor(), load("equal"), where=[("product", products[:1])])
    assert not any(driver.indicator == "oss" for driver in shown.whole.drivers)


def test_live_data_is_json_and_holds_the_leaf_scores(shown: Picture) -> None:
    data = json.loads(json.dumps(live_data(shown, "fr")))
    first = data["units"][0]
    row = shown.scores.z[shown.scored.index(first["id"])]
    assert first["leaves"] == [None if np.isnan(z) else z for z in row]


def test_live_data_holds_the_survey_intervals_of_leaves_around_their_scores(shown: Picture) -> None:
    units = live_data(shown, "en")["units"]
    spans = [(unit["leaves"][leaf], low, high) for unit in units for leaf, low, high in unit["spans"]]
    assert spans
    assert all(low <= z <= high for z, low, high in spans)


def test_a_date_without_data_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="2026-09-30"):
        picture(store.cursor(), load("equal"), date(2030, 1, 31))


def test_a_quarter_before_is_three_months_of_the_calendar() -> None:
    days = [date(2025, 11, 30), date(2025, 12, 31), date(2026, 3, 15), date(2026, 3, 31)]
    assert (quarter_before(days, date(2026, 2, 28)), quarter_before(days, date(2026, 6, 30))) == (days[0], days[3])


def test_limits_that_the_board_approved_go_before_defaults(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan(str(i), days_past_due=45 * (i == 0)) for i in range(20)])
    limit = {"indicator_id": "par30", "scope": "institution", "amber": 0.02, "red": 0.04, "valid_from": "2026-01-01"}
    land(store, targets_limits=[{**limit, "approved_by": "Board"}])
    shown = picture(store.cursor(), load("first_look"))
    assert shown.limits_approved == 1
    assert next(d for d in shown.units[0].drivers if d.indicator == "par30").level == "red"


def test_a_branch_of_few_clients_is_too_few_and_never_ranked(tmp_path: Path) -> None:
    book = [loan(str(i)) for i in range(20)] + [loan("s", branch_id="south")]
    unit = next(u for u in picture(opened(tmp_path, loans=book).cursor(), load("equal")).units if u.id == "south")
    assert (unit.too_few, unit.rank, unit.balance) == (True, None, None)


def test_without_social_data_there_is_no_balance(tmp_path: Path) -> None:
    book = [loan(str(i), is_renegotiated=False) for i in range(20)]
    unit = picture(opened(tmp_path, loans=book).cursor(), load("first_look")).units[0]
    assert unit.financial is not None and unit.social is None and unit.balance is None


def test_presets_are_shipped_policies() -> None:
    assert all(load(name).title for name in pictures.PRESETS)


def test_filters_that_leave_nothing_are_a_sentence(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="Widen"):
        picture(store.cursor(), load("equal"), where=[("branch", ["kolo"]), ("gender", ["nobody"])])


def test_what_would_bring_a_branch_back_within_its_limit_does(shown: Picture) -> None:
    policy = shown.scores.policy
    column = {leaf.indicator: place for place, leaf in enumerate(policy.leaves)}
    told = 0
    for unit in shown.units:
        found = targets.ways(shown, unit)
        assert (found is None) == (unit.status not in ("below", "critical"))
        for way in found.ways if found else ():
            leaf, z = policy.leaves[column[way.indicator]], shown.scores.z[[shown.scored.index(unit.id)]]
            now, then = (normalise(value, leaf.goalposts, leaf.transform) for value in (way.before, way.after))
            assert float(now) == pytest.approx(z[0, column[way.indicator]])
            assert way.points == pytest.approx(100 * float(then - now))
            z[0, column[way.indicator]] = then
            lifted = 100 * score_leaves(z, policy).node(targets.NODES[found.health])[0]
            assert lifted == pytest.approx(found.limit, abs=1e-6)
            told += 1
    assert told >= 4


def test_where_no_single_indicator_is_enough_the_furthest_is_named(shown: Picture) -> None:
    lofty = replace(shown, scores=replace(shown.scores, policy=replace(shown.scores.policy, health_limit=99.5)))
    found = targets.ways(lofty, next(unit for unit in shown.units if unit.id == "kolo"))
    assert found and found.ways == () and found.furthest
    assert found.furthest[1] < 99.5
