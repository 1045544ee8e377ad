"""Text from anyone's data shows exactly its characters: never a picture, a link, a colour or a formula."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.ui.downloads import as_csv
from pages.ui.text import cell, md


@pytest.mark.parametrize(
    "name",
    [
        "![x](http://a.example/x.png)",
        "[a](b)",
        "<b>x</b>",
        ":red[x]",
        "$x$",
        "# x",
        "**x**",
        "`x`",
        "a|b",
        "http://a.example",
    ],  # fmt: skip
)
def test_markdown_in_a_name_has_no_meaning(name: str) -> None:
    escaped = md(name)
    assert not re.search(r"(?<!\\)[!\[\]()<>*_`#$:|{}]", escaped)
    assert plain(escaped) == name


def plain(escaped: str) -> str:
    """What a reader sees: without the signs before signs, and without what keeps an address apart."""
    return re.sub(r"\\(.)", r"\1", escaped).replace("\u2060", "")


@pytest.mark.parametrize(
    "name",
    ["see http://a.example/x", "HTTPS://a.example", "www.a.example", "(http://a.example)"],
)
def test_an_address_in_a_name_is_no_link(name: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", md(name))
    assert not re.search(r"(?i)https?://|www\.", shown) and plain(md(name)) == name


def test_a_name_stays_on_one_line() -> None:
    assert md("a\n# b\r\nc\u2028d") == "a \\# b c d"


@given(some.text())
def test_nothing_but_breaks_is_lost(text: str) -> None:
    shown = re.sub(r"[\r\n\t\v\f\x85\u2028\u2029]+", " ", text)
    assert plain(md(text)) == shown.replace("\u2060", "")


@pytest.mark.parametrize("value", ["=1+1", "+1+1", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1"])
def test_a_cell_that_would_be_computed_is_made_text(value: str) -> None:
    assert cell(value) == "'" + value


@pytest.mark.parametrize("value", ["-5.0", "+3", "12 %", "name", "", "-1,5"])
def test_a_plain_number_or_word_stays_as_it_is(value: str) -> None:
    assert cell(value) == value


def test_headings_of_a_download_are_made_text_too() -> None:
    written = as_csv(["=cmd", "b"], [["@x", None]]).decode("utf-8-sig")
    assert written.splitlines() == ["'=cmd,b", "'@x,"]
