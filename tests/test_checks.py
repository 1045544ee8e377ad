"""Data checks: each finds its fault in a tiny table, names file and row, and finds nothing in clean data."""

from datetime import date
from pathlib import Path

import pytest

from metrics import checks
from metrics.store import Scope
from metrics.words import LANGUAGES
from tests.fresh import open_copy
from tests.records import DAY, Row, land, loan, opened

BEFORE = date(2026, 8, 31)
MONTH = {"month": "2026-09-30"}


def line(name: str, amount: float) -> Row:
    """A line of the ledger."""
    return {**MONTH, "account_code": name, "mapped_line": name, "amount": amount}


def many(as_of: date, n: int = 40, **other: object) -> list[Row]:
    """Loans of one branch, each with a balance of its own."""
    return [loan(str(k), 100.0 + k, as_of=as_of, **other) for k in range(n)]


def client(name: str, **other: object) -> Row:
    """A client of the list."""
    return {"client_id": name, **other}


def answer(**other: object) -> Row:
    """An answer to the recommendation question."""
    return {
        "survey_id": "s",
        "response_id": "r",
        "answered_on": "2026-09-01",
        "question_key": "nps",
        "answer_num": 9,
        **other,
    }


FAULTS: dict[str, tuple[dict[str, list[Row]], int]] = {
    "ledger_against_loans": (
        {"loans": [loan("1", 1000.0)], "financials_monthly": [line("gross_loan_portfolio", 1006.0)]},
        1,
    ),
    "balance_sheet": (
        {"financials_monthly": [line("assets", 100.0), line("liabilities", 60.0), line("equity", 39.0)]},
        1,
    ),
    "ageing_incomplete": ({"loans": [loan("1", days_past_due=None), loan("2")]}, 1),
    "par_order": (
        {
            "reported_measures": [
                {"period": "2026-09-30", "measure": "portfolio", "part": part, "value": value}
                for part, value in (("glp", 100), ("late_over_30", 5), ("late_over_90", 7))
            ]
        },
        1,
    ),
    "active_without_balance": ({"loans": [loan("1", 0.0, status="active"), loan("2")]}, 1),
    "closed_with_balance": ({"loans": [loan("1", 10.0, status="closed"), loan("2")]}, 1),
    "disbursed_after_snapshot": ({"loans": [loan("1", disbursed_on="2026-10-01"), loan("2", disbursed_on=DAY)]}, 1),
    "balance_above_amount": (
        {"loans": [loan("1", disbursed_amount=99.0), loan("2", disbursed_amount=50.0, is_renegotiated=True)]},
        1,
    ),
    "overdue_above_balance": ({"loans": [loan("1", overdue_principal=101.0), loan("2", overdue_principal=100.0)]}, 1),
    "late_without_overdue": (
        {"loans": [loan("1", days_past_due=5, overdue_principal=0.0), loan("2", overdue_principal=3.0), loan("3")]},
        2,
    ),
    "matured_not_late": ({"loans": [loan("1", maturity_on="2026-09-29"), loan("2", maturity_on=DAY)]}, 1),
    "days_against_schedule": (
        {
            "loans": [loan("1", days_past_due=10), loan("2", days_past_due=29)],
            "loan_schedule": [
                {"loan_id": name, "instalment_no": 1, "due_on": "2026-09-01", "due_principal": 10.0} for name in "12"
            ],
        },
        1,
    ),
    "same_loan_twice": (
        {
            "loans": [
                loan("1", client_id="a", disbursed_on="2026-01-05", disbursed_amount=500.0),
                loan("2", client_id="a", disbursed_on="2026-01-05", disbursed_amount=500.0),
                loan("3", client_id="a", disbursed_on="2026-02-05", disbursed_amount=500.0),
            ]
        },
        2,
    ),
    "loan_in_two_branches": ({"loans": [loan("1"), loan("1", branch_id="south"), loan("2")]}, 2),
    "unknown_client": ({"loans": [loan("1"), loan("2")], "clients": [client("c1")]}, 1),
    "unknown_branch": (
        {
            "loans": [loan("1"), loan("2", branch_id="nroth")],
            "branches": [{"branch_id": "north", "branch_name": "North"}],
        },
        1,
    ),
    "officer_gone": (
        {
            "loans": [loan("1", officer_id="o"), loan("2", officer_id="p")],
            "staff": [
                {"staff_id": "o", "joined_on": "2020-01-01", "left_on": "2026-06-30"},
                {"staff_id": "p", "joined_on": "2020-01-01"},
            ],
        },
        1,
    ),
    "rate_as_fraction": ({"loans": [loan("1", nominal_rate_pct=0.24), loan("2", nominal_rate_pct=24.0)]}, 1),
    "currency_mix": ({"loans": [loan("1", currency="USD"), loan("2", currency="xof"), loan("3")]}, 1),
    "group_without_members": (
        {
            "loans": [
                loan(k, client_id=None, group_id="g" + k, members=m) for k, m in (("1", None), ("2", 5), ("3", None))
            ],
            "groups": [{"group_id": "g3", "members": 8}],
        },
        1,
    ),
    "age_out_of_range": (
        {
            "loans": [loan("1"), loan("2"), loan("3")],
            "clients": [
                client("c1", birth_date="2012-01-01"),
                client("c2", birth_date="1900-01-01"),
                client("c3", birth_date="1980-01-01"),
            ],
        },
        2,
    ),
    "gender_unknown": (
        {"loans": [loan("1"), loan("2", branch_id="south")], "clients": [client("c1", gender="F"), client("c2")]},
        1,
    ),
    "par_drop": (
        {
            "loans": [
                loan("1", 900.0, as_of=BEFORE),
                loan("2", 100.0, as_of=BEFORE, days_past_due=60),
                loan("1", 900.0),
            ],
            "loan_transactions": [
                {
                    "txn_id": "t",
                    "loan_id": "2",
                    "branch_id": "north",
                    "txn_on": "2026-09-20",
                    "txn_type": "write_off",
                    "amount": 100,
                }
            ],
        },
        1,
    ),
    "portfolio_jump": ({"loans": [*many(BEFORE, 40), *many(DAY, 60)]}, 1),
    "branch_missing": (
        {"loans": [loan("1", as_of=BEFORE), loan("2", as_of=BEFORE, branch_id="south"), loan("1")]},
        1,
    ),
    "month_missing": ({"loans": [loan("1", as_of=date(2026, 6, 30)), loan("1")]}, 1),
    "stale_snapshot": ({"loans": [*many(BEFORE), *many(DAY)]}, 1),
    "future_dates": ({"complaints": [{"complaint_id": "k", "received_on": "2999-01-01"}], "loans": [loan("1")]}, 1),
    "survey_before_joining": (
        {"client_surveys": [answer(client_id="c1")], "clients": [client("c1", joined_on="2026-09-02")]},
        1,
    ),
    "answer_out_of_range": ({"client_surveys": [answer(answer_num=99), answer(response_id="s")]}, 1),
    "complaint_closed_early": (
        {"complaints": [{"complaint_id": "k", "received_on": "2026-09-05", "closed_on": "2026-09-04"}]},
        1,
    ),
    "left_before_joining": ({"staff": [{"staff_id": "o", "joined_on": "2026-06-01", "left_on": "2026-05-01"}]}, 1),
}


