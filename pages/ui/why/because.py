"""Why a health is what it is: steps since an earlier date, beside another unit, or from 100."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from metrics import paces, waterfall
from metrics.charts import waterfall as drawing
from metrics.charts.tones import Tones, tones
from metrics.excel import Sheet
from metrics.findings import counted
from metrics.phrases import value_text
from metrics.picture import Picture, Unit, at_rows
from metrics.units import Scored
from metrics.waterfall import Fall, Step
from metrics.words import month, say
from pages.ui import take
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.why import held

MONTHS = {"quarter": 3, "year": 12}
HEALTHS = ("balance", "financial", "social")


@dataclass(frozen=True)
class Asked:
    """What is compared: the health, how (quarter, year, unit, all), and the row of the other state, if any."""

    health: str
    way: str
    row: int
    other: int | None
    name: str


def show(screen: Screen, picture: Picture, unit: Unit) -> None:
    """The choice, the finding, the chart, and the same as a table."""
    known = held.scored(screen, picture)
    places = {row: place for place, row in enumerate(known.rows)}
    asked = _ask(screen, picture, unit, places)
    if asked is None:
        st.markdown(say(screen.language, "why.none_health"))
        return
    found = _fall(known, asked)
    if found is None:
        st.markdown(md(_none(screen, asked)))
        return
    said = _said(screen, unit, asked, found)
    st.markdown(f"**{md(said)}**")
    look = tones(st.context.theme.type)
    ends = _ends(screen, picture, unit, asked)
    naming = _naming(screen)

    def drawn(tones: Tones) -> Any:
        return drawing.waterfall(drawing.frame(found, screen.language, tones, ends, naming), tones)

    st.altair_chart(drawn(look), theme=None, key="why_chart", alt=said)
    steps = [[naming(step), step.points] for step in found.steps] + [[say(screen.language, "why.sum"), found.change]]
    heads = [say(screen.language, f"why.col_{name}") for name in ("figure", "points")]
    take.chart(screen, f"why-{unit.id}", said, drawn, lambda: [Sheet(unit.name, heads, steps)], "take_why")
    _notes(screen, known, asked, found)
    _table(screen, picture, known, asked, found, ends)


def _ask(screen: Screen, picture: Picture, unit: Unit, places: dict[tuple[datetime.date, str], int]) -> Asked | None:
    """The reader's choices, of what there is to compare with."""
    language, here = screen.language, places.get((picture.as_of, unit.id))
    healths = [name for name in HEALTHS if getattr(unit, name) is not None]
    if here is None or not healths:
        return None
    days = sorted({day for day, _ in places})
    back = {way: paces.months_before(days, picture.as_of, months) for way, months in MONTHS.items()}
    others = [one for one in counted(picture) if one.id != unit.id]
    labels = {way: _since(language, way, day) for way, day in back.items() if day is not None}
    labels |= {"unit": say(language, "why.against_unit")} if others else {}
    labels["all"] = say(language, "why.against_all")
    with st.container(horizontal=True, vertical_alignment="center", key="why_choices"):
        way = st.segmented_control(
            say(language, "why.against_label"), list(labels), key=f"why_way_{unit.id}", default=next(iter(labels)),
            required=True, format_func=lambda one: labels[one], label_visibility="collapsed", wrap=True,
        )  # fmt: skip
        health = healths[0]
        if len(healths) > 1:
            health = st.selectbox(
                say(language, "why.health_label"), healths, key=f"why_health_{unit.id}", width=150,
                format_func=lambda one: say(language, f"why.health_{one}"), label_visibility="collapsed",
            )  # fmt: skip
        if way == "unit":
            other = _other(language, unit, others, str(health))
            return Asked(str(health), "unit", here, places.get((picture.as_of, other.id)), other.name)
    day = back.get(str(way))
    name = month(language, day, year=way == "year") if day else ""
    return Asked(str(health), str(way), here, places.get((day, unit.id)) if day else None, name)


def _since(language: str, way: str, day: datetime.date) -> str:
    return say(language, "why.against_since", month=month(language, day, year=way == "year"))


def _other(language: str, unit: Unit, others: Sequence[Unit], health: str) -> Unit:
    """The unit to compare with; the one just above in this health, else the best below, unless another is chosen."""
    named = {one.id: one for one in sorted(others, key=lambda one: -(getattr(one, health) or 0.0))}
    above = [name for name, one in named.items() if (getattr(one, health) or 0.0) > (getattr(unit, health) or 0.0)]
    first = list(named).index(above[-1]) if above else 0
    chosen = st.selectbox(
        say(language, "why.other_label"), list(named), index=first, key=f"why_other_{unit.id}_{health}", width=170,
        format_func=lambda name: named[name].name, label_visibility="collapsed",
    )  # fmt: skip
    return named[str(chosen)]


