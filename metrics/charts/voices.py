"""Measures of the loop as rows: a share now with its interval, and the share of the twelve months before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones
from metrics.intervals import wilson
from metrics.words import percent, say

ROW = 46  # pixels of a row: its words above, its track below
PHONE = 480  # pixels under which only the figures of now fit
TRACK, TEXT = 0.68, 0.26  # where in a row the track and the words stand


@dataclass(frozen=True)
class Measured:
    """One measure: its name in the reader's language, the share now and before (0..1), and how many it counts.

    A share is None where there is nothing to count.
    """

    title: str
    now: float | None
    n: int
    before: float | None
    before_n: int


def words(one: Measured, language: str) -> str:
    """The figures of a measure: 74 % of 412, before 68 % of 390."""
    if one.now is None:
        return say(language, "heard.measure_none")
    now = percent(language, one.now, 0)
    if one.before is None:
        return say(language, "heard.measure_now", share=now, n=one.n)
    return say(language, "heard.measure", share=now, n=one.n, before=percent(language, one.before, 0),
               count=one.before_n)  # fmt: skip


def brief(one: Measured, language: str) -> str:
    """The same without the year before, for a telephone."""
    if one.now is None:
        return say(language, "heard.measure_none")
    return say(language, "heard.measure_short", share=percent(language, one.now, 0), n=one.n)


def frame(measures: Sequence[Measured], language: str) -> pd.DataFrame:
    """A row a measure: title, text, short; now, before, low, high as fractions (NaN: not known); places."""
    rows = []
    for place, one in enumerate(measures):
        low = high = np.nan
        if one.now is not None and one.n:
            ends = wilson(np.array([one.now]), np.array([float(one.n)]))
            low, high = float(ends[0][0]), float(ends[1][0])
        rows.append(
            {"title": one.title, "text": words(one, language), "short": brief(one, language),
             "now": _known(one.now), "before": _known(one.before), "low": low, "high": high,
             "words_y": place + TEXT, "track_y": place + TRACK, "zero": 0.0, "one": 1.0}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _known(share: float | None) -> float:
    return np.nan if share is None else share


def loop(rows: pd.DataFrame, tones: Tones) -> Any:
    """The chart of `frame`'s rows: a full dot now on its interval, a hollow one for the year before, on 0 to 100 %."""
    wide = alt.Scale(domain=[0, 1], nice=False)
    deep = alt.Scale(domain=[len(rows), 0], nice=False)
    track, line = (alt.Y(f"{name}:Q", axis=None, scale=deep) for name in ("track_y", "words_y"))

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=wide)

    base = alt.Chart(rows).transform_calculate(words=f"width < {PHONE} ? datum.short : datum.text")
    known = base.transform_filter("isValid(datum.now)")
    then = base.transform_filter("isValid(datum.before)")
    ends: dict[str, Any] = {"fontSize": 13, "baseline": "middle"}
    layers = [
        base.mark_rule(color=tones.hair, strokeWidth=2).encode(x=x("zero"), x2="one:Q", y=track),
        known.mark_rule(color=tones.line, strokeWidth=5, strokeCap="round").encode(x=x("low"), x2="high:Q", y=track),
        then.mark_point(filled=False, size=80, color=tones.social, strokeWidth=1.5, opacity=1).encode(
            x=x("before"), y=track
        ),
        known.mark_point(filled=True, size=90, color=tones.social, opacity=1).encode(x=x("now"), y=track),
        base.mark_text(align="left", color=tones.ink, fontWeight=600, **ends).encode(
            x=x("zero"), y=line, text="title:N"
        ),
        base.mark_text(align="right", color=tones.grey, **ends).encode(x=x("one"), y=line, text="words:N"),
    ]
    return (
        alt.layer(*layers)
        .properties(width="container", height=ROW * len(rows), background="transparent", usermeta=AS_SVG)
        .configure(font=FONT, padding={"left": 6, "top": 0, "right": 6, "bottom": 0}, view=alt.ViewConfig(stroke=None))
    )
