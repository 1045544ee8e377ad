"""A pack with every kind of block, and what is read back from slides."""

import io
import math
import re
import zipfile
from collections import Counter
from itertools import combinations
from typing import Any

from pptx import Presentation

from metrics.documents.document import plain
from metrics.packs.model import (
    Block,
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
from metrics.packs.slides import pptx
from metrics.words import area

POINT, FOOT = 12700, 502 * 12700  # EMU: of a point; where the foot of a slide begins
KINDS = ("bars", "columns", "lines", "points")
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
    words = {name: text for name, text in area(language, "packs").items() if isinstance(text, str)}
    basis = ((words["basis_date"], f"30 Sep 2026{said}"), (words["basis_threshold"], f"Few people{said}"))
    definition = Definition(
        "par30", f"PAR30{said}", "PAR", "%", "lower", f"Meaning{said}", f"MIX{said}", "IRIS+", f"5 %{said}", "", 9, 1.0
    )
    return Pack(
        f"Pack{said}", f"Demo{said}", language, "2026-09-30", f"Board pack{said}", f"Sample{said}", sections(said),
        (definition,), basis, words,
    )  # fmt: skip


def sections(said: str) -> tuple[Section, ...]:
    """Sections of all kinds of blocks."""
    live = Live({}, {}, {}, ({"indicator": "par30"},), {}, {})
    signed = Signature((f"Chair{said}",), ((f"Hash{said}", "ab"),))
    long = (Text(" ".join([LONG] * 120)), Text("x" * 700))
    charts, tables = tuple(chart(kind, said) for kind in KINDS), (table(60, 5, said), table(7, 13, said), live)
    given: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        ("First", "A finding.", first(said)), ("Tables", "Long ones", tables),
        ("Wide", "More columns than fit", (table(9, 31, said),)), ("Charts", "Four", charts),
        ("Only a title", "", long), ("Sign", "Signed", (signed,)),
    )  # fmt: skip
    return tuple(
        Section(name, "signature" if name == "Sign" else "table", name + said, text + said if text else "", blocks,
                f"30 Sep · weights{said}")
        for name, text, blocks in given
    )  # fmt: skip


def first(said: str) -> tuple[Block, ...]:
    """Texts of all kinds, and figures that stand large."""
    items = (
        (f"Health{said}", figure(73.2, "73"), f"74 before{said}"),
        (f"Balance{said}", figure(31.0, "31", "critical"), f"limit 50{said}"),
    )
    return (
        Text(f"Lead {LONG}{said}", "lead"), Figures(items), Text(f"Quote{said}", "quote", f"Client{said}"),
        Text(f"Comment{said}", "comment", f"Amara{said}"), Text(said, "decision"),
        Text(f"Plain{said}\nSecond paragraph"), Text(f"Note{said}", "note"),
    )  # fmt: skip


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
        if shape.has_table:
            roomy(shape.table)
    for (one, first), (other, second) in combinations(boxes, 2):
        if (first.has_chart or second.has_chart) and (first.has_text_frame or second.has_text_frame):
            continue
        wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
        assert min(wide, high) <= POINT, (slide.shapes.title.text_frame.text, first.name, second.name)


def roomy(table: Any) -> None:
    """Every row is as high as its texts need at the least, were each letter as narrow as in a dense text."""
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            size = int(cell._tc.xpath(".//*[@sz]/@sz")[0]) / 100
            wide = (column.width - cell.margin_left - cell.margin_right) / POINT
            count = math.ceil(0.4 * size * len(cell.text) / wide)
            assert row.height / POINT >= count * size * 1.15, cell.text[:40]


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
