"""Gender, inclusion, community, engagement and transparency: each figure against a few rows worked by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests import fresh
from tests.records import DAY, Row, found, land, loan, opened

BOOK = [loan(str(i)) for i in range(10)]
LONG_AGO = date(2020, 1, 1)


def person(staff_id: str, **other: object) -> Row:
    """A loan officer of branch north, there since 2020; any column can be set."""
    return {"staff_id": staff_id, "branch_id": "north", "role": "loan_officer", "joined_on": LONG_AGO, **other}


def figures(store: Store, indicator: str, by: str = "institution") -> dict[str, float]:
    """All numbers of an indicator on the newest date for the first unit."""
    frame = values(store.cursor(), SETTINGS, by, indicators=[indicator])
    return dict(frame[frame["period"] == frame["period"].max()].iloc[0])


def total(store: Store, indicator: str) -> float:
    """The institution's value on the newest date."""
    return found(store, indicator, by="institution")["own"][0]


def application(number: int, gender: str | None, decision: str, **other: object) -> Row:
    """An application decided in the last month."""
    day = date(2026, 9, 3)
    return {
        "application_id": f"{gender}{decision}{number}", "applied_on": day, "decided_on": day, "decision": decision,
        "gender": gender, "branch_id": "north", **other,
    }  # fmt: skip


def test_the_approval_gap_leaves_out_what_was_withdrawn_or_is_open(tmp_path: Path) -> None:
    rows = [application(i, "F", "approved") for i in range(6)] + [application(i, "F", "rejected") for i in range(4)]
    rows += [application(i, "M", "approved") for i in range(8)] + [application(i, "M", "rejected") for i in range(2)]
    rows += [application(i, "F", "withdrawn") for i in range(5)]
    rows += [application(9, "M", "rejected", decided_on=None, application_id="open")]
    rows += [application(0, None, "rejected"), application(1, "unknown", "rejected", client_id="c1")]
    store = opened(tmp_path, loans=BOOK, applications=rows)
    shown = figures(store, "approval_gap_gender")
    assert shown["value"] == pytest.approx(0.6 - 0.8)
    assert (shown["n"], shown["coverage"]) == (20, 20 / 22)


def test_the_client_list_tells_an_applicants_gender(tmp_path: Path) -> None:
    rows = [application(i, None, "approved", client_id="w") for i in range(5)]
    rows += [application(i, "M", "approved") for i in range(5)]
    store = opened(tmp_path, loans=BOOK, applications=rows, clients=[{"client_id": "w", "gender": "F"}])
    assert figures(store, "approval_gap_gender")["n"] == 10


def account(number: int, moved: date | None, **other: object) -> Row:
    """A voluntary account of client cN with money on it."""
    given = {"as_of": DAY, "account_id": f"e{number}", "client_id": f"c{number}", "branch_id": "north", "balance": 50.0}
    return {**given, "last_txn_on": moved, **other}


def test_trap_an_account_is_not_dormant_on_the_day_exactly_six_months_later(tmp_path: Path) -> None:
    rows = [account(0, date(2026, 3, 29)), account(1, date(2026, 3, 30)), account(2, DAY), account(3, None)]
    rows += [account(i, DAY) for i in range(4, 8)]
    shown = figures(opened(tmp_path, loans=BOOK, savings=rows), "dormant_accounts")
    assert shown["value"] == pytest.approx(1 / 7)
    assert (shown["n"], shown["coverage"]) == (7, 7 / 8)


def test_savers_are_clients_who_save_by_choice_each_once(tmp_path: Path) -> None:
    clients = [{"client_id": f"c{i}", "branch_id": "north"} for i in range(19)]
    clients += [{"client_id": "c19", "branch_id": "north", "exited_on": date(2026, 5, 1)}]
    rows = [
        account(1, DAY), account(1, DAY, account_id="second", branch_id="south"), account(12, DAY),
        account(2, DAY, compulsory=True), account(3, DAY, balance=0), account(19, DAY), account(99, DAY),
        account(4, DAY, as_of=date(2026, 9, 10)),
    ]  # fmt: skip
    store = opened(tmp_path, loans=BOOK, clients=clients, savings=rows)
    # c1 and c12 save; of them only c1 borrows too.
    assert total(store, "savers_share") == pytest.approx(2 / 19)
    assert total(store, "product_diversity") == pytest.approx(1 / 19)
    assert found(store, "savers_share")["north"][0] == pytest.approx(2 / 19)


