"""The heat table: indicators down, segments of one kind across."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import Indicator, indicators
from metrics.charts.heat import Cell, Line, heat, key, tone
from metrics.charts.tones import tones
from metrics.excel import Figure, Sheet
from metrics.figures import figure
from metrics.words import month, number, say, short_money
from pages.ui import excel
from pages.ui.indicator import drawing, figures, listed, reads
from pages.ui.indicator.figures import Reading
from pages.ui.indicator.parts import MOST, notes, ordered, readings, segment
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
    lines = [_line(screen, whole, units[:MOST], cells, cash) for whole in chosen]
    words = {name: say(language, f"indicators.tone_{name}") for name in ("worse", "better")}
    table = heat(lines, [segment(screen, kind, unit) for unit in units[:MOST]], language, look)
    drawing.show(key(language, words, look) + table, "heat", listed.opened)
    notes(screen, few, [indicators()[name] for name in sorted(lacking)])


def _line(screen: Screen, whole: Reading, units: Sequence[str], cells: Cells, cash: str) -> Line:
    language, indicator = screen.language, whole.indicator
    drawn = []
    for unit in units:
        reading = cells.get((indicator.id, unit))
        if reading is None or reading.value is None:
            few = reading is not None and reading.status == "too_few"
            drawn.append(Cell(gap=say(language, "indicators.too_few") if few else "–"))
            continue
        away = None if whole.value is None else reading.value - whole.value
        drawn.append(
            Cell(
                brief(language, indicator, reading.value, cash),
                figures.difference(language, indicator, away, cash, unit=False),
                0.0 if whole.value is None else tone(indicator, reading.value, whole.value),
                reading.level,
            )
        )
    group = say(language, f"themes.{indicator.theme}")
    value = brief(language, indicator, whole.value, cash)
    return Line(group, indicator.id, screen.named(indicator), value, tuple(drawn))


def brief(language: str, indicator: Indicator, value: float | None, cash: str) -> str:
    """A value as a narrow cell has room for: points without their word, large amounts in few figures."""
    if value is not None and indicator.unit == "points":
        return number(language, value * 100, 1).replace("-", "−")
    if value is not None and indicator.unit == "money" and abs(value) >= 1e6:
        return short_money(language, value, cash)
    return figure(language, indicator, value, cash)


def _sheet(
    screen: Screen, kind: str, chosen: Sequence[Reading], units: Sequence[str], cells: Cells
) -> Sheet:
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
