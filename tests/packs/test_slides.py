"""The pack's slides: every figure and text stands there as itself, in charts and tables that can be edited."""

import datetime
import io
import re
import time
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from metrics.documents.document import plain
from metrics.packs import slide_plan
from metrics.packs.model import (
    Chart,
    Column,
    Definition,
    Figures,
    Live,
    Number,
    Pack,
    Section,
    Series,
    Signature,
    Table,
    Text,
)
from metrics.packs.slide_charts import drawable
from metrics.packs.slide_tables import grids
from metrics.packs.slide_text import lines, width
from metrics.packs.slides import pptx
from metrics.words import LANGUAGES, area
from tests import packing
from tests.payloads import PAYLOADS

POINT, FOOT = 12700, 502 * 12700  # EMU: of a point; where the foot of a slide begins
LONG = "A branch whose name nobody could ever shorten without a long quarrel among its founders"


def figure(value: float | None, text: str, level: str = "", ref: str = "par30|2026-09-30|") -> Number:
    return Number(value, text, "%", ref, 40, level, "Past limit" if level == "amber" else "")


def table(rows: int, columns: int, said: str = "", id: str = "t") -> Table:
    """A table with a text, then figures: missing, kept back, past a limit, within."""
    heads = (Column(f"Indicator{said}"), *(Column(f"Unit {n}{said}", "number") for n in range(1, columns)))
    kinds = (
        Number(None, "–", "%"), Number(None, "kept back", "%", "par30|2026-09-30|branch=b", hidden="hidden"),
        figure(0.0812345, "8.1 %", "amber"), figure(0.2, "20.0 %", "red"), figure(0.01, "1.0 %"),
    )  # fmt: skip
    made = tuple(
        (f"{LONG if n == 3 else 'Row'} {n}{said}", *(kinds[(n + place) % 5] for place in range(1, columns)))
        for n in range(rows)
    )
    return Table(id, f"Table of {rows}{said}", heads, made, f"Source and n.{said}")


def chart(kind: str, said: str = "", names: int = 6) -> Chart:
    """A chart of two series with a gap, two limits, and its table."""
    categories = tuple(f"Name {n}{said}" for n in range(names))
    first = tuple(None if n == 2 else 0.01 + n / 70 for n in range(names))
    second = tuple(0.08 - n / 130 for n in range(names))
    rows = tuple(
        (name, Number(a, "–" if a is None else f"{a:.3f}", "%"), Number(b, f"{b:.3f}", "%"))
        for name, a, b in zip(categories, first, second, strict=True)
    )
    heads = (Column("Name"), Column(f"First{said}", "number"), Column(f"Second{said}", "number"))
    series = (Series(f"First{said}", first, "financial"), Series(f"Second{said}", second, "social"))
    return Chart(
        f"c_{kind}", f"Finding of {kind}{said}", kind, categories, series, "%", f"Alternative of {kind}{said}",
        Table(f"c_{kind}", f"Finding of {kind}{said}", heads, rows, f"Note of {kind}{said}"),
        limits=((f"limit 5 %{said}", 0.05, "amber"), (f"critical 8 %{said}", 0.08, "red")),
    )  # fmt: skip


def every_kind(said: str = "", language: str = "en") -> Pack:
    """A pack with every kind of block, `said` behind every text."""
    large = (("Health", figure(73.2, "73"), "74 before"), ("Balance", figure(31.0, "31", "critical"), "limit 50"))
    blocks = (
        Text(f"Lead {LONG}{said}", "lead"),
        Figures(tuple((f"{label}{said}", number, f"{beside}{said}") for label, number, beside in large)),
        Text(f"Quote{said}", "quote", f"Client{said}"), Text(f"Comment{said}", "comment", f"Amara{said}"),
        Text(said, "decision"), Text(f"Plain{said}\nSecond paragraph"), Text(f"Note{said}", "note"),
    )  # fmt: skip
    live = Live({}, {}, {}, ({"indicator": "par30"},), {}, {})
    sections = (
        Section(f"first{said}", "headline", f"First{said}", f"A finding.{said}", blocks, f"30 Sep · weights{said}"),
        Section(
            "tables", "table", f"Tables{said}", f"Long ones{said}", (table(60, 5, said), table(7, 13, said), live), said
        ),
        Section("wide", "table", f"Wide{said}", f"More columns than fit{said}", (table(9, 31, said),), "30 Sep"),
        Section("charts", "chart", f"Charts{said}", f"Four{said}", tuple(chart(k, said) for k in KINDS), "30 Sep"),
        Section("text", "text", f"Only a title{said}", "", (Text(" ".join([LONG] * 120)), Text("x" * 700))),
        Section(
            "sign",
            "signature",
            f"Sign{said}",
            f"Signed{said}",
            (Signature((f"Chair{said}",), ((f"Hash{said}", "ab"),)),),
        ),
    )
    definitions = (
        Definition(
            "par30",
            f"PAR30{said}",
            "PAR",
            "%",
            "lower",
            f"Meaning{said}",
            f"MIX{said}",
            "IRIS+",
            f"5 %{said}",
            "",
            9,
            1.0,
        ),
    )
    words = {name: text for name, text in area(language, "packs").items() if isinstance(text, str)}
    basis = ((words["basis_date"], f"30 Sep 2026{said}"), (words["basis_threshold"], f"Few people{said}"))
    return Pack(
        f"Pack{said}", f"Demo{said}", language, "2026-09-30", f"Board pack{said}", f"Sample{said}", sections,
        definitions, basis, words,
    )  # fmt: skip


