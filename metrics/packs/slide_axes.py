"""How charts on slides look: axes, tones, and names that stand right at what they name."""

import math
from typing import Any

from pptx.enum.chart import XL_AXIS_CROSSES, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from metrics.packs.model import Chart, Number
from metrics.packs.slide_deck import Deck, described
from metrics.packs.slide_labels import SIZE, THEME, Box, Scale, ends, limit_name, named, points, short
from metrics.packs.slide_text import NAMESPACES, SLOTS, TONES, elements, fitted, line, lines, width

FORMATS = {"%": "0%", "health": "0", "points": "0.0", "ratio": "0.00"}
ROW = 15.0  # a line of names of limits, of ticks or of a legend, points


def dress(deck: Deck, slide: Any, native: Any, chart: Chart, box: Box) -> None:
    """Give a chart in a box its axes, tones, names and limits."""
    scale = _scale(chart)
    _axes(native, chart, scale)
    many = chart.kind in ("bars", "columns") and len(chart.series) > 1
    native.has_legend = many
    if many:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        native.legend.font.size = Pt(SIZE)
    inner = _inner(native, chart, box)
    if chart.kind == "points":
        points(native, chart, inner, _scale(chart, 0), scale)
        return
    _looks(native, chart)
    if chart.kind == "lines":
        ends(native, chart, inner, scale)
        return
    room = 0.4 * box[2] if chart.kind == "bars" else box[0] + box[2] - inner[0] - inner[2] - 8
    for place, limit in enumerate(chart.limits):
        _rule(deck, slide, chart, inner, (limit[1] - scale[0]) / (scale[1] - scale[0]), place, room)


def _unit(chart: Chart, name: str) -> str:
    """The unit of a series: that of the table's column of its name, else the chart's."""
    for place, column in enumerate(chart.table.columns):
        if column.title == name:
            cells = (row[place] for row in chart.table.rows)
            return next((cell.unit for cell in cells if isinstance(cell, Number)), chart.unit)
    return chart.unit


def _scale(chart: Chart, which: int | None = None) -> Scale:
    """Ends and step of the axis of figures, or of one series of points: from 0, with every limit within."""
    if chart.kind == "points" and which is None:
        which = 1
    shown = chart.series if which is None else chart.series[which : which + 1]
    values = [value for one in shown for value in one.values if value is not None]
    values += [value for _, value, _ in chart.limits] if which != 0 else []
    unit = chart.unit if which is None else _unit(chart, chart.series[which].name)
    if unit == "health" and all(0 <= value <= 100 for value in values):
        return 0.0, 100.0, 20.0
    low, high, step = nice(min([0.0, *values]), max([0.0, *values]))
    struck = chart.kind == "lines" and low < 0 and any(abs(one[1] - low) < step / 9 for one in chart.limits)
    return low - step * struck, high, step  # the axis would strike out the name of a limit at its foot


