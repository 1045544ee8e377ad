"""What clients say and how they fare: surveys, complaints, burdens and exits, each figure worked by hand."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests.records import DAY, Row, found, loan, opened

BOOK = [loan(str(i)) for i in range(10)]


def figures(store: Store, indicator: str, by: str = "branch") -> dict[str, float]:
    """All numbers of an indicator on the newest date, for branch north or the institution."""
    frame = values(store.cursor(), SETTINGS, by, indicators=[indicator])
    return dict(frame[frame["period"] == frame["period"].max()].iloc[0])


def total(store: Store, indicator: str, **settings: object) -> float:
    return found(store, indicator, "institution", **settings)["own"][0]


def said(key: str, codes: dict[str, int], first: int = 0, **other: object) -> list[Row]:
    """Answers to one question: so many of each code, one a respondent."""
    given = [code for code, n in codes.items() for _ in range(n)]
    return [
        {"survey_id": "s", "response_id": f"r{first + i}", "branch_id": "north", "answered_on": DAY,
         "question_key": key, "answer_code": code, **other}
        for i, code in enumerate(given)
    ]  # fmt: skip


def test_coverage_is_the_response_rate_of_the_round(tmp_path: Path) -> None:
    store = opened(
        tmp_path, loans=BOOK, client_surveys=said("satisfaction", {"satisfied": 30, "neutral": 10}),
        survey_rounds=[{"survey_id": "s", "branch_id": "north", "invited": 100}],
    )  # fmt: skip
    found_now = figures(store, "csat")
    assert (found_now["value"], found_now["n"], found_now["coverage"]) == (0.75, 40, 0.4)


def test_without_a_round_nothing_says_how_many_were_asked(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, client_surveys=said("satisfaction", {"satisfied": 30, "neutral": 10}))
    assert np.isnan(figures(store, "csat")["coverage"])


def test_a_row_for_the_whole_institution_gives_way_to_those_of_the_branches(tmp_path: Path) -> None:
    rounds = [{"survey_id": "s", "branch_id": branch, "invited": n} for branch, n in (("north", 80), ("", 999))]
    rounds[1].pop("branch_id")
    store = opened(tmp_path, loans=BOOK, client_surveys=said("challenge", {"yes": 4, "no": 16}), survey_rounds=rounds)
    assert figures(store, "challenge_rate", "institution")["coverage"] == pytest.approx(20 / 80)


def test_the_interval_of_a_share_is_wilsons(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, client_surveys=said("fair_treatment", {"agree": 45, "neutral": 5}))
    now = figures(store, "fair_treatment")
    p, n, z = 0.9, 50, 1.959964
    middle, half = (p + z * z / 2 / n), z * (p * (1 - p) / n + z * z / 4 / n / n) ** 0.5
    wilson = ((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n))
    assert (now["low"], now["high"]) == pytest.approx(wilson, abs=1e-6)


def test_unequal_weights_move_the_share_and_widen_its_interval(tmp_path: Path) -> None:
    heavy = said("challenge", {"yes": 20}, weight=3.0) + said("challenge", {"no": 60}, first=20, weight=1.0)
    weighted, plain = figures(opened(tmp_path / "w", loans=BOOK, client_surveys=heavy), "challenge_rate"), figures(
        opened(tmp_path / "p", loans=BOOK, client_surveys=said("challenge", {"yes": 40, "no": 40})), "challenge_rate"
    )
    assert weighted["value"] == plain["value"] == 0.5
    assert weighted["n"] == 80  # people, though Kish's effective size is (60 + 60)^2 / (180 + 60) = 60
    assert weighted["high"] - weighted["low"] > 1.1 * (plain["high"] - plain["low"])


QUESTIONS: dict[str, tuple[str, dict[str, int], float]] = {
    "csat": ("satisfaction", {"very_satisfied": 3, "satisfied": 5, "neutral": 1, "dissatisfied": 1}, 0.8),
    "challenge_rate": ("challenge", {"yes": 3, "no": 7}, 0.3),
    "repayment_burden_not_problem": ("repayment_burden", {"not_a_problem": 6, "heavy_burden": 4}, 0.6),
    "reduced_food_for_repayment": ("reduced_food", {"never": 8, "once": 1, "regularly": 1}, 0.2),
    "terms_understood": ("terms_understood", {"strongly_agree": 4, "agree": 4, "neutral": 2}, 0.4),
    "fair_treatment": ("fair_treatment", {"strongly_agree": 4, "agree": 4, "neutral": 2}, 0.8),
    "complaint_awareness": ("knows_how_to_complain", {"yes": 7, "no": 3}, 0.7),
    "first_access_share": ("prior_provider", {"no_alternative_before": 4, "had_before": 6}, 0.4),
    "income_increased": ("income_change", {"very_much_improved": 2, "slightly_improved": 3, "no_change": 5}, 0.5),
    "resilience_improved": ("resilience_change", {"slightly_improved": 3, "much_worse": 7}, 0.3),
    "savings_increased": ("savings_change", {"slightly_improved": 3, "no_change": 7}, 0.3),
    "financial_stress_reduced": ("stress_change", {"very_much_improved": 1, "slightly_worse": 9}, 0.1),
    "food_security_improved": ("meals_change", {"slightly_improved": 2, "no_change": 8}, 0.2),
}


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Ten answers to each question; five more gave no code of it, which is no answer and not a no."""
    rows: list[Row] = []
    for key, codes, _ in QUESTIONS.values():
        rows += said(key, {**codes, "refused": 5}, first=len(rows))
    return opened(tmp_path_factory.mktemp("survey"), loans=BOOK, client_surveys=rows)


