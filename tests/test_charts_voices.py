"""The measures of the loop as rows: the interval of a share, the year before, and what is not known."""

import json

import pytest

from metrics.charts import voices
from metrics.charts.tones import DARK, LIGHT
from metrics.charts.voices import Measured

HALF = Measured("Answered", 0.5, 100, 0.4, 50)
UNKNOWN = Measured("Closed", None, 0, None, 0)
NEW = Measured("Linked", 0.25, 8, None, 0)


def test_a_share_stands_with_its_n_and_the_year_before() -> None:
    assert voices.words(HALF, "en") == "50\u202f% of 100, before 40\u202f% of 50"


def test_a_share_without_a_year_before_says_so() -> None:
    assert voices.words(NEW, "en") == "25\u202f% of 8, before not known"


def test_nothing_to_count_is_no_zero() -> None:
    row = voices.frame([UNKNOWN], "en").iloc[0]
    assert (row["text"], row["now"] != row["now"]) == ("nothing to count", True)


def test_the_interval_of_half_of_a_hundred_is_wilsons() -> None:
    row = voices.frame([HALF], "en").iloc[0]
    assert (row["low"], row["high"]) == (pytest.approx(0.4038, abs=1e-4), pytest.approx(0.5962, abs=1e-4))


def test_a_row_stands_below_the_one_before_it() -> None:
    rows = voices.frame([HALF, NEW], "en")
    assert list(rows["track_y"].diff().dropna()) == [1.0]


@pytest.mark.parametrize("tones", [LIGHT, DARK])
def test_now_is_a_full_dot_and_the_year_before_a_hollow_one(tones) -> None:
    layers = voices.loop(voices.frame([HALF, UNKNOWN], "en"), tones).to_dict()["layer"]
    dots = [layer["mark"] for layer in layers if layer["mark"]["type"] == "point"]
    assert [(dot["filled"], dot["color"]) for dot in dots] == [(False, tones.social), (True, tones.social)]


def test_a_share_that_is_not_known_is_not_drawn() -> None:
    drawn = json.dumps(voices.loop(voices.frame([HALF, UNKNOWN], "fr"), LIGHT).to_dict(), ensure_ascii=False)
    assert drawn.count("isValid(datum.now)") == 2
    assert "rien à compter" in drawn
