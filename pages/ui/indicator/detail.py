"""One indicator's sheet: the figure in a sentence, its history, the rows behind it, and its definition."""

import datetime
import functools
from collections.abc import Sequence
from typing import Any

import streamlit as st

from metrics.catalogue import Indicator, indicators
from metrics.charts.history import Marks, Rule, frame, history
from metrics.charts.tones import Tones, tones
from metrics.definitions import phrase
from metrics.excel import Figure, Sheet
from metrics.history import covered_text
from metrics.peers import Peers
from metrics.words import month, percent, say
from pages.ui import data, excel, menu, sheet, state, take
from pages.ui.indicator import behind, cohorts, figures, listed, mine, reads
from pages.ui.indicator.figures import SPANS, Reading
from pages.ui.indicator.parts import sheets_of
from pages.ui.screen import Screen
from pages.ui.text import md

POINTS = (("p75", "p75"), ("p50", "p50"), ("p25", "p25"))


def units(screen: Screen, indicator: Indicator) -> dict[str, tuple[str, str]]:
    """Units that the sheet can show, id -> (kind, name); the empty id is the whole institution."""
    whole = say(screen.language, "indicators.whole")
    found = {"": ("institution", whole)}
    for kind in sheets_of(screen, indicator):
        found |= {unit: (kind, name) for unit, name in reads.names(screen.source, screen.scope, kind).items()}
    return found


def unit(screen: Screen, indicator: Indicator) -> tuple[str, str, str]:
    """The unit that the address names: kind, id, name; the institution where it names none that is known."""
    asked = state.given("unit") or ""
    known = units(screen, indicator)
    if asked not in known:
        state.put("unit")
        asked = ""
    kind, name = known[asked]
    return kind, asked, name


def reading(screen: Screen, name: str, day: datetime.date, every: Sequence[Reading]) -> Reading:
    """The figure of the sheet's unit at the date shown."""
    indicator = indicators()[name]
    kind, wanted, _ = unit(screen, indicator)
    if kind == "institution":
        found = next((r for r in every if r.indicator.id == name), None)
    else:
        choices = screen.choices
        values = reads.figures(screen.source, screen.scope, choices.policy, kind, None, (name,))
        values = values[values["unit"] == wanted]
        limits = reads.limits(screen.source, screen.scope, choices.policy, kind)
        found = next(iter(figures.readings(values, dates(screen), day, limits)), None)
    empty = Reading(indicator, wanted, None, None, None, None, None, "not_available", (), dict.fromkeys(SPANS),
                    "none", None, None)  # fmt: skip
    return found or empty


def dates(screen: Screen) -> list[datetime.date]:
    """The dates of the history, old to new."""
    return sorted(screen.options.periods)[-listed.MONTHS :]


def headline(screen: Screen, one: Reading, day: datetime.date) -> str:
    """The figure with its date, its change and its limit, as one sentence."""
    language, indicator = screen.language, one.indicator
    cash = reads.currency(screen.source, screen.scope)
    kind, _, name = unit(screen, indicator)
    plain = screen.named(indicator, "plain")
    if kind != "institution":
        plain = say(language, "indicators.plain_at", plain=plain, unit=name)
    if one.value is None:
        return say(language, "indicators.head_none", plain=plain, date=day)
    value = figures.written(language, indicator, one.value, cash)
    parts = [say(language, "indicators.value_on", value=value, date=day)]
    parts += [text for text in (change(screen, one, day, cash), limit(screen, one, cash)) if text]
    return say(language, "indicators.head_one", plain=plain, rest=", ".join(parts))


def change(screen: Screen, one: Reading, day: datetime.date, cash: str) -> str:
    """What it was a quarter before, else a month or a year before; empty where nothing earlier is known."""
    language = screen.language
    for kind in ("quarter", "month", "year"):
        by, since = one.changes[kind], figures.earlier(screen.options.periods, day, SPANS[kind])
        if by is None or since is None:
            continue
        written = figures.difference(language, one.indicator, by, cash)
        named = month(language, since, year=kind == "year")
        key = "up" if written.startswith("+") else "down" if written.startswith("−") else "same"
        return say(language, f"indicators.change_{key}", by=written.lstrip("+−"), month=named)
    return ""


