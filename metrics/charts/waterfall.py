"""A difference of two healths as a waterfall: from one health, a bar an indicator, to the other."""

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from metrics.catalogue import indicators
from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones
from metrics.waterfall import Fall, Step
from metrics.words import number

ROW, LEAST = 26, 6.0  # height of a row in pixels; points that the axis spans at least
SIGNS = {1: "+", -1: "\u2212", 0: ""}
NAMES = 172  # pixels for the names at the left
TEXT = 12


def signed(language: str, points: float) -> str:
    """Points with their sign: +1.9, −4, 0."""
    written = number(language, abs(points), 0 if points == round(points) else 1)
    return SIGNS[(points > 0) - (points < 0)] + written


def frame(
    found: Fall, language: str, tones: Tones, ends: tuple[str, str], named: Callable[[Step], str]
) -> pd.DataFrame:
    """A row a step, with both ends: place from the top, name, x0 and x1 of the bar (equal at an end), text, colour.

    Args:
        found: the steps.
        language: of the figures.
        tones: colours of the theme.
        ends: names of the first and of the last health.
        named: a step's name.
    """
    rows: list[dict[str, object]] = [_end(0, ends[0], found.start, language, tones)]
    at = found.start
    for place, step in enumerate(found.steps, start=1):
        known = indicators().get(step.name)
        color = getattr(tones, known.pillar) if known else tones.line
        text = signed(language, step.points)
        to = round(at + step.points, 9)
        rows.append({"place": place, "name": named(step), "x0": at, "x1": to, "text": text, "color": color,
                     "end": False, "right": max(at, to)})  # fmt: skip
        at = to
    rows.append(_end(len(rows), ends[1], found.end, language, tones))
    return pd.DataFrame(rows)


def _end(place: int, name: str, value: float, language: str, tones: Tones) -> dict[str, object]:
    text = number(language, value, 0 if value == round(value) else 1)
    return {"place": place, "name": name, "x0": value, "x1": value, "text": text, "color": tones.ink, "end": True,
            "right": value}  # fmt: skip


def waterfall(rows: pd.DataFrame, tones: Tones) -> Any:
    """The chart of `frame`'s rows, the first at the top; the axis spans what is drawn, not 0 to 100."""
    low, high = float(rows[["x0", "x1"]].min().min()), float(rows[["x0", "x1"]].max().max())
    room = max(LEAST - (high - low), 0) / 2
    air = 0.03 * (high - low + 2 * room)  # a diamond at an end stays whole
    span = [low - room - air, high + room + air]
    wide = alt.Scale(domain=span, nice=False, zero=False)
    x, right = (alt.X(f"{field}:Q", scale=wide, axis=None) for field in ("x0", "right"))
    names = json.dumps(dict(zip(rows["place"].astype(str), rows["name"], strict=True)), ensure_ascii=False)
    axis = alt.Axis(
        title=None, values=list(rows["place"]), labelExpr=f"{names}[datum.value]", domain=False, ticks=False,
        grid=False, labelFontSize=TEXT, labelLimit=NAMES, minExtent=NAMES, labelAlign="left",
        labelPadding=NAMES, labelColor=tones.ink,
    )  # fmt: skip
    deep = alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False, zero=False)
    y = alt.Y("place:Q", axis=axis, scale=deep)
    base = alt.Chart(rows)
    color = alt.Color("color:N", scale=None)
    bars = base.transform_filter("!datum.end").mark_rule(strokeWidth=14).encode(x=x, x2="x1:Q", y=y, color=color)
    ends = base.transform_filter("datum.end").mark_point(shape="diamond", size=150, filled=True, opacity=1)
    texts = base.mark_text(align="left", dx=9, fontSize=TEXT, fontWeight=600, color=tones.ink)
    links = alt.Chart(_links(rows)).mark_rule(color=tones.line, size=1)
    layers = [
        links.encode(x=x, y=y, y2="below:Q"),
        bars,
        ends.encode(x=x, y=y, color=color),
        texts.encode(x=right, y=y, text="text:N"),
    ]
    return (
        alt.layer(*layers)
        .properties(width="container", height=ROW * len(rows), background="transparent", usermeta=AS_SVG)
        .configure(font=FONT, padding={"left": 0, "top": 0, "right": 44, "bottom": 0}, view=alt.ViewConfig(stroke=None))
    )


def _links(rows: pd.DataFrame) -> pd.DataFrame:
    """Thin lines that carry the level reached from each row to the next."""
    first = rows.iloc[:-1]
    return pd.DataFrame({"x0": first["x1"], "place": first["place"], "below": first["place"] + 1})
