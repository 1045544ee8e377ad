"""Theme weights under the hand: locked themes keep their percent, and every release can be undone and done again."""

from collections.abc import Callable

import pytest

from tests.live import data
from tests.live.stage import Stage, slide

pytestmark = [pytest.mark.browser, pytest.mark.full]


def opened(stage: Callable[..., Stage], **changed: object) -> Stage:
    """The component with its themes open."""
    shown = stage(data.reference(**changed))
    shown.at(".themes summary").click()
    return shown


def move(shown: Stage, theme: int, value: int, release: bool = True) -> None:
    """Moves a theme's slider as the hand does."""
    slider = shown.at(".theme-slider").nth(theme)
    slider.evaluate("(n, v) => { n.value = v; n.dispatchEvent(new Event('input', {bubbles: true})); }", value)
    if release:
        slider.dispatch_event("change")


def percents(shown: Stage, side: str = "social") -> list[int]:
    """The percent of each theme of a pillar."""
    return [int(text.split("\u202f")[0]) for text in shown.at(f"fieldset.{side} .part").all_inner_texts()]


def test_a_locked_theme_keeps_its_percent_and_the_others_share_the_rest_in_proportion(
    stage: Callable[..., Stage],
) -> None:
    shown = opened(stage)
    assert percents(shown) == [25, 38, 13, 13, 13]
    shown.at("fieldset.social .lock").first.click()
    for value in (75, 10, 60):
        move(shown, 5, value)
        assert percents(shown)[0] == 25
    assert percents(shown) == [25, 60, 5, 5, 5]
    assert shown.at(".theme-slider").nth(4).is_disabled()
    move(shown, 5, 100)  # no more than what is not locked
    assert percents(shown) == [25, 75, 0, 0, 0]
    shown.at("fieldset.social .lock").first.click()
    assert shown.at(".theme-slider").nth(4).is_enabled()


def test_a_lock_changes_no_balance(stage: Callable[..., Stage]) -> None:
    shown = opened(stage, themes={"social/protection": 90})
    before = shown.rows()
    shown.at("fieldset.social .lock").nth(1).click()
    assert shown.rows() == before
    assert shown.at(".lock[aria-pressed=true]").count() == 1
    assert shown.at(".lock").nth(5).get_attribute("aria-label") == "Lock Outreach"


def test_weights_are_undone_and_done_again_by_buttons_and_keys(stage: Callable[..., Stage]) -> None:
    shown = opened(stage)
    first = shown.rows()
    move(shown, 4, 100)
    second = shown.rows()
    assert second != first
    slide(shown, 80)
    shown.at(".slider").dispatch_event("change")
    third = shown.rows()
    shown.at(".slider").focus()
    shown.page.keyboard.press("Control+z")
    assert (shown.share(), shown.rows()) == (45, second)
    shown.at(".undo").click()
    assert shown.rows() == first
    assert shown.at(".undo").is_disabled()
    shown.at(".redo").click()
    shown.at(".slider").focus()
    shown.page.keyboard.press("Control+y")
    assert (shown.share(), shown.rows()) == (80, third)
    assert shown.at(".redo").is_disabled()
    assert [name for name, _ in shown.sent] == ["themes", "social", "social", "themes", "themes", "social"]


def test_what_is_done_after_an_undo_takes_the_place_of_what_was_undone(stage: Callable[..., Stage]) -> None:
    shown = opened(stage)
    for share in (60, 70):
        slide(shown, share)
        shown.at(".slider").dispatch_event("change")
    shown.at(".undo").click()
    assert shown.share() == 60
    slide(shown, 20)
    shown.at(".slider").dispatch_event("change")
    assert shown.at(".redo").is_disabled()
    shown.at(".undo").click()
    assert shown.share() == 60


def test_the_keyboard_keeps_its_place_when_python_answers(stage: Callable[..., Stage]) -> None:
    shown = opened(stage)
    shown.at(".theme-slider").nth(4).focus()
    shown.page.keyboard.press("ArrowRight")
    (_, themes), = shown.sent
    shown.page.evaluate("themes => give({...data, themes})", themes)
    shown.page.keyboard.press("ArrowRight")
    assert shown.sent[-1][1]["social/protection"] == themes["social/protection"] + 1
    shown.page.keyboard.press("Control+z")
    assert shown.sent[-1] == ["themes", themes]
