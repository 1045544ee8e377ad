"""What became of an indicator: intervals by hand and from print, and what may not be said yet."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics import effects
from metrics.catalogue import indicators
from metrics.effects import VERDICTS, Effect, Point
from metrics.errors import EvenkeelError
from metrics.intervals import student
from metrics.policy import SETTINGS
from metrics.words import LANGUAGES
from tests.records import Row, loan, opened

PAR30, LENDING, COMPLAINTS = (indicators()[name] for name in ("par30", "multiple_lending_share", "complaints_rate"))
SIZE, SATISFIED = indicators()["borrowers_per_loan_officer"], indicators()["csat"]
DONE, DAY = date(2026, 3, 31), date(2026, 9, 30)
SHARES = st.floats(0, 1)


def months(count: int, *values: float, until: date = DONE, n: float = math.nan) -> list[Point]:
    """Month-ends up to a day, whose values take turns."""
    return [Point(effects.later(until, back - count + 1), values[back % len(values)], n) for back in range(count)]


def test_the_interval_of_two_shares_is_that_of_newcombes_table() -> None:
    """Newcombe 1998, table II, contrast (a): 56/70 against 48/80, method 10."""
    low, high, way = effects.change_interval(LENDING, Point(DONE, 48 / 80, 80), Point(DAY, 56 / 70, 70), [])
    assert (round(low, 4), round(high, 4), way) == (0.0524, 0.3339, "figures")


def test_the_interval_of_survey_figures_comes_from_their_own_ends() -> None:
    before, after = Point(DONE, 0.5, 90, 0.4, 0.6), Point(DAY, 0.8, 90, 0.76, 0.83)
    low, high, _ = effects.change_interval(SATISFIED, before, after, [])
    assert (low, high) == (pytest.approx(0.3 - math.hypot(0.04, 0.1)), pytest.approx(0.3 + math.hypot(0.03, 0.1)))


def test_any_other_figure_is_held_against_how_far_it_wandered_before() -> None:
    """Twelve steps of 0.01: Student's t of 12 degrees is 2.1788, six months make the root of six of it."""
    earlier = months(13, 0.051, 0.061)
    low, high, way = effects.change_interval(PAR30, earlier[-1], Point(DAY, 0.091, 463), earlier)
    half = 2.1788 * 0.01 * math.sqrt(6)
    change = 0.091 - earlier[-1].value
    assert (low, high) == (pytest.approx(change - half, abs=1e-5), pytest.approx(change + half, abs=1e-5))
    assert way == "months"


@pytest.mark.parametrize(("freedom", "wanted"), [(6, 2.4469), (12, 2.1788), (24, 2.0639)])
def test_students_t_is_that_of_the_tables(freedom: int, wanted: float) -> None:
    assert student(freedom) == pytest.approx(wanted, abs=2e-3)


def test_a_month_that_is_missing_makes_no_step() -> None:
    found = months(16, 0.05, 0.06)
    gap = [point for point in found if point.day.month != 6]
    assert effects.swings(gap) == pytest.approx(student(13) * 0.01)


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(0.30, 0.10, "better"), (0.10, 0.30, "worse"), (0.20, 0.21, "no_change")]
)
def test_less_is_better_where_lower_is(before: float, after: float, verdict: str) -> None:
    points = [Point(DONE, before, 300), Point(DAY, after, 300)]
    assert effects.judged(LENDING, points, DONE, DAY).verdict == verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(700, 400, "better"), (400, 700, "worse"), (300, 200, "no_change")]
)
def test_a_band_is_better_where_it_comes_nearer_to_its_best_part(before: float, after: float, verdict: str) -> None:
    """The best part of clients a loan officer is 150 to 350; 300 and 200 both lie in it."""
    points = [*months(12, before - 1, before), Point(DAY, after)]
    assert effects.judged(SIZE, points, DONE, DAY).verdict == verdict


@pytest.mark.parametrize(("last", "verdict"), [(date(2026, 5, 31), "too_early"), (date(2026, 6, 30), "better")])
def test_three_months_must_go_by(last: date, verdict: str) -> None:
    points = [Point(DONE, 0.30, 300), Point(last, 0.10, 300)]
    found = effects.judged(LENDING, points, DONE, DAY)
    assert (found.verdict, found.ready_on) == (verdict, date(2026, 6, 30))


def test_a_figure_of_twelve_months_must_lie_wholly_after_what_was_done() -> None:
    points = [Point(DONE, 0.05, 300), Point(date(2027, 2, 28), 0.01, 300)]
    early = effects.judged(COMPLAINTS, points, DONE, date(2027, 2, 28))
    assert (early.verdict, early.ready_on) == ("too_early", date(2027, 3, 31))


def test_nothing_newer_yet_is_too_early_and_later_on_not_measured() -> None:
    points = [Point(DONE, 0.3, 300)]
    found = [effects.judged(LENDING, points, DONE, day).verdict for day in (date(2026, 5, 31), DAY)]
    assert found == ["too_early", "not_measured"]


def test_a_figure_of_long_before_is_none() -> None:
    points = [Point(date(2025, 9, 30), 0.3, 300), Point(DAY, 0.1, 300)]
    assert effects.judged(LENDING, points, DONE, DAY).reason == "no_before"


def test_too_few_earlier_months_give_numbers_without_a_verdict() -> None:
    points = [*months(5, 0.051, 0.062), Point(DAY, 0.0912, 463)]
    found = effects.judged(PAR30, points, DONE, DAY)
    assert (found.verdict, found.reason, found.low, found.after) == ("not_measured", "few_months", None, 0.0912)


