"""Needs that stand out: the share in the segment and that of everyone elsewhere, a row each."""

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones
from metrics.tailoring.looks import Need
from metrics.tailoring.telling import Names, segment
from metrics.words import percent

EACH, HEAD = 64, 34  # pixels of a row, and of the axis
LETTERS = 20  # of a line of a name


def frame(needs: Sequence[Need], language: str, named: Names) -> pd.DataFrame:
    """One row a need, the plainest first: name, place, share and elsewhere in points of 100, texts."""
    return pd.DataFrame(
        [
            {
                "name": f"{one.rule.title(language)} ({segment(one.segment, language, named)})", "place": place,
                "share": 100 * one.share, "elsewhere": 100 * one.elsewhere,
                "text": percent(language, one.share, 0), "other": percent(language, one.elsewhere, 0),
            }
            for place, one in enumerate(needs)
        ]
    )  # fmt: skip


def height(rows: int) -> int:
    """Pixels of the picture."""
    return EACH * rows + HEAD


def pairs(rows: pd.DataFrame, tones: Tones) -> Any:
    """The chart of `frame`'s rows: a square for the segment, a ring for everyone elsewhere, their gap as a line."""
    most = max(10.0, float(rows["share"].max()))
    scale = alt.Scale(domain=[-0.18 * most, 1.25 * most], nice=False)  # room for a figure left of a small share
    axis = alt.Axis(
        title=None, grid=True, gridColor=tones.hair, domain=False, ticks=False, labelColor=tones.grey,
        labelFontSize=12, values=[tick for tick in range(0, 101, 20) if tick <= 1.2 * most], format="d",
    )  # fmt: skip
    words = json.dumps(
        {str(row["place"]): wrap(str(row["name"]), LETTERS)[:3] for row in rows.to_dict("records")}, ensure_ascii=False
    )
    names = alt.Axis(
        labelExpr=f"{words}[toString(datum.value)]", title=None, domain=False, ticks=False, labelColor=tones.ink,
        labelFontSize=12, labelLimit=170, labelPadding=8, labelOverlap=False,
    )  # fmt: skip
    y = alt.Y("place:O", sort=None, axis=names)
    tip = [alt.Tooltip(f"{name}:N", title=" ") for name in ("name", "text", "other")]
    base = alt.Chart(rows).encode(y=y)
    share, elsewhere = (alt.X(f"{name}:Q", scale=scale, axis=axis) for name in ("share", "elsewhere"))
    mark = base.mark_point(size=80, opacity=1, strokeWidth=1.5)
    layers = [
        base.mark_rule(color=tones.line, strokeWidth=2).encode(x=elsewhere, x2="share:Q"),
        mark.encode(x=elsewhere, shape=alt.value("circle"), fill=alt.value(tones.ground), stroke=alt.value(tones.grey),
                    tooltip=tip),
        mark.encode(x=share, shape=alt.value("square"), fill=alt.value(tones.ink), stroke=alt.value(tones.ink),
                    tooltip=tip),
        base.mark_text(align="left", dx=8, fontSize=12, color=tones.ink).encode(x=share, text="text:N"),
        base.mark_text(align="right", dx=-8, fontSize=12, color=tones.grey).encode(x=elsewhere, text="other:N"),
    ]  # fmt: skip
    return (
        alt.layer(*layers)
        .properties(width="container", height=EACH * len(rows), background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=None)
        .configure(font=FONT, padding={"left": 0, "top": 4, "right": 8, "bottom": 0})
    )