def test_clients_of_unknown_segment_are_in_neither_side(tmp_path: Path) -> None:
    marks = [True] * 3 + [False] * 7 + [None] * 5
    clients = [{"client_id": f"c{i}", "branch_id": "north", "target_segment": mark} for i, mark in enumerate(marks)]
    shown = figures(opened(tmp_path, loans=BOOK, clients=clients), "target_segment_share")
    assert (shown["value"], shown["n"], shown["coverage"]) == (0.3, 10, 10 / 15)


def event(number: int, planned: date | None, held: date | None, *feelings: float | None) -> list[Row]:
    """A consultation of a community with its statements; one row where nothing was recorded."""
    given = {"event_id": str(number), "planned_on": planned, "held_on": held, "stakeholder": "community"}
    if not feelings:
        return [{**given, "statement_no": 0}]
    return [{**given, "statement_no": i, "sentiment": feeling} for i, feeling in enumerate(feelings, start=1)]


def test_a_consultation_planned_but_not_held_counts_against(tmp_path: Path) -> None:
    day = date(2026, 5, 5)
    rows = [
        *event(1, day, day, 1.0, 0.5, -1.0),                           # one event, three rows
        *event(2, day, None),
        *event(3, date(2026, 9, 25), date(2026, 10, 2)),               # held, but after the date shown
        *event(4, None, day, -0.5, 0.0, None),                         # held without a plan
        *event(5, date(2026, 10, 20), None),                           # not due yet
        *event(6, date(2025, 9, 20), date(2025, 9, 20), -1.0),         # more than a year ago
        *event(7, date(2025, 9, 20), date(2025, 11, 1)),
    ]  # fmt: skip
    store = opened(tmp_path, loans=BOOK, stakeholder_consultations=rows)
    shown = figures(store, "consultations_held")
    assert (shown["value"], shown["n"]) == (pytest.approx(1 / 3), 3)
    heard = figures(store, "community_sentiment")
    assert (heard["value"], heard["n"], heard["coverage"]) == (pytest.approx((2 - 2) / 5), 5, 5 / 6)


def test_an_issue_is_closed_when_done_and_answered(tmp_path: Path) -> None:
    old, young = DAY - timedelta(days=91), DAY - timedelta(days=90)
    day = date(2026, 9, 1)
    rows = [
        {"raised_on": old, "done_on": day, "answered_on": day}, {"raised_on": old, "done_on": day},
        {"raised_on": old, "answered_on": day}, {"raised_on": young},
        {"raised_on": old, "done_on": day, "answered_on": date(2026, 10, 1)},
        {"raised_on": date(2024, 1, 1), "done_on": day, "answered_on": day},
    ]  # fmt: skip
    numbered = [{"issue_id": str(i), "source": "client", **row} for i, row in enumerate(rows)]
    shown = figures(opened(tmp_path, loans=BOOK, issues_actions=numbered), "issue_closure_rate")
    assert (shown["value"], shown["n"]) == (0.25, 4)


def test_a_report_delivered_on_the_day_due_is_on_time(tmp_path: Path) -> None:
    due = date(2026, 6, 30)
    rows = [
        {"due_on": due, "delivered_on": due, "fields_required": 10, "fields_filled": 9},
        {"due_on": due, "delivered_on": date(2026, 7, 1), "fields_required": 20, "fields_filled": 25},
        {"due_on": due, "fields_required": 10},
        {"due_on": date(2026, 12, 31), "fields_required": 99},
    ]
    numbered = [{"report_id": str(i), "audience": "board", **row} for i, row in enumerate(rows)]
    store = opened(tmp_path, loans=BOOK, disclosures=numbered)
    assert total(store, "report_timeliness") == pytest.approx(1 / 3)
    assert total(store, "report_completeness") == pytest.approx((9 + 20 + 0) / 40)


def audit(name: str, day: date, *given: str | None) -> list[Row]:
    """A social audit with these answers."""
    row = {"audit_id": name, "answered_on": day}
    return [{**row, "question_id": str(i), "answer": answer} for i, answer in enumerate(given)]