def limit(screen: Screen, one: Reading, cash: str) -> str:
    """Which limit it breaks or keeps."""
    if one.level == "none" or one.line is None or one.limit is None:
        return say(screen.language, "indicators.limit_none")
    if one.level == "":
        line = one.limit.amber if one.limit.amber is not None else one.limit.red
        text = figures.line_text(screen.language, one.indicator, line, cash)
        return say(screen.language, "indicators.limit_within", limit=text)
    text = figures.written(screen.language, one.indicator, one.line, cash)
    side = "under" if one.value is not None and one.value < one.line else "over"
    return say(screen.language, f"indicators.limit_{one.level}_{side}", limit=text)


def second(screen: Screen, one: Reading) -> str:
    """How many stand behind it, how complete it is, its interval, and whether it counts."""
    language = screen.language
    cash = reads.currency(screen.source, screen.scope)
    weight = listed.scored(screen).get(one.indicator.id)
    parts = [
        figures.why_missing(language, one) if one.value is None else "",
        "" if one.n is None or one.value is None else say(language, "indicators.n", n=one.n),
        "" if one.coverage is None else say(language, "indicators.covers", share=percent(language, one.coverage, 0)),
        figures.interval_text(language, one, cash),
        covered(screen, one),
        say(language, "indicators.as_reported") if one.status == "as_reported" else "",
        say(language, "indicators.watched_only")
        if weight is None
        else say(language, "indicators.scored_share", share=percent(language, weight, 1)),
        phrase(one.indicator, screen.policy.settings, language),
    ]
    return " · ".join(part for part in parts if part)


def covered(screen: Screen, one: Reading) -> str:
    """That flows of less than a year were brought to a year; empty where they are of a whole one."""
    day = screen.choices.period or screen.options.periods[0]
    if one.value is None or one.status == "as_reported":
        return ""
    return covered_text(screen.language, cohorts.covered(screen.source, screen.scope, one.indicator.id, day))


def show(screen: Screen, one: Reading, day: datetime.date) -> None:
    """History at the left with the rows below it, the definition at the right."""
    indicator = one.indicator
    with st.container(key="sheet_columns"):
        left, right = st.columns([720, 472], gap="medium")
    with left:
        _unit_input(screen, indicator)
        _history(screen, one, day)
        behind.show(screen, one, unit(screen, indicator), day)
    with right:
        st.header(say(screen.language, "indicators.meaning"), anchor=False)
        st.markdown(md(indicator.text(screen.language, "summary")))
        sheet.facts(screen, indicator, now=False)
        if indicator.own:
            mine.show(screen, indicator)
        else:
            with st.expander(say(screen.language, "indicators.formula_and_example")):
                sheet.formula(screen, indicator)
    cohorts.show(screen, indicator, unit(screen, indicator), day)


def _unit_input(screen: Screen, indicator: Indicator) -> None:
    known = units(screen, indicator)
    if len(known) < 2:
        return
    st.session_state["w_sheet_unit"] = unit(screen, indicator)[1]
    st.selectbox(
        say(screen.language, "indicators.of_unit"), list(known), format_func=lambda name: known[name][1],
        key="w_sheet_unit", label_visibility="collapsed",
        on_change=_unit_chosen, width=280,
    )  # fmt: skip


def _unit_chosen() -> None:
    chosen = st.session_state["w_sheet_unit"]
    state.put("unit", *([chosen] if chosen else []))


def _history(screen: Screen, one: Reading, day: datetime.date) -> None:
    language, indicator = screen.language, one.indicator
    cash = reads.currency(screen.source, screen.scope)
    past = [d for d in dates(screen) if d <= day]
    kind, wanted, name = unit(screen, indicator)
    with st.container(key="head_history", horizontal=True, horizontal_alignment="distribute"):
        st.header(say(language, "indicators.history"), anchor=False)
        values = _values(screen, indicator, kind, wanted)
        made = [_sheet(screen, indicator, values, past)]
        if sum(value is not None for value in one.series) < 2:
            excel.button(screen, f"{indicator.id}_{name}", lambda: made, "excel_history")
        place = st.container(width="content")
    if sum(value is not None for value in one.series) < 2:
        _no_line(screen, one)
        return
    low, high = (tuple(values.get((d, end)) for d in past) for end in ("low", "high"))
    written = [figures.written(language, indicator, value, cash) for value in one.series]
    # Peers are institutions: a branch has no place among them.
    every = reads.peers(screen.source, screen.scope, screen.choices.policy) if kind == "institution" else {}
    near = listed.nearest(one, every)
    rows = frame([month(language, d) for d in past], one.series, written, low, high)
    rules, marks = _rules(screen, one, cash), _marks(screen, near)

    def drawn(look: Tones) -> Any:
        brief = functools.partial(figures.brief, language, indicator)
        return history(rows, rules, marks, brief, look, indicator.pillar)

    told = headline(screen, one, day)
    with place:
        take.chart(screen, f"{indicator.id}_{name}", told, drawn, lambda: made, "take_history")
    st.altair_chart(drawn(tones(st.context.theme.type)), theme=None, height=264, key="history", alt=told)
    rebuilt = [month(language, d) for d in data.reconstructed(screen.source) if d in past]
    if rebuilt:
        st.caption(say(language, "peers.rebuilt_months", n=len(rebuilt), first=rebuilt[0], last=rebuilt[-1]))
    if near is not None:
        _peers(screen, one, near, cash)