@pytest.mark.parametrize("indicator", QUESTIONS)
def test_each_question_by_hand(survey: Store, indicator: str) -> None:
    now = figures(survey, indicator)
    assert (now["value"], now["n"]) == (pytest.approx(QUESTIONS[indicator][2]), 10)


def test_whoever_says_worse_once_is_worse_off_once(tmp_path: Path) -> None:
    rows = said("quality_of_life", {"slightly_worse": 2, "no_change": 8})
    rows += said("income_change", {"much_worse": 3, "no_change": 7})  # the first two say worse to both
    assert figures(opened(tmp_path, loans=BOOK, client_surveys=rows), "negative_outcome_share")["value"] == 0.3


def test_a_question_that_was_never_put_is_named(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=BOOK, client_surveys=said("challenge", {"yes": 3, "no": 7}))
    assert figures(store, "csat")["status"] == "not_available: needs client_surveys.question_key: satisfaction"


def test_a_question_of_the_round_a_year_before_is_no_zero_now(tmp_path: Path) -> None:
    before = said("challenge", {"yes": 3, "no": 7}, answered_on=date(2025, 9, 20), survey_id="old")
    store = opened(tmp_path, loans=[*BOOK, loan("x", as_of=date(2025, 9, 30))], client_surveys=before)
    assert figures(store, "csat")["status"] == "not_available: needs client_surveys.question_key: satisfaction"


def test_womens_say_is_asked_of_women(tmp_path: Path) -> None:
    women = said("household_decisions", {"increased": 6, "no_change": 6}, gender="F")
    men = said("household_decisions", {"increased": 50}, first=50, gender="M")
    now = figures(opened(tmp_path, loans=BOOK, client_surveys=women + men), "women_decision_making")
    assert (now["value"], now["n"]) == (0.5, 12)


def test_paid_workers_are_a_mean_with_its_own_interval(tmp_path: Path) -> None:
    counts = [0.0] * 6 + [1.0] * 2 + [4.0] * 2
    rows = [
        {"survey_id": "s", "response_id": str(i), "branch_id": "north", "answered_on": DAY,
         "question_key": "paid_workers", "answer_num": x}
        for i, x in enumerate(counts)
    ]  # fmt: skip
    now = figures(opened(tmp_path, loans=BOOK, client_surveys=rows), "jobs_supported")
    assert now["value"] == pytest.approx(1.0)
    half = 1.959964 * (np.var(counts) / 10) ** 0.5
    assert now["high"] - now["low"] == pytest.approx(2 * half, rel=0.06)  # n or n - 1


