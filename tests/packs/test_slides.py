"""The pack's slides: every figure and text stands there as itself, in charts and tables that can be edited."""

import datetime
import io
import time
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation

from metrics.documents.document import plain
from metrics.packs import slide_plan
from metrics.packs.model import (
    Column,
    Number,
    Section,
    Signature,
    Table,
    Text,
)
from metrics.packs.slide_tables import grids
from metrics.packs.slide_text import lines, width
from metrics.packs.slides import pptx
from metrics.words import LANGUAGES
from tests import packing
from tests.packs.decks import (
    KINDS,
    LONG,
    chart,
    drawn_as_given,
    every_kind,
    frames,
    harmless,
    opened,
    runs,
    section_of,
    sound,
    stated,
    table,
)
from tests.payloads import PAYLOADS


def test_names_of_limits_stay_on_the_slide_however_long() -> None:
    pack = every_kind()
    limits = ((LONG, 0.05, "amber"), (LONG, 0.081, "red"))
    made = tuple(replace(chart(kind), limits=limits) for kind in KINDS)
    sound(opened(replace(pack, sections=(Section("s", "chart", "S", "M", made),))))


def test_the_sample_pack_stands_on_slides_with_every_figure() -> None:
    pack = packing.pack()
    data = pptx(pack)
    deck = Presentation(io.BytesIO(data))
    assert 15 <= len(deck.slides) <= slide_plan.MOST
    assert stated(pack, deck, ("annex",)) > 200
    assert drawn_as_given(pack, deck) >= 3
    sound(deck)
    harmless(data)


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_pack_fits_its_slides_in_each_language(language: str) -> None:
    pack = packing.pack(language)
    deck = opened(pack)
    stated(pack, deck, ("annex",))
    sound(deck)
    tags = {tag for slide in deck.slides for tag in slide._element.xpath(".//a:rPr/@lang")}
    assert {tag[:2] for tag in tags} == {language}


def test_every_kind_of_block_stands_on_slides() -> None:
    pack = every_kind()
    deck = opened(pack)
    assert stated(pack, deck) > 300
    assert drawn_as_given(pack, deck) == 4
    sound(deck)
    said = " ".join(runs(deck.slides))
    for text in (
        "Lead A branch",
        "Quote",
        "— Client",
        "Comment",
        "Second paragraph",
        "Note",
        "Chair",
        "Meaning",
        "Sample",
    ):
        assert text in said
    assert pack.words["slides_live"] in said


def test_a_long_table_goes_on_with_its_heads_and_its_place() -> None:
    deck = opened(every_kind())
    slides = [
        one for one in deck.slides if section_of(one) == "Tables" and one.shapes.title.text_frame.text != "Table of 7"
    ]
    tables = [
        shape.table for slide in slides for shape in slide.shapes if shape.has_table and len(shape.table.columns) == 5
    ]
    assert len(tables) > 2
    assert all(one.cell(0, 0).text == "Indicator" and one.first_row for one in tables)
    assert sum(len(one.rows) - 1 for one in tables) == 60
    assert [slide.shapes.title.text_frame.text for slide in slides[1:3]] == [
        f"Table of 60 ({n}/{len(tables)})" for n in (2, 3)
    ]


def test_columns_that_do_not_fit_go_on_beside_their_first_column() -> None:
    deck = opened(every_kind())
    found = [frame.table for frame in frames(deck, "table") if frame.name == "Table of 9"]
    assert len(found) > 1
    heads = [[cell.text for cell in one.rows[0].cells] for one in found]
    assert all(one[0] == "Indicator" for one in heads)
    assert [name for one in heads for name in one[1:]] == [f"Unit {n}" for n in range(1, 31)]


def test_numbers_stand_right_and_a_level_is_a_shape_and_a_word() -> None:
    deck = opened(every_kind())
    found = next(frame.table for frame in frames(deck, "table") if len(frame.table.columns) == 5)
    cells = [cell for row in list(found.rows)[1:] for cell in list(row.cells)[1:]]
    assert {cell._tc.xpath(".//a:pPr/@algn")[0] for cell in cells} == {"r"}
    assert {cell.text for cell in cells} == {"–", "kept back", "▲ 8.1 % Past limit", "■ 20.0 %", "1.0 %"}
    said = " ".join(runs(deck.slides))
    assert "critical" in said


def test_an_empty_decision_has_lines_and_a_given_one_its_words() -> None:
    pack = every_kind()
    for said, rules in (("", 6), ("Stop lending at Kolo", 3)):
        blocks = (Text("Lead", "lead"), Text(said, "decision"))
        deck = opened(replace(pack, sections=(replace(pack.sections[0], blocks=blocks),)))
        slide = next(one for one in deck.slides if one.shapes.title.text_frame.text == pack.words["slides_decision"])
        assert sum("cxnSp" in shape._element.tag for shape in slide.shapes) == rules
        assert not said or said in runs([slide])


def test_notes_say_weights_source_and_the_definitions_of_what_is_shown() -> None:
    deck = opened(every_kind())
    notes = {slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text for slide in deck.slides}
    said = next(text for title, text in notes.items() if title.startswith("Table of 60 (2"))
    assert "Source and n." in said and "PAR30. Meaning." in said and "MIX" in said and "n\xa0=\xa09" in said
    assert "Few people" in said  # a figure on it is kept back
    assert "30 Sep · weights" in notes["A finding."]


