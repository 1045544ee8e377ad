"""The small picture of a value against its limit shows what it says, and breaks nothing around it."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from metrics.charts.breach import HEIGHT, ROOM, WIDTH, picture, spark
from metrics.charts.tones import DARK, LIGHT

numbers = st.floats(-1e9, 1e9, allow_nan=False)


def drawn(values: Sequence[float | None], line: float | None = None, level: str = "red") -> ET.Element:
    return ET.fromstring(spark(values, line, level, LIGHT).replace(" xmlns=", " was="))


def points(shown: ET.Element) -> list[list[tuple[float, float]]]:
    runs = [one.attrib["points"].split() for one in shown.iter("polyline")]
    return [[(float(a), float(b)) for a, b in (pair.split(",") for pair in run)] for run in runs]


def test_a_higher_value_stands_higher_and_the_limit_between_them() -> None:
    shown = drawn([0.0, 10.0], 5.0)
    (first, last), limit = points(shown)[0], next(shown.iter("line"))
    assert first == (ROOM, HEIGHT - ROOM) and last == (WIDTH - ROOM, ROOM)
    assert float(limit.attrib["y1"]) == HEIGHT / 2


def test_the_newest_value_bears_the_colour_of_its_level_in_each_theme() -> None:
    dots = [spark([1.0, 2.0], 1.5, "amber", tones).rpartition("fill=")[2].split('"')[1] for tones in (LIGHT, DARK)]
    assert dots == [LIGHT.amber, DARK.amber]


def test_a_month_without_a_value_is_a_gap_and_one_that_stands_alone_a_dot() -> None:
    shown = drawn([1.0, 2.0, None, 3.0, None, 4.0, 5.0])
    assert [len(run) for run in points(shown)] == [2, 2]
    assert len(list(shown.iter("circle"))) == 2


def test_values_that_are_told_once_a_quarter_stay_a_line() -> None:
    assert [len(run) for run in points(drawn([1.0, None, None, 2.0, None, None, 3.0]))] == [3]


def test_no_newest_value_has_no_dot() -> None:
    assert list(drawn([1.0, 2.0, None]).iter("circle")) == []


def test_nothing_known_draws_nothing() -> None:
    assert len(drawn([None, None], 5.0)) == 0


def test_a_value_that_never_moves_lies_in_the_middle() -> None:
    assert {y for _, y in points(drawn([3.0, 3.0, 3.0], 3.0))[0]} == {HEIGHT / 2}


def test_words_from_data_stay_words() -> None:
    text = 'Kolo "<script>alert(1)</script>" & sons'
    markup = picture([1.0], None, "", text, LIGHT)
    assert ET.fromstring(markup.replace(">", "/>") if markup.count(">") == 1 else markup).attrib["alt"] == text


@given(st.lists(st.none() | numbers, min_size=1, max_size=30), st.none() | numbers)
def test_everything_stays_inside_of_the_picture(values: list[float | None], line: float | None) -> None:
    shown = drawn(values, line)
    ends = [*(pair for run in points(shown) for pair in run)]
    ends += [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in shown.iter("circle")]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ends)
