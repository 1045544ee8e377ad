"""How figures move: changes by month, quarter and year, vintages, roll rates, and years that are not whole."""

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from metrics import catalogue, history, measures
from metrics.errors import UsageError
from metrics.store import Scope, Store
from tests.records import DAY, Row, found, land, loan, opened

AUGUST = date(2026, 8, 31)
ENDS = [date(day.year, day.month, day.day) for day in pd.date_range("2025-09-30", DAY, freq="ME")]


def frame(*rows: tuple[date, float], unit: str = "north") -> pd.DataFrame:
    """Values of one indicator of one unit."""
    return pd.DataFrame([{"period": day, "unit": unit, "indicator": "par30", "value": value} for day, value in rows])


def change(span: str, *rows: tuple[date, float], start: int = 1) -> float:
    """What changed up to the last date given."""
    return float(history.changes(frame(*rows), start)[span].iloc[-1])


@pytest.mark.parametrize(
    ("span", "before"),
    [("month", AUGUST), ("quarter", date(2026, 6, 30)), ("year", ENDS[0]), ("fiscal_year", ENDS[3])],
)
def test_a_change_is_against_the_month_end_of_its_span(span: str, before: date) -> None:
    assert change(span, (before, 0.04), (DAY, 0.05)) == pytest.approx(0.01)


@pytest.mark.parametrize("span", ["month", "quarter", "year", "fiscal_year"])
def test_trap_a_missing_month_is_missing_and_never_the_nearest(span: str) -> None:
    others = [date(2025, 8, 31), date(2025, 10, 31), date(2025, 11, 30), date(2026, 5, 31), date(2026, 7, 31)]
    assert math.isnan(change(span, *((day, 0.04) for day in others), (DAY, 0.05)))


@pytest.mark.parametrize(("start", "before"), [(1, ENDS[3]), (7, date(2026, 6, 30)), (10, ENDS[0])])
def test_trap_the_fiscal_year_begins_when_the_setting_says(start: int, before: date) -> None:
    rows = [(day, float(place)) for place, day in enumerate(ENDS)]
    assert change("fiscal_year", *rows, start=start) == len(ENDS) - 1 - ENDS.index(before)


def test_of_several_snapshots_in_a_month_the_last_is_its_month_end() -> None:
    rows = [(date(2026, 8, 10), 0.9), (AUGUST, 0.04), (date(2026, 8, 20), 0.8), (DAY, 0.05)]
    assert change("month", *rows) == pytest.approx(0.01)


def test_units_are_not_mixed_and_an_unknown_value_stays_unknown() -> None:
    two = pd.concat([frame((AUGUST, 0.04), (DAY, 0.05)), frame((AUGUST, math.nan), (DAY, 0.07), unit="south")])
    last = history.changes(two.reset_index(drop=True)).set_index(["unit", "period"])["month"]
    assert last["north", DAY] == pytest.approx(0.01) and math.isnan(last["south", DAY])


def test_order_of_rows_is_kept() -> None:
    assert history.changes(frame((DAY, 0.05), (AUGUST, 0.04)))["value"].tolist() == [0.05, 0.04]


def lent(loan_id: str, as_of: date, principal: float, late: int = 0, **other: object) -> Row:
    given = {"disbursed_on": date(2026, 7, 3), "disbursed_amount": 100}
    return loan(loan_id, principal, as_of=as_of, days_past_due=late, **{**given, **other})


JULY = date(2026, 7, 31)


def cohort(folder: Path) -> Store:
    """Two loans of July followed for two months; an old loan, and one of the group written off in September."""
    rows = [
        lent("a", JULY, 100), lent("b", JULY, 100), lent("old", JULY, 50, disbursed_on=date(2026, 6, 3)),
        lent("a", AUGUST, 80), lent("b", AUGUST, 100, 31), lent("a", DAY, 60),
        lent("b", DAY, 0, status="written_off", written_off_on=date(2026, 9, 9), written_off_amount=100),
        lent("c", DAY, 100, disbursed_on=date(2026, 9, 2)),
    ]  # fmt: skip
    return opened(folder, loans=rows)


def test_a_vintage_is_followed_from_its_month_of_disbursement(tmp_path: Path) -> None:
    found = history.vintages(cohort(tmp_path).cursor())
    july = found[found["vintage"] == "2026-07-01"]
    assert july["months_on_book"].tolist() == [0, 1, 2]
    assert july[["loans", "disbursed", "outstanding", "late"]].values.tolist() == [
        [2, 200, 200, 0], [2, 200, 180, 100], [2, 200, 60, 0],
    ]  # fmt: skip
    assert july["par"].tolist() == pytest.approx([0, 100 / 180, 0])


def test_trap_a_vintage_shows_what_was_written_off_beside_its_falling_par(tmp_path: Path) -> None:
    found = history.vintages(cohort(tmp_path).cursor())
    assert found[found["vintage"] == "2026-07-01"]["written_off"].tolist() == [0, 0, 100]


