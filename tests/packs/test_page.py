"""The pack as one HTML file: the numbers of the model, no text that is markup, no way out of the file."""

import base64
import hashlib
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from metrics.packs import page
from metrics.packs.drawn import drawing
from metrics.packs.model import Chart, Column, Live, Number, Pack, Section, Signature, Table, as_json, numbers, tables
from metrics.packs.reading import from_json
from metrics.words import area
from tests import packing
from tests.payloads import PAYLOADS

MOST_BYTES, MOST_SECONDS = 3_000_000, 2.0
MARKUP = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>", "-->",
    "</style><style>*{display:none}", '" onclick="alert(1)', "javascript:alert(1)", "</title><h1>x", "<!--", "$title",
)  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">{}</svg>'


class Read(HTMLParser):
    """What stands in a page: its tags with their attributes, its figures, the text that is shown, its scripts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.figures: list[tuple[str, str, str]] = []
        self.shown: list[str] = []
        self.inner: dict[str, list[str]] = {"script": [], "style": []}
        self._within: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "data"):
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        within = self._within[-1] if self._within else ""
        if within in self.inner:
            self.inner[within].append(data)
            return
        self.shown.append(data)
        if within == "data":
            given = self.tags[-1][1]
            self.figures.append((given.get("data-ref") or "", given.get("value") or "", data))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packing.pack()


@pytest.fixture(scope="module")
def source(pack: Pack) -> str:
    return page.html(pack).decode("utf-8")


def test_every_number_is_read_back_in_full_precision(pack: Pack, source: str) -> None:
    wanted = Counter(
        (one.ref, "" if one.value is None else repr(float(one.value)), one.text) for _, one in numbers(pack)
    )
    assert len(wanted) > 20
    assert Counter(Read(source).figures) == wanted
    assert all(float(value) == float(repr(float(value))) for _, value, _ in wanted if value)


def test_every_table_and_chart_is_named_and_every_message_a_heading(pack: Pack, source: str) -> None:
    read = Read(source)
    found = Counter(tag for tag, _ in read.tags)
    assert found["table"] == found["caption"] == len(list(tables(pack)))
    charts = [block for section in pack.sections for block in section.blocks if isinstance(block, Chart) and block.svg]
    named = [given["aria-label"] for tag, given in read.tags if tag == "svg"]
    assert named == [one.alt for one in charts]
    assert found["details"] >= len(charts)
    text = " ".join(read.shown)
    assert all(section.message in text for section in pack.sections)
    assert pack.hash in text


def test_a_status_is_said_by_a_shape_and_a_word() -> None:
    level = {"amber": "past", "red": "far past", "below": "", "critical": ""}
    for name, word in level.items():
        pack = packing.pack()
        said = page.markup.figure(pack, Number(1.0, "1", level=name, word=word))
        assert ("▲" in said) == (name in ("amber", "below"))
        assert (word or pack.words[f"page_level_{name}"]) in said


def spoiled(value: Any, payload: str) -> Any:
    """The same with the payload behind every text that is data; names of kinds and our own words stay."""
    if isinstance(value, str):
        return f"{value}{payload}" if value else value
    if isinstance(value, Number):
        return replace(value, text=f"{value.text}{payload}", ref=f"{value.ref}{payload}" if value.ref else "")
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"kind", "svg", "words", "language", "as_of", "unit", "data", "level"}
        kept |= {"id"} if not isinstance(value, Signature) else set()
        given = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{key: one if key in kept else spoiled(one, payload) for key, one in given.items()})
    if isinstance(value, Mapping):
        return dict(value)
    return tuple(spoiled(one, payload) for one in value) if isinstance(value, tuple) else value


def short(value: Any) -> Any:
    """The same pack with two rows in each table."""
    if isinstance(value, Table):
        return replace(value, rows=value.rows[:2])
    if isinstance(value, Chart):
        return replace(value, table=short(value.table))
    if isinstance(value, (Pack, Section)):
        name = "sections" if isinstance(value, Pack) else "blocks"
        return replace(value, **{name: tuple(short(one) for one in getattr(value, name))})
    return value


@pytest.mark.parametrize("payload", [*PAYLOADS, *MARKUP])
def test_no_text_of_the_data_is_markup(pack: Pack, payload: str) -> None:
    pack = short(replace(pack, definitions=pack.definitions[:3]))
    clean, found = (Read(page.html(one).decode("utf-8")) for one in (pack, spoiled(pack, payload)))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in clean.tags]
    assert {key for _, given in found.tags for key in given} == {key for _, given in clean.tags for key in given}
    assert found.inner["script"][1:] == clean.inner["script"][1:], "another script"
    assert found.inner["style"] == clean.inner["style"]
    shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", payload)
    assert f"{pack.title}{shown}".replace("\r", "\n") in "".join(found.shown).replace("\r", "\n")


def test_a_drawing_carries_nothing_but_drawing() -> None:
    bad = (
        "<script>alert(1)</script>", "<style>*{}</style>", '<image href="http://x.test/a"/>',
        "<foreignObject><p/></foreignObject>",
        '<a href="javascript:alert(1)"><text>x</text></a>', '<rect onclick="alert(1)" style="fill:url(http://x.test)"/>',
        '<rect fill="url(http://x.test/#a)"/>', '<use href="#a"/>', '<set attributeName="href" to="javascript:1"/>',
    )  # fmt: skip
    for one in bad:
        kept = drawing(SVG.format(one), 'a "b" <c>', "name")
        assert not re.search(r"script|style|href|onclick|foreign|http|<use|<set|<image", kept), one
        assert 'aria-label="a &quot;b&quot; &lt;c' in kept
    kept = drawing(SVG.format('<g id="a"/><rect clip-path="url(#a)"/>'), "x", "name")
    assert 'id="name-a"' in kept and "url(#name-a)" in kept
    assert drawing('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "x", "name") == ""
    assert drawing("no drawing", "x", "name") == ""


def test_only_its_own_script_and_style_sheet_may_run_and_nothing_is_asked_for(source: str) -> None:
    read = Read(source)
    policy = next(given["content"] or "" for tag, given in read.tags if given.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for kind, inner in (("script", read.inner["script"][-1]), ("style", read.inner["style"][-1])):
        assert rules[f"{kind}-src"] == f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"
    assert "unsafe" not in policy and "eval" not in policy and "http" not in policy
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert [given for tag, given in read.tags if "style" in given or any(key.startswith("on") for key in given)] == []
    addresses = [str(given[key]) for _, given in read.tags for key in ("href", "src", "action") if key in given]
    assert [one for one in addresses if not one.startswith(("#", "data:,"))] == []
    run = read.inner["script"][-1] + read.inner["style"][-1]
    assert not re.search(
        r"\beval\(|new Function|import\(|fetch\(|XMLHttpRequest|WebSocket|@import|url\([\"']?http", run
    )


def test_the_file_is_small_quickly_written_and_the_same_each_time(pack: Pack, source: str) -> None:
    assert len(source.encode("utf-8")) < MOST_BYTES
    start = time.process_time()
    again = page.html(from_json(as_json(pack)))
    assert time.process_time() - start < MOST_SECONDS
    assert again == source.encode("utf-8")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_pack_of_another_language_has_no_english_of_the_form(pack: Pack, language: str) -> None:
    words = {key: text for key, text in area(language, "packs").items() if isinstance(text, str)}
    foreign = page.html(replace(pack, language=language, words=words)).decode("utf-8")
    ours = [text for key, text in pack.words.items() if key.startswith(("page_", "present_")) and text != words[key]]
    assert f'<html lang="{language}">' in foreign
    assert [text for text in ours if len(text) > 20 and text in foreign] == []


def test_a_table_of_many_columns_says_below_what_its_shapes_mean_and_one_of_few_beside_them() -> None:
    for wide in (3, 9):
        columns = tuple(Column(f"c{n}", "number") for n in range(wide))
        row = tuple(Number(0.1, "10 %", "%", level="amber", word="past its limit") for _ in columns)
        said = page.markup.table(packing.pack(), Table("t", "T", columns, (row,)), "t")
        assert ("▲ past its limit</p>" in said) == (wide == 9)


def test_the_presenter_knows_which_scores_are_kept_back(pack: Pack) -> None:
    found = next(block for section in pack.sections for block in section.blocks if isinstance(block, Live))
    own = page.known(pack)["live"]["own"]
    assert own == {unit: [value is not None for value in values] for unit, values in found.values.items()}
    assert any(not one for flags in own.values() for one in flags)


def test_data_can_end_no_script() -> None:
    assert not set(page.as_data({"a": "<!--<script></script>&\u2028"})) & set("<>&\u2028")
