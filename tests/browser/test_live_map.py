"""The trade-off map: one picture at a time, the frontier, and the line of equal balance that turns with the share."""

import re
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from metrics.balance import balance
from metrics.robust import frontier
from tests.live import data
from tests.live.stage import Stage, slide

pytestmark = [pytest.mark.browser, pytest.mark.full]


def on_map(shown: Stage) -> Stage:
    """Turns to the map."""
    shown.at(".view-map").click()
    return shown


def iso(shown: Stage) -> np.ndarray:
    """Points of the line of equal balance as healths 0..1, `(points, 2)`."""
    path = shown.at(".iso").get_attribute("d") or ""
    points = np.array([[float(v) for v in point.split(" ")] for point in re.split("[ML]", path)[1:]])
    plot = shown.at(".map-plot")
    width, height = (float(plot.get_attribute(name) or 0) for name in ("width", "height"))
    low, high = 20.0, 90.0  # the range of the reference screen
    share = points / [width, height]
    return np.column_stack([low + share[:, 0] * (high - low), high - share[:, 1] * (high - low)]) / 100


def test_there_is_one_picture_at_a_time_and_the_keyboard_turns_to_the_other(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    assert (shown.at(".chart-svg").is_visible(), shown.at(".map-svg").is_visible()) == (True, False)
    shown.at(".view input").first.focus()
    shown.page.keyboard.press("ArrowRight")
    assert (shown.at(".chart-svg").is_visible(), shown.at(".map-svg").is_visible()) == (False, True)
    shown.page.keyboard.press("ArrowLeft")
    assert shown.at(".chart-svg").is_visible()


@pytest.mark.parametrize("exponent", [1, 0, -2, "min"])
def test_all_of_the_line_has_the_balance_of_the_selected_unit(
    stage: Callable[..., Stage], exponent: float | str
) -> None:
    given = data.reference(selected="tambali")
    given["nodes"][0]["exponent"] = exponent
    shown = on_map(stage(given))
    power = float("-inf") if exponent == "min" else float(exponent)
    own = data.REFERENCE["Tambali"]
    for share in (20, 45, 80):
        slide(shown, share)
        points = iso(shown)
        points = points[(points >= 0).all(axis=1) & (points <= 1).all(axis=1)]
        wanted = balance([own[0] / 100], [own[1] / 100], share, power)
        assert np.allclose(balance(points[:, 0], points[:, 1], share, power), wanted, atol=2e-4)
        (x0, y0), (x1, y1) = points[0], points[-1]
        off = np.abs((points[:, 0] - x0) * (y1 - y0) - (points[:, 1] - y0) * (x1 - x0)) / np.hypot(x1 - x0, y1 - y0)
        assert (off.max() < 1e-4) == (exponent == 1)


def test_the_line_turns_within_the_input_event(stage: Callable[..., Stage]) -> None:
    shown = on_map(stage(data.reference()))
    before, after = shown.at(".slider").evaluate(
        """node => { const line = node.getRootNode().querySelector('.iso'), before = line.getAttribute('d');
        node.value = 70; node.dispatchEvent(new Event('input', {bubbles: true}));
        return [before, line.getAttribute('d')]; }"""
    )
    assert before != after


def test_the_frontier_is_that_of_python(stage: Callable[..., Stage]) -> None:
    shown = stage(data.random(14, 20, seed=8, gaps=0.0))
    found = shown.page.evaluate(
        """() => { const model = component.makeModel(data);
        return [component.frontierOf(model), [...model.financial.value], [...model.social.value]]; }"""
    )
    assert sorted(found[0]) == np.flatnonzero(frontier(found[1], found[2])).tolist()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_no_two_names_of_the_map_meet(stage: Callable[..., Stage], language: str, width: int) -> None:
    shown = on_map(stage(data.reference(language, selected="kolo"), width, 844))
    boxes = shown.page.evaluate(
        """() => [...shadow.querySelectorAll('.map-svg text')].filter(n => n.textContent).map(n => {
        const b = n.getBBox(); return [n.textContent, b.x, b.y + 3, b.x + b.width, b.y + b.height - 3]; })"""
    )
    assert {"Kolo", "Madina Sud", "Wélia"} <= {box[0] for box in boxes}
    for a, b in combinations(boxes, 2):
        assert not (a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]), (a, b)


def test_a_click_on_a_point_opens_its_unit(stage: Callable[..., Stage]) -> None:
    shown = on_map(stage(data.reference(selected="kolo")))
    box, focus = shown.at(".map-svg").bounding_box(), shown.at(".map-focus")
    assert box
    x, y = (float(focus.get_attribute(name) or 0) for name in ("cx", "cy"))
    shown.at(".row").filter(has_text="Baro").click()
    shown.page.mouse.click(box["x"] + x, box["y"] + y)
    assert shown.sent == [["open", "baro"], ["open", "kolo"]]


def test_many_units_keep_their_lines_and_can_be_picked(stage: Callable[..., Stage]) -> None:
    shown = stage(data.random(90, 12, seed=2))
    assert shown.at(".chart-svg > .line[d]").count() > 0
    box = shown.at(".chart-svg").bounding_box()
    assert box
    shown.page.mouse.click(box["x"] + 300, box["y"] + 200)
    assert [name for name, _ in shown.sent] == ["open"]
    assert shown.at(".thick.selected[d]").count() == 1
