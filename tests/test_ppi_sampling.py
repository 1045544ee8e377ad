"""Poverty rates, intervals and sample sizes: every published worked example, as printed; the stale one refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import ppi
from metrics.errors import InputError
from metrics.ppi import example, sampling
from tests.prove.command import table
from tests.scorecards import rebuilt

NICARAGUA = 2_199_371
P, Z = 0.33, 1.64
GROUP = (0.37, 0.44, 0.82, 0.23, 0.11, 0.63, 0.56, 0.72, 0.11, 0.28)


def followed_up() -> float:
    return sampling.estimate((0.677, 0.404, 0.146), bias=-0.017).rate


def persons_poor(weights: tuple[int, int]) -> float:
    """Household A is poor, household B is not."""
    return sampling.mean_likelihood((1.0, 0.0), weights)


# Case of the published table -> our figure, and half of its last printed digit.
WORKED: dict[str, tuple[Callable[[], float], float]] = {
    "group_rate": (lambda: 100 * sampling.mean_likelihood(GROUP), 0.5),
    "nic_group": (lambda: 100 * sampling.mean_likelihood((0.716, 0.593, 0.213)), 0.05),
    "nic_group_unbiased": (lambda: 100 * sampling.estimate((0.716, 0.593, 0.213), bias=-0.017).rate, 0.05),
    "nic_followup": (lambda: 100 * followed_up(), 0.05),
    "nic_ci_16384": (lambda: 100 * sampling.half_width(P, 16384, Z), 0.0005),
    "nic_ci_8192": (lambda: 100 * sampling.half_width(P, 8192, Z), 0.0005),
    "nic_ci_300_alpha": (lambda: 100 * sampling.half_width(0.148, 300, Z, 0.95), 0.05),
    "nic_n_241": (lambda: sampling.sample_size(0.04375, P, "rate", NICARAGUA, Z, 0.88), 0),
    "nic_n_1033": (lambda: sampling.sample_size(0.02, P, "rate", 10_000, Z, 0.88), 0),
    "nic_n_change_3933": (lambda: sampling.sample_size(0.02, P, "change", z=Z, alpha=1.15), 0),
    "nic_n_panel_2999": (lambda: sampling.sample_size(0.02, P, "panel", z=Z, alpha=1.30, years=3), 0),
    "hh_vs_person_household": (lambda: 100 * persons_poor((1, 1)), 0),
    "hh_vs_person_person": (lambda: 100 * persons_poor((3, 4)), 0.5),
}


def published(shared: Path) -> dict[str, dict[str, str]]:
    return {row["case_id"]: row for row in table(shared / "golden" / "ppi" / "worked_examples.csv")}


def test_the_cases_worked_here_are_all_that_are_published(shared: Path) -> None:
    points = {name for name in published(shared) if name.endswith("_point")}
    assert WORKED.keys() | points | {"TRAP_philippines"} == published(shared).keys()


@pytest.mark.parametrize("case", WORKED)
def test_a_published_example_comes_out_as_printed(shared: Path, case: str) -> None:
    figure, half_a_digit = WORKED[case]
    assert figure() == pytest.approx(float(published(shared)[case]["published_value"]), abs=half_a_digit + 1e-9)


@pytest.mark.parametrize("country", ["benin", "bolivia", "ghana", "honduras"])
def test_the_likelihood_of_a_printed_score_is_the_workbooks_own(shared: Path, tmp_path: Path, country: str) -> None:
    row = published(shared)[f"{country}_point"]
    official = shared / "workbooks" / f"{row['table']}.xlsx"
    variant = ppi.read(official if official.exists() else rebuilt(tmp_path, row["table"])).variants[0]
    likelihood = variant.likelihood(row["poverty_line"], int(row["score_or_points"]))
    assert example.agrees(float(row["published_value"]), likelihood)


def test_trap_the_example_copied_from_another_countrys_workbook_is_refused(shared: Path) -> None:
    row = published(shared)["TRAP_philippines"]
    found = ppi.read(shared / "workbooks" / f"{row['table']}.xlsx")
    likelihood = found.variants[0].likelihood(row["poverty_line"], int(row["score_or_points"]))
    assert not example.agrees(float(row["published_value"]), likelihood)
    assert "ppi.note_example_stale" in [note.key for note in found.notes]


def test_trap_the_likelihood_of_the_mean_score_is_no_poverty_rate() -> None:
    of_scores = {20: 0.716, 30: 0.593, 40: 0.213}
    rate = sampling.mean_likelihood([*of_scores.values()])
    assert rate == pytest.approx(0.507, abs=5e-4)
    assert abs(rate - of_scores[30]) > 0.08


def test_change_and_net_share_between_two_rounds_are_as_printed() -> None:
    before = sampling.estimate((0.716, 0.593, 0.213), bias=-0.017).rate
    assert before - followed_up() == pytest.approx(0.098, abs=5e-4)
    assert sampling.net_share(0.524, 0.426) == pytest.approx(0.187, abs=5e-4)
    with pytest.raises(InputError):
        sampling.net_share(0.0, 0.1)


def test_the_interval_of_a_change_holds_both_samples() -> None:
    first = sampling.Estimate(0.5, 0.4, 0.6, 100.0)
    second = sampling.Estimate(0.4, 0.3, 0.5, 200.0)
    change, low, high = sampling.change(first, second, z=2.0)
    assert change == pytest.approx(-0.1)
    assert high - change == pytest.approx(change - low) == pytest.approx(2 * (0.25 / 100 + 0.24 / 200) ** 0.5)


def test_weights_shrink_the_effective_number_of_answers() -> None:
    even = sampling.estimate((0.2, 0.8), (1, 1))
    uneven = sampling.estimate((0.2, 0.8), (1, 3))
    assert (even.effective_n, uneven.effective_n) == (2.0, pytest.approx(1.6))
    assert uneven.rate == pytest.approx(0.65)


@given(
    c=st.floats(0.005, 0.2), p=st.floats(0.05, 0.95), population=st.integers(50, 10_000_000),
    alpha=st.floats(0.7, 1.4),
)  # fmt: skip
def test_the_sample_that_is_planned_gives_the_interval_that_was_wished_for(
    c: float, p: float, population: int, alpha: float
) -> None:
    n = sampling.sample_size(c, p, "rate", population, alpha=alpha)
    assert n <= population
    assert sampling.half_width(p, n, alpha=alpha, population=population) <= c * (1 + 1e-9)
    if n > 1:
        assert sampling.half_width(p, n - 1, alpha=alpha, population=population) > c * (1 - 1e-9)


@pytest.mark.parametrize("wish", [{"c": 0.0}, {"c": 1.5}, {"p": 0.0}, {"p": 1.0}, {"population": 0}, {"alpha": 0.0}])
def test_a_wish_that_no_sample_meets_is_refused(wish: dict[str, float]) -> None:
    with pytest.raises(InputError):
        sampling.sample_size(**{"c": 0.02, "p": 0.3, **wish})  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [(), (0.0, 0.0), (1.0, -1.0), (1.0,)])
def test_a_sample_without_a_household_of_weight_has_no_rate(weights: tuple[float, ...]) -> None:
    with pytest.raises(InputError):
        sampling.mean_likelihood((0.2, 0.4) if weights else (), weights)
