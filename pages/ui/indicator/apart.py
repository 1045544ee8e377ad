"""One indicator in every segment of a kind: the gap in a sentence, small multiples, periods compared."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import Indicator
from metrics.charts.heat import plain
from metrics.charts.multiples import Multiple, multiples, scale
from metrics.charts.tones import tones
from metrics.excel import Figure, Sheet
from metrics.words import month, number, say
from pages.ui import excel, state
from pages.ui.indicator import drawing, figures, listed, reads
from pages.ui.indicator.figures import SPANS, Reading
from pages.ui.indicator.parts import IN_ORDER, MOST, notes, ordered, readings, segment, sheets_of
from pages.ui.screen import Screen
from pages.ui.text import md

MARKS = {"red": "■ ", "amber": "▲ "}


def show(screen: Screen, kind: str, day: datetime.date, indicator: Indicator, whole: Reading | None) -> None:
    """One indicator in every segment: the gap in a sentence, small multiples, a table."""
    language = screen.language
    if not kind:
        st.markdown(say(language, "indicators.only_whole"))
        return
    found = {r.unit: r for r in readings(screen, kind, day, (indicator.id,), True)}
    units = [u for u in sorted_by_value(kind, list(found.values()))]
    known = [found[u] for u in units if found[u].value is not None]
    if not known:
        st.markdown(say(language, "indicators.segments_none"))
        return
    cash = reads.currency(screen.source, screen.scope)
    st.markdown(md(gap(screen, kind, known, cash)))
    look = tones(st.context.theme.type)
    parts = [_multiple(screen, kind, found[u], cash) for u in units[: 2 * MOST]]
    series = whole.series if whole else ()
    lines = figures.lines(known[0].limit)
    drawing.show(multiples(parts, series, lines, indicator.pillar, look), "multiples", _opened)
    st.caption(md(_note(screen, parts, series, lines, known[0], day, len(units))))
    with st.container(key="head_table", horizontal=True, horizontal_alignment="distribute"):
        st.header(say(language, "indicators.compared_periods"), anchor=False)
        rows = [found[u] for u in units]
        excel.button(
            screen, f"{indicator.id}_{kind}", lambda: [_sheet(screen, kind, rows)], "excel_segments"
        )  # fmt: skip
    heads, texts = _table(screen, kind, rows, cash)
    opens = units if kind in sheets_of(screen, indicator) else ()
    alt = say(language, "indicators.compared_periods")
    drawing.show(plain(heads, texts, alt, look, opens), "segments", _opened)
    notes(screen, any(r.status == "too_few" for r in rows), [])


def _opened(unit: str) -> None:
    """A segment's name was picked: the sheet opens with this unit's figure, its history and its rows."""
    state.put("unit", unit)
    state.put("part")


def _note(
    screen: Screen,
    parts: Sequence[Multiple],
    whole: Sequence[float | None],
    lines: Sequence[float],
    one: Reading,
    day: datetime.date,
    total: int,
) -> str:
    """Which time and which scale the small charts share, and what their lines are."""
    language = screen.language
    dates = [d for d in sorted(screen.options.periods)[-listed.MONTHS :] if d <= day]
    low, high, near = scale(parts, whole, lines)
    ends = figures.line_text(language, one.indicator, (low, high), reads.currency(screen.source, screen.scope))
    first = month(language, dates[0]) if dates else ""
    said = say(language, "indicators.multiples_note", first=first, last=month(language, day), range=ends)
    said += say(language, "indicators.multiples_limits") if near else ""
    if total > len(parts):
        said = say(language, "indicators.multiples_first", n=len(parts), total=total) + " " + said
    return said


def sorted_by_value(kind: str, found: Sequence[Reading]) -> list[str]:
    """Segments in their own order, or the worst value first; those without a value last."""
    if kind in IN_ORDER:
        return ordered(kind, found)
    sign = 1 if found and found[0].indicator.better == "higher" else -1
    return [r.unit for r in sorted(found, key=lambda r: (r.value is None, sign * (r.value or 0.0), r.unit))]


def gap(screen: Screen, kind: str, known: Sequence[Reading], cash: str) -> str:
    """The worst against the best segment with the distance between them, and what it was a year before."""
    language, indicator = screen.language, known[0].indicator
    counted = [r for r in known if r.unit != "unknown"] or list(known)
    low, high = min(counted, key=_value), max(counted, key=_value)
    if len(counted) < 2:
        return say(language, "indicators.gap_one")
    if _value(low) == _value(high):
        value = figures.written(language, indicator, low.value, cash)
        return say(language, "indicators.gap_none", n=len(counted), value=value)
    first, last = (low, high) if indicator.better == "higher" else (high, low)
    said = {
        side: f"{segment(screen, kind, r.unit)} {figures.written(language, indicator, r.value, cash)}"
        + ("" if r.n is None else f" ({say(language, 'indicators.n', n=r.n)})")
        for side, r in (("first", first), ("last", last))
    }
    by = figures.difference(language, indicator, _value(high) - _value(low), cash).lstrip("+")
    text = say(language, f"indicators.gap_{'band' if indicator.better == 'band' else 'worst'}", **said, gap=by)
    if _overlap(low, high):
        text += " " + say(language, "indicators.gap_chance")
    was = [_value(r) - r.changes["year"] for r in counted if r.changes["year"] is not None]  # type: ignore[operator]
    if len(was) > 1:
        earlier = figures.difference(language, indicator, max(was) - min(was), cash).lstrip("+")
        text += " " + say(language, "indicators.gap_year", gap=earlier)
    return text


def _value(reading: Reading) -> float:
    return float(reading.value or 0.0)


def _overlap(low: Reading, high: Reading) -> bool:
    """Whether the 95 % intervals of two figures meet."""
    return low.high is not None and high.low is not None and low.high >= high.low


def _multiple(screen: Screen, kind: str, reading: Reading, cash: str) -> Multiple:
    language, name = screen.language, segment(screen, kind, reading.unit)
    if reading.value is None:
        return Multiple(name, "", "none", (), gap=_why(screen, reading))
    by = figures.difference(language, reading.indicator, reading.changes["year"], cash, unit=False)
    below = (
        "" if reading.n is None else say(language, "indicators.n", n=reading.n),
        say(language, "indicators.on_year", by=by) if by else "",
    )
    value = figures.written(language, reading.indicator, reading.value, cash)
    opens = reading.unit if kind in sheets_of(screen, reading.indicator) else ""
    return Multiple(name, value, reading.level, reading.series, below, open=opens)


def _why(screen: Screen, reading: Reading) -> str:
    """Why a segment has no figure; the columns that it lacks are the whole's matter."""
    return say(screen.language, "indicators.too_few" if reading.status == "too_few" else "indicators.none_here")


