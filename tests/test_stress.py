"""Stress tests: each scenario equals its calculation by hand, and nobody else sees anything of it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import catalogue, measures, records
from metrics.errors import EvenkeelError, UsageError
from metrics.picture import picture
from metrics.policy import load
from metrics.store import Scope, Store
from metrics.stress import cells, kept, library, moves
from metrics.stress.cells import Variant
from metrics.stress.kinds import SHOCKS
from metrics.stress.run import Outcome, districts, run
from metrics.stress.telling import fact, gap, headline, size
from metrics.words import LANGUAGES
from tests import records as building
from tests import stressing
from tests.records import DAY

HAND = [(name, figure) for name, figures in stressing.BY_HAND.items() for figure in figures]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(stressing.small(tmp_path_factory.mktemp("small"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def shipped(store: Store) -> dict[str, Outcome]:
    return stressing.shipped(store)


@pytest.mark.parametrize(("name", "figure"), HAND, ids=lambda part: part.replace(" ", "_"))
def test_a_scenario_equals_its_calculation_by_hand(shipped: dict[str, Outcome], name: str, figure: str) -> None:
    found = stressing.told(shipped[name])[figure]
    assert found == pytest.approx(stressing.BY_HAND[name][figure], abs=1e-9, rel=1e-12)


def test_every_shipped_scenario_is_worked_out_by_hand() -> None:
    assert stressing.BY_HAND.keys() == library.scenarios().keys()


def test_without_any_shock_the_picture_is_the_one_that_pages_show(store: Store) -> None:
    shown = picture(store.cursor(), load("equal")).whole
    calm = stressing.one(store, {}).after.whole
    assert (calm.financial, calm.social, calm.balance) == (shown.financial, shown.social, shown.balance)


def test_a_flood_leaves_the_other_branches_as_they_are(shipped: dict[str, Outcome]) -> None:
    outcome = shipped["flood"]
    south = [next(unit for unit in side.units if unit.id == "south") for side in (outcome.before, outcome.after)]
    assert south[0].drivers == south[1].drivers


def test_loans_that_fall_behind_count_as_loans_that_are_landed_late(store: Store, tmp_path: Path) -> None:
    tables = stressing.tables()
    late = [{**row, "days_past_due": 45} if row["branch_id"] == "south" else row for row in tables["loans"]]
    with closing(building.opened(tmp_path, **{**tables, "loans": late})) as other:
        landed = stressing.told(stressing.one(other, {}))
    shocked = stressing.told(stressing.one(store, {"late": 1.0}, days=45, branches=("south",)))
    read = [one.id for one in catalogue.indicators().values() if one.parts.keys() <= {"portfolio", "portfolio_12m"}]
    same = [name for name in read if name in landed]
    assert len(same) >= 10
    assert {name: shocked.get(name) for name in same} == pytest.approx({name: landed[name] for name in same})


@pytest.mark.full
def test_staff_who_leave_count_as_staff_who_are_no_more_there(store: Store, tmp_path: Path) -> None:
    tables = stressing.tables()
    # Of five in each branch one leaves, two of the four loan officers among them.
    there = [{**row, "left_on": DAY} if row["staff_id"] in ("p0", "p1") else row for row in tables["staff"]]
    with closing(building.opened(tmp_path, **{**tables, "staff": there})) as other:
        landed = stressing.told(stressing.one(other, {}))
    shocked = stressing.told(stressing.one(store, {"staff": 0.2}))
    assert shocked["staff_turnover"] == pytest.approx(landed["staff_turnover"])
    assert shocked["borrowers_per_staff"] == pytest.approx(landed["borrowers_per_staff"])


def test_losses_of_a_branch_stand_in_the_ledger_of_that_branch(tmp_path: Path) -> None:
    tables = stressing.tables()
    halves = [{**row, "branch_id": name, "account_code": f"{row['account_code']}-{name}", "amount": row["amount"] / 2}
              for row in tables["financials_monthly"] for name in ("north", "south")]  # fmt: skip
    with closing(building.opened(tmp_path, **{**tables, "financials_monthly": halves})) as split:
        outcome = stressing.one(split, {"late": 0.4, "loss": 0.3}, branches=("north",))
    # Half of each line is a branch's; north loses 0.3 of 360 newly late.
    assert stressing.told(outcome, "north")["oss"] == pytest.approx(50 / (5 + 108 + 25))
    assert stressing.told(outcome, "south")["oss"] == pytest.approx(50 / 30)


def test_another_reader_sees_nothing_of_a_shock_while_it_is_there(store: Store) -> None:
    sql = "SELECT sum(late_over_30) FROM v_m_portfolio WHERE cut = 'main'"
    with closing(store.cursor()) as cursor, closing(store.cursor()) as reader:
        found = cells.read(cursor, DAY, [Variant({}), Variant({"late": 1.0})], {"portfolio"})
        moves.apply(found)
        with cells.landed(cursor, found) as own:
            seen = [one.execute(sql).fetchall()[0][0] for one in (own, reader, cursor)]
    assert seen == [100 + 1500, 100, 100]


def test_a_shock_writes_nothing_down(store: Store) -> None:
    before = store.epoch
    stressing.one(store, {"late": 1.0, "loss": 1.0})
    assert store.epoch == before


@pytest.mark.many(2)
@pytest.mark.parametrize(
    ("table", "shock", "column"),
    [
        ("financials_monthly", "revenue", "financials_monthly.mapped_line"),
        ("debt_schedule", "funder", "debt_schedule.lender"),
        ("complaints", "complaints", "complaints.received_on"),
        ("staff", "staff", "staff.staff_id"),
    ],
)
def test_without_its_table_a_shock_says_what_would_enable_it(
    tmp_path: Path, table: str, shock: str, column: str
) -> None:
    with closing(stressing.small(tmp_path, table)) as less:
        outcome = stressing.one(less, {shock: 2.0 if shock == "complaints" else 0.5})
    assert column in " ".join(gap("en", one) for one in outcome.gaps)
    assert all(one.after is None for one in outcome.facts if one.needs)


def test_without_a_debt_schedule_cash_is_unknown_and_capital_is_not(tmp_path: Path) -> None:
    with closing(stressing.small(tmp_path, "debt_schedule")) as less:
        outcome = stressing.one(less, {"standstill": 3.0})
    told = {one.name: one.after for one in outcome.facts}
    assert told["runway"] is None
    assert told["cash"] is None
    assert told["equity"] == pytest.approx(1050 - 300)


def test_the_district_struck_is_that_of_the_largest_branch(store: Store) -> None:
    assert next(iter(districts(store.cursor()).values())) == ("north",)


def test_limits_broken_already_are_told_apart(shipped: dict[str, Outcome]) -> None:
    outcome = shipped["staff_exodus"]
    already = {one.indicator for one in outcome.broken if one.already and one.by == "institution"}
    assert "complaints_resolved_on_time" in already
    assert "par30" in {one.indicator for one in outcome.new}


def test_more_than_one_institution_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with closing(stressing.small(tmp_path)) as two:
        building.land(two, "other", institutions=[{"institution_name": "Other"}], loans=[building.loan("x")])
        with pytest.raises(EvenkeelError, match="one institution"):
            stressing.one(two, {"late": 0.1})


@pytest.mark.parametrize(("name", "near"), [("floods", "flood"), ("rate_caps", "rate_cap")])
def test_an_unknown_scenario_names_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f'Did you mean "{near}"'):
        library.scenario(name)


@pytest.mark.parametrize("sizes", [{"late": 1.1}, {"late": -0.1}, {"complaints": 0.5}, {"standstill": 13.0}])
def test_a_size_that_a_shock_cannot_have_is_refused(sizes: dict[str, float]) -> None:
    with pytest.raises(EvenkeelError, match="cannot have the size"):
        library.scenario("flood").sized(sizes)


def test_an_unknown_shock_names_the_nearest() -> None:
    with pytest.raises(UsageError, match='Did you mean "late"'):
        library.scenario("flood").sized({"lates": 0.1})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_consequence_and_gap_is_a_sentence(shipped: dict[str, Outcome], language: str) -> None:
    for outcome in shipped.values():
        texts = [headline(language, outcome, str), *(part for one in outcome.facts
                                                     for part in fact(language, one, "XOF"))]  # fmt: skip
        assert all(text and "{" not in text for text in texts)


def test_sizes_are_written_as_they_are_measured() -> None:
    assert [size("en", name, value) for name, value in (("late", 0.25), ("standstill", 1.0), ("complaints", 2.5))] == [
        "25\u202f%", "1 month", "2.5 times"
    ]  # fmt: skip


@given(
    parts=st.lists(st.floats(0, 1e6), min_size=6, max_size=6),
    share=st.floats(0, 1),
    days=st.sampled_from([1, 30, 31, 45, 90, 91, 180, 181, 300]),
)
def test_what_falls_behind_moves_between_buckets_and_none_is_lost(parts: list[float], share: float, days: int) -> None:
    frame = _cell(parts)
    after = moves.late(frame, np.array([share]), np.array([float(days)]))
    moved = sum(float(after[bucket][0]) for bucket in moves.BUCKETS)
    assert moved == pytest.approx(sum(parts), abs=1e-6)


@given(parts=st.lists(st.floats(0, 1e6), min_size=6, max_size=6), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_more_that_falls_behind_is_never_less_late(parts: list[float], shares: tuple[float, float]) -> None:
    frame = _cell(parts)
    low, high = (moves.late(frame, np.array([one]), np.array([60.0])) for one in sorted(shares))
    assert low["late_over_30"][0] <= high["late_over_30"][0] + 1e-6
    assert high["late_over_30"][0] <= sum(parts) + 1e-6


def _cell(parts: list[float]) -> pd.DataFrame:
    """One cell of a loan book with some principal in each bucket."""
    over_30 = sum(parts[2:])
    row = dict.fromkeys(measures.catalogue()["portfolio"].parts, 0.0)
    row |= dict(zip(moves.BUCKETS, parts, strict=True)) | {"glp": sum(parts), "late_from_1": sum(parts[1:])}
    row |= {"late_over_30": over_30, "late_from_30": over_30}
    return pd.DataFrame([{"variant": 0, "cut": "main", "branch_id": "north", **row}])


def test_a_scenario_is_kept_and_opened_as_it_was(tmp_path: Path) -> None:
    with closing(stressing.small(tmp_path)) as own:
        edited = replace(library.scenario("flood").sized({"late": 0.55}), days=91, branches=("south",))
        records.save(own, kept.SHOCK, "own-flood", kept.body(edited, "Flood of the south"), "Head of risk", "", 0)
        [record] = kept.listed(own.cursor())
    found = kept.opened(record)
    assert (found.sizes, found.days, found.branches) == (edited.sizes, 91, ("south",))
    assert found.text("fr", "title") == "Flood of the south"


@pytest.mark.many(2)
@pytest.mark.parametrize(
    "wrong", [{"sizes": {}}, {"sizes": {"late": 2.0}}, {"sizes": {"rain": 0.1}}, {"scenario": "rain"}, {"days": 0}]
)
def test_a_scenario_that_cannot_be_is_not_kept(tmp_path: Path, wrong: dict[str, object]) -> None:
    with closing(stressing.small(tmp_path, *stressing.tables().keys() - {"loans"})) as own:
        body = {**kept.body(library.scenario("flood"), "Flood"), **wrong}
        with pytest.raises(EvenkeelError):
            records.save(own, kept.SHOCK, "own-flood", body, "Head of risk", "", 0)


def test_every_shock_says_what_it_needs_of_the_measures() -> None:
    known = {name: set(one.parts) | {"months"} for name, one in measures.catalogue().items()}
    for shock in SHOCKS.values():
        assert all(part in known[relation.removesuffix("_12m")] for relation, part in shock.reads.values())


def test_each_shipped_scenario_moves_something(shipped: dict[str, Outcome]) -> None:
    assert {name for name, outcome in shipped.items() if outcome.facts} == library.scenarios().keys()


def test_a_reader_of_one_branch_sees_the_shock_on_that_branch_alone(store: Store) -> None:
    with closing(store.cursor(Scope(branches=("south",)))) as cursor:
        outcome = run(cursor, load("equal"), [replace(library.scenario("rate_cap"), sizes={"late": 0.5})])[0]
    assert [unit.id for unit in outcome.after.units] == ["south"]
    assert stressing.told(outcome)["par30"] == pytest.approx(0.5)