@pytest.mark.many
@pytest.mark.parametrize("name", checks.catalogue())
def test_a_check_finds_its_fault_and_nothing_else(tmp_path: Path, name: str) -> None:
    tables, count = FAULTS[name]
    store = opened(tmp_path, **tables)
    found = checks.run(store.cursor(), [name])
    assert [(finding.check.name, finding.count) for finding in found] == [(name, count)]


def test_there_are_at_least_twenty_checks_and_each_has_a_test() -> None:
    assert len(checks.catalogue()) >= 20
    assert checks.catalogue().keys() == FAULTS.keys()


def test_a_clean_book_has_no_finding(tmp_path: Path) -> None:
    good = loan("1", disbursed_on="2026-01-05", disbursed_amount=200.0, overdue_principal=0.0, maturity_on="2027-01-05")
    store = opened(tmp_path, loans=[good], clients=[client("c1", gender="F", birth_date="1980-01-01")])
    assert checks.run(store.cursor()) == []


def test_a_finding_names_file_and_row(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1"), loan("2", overdue_principal=101.0)])
    row = checks.run(store.cursor(), ["overdue_above_balance"])[0].rows.iloc[0]
    assert (row["loan_id"], row["file"], row["row"]) == ("2", "loans.csv", 3)


def test_a_reader_of_one_branch_is_told_of_that_branch_only(tmp_path: Path) -> None:
    store = opened(
        tmp_path, loans=[loan("1", overdue_principal=101.0), loan("2", 50.0, branch_id="south", overdue_principal=51.0)]
    )
    assert checks.run(store.cursor(Scope(branches=("south",))), ["overdue_above_balance"])[0].count == 1
    assert checks.run(store.cursor(Scope(institutions=())), ["overdue_above_balance"]) == []


def test_the_gravest_come_first(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1", 0.0, status="active"), loan("2", overdue_principal=101.0)])
    land(store, staff=[{"staff_id": "o", "joined_on": "2026-06-01", "left_on": "2026-05-01"}])
    severities = [finding.check.severity for finding in checks.run(store.cursor())]
    assert severities == sorted(severities, key=checks.SEVERITIES.index)
    assert len(set(severities)) > 1


def test_the_sample_shows_where_risk_was_moved_rather_than_collected(tmp_path: Path) -> None:
    found = {finding.check.name: finding for finding in checks.run(open_copy(tmp_path).cursor())}
    assert "baro" in set(found["par_drop"].rows["branch_id"])


@pytest.mark.parametrize("name", checks.catalogue())
def test_a_check_says_what_it_means_and_what_to_do_in_every_language(name: str) -> None:
    found = checks.catalogue()
    languages = {*LANGUAGES, *(language for check in found.values() for language in check.texts)}
    assert languages - found[name].texts.keys() == set()
    assert all(len(found[name].text(language, text)) > 10 for language in languages for text in checks.TEXTS)
