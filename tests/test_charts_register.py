"""The picture of the register: lines of equal expected impact, arrows since the last review, names that never meet."""

import math
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.charts import register as drawing
from metrics.charts import register_names as names
from metrics.charts.labels import Box
from metrics.charts.tones import LIGHT
from metrics.register import starters
from metrics.register.risk import risk_of
from metrics.register.scales import Place, Rule
from metrics.register.standing import Register, Standing
from metrics.words import LANGUAGES


def stand(name: str, now: Place | None, before: Place | None = None, trend: str = "", above: bool = True) -> Standing:
    """A risk that stands somewhere."""
    risk = risk_of(name, starters()[name].body)
    return Standing(
        risk=risk, pushes=(), pressure=None, suggested=None, now=now, state="confirmed", before=before,
        since=date(2026, 6, 30) if before else None, trend=trend, appetite=1.0, above=above, excess=0.0, overdue=False,
        needs=(),
    )  # fmt: skip


def shown(*standings: Standing) -> pd.DataFrame:
    """The rows of a picture."""
    return drawing.frame(Register(standings, date(2026, 9, 30), Rule()), "en", LIGHT)


def test_shape_and_colour_say_which_leg_counts() -> None:
    rows = shown(stand("credit", Place(0.2, 0.1, 0.01, 1)), stand("conduct", Place(0.2, 0.01, 0.2, 4)))
    assert list(rows["shape"]) == ["square", "circle"]
    assert list(rows["fill"]) == [LIGHT.financial, LIGHT.social]


def test_a_risk_that_stands_nowhere_is_left_out_and_none_at_all_draws_no_mark() -> None:
    assert shown(stand("credit", None)).empty


def test_an_arrow_is_drawn_only_where_a_risk_moved() -> None:
    was, now = Place(0.1, 0.1, 0, 1), Place(0.2, 0.1, 0, 1)
    rows = shown(stand("credit", now, was, "worse"), stand("fraud", now, was, "same"), stand("growth", now))
    assert [math.isnan(x) for x in rows["x0"]] == [False, True, True]


def test_the_head_of_an_arrow_points_the_way_it_went() -> None:
    was, now = Place(0.1, 0.1, 0, 1), Place(0.2, 0.1, 0, 1)
    rows = shown(stand("credit", now, was, "worse"))
    head = drawing._head(rows.to_dict("records")[0], drawing._Plane(rows, "en", LIGHT))
    assert head["angle"] == pytest.approx(90)
    assert 0.1 < head["x"] < 0.2


@given(st.floats(0.05, 20))
def test_both_ends_of_a_line_have_its_expected_impact_and_lie_inside(expected: float) -> None:
    wide, tall = (0.02, 1.0), (0.5, 20.0)
    ends = drawing.line(expected, wide, tall)
    for x, y in ends or ():
        assert x * y == pytest.approx(expected)
        assert wide[0] - 1e-9 <= x <= wide[1] + 1e-9 and tall[0] - 1e-9 <= y <= tall[1] + 1e-9


def test_a_line_that_passes_outside_is_not_drawn() -> None:
    assert drawing.line(30.0, (0.02, 1.0), (0.5, 20.0)) is None


def test_the_axes_reach_further_where_a_risk_stands_beyond_them() -> None:
    (left, right), (_, top) = drawing.bounds(shown(stand("capital", Place(0.004, 0.9, 0, 1))))
    assert left < 0.004 and right == 1.0 and top > 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_made_with_arrows_names_and_a_selection(language: str) -> None:
    was, now = Place(0.1, 0.1, 0, 1), Place(0.2, 0.1, 0, 1)
    spec = drawing.scatter(shown(stand("credit", now, was, "worse")), language, LIGHT).to_dict()
    assert spec["params"][0]["name"] == drawing.SELECT
    assert any("Default on loans" in str(rows) for rows in spec["datasets"].values())


def boxes(found: pd.DataFrame) -> Iterator[Box]:
    """What the names cover."""
    for name, x, y, align in found[["name", "text_x", "text_y", "align"]].itertuples(index=False):
        wide = len(name) * names.LETTER
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
        yield Box(left, y - names.LINE / 2, left + wide, y + names.LINE / 2)


POINTS = st.lists(st.tuples(st.floats(0, 600), st.floats(0, 300), st.booleans()), max_size=20)


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_no_two_names_meet_and_none_leaves_the_chart(points: list[tuple[float, float, bool]]) -> None:
    marks = pd.DataFrame(
        [(f"risk number {n}", act, x, y, math.nan, math.nan) for n, (x, y, act) in enumerate(points)],
        columns=["name", "act", "x", "y", "x0", "y0"],
    )
    covered = list(boxes(names.placed(marks, 600, 300, 12)))
    assert not [1 for n, one in enumerate(covered) for other in covered[:n] if one.meets(other)]
    assert all(box.left >= 0 and box.right <= 600 and box.top >= 0 and box.bottom <= 300 for box in covered)


def test_a_name_without_room_beside_its_mark_is_led_to_from_further_off() -> None:
    around = [("", False, 300.0 + dx, 150.0 + dy) for dx in (-60, -20, 20, 60) for dy in (-20, 0, 20)]
    around += [("", False, 300.0, 150.0 + dy) for dy in (-20, 20)]
    rows = [(*row, math.nan, math.nan) for row in [("one", True, 300.0, 150.0), *around]]
    found = names.placed(pd.DataFrame(rows, columns=["name", "act", "x", "y", "x0", "y0"]), 600, 300, 12)
    assert found["led"].tolist() == [True]
