"""The live component says what the weight decides, what the data leave open, and where colours turn."""

import re
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser

from metrics import words
from metrics.words import LANGUAGES
from tests.live import data
from tests.live.stage import Stage, slide
from tests.prove import js_closeness
from tests.prove.js_equals_python import MOST

pytestmark = pytest.mark.browser


def surveyed(language: str = "en", half: float = 0.06, **changed: Any) -> dict[str, Any]:
    """The reference screen, one leaf of each side of each unit from a survey."""
    given = data.reference(language, **changed)
    for unit in given["units"]:
        unit["spans"] = [data.ends(leaf, unit["leaves"][leaf], half) for leaf in (0, 8)]
    return given


def test_the_browser_says_what_python_says(browser: Browser) -> None:
    found = js_closeness.compare(browser, 40)
    assert found["greatest difference"] <= MOST
    assert found["places decided"] > 0


def test_comparisons_that_are_too_close_to_call_are_said_beside_the_places(stage: Callable[..., Stage]) -> None:
    assert stage(surveyed(half=0.002)).text(".finding") == "The weight decides 1 of the 3 places on the watch list."
    assert stage(surveyed(half=0.2)).text(".finding") == (
        "The weight decides 1 of the 3 places on the watch list; "
        "2 more comparisons are too close to call on this data."
    )


def test_the_finding_stays_while_the_share_moves(stage: Callable[..., Stage]) -> None:
    shown = stage(surveyed(half=0.2))
    said = set()
    for share in (0, 20, 45, 80, 100):
        slide(shown, share)
        said.add(shown.text(".finding"))
    assert len(said) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finding_is_grammar_for_none_one_and_many(stage: Callable[..., Stage], language: str) -> None:
    shown = stage(data.reference(language))
    said = shown.page.evaluate(
        """() => { const root = shadow.querySelector('.evenkeel'); const found = [];
        for (const watch of [1, 3]) for (const half of [0, 0.05, 0.1, 0.2]) {
          const ends = (u, k) => [k, Math.max(0, u.leaves[k] - half), Math.min(1, u.leaves[k] + half)];
          const units = data.units.map(u => ({...u, spans: half ? [ends(u, 0), ends(u, 8)] : []}));
          give({...data, units, watch}); found.push(root.querySelector('.finding').textContent); }
        return found; }"""
    )
    texts = words.area(language, "component")
    assert all(text.endswith(".") and "{" not in text and "undefined" not in text for text in said)
    one, many = (re.escape(str(texts["close_more"][form]).partition(" ")[2]) for form in ("one", "other"))
    for text in said:
        count = re.search(rf"(\d+) (?:{one}|{many}|\w+)", text.partition(";")[2])
        if count:
            form = one if count[1] == "1" else many
            some = re.escape(str(texts["close_some"]["one" if count[1] == "1" else "other"]).partition(" ")[2])
            assert re.search(rf"{form}|{some}", text), text
    assert any(";" in text for text in said)


def test_two_units_that_show_the_same_are_a_tie(stage: Callable[..., Stage]) -> None:
    given = data.reference(board=45)
    tensa, baro = (next(unit for unit in given["units"] if unit["name"] == name) for name in ("Tensa", "Baro"))
    baro["leaves"] = [z + 0.001 for z in tensa["leaves"]]
    shown = stage(given)
    assert shown.text(".finding").endswith("Baro and Tensa tie for its last place.") or shown.text(".finding").endswith(
        "Tensa and Baro tie for its last place."
    )
    label = shown.at(".row").filter(has_text="Tensa").get_attribute("aria-label") or ""
    assert "Tied with Baro as shown." in label


def test_neighbours_say_how_sure_their_order_is(stage: Callable[..., Stage]) -> None:
    shown = stage(surveyed(half=0.2))
    labels = [row.get_attribute("aria-label") or "" for row in shown.at(".row").all()]
    assert sum("Too close to call with" in label for label in labels) == shown.at(".open:not([hidden])").count() > 0
    sure = stage(data.reference())
    labels = [row.get_attribute("aria-label") or "" for row in sure.at(".row").all()]
    assert "Below Kolo at every weight." not in labels[0]  # Doukoro and Kolo swap at 76 %
    assert "The weight decides whether it stands below Kolo." in labels[0]
    assert sure.at(".open:not([hidden])").count() == 0