def nice(low: float, high: float) -> Scale:
    """Round ends and a round step for an axis from `low` to `high`, about five steps long."""
    rough = (high - low or 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    top = math.ceil(high / step - 1e-9) * step
    bottom = math.floor(low / step + 1e-9) * step
    return bottom, top if top > bottom else bottom + step, step


def _axes(native: Any, chart: Chart, scale: Scale) -> None:
    """A light grid for figures, a line for names; the first name of bars stands at the top."""
    values, names = native.value_axis, native.category_axis
    scales = {id(values): (scale, chart.unit)}
    if chart.kind == "points":
        across, up = chart.series[:2]
        scales = {
            id(names): (_scale(chart, 0), _unit(chart, across.name)), id(values): (scale, _unit(chart, up.name)),
        }  # fmt: skip
        _titled(names, across.name)
        _titled(values, up.name)
    for axis in (values, names):
        figures = id(axis) in scales
        axis.has_major_gridlines = figures
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
        if figures:
            (low, high, step), unit = scales[id(axis)]
            axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
            axis.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
            axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _format(unit, step), False
    if chart.kind == "lines":
        values.crosses = XL_AXIS_CROSSES.MINIMUM  # a line at 0 would strike out the name of a limit there
    if chart.kind == "bars":
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _skipped(native: Any, skip: int) -> None:
    """Write only every second date, or third: their names would stand in each other."""
    axis = elements(native._chartSpace.chart.plotArea, "c:catAx")[0]
    mark = parse_xml(f'<c:tickLblSkip {NAMESPACES} val="{skip}"/>')
    after = elements(axis, "c:noMultiLvlLbl | c:tickMarkSkip | c:extLst")
    after[0].addprevious(mark) if after else axis.append(mark)


def _titled(axis: Any, name: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = short(name)
    font = axis.axis_title.text_frame.paragraphs[0].font
    font.size, font.bold = Pt(SIZE), False


def _format(unit: str, step: float) -> str:
    if unit == "%":
        return '0"\u202f"%' if step >= 0.01 else '0.0"\u202f"%'
    return "#,##0" if step >= 1 else "0.0" if step >= 0.1 else "0.00"


def _looks(native: Any, chart: Chart) -> None:
    """Each series in its own tone; limits thin and broken, lines without a name of their own thin."""
    if chart.kind != "lines":
        native.plots[0].gap_width, native.plots[0].overlap = 60, 0
    tones = [one.tone for one in chart.series] + [TONES.get(level, "line") for _, _, level in chart.limits]
    for place, series in enumerate(native.series):
        colour = THEME.get(tones[place], MSO_THEME_COLOR.TEXT_1)
        if chart.kind != "lines":
            series.format.fill.solid()
            series.format.fill.fore_color.theme_color = colour
            series.invert_if_negative = False
            continue
        limit = place >= len(chart.series)
        series.smooth = False
        series.format.line.color.theme_color = colour
        series.format.line.width = Pt(1.25 if limit or tones[place] == "line" else 2.25)
        if limit:
            series.format.line.dash_style = MSO_LINE.DASH
        if limit or len(chart.series) > 4:
            series.marker.style = XL_MARKER_STYLE.NONE
        else:
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.theme_color = colour
            series.marker.format.line.color.theme_color = colour


def _inner(native: Any, chart: Chart, box: Box) -> Box:
    """Where the figures stand on the slide: said to the chart, so that lines and names around it meet its axes."""
    x, y, wide, high = box
    names = [short(one) for one in chart.categories]
    left, right, top, below = 56.0, 24.0, 8.0, ROW * 2.8
    if chart.kind == "bars":
        top = ROW * len(chart.limits) + 6
        left, below = min(max(width(one, SIZE) for one in names) + 12, 0.38 * wide), ROW * 1.4
    elif chart.kind in ("lines", "columns"):
        ended = [name for place, name, _, _ in named(chart) if chart.kind == "lines" or place >= len(chart.series)]
        over = [width(name, SIZE) + 12 for name in ended]
        right = max(right, min(max(over, default=0.0), 0.34 * wide))
        room = (wide - left - right) / max(len(names), 1)
        skip = math.ceil(max(width(one, SIZE) + 6 for one in names) / room) if chart.kind == "lines" else 1
        if skip > 1:
            _skipped(native, skip)
        below = ROW * (0.6 + max(len(lines(one, SIZE, max(room, 24))) for one in names))
    below += ROW * 1.6 if native.has_legend else 0
    inner = (x + left, y + top, wide - left - right, high - top - below)
    parts = ((inner[0] - x) / wide, (inner[1] - y) / high, inner[2] / wide, inner[3] / high)
    ends_at = "".join(f'<c:{name} val="{part:.6f}"/>' for name, part in zip("xywh", parts, strict=True))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area = native._chartSpace.chart.plotArea
    for old in elements(area, "c:layout"):
        area.remove(old)
    area.insert(0, parse_xml(f"<c:layout {NAMESPACES}><c:manualLayout>{modes}{ends_at}</c:manualLayout></c:layout>"))
    return inner


def _rule(deck: Deck, slide: Any, chart: Chart, inner: Box, at: float, place: int, room: float) -> None:
    """A limit as a broken line across the bars or columns, with its name at its end."""
    name, _, level = chart.limits[place]
    said, tone = limit_name(name, level), TONES.get(level, "grey")
    x, y, wide, high = inner
    said = fitted(said, ((SIZE, 1),), max(room, 60.0))[0]
    needed = width(said, SIZE) + 4
    if chart.kind == "bars":
        across, top = x + at * wide, y - ROW * (len(chart.limits) - place) - 2
        ends = (across, top), (across, y + high)
        left = across + 4 if across + 4 + needed <= x + wide + 24 else across - 4 - needed
        label = (left, top, needed, ROW)
    else:
        level_at = y + (1 - at) * high
        ends = (x, level_at), (x + wide, level_at)
        label = (x + wide + 4, level_at - ROW / 2 + 1, needed, ROW)
    described(deck.rule(slide, *ends, SLOTS[tone], 1.25, "dash"), name, name)
    deck.text(slide, label, [line(said, SIZE, tone)])
