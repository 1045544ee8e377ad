"""The sheet on which weight lines are drawn: its size and scales, and the paths, marks and texts put on it.

Places are given in pixels from the top left of the plot. What is put down is drawn in that order, all paths in one
layer, all marks in one and all texts in one: a layer is what takes long to make.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.tones import Tones
from metrics.words import say

WIDTH, HEIGHT = 496, 256  # pixels in all, a pixel being three quarters of a point
LEFT, RIGHT, TOP, BOTTOM = 28, 122, 38, 38
INSIDE = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
LINE, LETTER, LONGEST = 14.0, 6.6, 17  # height of a name, width of a letter at 12 px, letters that fit
Place = tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """One drawing in the making: words, colours, the balances that it reaches over, and what was put on it."""

    language: str
    tones: Tones
    domain: tuple[float, float]
    areas: list[dict[str, object]] = field(default_factory=list)
    paths: list[dict[str, object]] = field(default_factory=list)
    marks: list[dict[str, object]] = field(default_factory=list)
    texts: list[dict[str, object]] = field(default_factory=list)

    def say(self, name: str, /, **params: object) -> str:
        """A text of the printed pages."""
        return say(self.language, f"documents.{name}", **params)

    def down(self, value: float) -> float:
        """Pixels from the top for a balance."""
        low, high = self.domain
        return INSIDE[1] * (high - value) / (high - low)

    def across(self, share: float) -> float:
        """Pixels from the left for a social share."""
        return INSIDE[0] * share / 100.0

    def band(self, top: float, bottom: float, colour: str) -> None:
        """Put down an area as wide as the plot."""
        self.areas.append({"x": 0, "x2": INSIDE[0], "y": top, "y2": bottom, "colour": colour})

    def path(self, points: Iterable[Place], colour: str, width: float = 1.0) -> None:
        """Put down a line through points."""
        name = len(self.paths)
        self.paths.extend({"path": name, "x": x, "y": y, "colour": colour, "width": width} for x, y in points)

    def mark(self, place: Place, shape: str, size: float, colour: str, rim: str) -> None:
        """Put down a mark of so many square pixels."""
        self.marks.append({"x": place[0], "y": place[1], "shape": shape, "size": size, "colour": colour, "rim": rim})

    def text(
        self, text: str, place: Place, colour: str = "", align: str = "left", bold: bool = False, rim: str = ""
    ) -> None:
        """Put down a text on its base line; `rim` is the colour that keeps it readable over lines."""
        look = {"colour": colour or self.tones.grey, "align": align, "weight": 600 if bold else 400, "rim": rim}
        self.texts.append({"text": text, "x": place[0], "y": place[1], **look})

    def chart(self) -> Any:
        """All that was put down, as a chart of `WIDTH` by `HEIGHT` pixels."""
        layers = [*self._areas(), *self._paths(), *self._marks(), *self._texts()]
        room = {"left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM}
        chart = alt.layer(*layers).properties(width=INSIDE[0], height=INSIDE[1], background="transparent")
        chart = chart.configure(font="Inter", padding=room, autosize=alt.AutoSizeParams(type="none"))
        return chart.configure_view(stroke=None)

    def _areas(self) -> list[Any]:
        if not self.areas:
            return []
        drawn = alt.Chart(pd.DataFrame(self.areas)).mark_rect()
        ends = {"x2": alt.X2("x2"), "y2": alt.Y2("y2"), "fill": alt.Fill("colour:N", scale=None)}
        return [drawn.encode(x=_across(), y=_down(), **ends)]

    def _paths(self) -> list[Any]:
        if not self.paths:
            return []
        drawn = alt.Chart(pd.DataFrame(self.paths).assign(order=range(len(self.paths)))).mark_line(strokeCap="butt")
        look = {"stroke": alt.Stroke("colour:N", scale=None), "strokeWidth": alt.StrokeWidth("width:Q", scale=None)}
        return [drawn.encode(x=_across(), y=_down(), detail=alt.Detail("path:N"), order=alt.Order("order:Q"), **look)]

    def _marks(self) -> list[Any]:
        if not self.marks:
            return []
        drawn = alt.Chart(pd.DataFrame(self.marks)).mark_point(filled=True, opacity=1, strokeWidth=1.2)
        look = {
            "shape": alt.Shape("shape:N", scale=None),
            "size": alt.Size("size:Q", scale=None),
            "fill": alt.Fill("colour:N", scale=None),
            "stroke": alt.Stroke("rim:N", scale=None),
        }
        return [drawn.encode(x=_across(), y=_down(), **look)]

    def _texts(self) -> list[Any]:
        """The texts, those with a rim twice: their rim first."""
        rows = pd.DataFrame(self.texts)
        look: dict[str, Any] = {
            "align": alt.ExprRef("datum.align"),
            "fontWeight": alt.ExprRef("datum.weight"),
            "fontSize": 12,
            "baseline": "alphabetic",
        }
        both: dict[str, Any] = {"x": _across(), "y": _down(), "text": alt.Text("text:N")}
        rimmed = rows[rows["rim"] != ""]
        layers = []
        if len(rimmed):
            rim = alt.Chart(rimmed).mark_text(**look, strokeWidth=4, strokeJoin="round")
            layers.append(rim.encode(**both, stroke=alt.Stroke("rim:N", scale=None)))
        return [*layers, alt.Chart(rows).mark_text(**look).encode(**both, color=alt.Color("colour:N", scale=None))]


def _across() -> alt.X:
    return alt.X("x:Q", scale=alt.Scale(domain=[0, INSIDE[0]], nice=False, zero=False), axis=None)


def _down() -> alt.Y:
    return alt.Y("y:Q", scale=alt.Scale(domain=[INSIDE[1], 0], nice=False, zero=False), axis=None)


def apart(wanted: Sequence[float], line: float, high: float) -> list[float]:
    """Heights, rising, moved as little as keeps them a line apart and, where they fit, within 0..high."""
    found: list[float] = []
    for y in wanted:
        found.append(max(y, found[-1] + line) if found else max(y, 0.0))
    free = high
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], free)
        free = found[place] - line
    return found


def shortened(name: str, longest: int = LONGEST) -> str:
    """A name with what does not fit left out at its end, and said so by three dots."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
