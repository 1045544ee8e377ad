"""More silent wrong answers, each pinned with its tiny table; `tests.guards` says which words keep them away."""

from datetime import date
from pathlib import Path

import pytest

from metrics.policy import SETTINGS
from metrics.values import values
from tests import ingesting
from tests.records import DAY, Row, found, loan, opened

BOOK = [loan(str(i), purpose_sector="crops") for i in range(10)]


def test_trap_a_place_with_two_hazards_does_not_multiply_its_loans(tmp_path: Path) -> None:
    places: list[Row] = [
        {"district": "Delta", "sector": "crops", "hazard": hazard, "flagged": True} for hazard in ("flood", "drought")
    ]
    clients = [{"client_id": f"c{i}", "district": "Delta" if i < 5 else "Hills"} for i in range(10)]
    store = opened(tmp_path, loans=BOOK, clients=clients, climate_exposure=places)
    assert found(store, "climate_exposed_share")["north"][0] == pytest.approx(0.5)
    assert store.cursor().execute("SELECT sum(glp) FROM v_m_portfolio WHERE cut = 'main'").fetchall() == [(1000.0,)]


def test_trap_a_client_who_answers_twice_in_a_round_counts_once_with_the_last_answer(tmp_path: Path) -> None:
    given = {"survey_id": "s", "branch_id": "north", "question_key": "nps"}
    first: list[Row] = [
        {**given, "response_id": f"a{i}", "client_id": f"c{i}", "answered_on": date(2026, 9, 1), "answer_num": 0}
        for i in range(10)
    ]
    again = [{**row, "response_id": f"b{i}", "answered_on": DAY, "answer_num": 10} for i, row in enumerate(first)]
    store = opened(tmp_path, loans=BOOK, client_surveys=[*again, *first])
    frame = values(store.cursor(), SETTINGS, "branch", indicators=["nps"])
    assert frame[["value", "n"]].to_numpy().tolist() == [[1.0, 10.0]]


def test_trap_a_total_of_ready_figures_gives_each_branch_its_weight(tmp_path: Path) -> None:
    ready: list[Row] = [
        {"period": DAY, "unit_type": "branch", "unit": unit, "indicator_id": "par30", "value": value, "weight": weight}
        for unit, value, weight in (("north", 0.0, 900.0), ("south", 1.0, 100.0))
    ]
    store = opened(tmp_path, reported_values=ready)
    assert found(store, "par30", "institution") == {"own": (pytest.approx(0.1), "as_reported")}


def test_trap_a_surplus_in_one_currency_does_not_cover_a_gap_in_another(tmp_path: Path) -> None:
    open_in: list[Row] = [
        {"as_of": DAY, "currency": "USD", "assets": 30.0, "liabilities": 0.0},
        {"as_of": DAY, "currency": "EUR", "assets": 0.0, "liabilities": 30.0},
        {"as_of": DAY, "currency": "XOF", "assets": 900.0, "liabilities": 500.0},
    ]
    lines: list[Row] = [{"month": DAY, "account_code": "equity", "mapped_line": "equity", "amount": 100.0}]
    store = opened(tmp_path, loans=BOOK, financials_monthly=lines, currency_positions=open_in)
    assert found(store, "open_fx_position", "institution")["own"][0] == pytest.approx(0.6)


def test_trap_a_group_loan_on_the_same_row_for_each_member_lands_once(tmp_path: Path) -> None:
    head = ("loan_id", "group_id", "branch", "as_of", "outstanding", "days_late", "members")
    rows = [head, *[("G1", "g1", "Kolo", "2026-09-30", "900", "0", "3")] * 3]
    with ingesting.opened(tmp_path) as store:
        ingesting.landed(store, ingesting.text(tmp_path, ingesting.joined(rows)))
        parts = store.cursor().execute(
            "SELECT sum(glp), sum(active_loans), sum(active_borrowers) FROM v_m_portfolio WHERE cut = 'main'"
        )
        assert parts.fetchall() == [(900.0, 1.0, 3.0)]


def test_trap_a_month_in_which_complaints_were_only_closed_keeps_those_received_before(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"complaint_id": str(i), "branch_id": "north", "received_on": date(2026, 5, 10), "closed_on": date(2026, 8, 9)}
        for i in range(3)
    ]
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(30)], complaints=rows)
    year = "SELECT sum(received), sum(closed) FROM v_m_grievances_12m WHERE cut = 'main' AND period = ?"
    assert store.cursor().execute(year, [DAY]).fetchall() == [(3.0, 3.0)]
