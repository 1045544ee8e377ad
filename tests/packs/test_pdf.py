"""The board pack as PDF: every figure of the pack stands on its section's pages, and texts are never markup."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pypdf
import pytest
from PIL import Image

from metrics.packs import pdf
from metrics.packs.model import Chart, Column, Figures, Number, Pack, Section, Signature, Table, Text, as_json
from tests import packing
from tests.packs.synthetic import HOSTILE, missing, money, share, synthetic

MADE: dict[str, bytes] = {}


def made(pack: Pack) -> bytes:
    """The pack's PDF, made once."""
    key = as_json(pack)
    if key not in MADE:
        MADE[key] = pdf.pdf(pack)
    return MADE[key]


@cache
def pages(found: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(found)).pages]


@cache
def begun(found: bytes) -> list[tuple[str, int]]:
    """Each bookmark with its page, from 0."""
    reader = pypdf.PdfReader(io.BytesIO(found))
    return [(str(one.title), reader.get_destination_page_number(one)) for one in reader.outline]


def by_section(pack: Pack) -> list[tuple[Section, str]]:
    """Each section with all that its pages say between their heads and feet."""
    found = made(pack)
    texts, starts = pages(found), [page for _, page in begun(found)]
    ends = [*starts[1:], len(texts)]
    return [
        (section, "\n".join(map(inner, texts[start:end])))
        for section, start, end in zip(pack.sections, starts, ends, strict=True)
    ]


def inner(text: str) -> str:
    """A page's text without its head and its foot, whose numbers are no figures of the section."""
    return re.sub(r"(?m)^.*(Board pack ·|[0-9a-f]{12} ·).*$", "", text)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def tokens(text: str) -> list[str]:
    return [one for one in re.split(r"[\s\u200b\u202f]+", text) if one]


def figures(section: Section) -> list[Number]:
    """The numbers of a section that the PDF prints."""
    found = [item[1] for block in section.blocks if isinstance(block, Figures) for item in block.items]
    return found + [cell for t in pdf.printed(section) for row in t.rows for cell in row if isinstance(cell, Number)]


def lacking(pack: Pack) -> list[tuple[str, Counter[str]]]:
    """What of the numbers of each section its pages do not say as often as it holds them."""
    found = []
    for section, text in by_section(pack):
        wanted = Counter(token for number in figures(section) for token in tokens(number.text))
        said = Counter(token.strip("▲■") for token in tokens(text.replace("~", " ")))
        if more := wanted - said:
            found.append((section.id, more))
    return found


def test_every_number_stands_on_the_pages_of_its_section_as_often_as_it_is_there() -> None:
    assert sum(len(figures(section)) for section in synthetic().sections) > 400
    assert lacking(synthetic()) == []


def test_a_number_that_the_pages_leave_out_would_be_found() -> None:
    pack = synthetic()
    first, *rest = pack.sections
    more = Figures((("Loans", Number(7_654_321, "7,654,321"), ""),))
    assert by_section(pack) and made(pack)
    changed = replace(pack, sections=(replace(first, blocks=(*first.blocks, more)), *rest))
    said = Counter(token for text in pages(made(pack)) for token in tokens(text))
    assert Counter(token for number in figures(changed.sections[0]) for token in tokens(number.text)) - said


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.full)])
def test_every_number_of_the_samples_pack_stands_on_its_pages(language: str) -> None:
    assert lacking(packing.pack(language)) == []


def test_each_section_has_a_bookmark_and_begins_a_page_with_its_message() -> None:
    pack = synthetic()
    assert [title for title, _ in begun(made(pack))] == [section.title for section in pack.sections]
    starts = [page for _, page in begun(made(pack))]
    assert starts[0] == 1 and len(set(starts)) == len(starts)
    for section, start in zip(pack.sections, starts, strict=True):
        text = bare(inner(pages(made(pack))[start]))
        assert text.startswith(bare(section.title + section.message)), section.id


def test_the_cover_names_what_it_is_and_each_section_with_its_page() -> None:
    pack = synthetic()
    cover = bare(pages(made(pack))[0])
    wanted = [pack.institution, pack.kind, pack.sample, pack.hash, *(text for pair in pack.basis for text in pair)]
    wanted += [f"{title}{page + 1}" for title, page in begun(made(pack))]
    assert [text for text in wanted if bare(text) not in cover] == []