def _no_line(screen: Screen, one: Reading) -> None:
    """Why there is no line yet, and where to bring what it takes."""
    language = screen.language
    if one.value is not None or one.status == "too_few":
        st.markdown(f":gray[{say(language, 'indicators.needs_two')}]")
        return
    st.markdown(md(say(language, "indicators.to_measure", column=figures.enabling(language, one))))
    menu.link("data", label=say(language, "indicators.to_load"))


def _values(screen: Screen, indicator: Indicator, kind: str, wanted: str) -> dict[tuple[datetime.date, str], float]:
    """(Date, column) -> number, of the sheet's unit; what is not known is left out."""
    choices = screen.choices
    product = choices.product if kind == "institution" else None
    names = None if kind == "institution" else (indicator.id,)
    values = reads.figures(screen.source, screen.scope, choices.policy, kind, product, names)
    values = values[(values["indicator"] == indicator.id) & ((kind == "institution") | (values["unit"] == wanted))]
    return {
        (row.period, column): float(getattr(row, column))
        for row in values.itertuples(index=False)
        for column in ("value", "n", "coverage", "low", "high")
        if getattr(row, column) == getattr(row, column)
    }


def _rules(screen: Screen, one: Reading, cash: str) -> list[Rule]:
    found = []
    limits = [("amber", one.limit.amber), ("red", one.limit.red)] if one.limit else []
    if one.limit and one.limit.amber == one.limit.red:  # one line, and the graver word
        limits = limits[1:]
    for level, line in limits:
        for end in line if isinstance(line, tuple) else () if line is None else (line,):
            value = figures.written(screen.language, one.indicator, end, cash)
            found.append(Rule(end, say(screen.language, f"indicators.rule_{level}", value=value), level))
    return found


def _marks(screen: Screen, near: Peers | None) -> Marks | None:
    if near is None:
        return None
    points = [(name, getattr(near, field)) for name, field in POINTS if getattr(near, field) is not None]
    if not points and near.average is not None:
        points = [(say(screen.language, "indicators.average"), near.average)]
    first, last = near.years
    return Marks(tuple(points), str(first) if first == last else f"{first}–{last % 100:02d}", near.hollow)


def _peers(screen: Screen, one: Reading, near: Peers, cash: str) -> None:
    """Who the peers are, with their years; a place among them, and where the figures are from."""
    language = screen.language
    known = [(name, getattr(near, name)) for _, name in POINTS[::-1] if getattr(near, name) is not None]
    levels = [
        say(language, f"indicators.peer_{name}", value=figures.written(language, one.indicator, value, cash))
        for name, value in known
    ]
    place = listed.peer_text(language, one.indicator, near, one.value, cash)
    said = [f"{'○' if near.hollow else '●'} {near.label(language)}", *levels, place.removeprefix("○ ")]
    st.caption(md(" · ".join(text for text in (*said, near.cite(language)) if text)))


def _sheet(
    screen: Screen, indicator: Indicator, values: dict[tuple[datetime.date, str], float], past: list[datetime.date]
) -> Sheet:
    columns = ("value", "n", "coverage", "low", "high")
    kinds = (indicator.unit, "count", "%", indicator.unit, indicator.unit)
    heads = [say(screen.language, "indicators.head_date")]
    heads += [say(screen.language, f"indicators.head_{name}") for name in columns]
    rows: list[list[object]] = [
        [day, *(Figure(values.get((day, name)), kind) for name, kind in zip(columns, kinds, strict=True))]
        for day in past
    ]
    said = phrase(indicator, screen.policy.settings, screen.language)
    notes = [screen.named(indicator), said, indicator.text(screen.language, "source")]
    return Sheet(indicator.text(screen.language, "short"), heads, rows, notes)