def test_both_safe_ranges_stand_on_the_axis(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    safe, kept = shown.at(".axis").all_text_contents()[-2:]
    assert (safe, kept) == ("Madina Sud stays first", "watch list unchanged 38–100\u202f%")
    slide(shown, 30)
    assert shown.at(".axis").last.text_content() == "watch list unchanged 0–38\u202f%"


@pytest.mark.many
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 1280), ("en", 390), ("fr", 390)])
def test_no_two_texts_of_the_chart_meet(stage: Callable[..., Stage], language: str, width: int) -> None:
    shown = stage(data.reference(language, selected="kolo"), width, 844)
    for share in (0, 7, 26, 38, 45, 61, 76, 93, 100):
        slide(shown, share)
        boxes = shown.page.evaluate(
            """() => [...shadow.querySelectorAll('.chart-svg text')].filter(n => n.textContent &&
            n.getAttribute('opacity') !== '0').map(n => { const b = n.getBBox();
            return [n.textContent, b.x, b.y + 3, b.x + b.width, b.y + b.height - 3]; })"""
        )
        chart = shown.at(".chart-svg").bounding_box()
        assert chart
        for a, b in combinations(boxes, 2):
            assert not (a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]), (share, a, b)
        assert all(box[1] >= -1 and box[3] <= chart["width"] + 1 for box in boxes), (share, boxes)


@pytest.mark.full
def test_a_limit_is_crossed_at_the_share_that_is_said(stage: Callable[..., Stage]) -> None:
    shown = stage(data.random(30, 16, seed=4, gaps=0.0))
    shown.at(".table summary").click()
    names = {"below limit": 50, "critical": 35}
    said = [
        (row.locator(".unit").inner_text(), *found)
        for row in shown.at("tbody tr").all()
        for found in re.findall(r"(below limit|critical) (from|up to) (\d+)", row.locator("td.limits").inner_text())
    ]
    assert {way for _, _, way, _ in said} == {"from", "up to"}
    for name, level, way, share in said:
        values = []
        for at in (int(share) - 1, int(share), int(share) + 1):
            slide(shown, at)
            values.append(int({row[1]: row[2] for row in shown.rows()}[name]) < names[level])
        assert values[1]
        assert not (values[0] if way == "from" else values[2]), (name, level, way, share)


def test_the_selected_line_is_marked_where_it_crosses_the_limits(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(selected="kolo"))
    assert shown.at(".cross-text").all_text_contents() == ["below limit from 34\u202f%", "critical from 72\u202f%"]
    assert shown.at(".cross[d]").count() == 2
    assert stage(data.reference(selected="nafara")).at(".cross[d]").count() == 0


def test_the_table_holds_classes_crossings_swaps_and_parts_of_the_boards_range(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".table summary").click()
    assert shown.text(".table-head").startswith("66 pairs: 38 settled, 28 decided by the weight, 0 too close to call.")
    row = shown.at("tbody tr:has(th:text-is('Kolo'))")
    names = ("limits", "nearest", "settled", "decided", "close", "first", "watched", "red")
    cells = {name: row.locator(f".{name}").inner_text() for name in names}
    assert cells["nearest"] == "Tensa at 43\u202f%"
    assert (cells["settled"], cells["decided"], cells["close"]) == ("4", "7", "0")
    assert (cells["first"], cells["watched"], cells["red"]) == ("0\u202f%", "62\u202f%", "0\u202f%")
    shown.at(".range-end input").first.fill("80")
    shown.at(".range-end input").last.fill("90")
    assert row.locator(".red").inner_text() == "100\u202f%"
    shown.at(".range-end input").last.press("Tab")
    assert shown.sent[-1] == ["range", "80-90"]


@pytest.mark.full
def test_the_boards_range_comes_from_the_address_when_it_can_be(stage: Callable[..., Stage]) -> None:
    for given, ends in (("35-70", ["35", "70"]), ("70-35", ["30", "50"]), (None, ["30", "50"])):
        shown = stage(data.reference(range=given))
        assert [end.input_value() for end in shown.at(".range-end input").all()] == ends
