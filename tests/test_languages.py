"""Every text stands in every language: whole, with the same params, and not left in English."""

import re
from pathlib import Path

import pytest

from metrics.words import LANGUAGES, catalogue
from tests import source, texts
from tests.pseudo import CLOSE, LONGER, NAME, OPEN, beside, pseudo, whole

OTHERS = [language for language in LANGUAGES if language != "en"]
FILES = texts.files()
WORD = re.compile(r"[^\W\d_]{2,}")
# Words that a language spells as English does. A text that is the same in both is made of these and of nothing else.
NAMES = {"CSV", "Decibels", "Excel", "HTML", "JSON", "PAR", "PDF", "PNG", "PPTX", "SHA", "SVG", "UTC", "XLSX"}
SAME = {
    "fr": NAMES | {
        "action", "actions", "capital", "causes", "client", "clients", "concentration", "consultation", "cycle",
        "date", "dates", "description", "dimension", "discrimination", "documents", "effort", "exclusion", "impact",
        "inclusion", "institution", "institutions", "mission", "note", "page", "place", "point", "points", "position",
        "possible",
        "question", "rare", "rural", "satisfaction", "score", "scores", "section", "segment", "segments", "signal",
        "signature", "signatures", "social", "source", "suggestion", "table", "tables", "trait", "version",
    },
    "es": NAMES | {"Bytes", "KB", "no", "rural", "sector", "social"},
}  # fmt: skip


def left_in_english(language: str, told: texts.Texts) -> bool:
    """Whether a text says the same as the English, in words that the language does not share with it."""
    found = WORD.findall(texts.PARAM.sub(" ", told["en"]))
    words = {word if word in SAME[language] else word.lower() for word in found}
    return told[language] == told["en"] and not words <= SAME[language]


def test_no_text_of_the_catalogues_is_missing_or_empty() -> None:
    told = ((key, language, text) for key, by in texts.of_catalogues() for language, text in by.items())
    assert [(key, language) for key, language, text in told if not text.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_the_catalogues_is_left_in_english(language: str) -> None:
    assert [key for key, told in texts.of_catalogues() if left_in_english(language, told)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_has_plural_forms_in_english_has_them_in_each_language(language: str) -> None:
    english = {key for key, text in catalogue("en").items() if isinstance(text, dict)}
    assert {key for key, text in catalogue(language).items() if isinstance(text, dict)} == english


def test_the_definitions_that_speak_are_found() -> None:
    assert {path.stem for path in FILES if path.suffix == ".toml"} >= {"starter", "scenarios", "rules", "questions"}
    heads = source.named("metrics/indicators/*/*/*.sql", "metrics/checks/*.sql")
    assert len(heads) > 150 and [path for path in FILES if path.suffix == ".sql"] == heads


@pytest.mark.parametrize("path", FILES, ids=source.dotted)
def test_a_definition_speaks_every_language(path: Path) -> None:
    told = dict(texts.of_file(path))
    assert [(place, language) for place, by in told.items() for language in by if not by[language].strip()] == []
    named = {place: {frozenset(texts.params(text)) for text in by.values()} for place, by in told.items()}
    assert [place for place, found in named.items() if len(found) > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_definition_is_left_in_english(language: str) -> None:
    told = ((f"{path.name} {place}", by) for path in FILES for place, by in texts.of_file(path))
    assert [place for place, by in told if left_in_english(language, by) and len(by["en"]) > texts.SHORT] == []


def test_a_question_in_spanish_opens_with_its_sign() -> None:
    told = [*texts.of_catalogues(), *(one for path in FILES for one in texts.of_file(path))]
    uneven = [place for place, by in told if any(by["es"].count(a) != by["es"].count(b) for a, b in ("¿?", "¡!"))]
    assert uneven == []


def test_a_text_that_one_language_lacks_is_found() -> None:
    assert left_in_english("es", {"en": "Save the table", "es": "Save the table"})
    assert not left_in_english("fr", {"en": "{n} institutions", "fr": "{n} institutions"})


def test_the_language_that_nobody_speaks_is_longer_and_keeps_params_and_markup() -> None:
    text = pseudo("**{n}** rows of :gray[{name}] are set aside, [see them](/data)")
    assert text.startswith(OPEN) and text.endswith(CLOSE)
    assert all(kept in text for kept in ("**{n}**", ":gray[{name}]", "](/data)"))
    assert len(text) >= (1 + LONGER) * 40 and "rows" not in text
    assert pseudo("{low}–{high}") == f"{OPEN}{{low}}–{{high}}ë{CLOSE}"
    assert pseudo("{n}") == "{n}"


def test_the_language_that_nobody_speaks_is_put_beside_french_wherever_it_stands() -> None:
    told = {"sizes": {"late": 0.4}, "a": {"en": "Yes", "fr": "Oui"}, "title": "Flood", "fr": {"title": "Inondation"}}
    found = beside(told)
    assert found["a"][NAME] == pseudo("Yes") and found[NAME] == {"title": pseudo("Flood")}
    assert found["sizes"] == told["sizes"] and NAME not in found["sizes"]
    assert whole({"one": "day", "other": ["days"]}) == {"one": pseudo("day"), "other": [pseudo("days")]}