def test_the_cover_says_the_day_of_the_meeting_where_it_is_known() -> None:
    pack = synthetic()
    block = Signature(("Chair",), ((pack.words["signature_presented"], "12 Oct 2026"),))
    shown = replace(pack, sections=(replace(pack.sections[-1], blocks=(block,)),))
    assert "12Oct2026" in bare(pages(pdf.pdf(shown))[0])
    assert "12Oct2026" not in bare(pages(made(pack))[0])


def test_each_page_says_whose_it_is_its_date_and_basis_and_its_number() -> None:
    pack = synthetic()
    texts, starts = pages(made(pack)), [page for _, page in begun(made(pack))]
    for place, text in enumerate(texts):
        assert bare(f"{pack.hash[:12]} · Page {place + 1} of {len(texts)}") in bare(text)
        assert place == 0 or bare(f"{pack.kind} · 30 Sep 2026 · {pack.sample}") in bare(text)
        gone_on = place not in (0, *starts)
        title = max((at, one.title) for at, one in zip(starts, pack.sections, strict=True) if at <= max(place, 1))[1]
        assert place == 0 or bare(text).startswith(bare(pack.institution + f" · {title}" * gone_on + pack.kind)), place
    assert bare("30 Sep 2026 · equal") in bare(texts[starts[0]])


def test_it_is_tagged_titled_and_in_its_language_with_its_own_fonts() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made(synthetic("fr"))))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == synthetic().title
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(842, 595)}
    kinds = Counter(kinds_of(root["/StructTreeRoot"]))
    assert kinds["/H1"] >= len(synthetic().sections)
    assert kinds["/Table"] >= 6 and kinds["/TH"] > 20 and kinds["/Figure"] == 3