def test_a_figure_that_never_moved_before_gives_numbers_without_a_verdict() -> None:
    points = [*months(13, 0.0513), Point(DAY, 0.0912, 463)]
    found = effects.judged(PAR30, points, DONE, DAY)
    assert (found.verdict, found.reason, found.low, found.high) == ("not_measured", "never_moved", None, None)


def test_a_figure_that_neither_moved_before_nor_since_has_not_changed() -> None:
    found = effects.judged(PAR30, [*months(13, 0.0513), Point(DAY, 0.0513, 463)], DONE, DAY)
    assert (found.verdict, found.reason) == ("no_change", "")


@given(before=SHARES, after=SHARES, n=st.integers(10, 2000), m=st.integers(10, 2000))
def test_the_interval_holds_the_change_and_narrows_with_n(before: float, after: float, n: int, m: int) -> None:
    one, two = Point(DONE, round(before * n) / n, n), Point(DAY, round(after * m) / m, m)
    low, high, way = effects.change_interval(LENDING, one, two, [])
    assume(way)
    wide = replace(one, n=n * 100), replace(two, n=m * 100)
    narrow_low, narrow_high, _ = effects.change_interval(LENDING, *wide, [])
    assert low <= two.value - one.value <= high
    assert narrow_high - narrow_low < high - low
    assert low >= -1 and high <= 1


@given(values=st.lists(st.floats(0.001, 0.999), min_size=1, max_size=30), n=st.floats(0, 500), done=st.dates(DONE, DAY))
def test_there_is_always_one_of_five_verdicts_and_none_before_its_time(
    values: list[float], n: float, done: date
) -> None:
    points = [Point(effects.later(DAY, place - len(values) + 1), value, n) for place, value in enumerate(values)]
    found = effects.judged(PAR30, points, done, DAY)
    assert found.verdict in VERDICTS
    assert found.verdict not in ("better", "worse", "no_change") or found.ready_on <= DAY


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_months_later_a_month_end_is_a_month_end(day: date, count: int) -> None:
    found = effects.later(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day <= day.day or found.day >= 28


def test_the_figures_of_a_branch_are_read_before_and_after(tmp_path: Path) -> None:
    rows: list[Row] = []
    for month in (6, 9, 12):
        day, late = effects.later(date(2025, 9, 30), month), (45 if month == 12 else 0)
        rows += [loan(f"n{no}", as_of=day, days_past_due=late if no == 0 else 0) for no in range(12)]
        rows += [loan(f"s{no}", as_of=day, branch_id="south") for no in range(12)]
    branches = [{"branch_id": name, "branch_name": name} for name in ("north", "south")]
    cursor = opened(tmp_path, branches=branches, loans=rows).cursor()
    found = effects.effect(cursor, SETTINGS, "par30", date(2026, 3, 31), DAY, "north")
    assert (found.before, found.before_on, found.after_on, found.by) == (0.0, date(2026, 3, 31), DAY, "branch")
    assert found.after == pytest.approx(1 / 12)


def test_the_other_branches_over_the_same_months_stand_beside_a_branchs_effect(tmp_path: Path) -> None:
    """Of twelve loans each, one more is late in the north, none in the south, three in the east, six in the west."""
    late = {"north": 1, "south": 0, "east": 3, "west": 6}
    rows: list[Row] = [
        loan(f"{name}{no}", as_of=day, branch_id=name, days_past_due=45 if day == DAY and no < count else 0)
        for day in (DONE, DAY) for name, count in late.items() for no in range(12)
    ]  # fmt: skip
    cursor = opened(tmp_path, branches=[{"branch_id": name, "branch_name": name} for name in late], loans=rows).cursor()
    found = effects.effect(cursor, SETTINGS, "par30", DONE, DAY, "north")
    assert (found.others, found.others_n) == (pytest.approx(3 / 12), 3)
    assert "The other branches moved by +25 points meanwhile (the middle one of 3)." in effects.sentence(
        found, "en", "PAR30, North"
    )


def test_an_unknown_indicator_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(EvenkeelError, match="par30"):
        effects.effect(opened(tmp_path).cursor(), SETTINGS, "par3O", DONE, DAY)


def told(language: str, **fields: object) -> str:
    found = replace(Effect("multiple_lending_share", DONE, date(2026, 6, 30)), **fields)
    return effects.sentence(found, language, "X").replace("\u202f", " ")


MOVED = {"before": 0.3, "after": 0.1, "before_on": DONE, "after_on": DAY, "before_n": 300.0, "after_n": 310.0}


def test_the_sentence_has_numbers_dates_n_and_interval() -> None:
    assert told("en", **MOVED, low=-0.26, high=-0.14, verdict="better") == (
        "X: from 30 % on 31 Mar 2026 (n = 300) to 10 % on 30 Sep 2026 (n = 310), −20 points "
        "(95 % interval of the change: −26 points to −14 points). It is better than before."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "no_before"},
        {"before": 0.3, "before_on": DONE, "verdict": "too_early", "reason": "no_after"},
        {"before": 0.3, "before_on": DONE, "reason": "no_after"},
        {**MOVED, "reason": "few_months"},
        {**MOVED, "reason": "never_moved", "others": 0.02, "others_n": 1},
        {**MOVED, "low": -0.3, "high": -0.1, "reason": "no_direction"},
        *({**MOVED, "low": -0.3, "high": 0.1, "verdict": name} for name in VERDICTS[:4]),
    ],
)  # fmt: skip
def test_every_outcome_has_a_sentence(language: str, fields: dict[str, object]) -> None:
    text = told(language, **fields)
    assert text.startswith("X") and text.endswith(".")
