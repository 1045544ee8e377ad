"""Disclosures: values traced and equal to the engine's, gaps named, unverified numbers not printed, own files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import records
from metrics.__main__ import main
from metrics.catalogue import indicators
from metrics.disclosures import book, forms, template, writing
from metrics.disclosures.counts import COUNTS
from metrics.disclosures.model import HIDDEN, NEEDS, as_json, from_json
from metrics.disclosures.rules import FORM
from metrics.errors import EvenkeelError
from metrics.packs.model import Table, numbers
from metrics.policy import SETTINGS
from metrics.schema import quote
from metrics.store import Store
from metrics.values import values
from metrics.words import LANGUAGES
from tests import disclosing, packing
from tests.disclosing import AWA, READ, SEPTEMBER, filled, opened, sample, texts

TEMPLATES = template.names()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_value_is_the_engines_own(name: str) -> None:
    cursor, found = packing.store().cursor(), sample(name)
    asked = template.load(name)
    assert {one.item.partition("/")[0] for one in found.values} == {item.id for item in asked.items}
    every = {by: values(cursor, SETTINGS, by, [SEPTEMBER]) for by in ("institution", "gender")}
    for one in found.values:
        item = asked.item(one.item)
        if item.kind == "indicator":
            frame = every[item.by or "institution"]
            rows = frame[(frame["unit"] == (item.member or "demo")) & (frame["indicator"] == item.what)]
            assert one.value == pytest.approx(float(rows["value"].iloc[0]), rel=1e-12), one.item
            assert one.ref(found.period).startswith(f"{item.what}|2026-09-30|")
        if item.kind == "count":
            count = COUNTS[item.what]
            sums = "+".join(f"sum({quote(part)})" for part in count.parts)
            sql = f"SELECT {sums} FROM {quote('v_m_' + count.relation)} WHERE cut = 'main' AND period = ?"
            assert one.value == pytest.approx(float(cursor.execute(sql, [SEPTEMBER]).fetchall()[0][0]))


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_value_names_its_files_with_their_fingerprints(name: str) -> None:
    found = sample(name)
    known = set(packing.store().cursor().execute("SELECT name, sha256 FROM batch_files").fetchall())
    for one in found.values:
        assert one.sources and re.fullmatch("[0-9a-f]{64}", found.source_hash(one)), one.item
        assert {(source.name, source.sha256) for source in found.files(one)} <= known


def test_it_is_read_back_the_same() -> None:
    found = sample("investor")
    assert from_json(as_json(found)) == found and from_json(as_json(found)).hash == found.hash


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_line_has_words_in_each_language(name: str) -> None:
    asked = template.load(name)
    for item in asked.items:
        assert set(item.texts) == set(LANGUAGES) and all(item.texts.values()), item.id
        if asked.form == "plain":
            assert set(item.missing) == set(LANGUAGES), item.id
    packs = [writing.as_pack(sample(name), language) for language in LANGUAGES]
    assert not [text for pack in packs for text in texts(pack) if re.search(r"\{\w*\}", text)]
    assert len({pack.sections[0].title for pack in packs}) == len(LANGUAGES)
    shown = [[number.value for _, number in numbers(pack)] for pack in packs]
    assert shown[0] == shown[1] == shown[2] and shown[0]


@pytest.mark.parametrize("name", TEMPLATES)
def test_only_numbers_that_were_read_are_printed(name: str) -> None:
    for item in template.load(name).items:
        assert not item.number or item.number in READ, item.id
        assert bool(item.cited) == item.verified


def test_a_number_that_is_not_verified_is_not_printed(store: Store) -> None:
    given = disclosing.LINES + 'standard = "GRI"\nversion = "2021"\nnumber = "417-1"\n'
    for more, shown in (("", False), ("verified = true\n", True)):
        asked = template.parsed(given + more, "ours")
        found = filled(store, asked=asked)
        said = "\n".join(texts(writing.as_pack(found, "en")))
        assert ("417-1" in said) == shown
        told = json.loads(forms.as_json(found, "en"))["lines"][-1]
        assert told["standard"] == ("GRI 417-1 (2021)" if shown else None)


def test_a_gap_says_what_would_enable_it(store: Store) -> None:
    found = filled(store, asked=template.load("investor"))
    gaps = {one.item: one for one in found.values if not one.known}
    assert gaps["roa"].needs.startswith("financials_monthly.")
    for one in gaps.values():
        assert one.status != NEEDS or re.match(r"[a-z_]+\.[a-z_]+", one.needs), one
    section = next(one for one in writing.as_pack(found, "en").sections if one.id == "gaps")
    assert isinstance(section.blocks[0], Table) and len(section.blocks[0].rows) == len(gaps)
    assert any("financials_monthly." in str(row[-1]) for row in section.blocks[0].rows)


def test_few_people_are_kept_back_and_so_is_what_would_tell_of_them(tmp_path: Path) -> None:
    store = opened(tmp_path, women=33)  # 7 men
    try:
        found = {one.item: one for one in filled(store).values}
    finally:
        store.close()
    assert (found["women"].status, found["women"].value, found["women"].n) == (HIDDEN, None, None)
    assert found["borrowers"].value == 40


def test_a_segment_that_the_data_do_not_know_is_a_gap(store: Store) -> None:
    asked = template.parsed(disclosing.LINES.replace("gender=F", "gender=Z"), "ours")
    assert next(one for one in filled(store, asked=asked).values if one.item == "women").status == "no_member"


@pytest.mark.parametrize("form", ["pdf", "pptx", "xlsx", "html"])
def test_each_form_is_written_and_the_same_twice(form: str) -> None:
    pack = writing.as_pack(sample("sfdr"), "fr")
    made = forms.FORMS[form](pack)
    assert len(made) > 4000 and made == forms.FORMS[form](pack)


def test_json_has_the_whole_trace() -> None:
    told = json.loads(forms.as_json(sample("investor"), "es"))
    for line in told["lines"]:
        assert line["value"] is not None and len(line["source_hash"]) == 64 and line["sources"]
    par = next(line for line in told["lines"] if line["id"] == "par30")
    assert set(par["settings"]) == set(indicators()["par30"].settings) and told["hash"] == sample("investor").hash


def test_a_file_of_ones_own_adds_lines_to_the_regulators(store: Store) -> None:
    given = """based_on = "regulator"
