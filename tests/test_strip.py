"""The balance strip as text: what it says, what it escapes, what it leaves out."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from metrics.charts.strip import Healths, Reading, described, strip, strips
from metrics.charts.strip_sheet import Label, packed
from metrics.charts.tones import DARK, LIGHT

READING = Reading(Healths(63.2, 50.8, 57.6), Healths(64, 57, 61), "June", 45)


def texts(drawn: str) -> list[str]:
    """Every text of a drawing; fails where it is not well-formed."""
    return ["".join(node.itertext()) for node in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def test_it_says_now_before_and_the_limit() -> None:
    said = texts(strip(READING, "en", LIGHT))
    for text in ("Social health 51", "Balance 58", "63 Financial health", "57", "61", "64", "in June", "limit 50"):
        assert text in said
    assert "Institution, at a social share of 45\u202f%" in said


def test_its_text_alternative_holds_the_same_figures() -> None:
    assert described(READING, "en") == (
        "Financial health 63, social health 51, balance 58 of 100 at a social share of 45\u202f%. "
        "In June: 64, 57 and 61."
    )
    assert f'aria-label="{described(READING, "en")}"' in strip(READING, "en", LIGHT)


def test_a_side_that_is_not_measured_has_a_dashed_mark_and_no_balance() -> None:
    drawn = strip(replace(READING, now=Healths(63, None, None), before=None), "en", LIGHT)
    assert "Social health not measured yet" in texts(drawn)
    assert "stroke-dasharray" in drawn
    assert "<path" not in drawn
    assert not any(text.startswith("Balance") for text in texts(drawn))


def test_without_a_limit_there_is_no_line_for_it() -> None:
    assert not any("limit" in text for text in texts(strip(replace(READING, limit=None), "en", LIGHT)))


def test_a_zero_is_drawn_and_not_taken_for_missing() -> None:
    said = texts(strip(Reading(Healths(0, 0, 0), None, "", 45), "en", LIGHT))
    assert {"Financial health 0", "Balance 0", "0 Social health"} <= set(said)


def test_what_comes_from_outside_is_escaped() -> None:
    drawn = strip(replace(READING, when='<b onload="x">'), "en", LIGHT)
    assert "<b" not in drawn
    assert "in &lt;b onload=&quot;x&quot;&gt;" in drawn


@pytest.mark.parametrize("tones", [LIGHT, DARK])
def test_it_uses_the_colours_of_its_theme_only(tones: object) -> None:
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", strip(READING, "fr", tones))) <= set(vars(tones).values())


def test_a_page_gets_both_layouts() -> None:
    page = strips(READING, "fr", LIGHT)
    assert page.count("<svg xmlns") == 2
    assert "Équilibre" in page
    assert "équilibre 61 en June" in page


def test_labels_of_a_line_are_kept_apart_and_inside() -> None:
    labels = [Label(left, 100, "", "") for left in (-40, 20, 250)]
    assert [label.left for label in packed(labels, 340, 10)] == [0, 110, 240]


def test_a_part_of_the_institution_is_named_and_a_name_is_never_markup() -> None:
    drawn = strip(replace(READING, name="Kolo <b>&"), "en", LIGHT)
    assert "Kolo &lt;b&gt;&amp;, at a social share" in drawn and "<b>" not in drawn