def test_why_clients_left_is_told_by_exit_interviews_alone(tmp_path: Path) -> None:
    left = said("exit_reason", {"harassment": 4, "over_debt": 2, "moved": 6}, survey_type="exit", survey_id="e")
    others = said("exit_reason", {"product": 30}, first=50, survey_type="satisfaction")
    now = figures(opened(tmp_path, loans=BOOK, client_surveys=left + others), "exit_unhappy_share")
    assert (now["value"], now["n"]) == (0.5, 12)


def complaint(number: int, received: date, closed: date | None, **other: object) -> Row:
    return {"complaint_id": str(number), "branch_id": "north", "received_on": received, "closed_on": closed, **other}


def test_days_to_resolve_are_the_middle_complaints(tmp_path: Path) -> None:
    start = date(2026, 8, 1)
    took = [1, 2, 3, 5, 7, 7, 10, 20, 30, 60]
    rows = [complaint(i, start, start + timedelta(days=days)) for i, days in enumerate(took)]
    store = opened(tmp_path, loans=BOOK, complaints=[*rows, complaint(99, start, None)])
    assert 5 <= total(store, "complaint_resolution_days") <= 10


def test_exactly_thirty_days_open_is_within_the_standard(tmp_path: Path) -> None:
    rows = [complaint(i, DAY - timedelta(days=30), None) for i in range(6)]
    rows += [complaint(10 + i, DAY - timedelta(days=31), None) for i in range(4)]
    assert total(opened(tmp_path, loans=BOOK, complaints=rows), "complaints_backlog") == pytest.approx(0.4)


def test_satisfaction_with_answers_leaves_out_whom_nobody_asked(tmp_path: Path) -> None:
    rows = [complaint(i, date(2026, 8, 1), date(2026, 8, 9), satisfied=i < 6 if i < 10 else None) for i in range(20)]
    assert total(opened(tmp_path, loans=BOOK, complaints=rows), "complaints_satisfied") == pytest.approx(0.6)


def test_abusive_collection_is_counted_by_its_category(tmp_path: Path) -> None:
    kinds = ["collection_conduct"] * 3 + ["pricing"] * 6
    loud = [complaint(i, date(2026, 9, 1), None, category=kind) for i, kind in enumerate(kinds)]
    quiet = [complaint(1, date(2026, 9, 1), None, category="pricing")]
    assert total(opened(tmp_path / "loud", loans=BOOK, complaints=loud), "aggressive_collection_incidents") > 0
    assert total(opened(tmp_path / "quiet", loans=BOOK, complaints=quiet), "aggressive_collection_incidents") == 0


def test_the_burden_adds_the_instalments_at_other_lenders(tmp_path: Path) -> None:
    people: list[Row] = [
        {"client_id": f"c{i}", "household_income_month": 200, "bureau_instalment_month": 20 if i < 5 else None,
         "active_lenders": 3 if i < 2 else 1}
        for i in range(10)
    ]  # fmt: skip
    lent = [loan(str(i), client_id=f"c{i}", instalment_month=50) for i in range(10)]
    store = opened(tmp_path, loans=lent, clients=people)
    # Five bear (50 + 20) / 200 = 35 %, five 25 %.
    assert total(store, "overindebted_share", overindebted_line=0.3) == pytest.approx(0.5)
    assert total(store, "multiple_lending_share") == pytest.approx(0.2)
    assert total(store, "mean_dti") == pytest.approx(0.30, abs=0.05)


def test_a_client_is_heard_by_an_answer_or_a_complaint_once(tmp_path: Path) -> None:
    people: list[Row] = [{"client_id": f"c{i}", "joined_on": date(2024, 1, 1)} for i in range(20)]
    answers = [row | {"client_id": f"c{i}"} for i, row in enumerate(said("challenge", {"yes": 4, "no": 4}))]
    cried = [complaint(i, date(2026, 9, 1), None, client_id=f"c{i}") for i in (7, 8)]
    store = opened(
        tmp_path, loans=[loan(str(i), client_id=f"c{i}") for i in range(20)], clients=people, client_surveys=answers,
        complaints=cried,
    )  # fmt: skip
    assert total(store, "feedback_coverage") == pytest.approx(9 / 20)
