"""Values as readers see them: unit from the definition, decimals and separators from currency and language."""

import pytest

from metrics.catalogue import indicators
from metrics.figures import figure, in_words, portfolio

N = "\u202f"


@pytest.mark.parametrize(
    ("language", "indicator", "value", "written"),
    [
        ("en", "par30", 0.131, f"13.1{N}%"),
        ("en", "par30", 0.24, f"24{N}%"),
        ("fr", "par30", 0.0725, f"7,2{N}%"),
        ("en", "par30", None, "–"),
        ("en", "par30", float("nan"), "–"),
        ("en", "nps", 0.12, "12 points"),
        ("en", "nps", 0.01, "1 point"),
        ("en", "nps", -0.055, "-5.5 points"),
        ("en", "nps", -0.0001, "0 points"),
        ("en", "debt_to_equity", 2.3456, "2.35"),
        ("en", "borrowers_per_loan_officer", 245.25, "245"),
    ],
)
def test_a_value_is_written_in_its_unit(language: str, indicator: str, value: float | None, written: str) -> None:
    assert figure(language, indicators()[indicator], value) == written


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("en", "XOF", f"12,346{N}FCFA"),
        ("fr", "XOF", f"12{N}346{N}FCFA"),
        ("en", "USD", f"12,345.68{N}USD"),
    ],
)
def test_money_has_the_decimals_of_its_currency(language: str, currency: str, written: str) -> None:
    assert figure(language, indicators()["cost_per_borrower"], 12345.678, currency) == written


def test_a_portfolio_is_written_in_few_figures() -> None:
    assert portfolio("en", 18.49e9, "XOF") == f"18.5{N}bn{N}FCFA"
    assert portfolio("en", 421894.44, "USD") == f"421,894{N}USD"


def test_a_name_in_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert in_words("Over-indebted clients") == "over-indebted clients"
    assert in_words("NPS of clients") == "NPS of clients"
