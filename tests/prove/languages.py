"""Every text in every language, and every page in a language that nobody speaks: nothing untranslated, nothing cut."""

import tempfile
from pathlib import Path

from metrics.words import LANGUAGES
from tests import fresh, texts
from tests.browser import readable
from tests.browser.window import browsing, serving
from tests.test_languages import left_in_english

LINE = (
    "Languages: every text of the catalogues and definitions in English, French and Spanish, none left in English; "
    "every page and view at 1280x800 and 390 px in accented letters, a third longer: each text is a catalogue's, and "
    "none is cut off, out of the window or over another"
)


def run() -> dict[str, object]:
    """Counts the texts of each language, then looks at every page and view in the pseudo-language."""
    told = [*texts.of_catalogues(), *(one for path in texts.files() for one in texts.of_file(path))]
    share = {}
    for language in LANGUAGES:
        said = [by for _, by in told if by[language].strip() and (language == "en" or not said_as(language, by))]
        share[language] = len(said) / len(told)
    assert min(share.values()) == 1, f"share of {len(told)} texts: {share}"
    seen = list(readable.looks())
    wrong = faults(seen)
    assert not wrong, f"{len(wrong)} faults in {len(seen)} views: " + "; ".join(wrong[:12])
    figures = {f"share of {len(told)} texts in {language}": f"{part:.0%}" for language, part in share.items()}
    return {**figures, "views seen": len(seen), "untranslated texts": 0, "cut texts": 0}


def said_as(language: str, by: texts.Texts) -> bool:
    """Whether a text of some length is left in English."""
    return len(by["en"]) > texts.SHORT and left_in_english(language, by)


def faults(seen: list[readable.Look]) -> list[str]:
    """What is untranslated and what is cut on a server that speaks the pseudo-language, each with its view."""
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        data = Path(folder) / "data"
        fresh.sample(data)
        known = readable.said_by_data(data)
        with serving(data, runner="tests.pseudo") as server:
            looked = readable.looked(browser, server, seen, known)
            return [
                f"{look.name()}: {kind} {text}"
                for look, outside, cut in looked
                for kind, found in (("untranslated", outside), ("", cut))
                for text in found
            ]
