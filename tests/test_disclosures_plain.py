"""The clients' page: one sheet, short words, short sentences, prices as the flows of a loan give them."""

import io
import re
from collections.abc import Sequence

import pypdf
import pytest

from metrics.disclosures import forms, template, writing
from metrics.disclosures.counts import LISTS
from metrics.words import LANGUAGES
from tests.disclosing import (
    sample,
)

VOWELS = re.compile(r"[aeiouy]+")


JARGON = {
    "fr": ("taeg", "encours", "portefeuille", "provision", "indicateur", "ratio", "liquidité", "surendettement"),
    "es": ("tasa efectiva", "cartera", "previsión", "indicador", "ratio", "liquidez", "sobreendeudamiento"),
}


def sentences(language: str) -> list[str]:
    """The sentences of the clients' page; figures and names of products are left in."""
    page = writing.as_pack(sample("clients"), language).sections[0]
    said = [page.message, *(getattr(block, "text", "") for block in page.blocks)]
    return [one for text in said for one in re.split(r"(?<=[.!?])\s+", text) if one]


def grade(lines: Sequence[str]) -> float:
    """The school year of a text by Flesch and Kincaid: words a sentence, syllables a word."""
    words = [word for line in lines for word in re.findall(r"[a-z']+", line.lower())]
    syllables = sum(max(len(VOWELS.findall(re.sub(r"e\b", "", word))), 1) for word in words)
    return 0.39 * len(words) / len(lines) + 11.8 * syllables / len(words) - 15.59


def test_the_grade_of_a_hard_text_is_high() -> None:
    assert grade(["The institution's remuneration methodology necessitates considerable deliberation."]) > 12
    assert grade(["The cat sat on the mat."]) < 2


def test_the_clients_page_reads_at_school_year_six() -> None:
    assert grade(sentences("en")) <= 6


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_clients_page_has_short_sentences_and_no_jargon(language: str) -> None:
    found = sentences(language)
    assert max(len(re.findall(r"[^\W\d_]+", line)) for line in found) <= 15, found
    assert not [word for word in JARGON[language] for line in found if word in line.lower()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clients_page_is_one_sheet(language: str) -> None:
    made = forms.as_pdf(writing.as_pack(sample("clients"), language))
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 1
    said = " ".join(pages[0].extract_text().split())
    assert sample("clients").hash in said and "10.4" in said.replace(",", ".")


def test_the_price_is_what_the_flows_say() -> None:
    one = next(one for one in sample("clients").values if one.item == "prices/village")
    assert one.value == pytest.approx(100 * 0.12 * 10 / 12 + 1.0, rel=1e-9)  # flat interest of ten months, and the fee


def test_the_lists_of_a_plain_page_are_known() -> None:
    assert {item.what for item in template.load("clients").items if item.kind == "list"} <= set(LISTS)
