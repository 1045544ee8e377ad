"""Silent wrong answers, each pinned with its tiny table; `tests.guards` says which words keep each of them away."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from metrics import checks
from metrics.policy import SETTINGS
from metrics.values import values
from tests import ingesting
from tests.records import DAY, Row, found, land, loan, opened

MONTHS = [date(2025, 9, 30), *(date(2025, m, 28) for m in (10, 11, 12)), *(date(2026, m, 28) for m in range(1, 9)), DAY]


def women(count: int, **other: object) -> list[Row]:
    """Women clients w0, w1, ..."""
    return [{"client_id": f"w{i}", "gender": "F", **other} for i in range(count)]


def ten(**other: object) -> list[Row]:
    """Ten loans of branch north on the last day."""
    return [loan(str(i), **other) for i in range(10)]


def answers(scores: list[float | None], **other: object) -> list[Row]:
    """Answers to the recommendation question, one a respondent."""
    return [
        {"survey_id": "s", "response_id": str(i), "branch_id": "north", "answered_on": DAY, "question_key": "nps",
         "answer_num": score, **other}
        for i, score in enumerate(scores)
    ]  # fmt: skip


def ledger(month: date, **amounts: float) -> list[Row]:
    """Lines of the ledger of a month."""
    return [{"month": month, "account_code": name, "mapped_line": name, "amount": x} for name, x in amounts.items()]


def test_trap_exactly_thirty_days_late_is_not_over_thirty(tmp_path: Path) -> None:
    book = [loan(str(i), days_past_due=30) for i in range(10)] + [loan("x", 1000.0, days_past_due=31)]
    assert found(opened(tmp_path, loans=book), "par30")["north"][0] == pytest.approx(0.5)


def test_trap_a_loan_renegotiated_and_late_counts_once(tmp_path: Path) -> None:
    book = [loan("1", 100.0, days_past_due=45, is_renegotiated=True), loan("2", 50.0, is_renegotiated=True)]
    book += [loan(f"ok{i}", 105.0) for i in range(10)]
    store = opened(tmp_path, loans=book)
    assert found(store, "par30")["north"][0] == pytest.approx(150 / 1200)


def test_trap_written_off_loans_are_in_neither_part(tmp_path: Path) -> None:
    book = [loan(str(i)) for i in range(10)] + [loan("w", 500.0, status="written_off", days_past_due=400)]
    assert found(opened(tmp_path, loans=book), "par30")["north"][0] == 0.0


def test_trap_a_client_with_loans_in_two_branches_counts_once(tmp_path: Path) -> None:
    clients = [*women(10), {"client_id": "m", "gender": "M"}]
    book = [loan(f"w{i}", client_id=f"w{i}") for i in range(10)]
    book += [loan(f"{b}{i}", client_id="m", branch_id=b) for b in ("north", "south") for i in range(5)]
    store = opened(tmp_path, clients=clients, loans=book)
    assert found(store, "pct_female_borrowers", "institution")["own"][0] == pytest.approx(10 / 11)


def test_trap_unknown_gender_is_not_a_man(tmp_path: Path) -> None:
    clients = [*women(12), *({"client_id": f"u{i}"} for i in range(12))]
    book = [loan(c["client_id"], client_id=c["client_id"]) for c in clients]
    assert found(opened(tmp_path, clients=clients, loans=book), "pct_female_borrowers")["north"][0] == 1.0


def test_trap_a_total_is_a_ratio_of_sums_not_an_average_of_ratios(tmp_path: Path) -> None:
    book = [loan(f"n{i}", 900.0) for i in range(10)]
    book += [loan(f"s{i}", 100.0, branch_id="south", days_past_due=60) for i in range(10)]
    staff: list[Row] = [{"staff_id": str(i), "branch_id": "north", "joined_on": "2020-01-01"} for i in range(4)]
    store = opened(tmp_path, loans=book, staff=staff)
    assert found(store, "par30", by="institution")["own"][0] == pytest.approx(0.1)
    assert found(store, "loans_per_staff", by="institution")["own"][0] == 20 / 4


def test_trap_fewer_than_ten_clients_are_not_shown_for_a_branch(tmp_path: Path) -> None:
    assert found(opened(tmp_path, loans=[loan("1")]), "par30")["north"][1] == "too_few"


def test_trap_a_thirteenth_month_end_that_is_missing_is_not_zero(tmp_path: Path) -> None:
    book = [loan("1", 1000.0, as_of=day) for day in MONTHS[1:]]
    lines = [row for day in MONTHS[1:] for row in ledger(day, personnel_expense=10.0)]
    store = opened(tmp_path, loans=book, financials_monthly=lines)
    status = found(store, "operating_expense_ratio", "institution", two_point_averages=True)["own"][1]
    assert status == "not_available: needs loans.principal_outstanding 12 months earlier"


def test_trap_an_average_is_over_the_month_ends_not_two_points(tmp_path: Path) -> None:
    glp = [1000.0] * 6 + [2300.0] * 7
    book = [loan("1", amount, as_of=day) for day, amount in zip(MONTHS, glp, strict=True)]
    flows = [{"txn_id": "w", "branch_id": "north", "txn_on": DAY, "txn_type": "write_off", "amount": 170.0}]
    flows += [{"txn_id": "r", "branch_id": "north", "txn_on": MONTHS[1], "txn_type": "repayment", "amount": 5.0}]
    store = opened(tmp_path, loans=book, loan_transactions=flows)
    assert found(store, "write_off_ratio", by="institution")["own"][0] == pytest.approx(170 / (22100 / 13))


def test_trap_without_transactions_write_offs_are_missing_not_zero(tmp_path: Path) -> None:
    status = found(opened(tmp_path, loans=[loan(str(i)) for i in range(10)]), "write_off_ratio")["north"][1]
    assert status == "not_available: needs loan_transactions.amount"


def test_trap_a_complaint_never_closed_is_not_on_time(tmp_path: Path) -> None:
    seen = [
        {"complaint_id": f"d{i}", "received_on": date(2026, 5, 1), "closed_on": date(2026, 5, 9)} for i in range(10)
    ]
    open_one = {"complaint_id": "o", "received_on": date(2026, 5, 1), "closed_on": None}
    complaints = [{"branch_id": "north", **c} for c in [*seen, open_one]]
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(10)], complaints=complaints)
    assert found(store, "complaints_resolved_on_time")["north"][0] == pytest.approx(10 / 11)


def test_trap_no_answer_is_not_a_no(tmp_path: Path) -> None:
    said = answers([10.0] * 10 + [None] * 10)
    said += [{**row, "question_key": "satisfaction", "answer_code": "neutral"} for row in said]
    store = opened(tmp_path, loans=ten(), client_surveys=said)
    assert found(store, "nps")["north"][0] == 1.0


def test_trap_a_client_list_landed_twice_does_not_multiply_borrowers(tmp_path: Path) -> None:
    clients = [*women(10), {"client_id": "m", "gender": "M"}]
    book = [loan(f"w{i}", client_id=f"w{i}") for i in range(10)] + [loan("m", client_id="m")]
    store = opened(tmp_path, clients=clients, loans=book)
    land(store, clients=clients)
    assert found(store, "pct_female_borrowers")["north"][0] == pytest.approx(10 / 11)
    assert values(store.cursor(), SETTINGS, "branch", indicators=["par30"])["n"].tolist() == [11]


def test_trap_a_survey_landed_twice_counts_each_answer_once(tmp_path: Path) -> None:
    rounds = {
        "client_surveys": answers([10.0] * 10),
        "staff_surveys": answers([None] * 10, question_key="satisfaction", answer_code="satisfied"),
    }
    people: list[Row] = [{"staff_id": "a", "branch_id": "north", "joined_on": "2020-01-01"}]
    store = opened(tmp_path, loans=ten(), staff=people, **rounds)
    land(store, **rounds)
    frame = values(store.cursor(), SETTINGS, "branch", indicators=["nps", "staff_satisfaction"])
    assert frame[["value", "n"]].to_numpy().tolist() == [[1.0, 10.0]] * 2


def test_trap_unknown_lateness_is_missing_not_zero(tmp_path: Path) -> None:
    status = found(opened(tmp_path, loans=ten(days_past_due=None)), "par30")["north"][1]
    assert status == "not_available: needs loans.days_past_due"


def test_trap_percents_and_fractions_are_never_guessed(tmp_path: Path) -> None:
    path = ingesting.text(tmp_path, "agence;date;PAR30\nKolo;2026-09-30;0.052\nBaro;2026-09-30;0.9\n")
    with ingesting.opened(tmp_path) as store:
        assert [question.option for question in ingesting.seen(store, path).questions] == ["--percent percent|fraction"]


def test_trap_two_currencies_in_one_portfolio_are_said(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[*ten(), loan("usd", 5.0, currency="USD")])
    assert [finding.check.name for finding in checks.run(store.cursor()) if finding.check.severity == "error"] == [
        "currency_mix"
    ]


def test_trap_a_book_in_two_currencies_is_refused(tmp_path: Path) -> None:
    rows = [("loan_id", "as_of", "outstanding", "currency"), *((f"L{i}", "2026-09-30", "900", code) for i, code in
            enumerate(("XOF", "xof", "", "USD")))]  # fmt: skip
    with ingesting.opened(tmp_path) as store:
        said = str(ingesting.refusal(store, ingesting.text(tmp_path, ingesting.joined(rows))))
    assert "row 5: 1 loan is in USD" in said and "XOF" in said


def test_trap_a_group_loan_repeated_for_each_member_is_refused(tmp_path: Path) -> None:
    head = ("loan_id", "group_id", "client_id", "branch", "as_of", "outstanding", "days_late", "members")
    rows = [head, *(("G1", "g1", f"C{i}", "Kolo", "2026-09-30", "900", "0", "3") for i in range(3))]
    with ingesting.opened(tmp_path) as store:
        said = str(ingesting.refusal(store, ingesting.text(tmp_path, ingesting.joined(rows))))
    assert "another row has the same number" in said


def test_trap_costs_of_six_months_are_brought_to_a_year(tmp_path: Path) -> None:
    months = [date(2026, m, 30) for m in range(4, 10)]
    lines = [row for month in months for row in ledger(month, personnel_expense=10.0)]
    store = opened(tmp_path, loans=[loan("1", 1000.0, as_of=day) for day in months], financials_monthly=lines)
    by_year, plain = (
        found(store, "operating_expense_ratio", "institution", annualised=annualised)["own"][0]
        for annualised in (True, False)
    )
    assert (by_year, plain) == pytest.approx((0.12, 0.06))


def test_trap_a_flow_table_that_ends_a_month_before_the_book_is_brought_to_a_year(tmp_path: Path) -> None:
    book = [loan("1", 1200.0, as_of=day) for day in MONTHS]
    flows = [
        {"txn_id": str(k), "branch_id": "north", "txn_on": day, "txn_type": "write_off", "amount": 1.0}
        for k, day in enumerate(MONTHS[1:-1])
    ]
    store = opened(tmp_path, loans=book, loan_transactions=flows)
    assert found(store, "write_off_ratio", "institution")["own"][0] == pytest.approx(11 * 12 / 11 / 1200)


@pytest.mark.parametrize("indicator", ["roe", "debt_to_equity"])
def test_trap_a_ratio_to_negative_equity_is_not_shown(tmp_path: Path, indicator: str) -> None:
    lines = ledger(DAY, assets=100.0, liabilities=130.0, equity=-30.0, interest_income_on_loans=1.0)
    lines += ledger(DAY, financial_expense=2.0, net_impairment_loss=1.0, personnel_expense=3.0, tax=0.0)
    store = opened(tmp_path, loans=ten(), financials_monthly=lines)
    assert found(store, indicator, "institution")["own"][1] != "ok"


def test_trap_staff_who_joined_and_left_in_the_same_month_are_leavers(tmp_path: Path) -> None:
    staff: list[Row] = [
        {"staff_id": f"s{i}", "branch_id": "north", "joined_on": "2020-01-01", "role": "other"} for i in range(10)
    ]
    staff += [
        {"staff_id": "x", "branch_id": "north", "joined_on": "2026-02-03", "left_on": "2026-02-20", "role": "other"}
    ]
    store = opened(tmp_path, loans=ten(), staff=staff)
    assert found(store, "staff_turnover")["north"][0] == pytest.approx(1 / 10)


def test_trap_a_branch_with_a_new_name_is_the_same_branch(tmp_path: Path) -> None:
    book = [loan(f"{day}{i}", as_of=day) for day in MONTHS for i in range(10)]
    store = opened(tmp_path, loans=book, branches=[{"branch_id": "north", "branch_name": "North"}])
    land(store, branches=[{"branch_id": "north", "branch_name": "Upper North"}])
    assert found(store, "glp_growth") == {"north": (pytest.approx(0.0), "ok")}


def test_trap_a_merger_of_branches_is_no_growth(tmp_path: Path) -> None:
    book = [loan(f"{b}{i}", as_of=day, branch_id=b) for day in MONTHS[:-1] for b in ("old", "north") for i in range(10)]
    book += [loan(f"{b}{i}") for b in ("old", "north") for i in range(10)]
    branches = [
        {"branch_id": "north", "branch_name": "North"},
        {"branch_id": "old", "branch_name": "Old", "merged_into": "north", "merged_on": "2026-09-15"},
    ]
    store = opened(tmp_path, loans=book, branches=branches)
    assert found(store, "glp_growth") == {"north": (pytest.approx(0.0), "ok")}


def test_trap_a_fiscal_year_that_is_not_the_calendars_is_a_year_all_the_same(tmp_path: Path) -> None:
    months = [date(2025, m, 28) for m in range(3, 13)] + [date(2026, m, 28) for m in range(1, 4)]
    book = [loan("1", 1000.0, as_of=day) for day in months]
    lines = [row for day in months for row in ledger(day, personnel_expense=5.0)]
    store = opened(tmp_path, loans=book, financials_monthly=lines)
    assert found(store, "operating_expense_ratio", "institution")["own"][0] == pytest.approx(60 / 1000)


def test_trap_a_branch_without_loans_has_no_par(tmp_path: Path) -> None:
    book = [*ten(), *(loan(f"e{i}", 0.0, branch_id="empty", days_past_due=40) for i in range(12))]
    value, status = found(opened(tmp_path / "all", loans=book[10:]), "par30", "institution")["own"]
    assert pd.isna(value) and status == "not_available"
    store = opened(tmp_path / "one", loans=book)
    assert found(store, "par30")["empty"][1] == "not_available"
    assert found(store, "par30", "institution")["own"] == (0.0, "ok")


def test_trap_of_two_snapshots_in_a_month_the_last_is_its_end(tmp_path: Path) -> None:
    book = [loan("1", 1000.0, as_of=day) for day in MONTHS] + [loan("1", 9000.0, as_of=date(2026, 9, 10))]
    flows = [{"txn_id": "w", "branch_id": "north", "txn_on": DAY, "txn_type": "write_off", "amount": 100.0}]
    flows += [{"txn_id": "r", "branch_id": "north", "txn_on": MONTHS[1], "txn_type": "repayment", "amount": 5.0}]
    store = opened(tmp_path, loans=book, loan_transactions=flows)
    assert found(store, "write_off_ratio", "institution")["own"][0] == pytest.approx(0.1)


def test_trap_a_snapshot_sent_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[*ten(), loan("late", 1000.0, days_past_due=90)])
    land(store, loans=ten())
    assert found(store, "par30")["north"] == (0.0, "ok")


def test_trap_a_figure_somebody_else_computed_does_not_hide_the_records(tmp_path: Path) -> None:
    ready = [{"period": DAY, "unit_type": "branch", "unit": "north", "indicator_id": "par30", "value": 0.2}]
    store = opened(tmp_path, loans=ten(), reported_values=ready)
    assert found(store, "par30")["north"] == (0.0, "ok")


def test_trap_a_reversed_write_off_is_none(tmp_path: Path) -> None:
    flow: Row = {"branch_id": "north", "txn_on": DAY, "txn_type": "write_off", "amount": 100.0}
    flows = [{"txn_id": "a", **flow, "reversed": True}, {"txn_id": "b", **flow, "amount": 0.0}]
    store = opened(tmp_path, loans=ten(), loan_transactions=flows)
    assert found(store, "write_off_ratio", "institution")["own"][0] == 0.0
