"""Indicators from the loan book, each on a few loans that can be worked by hand."""

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from metrics import ingest
from metrics.ingest import Options
from metrics.store import Store
from tests import ingesting
from tests.records import DAY, Row, found, land, loan, opened

AUGUST, YEAR_AGO = date(2026, 8, 31), date(2025, 9, 30)

# Portfolio 80 + 100 + 100 + 120 + 100 + 100 + 50 + 300 + 50 = 1000; the loan written off is no part of it.
TEN = [
    loan("1", 80.0, overdue_principal=0),
    loan("2", 100.0, overdue_principal=0),
    loan("3", 100.0, days_past_due=10, overdue_principal=10),
    loan("4", 120.0, days_past_due=30, overdue_principal=20),  # exactly 30 days
    loan("5", 100.0, days_past_due=31, overdue_principal=25, overdue_over_30=25),
    loan("6", 100.0, is_renegotiated=True, overdue_principal=0),  # renegotiated and current
    loan("7", 50.0, is_renegotiated=True, days_past_due=45, overdue_principal=15, overdue_over_30=10),  # and late
    loan("8", 400.0, status="written_off", days_past_due=200, overdue_principal=400),
    loan("9", 300.0, client_id=None, group_id="g", members=10, women_members=10, overdue_principal=0),
    loan("10", 50.0, days_past_due=100, overdue_principal=40, overdue_over_30=30),
]


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Store:
    ledger = [{"month": DAY, "account_code": "a", "mapped_line": "impairment_allowance", "amount": 90}]
    return opened(tmp_path_factory.mktemp("ten"), loans=TEN, financials_monthly=ledger)


def one(store: Store, indicator: str, **settings: object) -> float:
    """The institution's value on the newest date; NaN where there is none."""
    return found(store, indicator, "institution", **settings)["own"][0]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, 0.30),  # over 30 days 100 + 50 + 50, and 100 renegotiated and current: 300; loan 7 once
        ({"renegotiated_at_risk": False}, 0.20),
        ({"renegotiated_at_risk": False, "par_from_30": True}, 0.32),  # with the 120 at exactly 30 days
        ({"par_from_30": True}, 0.42),
        ({"par_overdue_amount": True}, 0.065),  # instalments over 30 days old: 25 + 10 + 30
    ],
)
def test_each_meaning_of_par30_gives_another_figure(ten: Store, settings: dict[str, bool], expected: float) -> None:
    assert one(ten, "par30", **settings) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("par30_excl_renegotiated", 0.20),
        ("arrears_over_30", 0.065),
        ("arrears_rate", 0.11),  # 10 + 20 + 25 + 15 + 40
        ("par90", 0.20),  # 50 over 90 days, and 150 renegotiated of which none is
        ("par180", 0.15),
        # 580 x 1 % + 220 x 5 % + 150 x 25 % + 50 x 75 % = 5.8 + 11 + 37.5 + 37.5 = 91.8, less 90 held
        ("expected_loss_buckets", 1.8),
        ("risk_coverage", 0.3),
    ],
)
def test_the_ten_loan_book_by_hand(ten: Store, indicator: str, expected: float) -> None:
    assert one(ten, indicator) == pytest.approx(expected)


def test_the_buckets_of_lateness_add_up_to_the_portfolio(ten: Store) -> None:
    names = ("current", "1_30", "31_60", "61_90", "91_180", "over_180")
    row = ten.cursor().execute(
        f"SELECT sum(glp), {', '.join(f'sum(bucket_{name})' for name in names)} "
        "FROM measures.portfolio WHERE cut = 'main'"
    )
    assert row.fetchall() == [(1000.0, 580.0, 220.0, 150.0, 0.0, 50.0, 0.0)]


def two_months() -> tuple[list[Row], list[Row]]:
    """Of 750 current in August (100 + 200 + 400 + 50) 100 is late and 50 written off in September."""
    before = [
        loan("a", 100.0, as_of=AUGUST), loan("b", 200.0, as_of=AUGUST, days_past_due=30),
        loan("c", 300.0, as_of=AUGUST, days_past_due=40), loan("d", 400.0, as_of=AUGUST),
        loan("e", 50.0, as_of=AUGUST), loan("s", 900.0, as_of=AUGUST, branch_id="south"),
    ]  # fmt: skip
    after = [
        loan("a", 90.0, days_past_due=31), loan("b", 150.0), loan("c", 290.0, days_past_due=70),
        loan("e", 50.0, status="written_off"),
    ]  # fmt: skip
    return before, after


@pytest.mark.parametrize("late_month_first", [False, True])
def test_the_roll_rate_counts_what_was_current_a_month_before(tmp_path: Path, late_month_first: bool) -> None:
    before, after = two_months()
    first, second = (after, before) if late_month_first else (before, after)
    store = opened(tmp_path, loans=first)
    land(store, loans=second)
    assert one(store, "migration_30") == pytest.approx(150 / 750)


def test_the_first_snapshot_has_no_roll_rate(tmp_path: Path) -> None:
    assert math.isnan(one(opened(tmp_path, loans=[loan("1")]), "migration_30"))


def test_a_new_loan_to_a_client_late_the_month_before_is_found(tmp_path: Path) -> None:
    before = [loan("1", as_of=AUGUST, client_id="late", days_past_due=5), loan("2", as_of=AUGUST, client_id="paid")]
    new = [
        loan(str(number), client_id=client, disbursed_on=date(2026, 9, 3))
        for number, client in enumerate(("late", "paid", "new", "other"), start=3)
    ]
    assert one(opened(tmp_path, loans=[*before, *new]), "refinance_of_late_loans") == pytest.approx(1 / 4)