def kinds_of(node: object) -> Iterator[str]:
    """The tag of every part of the structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from kinds_of(one)
    elif isinstance(node, dict):
        yield str(node.get("/S", ""))
        yield from kinds_of(node.get("/K", []))


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pdf.pdf(synthetic()) == made(synthetic())
    changed = replace(synthetic(), sample="Sample")
    assert pdf.pdf(changed) != made(synthetic())


def test_a_table_of_many_rows_goes_on_with_its_head_and_no_row_alone() -> None:
    _, text = by_section(synthetic())[4]
    rows = [int(n) for n in re.findall(r"Segment (\d+) of", text)]
    assert rows == list(range(1, 61))
    start = begun(made(synthetic()))[4][1]
    found = [page for page in pages(made(synthetic()))[start:] if "Segment" in page]
    assert len(found) >= 2
    for page in found:
        assert "Client segment" in page and len(re.findall(r"Segment \d+ of", page)) >= 3


@pytest.mark.many(3)
@pytest.mark.parametrize("rows", range(104, 116, 2))
def test_no_page_begins_or_ends_with_a_row_alone(rows: int) -> None:
    columns = (Column("Segment"), Column("PAR 30", "number"))
    table = Table("t", "Segments", columns, tuple((f"Row {at}.", share(at / 1000)) for at in range(rows)))
    found = pages(pdf.pdf(replace(synthetic(), sections=(Section("s", "table", "S", "M.", (table,)),))))[1:]
    counted = [len(re.findall(r"Row \d+\.", page)) for page in found]
    assert sum(counted) == rows and len(counted) > 2
    assert min(counted) >= 3


def test_a_table_wider_than_the_page_goes_on_below_with_its_first_column_again() -> None:
    names = [f"Branch number {at}" for at in range(60)]
    columns = (Column("Indicator", "text", 3.0), *(Column(name, "number") for name in names))
    rows = tuple((f"Figure {at}", *(money(at * 1e7 + place) for place in range(60))) for at in range(1, 4))
    pack = replace(synthetic(), sections=(Section("w", "annex", "Wide", "Sixty.", (Table("w", "W", columns, rows),)),))
    text = pages(made(pack))[1] + "".join(pages(made(pack))[2:])
    assert lacking(pack) == []
    parts = text.count("Figure 1\n") or text.count("Figure 1")
    assert parts >= 3 and "part 1 of" in text and bare("Branch number 59") in bare(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_never_markup(text: str) -> None:
    said = bare(by_section(synthetic())[1][1])
    assert said.count(bare(text)) >= 5
    assert "42" not in bare(pages(made(synthetic()))[3])


def test_a_chart_of_few_rows_stands_with_its_table_and_one_of_many_says_where_its_rows_are() -> None:
    few, many = by_section(synthetic())[2][1], by_section(synthetic())[3][1]
    assert few.count("Month ") >= 13 and "Drawn 42" in few and "n = 120" in few
    assert "Month 29" not in many and bare("The 30 rows behind this chart") in bare(many)
    assert pdf.BESIDE == 14


def test_a_table_with_all_figures_of_the_chart_before_it_stands_beside_it_in_its_place() -> None:
    found = next(one for one in synthetic().sections[2].blocks if isinstance(one, Chart))
    columns = (*found.table.columns, Column("More"))
    rows = tuple((*row, "more") for row in found.table.rows)
    whole = Table("whole", "Whole", columns, rows)
    section = Section("s", "growth", "S", "M.", (found, whole))
    assert list(pdf.printed(section)) == [whole]
    fewer = replace(whole, rows=rows[1:])
    assert list(pdf.printed(replace(section, blocks=(found, fewer)))) == [found.table, fewer]


def test_a_comment_stands_on_the_page_of_the_headline() -> None:
    first = synthetic().sections[0]
    noted = replace(first, blocks=(*first.blocks, Text("We ask for a freeze. " * 20, "comment", "A. Diallo")))
    assert len(pages(pdf.pdf(replace(synthetic(), sections=(noted,))))) == 2


def test_a_status_is_a_shape_and_a_word() -> None:
    first, segments, wide = (by_section(synthetic())[at][1] for at in (0, 4, 5))
    assert "▲ Below limit" in first.replace("\xa0", " ") and "■ Critical" in first.replace("\xa0", " ")
    assert segments.replace("\xa0", " ").count("■ Critical") == 8
    assert wide.count("▲") == 25 and wide.replace("\xa0", " ").count("▲ Past limit") == 1


def test_lines_to_write_on_stand_where_no_decision_is_asked() -> None:
    pack = synthetic()
    for text, said in (("", False), ("Freeze Kolo", True)):
        section = Section("d", "headline", "Decide", "Now.", (Text(text, "decision"),))
        shown = pages(pdf.pdf(replace(pack, sections=(section,))))[1]
        assert "Decision asked of the board" in shown
        assert ("Freeze Kolo" in shown) is said


def test_definitions_stand_once_each_in_the_section_of_their_own() -> None:
    text = by_section(synthetic())[6][1]
    assert [text.count(f"Loans late {at} days") for at in range(30)] == [1] * 30
    assert bare("lower is better · n = 90 · 98 % measured") in bare(text)


def test_a_long_text_goes_on_and_nothing_of_it_is_lost() -> None:
    long = " ".join(f"word{at}" for at in range(3000))
    cell = Table("t", "T", (Column("A"), Column("B", "number")), ((long, missing()), ("x", missing())))
    blocks = (Text(long, "comment", "Chair"), Text(long, "decision"), Text(long), cell)
    pack = replace(synthetic(), sections=(Section("l", "text", "Long", long[:400], blocks),))
    text = bare("".join(map(inner, pages(pdf.pdf(pack))[1:])))
    assert [n for n in range(2999) if text.count(f"word{n}word") < 4] == []


def test_letters_beyond_our_fonts_are_set_too() -> None:
    section = Section("x", "text", "中文 العربية", "Отчёт", (Text("\u202eabc\x00"),))
    assert len(pages(pdf.pdf(replace(synthetic(), sections=(section,))))) == 2


def test_pictures_are_small_and_of_the_pages_asked_for() -> None:
    pack = replace(synthetic(), sections=synthetic().sections[:3])
    found = pdf.pictures(pack)
    assert len(found) == len(pages(pdf.pdf(pack)))
    assert pdf.pictures(pack, [2, 99]) == found[1:2]
    assert Image.open(io.BytesIO(found[1])).size == (935, 661)
    assert max(map(len, found)) < 80_000


def test_what_is_kept_back_has_no_shape_and_each_table_keeps_its_own_note() -> None:
    columns = (Column("Segment"), Column("PAR 30", "number"))
    kept = Number(None, "kept back", "%", "par30|2026-09-30|branch=a", level="red", hidden="hidden")
    made = tuple(Table(name, name, columns, (("Kolo", kept),), f"Note {name}.") for name in ("one", "two"))
    text = pages(pdf.pdf(replace(synthetic(), sections=(Section("s", "table", "S", "M.", made),))))[1]
    assert "■" not in text and text.count("kept back") == 2
    assert "Note one." in text and "Note two." in text