[[item]]
id = "women"
section = "portfolio"
indicator = "pct_female_borrowers"
standard = "Our regulator"
version = "2026"
number = "R-7"
verified = true
"""
    own, base = template.parsed(given, "ours"), template.load("regulator")
    assert [item.id for item in own.items] == [*[item.id for item in base.items], "women"]
    assert own.title == base.title and own.item("women").cited == "Our regulator R-7 (2026)"
    records.save(store, FORM, "ours", {"toml": given, "title": "Ours"}, AWA)
    assert list(book.forms(store.cursor())) == ["ours"]
    with pytest.raises(EvenkeelError, match="comes with Evenkeel"):
        records.save(store, FORM, "donor", {"toml": given, "title": "Ours"}, AWA)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("title =", "titel =", "titel is no key"),
        ("[[item]]", "[[item]", "no valid TOML"),
        ('audience = "public"', 'audience = "all"', "all is not known as audience"),
        ('indicator = "csat"', 'indicator = "csta"', "item 4.*csta is not known as indicator.*csat"),
        ('id = "csat"', 'id = "par30"', "two lines with the id par30"),
        ('count = "active_borrowers"', 'count = "active_borrowers"\nindicator = "par30"', "exactly one of"),
        ('section = "loans"\ncount', 'section = "lons"\ncount', "item 2 .borrowers.*lons is not known.*loans"),
        ('scope = "gender=F"', 'scope = "gender"', "gender is no scope"),
        ('indicator = "csat"', 'indicator = "csat"\nverified = true', "names standard, version and number"),
        ('indicator = "csat"', 'indicator = "csat"\nverified = "yes"', "must be true or false"),
        ('fr = "Prêts"', "fr = 3", "fr must be a text"),
    ],
)
def test_a_wrong_file_is_a_sentence_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in disclosing.LINES
    with pytest.raises(EvenkeelError, match=sentence):
        template.parsed(disclosing.LINES.replace(old, new, 1), "ours")


def test_the_command_writes_each_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened(tmp_path / "data").close()
    (tmp_path / "ours.toml").write_text(disclosing.LINES, encoding="utf-8")

    def run(*words: str) -> int:
        return main(["--data", str(tmp_path / "data"), "disclose", *words])

    out = tmp_path / "out.json"
    assert run(str(tmp_path / "ours.toml"), str(out), "--as-of", "2026-06-30") == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["period"], told["sample"], told["lines"][0]["value"]) == ("2026-06-30", False, 0.1)
    assert run("regulator", str(tmp_path / "out.xlsx"), "--language", "fr") == 0
    assert (tmp_path / "out.xlsx").read_bytes()[:2] == b"PK"
    assert run("regulator", str(tmp_path / "out.doc")) == 2
    assert run("regulatr", str(out)) == 1
    assert 'Did you mean "regulator"?' in capsys.readouterr().err
