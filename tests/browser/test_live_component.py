"""The live component in Chromium: it draws within the input event, tells Python on release, and is never wrong."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from metrics.balance import flips, leader_range
from metrics.policy import load
from metrics.score import ranks
from pages.ui import live
from tests.live import data
from tests.live.serve import Harness, serving
from tests.prove import js_equals_python

pytestmark = pytest.mark.browser
FULL = bool(os.environ.get("EVENKEEL_FULL"))
DRAWN = "() => document.querySelector('#host').shadowRoot.querySelector('.evenkeel').innerText"


class Stage:
    """The component on its page, with what it did wrong and what it sent."""

    def __init__(self, page: Page, harness: Harness) -> None:
        self.page, self.harness = page, harness
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        """Keeps an address that is not the harness's own."""
        if not url.startswith((self.harness.address, "blob:", "data:")):
            self.foreign.append(url)

    def open(self, given: dict[str, Any], dark: bool = False) -> "Stage":
        """Shows the component with some data."""
        self.harness.data = given
        self.page.goto(f"{self.harness.address}/{'#dark' if dark else ''}")
        self.page.wait_for_selector("body[data-ready]")
        return self

    def at(self, selector: str) -> Locator:
        """What a selector finds within the component."""
        return self.page.locator(f".evenkeel {selector}")

    @property
    def sent(self) -> list[list[Any]]:
        """All that went to Python so far: name and value."""
        return self.page.evaluate("sent")

    def text(self, selector: str) -> str:
        """The text of the first thing that a selector finds."""
        return self.at(selector).first.text_content() or ""

    def rows(self) -> list[tuple[str, str, str, str]]:
        """The list as shown: rank, name, balance, status."""
        return [
            tuple(row.locator(f".{part}").inner_text() for part in ("rank", "name", "number", "word"))
            for row in self.at(".row").all()
        ]  # type: ignore[return-value]

    def share(self) -> int:
        """The social share that slider, box, chart and list stand at; fails where they disagree."""
        slider, box = self.at(".slider").input_value(), self.at(".tools input").input_value()
        heading = re.search(r"\d+", self.text(".title.ink"))
        assert heading
        assert {slider, box, heading[0]} == {slider}
        return int(slider)

    def rule(self) -> float:
        """Where the rule of the chart stands, in pixels of the page."""
        path = self.at(".chart-svg > .rule").get_attribute("d") or ""
        box = self.at(".chart-svg").bounding_box()
        assert box
        return box["x"] + float(path[1:].split(" ")[0])


@pytest.fixture
def stage(browser: Browser) -> Iterator[Callable[..., Stage]]:
    """Opens the component in a window of its own; afterwards: no complaint, no request to anyone else."""
    contexts: list[BrowserContext] = []
    stages: list[Stage] = []
    with serving({}) as harness:

        def opened(given: dict[str, Any], wide: int = 1280, high: int = 800, dark: bool = False, **how: Any) -> Stage:
            contexts.append(browser.new_context(viewport={"width": wide, "height": high}, **how))
            stages.append(Stage(contexts[-1].new_page(), harness))
            return stages[-1].open(given, dark)

        yield opened
        faults = [fault for one in stages for fault in [*one.complaints, *one.foreign, *one.page.evaluate("faults")]]
        for context in contexts:
            context.close()
    assert faults == []


def slide(shown: Stage, share: int) -> None:
    """Moves the slider as the hand does, without letting go."""
    shown.at(".slider").evaluate(
        "(node, v) => { node.value = v; node.dispatchEvent(new Event('input', {bubbles: true, composed: true})); }",
        share,
    )


# Right

def test_scores_in_the_browser_are_those_of_python(browser: Browser) -> None:
    found = js_equals_python.compare(browser, 500 if FULL else 60)
    assert found["greatest difference"] <= js_equals_python.MOST


