"""The headline says how many units need action and how many financial figures alone would miss."""

import re

import pytest

from metrics import findings
from metrics.units import Unit
from metrics.words import LANGUAGES
from tests.pictures import BEFORE, driver, picture, twelve, unit

SPACE = "\u202f"


def plain(text: str) -> str:
    """A sentence with ordinary spaces, as a test writes it."""
    return text.replace(SPACE, " ").replace("\xa0", " ")


def head(*units: object, language: str = "en", **changed: object) -> str:
    """The headline of a picture of units."""
    return plain(findings.headline(picture(*units, **changed), language))


def test_the_reference_screen_has_its_headline() -> None:
    said = findings.headline(twelve(), "en")
    assert said == "4 of 12 branches need action; 2 of them would be missed on financial figures alone."


NEED = {
    "2 of 3 branches need action; all of them show in the financial figures.": "A 34 32, B 42 60, C 60 60",
    "1 of 2 branches needs action; it shows in the financial figures.": "A 42 60, C 60 60",
    "1 of 2 branches needs action; it would be missed on financial figures alone.": "A 60 40, C 60 60",
    "2 of 2 branches need action; 1 of them would be missed on financial figures alone.": "A 60 40, B 40 60",
    "All 2 branches are within limits; the closest is A, 2 points above on social health.": "A 60 52, C 60 60",
    "All 2 branches are within limits; the closest is A, 1 point above on financial health.": "A 51 60, C 60 60",
    "All 2 branches are within limits; the closest is A, with social health at its limit.": "A 60 50, C 60 60",
    "Kolo needs action: social health is 23, limit 50.": "Kolo 63 23",
    "Kolo is within limits, 2 points above on social health.": "Kolo 63 52",
}
BESOIN = {
    "2 des 3 agences demandent une action ; 1 d’entre elles échapperait aux seuls chiffres financiers.": (
        "A 34 32, B 60 40, C 60 60"
    ),
    "1 des 2 agences demande une action ; elle se voit dans les chiffres financiers.": "A 42 60, C 60 60",
    "Les 2 agences sont dans les limites ; la plus proche est A, à 1 point en santé sociale.": "A 60 51, C 60 60",
    "Kolo demande une action : santé sociale 23, limite 50.": "Kolo 63 23",
}


def units(text: str) -> list[Unit]:
    """Units written as 'NAME FINANCIAL SOCIAL, ...'."""
    parts = [part.split() for part in text.split(", ")]
    return [unit(name, float(financial), float(social)) for name, financial, social in parts]


@pytest.mark.parametrize(("said", "healths"), NEED.items())
def test_counts_are_said_for_none_one_and_many(said: str, healths: str) -> None:
    assert head(*units(healths)) == said


@pytest.mark.parametrize(("said", "healths"), BESOIN.items())
def test_counts_are_said_in_french(said: str, healths: str) -> None:
    assert head(*units(healths), language="fr") == said


def test_no_data_opens_three_doors() -> None:
    assert findings.headline(None, "en") == "No data yet: start with the sample, a template or your own spreadsheet."


def test_a_side_that_is_not_measured_is_said_and_not_counted_as_zero() -> None:
    whole = unit("Demo", 63.0, None)
    said = head(unit("A", 40.0, None), unit("B", 70.0, None), whole=whole)
    assert said == "Financial health is 63; social health is not measured yet."


def test_too_few_clients_are_said_and_nothing_else() -> None:
    few = unit("A", None, None, too_few=True)
    assert head(few, whole=few) == "Too few clients to show (fewer than 10)."


def test_a_unit_with_too_few_clients_stays_out_of_the_counts() -> None:
    few = unit("Few", None, None, too_few=True)
    assert head(unit("A", 42.0, 60.0), unit("B", 60.0, 60.0), few).startswith("1 of 2 branches")


def test_without_limits_no_unit_is_called_out() -> None:
    said = head(unit("A", 20.0, 20.0), unit("B", 70.0, 70.0), whole=unit("Demo", 60.0, 56.0), limits_default=0)
    assert said == "No limits are set, so no branch can be called out; the balance is 58."


def test_too_little_for_this_weighting_is_said_with_its_coverage() -> None:
    nothing = unit("Demo", None, None)
    said = head(unit("A", None, None), whole=nothing, coverage=0.12)
    assert said.startswith("Too little is measured for a balance: 12 %")


def test_what_moved_names_the_mover_in_running_words() -> None:
    whole = unit("Demo", 63.0, 53.0, before=(64.0, 58.0, 61.0))
    mover = ("kolo", "overindebted_share")
    shown = picture(*units("Kolo 63 23, A 60 60"), whole=whole, before_period=BEFORE, mover=mover)
    assert findings.second_line(shown, "en") == "Since June: balance 61 → 58, mostly over-indebted clients at Kolo."


def test_one_unit_is_spoken_of_itself_and_not_of_the_whole() -> None:
    kolo = unit("Kolo", 60.0, 20.0, before=(60.0, 40.0, 50.0))
    shown = picture(kolo, whole=unit("Demo", 70.0, 60.0, before=(70.0, 58.0, 64.0)), before_period=BEFORE)
    assert findings.second_line(shown, "en") == "Since June: balance 50 → 40."


def test_a_first_period_has_nothing_to_compare_with() -> None:
    assert findings.second_line(twelve(), "en") == "First period; changes appear with the next one."


def test_a_balance_that_shows_the_same_number_did_not_move() -> None:
    whole = unit("Demo", 63.0, 53.0, before=(63.0, 52.0, 57.6))
    shown = picture(unit("A", 60.0, 60.0), unit("B", 60.0, 60.0), whole=whole, before_period=BEFORE)
    assert findings.second_line(shown, "en") == "Since June: balance unchanged at 58."


@pytest.mark.parametrize(("health", "number"), [(49.4, 49), (49.5, 50), (0.5, 1), (22.499999, 22)])
def test_a_health_is_shown_as_a_whole_number_halves_up(health: float, number: int) -> None:
    assert findings.shown(health) == number


def test_a_health_that_shows_as_its_limit_stands_in_the_healthy_quadrant() -> None:
    assert findings.quadrant(unit("A", 49.6, 60.0), twelve().policy) == "healthy"


@pytest.mark.parametrize(
    ("healths", "corner"),
    [((60, 60), "healthy"), ((40, 60), "money"), ((60, 40), "mission"), ((40, 40), "both"), ((40, None), "")],
)
def test_each_quadrant_has_its_name(healths: tuple[float, float | None], corner: str) -> None:
    assert findings.quadrant(unit("A", *healths), twelve().policy) == corner


def test_warnings_are_every_broken_limit_but_none_of_a_unit_with_too_few_clients() -> None:
    some = (driver("par30"), driver("oss", level="amber"), driver("roa", level=""))
    shown = picture(unit("A", 40.0, 60.0, drivers=some), unit("B", None, None, drivers=some, too_few=True))
    assert [(u.name, d.indicator) for u, d in findings.warnings(shown)] == [("A", "par30"), ("A", "oss")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_keeps_a_place_open_or_says_risk_beside_a_health(language: str) -> None:
    shown = [twelve(), picture(unit("A", 60.0, 40.0)), picture(unit("A", 60.0, None), whole=unit("D", 63.0, None))]
    for one in shown:
        said = findings.headline(one, language) + findings.second_line(one, language)
        assert not re.search(r"[{}]|\brisk\b|\bscore\b|\bindex\b", said)
