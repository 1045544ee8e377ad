"""The live component for every reader: table, French, dark, phone, keyboard, and states with less to show."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from metrics import live
from metrics.words import LANGUAGES
from tests.live import data
from tests.live.stage import DRAWN, Stage, slide

pytestmark = [pytest.mark.browser, pytest.mark.full]


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
    assert shown.page.locator(".evenkeel").bounding_box()["height"] <= 700
    phone = stage(data.reference("fr", selected="kolo"), 390, 844)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [button.bounding_box() for button in phone.at(".named").all()[2:]]
    assert [round(box["height"]) for box in boxes if box] == [40] * 4
    order = [phone.at(name).bounding_box()["y"] for name in (".finding", ".share", ".what", ".side", ".chart", ".more")]
    assert order == sorted(order)


@pytest.mark.many
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_status_word_is_cut_off(stage: Callable[..., Stage], language: str, width: int) -> None:
    words = [f"{level}{cause}" for level in ("below", "critical") for cause in ("", "_financial", "_social")]
    cut = stage(data.reference(language), width).at(".word").first.evaluate(
        "(node, texts) => texts.filter(text => { node.parentNode.className = 'row critical'; node.textContent = text;"
        " return node.scrollWidth > node.clientWidth; })",
        [str(data.common(language)["words"][word]) for word in [*words, "within", "not_enough", "too_few"]],
    )
    assert cut == []


def test_axe_finds_nothing_serious(stage: Callable[..., Stage]) -> None:
    for dark in (False, True):
        shown = stage(data.random(12, 16, selected="u3"), dark=dark)
        shown.at(".themes summary").click()
        shown.at(".table summary").click()
        shown.at(".view-map" if dark else ".view-lines").click()
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