def test_a_vintage_is_what_was_lent_six_calendar_months_before(tmp_path: Path) -> None:
    book = [
        loan("1", 150.0, disbursed_on=date(2026, 3, 1)),
        loan("2", 50.0, disbursed_on=date(2026, 3, 31), days_past_due=31),
        loan("3", 500.0, disbursed_on=date(2026, 2, 28), days_past_due=60),
        loan("4", 500.0, disbursed_on=date(2026, 4, 1), days_past_due=60),
    ]
    assert one(opened(tmp_path, loans=book), "vintage_par") == pytest.approx(50 / 200)


def test_collection_counts_what_was_paid_by_its_day(tmp_path: Path) -> None:
    paid = [date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 11), None]  # early, on the day, a day late, never
    lines = [
        {"loan_id": "1", "instalment_no": number, "due_on": date(2026, 9, 10), "due_principal": 90, "due_interest": 10,
         "paid_principal": 90 if day else 0, "paid_interest": 10 if day else 0, "paid_on": day}
        for number, day in enumerate(paid)
    ]  # fmt: skip
    lines.append({"loan_id": "1", "instalment_no": 9, "due_on": date(2026, 10, 10), "due_principal": 500})
    store = opened(tmp_path, loans=[loan("1")], loan_schedule=lines)
    assert one(store, "collection_rate") == pytest.approx(0.5)


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """24 clients of 10 in trade and one of 2 x 50 in food, that one an employee; portfolio 340, equity 1000."""
    book = [loan(str(number), 10.0, purpose_sector="trade", disbursed_amount=250) for number in range(24)]
    book += [loan(f"two{n}", 50.0, client_id="big", purpose_sector="food", disbursed_amount=251) for n in range(2)]
    return opened(
        tmp_path_factory.mktemp("spread"),
        clients=[{"client_id": "big", "is_staff": True}],
        loans=book,
        parameters=[{"parameter": "gni_per_capita", "value": 100, "valid_from": date(2020, 1, 1)}],
        financials_monthly=[{"month": DAY, "account_code": "e", "mapped_line": "equity", "amount": 1000}],
    )


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("sector_hhi", (240 / 340) ** 2 + (100 / 340) ** 2),
        ("top20_borrower_share", (100 + 19 * 10) / 1000),  # a client's two loans are one exposure
        ("insider_loans", 100 / 1000),
        ("large_loan_share", 100 / 340),  # 2.5 times national income is not above it
        ("average_loan_balance_gni", 340 / 100 / 25),
    ],
)
def test_concentration_by_hand(spread: Store, indicator: str, expected: float) -> None:
    assert one(spread, indicator) == pytest.approx(expected)


def test_the_line_of_a_large_loan_is_a_setting(spread: Store) -> None:
    assert one(spread, "large_loan_share", large_loan_line=1.0) == pytest.approx(1.0)


def test_growth_over_a_year_and_loan_size_above_inflation(tmp_path: Path) -> None:
    then = [loan(str(n), 100.0, as_of=YEAR_AGO, disbursed_on=YEAR_AGO, disbursed_amount=100) for n in range(4)]
    now = [loan(f"n{n}", 130.0, disbursed_on=DAY, disbursed_amount=130) for n in range(5)]
    prices = [("2025-09-01", 100), ("2026-09-01", 110)]
    store = opened(
        tmp_path,
        loans=[*then, *now],
        parameters=[{"parameter": "cpi", "value": v, "valid_from": date.fromisoformat(day)} for day, v in prices],
    )
    found_growth = [one(store, name) for name in ("glp_growth", "borrower_growth", "loan_size_growth_gap")]
    assert found_growth == pytest.approx([650 / 400 - 1, 5 / 4 - 1, 0.30 - 0.10])


def test_total_credit_risk_is_par30_and_the_year_s_write_offs(tmp_path: Path) -> None:
    lost = [{"txn_id": "w", "branch_id": "north", "txn_on": DAY, "txn_type": "write_off", "amount": 5}]
    months = [date(2026, month, 28) for month in range(1, 9)] + [date(2025, month, 28) for month in (9, 10, 11, 12)]
    lost += [{**lost[0], "txn_id": f"o{day}", "txn_on": day, "txn_type": "other", "amount": 1} for day in months]
    book = [loan(str(n), as_of=day) for day in [*months, DAY] for n in range(9)]
    book += [loan("late", as_of=day, days_past_due=40) for day in [*months, DAY]]
    store = opened(tmp_path, loans=book, loan_transactions=lost)
    assert one(store, "total_credit_risk") == pytest.approx(0.1 + 5 / 1000)


@pytest.mark.many
@pytest.mark.parametrize(
    ("indicator", "settings", "expected"),
    [
        ("par30", {}, 0.146008),
        ("par30", {"renegotiated_at_risk": False}, 0.146008),
        ("par30", {"par_from_30": True}, 0.146008),
        ("par30", {"par_overdue_amount": True}, 0.010139),
        ("par30_excl_renegotiated", {}, 0.146008),
        ("arrears_over_30", {}, 0.010139),
        ("arrears_rate", {}, 0.047669),
    ],
)
def test_fineract_s_own_book(fineract: Store, indicator: str, settings: dict[str, bool], expected: float) -> None:
    assert round(one(fineract, indicator, **settings), 6) == expected


@pytest.fixture(scope="module")
def fineract(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Store]:
    shared: Path = request.getfixturevalue("shared")
    paths = sorted((shared / "golden" / "fineract").glob("m_*.csv"))
    with ingesting.opened(tmp_path_factory.mktemp("fineract")) as store:
        ingest.land(store, ingest.preview(store, paths, Options(as_of=date(2026, 11, 24))), "test")
        yield store
