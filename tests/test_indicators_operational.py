"""Indicators from the registers of incidents and of audit findings, each on a few rows worked by hand."""

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.records import DAY, Row, found, land, loan, opened
from tests.test_indicators_ledger import YEAR, one

BOOK = [loan(f"{place}", 1000.0, as_of=pd.Timestamp(day).date()) for place, day in enumerate(YEAR)]


def case(number: int, on: date, kind: str = "fraud", **other: object) -> Row:
    return {"incident_id": str(number), "happened_on": on, "kind": kind, "branch_id": "north", **other}


def test_without_a_register_fraud_is_unknown(tmp_path: Path) -> None:
    value, status = found(opened(tmp_path, loans=BOOK), "fraud_loss_rate", "institution")["own"]
    assert math.isnan(value) and status == "not_available: needs incidents.kind"


@pytest.mark.parametrize("by", ["institution", "branch"])
def test_a_register_without_a_case_of_fraud_is_a_zero(tmp_path: Path, by: str) -> None:
    register = [case(1, date(2024, 3, 5), "safety", branch_id="south")]
    assert [*found(opened(tmp_path, loans=BOOK, incidents=register), "fraud_loss_rate", by).values()] == [(0.0, "ok")]


def test_a_quiet_end_of_the_year_is_covered_by_the_register(tmp_path: Path) -> None:
    register = [case(1, date(2025, 10, 9), amount_lost=12, confirmed=True)]
    store = opened(tmp_path, loans=BOOK, incidents=register)
    assert one(store, "fraud_loss_rate") == pytest.approx(12 / 1000)
    known = "SELECT sum(incidents_known), any_value(months) FROM v_m_incidents_12m WHERE period = ?"
    assert store.cursor().execute(known, [DAY]).fetchall() == [(12, 12)]


def test_a_register_of_three_months_is_brought_to_a_year(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, incidents=[case(1, date(2026, 7, 9), amount_lost=12, confirmed=True)])
    assert one(store, "fraud_loss_rate") == pytest.approx(12 * 4 / 1000)
    assert one(store, "fraud_loss_rate", annualised=False) == pytest.approx(12 / 1000)


def test_only_confirmed_fraud_is_a_loss_and_one_of_unknown_size_hides_the_sum(tmp_path: Path) -> None:
    register = [
        case(1, date(2025, 10, 9), amount_lost=12, confirmed=True), case(2, date(2026, 2, 9), amount_lost=50),
        case(3, date(2026, 3, 9), amount_lost=50, confirmed=False), case(4, date(2026, 9, 9), "safety"),
    ]  # fmt: skip
    store = opened(tmp_path, loans=BOOK, incidents=register)
    assert one(store, "fraud_loss_rate") == pytest.approx(12 / 1000)
    land(store, incidents=[case(5, date(2026, 9, 10), confirmed=True)])
    assert math.isnan(one(store, "fraud_loss_rate"))


def finding(number: int, due: date | None, closed: date | None = None, severity: str = "high") -> Row:
    raised = {"raised_on": date(2026, 3, 2), "severity": severity, "branch_id": "north"}
    return {"finding_id": str(number), "due_on": due, "closed_on": closed, **raised}


def test_a_finding_is_late_from_the_day_after_its_day_until_it_is_closed(tmp_path: Path) -> None:
    findings = [
        finding(1, date(2026, 9, 29)), finding(2, DAY), finding(3, date(2026, 12, 1)),
        finding(4, date(2026, 6, 1), closed=DAY), finding(5, date(2026, 6, 1), severity="low"),
        finding(6, date(2026, 6, 1), closed=date(2026, 10, 1)),
    ]  # fmt: skip
    store = opened(tmp_path, loans=[loan("1")], audit_findings=findings)
    assert one(store, "audit_findings_overdue") == pytest.approx(2 / 4)


def test_an_open_finding_without_a_day_leaves_the_share_unknown(tmp_path: Path) -> None:
    undated = {**finding(2, None), "branch_id": "south"}
    store = opened(tmp_path, loans=[loan("1")], audit_findings=[finding(1, DAY), undated])
    assert math.isnan(one(store, "audit_findings_overdue"))