def test_loans_from_before_the_first_snapshot_make_no_vintage(tmp_path: Path) -> None:
    found = history.vintages(cohort(tmp_path).cursor(), months=1)
    assert sorted(found["vintage"].dt.month.unique()) == [7, 9]
    assert found["months_on_book"].max() == 1


def test_a_small_part_of_an_institution_is_kept_back(tmp_path: Path) -> None:
    store = cohort(tmp_path)
    whole = history.vintages(store.cursor())
    parts = [
        history.vintages(store.cursor(), where=[("branch", ["north"])]),
        history.vintages(store.cursor(Scope(branches=("north",)))),
    ]
    assert whole["par"].notna().all()
    assert all(part["par"].isna().all() and part["loans"].tolist() == whole["loans"].tolist() for part in parts)


def moved(folder: Path) -> Store:
    """Loans that stay, fall late, are cured, repaid, gone, written off and new between August and September."""
    before = {"stay": 0, "late": 0, "cured": 45, "repaid": 10, "gone": 0, "lost": 200, "unsaid": None}
    after = [
        lent("stay", DAY, 90), lent("late", DAY, 100, 12), lent("cured", DAY, 80), lent("repaid", DAY, 0),
        lent("lost", DAY, 0, status="written_off"), lent("new", DAY, 500), lent("unsaid", DAY, 100),
    ]  # fmt: skip
    rows = [lent(name, AUGUST, 100, days) for name, days in before.items()]  # type: ignore[arg-type]
    return opened(folder, loans=[*rows, *after])


def test_roll_rates_follow_the_principal_of_the_month_before(tmp_path: Path) -> None:
    found = history.roll_rates(moved(tmp_path).cursor(), DAY)
    pairs = {(one, other): (principal, share) for one, other, _, principal, share in found.values.tolist()}
    third = pytest.approx(1 / 3)
    assert pairs == {
        ("current", "current"): (100, third), ("current", "1_30"): (100, third), ("current", "paid"): (100, third),
        ("1_30", "paid"): (100, 1), ("31_60", "current"): (100, 1), ("over_180", "written_off"): (100, 1),
        ("unknown", "current"): (100, 1),
    }  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, "current"), (1, "1_30"), (30, "1_30"), (31, "31_60"), (60, "31_60"), (61, "61_90"), (90, "61_90"),
     (91, "91_180"), (180, "91_180"), (181, "over_180")],
)  # fmt: skip
def test_a_loan_at_the_edge_of_a_bucket_is_inside_it(tmp_path: Path, days: int, bucket: str) -> None:
    store = opened(tmp_path, loans=[lent("a", AUGUST, 100), lent("a", DAY, 100, days)])
    assert history.roll_rates(store.cursor(), DAY)["bucket_to"].tolist() == [bucket]


def test_a_loan_that_left_the_book_by_write_off_is_not_paid(tmp_path: Path) -> None:
    lost = [{"txn_id": "w", "loan_id": "a", "txn_on": date(2026, 9, 9), "txn_type": "write_off", "amount": 100}]
    store = opened(tmp_path, loans=[lent("a", AUGUST, 100, 200), lent("b", DAY, 1)], loan_transactions=lost)
    assert history.roll_rates(store.cursor(), DAY)["bucket_to"].tolist() == ["written_off"]


def test_without_the_month_before_there_are_no_roll_rates(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[lent("a", JULY, 100), lent("a", DAY, 100)])
    assert history.roll_rates(store.cursor(), DAY).empty


def test_roll_rates_of_a_small_branch_are_kept_back_and_a_wrong_filter_is_named(tmp_path: Path) -> None:
    cursor = moved(tmp_path).cursor()
    assert history.roll_rates(cursor, DAY, [("branch_id", ["north"])])["share"].isna().all()
    with pytest.raises(UsageError):
        history.roll_rates(cursor, DAY, [("gender", ["F"])])


def books(*days: date) -> list[Row]:
    """Ten loans of 100 at each of some month-ends."""
    return [loan(str(i), as_of=day, cycle_no=2, disbursed_on=date(2025, 1, 5)) for day in days for i in range(10)]


def test_trap_without_the_13th_month_end_a_change_over_the_year_is_not_available(tmp_path: Path) -> None:
    new = loan("new", cycle_no=1, disbursed_on=DAY)
    whole, short = (opened(tmp_path / str(n), loans=[*books(*ENDS[-n:]), new]) for n in (13, 12))
    assert found(whole, "retention_rate", "institution")["own"] == (1.0, "ok")
    status = found(short, "retention_rate", "institution")["own"][1]
    assert status == "not_available: needs loans.principal_outstanding 12 months earlier"


def written_off(*days: date) -> list[Row]:
    given = {"branch_id": "north", "txn_type": "write_off", "amount": 10}
    return [{"txn_id": str(day), "txn_on": day, **given} for day in days]


