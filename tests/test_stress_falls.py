"""What one indicator alone breaks: edges against scoring again, by hand where a hand can, and how far they are."""

import datetime
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from metrics.picture import picture
from metrics.policy import load
from metrics.store import Store
from metrics.stress import telling
from metrics.stress.falls import Fall, falls, nearest, tried, usual
from tests import fresh, stressing

EQUAL = load("equal")
FEW = ("par30", "oss", "complaints_resolved_on_time", "staff_turnover")
FALL = Fall("par30", "", "", 0.05, 0.1, 0.05, 0.1, 0.02)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(stressing.small(tmp_path_factory.mktemp("small"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(fresh.open_copy(tmp_path_factory.mktemp("sample") / "store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(sample: Store) -> list[Fall]:
    return falls(sample.cursor(), EQUAL)


def test_scored_again_nothing_breaks_just_before_an_edge_and_it_does_just_beyond(
    sample: Store, found: list[Fall]
) -> None:
    assert {one.node for one in found} >= {"", "financial"} and len({one.unit for one in found}) == 2
    assert set(tried(sample.cursor(), EQUAL, found)) == {(False, True)}


def test_where_little_is_scored_single_indicators_bring_every_health_below_its_limit(sample: Store) -> None:
    policy = EQUAL.only([leaf.path for leaf in EQUAL.leaves if leaf.indicator in FEW])
    alone = falls(sample.cursor(), policy, goal="health")
    assert {one.node for one in alone if not one.unit} == {"financial", "social", "balance"}
    assert set(tried(sample.cursor(), policy, alone)) == {(False, True)}


def test_the_nearest_stands_first_and_what_has_no_usual_move_last(found: list[Fall]) -> None:
    far = [one.moves for one in found]
    assert far == sorted(far)
    assert [one.moves for one in nearest(found)] == sorted(one.moves for one in nearest(found))


def test_the_branch_is_the_weakest_of_those_within_their_limits(sample: Store, found: list[Fall]) -> None:
    units = [unit for unit in picture(sample.cursor(), EQUAL).units if unit.status == "within"]
    lowest = min(units, key=lambda unit: min(unit.financial or 101, unit.social or 101, unit.balance or 101))
    assert {one.unit for one in found} == {"", lowest.name}


def test_a_red_limit_is_an_edge_of_its_own_and_one_month_tells_no_usual_move(small: Store) -> None:
    # 100 of 1,500 are late; the limit is a tenth of the book.
    one = next(one for one in falls(small.cursor(), EQUAL, goal="red") if (one.indicator, one.unit) == ("par30", ""))
    assert (one.now, one.edge, one.before, one.node) == (pytest.approx(100 / 1500), 0.1, one.now, "")
    assert math.isinf(one.moves)


def test_what_is_red_already_cannot_break(small: Store) -> None:
    assert "complaints_resolved_on_time" not in {one.indicator for one in falls(small.cursor(), EQUAL, goal="red")}


def test_hard_caps_are_asked_of_the_branch_too_and_without_any_all_red_limits_are(small: Store) -> None:
    capped = falls(small.cursor(), replace(EQUAL, caps=("par30",)), goal="caps")
    assert {(one.indicator, one.cap) for one in capped} == {("par30", True)}
    assert falls(small.cursor(), EQUAL, goal="caps") == falls(small.cursor(), EQUAL, goal="red") != []


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((1, 2, 4, 3, 3, 5, 6, 6), 1.0),  # moves 1, 2, 1, 0, 2, 1, 0: 7 in 7 months
        ((1, 2, 4, math.nan, 3, 5, 6, 6), math.nan),
        ((3, 3, 3, 3, 3, 3, 3, 3), math.nan),
    ],
)
def test_a_usual_move_is_the_mean_of_at_least_six_months_that_are_not_all_still(
    values: tuple[float, ...], wanted: float
) -> None:
    days = [datetime.date(2026, month, 28) for month in range(1, 9)]
    assert usual(days, np.array(values, dtype=float)) == pytest.approx(wanted, nan_ok=True)


def test_months_that_are_missing_make_no_move() -> None:
    days = [datetime.date(2026, month, 28) for month in (1, 2, 3, 4, 5, 6, 7, 12)]
    assert usual(days, np.array([1.0, 2, 1, 2, 1, 2, 1, 100])) == 1.0


@pytest.mark.parametrize(
    ("one", "language", "text"),
    [
        (FALL, "en", "par30: 5 % | 10 % | 2.5 usual monthly moves (of 2 points) | its own red limit"),
        (replace(FALL, node="social", unit="Tensa", before=61.0, line=50.0, usual=math.nan), "fr",
         "par30, Tensa : 5 % | 10 % | inconnue : il n'a pas bougé, ou trop peu de mois | "
         "Santé sociale 61 → sous sa limite de 50"),
        (replace(FALL, now=0.1, cap=True), "en", "par30: 10 % | 10 % | already on the line | "
         "hard cap: its own red limit"),
    ],
)  # fmt: skip
def test_a_fall_is_told_with_value_edge_distance_and_what_breaks(one: Fall, language: str, text: str) -> None:
    told = " | ".join(telling.fall(language, one, str, ""))
    assert told.replace("\u202f", " ").replace("\u00a0", " ") == text


def test_the_finding_names_the_first_or_says_that_nothing_breaks(tmp_path: Path) -> None:
    said = [telling.falls_first("en", found, str, "") for found in ([FALL], [])]
    assert said[0].startswith("Alone, soonest: par30: 5") and said[1].startswith("No indicator alone")