@pytest.mark.parametrize("exponent", [1, 0, -1, 3, "min"])
def test_crossings_leader_range_and_ranks_are_those_of_python(
    stage: Callable[..., Stage], exponent: float | str
) -> None:
    given = data.random(14, 20, seed=3, gaps=0.0, decimals=1)
    given["nodes"][0]["exponent"] = exponent
    found = stage(given).page.evaluate(
        """share => { const model = component.makeModel(data); const view = component.viewAt(model, share);
        return {f: [...model.financial.value], g: [...model.social.value], rank: view.rank,
                balance: view.value, crossings: model.crossings.map(c => [c.i, c.j, c.share]),
                safe: component.safeRange(model, view), leader: view.leader}; }""",
        45,
    )
    power = float("-inf") if exponent == "min" else float(exponent)
    one, other, share = flips(found["f"], found["g"], power, 0.1)
    assert [c[:2] for c in found["crossings"]] == [[int(a), int(b)] for a, b in zip(one, other, strict=True)]
    assert np.allclose([c[2] for c in found["crossings"]], share, atol=1e-9, rtol=0)
    first = leader_range(found["f"], found["g"], 45, power, 0.1)
    assert first
    assert first.units == (found["leader"],)
    assert np.allclose(found["safe"], [first.low, first.high], atol=1e-9)
    assert found["rank"] == list(ranks(100 * np.array(found["balance"]), 1))


@pytest.mark.parametrize("seed", range(6))
def test_the_finding_counts_the_places_that_a_sweep_over_all_shares_finds(
    stage: Callable[..., Stage], seed: int
) -> None:
    given = data.random(9, 16, seed=seed, gaps=0.0)
    shown = stage(given)
    lists = shown.page.evaluate(
        """() => { const model = component.makeModel(data);
        return [...Array(4001).keys()].map(k => component.viewAt(model, (k + 0.5) / 40.01).order.slice(0, 3)); }"""
    )
    decided = 3 - len(set.intersection(*(set(watched) for watched in lists)))
    words = {0: "none", 3: "all 3 places"}
    assert f"decides {words.get(decided, decided)}" in shown.text(".finding")


def test_the_reference_screen_comes_out_as_drawn(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(selected="kolo"))
    assert shown.text(".finding") == "The weight decides 1 of the 3 places on the watch list."
    assert [row[1:] for row in shown.rows()[:4]] == [
        ("Doukoro", "33", "Critical"),
        ("Kolo", "45", "Critical, social"),
        ("Tensa", "46", "Below limit"),
        ("Baro", "49", "Below limit"),
    ]
    assert shown.text(".said").startswith("Kolo fell behind Tensa at 43\u202f%")
    chart = shown.at(".chart-svg").text_content() or ""
    for words in ("Madina Sud leads, 73", "Madina Sud stays first", "swap at 43\u202f%", "Kolo, 45"):
        assert words in chart
    assert shown.at(".axis").all_text_contents()[:4] == [f"{share}\u202f%" for share in (0, 100, 27, 62)]
    assert shown.at(".thick[d]").count() == 3


def test_at_the_boards_share_it_names_the_nearest_change_of_the_watch_list(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(social=40))
    assert shown.text(".said") == "No unit has changed places since the board's 40\u202f%."
    assert shown.text(".said-more") == "Nearest for the watch list: Baro and Kolo at 38\u202f%."


def test_no_finding_is_made_up_where_no_unit_changes_places(stage: Callable[..., Stage]) -> None:
    given = data.reference()
    for number, unit in enumerate(given["units"]):
        unit["leaves"] = [0.2 + number / 20] * 16
    shown = stage(given)
    assert shown.text(".finding") == "The weight decides none of the 3 places on the watch list."
    assert shown.text(".said") == "No two units change places at any social share."


def test_equal_figures_share_the_least_rank(stage: Callable[..., Stage]) -> None:
    given = data.reference()
    given["units"][1]["leaves"] = given["units"][0]["leaves"]
    top = stage(given).rows()[-2:]
    assert [row[0] for row in top] == ["1", "1"]


def test_no_weight_hides_a_breach(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(social=0))
    assert {row[1]: row[2:] for row in shown.rows()}["Kolo"] == ("63", "Critical, social")


