"""Charts on slides: native ones that can be edited, each with a workbook in which every text is a text."""

import datetime
import io
from typing import Any

import xlsxwriter
from pptx.chart import data as figures
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Emu, Pt

from metrics.documents.document import plain
from metrics.excel import FORMULA_SIGNS
from metrics.packs.model import Chart
from metrics.packs.slide_axes import FORMATS, dress
from metrics.packs.slide_deck import Deck, described
from metrics.packs.slide_labels import SIZE, Box, known_points, limit_name, short
from metrics.packs.slide_text import EMU

MADE: Any = figures  # of python-pptx, which gives these no types
TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED, "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS, "points": XL_CHART_TYPE.XY_SCATTER,
}  # fmt: skip


def drawable(chart: Chart) -> bool:
    """Whether there is anything to draw."""
    known = any(value is not None for one in chart.series for value in one.values)
    return (
        known and chart.kind in TYPES and bool(chart.categories) and (chart.kind != "points" or len(chart.series) > 1)
    )


def draw(deck: Deck, slide: Any, chart: Chart, box: Box) -> None:
    """Write a chart into a box, with its limits."""
    data = _points(chart) if chart.kind == "points" else _data(chart)
    place = (Emu(round(one * EMU)) for one in box)
    frame = slide.shapes.add_chart(TYPES[chart.kind], *place, data)
    said = [plain(name) for name, _, _ in chart.limits]
    described(frame, ". ".join(part.rstrip(".") for part in (plain(chart.alt), *said) if part), chart.title)
    native = frame.chart
    native.part.chart_workbook.update_from_xlsx_blob(_workbook(chart, deck.pack.as_of))
    native.has_title, native.font.size = False, Pt(SIZE)
    native.font.color.theme_color = MSO_THEME_COLOR.ACCENT_6
    dress(deck, slide, native, chart, box)


def _data(chart: Chart) -> Any:
    """Series as they are; each limit of a chart over time is one more, level all along."""
    data = MADE.CategoryChartData(number_format=FORMATS.get(chart.unit, "General"))
    data.categories = [short(one) for one in chart.categories]
    for one in chart.series:
        data.add_series(plain(one.name), one.values)
    for name, value, level in chart.limits if chart.kind == "lines" else ():
        data.add_series(limit_name(name, level), [value] * len(chart.categories))
    return data


def _points(chart: Chart) -> Any:
    data = MADE.XyChartData(number_format=FORMATS.get(chart.unit, "General"))
    series = data.add_series(plain(chart.series[1].name))
    for _, x, y in known_points(chart):
        series.add_data_point(x, y)
    return data


def _workbook(chart: Chart, as_of: str) -> bytes:
    """The figures behind a chart, where python-pptx says that they stand; texts never are formulas or links."""
    out = io.BytesIO()
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = xlsxwriter.Workbook(out, kept)
    day = datetime.datetime.fromisoformat(as_of)
    book.set_properties({"created": day})
    sheet, quoted = book.add_worksheet("Sheet1"), book.add_format({"quote_prefix": True})

    def text(row: int, column: int, said: str) -> None:
        marked = said.lstrip(" \ufeff\xa0").startswith(FORMULA_SIGNS)
        sheet.write_string(row, column, said, quoted if marked else None)

    if chart.kind == "points":
        _beside(sheet, text, chart)
    else:
        for row, name in enumerate(chart.categories, 1):
            text(row, 0, short(name))
        columns = [(plain(one.name), one.values) for one in chart.series]
        rest = chart.limits if chart.kind == "lines" else ()
        columns += [(limit_name(name, level), (value,) * len(chart.categories)) for name, value, level in rest]
        for column, (name, values) in enumerate(columns, 1):
            text(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _beside(sheet: Any, text: Any, chart: Chart) -> None:
    across, up = chart.series[:2]
    text(0, 0, plain(across.name))
    text(0, 1, plain(up.name))
    for row, (name, x, y) in enumerate(known_points(chart), 1):
        sheet.write_number(row, 0, x)
        sheet.write_number(row, 1, y)
        text(row, 2, name)