def _table(screen: Screen, kind: str, rows: Sequence[Reading], cash: str) -> tuple[list[str], list[list[str]]]:
    """Value now, a quarter and a year before, with changes, n, interval and status; as texts."""
    language, indicator = screen.language, rows[0].indicator
    names = ("value", "before_quarter", "quarter", "before_year", "year", "n", "interval", "status")
    heads = [say(language, f"indicators.by_{kind}"), *(say(language, f"indicators.head_{name}") for name in names)]
    # A column of bare numbers says in its head that they are points.
    for place in {"%": (3, 5), "points": range(1, 6)}.get(indicator.unit, ()):
        heads[place] = say(language, "indicators.in_points", head=heads[place])
    texts = []
    for r in rows:
        name = segment(screen, kind, r.unit)
        if r.value is None:
            texts.append([name, _why(screen, r)])
            continue
        row = [name, figures.even(language, indicator, r.value, cash)]
        for span in ("quarter", "year"):
            by = r.changes[span]
            row.append("" if by is None else figures.even(language, indicator, r.value - by, cash))
            row.append(figures.difference(language, indicator, by, cash, unit=False))
        ends = None if r.low is None or r.high is None else (r.low, r.high)
        interval = "" if ends is None else figures.line_text(language, indicator, ends, cash, short=True)
        status = MARKS.get(r.level, "") + figures.level_text(language, r)
        texts.append([*row, "" if r.n is None else number(language, r.n), interval, status])
    whole = [text for text in texts if len(text) == len(heads)]
    kept = [0, 1, *(k for k in range(2, len(heads)) if any(text[k] for text in whole))]
    return [heads[k] for k in kept], [[text[k] for k in kept] if len(text) > 2 else text for text in texts]


def _sheet(screen: Screen, kind: str, rows: Sequence[Reading]) -> Sheet:
    """The same as numbers."""
    language = screen.language
    names = ("value", *SPANS, "n", "coverage", "low", "high", "status")
    heads = [say(language, f"indicators.by_{kind}"), *(say(language, f"indicators.head_{name}") for name in names)]
    lines = []
    for r in rows:
        unit = r.indicator.unit
        status = figures.level_text(language, r) if r.value is not None else figures.why_missing(language, r)
        lines.append([
            segment(screen, kind, r.unit), Figure(r.value, unit), *(Figure(r.changes[span], unit) for span in SPANS),
            None if r.value is None else r.n, Figure(r.coverage, "%"), Figure(r.low, unit), Figure(r.high, unit),
            status,
        ])  # fmt: skip
    return Sheet(say(language, f"indicators.by_{kind}"), heads, lines, [screen.named(rows[0].indicator)])