def test_status_goes_by_the_figure_that_is_shown(stage: Callable[..., Stage]) -> None:
    given = data.reference()
    given["units"][0]["leaves"] = [0.4951] * 16
    assert {row[1]: row[2:] for row in stage(given).rows()}["Madina Sud"] == ("50", "Within limits")


# Live

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


@pytest.mark.parametrize(
    ("name", "share"), [("Financial only", 0), ("Board", 40), ("Mission first", 70), ("Social only", 100)]
)
def test_a_named_share_is_one_click_away(stage: Callable[..., Stage], name: str, share: int) -> None:
    shown = stage(data.reference())
    shown.at(".named").filter(has_text=name).click()
    assert shown.share() == share
    assert shown.sent == [["social", share]]


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
    import io

    from PIL import Image

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
    shown.at(".themes-foot .button").click()
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


# For everyone

def test_the_table_holds_what_the_list_shows(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    shown.at(".table summary").click()
    slide(shown, 77)
    cells = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in shown.at("tbody tr").all()]
    assert [(row[0], row[1], row[4], row[6]) for row in cells] == shown.rows()


def test_missing_data_show_as_a_range_and_never_as_zero(stage: Callable[..., Stage]) -> None:
    given = data.reference(board=None)
    given["units"][0]["leaves"][3] = None
    given["units"][1]["leaves"][8:] = [None] * 8
    given["units"][2]["too_few"] = True
    shown = stage(given)
    rows = {row[1]: row for row in shown.rows()}
    assert rows["Sirandé"][0::2] == ("\u2013", "\u2013")
    assert rows["Sirandé"][3] == "Not enough data"
    assert rows["Wélia"][2:] == ("\u2013", "Too few clients")
    assert {row[0] for row in rows.values()} == {"\u2013", *map(str, range(1, 11))}
    first = shown.at(".row").filter(has_text="Madina Sud").locator(".range")
    assert float(first.get_attribute("width") or 0) > 3
    assert shown.at(".unit[data-unit='2'] .line[d]").count() == 0


def test_french_reads_french(stage: Callable[..., Stage]) -> None:
    text = stage(data.reference("fr", selected="kolo")).page.evaluate(DRAWN)
    assert "La pondération décide de 1 des 3 places de la liste de surveillance." in text
    for word in ("Part sociale", "Critique, social", "Copier le lien", "passe derrière", "Dans les limites"):
        assert word in text
    for word in ("Social share", "Critical", "Copy", "watch list", "What just"):
        assert word not in text


def test_one_unit_has_a_line_and_no_ranking(stage: Callable[..., Stage]) -> None:
    given = data.reference(one=True)
    given["units"] = [unit for unit in given["units"] if unit["name"] == "Kolo"]
    shown = stage(given)
    assert shown.text(".finding") == (
        "One branch has no ranking: its balance runs from 63 (financial only) to 23 (social only)."
    )
    assert not shown.at(".list").is_visible()
    assert shown.at(".facts dd").all_inner_texts()[1:] == ["63", "23", "45", "Critical, social"]


def test_without_a_social_side_it_says_so_and_names_what_would_help(stage: Callable[..., Stage]) -> None:
    given = data.reference(wanted=["Gender of clients", "Client survey"])
    for unit in given["units"]:
        unit["leaves"][8:] = [None] * 8
    shown = stage(given)
    assert shown.text(".finding") == "The weight needs both sides: social health is not measured yet."
    assert shown.at(".wanted li").all_inner_texts() == ["Gender of clients", "Client survey"]
    assert not shown.at(".slider").is_visible()


def test_without_limits_no_unit_is_called_out(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference(limit=None, critical=None))
    assert {row[3] for row in shown.rows()} == {""}
    assert shown.at(".band-words text").count() == 0


def test_a_name_is_text_whatever_it_holds(stage: Callable[..., Stage]) -> None:
    given = data.reference(selected="doukoro")
    hostile = "<img src=x onerror=\"faults.push('ran')\"> & {name} $&"
    given["units"][-1]["name"] = hostile
    shown = stage(given)
    assert shown.rows()[0][1] == hostile
    assert shown.at("img").count() == 0


