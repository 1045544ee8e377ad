"""Staff: turnover, pay, satisfaction, training, bonus: each figure against a few rows worked by hand."""

from datetime import date
from pathlib import Path

import pytest

from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
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


def test_trap_who_joined_and_left_in_the_same_month_left(tmp_path: Path) -> None:
    staff = [person("a"), person("b"), person("c", joined_on=date(2026, 9, 5), left_on=date(2026, 9, 20))]
    store = opened(tmp_path, loans=BOOK, staff=staff)
    assert (total(store, "loan_officer_turnover"), total(store, "staff_turnover")) == (0.5, 0.5)


def test_trap_who_came_and_went_between_two_snapshots_left(tmp_path: Path) -> None:
    book = [loan("1", as_of=date(2026, 8, 15)), loan("1", as_of=date(2026, 9, 15))]
    staff = [person("a"), person("b"), person("c", joined_on=date(2026, 8, 17), left_on=date(2026, 8, 30))]
    assert total(opened(tmp_path, loans=book, staff=staff), "staff_turnover") == 0.5


def test_turnover_of_loan_officers_leaves_out_other_staff(tmp_path: Path) -> None:
    gone = {"left_on": date(2026, 3, 3)}
    staff = [person("a"), person("b"), person("c", **gone), person("d", role="other", **gone)]
    assert total(opened(tmp_path, loans=BOOK, staff=staff), "loan_officer_turnover") == pytest.approx(1 / 2.5)


def test_trap_an_officer_whose_gender_is_unknown_is_no_man(tmp_path: Path) -> None:
    staff = [person("a", gender="F"), person("b", gender="M"), person("c"), person("d", gender="unknown")]
    store = opened(tmp_path, loans=BOOK, staff=staff)
    shown = figures(store, "pct_female_loan_officers")
    assert (shown["value"], shown["n"], shown["coverage"]) == (0.5, 2, 0.5)


def test_the_pay_gap_compares_hours_not_months(tmp_path: Path) -> None:
    staff = [
        person("m1", gender="M", monthly_salary=400), person("m2", gender="M", monthly_salary=200),
        # Half a week for half the pay is the same pay an hour.
        person("f1", gender="F", monthly_salary=120, weekly_hours=20), person("f2", gender="F", monthly_salary=240),
        person("f3", gender="F"), person("f4", gender="F", monthly_salary=900, left_on=date(2026, 9, 1)),
    ]  # fmt: skip
    shown = figures(opened(tmp_path, loans=BOOK, staff=staff), "gender_pay_gap")
    assert shown["value"] == pytest.approx(1 - 240 / 300)
    assert (shown["n"], shown["coverage"]) == (4, 4 / 5)


def answers(satisfied: int, others: int, weight: float | None = None, **other: object) -> list[Row]:
    """Answers to the question of satisfaction, weighted where they are satisfied."""
    given = {"survey_id": "s", "branch_id": "north", "answered_on": date(2026, 6, 10), "question_key": "satisfaction"}
    return [
        {
            **given, "response_id": str(i), "answer_code": "satisfied" if i < satisfied else "neutral",
            "weight": weight if i < satisfied else 1.0, **other,
        }
        for i in range(satisfied + others)
    ]  # fmt: skip


def test_the_interval_of_staff_satisfaction_is_wilsons(tmp_path: Path) -> None:
    staff = [person(str(i)) for i in range(25)]
    shown = figures(opened(tmp_path, loans=BOOK, staff=staff, staff_surveys=answers(12, 8)), "staff_satisfaction")
    assert (shown["value"], shown["n"], shown["coverage"]) == (0.6, 20, 20 / 25)
    assert (shown["low"], shown["high"]) == pytest.approx((0.386582, 0.781193), abs=1e-5)


def test_weights_move_the_share_and_widen_its_interval(tmp_path: Path) -> None:
    staff = [person(str(i)) for i in range(25)]
    store = opened(tmp_path, loans=BOOK, staff=staff, staff_surveys=answers(10, 10, weight=3.0))
    shown = figures(store, "staff_satisfaction")
    assert shown["value"] == 30 / 40
    # (10 x 3 + 10)² / (10 x 9 + 10) = 16 answers' worth
    assert (shown["low"], shown["high"]) == pytest.approx((0.505017, 0.898179), abs=1e-5)


def test_trap_no_answer_of_staff_is_not_a_no(tmp_path: Path) -> None:
    silent = [{**row, "response_id": f"x{row['response_id']}", "answer_code": None} for row in answers(6, 0)]
    store = opened(tmp_path, loans=BOOK, staff=[person("a")], staff_surveys=[*answers(6, 2), *silent])
    assert figures(store, "staff_satisfaction")["value"] == 0.75


def test_four_answers_of_staff_are_not_shown_and_five_are(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, staff=[person("a")], staff_surveys=answers(2, 2))
    assert found(store, "staff_satisfaction")["north"][1] == "not_available"
    land(store, staff_surveys=[{**answers(1, 0)[0], "response_id": "fifth"}])
    assert found(store, "staff_satisfaction")["north"] == (0.6, "ok")


def test_training_hours_are_shared_by_average_staff(tmp_path: Path) -> None:
    # Two of four staff came on 1 April: of thirteen month-ends seven show two people and six show four.
    staff = [person("a"), person("b"), *(person(name, joined_on=date(2026, 4, 1)) for name in ("c", "d"))]
    courses = [
        {"training_id": f"t{day}", "staff_id": name, "held_on": day, "hours": 6.0, "topic": "credit"}
        for name, day in (("a", date(2025, 10, 3)), ("b", date(2026, 9, 3)), ("a", date(2025, 9, 3)))
    ]
    book = [loan("1", as_of=day) for day in (date(2025, 9, 30), DAY)]
    store = opened(tmp_path, loans=book, staff=staff, training=courses)
    assert total(store, "training_hours") == pytest.approx(12 / (38 / 13))


def test_cases_against_staff_are_counted_per_hundred(tmp_path: Path) -> None:
    cases = [
        {"incident_id": str(i), "happened_on": day, "kind": kind, "branch_id": "north"}
        for i, (day, kind) in enumerate(
            [(date(2025, 9, 1), "safety"), (date(2026, 2, 1), "harassment"), (date(2026, 3, 1), "fraud")]
        )
    ]
    book = [loan("1", as_of=day) for day in (date(2025, 9, 30), DAY)]
    store = opened(tmp_path, loans=book, staff=[person(str(i)) for i in range(50)], incidents=cases)
    assert total(store, "staff_incidents") == pytest.approx(2.0)


def test_an_officer_at_the_limit_is_not_over_it(tmp_path: Path) -> None:
    book = [loan(f"{officer}{i}", officer_id=officer) for officer, n in (("a", 3), ("b", 2)) for i in range(n)]
    store = opened(tmp_path, loans=book, staff=[person("a"), person("b")])
    assert found(store, "caseload_overload", by="institution", caseload_limit=3)["own"][0] == 0.0
    assert found(store, "caseload_overload", by="institution", caseload_limit=2)["own"][0] == 0.5


def test_the_bonus_rule_in_force_is_the_latest_that_has_begun(tmp_path: Path) -> None:
    rules = [
        {"parameter": "incentive_social_share", "value": value, "valid_from": start}
        for value, start in ((0.1, date(2024, 1, 1)), (0.3, date(2026, 1, 1)), (0.9, date(2027, 1, 1)))
    ]
    assert total(opened(tmp_path, loans=BOOK, parameters=rules), "incentive_social_share") == 0.3