KINDS = ("bars", "columns", "lines", "points")


def opened(pack: Pack) -> Any:
    return Presentation(io.BytesIO(pptx(pack)))


def section_of(slide: Any) -> str:
    return str(slide.placeholders[13].text_frame.text)


def runs(slides: Any) -> Counter[str]:
    """Every run of text on slides, tables included, with how often it stands there."""
    return Counter((run.text or "").strip() for slide in slides for run in slide._element.iterfind(".//{*}r/{*}t"))


def frames(deck: Any, kind: str) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if getattr(shape, f"has_{kind}", False)]


def stated(pack: Pack, deck: Any, left_out: tuple[str, ...] = ()) -> int:
    """How many figures were looked for; each must stand on its section's slides as often as in the section."""
    count = 0
    for section in pack.sections:
        if section.kind in left_out:
            continue
        wanted: Counter[str] = Counter()
        for block in section.blocks:
            if isinstance(block, Figures):
                wanted.update(number.text for _, number, _ in block.items)
            rows = block.rows if isinstance(block, Table) else block.table.rows if isinstance(block, Chart) else ()
            wanted.update(cell.text for row in rows for cell in row if isinstance(cell, Number))
        found = runs(slide for slide in deck.slides if section_of(slide) == plain(section.title))
        assert not wanted - found, section.id
        count += wanted.total()
    return count


def drawn_as_given(pack: Pack, deck: Any) -> int:
    """How many charts were compared: each series to the last digit, what is missing a gap."""
    given = [b for s in pack.sections for b in s.blocks if isinstance(b, Chart) and drawable(b)]
    shown = frames(deck, "chart")
    assert len(shown) == len(given)
    for block, frame in zip(given, shown, strict=True):
        plot = frame.chart.plots[0]
        if block.kind == "points":
            across, up = block.series[:2]
            pairs = [(x, y) for x, y in zip(across.values, up.values, strict=True) if x is not None and y is not None]
            held = plot.series[0]
            assert (
                list(zip([float(one.text) for one in held._element.xpath("c:xVal//c:v")], held.values, strict=True))
                == pairs
            )
            continue
        assert [tuple(one.values) for one in plot.series][: len(block.series)] == [one.values for one in block.series]
        assert len(plot.series) == len(block.series) + (len(block.limits) if block.kind == "lines" else 0)
        assert frame.chart._chartSpace.xpath("c:chart/c:dispBlanksAs/@val") == ["gap"]
    return len(given)


def sound(deck: Any) -> None:
    """Titles, notes, alternative texts, numbers and footers; 10 points and more; nothing over another."""
    titles = [(section_of(slide), slide.shapes.title.text_frame.text) for slide in deck.slides]
    assert all(title.strip() for _, title in titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        assert slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None
        kinds = slide._element.xpath(".//p:nvPr/p:ph/@type")
        assert {"ftr", "sldNum"} <= set(kinds)
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0].strip()
        sizes = [int(size) for size in slide._element.xpath(".//*[@sz]/@sz") if size.isdigit()]
        assert min(sizes) >= 1000
        placed(deck, slide)


def placed(deck: Any, slide: Any) -> None:
    """No shape beyond the slide or its foot, none over another (the names of limits stand in their charts)."""
    boxes = []
    for shape in slide.shapes:
        high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        box = (shape.left, shape.top, shape.left + shape.width, shape.top + high)
        assert box[0] >= 0 and box[2] <= deck.slide_width + POINT and box[3] <= deck.slide_height
        if not shape.is_placeholder and "cxnSp" not in shape._element.tag:
            assert box[3] <= FOOT + POINT, (section_of(slide), shape.name)
            boxes.append((box, shape))
    for (one, first), (other, second) in combinations(boxes, 2):
        if (first.has_chart or second.has_chart) and (first.has_text_frame or second.has_text_frame):
            continue
        wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
        assert min(wide, high) <= POINT, (slide.shapes.title.text_frame.text, first.name, second.name)


def harmless(data: bytes) -> None:
    """No link, field but the slide's number, object, macro or formula, on slides and in the workbooks of charts."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            held = parts.read(name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(held)) as inner:
                    whole = "".join(inner.read(one).decode() for one in inner.namelist())
                    assert not re.search(r"<f[ >]|<hyperlink|externalLink", whole), name
                continue
            assert name.endswith((".xml", ".rels")), name
            text = held.decode()
            assert not re.search(r"hlinkClick|hlinkMouseOver|oleObj|<p:control|TargetMode=\"External\"", text), name
            assert set(re.findall(r'<a:fld [^>]*type="(\w+)"', text)) <= {"slidenum", "datetimeFigureOut"}, name


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


def test_the_largest_type_at_which_a_table_fits_is_taken() -> None:
    sizes = [grids(table(rows, 5), 880, 340)[0].size for rows in (4, 16, 60)]
    assert sizes[0] == 14 and 14 > sizes[1] > 10 and sizes[2] == 10