def test_dark_and_light_follow_the_ground(stage: Callable[..., Stage]) -> None:
    ink_of = "node => getComputedStyle(node).color"
    light, dark = stage(data.reference()), stage(data.reference(), dark=True)
    assert light.at(".finding").evaluate(ink_of) == "rgb(22, 24, 29)"
    assert dark.at(".finding").evaluate(ink_of) == "rgb(233, 236, 241)"


def test_the_screen_fits_one_window_and_a_phone(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    assert shown.page.locator(".evenkeel").bounding_box()["height"] <= 700  # type: ignore[index]
    phone = stage(data.reference("fr", selected="kolo"), 390, 844)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [button.bounding_box() for button in phone.at(".named").all()[2:]]
    assert [round(box["height"]) for box in boxes if box] == [40] * 4
    order = [phone.at(name).bounding_box()["y"] for name in (".finding", ".share", ".what", ".side", ".chart", ".more")]  # type: ignore[index]
    assert order == sorted(order)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_status_word_is_cut_off(stage: Callable[..., Stage], language: str, width: int) -> None:
    words = [f"{level}{cause}" for level in ("below", "critical") for cause in ("", "_financial", "_social")]
    cut = stage(data.reference(language), width).at(".word").first.evaluate(
        "(node, texts) => texts.filter(text => { node.parentNode.className = 'row critical'; node.textContent = text;"
        " return node.scrollWidth > node.clientWidth; })",
        [str(data.common(language)["words"][word]) for word in [*words, "within", "not_enough", "too_few"]],
    )
    assert cut == []


def test_axe_finds_nothing_serious(stage: Callable[..., Stage]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for dark in (False, True):
        shown = stage(data.random(12, 16, selected="u3"), dark=dark)
        shown.at(".themes summary").click()
        shown.at(".table summary").click()
        found = Axe().run(shown.page).response["violations"]
        serious = [rule for rule in found if rule["impact"] in ("serious", "critical")]
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in serious] == []


def test_every_control_is_reached_by_keyboard_with_a_ring(stage: Callable[..., Stage]) -> None:
    shown = stage(data.reference())
    reached = []
    for _ in range(26):
        shown.page.keyboard.press("Tab")
        reached.append(
            shown.page.evaluate(
                """() => { const node = shadow.activeElement; if (!node) return null;
                const ring = n => n && getComputedStyle(n).outlineStyle !== 'none';
                const thumb = node.matches('.slider') && node.parentNode.querySelector('.focus');
                const round = thumb && getComputedStyle(thumb).stroke !== 'none';
                const seen = ring(node) || ring(node.parentNode) || round;
                return [node.className.split(' ')[0] || node.tagName, Boolean(seen)]; }"""
            )
        )
    names = [name for name, _ in filter(None, reached)]
    assert all(ring for _, ring in filter(None, reached)), reached
    assert {"slider", "named", "INPUT", "button", "row", "SUMMARY"} <= set(names)
    assert names.count("row") == 12


# Safe

def test_the_module_stands_alone() -> None:
    code = re.sub(r"^\s*//.*$", "", live.script(), flags=re.MULTILINE)
    code = code.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"\bimport\b|\beval\(|new Function|\bfetch\(|XMLHttpRequest|innerHTML|https?://", code)
    assert len(re.findall(r"^export default ", code, re.MULTILINE)) == 1
    declared = re.findall(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", code, re.MULTILINE)
    assert len(declared) == len(set(declared))


def test_a_part_of_the_module_is_short() -> None:
    longest = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in live.FOLDER.glob("*.js")}
    assert sorted(path.removesuffix(".js") for path in longest) == sorted([*live.PARTS, "strip"])
    assert max(longest.values()) <= 300


def test_shipped_policies_have_the_shape_that_the_component_reads() -> None:
    tree = js_equals_python.as_data(load("equal"))
    assert {"", "financial", "social"} <= {node["path"] for node in tree["nodes"]}