def test_a_social_audit_weighs_questions_alike_and_leaves_out_what_does_not_apply(tmp_path: Path) -> None:
    older = audit("older", date(2026, 1, 1), "no", "no")
    latest = audit("latest", date(2026, 3, 1), "yes", "yes", "partially", "no", "not_applicable", None)
    shown = figures(opened(tmp_path, loans=BOOK, practice_answers=[*latest, *older]), "spi_score")
    assert (shown["value"], shown["n"], shown["coverage"]) == (2.5 / 4, 4, 4 / 5)


def test_a_social_audit_holds_for_24_months(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, practice_answers=audit("old", date(2024, 9, 30), "yes"))
    assert found(store, "spi_score", by="institution")["own"][1].startswith("not_available")
    land(store, practice_answers=audit("newer", date(2024, 10, 1), "yes"))
    assert total(store, "spi_score") == 1.0


def test_loans_of_unknown_screening_are_in_neither_side(tmp_path: Path) -> None:
    marks = [True] * 6 + [False] * 2 + [None] * 2
    book = [
        loan(str(i), disbursed_on=date(2026, 9, 4), env_screened=mark, apr_disclosed=mark, is_green=mark)
        for i, mark in enumerate(marks)
    ]
    store = opened(tmp_path, loans=book)
    for indicator in ("env_screened_share", "apr_disclosed_share"):
        shown = figures(store, indicator)
        assert (shown["value"], shown["n"], shown["coverage"]) == (0.75, 8, 0.8)
    assert total(store, "green_loan_share") == 0.75


def test_exposure_takes_sector_and_district_together(tmp_path: Path) -> None:
    listed = [("river", "farming", True), ("river", "trade", False), ("hill", "farming", False)]
    exposed = [
        {"district": place, "sector": sector, "hazard": "flood", "flagged": flag} for place, sector, flag in listed
    ]
    clients = [{"client_id": f"c{i}", "district": "river" if i < 6 else "hill"} for i in range(9)]
    book = [loan(str(i), purpose_sector="farming" if i % 2 else "trade") for i in range(10)]
    store = opened(tmp_path, loans=book, clients=clients, climate_exposure=exposed)
    # Clients 1, 3 and 5 farm by the river; client 9's district is not known.
    assert total(store, "climate_exposed_share") == pytest.approx(3 / 9)


def test_the_price_that_is_quoted_over_the_price_that_is_paid(tmp_path: Path) -> None:
    products = [
        {"product_id": "a", "product_name": "A", "nominal_rate_pct": 18.0, "apr_pct": 24.0},
        {"product_id": "b", "product_name": "B", "nominal_rate_pct": 30.0, "apr_pct": 36.0},
    ]
    book = [loan("1", 300.0, product_id="a"), loan("2", 100.0, product_id="b")]
    store = opened(tmp_path, loans=book, products=products)
    assert total(store, "apr_portfolio_weighted") == pytest.approx(0.27)
    assert total(store, "transparency_index") == pytest.approx((3 * 18 + 30) / (3 * 24 + 36))


@pytest.mark.full
def test_the_branch_where_collection_is_harsh_has_weary_and_untrained_staff(tmp_path: Path) -> None:
    cursor = fresh.open_copy(tmp_path).cursor()
    names = ["staff_satisfaction", "training_hours"]
    frame = values(cursor, SETTINGS, "branch", [DAY], indicators=names)
    table = frame.pivot(index="unit", columns="indicator", values="value")
    assert list(table.idxmin()) == ["doukoro", "doukoro"]
    assert table["training_hours"].median() > 2 * table.loc["doukoro", "training_hours"]


def test_whoever_is_named_in_the_sample_is_known(tmp_path: Path) -> None:
    cursor = fresh.open_copy(tmp_path).cursor()
    strangers = cursor.execute(
        """SELECT (SELECT count(*) FROM v_training ANTI JOIN v_staff USING (institution_id, staff_id)),
            (SELECT count(*) FROM v_savings ANTI JOIN v_clients USING (institution_id, client_id)),
            (SELECT count(*) FROM v_applications AS a ANTI JOIN v_clients AS c
                ON c.institution_id = a.institution_id AND c.client_id = a.client_id WHERE a.client_id IS NOT NULL),
            (SELECT count(*) FROM v_clients ANTI JOIN v_climate_exposure USING (institution_id, district))"""
    ).fetchall()
    assert strangers == [(0, 0, 0, 0)]
