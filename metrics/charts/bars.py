"""Figures as bars, one a row: the name at the left, the figure at the end of the bar, a tick where it should stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.lines_plot import shortened
from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones

WIDTH, ROW, ROOM, LETTER = 620, 26, 96, 7.2  # pixels: in all, of a row, of the figures at the ends, of a letter
LONGEST = 38  # letters of a name that fit
SIGNS = {"amber": "▲ ", "red": "■ ", "below": "▲ ", "critical": "■ "}


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its figure (None: none), the same in words, its tone and level, and where it should stop."""

    name: str
    value: float | None
    text: str
    tone: str = "ink"
    level: str = ""
    stop: float | None = None


def size(found: Sequence[Bar]) -> tuple[float, float]:
    """Width and height of the drawing, in pixels."""
    return float(WIDTH), float(ROW * max(1, len(found)) + 4)


def bars(found: Sequence[Bar], tones: Tones) -> Any:
    """The chart of bars, from above as they come; a bar past its limit bears a mark beside its figure."""
    names = LETTER * max(12, min(LONGEST, max((len(one.name) for one in found), default=0)))
    rows = pd.DataFrame([_row(place, one, names, _across(found), tones) for place, one in enumerate(found)])
    width, height = size(found)
    wide, deep = (alt.Scale(domain=[0, end], nice=False) for end in (width, height))
    base = alt.Chart(rows)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=wide)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=deep.domain[::-1], nice=False))

    look: dict[str, Any] = {"baseline": "middle", "fontSize": 13}
    known = base.transform_filter("isValid(datum.x2)")
    layers = [
        base.mark_text(align="right", color=tones.ink, **look).encode(x=x("names"), y=y("y"), text="name:N"),
        known.mark_rect().encode(
            x=x("x1"), x2="x2:Q", y=y("top"), y2="bottom:Q", color=alt.Color("color:N", scale=None)
        ),
        base.mark_rule(color=tones.line, size=1).encode(x=x("zero"), y=y("above"), y2="below:Q"),
        base.transform_filter("isValid(datum.stop)")
        .mark_rule(color=tones.ink, size=2)
        .encode(x=x("stop"), y=y("above"), y2="below:Q"),
        base.mark_text(align="left", dx=6, color=tones.ink, fontWeight=600, **look).encode(
            x=x("end"), y=y("y"), text="text:N"
        ),
    ]
    return (
        alt.layer(*layers)
        .properties(width=width, height=height, background="transparent", usermeta=AS_SVG)
        .configure(font=FONT, padding=0, view=alt.ViewConfig(stroke=None))
    )


def _across(found: Sequence[Bar]) -> tuple[float, float]:
    """The ends of the scale: 0 and all that is drawn."""
    drawn = [value for one in found for value in (one.value, one.stop) if value is not None]
    low, high = min([0.0, *drawn]), max([0.0, *drawn])
    return (low, high) if high > low else (0.0, 1.0)


def _row(place: int, one: Bar, names: float, ends: tuple[float, float], tones: Tones) -> dict[str, object]:
    low, high = ends

    def at(value: float) -> float:
        return names + 10 + (value - low) / (high - low) * (WIDTH - names - 10 - ROOM)

    zero, value = at(0.0), None if one.value is None else at(one.value)
    stop = None if one.stop is None else at(one.stop)
    middle = ROW * (place + 0.5) + 2
    reach = max([zero, *(end for end in (value, stop) if end is not None)])
    tone = one.level if one.level in ("amber", "red") else "amber" if one.level == "below" else one.tone
    return {
        "name": shortened(one.name, LONGEST), "text": SIGNS.get(one.level, "") + one.text, "names": names, "zero": zero,
        "x1": None if value is None else min(zero, value), "x2": None if value is None else max(zero, value),
        "stop": stop, "end": reach, "y": middle, "top": middle - 8, "bottom": middle + 8, "above": middle - 12,
        "below": middle + 12, "color": getattr(tones, tone),
    }  # fmt: skip
