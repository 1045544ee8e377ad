"""The live component under the hand: drawn within the input event, Python told on release."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from tests.live import data
from tests.live.stage import Stage, slide

pytestmark = pytest.mark.browser


def test_everything_is_drawn_before_the_input_event_ends(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    before, after = shown.at(".slider").evaluate(
        """node => { const root = node.getRootNode().querySelector('.evenkeel');
        const seen = () => [...root.querySelectorAll('.number')].map(n => n.textContent).join() +
            root.querySelector('.rule').getAttribute('d') + root.querySelector('.title.ink').textContent;
        const before = seen(); node.value = 70; node.dispatchEvent(new Event('input', {bubbles: true}));
        return [before, seen()]; }"""
    )
    assert before != after
    assert shown.share() == 70


def test_python_hears_nothing_while_the_thumb_is_dragged_and_once_when_it_is_let_go(
    stage: Callable[..., Stage],
) -> None:
    shown = stage(data.reference())
    box = shown.at(".slider").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    mouse = shown.page.mouse
    mouse.move(shown.rule(), y)
    mouse.down()
    for x in range(20, 220, 20):
        mouse.move(shown.rule() + x / 10, y)
    mouse.move(box["x"] + box["width"] - 12, y)
    assert shown.share() == 100
    assert shown.sent == []
    mouse.up()
    assert shown.sent == [["social", 100]]


def test_the_rule_itself_can_be_dragged(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    chart = shown.at(".chart-svg").bounding_box()
    assert chart
    y = chart["y"] + 380
    shown.page.mouse.move(shown.rule() + 4, y)
    shown.page.mouse.down()
    shown.page.mouse.move(shown.rule() + 60, y, steps=6)
    moved = shown.share()
    assert moved > 48
    assert shown.sent == []
    shown.page.mouse.up()
    assert shown.sent == [["social", moved]]


def test_the_rule_follows_a_finger(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(), 390, 844, has_touch=True, is_mobile=True)
    shown.at(".chart").scroll_into_view_if_needed()
    chart = shown.at(".chart-svg").bounding_box()
    assert chart
    finger = shown.page.context.new_cdp_session(shown.page)
    start, y = shown.rule(), chart["y"] + 250

    def touch(kind: str, *points: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x in points]})

    touch("touchStart", start)
    for step in range(1, 9):
        touch("touchMove", start + 10 * step)
    touch("touchEnd")
    assert shown.share() > 60
    assert shown.sent == [["social", shown.share()]]


def test_the_slider_goes_by_keys_and_tells_each_step(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".slider").focus()
    reached = []
    for key in ("ArrowRight", "PageUp", "ArrowLeft", "PageDown", "Home", "End"):
        shown.page.keyboard.press(key)
        reached.append(shown.share())
    assert reached == [46, 56, 55, 45, 0, 100]
    assert [value for _, value in shown.sent] == reached


def test_a_share_can_be_typed_and_nonsense_is_left_alone(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".tools input").fill("62")
    shown.at(".tools input").press("Enter")
    assert shown.share() == 62
    shown.at(".tools input").fill("480")
    shown.at(".tools input").press("Tab")
    assert shown.at(".slider").input_value() == "62"
    assert shown.at(".tools input").input_value() == "62"
    assert shown.sent == [["social", 62]]


@pytest.mark.many
@pytest.mark.parametrize(
    ("name", "share"), [("Financial only", 0), ("Board", 40), ("Mission first", 70), ("Social only", 100)]
)
def test_a_named_share_is_one_click_away(stage: Callable[..., Stage], name: str, share: int) -> None:
    shown = stage(data.reference())
    shown.at(".named").filter(has_text=name).click()
    assert shown.share() == share
    assert shown.sent == [["social", share]]


def test_the_weightings_own_share_has_a_name_where_no_other_stands_there(stage: Callable[..., Stage]) -> None:
    presets = [preset for preset in data.reference()["presets"] if preset["title"] != "Board"]
    shown = stage(data.reference(presets=presets, board=35))
    assert shown.at(".named-title").all_inner_texts()[1:4] == ["Lender’s view", "Weighting", "Equal"]
    assert shown.at(".named").nth(2).inner_text().endswith("35\u202f%")


@pytest.mark.many
@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("share", [0, 45, 100])
def test_rule_and_thumb_are_one_line(stage: Callable[..., Stage], width: int, share: int) -> None:
    shown = stage(data.reference(social=share), width)
    track = shown.at(".track").bounding_box()
    assert track
    y = track["y"] + 16
    # Ink on the row just above the thumb's widest part is thumb only; its middle is the thumb's.
    clip = {"x": max(0.0, shown.rule() - 30), "y": y - 6, "width": 60, "height": 1}
    thumb = ink(shown.page.screenshot(clip=clip))
    assert abs(clip["x"] + thumb - shown.rule()) <= 1


def ink(picture: bytes) -> float:
    """The middle of the dark pixels of a row, in pixels from its left."""
    with Image.open(io.BytesIO(picture)) as image:
        row = np.array(image.convert("L"), dtype=float)[0]
    dark = np.flatnonzero(row < 100)
    return float(dark.mean()) + 0.5


def test_a_theme_weight_moves_the_list_and_shows_its_percent(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".themes summary").click()
    before = shown.rows()
    slider = shown.at(".theme-slider").nth(4)
    slider.evaluate("node => { node.value = 100; node.dispatchEvent(new Event('input', {bubbles: true})); }")
    assert shown.rows() != before
    assert shown.sent == []
    parts = shown.at("fieldset.social .part").all_inner_texts()
    assert parts[0] == "57\u202f%"
    slider.dispatch_event("change")
    (name, weights), = shown.sent
    assert name == "themes"
    assert weights["social/protection"] == 100
    assert weights["social/outreach"] == 37.5
    assert len(weights) == 9


def test_themes_go_back_to_the_policy(stage: Callable[..., Stage]) -> None:
    given = data.reference()
    first = stage(given).rows()
    shown = stage({**given, "themes": {"social/protection": 90}})
    assert shown.rows() != first
    shown.at(".themes summary").click()
    shown.at(".themes-foot .reset").click()
    assert shown.rows() == first
    assert shown.sent == [["themes", {}]]


def test_an_answer_from_python_does_not_pull_the_thumb_back(stage: Callable[..., Stage]) -> None:
    given = data.reference()
    shown = stage(given)
    shown.at(".slider").focus()
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("ArrowRight")
    shown.page.evaluate("given => give(given)", {**given, "social": 46})
    assert shown.share() == 47
    shown.page.evaluate("given => give(given)", {**given, "social": 47})
    assert shown.share() == 47
    shown.page.evaluate("given => give(given)", {**given, "social": 20})
    assert shown.share() == 20


def test_reset_goes_back_to_the_board(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".tools .quiet").click()
    assert shown.share() == 40
    assert shown.sent == [["social", 40]]


def test_the_link_carries_the_share(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(), permissions=["clipboard-read", "clipboard-write"])
    slide(shown, 61)
    shown.at(".tools .button").first.click()
    shown.at(".tools .button").filter(has_text="Link copied").wait_for()
    assert shown.page.evaluate("navigator.clipboard.readText()").endswith("/?social=61")


def test_a_click_on_a_row_a_line_or_a_point_opens_its_unit(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".row").filter(has_text="Baro").click()
    line = shown.at(".unit[data-unit='2'] .hit").evaluate(
        "node => { const p = node.getPointAtLength(node.getTotalLength() * 0.95); const box = node.ownerSVGElement"
        ".getBoundingClientRect(); return [box.x + p.x, box.y + p.y]; }"
    )
    shown.page.mouse.click(*line)
    chart = shown.at(".chart-svg").bounding_box()
    assert chart
    shown.page.mouse.click(shown.rule(), chart["y"] + 339)
    assert shown.sent == [["open", "baro"], ["open", "wélia"], ["open", "doukoro"]]
    assert shown.at(".row.chosen .name").all_inner_texts() == ["Doukoro"]
