"""One indicator over time: its line and interval, its limits, and peers as hollow marks with their years."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.listing import runs
from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones

HEIGHT = 236
ROOM = 0.2  # of the width, for the marks of peers
WORDS = 0.14  # of the height, for the words of a limit
EDGE = 0.045  # of the width, for half of the last date's name


@dataclass(frozen=True)
class Rule:
    """A limit as it is drawn: its value, its words, and amber or red."""

    value: float
    text: str
    level: str


@dataclass(frozen=True)
class Marks:
    """Peers as they are drawn: (name, value) each, their years, and whether hollow."""

    points: tuple[tuple[str, float], ...]
    years: str
    hollow: bool


def frame(
    names: Sequence[str],
    values: Sequence[float | None],
    written: Sequence[str],
    low: Sequence[float | None] = (),
    high: Sequence[float | None] = (),
) -> pd.DataFrame:
    """A row a date: place, name, value, its text, the ends of its interval (NaN where there is none), and its run.

    Dates of one run are joined by a line.
    """
    gap = [float("nan")] * len(names)
    columns = {"value": values, "low": low or gap, "high": high or gap}
    given = {name: pd.Series(list(column), dtype="float64") for name, column in columns.items()}
    run = {place: number for number, places in enumerate(runs(values)) for place in places}
    told = {"place": range(len(names)), "name": list(names), "text": list(written)}
    return pd.DataFrame({**told, **given, "run": [run.get(place, -1) for place in range(len(names))]})


def history(
    rows: pd.DataFrame,
    rules: Sequence[Rule],
    marks: Marks | None,
    write: Callable[[float], str],
    tones: Tones,
    pillar: str,
) -> Any:
    """The chart of `frame`'s rows.

    Args:
        rules: limits; one that lies far outside of the values is not drawn, so that the line stays readable.
        marks: peers, drawn at the right.
        write: writes a value as the language does.
        pillar: whose colour the line has.
    """
    points = [value for _, value in marks.points] if marks else []
    known = [*rows["value"].dropna(), *rows["low"].dropna(), *rows["high"].dropna()]
    near = [rule for rule in rules if _near(rule.value, known)]
    ticks = nice([*known, *(rule.value for rule in near), *(p for p in points if _near(p, known))])
    last = len(rows) - 1
    right = last + max(last, 1) * (ROOM if marks else EDGE)
    x = alt.X("place:Q", scale=alt.Scale(domain=[-0.3, right], nice=False), axis=_time(rows, tones))
    labels = {f"{tick:.12g}": write(tick) for tick in ticks}
    y = alt.Y("value:Q", scale=alt.Scale(domain=[ticks[0], ticks[-1]], nice=False), axis=_level(labels, ticks, tones))
    color = getattr(tones, pillar)
    ruled = _rules(near, rows, (ticks[0], ticks[-1]), x, y, tones)
    layers = [*ruled, *_band(rows, x, y, color), *_line(rows, x, y, color)]
    if marks:
        inside = tuple((n, v) for n, v in marks.points if ticks[0] <= v <= ticks[-1])
        layers += _peers(Marks(inside, marks.years, marks.hollow), last + max(last, 1) * 0.08, x, y, tones)
    return (
        alt.layer(*layers)
        .properties(width="container", height=HEIGHT, background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=None)
        .configure(font=FONT, padding={"left": 0, "top": 6, "right": 4, "bottom": 0})
    )


def nice(values: Sequence[float]) -> list[float]:
    """Four to seven round ticks that hold all values; from 0 where 0 is not far below."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if 0 < low < 0.6 * high:
        low = 0.0
    if high < 0 and high > 0.6 * low:
        high = 0.0
    if low == high:
        low, high = low - abs(low) * 0.1 - 0.01, high + abs(high) * 0.1 + 0.01
    raw = (high - low) / 4
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * k for k in (1, 2, 2.5, 5, 10) if size * k >= raw * 0.999)
    first, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 12) for k in range(first, end + 1)]


def _near(value: float, known: Sequence[float]) -> bool:
    if not known:
        return True
    low, high = min(known), max(known)
    room = max((high - low) * 1.5, abs(high) * 0.9, abs(low) * 0.9)
    return low - room <= value <= high + room


def _time(rows: pd.DataFrame, tones: Tones) -> alt.Axis:
    step = max(1, round(len(rows) / 4))
    places = list(range(len(rows) - 1, -1, -step))[::-1]
    words = {str(place): rows["name"][place] for place in places}
    return alt.Axis(
        values=places, labelExpr=f"{json.dumps(words, ensure_ascii=False)}[toString(datum.value)]", title=None,
        grid=False, domainColor=tones.line, tickColor=tones.line, tickSize=4, labelColor=tones.grey, labelFontSize=12,
        labelPadding=4, labelFlush=False, labelOverlap="greedy", labelSeparation=12,
    )  # fmt: skip


