"""Names in charts on slides: right at what they name, and none where it would stand in another."""

from collections.abc import Iterator
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from metrics.documents.document import plain
from metrics.packs.model import Chart, Number
from metrics.packs.slide_text import SHAPES, SLOTS, TONES, width

THEME = {name: getattr(MSO_THEME_COLOR, f"ACCENT_{slot[-1]}") for name, slot in SLOTS.items() if slot[:3] == "acc"}
THEME |= {"ink": MSO_THEME_COLOR.TEXT_1, "line": MSO_THEME_COLOR.TEXT_2, "hair": MSO_THEME_COLOR.BACKGROUND_2}
SIZE = 10  # of every letter in a chart, points
LONGEST = 48  # letters of a name on an axis; the table has it whole
SIDES = (XL_LABEL_POSITION.RIGHT, XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.ABOVE, XL_LABEL_POSITION.BELOW)
MARKS = {"▲": XL_MARKER_STYLE.TRIANGLE, "■": XL_MARKER_STYLE.SQUARE}
Box = tuple[float, float, float, float]  # x, y, width, height in points
Scale = tuple[float, float, float]  # both ends of an axis and its step


def short(name: str) -> str:
    """A name as an axis has room for it."""
    whole = plain(name)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def limit_name(name: str, level: str) -> str:
    """A limit's name with the shape of its level."""
    shape = SHAPES.get(level, "")
    return short(name) if name.startswith(shape) else f"{shape} {short(name)}"


def known_points(chart: Chart) -> list[tuple[str, float, float]]:
    """Name, x and y of the points that have both."""
    across, up = chart.series[:2]
    found = zip(chart.categories, across.values, up.values, strict=True)
    return [(short(name), x, y) for name, x, y in found if x is not None and y is not None]


def named(chart: Chart) -> Iterator[tuple[int, str, float, str]]:
    """Lines that are named at their end, those that matter first: place, name, last figure, tone."""
    ends = []
    for place, one in enumerate(chart.series if len(chart.series) > 1 else ()):
        last = one.values[-1]
        if last is not None:
            ends.append((place, short(one.name), last, one.tone))
    yield from (one for one in ends if one[3] != "line")
    for place, (name, value, level) in enumerate(chart.limits, len(chart.series)):
        yield place, limit_name(name, level), value, TONES.get(level, "line")
    yield from (one for one in ends if one[3] == "line")


def ends(native: Any, chart: Chart, inner: Box, scale: Scale) -> None:
    """The name of each line at its end, where no other stands; limits else above it; the table has them all."""
    taken: list[float] = []
    series, last = list(native.series), len(chart.categories) - 1
    for place, name, value, tone in named(chart):
        at = (value - scale[0]) / (scale[1] - scale[0]) * inner[3]
        if all(abs(at - other) >= SIZE + 1 for other in taken):
            taken.append(at)
            _labelled(series[place].points[last], name, SIDES[0], tone)
        elif place >= len(chart.series):
            _labelled(series[place].points[last // 3 + 1], name, SIDES[2], tone)


def points(native: Any, chart: Chart, inner: Box, across: Scale, up: Scale) -> None:
    """Marks in the shape and tone of their level, each with its name on the side where it is in nobody's way."""
    found = known_points(chart)
    series = native.series[0]
    series.format.line.fill.background()
    _marked(series.marker, XL_MARKER_STYLE.CIRCLE, THEME.get(chart.series[1].tone, MSO_THEME_COLOR.TEXT_1))
    places = [
        ((x - across[0]) / (across[1] - across[0]) * inner[2], (up[1] - y) / (up[1] - up[0]) * inner[3])
        for _, x, y in found
    ]
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    for place, ((name, _, _), (x, y)) in enumerate(zip(found, places, strict=True)):
        level = _level(chart, name)
        if level:
            _marked(series.points[place].marker, MARKS[SHAPES[level]], THEME[TONES[level]])
        wide = width(name, SIZE) + 4
        boxes: list[Box] = [
            (x + 6, y - 7, x + 6 + wide, y + 7), (x - 6 - wide, y - 7, x - 6, y + 7),
            (x - wide / 2, y - 20, x + wide / 2, y - 6), (x - wide / 2, y + 6, x + wide / 2, y + 20),
        ]  # fmt: skip
        within = [n for n, one in enumerate(boxes) if one[0] > 0 and one[2] < inner[2] + 20]
        side = next((n for n in within if not _met(boxes[n], taken, place)), None)
        if side is not None:
            taken.append(boxes[side])
            _labelled(series.points[place], name, SIDES[side], "ink")


def _marked(marker: Any, style: Any, colour: Any) -> None:
    marker.style, marker.size = style, 9
    marker.format.fill.solid()
    marker.format.fill.fore_color.theme_color = colour
    marker.format.line.fill.background()


def _level(chart: Chart, name: str) -> str:
    """The level that the table gives the point of this name."""
    cells = (cell for row in chart.table.rows if row and row[0] == name for cell in row)
    return next((cell.level for cell in cells if isinstance(cell, Number) and cell.level in TONES), "")


def _labelled(point: Any, text: str, side: Any, tone: str) -> None:
    label = point.data_label
    label.text_frame.text = text
    label.text_frame.word_wrap = False
    font = label.text_frame.paragraphs[0].font
    font.size, font.color.theme_color = Pt(SIZE), THEME.get("grey" if tone == "line" else tone, MSO_THEME_COLOR.TEXT_1)
    label.position = side


def _met(box: Box, taken: list[Box], own: int) -> bool:
    """Whether a box lies on another than its own mark."""
    others = (one for place, one in enumerate(taken) if place != own)
    return any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in others)
