"""The live component shows what Python computes: scores, crossings, ranks, statuses, findings."""

import os
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Browser

from metrics.balance import flips, leader_range
from metrics.policy import load
from metrics.score import ranks
from tests.live import data
from tests.live.stage import Stage
from tests.prove import js_equals_python

pytestmark = pytest.mark.browser


FULL = bool(os.environ.get("EVENKEEL_FULL"))


def test_scores_in_the_browser_are_those_of_python(browser: Browser) -> None:
    found = js_equals_python.compare(browser, 500 if FULL else 60)
    assert found["greatest difference"] <= js_equals_python.MOST


@pytest.mark.many
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


@pytest.mark.many
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
    assert shown.text(".said") == "No unit has changed places since the weighting's own 40\u202f%."
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


def test_shipped_policies_have_the_shape_that_the_component_reads() -> None:
    tree = js_equals_python.as_data(load("equal"))
    assert {"", "financial", "social"} <= {node["path"] for node in tree["nodes"]}
