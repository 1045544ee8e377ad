"""Random facts: totals, order of rows, bounds of shares, and scale do to figures what they must."""

import random
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import measures
from metrics.catalogue import indicators
from metrics.policy import SETTINGS
from metrics.values import values
from tests.records import DAY, Row, opened

BRANCHES, BEFORE = ("north", "south", "east"), date(2026, 8, 31)
CODES = ("very_much_improved", "slightly_improved", "no_change", "slightly_worse", "much_worse")
# Percentages that are no part of a whole: growth, prices, returns, gaps, and one thing over another.
NO_SHARES = {
    "admin_expense_assets", "operating_expense_assets", "operating_expense_ratio", "personnel_expense_assets",
    "personnel_expense_glp", "average_loan_balance_gni", "borrower_growth", "glp_growth", "covenant_headroom",
    "fraud_loss_rate", "insider_loans", "open_fx_position", "loan_loss_rate", "risk_coverage", "total_credit_risk",
    "write_off_ratio", "cost_of_funds", "financial_expense_assets", "financial_revenue_assets", "fss", "oss",
    "profit_margin", "provision_impairment_assets", "roa", "roe", "yield_gap", "yield_nominal", "capital_asset_ratio",
    "car", "glp_to_assets", "liquidity_ratio", "non_earning_liquid_assets", "complaints_rate", "mean_dti",
    "gender_pay_gap", "poverty_change", "staff_turnover", "loan_officer_turnover", "dropout_rate",
    "apr_portfolio_weighted",
}  # fmt: skip
Facts = dict[str, list[Row]]
# Each example lands a book or two and computes every indicator.
few = settings(max_examples=max(2, settings().max_examples // 20))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """A loan book of two month-ends with clients, answers, complaints, staff and write-offs."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    people = draw(st.integers(36, 60))
    return {
        "clients": [_client(dice, i) for i in range(people)],
        "loans": [_loan(dice, people, number, day) for day in (BEFORE, DAY) for number in range(people + 5)],
        "client_surveys": [answer for i in range(people) for answer in _answers(dice, i)],
        "complaints": [_complaint(dice, i) for i in range(dice.randint(1, people))],
        "staff": [_person(dice, i) for i in range(dice.randint(4, 12))],
        "loan_transactions": [_movement(dice, i) for i in range(dice.randint(1, 8))],
    }


def _client(dice: random.Random, number: int) -> Row:
    return {
        "client_id": f"c{number}", "gender": dice.choice("FM"), "location": dice.choice(("rural", "urban")),
        "birth_date": date(dice.randint(1950, 2005), 5, 5), "household_income_month": dice.choice((50, 100, 400)),
        "joined_on": date(2025, 1, 1), "active_lenders": dice.randint(1, 4),
    }  # fmt: skip


def _answers(dice: random.Random, number: int) -> list[Row]:
    given: list[Row] = [
        {"question_key": "nps", "answer_num": dice.randint(0, 10)},
        {"question_key": "quality_of_life", "answer_code": dice.choice(CODES)},
    ]
    who = {
        "survey_id": "s", "response_id": f"r{number}", "client_id": f"c{number}", "branch_id": dice.choice(BRANCHES),
        "answered_on": DAY, "weight": dice.choice((0.5, 1.0, 2.0)),
    }  # fmt: skip
    return [{**who, **answer} for answer in given]


def _complaint(dice: random.Random, number: int) -> Row:
    return {
        "complaint_id": f"k{number}", "client_id": f"c{number}", "branch_id": dice.choice(BRANCHES),
        "received_on": date(2026, dice.randint(5, 9), 3), "category": dice.choice(("pricing", "collection_conduct")),
        "closed_on": dice.choice((None, date(2026, 9, 20))),
    }  # fmt: skip


def _person(dice: random.Random, number: int) -> Row:
    return {
        "staff_id": f"s{number}", "branch_id": dice.choice(BRANCHES), "joined_on": date(2024, 1, 1),
        "gender": dice.choice("FM"), "role": dice.choice(("loan_officer", "manager", "other")),
        "left_on": dice.choice((None, None, date(2026, 5, 5))),
    }  # fmt: skip


def _movement(dice: random.Random, number: int) -> Row:
    return {
        "txn_id": f"t{number}", "loan_id": f"x{number}", "branch_id": dice.choice(BRANCHES), "txn_on": DAY,
        "txn_type": dice.choice(("write_off", "recovery", "disbursement")), "amount": dice.randint(1, 90),
    }  # fmt: skip


def _loan(dice: random.Random, people: int, number: int, day: date) -> Row:
    amount = dice.randint(50, 2000)
    return {
        "as_of": day,
        "loan_id": f"l{number}",
        "client_id": f"c{number % people}",
        "branch_id": BRANCHES[number % 3],
        "product_id": dice.choice("pq"),
        "officer_id": dice.choice("ab"),
        "cycle_no": dice.randint(1, 5),
        "purpose_sector": dice.choice(("trade", "farm")),
        "disbursed_on": date(2026, dice.randint(1, day.month), 2),
        "disbursed_amount": 2000,
        "principal_outstanding": amount,
        "days_past_due": dice.choice((0, 0, 0, 5, 30, 31, 95, 200)),
        "overdue_principal": dice.randint(0, amount),
        "instalment_month": dice.randint(1, 60),
        "is_renegotiated": dice.random() < 0.1,
        "status": dice.choice(("active", "active", "active", "written_off")),
    }


def figures(tables: Facts, by: str) -> pd.DataFrame:
    """Every indicator of the newest date."""
    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder), **{name: [*rows] for name, rows in tables.items()})
        found = values(store.cursor(), SETTINGS, by, [DAY])
        store.close()
    return found


