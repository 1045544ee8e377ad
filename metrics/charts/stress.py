"""Both healths of the institution and its branches before and under a scenario, as pairs of dots on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.tones import Tones
from metrics.words import number, say

PILLARS = ("financial", "social")
ROW, HEAD = 22, 58
RING, DOT = 70, 90


@dataclass(frozen=True)
class Pair:
    """A unit with its healths, 0..100, before and after; None where there is none."""

    name: str
    before: tuple[float | None, float | None]
    after: tuple[float | None, float | None]


def height(pairs: Sequence[Pair]) -> int:
    """The chart's height in pixels."""
    return ROW * len(pairs) + HEAD


def frame(pairs: Sequence[Pair], language: str) -> pd.DataFrame:
    """A row for each unit and pillar that is known on both sides, in the order given."""
    rows = []
    for pair in pairs:
        for place, pillar in enumerate(PILLARS):
            before, after = pair.before[place], pair.after[place]
            if before is not None and after is not None:
                texts = {"before": number(language, before), "after": number(language, after)}
                title = say(language, f"stress.health_{pillar}")
                told = say(language, "stress.chart_row", name=pair.name, pillar=title, **texts)
                rows.append({"name": pair.name, "pillar": pillar, "title": title, "before": before, "after": after,
                             "text": texts["after"], "told": told, "worse": after < before})  # fmt: skip
    columns = ["name", "pillar", "title", "before", "after", "text", "told", "worse"]
    return pd.DataFrame(rows, columns=columns)


def pairs(rows: pd.DataFrame, pillar: str, limit: float, language: str, tones: Tones) -> Any:
    """A pillar's health of each unit: a ring stands for now, a dot for the scenario, the rule for the limit."""
    order = list(dict.fromkeys(rows["name"]))
    panel = _panel(rows[rows["pillar"] == pillar], pillar, order, limit, language, tones)
    return panel.configure_view(stroke=None).configure(background="transparent", font="Inter, system-ui, sans-serif")


def _panel(rows: pd.DataFrame, pillar: str, order: Sequence[str], limit: float, language: str, tones: Tones) -> Any:
    colour = tones.financial if pillar == "financial" else tones.social
    title = say(language, f"stress.health_{pillar}")
    ink: dict[str, Any] = {"labelColor": tones.ink, "labelFontSize": 12, "labelLimit": 120, "title": None}
    axis = alt.Axis(**ink, ticks=False, domain=False, labelPadding=8)
    y = alt.Y("name:N", sort=list(order), axis=axis)
    scale = alt.Scale(domain=[0, 100])
    ticks = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, gridColor=tones.hair, domain=False, ticks=False,
                     labelColor=tones.grey, labelFontSize=11, title=None)  # fmt: skip
    x, told = alt.X("after:Q", scale=scale, axis=ticks), alt.Tooltip("told:N", title=" ")
    base = alt.Chart(rows).encode(y=y, tooltip=[told])
    rule = alt.Chart(pd.DataFrame([{"at": limit}])).mark_rule(color=tones.line, size=1).encode(
        x=alt.X("at:Q", scale=scale, axis=ticks))  # fmt: skip
    layers = [
        rule,
        base.mark_rule(color=colour, size=2, opacity=0.5).encode(x=alt.X("before:Q", scale=scale, axis=ticks),
                                                                 x2="after:Q"),
        base.mark_point(filled=False, size=RING, color=colour, strokeWidth=1.5, opacity=1).encode(
            x=alt.X("before:Q", scale=scale, axis=ticks)),
        base.mark_point(filled=True, size=DOT, color=colour, opacity=1).encode(x=x),
        base.transform_filter("datum.worse").mark_text(align="right", dx=-9, fontSize=11, color=tones.ink).encode(
            x=x, text="text:N"),
        base.transform_filter("!datum.worse").mark_text(align="left", dx=9, fontSize=11, color=tones.ink).encode(
            x=x, text="text:N"),
    ]  # fmt: skip
    heading = alt.TitleParams(title, anchor="start", fontSize=13, fontWeight=600, color=colour, offset=8)
    return alt.layer(*layers).properties(height=ROW * len(order), title=heading)
