"""Pictures of robustness that are a grid of cells: correlations of every two indicators, and what is there."""

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.robust_rows import ROOMY, names_axis
from metrics.charts.tones import Tones

CLOSE = 0.6  # from this correlation on a cell is dark: no cell is of a middle grey, on which no figure can be read
CELL = 22  # height of a row of the coverage map
SUMS = 6  # so many columns leave one more free for the sums at the right
WRITTEN = "width > 480"  # a cell of a narrow window has no room for its figure


def correlations(rows: pd.DataFrame, names: Sequence[str], tones: Tones) -> Any:
    """The lower half of a table of correlations: dark cells go together, hollow ones against each other.

    Args:
        rows: a pair each: place (row), column, value (-1..1), text, told (for who points at it).
        names: of the indicators, numbered.
        tones: the theme's colours.
    """
    last = len(names) - 1
    x = alt.X("column:O", scale=alt.Scale(domain=list(range(last)), paddingInner=0.08), axis=_numbers(tones))
    y = names_axis([f"{number}  {name}" for number, name in enumerate(names, start=1)], tones)
    value = rows["value"].clip(lower=0)
    deep = value.where(value < CLOSE, 1.4 + (value - CLOSE) * 1.5) / 2  # 0 to 0.3, then 0.7 to 1
    with_sign = rows.assign(deep=deep)
    tip = [alt.Tooltip("told:N", title=" "), alt.Tooltip("text:N", title="  ")]
    base = alt.Chart(with_sign).encode(x=x, y=y)
    cells = base.mark_rect(fill=tones.ink, stroke=tones.hair, strokeWidth=1)
    figures = base.mark_text(fontSize=11).encode(
        text="text:N",
        color=alt.condition("datum.deep > 0.5", alt.value(tones.ground), alt.value(tones.ink)),
        opacity=alt.condition(WRITTEN, alt.value(1), alt.value(0)),
    )
    filled = alt.FillOpacity("deep:Q", scale=None)
    return _dressed([cells.encode(fillOpacity=filled, tooltip=tip), figures], ROOMY * len(names))


def coverage(rows: pd.DataFrame, names: Sequence[str], sums: Sequence[str], columns: int, tones: Tones) -> Any:
    """What is there (filled), missing (hollow) or kept back (a dot): indicators down, units across.

    Args:
        rows: a figure each: place (row), column, state (1 there, 0 missing, -1 too few), told.
        names: of the indicators.
        sums: what stands at the right of each.
        columns: how many units.
        tones: the theme's colours.
    """
    room = max(1, round(columns / SUMS))
    domain = list(range(columns + room))
    x = alt.X("column:O", scale=alt.Scale(domain=domain, paddingInner=0.12), axis=_numbers(tones, columns))
    y = names_axis(names, tones)
    tip = [alt.Tooltip("told:N", title=" ")]
    layers: list[Any] = []
    looks: tuple[tuple[int, dict[str, Any]], ...] = (
        (1, {"fill": tones.line, "fillOpacity": 0.55}),
        (0, {"fill": tones.ground, "stroke": tones.ink, "strokeWidth": 1.2}),
        (-1, {"fill": tones.ground, "stroke": tones.hair, "strokeWidth": 1}),
    )
    for state, look in looks:
        of_state = rows[rows["state"] == state]
        if len(of_state):  # a layer without marks would be a picture without words to a screen reader
            layers.append(alt.Chart(of_state).mark_rect(**look).encode(x=x, y=y, tooltip=tip))
    kept_back = rows[rows["state"] == -1]
    if len(kept_back):
        dots = alt.Chart(kept_back).mark_point(shape="circle", filled=True, size=16, color=tones.grey)
        layers.append(dots.encode(x=x, y=y, tooltip=tip))
    total = pd.DataFrame({"place": range(len(names)), "column": columns + room - 1, "text": list(sums)})
    at_the_right = alt.Chart(total).mark_text(align="right", dx=8, fontSize=11, color=tones.grey)
    layers.append(at_the_right.encode(x=x, y=y, text="text:N"))
    return _dressed(layers, CELL * len(names))


def _numbers(tones: Tones, until: int | None = None) -> alt.Axis:
    """Numbers from 1 on; a column from `until` on has none."""
    shown = "datum.value + 1" if until is None else f"datum.value < {json.dumps(until)} ? datum.value + 1 : ''"
    return alt.Axis(
        orient="bottom", labelExpr=shown, title=None, labelAngle=0, domain=False, ticks=False, labelColor=tones.grey,
        labelFontSize=11, labelPadding=4, labelOverlap="greedy",
    )  # fmt: skip


def _dressed(layers: list[Any], height: int) -> Any:
    return (
        alt.layer(*layers)
        .properties(width="container", height=height, background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=None)
        .configure(font=FONT, padding={"left": 0, "top": 4, "right": 8, "bottom": 0})
    )