def _fall(known: Scored, asked: Asked) -> Fall | None:
    """The steps; None where the other state is not known."""
    decimals = known.scores.policy.decimals
    now = waterfall.health(at_rows(known.scores, [asked.row]), asked.health)
    end = 100.0 * float(now.cells[0, 0])
    if asked.way == "all":
        return waterfall.fall(waterfall.from_all(now), 100.0, end, decimals)
    if asked.other is None:
        return None
    then = waterfall.health(at_rows(known.scores, [asked.other]), asked.health)
    start = 100.0 * float(then.cells[0, 0])
    if np.isnan(start) or np.isnan(end):
        return None
    return waterfall.fall(waterfall.between(now, then), start, end, decimals)


def _none(screen: Screen, asked: Asked) -> str:
    if asked.way == "unit":
        return say(screen.language, "why.none_unit", other=asked.name)
    return say(screen.language, "why.none_date", since=asked.name)


def _said(screen: Screen, unit: Unit, asked: Asked, found: Fall) -> str:
    against = {} if asked.way == "all" else {"other" if asked.way == "unit" else "since": asked.name}
    head = waterfall.head_of(screen.language, found, unit.name, asked.health, **against)
    return waterfall.finding(screen.language, found, head, lambda name: held.named(screen, name))


def _ends(screen: Screen, picture: Picture, unit: Unit, asked: Asked) -> tuple[str, str]:
    """Names of both ends: the two dates, the two units, or everything at its best and the unit."""
    if asked.way == "unit":
        return asked.name, unit.name
    now = month(screen.language, picture.as_of, year=asked.way == "year")
    now = now[:1].upper() + now[1:]
    if asked.way == "all":
        return say(screen.language, "why.end_all"), unit.name
    return asked.name[:1].upper() + asked.name[1:], now


def _naming(screen: Screen) -> Callable[[Step], str]:
    def name(step: Step) -> str:
        if step.name == "others":
            return say(screen.language, "why.others", n=step.joins)
        return say(screen.language, "why.rounding") if step.name == "rounding" else held.label(screen, step.name)

    return name


def _notes(screen: Screen, known: Scored, asked: Asked, found: Fall) -> None:
    """What a reader may wonder about: weights, rounding, what is missing."""
    notes = []
    if asked.way in MONTHS:
        notes.append(say(screen.language, "why.note_same"))
    if any(step.name == "rounding" for step in found.steps):
        notes.append(say(screen.language, "why.note_rounding"))
    leaves = [leaf.path for leaf in known.scores.policy.leaves]
    counts = [asked.health == "balance" or path.startswith(f"{asked.health}/") for path in leaves]
    missing = int(np.isnan(known.scores.z[asked.row])[counts].sum())
    if missing:
        notes.append(say(screen.language, "why.note_missing", n=missing))
    if notes:
        st.markdown(f":gray[{md(' '.join(notes))}]")


def _table(
    screen: Screen, picture: Picture, known: Scored, asked: Asked, found: Fall, sides: tuple[str, str]
) -> None:
    """Each step with its points, and the values behind it."""
    language, name = screen.language, _naming(screen)
    columns = {leaf.indicator: place for place, leaf in enumerate(known.scores.policy.leaves)}
    ends = [asked.row] if asked.other is None else [asked.other, asked.row]
    names, values, amounts = [], [], []
    for step in found.steps:
        names.append(md(name(step)))
        amounts.append(md(drawing.signed(language, step.points)))
        if step.name in columns:
            pair = [float(known.values[row, columns[step.name]]) for row in ends]
            texts = [value_text(language, step.name, value, picture.currency) for value in pair]
            values.append(md(" → ".join(texts)))
        else:
            values.append("")
    names.append(say(language, "why.sum"))
    values.append("")
    amounts.append(md(drawing.signed(language, found.change)))
    value = say(language, "why.col_value") if asked.way == "all" else md(" → ".join(sides))
    heads = (say(language, "why.col_figure"), value, say(language, "why.col_points"))
    told = dict(zip(heads, (names, values, amounts), strict=True))
    st.table(told, border="horizontal", hide_index=True, alt=say(language, "why.table_alt"))
