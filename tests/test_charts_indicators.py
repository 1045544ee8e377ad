"""Lines, scales and tables of the page Indicators: gaps stay gaps, limits stay apart, no text becomes markup."""

import json

import pytest

from metrics.catalogue import indicators
from metrics.charts.heat import Cell, Line, heat, plain, tone
from metrics.charts.history import Marks, Rule, frame, history, nice
from metrics.charts.listing import Row, listing, path, runs, spark
from metrics.charts.multiples import Multiple, multiples, scale
from metrics.charts.tones import tones

LOOK = tones("light")
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize(
    ("series", "joined"),
    [
        ([1.0, 2.0, 3.0], [[0, 1, 2]]),
        ([1.0, None, 3.0, 4.0], [[0], [2, 3]]),  # a monthly figure that lacks a month
        ([None, 1.0, None, None, 2.0, None, None, 3.0], [[1, 4, 7]]),  # one that is told each quarter
        ([1.0, None, None, 2.0, None, None, None, None, None, 3.0], [[0, 3], [9]]),
        ([None, None], []),
    ],
)
def test_a_gap_longer_than_the_usual_step_parts_a_line(series: list[float | None], joined: list[list[int]]) -> None:
    assert runs(series) == joined


def test_one_value_between_two_gaps_is_drawn_as_a_dot() -> None:
    assert (
        path([(0.0, 1.0), None, (2.0, 3.0), (4.0, 5.0)]) == '<path class="line" d="M0.0 1.0L0.0 1.0M2.0 3.0L4.0 5.0"/>'
    )


def test_a_limit_far_away_does_not_press_a_sparkline_flat() -> None:
    assert spark([0.05, 0.06], (0.9,)) == spark([0.05, 0.06])
    assert spark([0.05, 0.06], (0.055,)) != spark([0.05, 0.06])


@pytest.mark.parametrize("values", [[0.0, 0.131], [-0.04, 0.02], [-2.8e8, 0.0], [91.0, 91.0], [0.41, 0.55]])
def test_ticks_are_few_and_hold_every_value(values: list[float]) -> None:
    ticks = nice(values)
    assert 3 <= len(ticks) <= 8
    assert ticks[0] <= min(values) and max(values) <= ticks[-1]


def drawn(values: list[float], rules: list[Rule], marks: Marks | None = None) -> str:
    names = [str(place) for place in range(len(values))]
    rows = frame(names, values, names)
    return json.dumps(
        history(rows, rules, marks, lambda v: f"{v:g} written", LOOK, "social").to_dict(), ensure_ascii=False
    )


def test_a_level_below_zero_has_its_label() -> None:
    assert "replace(format(datum.value, '.12~g'), '−', '-')" in drawn([-0.03, 0.01], [])
    assert "-0.02 written" in drawn([-0.03, 0.01], [])


def test_published_peers_are_hollow_and_have_their_years() -> None:
    text = drawn([0.05, 0.06], [], Marks((("p50", 0.055),), "2012–18", True))
    assert "2012–18" in text
    assert f'"fill": "{LOOK.ground}"' in text
    assert f'"fill": "{LOOK.grey}"' in drawn([0.05, 0.06], [], Marks((("p50", 0.055),), "2026", False))


def test_the_words_of_a_limit_at_the_foot_stand_above_it() -> None:
    spec = json.loads(drawn([0.3, 0.35], [Rule(0.0, "critical", "red"), Rule(0.2, "limit", "amber")]))
    texts = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert [mark["dy"] for mark in texts] == [-8, 11]


def test_the_words_of_a_limit_stand_where_the_line_leaves_room() -> None:
    values = [3.4, 2.56, 2.56, 2.55, 3.4, 2.54, 2.54, 2.54]
    layers = json.loads(drawn(values, [Rule(3.0, "critical", "red"), Rule(1.0, "limit", "amber")]))["layer"]
    words = [one["mark"] for one in layers if one["mark"]["type"] == "text"]
    assert [(one["align"], one["dy"] < 0) for one in words] == [("right", True), ("left", False)]


def test_small_charts_share_one_scale_that_holds_near_limits_only() -> None:
    parts = [Multiple("a", "", "", (0.02, 0.06)), Multiple("b", "", "", (0.05, 0.131))]
    low, high, near = scale(parts, (0.05, 0.05), (0.05, 0.1, 0.9))
    assert (low, high, near) == (0.0, 0.15, [0.05, 0.1])


def test_equal_values_everywhere_stand_inside_of_the_scale() -> None:
    low, high, _ = scale([Multiple("a", "", "", (91.0, 91.0))], (91.0, 91.0), ())
    assert low < 91.0 < high


def test_a_segment_without_a_figure_says_why_and_has_no_line() -> None:
    text = multiples([Multiple("a", "", "none", (), gap="too few to show")], (), (), "social", LOOK)
    assert "too few to show" in text and "<svg" not in text


def test_tone_is_worse_in_the_direction_of_the_indicator_and_none_without_goalposts() -> None:
    assert tone(indicators()["par30"], 0.1, 0.05) < 0 < tone(indicators()["oss"], 1.3, 1.1)
    assert tone(indicators()["expected_loss_buckets"], 1.0, 2.0) == 0


def test_no_text_becomes_markup() -> None:
    row = Row(HOSTILE, "social", HOSTILE, HOSTILE, HOSTILE, value=HOSTILE, limit=HOSTILE, peer=HOSTILE, status=HOSTILE)
    line = Line(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Cell(HOSTILE, HOSTILE, open=HOSTILE), Cell(gap=HOSTILE)))
    part = Multiple(HOSTILE, HOSTILE, "", (1.0, 2.0), (HOSTILE, HOSTILE), open=HOSTILE)
    for text in (
        listing([row], "en", LOOK, 24),
        heat([line], [HOSTILE, HOSTILE], "en", LOOK),
        multiples([part], (), (), "social", LOOK),
        plain([HOSTILE, "b"], [[HOSTILE, HOSTILE]], HOSTILE, LOOK, [HOSTILE]),
    ):
        assert "<img" not in text and 'onerror="' not in text


def test_a_table_row_without_figures_spans_its_columns() -> None:
    text = plain(["a", "b", "c"], [["x", "too few"], ["y", "1", "2"]], "t", LOOK)
    assert '<td class="why" colspan="2">too few</td>' in text
