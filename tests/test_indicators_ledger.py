"""Indicators from the ledger and from risk registers, each on a few rows that can be worked by hand."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests.records import DAY, Row, found, land, loan, opened

YEAR = [date(2025, 10, 31) + pd.offsets.MonthEnd(place) for place in range(12)]


def books(months: Iterable[date], **lines: float) -> list[Row]:
    """The same lines of the ledger in each month."""
    return [
        {"month": pd.Timestamp(month).date(), "account_code": line, "mapped_line": line, "amount": amount}
        for month in months
        for line, amount in lines.items()
    ]


def returned(**items: float) -> list[Row]:
    return [{"as_of": DAY, "item": item, "amount": amount} for item, amount in items.items()]


def one(store: Store, indicator: str, **settings: object) -> float:
    """The institution's value on the newest date; NaN where there is none."""
    return found(store, indicator, "institution", **settings)["own"][0]


def by_month(store: Store, indicator: str, **settings: object) -> dict[date, float]:
    frame = values(store.cursor(), {**SETTINGS, **settings}, "institution", indicators=[indicator])
    return dict(zip(frame["period"], frame["value"], strict=True))


HALF_YEAR = books(
    YEAR[6:], assets=1000, equity=400, liabilities=600, other_financial_revenue=30, financial_expense=5,
    net_impairment_loss=2, personnel_expense=8, administrative_expense=4, depreciation=1, tax=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(tmp_path_factory.mktemp("half_year"), financials_monthly=HALF_YEAR)
    yield store
    store.close()


def test_flows_of_half_a_year_are_brought_to_a_year(half_year: Store) -> None:
    assert one(half_year, "operating_expense_assets") == pytest.approx(6 * 13 / 1000 * 2)
    assert one(half_year, "roa") == pytest.approx(6 * (30 - 5 - 2 - 13 - 1) / 1000 * 2)


def test_flows_of_half_a_year_stay_as_they_are_where_the_setting_says_so(half_year: Store) -> None:
    assert one(half_year, "operating_expense_assets", annualised=False) == pytest.approx(6 * 13 / 1000)


def test_a_ratio_of_two_flows_is_the_same_for_half_a_year(half_year: Store) -> None:
    assert one(half_year, "oss") == one(half_year, "oss", annualised=False) == pytest.approx(30 / 20)


def test_depreciation_stands_among_administrative_expense(half_year: Store) -> None:
    assert one(half_year, "admin_expense_assets") == pytest.approx(6 * (4 + 1) / 1000 * 2)


def test_two_points_need_the_month_end_a_year_before(half_year: Store) -> None:
    assert math.isnan(one(half_year, "roa", two_point_averages=True))


@pytest.fixture(scope="module")
def over_indebted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An institution that owes more than it has."""
    store = opened(
        tmp_path_factory.mktemp("over_indebted"),
        financials_monthly=books(
            [date(2025, 9, 30), *YEAR], assets=1000, liabilities=1050, equity=-50, other_financial_revenue=5,
            financial_expense=4, net_impairment_loss=1, personnel_expense=5, tax=0,
        ),
        prudential=returned(assets_maturing_12m=100, liabilities_maturing_12m=300),
        currency_positions=[{"as_of": DAY, "currency": "EUR", "assets": 0, "liabilities": 10}],
    )  # fmt: skip
    yield store
    store.close()


@pytest.mark.parametrize("indicator", ["debt_to_equity", "roe", "debt_maturity_gap_12m", "open_fx_position"])
def test_over_negative_equity_there_is_no_figure_that_could_flatter(over_indebted: Store, indicator: str) -> None:
    value, status = found(over_indebted, indicator, "institution")["own"]
    assert math.isnan(value) and status == "not_available"


def test_negative_equity_itself_is_shown_as_it_is(over_indebted: Store) -> None:
    assert one(over_indebted, "capital_asset_ratio") == pytest.approx(-0.05)
    assert one(over_indebted, "roa") == pytest.approx(-0.06)


def test_an_average_is_of_the_month_ends_or_of_two_points(tmp_path: Path) -> None:
    months = [pd.Timestamp(DAY) - pd.offsets.MonthEnd(13 - place) for place in range(14)][1:]
    lines = books(months[:-1], assets=1000) + books(months[-1:], assets=2000)
    store = opened(tmp_path, financials_monthly=lines + books(months, other_financial_revenue=10))
    assert one(store, "financial_revenue_assets") == pytest.approx(120 / (14000 / 13))
    assert one(store, "financial_revenue_assets", two_point_averages=True) == pytest.approx(120 / 1500)


def test_a_fiscal_year_is_the_twelve_months_that_end_with_it(tmp_path: Path) -> None:
    months = pd.date_range("2024-07-31", "2026-06-30", freq="ME")
    lines = books(months[:12], other_financial_revenue=10, personnel_expense=10)
    lines += books(months[12:], other_financial_revenue=30, personnel_expense=10)
    store = opened(tmp_path, financials_monthly=[*lines, *books(months, financial_expense=0, net_impairment_loss=0)])
    seen = by_month(store, "oss", fiscal_year_start=7)
    assert seen == by_month(store, "oss", fiscal_year_start=1)
    assert (seen[date(2025, 6, 30)], seen[date(2026, 6, 30)]) == (1.0, 3.0)


def test_tax_booked_once_a_year_is_nil_in_the_other_months(tmp_path: Path) -> None:
    lines = books(YEAR, assets=1000, other_financial_revenue=10, financial_expense=1, personnel_expense=4)
    lines += books([YEAR[2]], tax=20) + books(YEAR[::3], net_impairment_loss=3)
    assert one(opened(tmp_path, financials_monthly=lines), "roa") == pytest.approx((12 * (10 - 1 - 4) - 12 - 20) / 1000)


def test_a_month_without_an_income_statement_is_unknown_not_nil(tmp_path: Path) -> None:
    lines = books(YEAR, assets=1000) + books([*YEAR[:5], *YEAR[6:]], other_financial_revenue=10)
    assert math.isnan(one(opened(tmp_path, financials_monthly=lines), "financial_revenue_assets"))


def test_cost_of_funds_counts_both_kinds_of_funding(tmp_path: Path) -> None:
    lines = books(YEAR, borrowings=300, deposits=100, financial_expense=2, other_financial_revenue=5)
    assert one(opened(tmp_path, financials_monthly=lines), "cost_of_funds") == pytest.approx(24 / 400)


def test_donations_are_a_part_of_all_revenue(tmp_path: Path) -> None:
    lines = books(YEAR, other_financial_revenue=7, non_operating_income=1) + books([YEAR[4]], donations=24)
    assert one(opened(tmp_path, financials_monthly=lines), "donation_dependence") == pytest.approx(24 / (84 + 12 + 24))


def test_cash_lasts_as_many_days_as_expenses_and_due_debt_leave_it(tmp_path: Path) -> None:
    lines = books(YEAR, cash=900, other_financial_revenue=50, financial_expense=10, personnel_expense=26.5)
    due = [(date(2026, 12, 29), 450), (date(2026, 12, 30), 1000)]  # 90 and 91 days ahead
    debt = [{"as_of": DAY, "lender": "A", "facility_id": "1", "due_on": on, "amount": amount} for on, amount in due]
    store = opened(tmp_path, financials_monthly=lines, debt_schedule=debt)
    assert one(store, "cash_runway_days") == pytest.approx(900 / (12 * 36.5 / 365 + 450 / 90))


def test_a_missing_adjustment_is_asked_for_and_the_newest_one_counts(tmp_path: Path) -> None:
    store = opened(tmp_path, financials_monthly=HALF_YEAR)
    row = {"valid_from": date(2026, 1, 1), "source": "board"}
    given = {"subsidy_adjustment": 10, "inflation_adjustment": 9}
    land(store, parameters=[{**row, "parameter": name, "value": value} for name, value in given.items()])
    assert "provisioning_adjustment" in found(store, "fss", "institution")["own"][1]
    land(store, parameters=[
        {**row, "parameter": "provisioning_adjustment", "value": 0},
        {**row, "parameter": "subsidy_adjustment", "value": 11, "valid_from": date(2026, 9, 1)},
        {**row, "parameter": "subsidy_adjustment", "value": 99, "valid_from": date(2026, 10, 1)},
    ])  # fmt: skip
    assert one(store, "fss") == pytest.approx(360 / (240 + 11 + 9 + 0))


def debts(*rows: tuple[str, str, float], as_of: date = DAY) -> list[Row]:
    return [
        {"as_of": as_of, "lender": lender, "facility_id": facility, "due_on": date(2027, 1, 15), "amount": amount}
        for lender, facility, amount in rows
    ]


def test_the_largest_funder_is_seen_over_all_its_loans(tmp_path: Path) -> None:
    store = opened(tmp_path, debt_schedule=debts(("A", "1", 30), ("A", "2", 30), ("B", "1", 40)), loans=[loan("1")])
    assert one(store, "single_funder_share") == pytest.approx(0.6)


def test_of_two_debt_schedules_in_a_month_the_later_counts(tmp_path: Path) -> None:
    early = debts(("A", "1", 90), ("B", "1", 10), as_of=date(2026, 9, 4))
    store = opened(tmp_path, debt_schedule=early, loans=[loan("1")])
    land(store, debt_schedule=debts(("A", "1", 50), ("B", "1", 50)))
    assert one(store, "single_funder_share") == pytest.approx(0.5)


def test_a_surplus_in_one_currency_does_not_cover_a_gap_in_another(tmp_path: Path) -> None:
    positions = [("EUR", 10, 30, None), ("USD", 50, 20, 25), ("ZAR", 0, 5, 8), ("XOF", 500, 0, None)]
    store = opened(
        tmp_path,
        financials_monthly=books([DAY], equity=250),
        currency_positions=[
            {"as_of": DAY, "currency": code, "assets": assets, "liabilities": owed, "hedged": hedged}
            for code, assets, owed, hedged in positions
        ],
    )
    assert one(store, "open_fx_position") == pytest.approx((20 + 5 + 0) / 250)


def test_the_smallest_headroom_is_that_of_the_tightest_covenant(tmp_path: Path) -> None:
    limits = {  # by institution: (better, limit, actual) of each covenant
        "kept": [("lower", 0.10, 0.08), ("higher", 1.2, 1.5)],
        "broken": [("lower", 5, 6), ("higher", 0.15, 0.15)],
        "zero, kept": [("higher", 0, 4), ("lower", 2, 1)],
        "zero, broken": [("higher", 0, -4), ("lower", 2, 1)],
        "below zero": [("higher", -10, -9)],
    }
    tested = [
        {"institution_id": name, "as_of": DAY, "lender": "A", "covenant": f"{place}", "better": better,
         "limit_value": limit, "actual_value": actual}
        for name, covenants in limits.items()
        for place, (better, limit, actual) in enumerate(covenants)
    ]  # fmt: skip
    store = Store.open(tmp_path)
    named = [{"institution_id": name, "institution_name": name, "currency": "XOF"} for name in limits]
    book = [{**loan("1"), "institution_id": name} for name in limits]
    land(store, institutions=named, covenants=tested, loans=book)
    seen = {unit: value for unit, (value, _) in found(store, "covenant_headroom", "institution").items()}
    assert seen == pytest.approx(
        {"kept": 0.2, "broken": -0.2, "zero, kept": 0.5, "zero, broken": -1.0, "below zero": 0.1}
    )


def test_a_return_without_tier_2_counts_tier_1_alone(tmp_path: Path) -> None:
    store = opened(tmp_path, prudential=returned(tier1=120, risk_weighted_assets=1000), loans=[loan("1")])
    assert one(store, "car") == pytest.approx(0.12)
    land(store, prudential=returned(tier1=120, tier2=30, risk_weighted_assets=1000))
    assert one(store, "car") == pytest.approx(0.15)


def test_liquid_assets_meet_what_falls_due(tmp_path: Path) -> None:
    due = returned(trade_investments=20, demand_deposits=300, due_in_12_months=100)
    store = opened(tmp_path, prudential=due, financials_monthly=books([DAY], cash=60))
    assert one(store, "liquidity_ratio") == pytest.approx(80 / 400)


def test_due_liabilities_that_nobody_reported_are_not_nil(tmp_path: Path) -> None:
    store = opened(tmp_path, prudential=returned(demand_deposits=300), financials_monthly=books([DAY], cash=60))
    assert found(store, "liquidity_ratio", "institution")["own"][1] == (
        "not_available: needs prudential.item: due_in_12_months"
    )


BOOK = [loan(f"{place}", 1000.0, as_of=pd.Timestamp(day).date()) for place, day in enumerate(YEAR)]


def test_the_yield_gap_sets_revenue_against_the_price_of_the_loans(tmp_path: Path) -> None:
    products = [{"product_id": "a", "product_name": "A", "apr_pct": 20}, {"product_id": "b", "product_name": "B"}]
    book = [
        {**row, "loan_id": f"{product}{place}", "product_id": product, "principal_outstanding": amount}
        for place, row in enumerate(BOOK)
        for product, amount in (("a", 800.0), ("b", 200.0))
    ]
    store = opened(tmp_path, loans=book, products=products, financials_monthly=books(YEAR, interest_income_on_loans=15))
    assert one(store, "yield_gap") == pytest.approx(1 - 0.18 / 0.20)
