"""Pictures of robustness that have a row for each unit, choice or indicator: spans, bars in lanes, bars in pairs."""

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones

HEAD = 34  # pixels of an axis or of heads
ROOMY, TIGHT, MANY = 28, 20, 16  # height of a row; from so many rows on they are tight
LANE = 0.48  # of a lane is for its bar at its longest, the rest for its figure
NAME = alt.ExprRef(expr="width > 480 ? 220 : 112")  # pixels of a name: on a phone the picture needs the rest


def height(rows: int, each: int = 0) -> int:
    """Pixels of a picture of so many rows with its axis or heads, at `each` pixels a row or what so many may take."""
    return rows * (each or (ROOMY if rows <= MANY else TIGHT)) + HEAD


def names_axis(names: Sequence[str], tones: Tones) -> alt.Y:
    """The names at the left, one a row, by place; two rows may have the same name."""
    words = json.dumps({str(place): name for place, name in enumerate(names)}, ensure_ascii=False)
    axis = alt.Axis(
        labelExpr=f"{words}[toString(datum.value)]", title=None, domain=False, ticks=False, labelColor=tones.ink,
        labelFontSize=13, labelLimit=NAME, labelPadding=8, labelOverlap=False,
    )  # fmt: skip
    return alt.Y("place:O", sort=None, scale=alt.Scale(domain=list(range(len(names))), paddingInner=0.2), axis=axis)


def spans(rows: pd.DataFrame, tones: Tones, title: str) -> Any:
    """A line from the best to the worst rank of each unit, and a diamond at its rank now.

    Args:
        rows: a unit each: name, now, best, worst, best_survey, worst_survey, text.
        tones: the theme's colours.
        title: of the axis of ranks.
    """
    last = int(rows["worst_survey"].max())
    step = max(1, round(last / 8))
    axis = alt.Axis(
        orient="top", values=[1, *range(1 + step, last + 1, step)], title=title, titleAnchor="start", titleFontSize=12,
        titleFontWeight=400, titleColor=tones.grey, format="d", grid=True, gridColor=tones.hair, domain=False,
        ticks=False, labelColor=tones.grey, labelFontSize=12, labelPadding=4,
    )  # fmt: skip
    scale = alt.Scale(domain=[0.6, last + 0.4], nice=False, zero=False)
    tip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title="  ")]
    base = alt.Chart(_placed(rows)).encode(y=names_axis(list(rows["name"]), tones))
    thick = base.mark_rule(color=tones.line, strokeWidth=7, strokeCap="round")
    thin = base.mark_rule(color=tones.line, strokeWidth=1.5)
    x = alt.X("now:Q", scale=scale, axis=axis)
    return _dressed(
        [
            thin.encode(x=alt.X("best_survey:Q", scale=scale, axis=axis), x2="worst_survey:Q"),
            thick.encode(x=alt.X("best:Q", scale=scale, axis=axis), x2="worst:Q"),
            base.mark_point(shape="diamond", size=110, filled=True, opacity=1, color=tones.ink, stroke=tones.ground)
            .encode(x=x, tooltip=tip),
        ],
        len(rows),
    )  # fmt: skip


def lanes(rows: pd.DataFrame, heads: Sequence[str], tones: Tones) -> Any:
    """Bars side by side, a lane for each head, each with its figure at its end.

    Args:
        rows: a unit and lane each: place, name, lane (0, 1, ...), part (0..1 of the lane's length), text.
        heads: of the lanes.
        tones: the theme's colours.
    """
    scale = alt.Scale(domain=[0, len(heads)], nice=False)
    given = rows.assign(start=rows["lane"], end=rows["lane"] + LANE * rows["part"])
    names = list(rows.drop_duplicates("place").sort_values("place")["name"])
    y, x = names_axis(names, tones), alt.X("start:Q", scale=scale, axis=_heads(heads, tones))
    base = alt.Chart(given).encode(y=y, x=x)
    tip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title="  ")]
    bars = base.mark_bar(color=tones.line, height=10).encode(x2="end:Q", tooltip=tip)
    quiet = alt.condition("datum.part > 0", alt.value(tones.ink), alt.value(tones.grey))
    ends = alt.Chart(given).mark_text(align="left", dx=5, fontSize=12)
    return _dressed([bars, ends.encode(y=y, x=alt.X("end:Q", scale=scale), text="text:N", color=quiet)], len(names))


def pairs(rows: pd.DataFrame, tones: Tones) -> Any:
    """Two bars a row, the first dark, the second grey, each with its figure; intervals as thin lines.

    Args:
        rows: a row and bar each: place, name, kind (0 or 1), value, low, high (NaN without interval), text.
        tones: the theme's colours.
    """
    ends = rows[["value", "high"]].max(axis=1)
    least = min(0.0, float(rows[["value", "low"]].min(axis=1).min()))
    scale = alt.Scale(domain=[least * 1.1, max(float(ends.max()), 0.01) * 1.35], nice=False)
    given = rows.assign(end=ends.clip(lower=0.0), zero=0.0)
    names = list(rows.drop_duplicates("place").sort_values("place")["name"])
    y, x = names_axis(names, tones), alt.X("value:Q", scale=scale, axis=None)
    offset = alt.YOffset("kind:N", scale=alt.Scale(domain=[0, 1], paddingInner=0.15))
    color = alt.Color("kind:N", scale=alt.Scale(domain=[0, 1], range=[tones.ink, tones.line]), legend=None)
    base = alt.Chart(given).encode(y=y, yOffset=offset)
    tip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title="  ")]
    layers = [base.mark_bar().encode(x=x, x2="zero:Q", color=color, tooltip=tip)]
    if given["low"].notna().any():
        spread = alt.Chart(given.dropna(subset=["low"])).encode(y=y, yOffset=offset)
        whole = alt.X("low:Q", scale=scale, axis=None)
        layers.append(spread.mark_rule(color=tones.ground, strokeWidth=3.5).encode(x=whole, x2="high:Q"))
        layers.append(spread.mark_rule(color=tones.grey, strokeWidth=1.5).encode(x=whole, x2="high:Q"))
    text = base.mark_text(align="left", dx=5, fontSize=11, color=tones.ink)
    layers.append(text.encode(x=alt.X("end:Q", scale=scale, axis=None), text="text:N"))
    return _dressed(layers, len(names))


def _heads(heads: Sequence[str], tones: Tones) -> alt.Axis:
    words = json.dumps({str(lane): head for lane, head in enumerate(heads)}, ensure_ascii=False)
    return alt.Axis(
        orient="top", values=list(range(len(heads))), labelExpr=f"{words}[toString(datum.value)]", title=None,
        labelAlign="left", labelFlush=False, labelOverlap=False, labelColor=tones.grey, labelFontSize=12,
        labelPadding=6, grid=True, gridColor=tones.hair, domain=False, ticks=False,
    )  # fmt: skip


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(place=range(len(rows)))


def _dressed(layers: list[Any], rows: int) -> Any:
    return (
        alt.layer(*layers)
        .properties(width="container", height=height(rows) - HEAD, background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=None)
        .configure(font=FONT, padding={"left": 0, "top": 4, "right": 8, "bottom": 0})
    )