def test_the_same_pack_gives_the_same_bytes_and_no_time_of_writing() -> None:
    pack = every_kind()
    first = pptx(pack)
    time.sleep(2.1)  # a zip's clock goes in steps of two seconds
    assert pptx(pack) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name or "printer" in name]
        books = [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]
    kept = Presentation(io.BytesIO(first)).core_properties
    assert kept.created == kept.modified == datetime.datetime(2026, 9, 30)
    assert kept.author == "Demo" and kept.title == "Pack"
    assert {openpyxl.load_workbook(io.BytesIO(book)).properties.created for book in books} == {
        datetime.datetime(2026, 9, 30)
    }


@pytest.mark.many
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_the_data_becomes_a_formula_a_link_or_a_field(payload: str) -> None:
    pack = every_kind(payload)
    pack = replace(pack, sections=(replace(pack.sections[0], title=payload, message=payload), *pack.sections[1:]))
    data = pptx(pack)
    harmless(data)
    deck = Presentation(io.BytesIO(data))
    sound(deck)
    stated(pack, deck)
    drawn_as_given(pack, deck)
    heads = {cell.text for frame in frames(deck, "table") for cell in frame.table.rows[0].cells}
    assert plain(f"Unit 1{payload}") in heads
    chart = frames(deck, "chart")[0].chart
    assert list(chart.plots[0].categories)[0] == plain(f"Name 0{payload}")
    assert chart.plots[0].series[0].name == plain(f"First{payload}")


@pytest.mark.many
@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_in_the_workbook_of_a_chart_are_texts_from_their_first_letter(payload: str) -> None:
    made = chart("columns")
    names = tuple(f"{payload}{n}" for n in range(6))
    made = replace(made, categories=names, series=(replace(made.series[0], name=payload), made.series[1]))
    pack = replace(every_kind(), sections=(Section("s", "chart", "S", "M", (made,)),), definitions=())
    native = frames(opened(pack), "chart")[0].chart
    sheet = openpyxl.load_workbook(io.BytesIO(native.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    held = [sheet["B1"], *(sheet.cell(row, 1) for row in range(2, 8))]
    assert [cell.value or "" for cell in held] == [plain(payload), *(plain(name) for name in names)]
    assert {cell.data_type for cell in held} <= {"s", "n"}
    assert [sheet.cell(row, 2).value for row in range(2, 8)] == [
        None if one is None else float(f"{one:.16g}")
        for one in made.series[0].values  # all that a spreadsheet keeps
    ]


def test_texts_longer_than_any_slide_go_on_in_the_next() -> None:
    pack = every_kind()
    long = " ".join(f"word{n}" for n in range(1500))
    row = ("x" * 900, long, Number(0.5, "50 %", "%"))
    table = Table("t", "T", (Column("A"), Column("B"), Column("C", "number")), (row,))
    blocks = (
        Text(long, "decision"),
        Text(long, "comment", long[:400]),
        table,
        Signature((long[:300],) * 9, (("Hash", long[:90]),)),
    )
    deck = opened(
        replace(pack, title=long, institution=long, sections=(Section("s", "text", long, long, blocks, long[:300]),))
    )
    sound(deck)
    said = " ".join(runs(deck.slides))
    assert all(f"word{n}" in said for n in (0, 700, 1499)) and "50 %" in said


def test_an_annex_that_is_too_long_shows_what_is_past_limits_and_says_where_the_rest_stands() -> None:
    pack = every_kind()
    annex = tuple(replace(table(10, 13), id=f"a{n}", title=f"Theme {n}") for n in range(12))
    definitions = tuple(replace(pack.definitions[0], id=f"d{n}", summary=f"{LONG} " * 8) for n in range(115))
    sections = (Section("annex", "annex", "Annex", "All of them", annex), *pack.sections)
    large = replace(pack, sections=sections, definitions=(*pack.definitions, *definitions))
    began = time.process_time()
    data = pptx(large)
    assert time.process_time() - began < 3
    deck = Presentation(io.BytesIO(data))
    assert len(deck.slides) <= slide_plan.MOST
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert pack.words["slides_rest"].format(shown=48, all=120) in titles
    assert pack.words["slides_some"].format(shown=1, all=116) in titles
    sound(deck)


def test_a_text_is_cut_into_lines_that_are_no_wider_than_asked() -> None:
    for text in (LONG, "x" * 300, "a  b", "", "échéance 12\u202f345"):
        found = lines(text, 12, 90)
        assert all(width(one, 12) <= 90 for one in found)
        assert "".join(found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["150–350 / 80–600", "≥ 20 points / 0 points", "30 September 2026"])
def test_a_short_text_of_figures_stays_on_one_line(text: str) -> None:
    rows = (("A name of an indicator that is long enough to go on in the next line " * 2, text),) * 3
    made = grids(Table("t", "T", (Column("Name"), Column("Limit")), rows), 400, 340)[0]
    assert width(text, made.size) <= made.widths[1] and lines(text, made.size, made.widths[1]) == [text]


def test_smaller_type_is_taken_where_no_row_wraps_then() -> None:
    rows = (("Complaints answered on time by the branch", "81.1 %"),) * 3
    bare = Table("t", "T", (Column("Name"), Column("Value", "number")), rows)
    assert grids(bare, 600, 340)[0].size == 14
    narrow = sum(width(one, 13) for one in rows[0]) + 30
    smaller = grids(bare, narrow, 340)[0]
    assert smaller.size == 12 and max(smaller.heights) < 2 * 12


def test_the_largest_type_at_which_a_table_fits_is_taken() -> None:
    sizes = [grids(table(rows, 5), 880, 340)[0].size for rows in (4, 16, 60)]
    assert sizes[0] == 14 and 14 > sizes[1] > 10 and sizes[2] == 10