@pytest.mark.many
@pytest.mark.parametrize(("days", "months"), [(ENDS[1:], 12), (ENDS[1:-1], 11), (ENDS[:-1], 11), (ENDS[4:-1], 8)])
def test_trap_a_flow_table_that_ends_a_month_before_the_stock_is_annualised_by_its_months(
    tmp_path: Path, days: list[date], months: int
) -> None:
    store = opened(tmp_path, loans=books(*ENDS), loan_transactions=written_off(*days))
    assert found(store, "write_off_ratio")["north"] == (pytest.approx(0.12), "ok")
    indicator = catalogue.indicators()["write_off_ratio"]
    assert history.covered(store.cursor(), indicator, DAY) == months


def test_a_year_that_is_not_whole_is_said() -> None:
    assert history.covered_text("en", 11) == "from 11 months of the last 12, annualised"
    assert history.covered_text("fr", 1).startswith("sur 1 mois")
    assert [history.covered_text("en", months) for months in (12, None)] == ["", ""]


def test_a_value_without_flows_covers_no_months(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=books(*ENDS))
    assert history.covered(store.cursor(), catalogue.indicators()["par30"], DAY) is None


def merging(folder: Path, **branch: object) -> Store:
    """South is merged into north on 1 March 2026: its ten loans are north's from then on."""
    rows = [
        loan(f"{name}{i}", as_of=day, branch_id="south" if name == "s" and day < date(2026, 3, 1) else "north")
        for day in ENDS for name in "ns" for i in range(10)
    ]  # fmt: skip
    given = {"merged_into": "north", "merged_on": date(2026, 3, 1), **branch}
    places = [{"branch_id": "north", "branch_name": "N"}, {"branch_id": "south", "branch_name": "S", **given}]
    return opened(folder, loans=rows, branches=places)


def portfolio(store: Store, scope: Scope | None = None) -> dict[str, list[float]]:
    """Portfolio of each branch at every month-end, as readers see it."""
    rows = store.cursor(scope).execute(
        "SELECT branch_id, period, sum(glp) FROM v_m_portfolio WHERE cut = 'main' GROUP BY ALL ORDER BY period"
    )
    seen: dict[str, list[float]] = {}
    for branch, _, glp in rows.fetchall():
        seen.setdefault(branch, []).append(glp)
    return seen


def test_trap_a_merged_branch_is_shown_under_its_successor_in_all_months_and_counted_once(tmp_path: Path) -> None:
    assert portfolio(merging(tmp_path)) == {"north": [2000.0] * 13}


def test_trap_growth_does_not_jump_by_a_merger(tmp_path: Path) -> None:
    rows = merging(tmp_path).cursor().execute(
        """SELECT branch_id, sum(glp) - sum(start_active_borrowers) * 100 FROM v_m_portfolio_12m
        WHERE cut = 'main' AND period = ? GROUP BY branch_id""",
        [DAY],
    )
    assert rows.fetchall() == [("north", 0.0)]


def test_the_merged_branch_is_listed_nowhere_and_its_successor_keeps_its_customers(tmp_path: Path) -> None:
    store = merging(tmp_path)
    assert found(store, "retention_rate", retention="iris") == {"north": (1.0, "ok")}
    assert found(store, "par30") == {"north": (0.0, "ok")}


def test_a_reader_of_the_successor_sees_the_whole_and_of_another_branch_nothing(tmp_path: Path) -> None:
    store = merging(tmp_path)
    assert portfolio(store, Scope(branches=("north",))) == {"north": [2000.0] * 13}
    assert portfolio(store, Scope(branches=("east",))) == {}


def test_a_merger_that_lies_ahead_or_goes_in_a_circle_changes_nothing(tmp_path: Path) -> None:
    ahead = merging(tmp_path / "ahead", merged_on=date(2027, 1, 1))
    assert ahead.cursor().execute("SELECT count(DISTINCT branch_id) FROM v_m_portfolio").fetchall() == [(2,)]
    circle = merging(tmp_path / "circle")
    back = {"branch_id": "north", "branch_name": "N", "merged_into": "south"}
    land(circle, branches=[back])
    assert portfolio(circle).keys() == {"north", "south"}


def test_a_merger_of_a_merged_branch_leads_to_the_last(tmp_path: Path) -> None:
    store = merging(tmp_path)
    land(store, branches=[{"branch_id": "north", "branch_name": "N", "merged_into": "east"}])
    assert portfolio(store).keys() == {"east"}


def test_undoing_the_batch_undoes_the_merger(tmp_path: Path) -> None:
    store = merging(tmp_path, merged_into=None)
    batch = land(store, branches=[{"branch_id": "south", "branch_name": "S", "merged_into": "north"}])
    assert portfolio(store).keys() == {"north"}
    store.rollback(batch, after=measures.build)
    assert portfolio(store).keys() == {"north", "south"}


def test_trap_a_branch_that_is_renamed_keeps_its_history(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=books(*ENDS), branches=[{"branch_id": "north", "branch_name": "North"}])
    land(store, branches=[{"branch_id": "north", "branch_name": "Old harbour"}])
    assert found(store, "retention_rate")["north"] == (1.0, "ok")
    assert portfolio(store) == {"north": [1000.0] * 13}
