"""The heat table: indicators down, segments of one kind across."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import Indicator, indicators
from metrics.charts.heat import Cell, Line, heat, key, tone
from metrics.charts.tones import tones
from metrics.excel import Figure, Sheet
from metrics.words import month, say
from pages.ui import excel
from pages.ui.indicator import drawing, figures, listed, reads
from pages.ui.indicator.figures import Reading
from pages.ui.indicator.parts import MOST, notes, ordered, readings, segment, sheets_of
from pages.ui.screen import Screen
from pages.ui.text import md

Cells = dict[tuple[str, str], Reading]


def show(screen: Screen, kind: str, day: datetime.date, every: Sequence[Reading]) -> None:
    """The heat table: indicators down, segments across."""
    language = screen.language
    meant = reads.meant(screen.source, screen.scope, kind) if kind else frozenset()
    chosen = [reading for reading in every if reading.indicator.id in meant]
    found = readings(screen, kind, day, tuple(r.indicator.id for r in chosen), False) if chosen else []
    if not found:
        st.markdown(say(language, "indicators.segments_none"))
        return
    cells = {(r.indicator.id, r.unit): r for r in found}
    there = {r.indicator.id for r in found if r.value is not None}
    lacking = {r.indicator.id for r in chosen} - there
    chosen = [r for r in chosen if r.indicator.id not in lacking]
    units = ordered(kind, found)
    few = any(r.status == "too_few" for r in found)
    with st.container(key="found", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        said = say(language, "indicators.compared", n=len(chosen), month=month(language, day))
        if len(units) > MOST:
            said += " " + say(language, "indicators.segments_first", n=MOST, total=len(units))
        st.caption(md(said))
        made = [_sheet(screen, kind, chosen, units, cells)]
        excel.button(screen, f"segments_{kind}", lambda: made, "excel_heat")
    look, cash = tones(st.context.theme.type), reads.currency(screen.source, screen.scope)
    lines = [_line(screen, kind, whole, units[:MOST], cells, cash) for whole in chosen]
    words = {name: say(language, f"indicators.tone_{name}") for name in ("worse", "better")}
    table = heat(lines, [segment(screen, kind, unit) for unit in units[:MOST]], language, look)
    drawing.show(key(language, words, look) + table, "heat", listed.opened)
    notes(screen, few, [indicators()[name] for name in sorted(lacking)])


def _narrow(language: str, indicator: Indicator, value: float | None) -> str:
    """A value as a cell has room for: the column of the institution says in which currency."""
    return figures.brief(language, indicator, value) if indicator.unit == "money" else (
        figures.even(language, indicator, value, "")
    )  # fmt: skip


def _line(screen: Screen, kind: str, whole: Reading, units: Sequence[str], cells: Cells, cash: str) -> Line:
    language, indicator = screen.language, whole.indicator
    drawn = []
    for unit in units:
        reading = cells.get((indicator.id, unit))
        if reading is None or reading.value is None:
            few = reading is not None and reading.status == "too_few"
            drawn.append(Cell(gap=say(language, "indicators.too_few") if few else "–"))
            continue
        away = None if whole.value is None or total(indicator) else reading.value - whole.value
        drawn.append(
            Cell(
                _narrow(language, indicator, reading.value),
                figures.difference(language, indicator, away, cash, unit=False),
                0.0 if away is None or whole.value is None else tone(indicator, reading.value, whole.value),
                reading.level,
                open=f"{indicator.id}|{reading.unit}" if kind in sheets_of(screen, indicator) else "",
            )
        )
    group = say(language, f"themes.{indicator.theme}")
    value = figures.brief(language, indicator, whole.value, cash)
    return Line(group, indicator.id, screen.named(indicator), value, tuple(drawn))


def total(indicator: Indicator) -> bool:
    """Whether the figure is a sum, so that a part of it stands in no distance to the whole."""
    return indicator.unit in ("count", "money") and "/" not in indicator.sql


def _sheet(screen: Screen, kind: str, chosen: Sequence[Reading], units: Sequence[str], cells: Cells) -> Sheet:
    language = screen.language
    heads = [say(language, "indicators.head_indicator"), say(language, "indicators.whole")]
    heads += [segment(screen, kind, unit) for unit in units]
    rows = []
    for whole in chosen:
        unit_of = whole.indicator.unit
        row: list[object] = [screen.named(whole.indicator), Figure(whole.value, unit_of)]
        for unit in units:
            reading = cells.get((whole.indicator.id, unit))
            few = reading is not None and reading.status == "too_few"
            value = Figure(reading.value if reading else None, unit_of)
            row.append(say(language, "indicators.too_few") if few else value)
        rows.append(row)
    return Sheet(say(language, f"indicators.by_{kind}"), heads, rows)