def _level(labels: dict[str, str], ticks: Sequence[float], tones: Tones) -> alt.Axis:
    words = json.dumps(labels, ensure_ascii=False)
    plain = "replace(format(datum.value, '.12~g'), '−', '-')"  # the chart writes a minus where Python has a hyphen
    return alt.Axis(
        values=list(ticks), labelExpr=f"{words}[{plain}]", title=None, grid=True,
        gridColor=tones.hair, domain=False, ticks=False, labelColor=tones.grey, labelFontSize=12, labelPadding=6,
    )  # fmt: skip


def _rules(
    rules: Sequence[Rule], rows: pd.DataFrame, span: tuple[float, float], x: alt.X, y: alt.Y, tones: Tones
) -> list[Any]:
    """Limits with their words, where the line of the rows is not in their way, and inside of the chart."""
    layers: list[Any] = []
    for rule in rules:
        right, below = _beside(rule.value, rows["value"].tolist(), span)
        color = getattr(tones, rule.level)
        place = len(rows) - 1 if right else -0.3
        row = alt.Chart(pd.DataFrame([{"value": rule.value, "place": place, "text": rule.text}]))
        dash: dict[str, Any] = {"strokeDash": [5, 3]} if rule.level == "amber" else {}
        layers.append(row.mark_rule(color=color, size=1.2, **dash).encode(y=y))
        look: dict[str, Any] = {"align": "right" if right else "left", "dx": 0 if right else 4, "fontSize": 12}
        layers.append(row.mark_text(color=color, dy=11 if below else -8, **look).encode(x=x, y=y, text="text:N"))
    return layers


def _beside(level: float, values: Sequence[float], span: tuple[float, float]) -> tuple[bool, bool]:
    """Whether a limit's words stand at the right, and whether below it: the first place that the line leaves free.

    On each side that place is tried first from which the line lies away.
    """
    least, most = span
    room = (most - least) * WORDS
    count = max(2, len(values) // 4)
    for right, part in ((False, values[:count]), (True, values[-count:])):
        known = [value for value in part if not math.isnan(value)]
        sides = [(False, level, level + room), (True, level - room, level)]
        for below, low, high in reversed(sides) if known and sum(known) / len(known) > level else sides:
            inside = least - room / 4 <= low and high <= most + room / 4
            if inside and (not known or max(known) < low or min(known) > high):
                return right, below
    return False, level > most - room


def _band(rows: pd.DataFrame, x: alt.X, y: alt.Y, color: str) -> list[Any]:
    given = rows.dropna(subset=["low", "high"])
    if given.empty:
        return []
    ends = given.assign(value=given["low"])
    return [alt.Chart(ends).mark_area(color=color, opacity=0.14).encode(x=x, y=y, y2="high:Q", detail="run:N")]


def _line(rows: pd.DataFrame, x: alt.X, y: alt.Y, color: str) -> list[Any]:
    tip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title="  ")]
    known = rows.dropna(subset=["value"])
    whole = alt.Chart(known).encode(x=x, y=y, detail="run:N")
    points = alt.Chart(known).encode(x=x, y=y, tooltip=tip)
    return [
        whole.mark_line(color=color, strokeWidth=2),
        points.mark_point(size=160, opacity=0, filled=True),
        alt.Chart(known.tail(1)).mark_point(size=70, color=color, filled=True, opacity=1).encode(x=x, y=y, tooltip=tip),
    ]


def _peers(marks: Marks, place: float, x: alt.X, y: alt.Y, tones: Tones) -> list[Any]:
    if not marks.points:
        return []
    rows = pd.DataFrame([{"place": place, "value": value, "text": name} for name, value in marks.points])
    given = alt.Chart(rows).encode(x=x, y=y)
    top = max(value for _, value in marks.points)
    # The one name of an average stands below its mark: at the side a narrow window has no room for it.
    beside: dict[str, Any] = {"align": "left", "dx": 9} if len(marks.points) > 1 else {"align": "center", "dy": 15}
    year = alt.Chart(pd.DataFrame([{"place": place, "value": top, "text": marks.years}])).encode(x=x, y=y)
    return [
        given.mark_line(color=tones.grey, strokeWidth=1),
        given.mark_point(
            shape="circle", size=60, stroke=tones.grey, strokeWidth=1.5, opacity=1,
            fill=tones.ground if marks.hollow else tones.grey,
        ),
        given.mark_text(fontSize=12, color=tones.grey, **beside).encode(text="text:N"),
        year.mark_text(align="center", dy=-14, fontSize=12, color=tones.grey, fontStyle="italic").encode(text="text:N"),
    ]  # fmt: skip
