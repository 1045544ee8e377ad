"""Early signals: found when something is unusual, silent otherwise, and never wiser than the data of their month."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import catalogue, measures, policy, records
from metrics.appetite import sentences, signals, watching
from metrics.appetite.breaches import BREACH
from metrics.appetite.chances import binomial_tail, student_tail
from metrics.appetite.signs import signs
from metrics.appetite.unusual import Series
from metrics.appetite.watching import Mark
from metrics.store import Store
from tests import fresh, moved
from tests.warned import alarms, crossed, delays, first_reds, months

TABLE = signs()
EXITS, LATE = TABLE.each["drop_out"], TABLE.each["late_one_day"]
LONG = 40


def series(events: list[list[float]], among: float = 400.0, name: str = "drop_out") -> Series:
    """Events of some branches month by month, among so many clients."""
    counted = np.array(events, dtype=float)
    units = tuple(f"b{place}" for place in range(len(events)))
    many = np.full(counted.shape, among)
    return Series(TABLE.each[name], "branch", units, counted, many, many)


def watched(one: Series) -> dict[int, list[Mark]]:
    """The warnings of every month."""
    return watching.watch([one], TABLE.rule, 0, one.events.shape[1] - 1)


def first(one: Series, level: str = "red", unit: str = "b0") -> int | None:
    """The first month in which a branch stands at a level."""
    found = watched(one)
    return next((m for m in sorted(found) for mark in found[m] if (mark.unit, mark.level) == (unit, level)), None)


def trouble(start: int, count: int = LONG) -> list[float]:
    """Ten events a month, twenty-five from a month on."""
    return [25.0 if month >= start else 10.0 + month % 3 - 1 for month in range(count)]


@settings(max_examples=8)
@given(start=st.integers(20, 32), later=st.integers(1, 6))
def test_a_warning_moves_with_the_trouble_by_as_many_months(start: int, later: int) -> None:
    before, after = (first(series([trouble(month)])) for month in (start, start + later))
    assert before is not None and after == before + later


def test_two_months_in_trouble_warn() -> None:
    assert first(series([trouble(25)])) == 26


def test_what_is_always_so_is_not_unusual() -> None:
    assert first(series([trouble(LONG)]), "watch") is first(series([trouble(0)]), "watch") is None


def test_one_odd_month_never_warns() -> None:
    assert not any(watched(series([[*trouble(25, 25), 90.0, *trouble(99, 14)]])).values())


def test_fewer_than_twelve_months_of_past_are_silent() -> None:
    short, long = (any(watched(series([trouble(past, past + 3)])).values()) for past in (10, 16))
    assert (short, long) == (False, True)


def test_months_without_data_are_silent_and_not_taken_for_none() -> None:
    assert not any(watched(series([[math.nan] * 20 + trouble(99, 20)])).values())


def test_a_warning_never_becomes_usual_and_ends_when_the_figure_is_back() -> None:
    found = watched(series([[*trouble(20, 36), *trouble(99, 6)]]))
    assert [mark.months for mark in found[35]] == [15]
    assert found[35][0].usual == found[25][0].usual
    assert found[41] == []


def test_a_season_that_all_branches_share_is_no_warning_and_trouble_on_top_of_it_is() -> None:
    season = [10.0 + (14.0 if month >= 30 else 0.0) for month in range(LONG)]
    alone = [value + (30.0 if month >= 32 else 0.0) for month, value in enumerate(season)]
    assert not any(watched(series([season] * 6)).values())
    assert first(series([alone, *[season] * 5])) == 33


def test_complaints_about_collection_have_no_season() -> None:
    wave = [[0.0, 1.0, 0.0, 0.0] * 7 + [4.0] * 4] * 6
    assert first(series(wave, name="collection_complaints")) is not None


@pytest.mark.parametrize("others", [0, 5, 40])
def test_a_chance_is_corrected_for_all_looks(others: int) -> None:
    calm = [[10.0] * LONG] * others
    mark = next(mark for mark in watched(series([trouble(30), *calm]))[LONG - 1] if mark.unit == "b0")
    lone = watched(series([trouble(30)]))[LONG - 1][0]
    assert mark.chance == pytest.approx(min(1.0, lone.chance * (1 + others)), rel=0.05)


def test_a_jumpy_past_makes_a_warning_later() -> None:
    jumpy = [[2.0, 20.0, 1.0, 17.0][month % 4] if month < 25 else 25.0 for month in range(LONG)]
    calm, nervous = first(series([trouble(25)])), first(series([jumpy]))
    assert calm is not None and (nervous is None or nervous > calm)


def test_a_level_is_held_against_its_usual_moves() -> None:
    wave = np.array([[0.05 + 0.002 * (-1) ** month + max(0, month - 24) * 0.015 for month in range(34)]])
    one = Series(LATE, "branch", ("b0",), wave * 1000, np.full(wave.shape, 1000.0), np.full(wave.shape, 300.0))
    calm = replace(one, events=one.events.clip(max=53.0))
    assert first(one) in (26, 27, 28) and first(calm, "watch") is None


@settings(max_examples=8)
@given(cut=st.integers(16, LONG - 1), seed=st.integers(0, 50))
def test_a_month_is_judged_by_what_was_known_then(cut: int, seed: int) -> None:
    counted = np.random.default_rng(seed).poisson(8, (3, LONG)).astype(float)
    counted[0, 20:] += 20
    whole = series(counted.tolist())
    known = replace(whole, events=whole.events[:, : cut + 1], among=whole.among[:, : cut + 1], n=whole.n[:, : cut + 1])
    pairs = [[replace(mark, chance=round(math.log(mark.chance), 6)) for mark in marks] for marks in
             (watching.watch([known], TABLE.rule, 0, cut)[cut], watched(whole)[cut])]  # fmt: skip
    assert pairs[0] == pairs[1]


@given(hits=st.integers(1, 30), more=st.integers(0, 30), share=st.floats(0.01, 0.99))
def test_the_tail_of_the_binomial_is_the_sum_of_its_terms(hits: int, more: int, share: float) -> None:
    trials = hits + more
    exact = sum(math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits, trials + 1))
    assert binomial_tail(hits, trials, share) == pytest.approx(exact, rel=1e-8, abs=1e-15)


@pytest.mark.parametrize(
    ("t", "df", "chance"), [(2.228, 10, 0.025), (1.812, 10, 0.05), (-2.228, 10, 0.975), (0, 5, 0.5)]
)
def test_the_tail_of_students_t_is_the_printed_one(t: float, df: int, chance: float) -> None:
    assert student_tail(t, df) == pytest.approx(chance, abs=5e-5)


def test_every_sign_reads_what_measures_have_and_names_an_indicator() -> None:
    for one in TABLE.each.values():
        assert one.indicator in catalogue.indicators() and one.highest in ("red", "watch")
        for measure, part in (name.split(".") for name in one.parts()):
            assert part in measures.catalogue()[measure].parts, f"{one.name}: {measure}.{part}"


@pytest.mark.full
def test_on_institutions_without_trouble_at_most_a_twentieth_of_the_months_is_newly_red(tmp_path: Path) -> None:
    found = alarms(tmp_path, range(8))
    assert found.months > 80 and found.red <= 0.05 * found.months


def test_planted_trouble_is_found(tmp_path: Path) -> None:
    late = delays(tmp_path, range(5))
    assert None not in late


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fresh.open_copy(tmp_path_factory.mktemp("sample"))
    yield opened
    opened.close()


def test_doukoro_is_warned_of_three_months_before_its_late_loans_cross_amber(store: Store) -> None:
    reds = first_reds(store.cursor(), moved.BRANCH)
    amber = crossed(store.cursor(), "par30_excl_renegotiated", 0.05)
    assert amber == datetime.date(2026, 5, 31)
    assert months(reds["collection_complaints"], amber) >= 3
    assert list(reds)[0] == "collection_complaints" and {"drop_out", "roll_rate"} <= reds.keys()


def test_signals_come_with_name_number_and_sentence_and_what_people_wrote(store: Store) -> None:
    equal = policy.load("equal")
    one = next(one for one in signals.found(store.cursor(), equal) if one.name == "collection_complaints")
    seen = records.find(store.cursor(), BREACH.name, one.id)
    records.save(store, BREACH, one.id, {"owner": "Head of operations"}, "Tester", seen=seen.version if seen else 0)
    (again,) = [found for found in signals.found(store.cursor(), equal) if found.id == one.id]
    assert (again.unit_name, again.level, again.owner, again.new) == ("Doukoro", "red", "Head of operations", False)
    assert sentences.of_signal("en", one).startswith("Doukoro: warning, complaints about collection: 20 in 3 months")
    assert "0,8" in sentences.of_signal("fr", one)


@pytest.mark.full
@pytest.mark.parametrize("shift", [-3, 2])
def test_told_at_another_time_the_story_is_warned_of_as_much_earlier_or_later(tmp_path: Path, shift: int) -> None:
    told = moved.landed(tmp_path, shift)
    warned, amber = datetime.date(2026, 2, 28), datetime.date(2026, 5, 31)
    found = first_reds(told.cursor(), moved.BRANCH)["collection_complaints"]
    beyond = crossed(told.cursor(), "par30_excl_renegotiated", 0.05)
    assert beyond is not None
    assert (months(warned, found), months(amber, beyond)) == (shift, shift)


@pytest.mark.full
def test_without_the_story_doukoro_is_not_warned_of(tmp_path: Path) -> None:
    assert first_reds(moved.landed(tmp_path, None).cursor(), moved.BRANCH) == {}
