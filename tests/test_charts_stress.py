"""The pairs of dots that show both healths before and under a scenario."""

import pytest

from metrics.charts.stress import PILLARS, Pair, frame, height, pairs
from metrics.charts.tones import DARK, LIGHT, Tones

UNITS = [Pair("Institution", (70.0, 55.0), (41.4, 60.0)), Pair("North", (60.0, None), (50.0, 40.0))]


def test_a_health_that_is_not_known_on_both_sides_is_not_drawn() -> None:
    rows = frame(UNITS, "en")
    assert list(zip(rows["name"], rows["pillar"], strict=True)) == [
        ("Institution", "financial"), ("Institution", "social"), ("North", "financial")
    ]  # fmt: skip


def test_a_row_says_both_numbers_in_words() -> None:
    assert frame(UNITS, "en")["told"][0] == "Institution: Financial health 70 → 41"


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pillar", PILLARS)
def test_each_pillar_has_its_colour_ring_dot_line_and_limit(pillar: str, tones: Tones) -> None:
    drawn = pairs(frame(UNITS, "fr"), pillar, 50.0, "fr", tones).to_dict()
    marks = [(layer["mark"]["type"], layer["mark"].get("filled")) for layer in drawn["layer"]]
    assert marks[:4] == [("rule", None), ("rule", None), ("point", False), ("point", True)]
    assert drawn["layer"][3]["mark"]["color"] == getattr(tones, pillar)


def test_the_chart_grows_with_its_rows() -> None:
    assert height(UNITS) < height([*UNITS, UNITS[0]])