def doubled(rows: list[Row]) -> list[Row]:
    """Every row twice, the second time of another loan, client, answer ... of the same branch."""
    ids = ("loan_id", "client_id", "response_id", "complaint_id", "staff_id", "txn_id", "officer_id")
    return [*rows, *({key: f"{value}+" if key in ids else value for key, value in row.items()} for row in rows)]


@few
@given(facts())
def test_each_way_to_cut_a_measure_gives_the_same_totals(tables: Facts) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder), **tables)
        cursor = store.cursor()
        for measure in measures.catalogue().values():
            parts = ", ".join(f'coalesce(round(sum("{part}"), 6), 0)' for part in measure.parts)
            cuts = cursor.execute(
                f"SELECT DISTINCT period, {parts} FROM v_m_{measure.name} GROUP BY period, cut"
            ).fetchall()
            assert len(cuts) == len({row[0] for row in cuts}), measure.name
        store.close()


@pytest.mark.full
@few
@given(facts(), st.integers(0, 2**32))
def test_the_order_of_rows_changes_nothing(tables: Facts, seed: int) -> None:
    shuffled: Facts = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in tables.items()}
    pd.testing.assert_frame_equal(figures(tables, "branch"), figures(shuffled, "branch"), rtol=1e-12, atol=1e-12)


@few
@given(facts())
def test_a_share_is_between_nothing_and_all(tables: Facts) -> None:
    found = figures(tables, "branch")
    shares = {i.id for i in indicators().values() if is_share(i.id)}
    known = found[found["indicator"].isin(shares) & found["value"].notna()]
    assert len(known) >= 15
    assert known["value"].between(0, 1 + 1e-12).all(), known[~known["value"].between(0, 1 + 1e-12)].to_string()


@pytest.mark.full
@few
@given(facts())
def test_twice_as_many_of_everything_leaves_every_ratio(tables: Facts) -> None:
    once = figures(tables, "branch")
    twice = figures({name: doubled(rows) for name, rows in tables.items()}, "branch")
    joined = once.merge(twice, on=["unit", "indicator"], suffixes=("", "_twice"))
    known: Any = joined[(joined["status"] == "ok") & ~joined["indicator"].isin(ABSOLUTE)]
    assert len(known) > 40
    off = (known["value"] - known["value_twice"]).abs() > 1e-9
    assert not off.any(), known[off][["unit", "indicator", "value", "value_twice"]].to_string()


def is_share(name: str) -> bool:
    """Whether an indicator is a part of a whole, so that it must stay between 0 and 1."""
    return indicators()[name].unit == "%" and name not in NO_SHARES


# Sums of money, and the twenty largest of a book that has twice as many borrowers.
ABSOLUTE = {"expected_loss_buckets", "top20_borrower_share"}
