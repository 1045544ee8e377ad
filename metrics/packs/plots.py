"""Charts of a workbook that readers can edit: the figures on a sheet behind, the chart beside its table."""

import re
from typing import Any

from metrics.charts.tones import LIGHT
from metrics.packs.model import Chart

KINDS = {"bars": "bar", "columns": "column", "lines": "line", "points": "scatter"}
SIZE, ROWS = (620, 340), 19  # pixels; rows of a sheet that they are as high as
FORMATS = {"%": '0.0"\u202f"%', "health": "0", "points": "0.0", "ratio": "0.00", "money": "#,##0"}
AXES = {"%": '0"\u202f"%', "health": "0", "ratio": "0.##"}


def titled(said: str) -> str:
    """A text of a chart, which XlsxWriter would take for a reference where it begins with = or has !A1 in it."""
    apart = re.sub(r"!(?=\$?[A-Z]+\$?\d)", "!\u200b", said)
    return f" {apart}" if apart.startswith("=") else apart


def plot(book: Any, block: Chart) -> Any:
    """A chart of the block's series, or None where there is nothing to draw.

    Args:
        book: the `workbook.Book` that is written.
    """
    if not block.series or not block.categories or (block.kind == "points" and len(block.series) < 2):
        return None
    behind = _behind(book)
    top, count = behind.next_row, len(block.categories)
    name = behind.name
    style = book.style(num_format=FORMATS.get(block.unit, "General"))
    book.text(behind, top, 0, block.title, bold=True)
    top += 1
    for column, series in enumerate(block.series, 1):
        book.text(behind, top, column, series.name, bold=True, align="right", bottom=1)
        for row, value in enumerate(series.values, top + 1):
            if value is not None:
                behind.write_number(row, column, value, style)
    for row, category in enumerate(block.categories, top + 1):
        book.text(behind, row, 0, category)
    behind.next_row = top + count + 2
    chart = book.book.add_chart({"type": KINDS[block.kind]})
    first, last = top + 1, top + count
    if block.kind == "points":
        chart.add_series(_points(block, name, first, last))
    else:
        for column, series in enumerate(block.series, 1):
            look = {"color": _tone(series.tone)}
            styled = {"line": {**look, "width": 1.75}} if block.kind == "lines" else {"fill": look, "gap": 60}
            chart.add_series(
                {
                    "name": [name, top, column], "categories": [name, first, 0, last, 0],
                    "values": [name, first, column, last, column], **styled,
                }
            )  # fmt: skip
    _dress(chart, block)
    return chart


def _behind(book: Any) -> Any:
    """The sheet that holds the figures of all charts, made when first needed."""
    found = getattr(book, "behind", None)
    if found is None:
        found = book.behind = book.sheet(book.said("book_behind"))
        found.next_row = 0
        found.set_column(0, 0, 34)
        found.set_column(1, 20, 12)
    return found


def _points(block: Chart, name: str, first: int, last: int) -> dict[str, Any]:
    labels = [{"value": titled(category)} for category in block.categories]
    return {
        "categories": [name, first, 1, last, 1],
        "values": [name, first, 2, last, 2],
        "marker": {"type": "circle", "size": 7, "fill": {"color": LIGHT.social}, "border": {"none": True}},
        "data_labels": {"custom": labels, "value": True, "position": "right"},
    }


def _dress(chart: Any, block: Chart) -> None:
    """One look for all: title, light grid, worst first from the top, no legend for one series."""
    style = AXES.get(block.unit, "#,##0")
    grid = {"visible": True, "line": {"color": LIGHT.hair}}
    figures = {"num_format": style, "major_gridlines": grid, "line": {"none": True}}
    names = {"line": {"color": LIGHT.line}, "major_gridlines": {"visible": False}}
    if block.kind == "bars":
        names |= {"reverse": True, "crossing": "max"}  # the first at the top, the figures below the last
    if block.kind == "points":
        names = {**figures, "name": titled(block.series[0].name)}
        figures = {**figures, "name": titled(block.series[1].name)}
    chart.set_x_axis(figures if block.kind == "bars" else names)
    chart.set_y_axis(names if block.kind == "bars" else figures)
    chart.set_title({"name": titled(block.title[:180]), "name_font": {"size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"none": True} if len(block.series) == 1 or block.kind == "points" else {"position": "bottom"})
    chart.set_size({"width": SIZE[0], "height": SIZE[1]})


def _tone(name: str) -> str:
    return str(getattr(LIGHT, name, LIGHT.ink))
