"""Days until a line is passed, by the trend, with an interval; and silence where that is not known."""

import numpy as np
import pandas as pd
import pytest

from metrics.appetite.forecasts import SPAN, forecast
from metrics.limits import Line

DAYS = [stamp.date() for stamp in pd.date_range("2025-01-01", periods=20, freq="30D")]


def of(values: list[float], line: Line = 0.10, better: str = "lower") -> tuple[int, int, int | None] | None:
    """Days, low and high; dates lie thirty days apart."""
    found = forecast(DAYS[: len(values)], values, line, better)
    return None if found is None else (found.days, found.low, found.high)


def rising(count: int, start: float = 0.02, step: float = 0.01) -> list[float]:
    """A straight line."""
    return [start + step * place for place in range(count)]


def test_a_straight_rise_reaches_its_line_on_the_day_that_the_ruler_says() -> None:
    # The interval is of whole days: without any noise it holds the day itself and, by rounding, the next.
    assert of(rising(6)) == (90, 90, 91)  # 7 % now, one point in thirty days


def test_a_fall_reaches_its_line_where_higher_is_better() -> None:
    assert of([0.90 - 0.02 * place for place in range(6)], 0.70, "higher") == (150, 150, 151)


@pytest.mark.parametrize(("step", "days"), [(2.0, 150), (-2.0, 150)])
def test_in_a_band_the_end_that_the_figure_moves_to_counts(step: float, days: int) -> None:
    found = of([50.0 + step * (place - 5) for place in range(6)], (40.0, 60.0), "band")
    assert found is not None and found[0] == days


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (rising(5), "fewer than six dates"),
        ([*rising(4), float("nan"), 0.06], "fewer than six dates that are known"),
        (rising(10), "the line is passed already"),
        ([0.05] * 8, "no change"),
        ([0.09 - 0.01 * place for place in range(8)], "away from the line"),
        ([0.02, 0.06, 0.01, 0.07, 0.02, 0.06, 0.03, 0.07], "no clear trend"),
        (rising(8, 0.02, 0.0005), "more than three years"),
    ],
)
def test_nothing_is_said_where_it_is_not_known(values: list[float], why: str) -> None:
    assert of(values) is None, why


def test_without_a_line_nothing_is_said() -> None:
    assert of(rising(8, 0.0, 0.001), None) is None


def test_only_the_last_twelve_dates_count() -> None:
    found = forecast(DAYS, [0.5] * 8 + rising(12, 0.02, 0.005), 0.10, "lower")
    assert found is not None and (found.n, found.days) == (12, 150)


def test_noise_opens_the_interval_around_the_day() -> None:
    noise = [0.001, -0.001, 0.0015, -0.0005, 0.0, -0.001, 0.001, 0.0]
    found = of([value + extra for value, extra in zip(rising(8, 0.02, 0.005), noise, strict=True)])
    assert found is not None and found[2] is not None and found[1] < found[0] < found[2]


def test_the_interval_holds_the_day_on_which_the_line_is_passed_nearly_always() -> None:
    rng, held, said = np.random.default_rng(7), 0, 0
    for _ in range(400):
        slope, noise = rng.uniform(0.002, 0.006), rng.uniform(0.0005, 0.003)
        values = 0.02 + slope * np.arange(40) + rng.normal(0, noise, 40)
        found = forecast(DAYS[:10], values[:10].tolist(), 0.10, "lower")
        if found is None:
            continue
        passed = (np.argmax(values[10:] > 0.10) + 1) * 30  # seen at the first date beyond
        said, held = said + 1, held + (found.low <= passed and passed - 30 <= (found.high or SPAN))
    assert said > 300 and held / said >= 0.95
