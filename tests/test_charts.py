"""The scatter names what needs action, where there is room; shape and words carry the status, not colour alone."""

import json

import pytest

from metrics.charts import scatter, single
from metrics.charts.labels import Box, placed
from metrics.charts.tones import DARK, LIGHT
from metrics.picture import Picture
from metrics.words import LANGUAGES
from tests.pictures import picture, twelve, unit


def drawn(shown: Picture, language: str = "en") -> str:
    """The chart's specification as text."""
    rows = scatter.frame(shown, language, LIGHT)
    return json.dumps(scatter.scatter(rows, shown, language, LIGHT).to_dict(), ensure_ascii=False)


def test_only_units_that_need_action_are_named() -> None:
    rows = scatter.frame(twelve(), "en", LIGHT)
    assert sorted(placed(rows, scatter.WIDTH, scatter.HEIGHT)["name"]) == ["Baro", "Doukoro", "Kolo", "Tensa"]


def test_each_status_has_a_shape_of_its_own() -> None:
    rows = scatter.frame(twelve(), "en", LIGHT).set_index("name")["shape"]
    assert (rows["Kolo"], rows["Tensa"], rows["Nafara"]) == ("square", "triangle-up", "circle")


def test_a_larger_portfolio_is_a_larger_mark() -> None:
    rows = scatter.frame(picture(unit("A", 60.0, 60.0, glp=4e6), unit("B", 60.0, 60.0, glp=1e6)), "en", LIGHT)
    assert rows["size"].iloc[0] == pytest.approx(4 * rows["size"].iloc[1])


def test_a_unit_without_one_health_or_with_too_few_clients_is_not_drawn() -> None:
    shown = picture(unit("A", 60.0, 60.0), unit("B", 60.0, None), unit("C", None, None, too_few=True))
    assert list(scatter.frame(shown, "en", LIGHT)["name"]) == ["A"]


def test_a_tail_is_drawn_only_for_a_unit_that_needs_action() -> None:
    before = (55.0, 55.0, 55.0)
    shown = picture(unit("A", 40.0, 60.0, before=before), unit("B", 60.0, 60.0, before=before))
    rows = scatter.frame(shown, "en", LIGHT)
    assert rows["x0"].notna().tolist() == [True, False]


def test_quadrants_carry_their_counts_and_what_is_missed() -> None:
    text = drawn(twelve())
    assert all(words in text for words in ("Healthy", "8 branches", "Money at risk", "2, missed on financials"))
    assert "2 branches, missed on financial figures" in text


def test_without_limits_there_are_no_lines_and_no_quadrants() -> None:
    text = drawn(twelve(limits_default=0))
    assert "limit 50" not in text
    assert "Money at risk" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_alternative_names_every_unit(language: str) -> None:
    said = scatter.scatter_alt(twelve(), language)
    assert all(one.name in said for one in twelve().units)


def test_dark_and_light_differ_in_every_colour_but_not_in_places() -> None:
    light, dark = (scatter.frame(twelve(), "en", tones) for tones in (LIGHT, DARK))
    assert (light["x"] == dark["x"]).all()
    assert not (light["fill"] == dark["fill"]).any()


def test_names_never_cover_a_mark_or_each_other() -> None:
    crowd = [unit(f"Branch {k}", 40.0 + k / 5, 40.0 + k / 7) for k in range(12)]
    rows = scatter.frame(picture(*crowd), "en", LIGHT)
    names = placed(rows, scatter.WIDTH, scatter.HEIGHT)
    assert len(names) < len(crowd)
    assert names["name"].iloc[0] == crowd[0].name


def test_boxes_that_only_touch_do_not_meet() -> None:
    assert not Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
    assert Box(0, 0, 1.1, 1).meets(Box(1, 0, 2, 1))


def test_one_side_alone_is_drawn_on_one_axis() -> None:
    shown = picture(unit("A", 40.0, None), unit("B", 60.0, None), whole=unit("D", 55.0, None))
    rows = single.frame(shown, "financial", "en", LIGHT)
    spec = json.dumps(single.single(rows, shown, "financial", "en", LIGHT).to_dict(), ensure_ascii=False)
    assert "Financial health →" in spec
    assert "Social health" not in spec
