"""New clients against the others: a dot a comparison with its interval, around zero, the side of the harm in words."""

import json
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones
from metrics.drift.cohorts import EXISTING
from metrics.drift.gaps import MORE_HARMS, Drift
from metrics.drift.telling import interval, moved, trait, value
from metrics.words import say

EACH, HEAD = 44, 64  # pixels of a row, and of the words above
NAME = alt.ExprRef(expr="width > 480 ? 280 : 122")
LETTERS, WIDE_LETTERS = 17, 38  # of a line of a name, on a phone and on a wide screen
SIDE_LETTERS = 15
LEAST = 12.0  # points to either side that are always shown


def frame(drift: Drift, language: str) -> pd.DataFrame:
    """One row a comparison: x is the gap in points (or percent), turned so that harm is below zero.

    Columns: trait, place, lane (0 the clients who are here, 1 those before), x, low, high, kind, text.
    """
    order = {name: place for place, name in enumerate(_ordered(drift))}
    rows = []
    for gap in drift.gaps:
        turn = -100.0 if gap.trait in MORE_HARMS else 100.0
        ends = sorted((turn * gap.low, turn * gap.high))
        says = say(language, f"drift.status_{gap.verdict}")
        shares = f"{value(gap, language, gap.new)} / {value(gap, language, gap.other)}"
        told = f"{shares}, {moved(gap, language, gap.gap)} ({interval(gap, language)}) · {says}"
        rows.append(
            {
                "trait": trait(gap.trait, language), "place": order[gap.trait], "lane": int(gap.against != EXISTING),
                "x": turn * gap.gap, "low": ends[0], "high": ends[1],
                "kind": "drift" if gap.drifts else "hollow" if gap.against != EXISTING else "filled",
                "text": told, "label": says if gap.drifts else "",
                "against": say(language, f"drift.against_{gap.against}"),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _ordered(drift: Drift) -> list[str]:
    """Traits by need to act: those that drift first, then the widest gaps towards the harm."""
    least: dict[str, float] = {}
    for gap in drift.gaps:
        away = -gap.gap if gap.trait in MORE_HARMS else gap.gap
        least[gap.trait] = min(least.get(gap.trait, 1.0), away - (10.0 if gap.drifts else 0.0))
    return sorted(least, key=lambda name: least[name])


def height(drift: Drift) -> int:
    """Pixels of the picture."""
    return EACH * len(drift.traits) + HEAD


def gaps(rows: pd.DataFrame, language: str, tones: Tones) -> Any:
    """The chart of `frame`'s rows."""
    reach = max(LEAST, float(rows[["low", "high"]].abs().max().max())) * 1.08
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    signs = "datum.value == 0 ? '0' : format(datum.value, '+d')"
    axis = alt.Axis(
        orient="bottom", title=None, labelExpr=signs, grid=True, gridColor=tones.hair, domain=False, ticks=False,
        labelColor=tones.grey, labelFontSize=12, tickCount=6,
    )  # fmt: skip
    names = list(rows.drop_duplicates("place").sort_values("place")["trait"])
    y = alt.Y("place:O", sort=None, scale=alt.Scale(domain=list(range(len(names)))), axis=_names(names, tones))
    lane = alt.YOffset("lane:N", scale=alt.Scale(domain=[0, 1], paddingOuter=0.35))
    tip = [alt.Tooltip(f"{name}:N", title=" ") for name in ("trait", "against", "text")]
    base = alt.Chart(rows).encode(y=y, yOffset=lane)
    x = alt.X("x:Q", scale=scale, axis=axis)
    color = _by_kind(alt.Color, {"drift": tones.red, "filled": tones.ink, "hollow": tones.grey})
    fill = _by_kind(alt.Fill, {"drift": tones.red, "filled": tones.ink, "hollow": tones.ground})
    shape = _by_kind(alt.Shape, {"drift": "square", "filled": "circle", "hollow": "circle"})
    spans = base.mark_rule(strokeWidth=1.5).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", color=color)
    dots = base.mark_point(size=70, opacity=1, strokeWidth=1.5).encode(
        x=x, stroke=_by_kind(alt.Stroke, {"drift": tones.red, "filled": tones.ink, "hollow": tones.grey}),
        fill=fill, shape=shape, tooltip=tip,
    )  # fmt: skip
    said = base.mark_text(align="right", dx=-6, fontSize=12, fontWeight=600, color=tones.red)
    words = said.encode(x=alt.X("low:Q", scale=scale), text="label:N")
    return _dressed([_zero(tones), *_sides(language, tones, scale), spans, dots, words], len(names))


def _by_kind(channel: Any, looks: dict[str, str]) -> Any:
    return channel("kind:N", scale=alt.Scale(domain=list(looks), range=list(looks.values())), legend=None)


def _names(names: list[str], tones: Tones) -> alt.Axis:
    """The names at the left, in lines where they are long."""
    whole, short = (
        json.dumps({str(place): wrap(name, letters) for place, name in enumerate(names)}, ensure_ascii=False)
        for letters in (WIDE_LETTERS, LETTERS)
    )
    return alt.Axis(
        labelExpr=f"(width > 480 ? {whole} : {short})[toString(datum.value)]", title=None, domain=False, ticks=False,
        labelColor=tones.ink, labelFontSize=13, labelLimit=NAME, labelPadding=8, labelOverlap=False,
    )  # fmt: skip


def _zero(tones: Tones) -> Any:
    return alt.Chart(pd.DataFrame([{"x": 0.0}])).mark_rule(color=tones.line, strokeWidth=1.5).encode(x="x:Q")


def _sides(language: str, tones: Tones, scale: alt.Scale) -> list[Any]:
    """The words that say which side is which, above the rows, apart from zero; on a phone in lines of their own."""
    look: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "color": tones.ink, "dy": -8, "baseline": "bottom"}
    right: dict[str, Any] = {**look, "align": "right", "dx": -10}
    left: dict[str, Any] = {**look, "align": "left", "dx": 10}
    return [
        alt.Chart(pd.DataFrame([{"x": 0.0}]))
        .mark_text(y=0, text=_lines(say(language, f"drift.{name}")), **side)
        .encode(x=alt.X("x:Q", scale=scale))
        for name, side in (("axis_away", right), ("axis_toward", left))
    ]


def _lines(text: str) -> alt.ExprRef:
    whole, short = (json.dumps(made, ensure_ascii=False) for made in (text, wrap(text, SIDE_LETTERS)))
    return alt.ExprRef(expr=f"width > 480 ? {whole} : {short}")


def _dressed(layers: list[Any], rows: int) -> Any:
    return (
        alt.layer(*layers)
        .properties(width="container", height=EACH * rows, background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=None)
        .configure(font=FONT, padding={"left": 0, "top": 38, "right": 8, "bottom": 0})
    )
