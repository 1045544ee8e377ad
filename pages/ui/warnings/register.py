"""The register: every risk with both legs, what it is now and where it should be."""

from pathlib import Path
from typing import Any

import streamlit as st

from metrics.charts import register as drawing
from metrics.charts.tones import Tones, tones
from metrics.errors import EvenkeelError
from metrics.register.standing import Register, Standing
from metrics.words import date, month
from pages.ui import state, take
from pages.ui.screen import Screen
from pages.ui.text import md, sentences
from pages.ui.warnings import register_table, risk_form, risk_reads, risk_sheet
from pages.ui.warnings.risk_words import expected, likelihood, points, reasons, rule_text, said, trend

FIRST = 5
STYLE = Path(__file__).with_name("register.css")


def headline(screen: Screen) -> str:
    """How many risks stand above their appetite, and which moved most since its last review."""
    try:
        register = risk_reads.found(screen)
    except EvenkeelError as error:
        return error.text(screen.language)
    one = risk_reads.one(register, state.given("risk"))
    if one is not None:
        return _headline_of(screen, one, register)
    total = len(register.standings)
    first = said(screen, "head_above", n=len(register.above), total=total)
    if not register.above:
        first = said(screen, "head_none", total=total)
    most = register.moved_most
    if most is None or most.since is None:
        return said(screen, "head_still", first=first)
    since = month(screen.language, most.since, year=False)
    return said(screen, f"head_moved_{most.trend}", first=first, risk=most.risk.title, since=since)


def _headline_of(screen: Screen, one: Standing, register: Register) -> str:
    """One risk: where it stands against what is accepted."""
    if one.now is None:
        return said(screen, "head_one_unknown", risk=one.risk.title)
    name = "head_one_above" if one.above else "head_one_within"
    return said(screen, name, risk=one.risk.title, points=points(screen, register.rule.expected(one.now)),
                appetite=points(screen, one.appetite))  # fmt: skip


def second(screen: Screen) -> str:
    """How many a person has confirmed, how many reviews are overdue, and the date of the figures."""
    try:
        register = risk_reads.found(screen)
    except EvenkeelError:
        return ""
    one = risk_reads.one(register, state.given("risk"))
    if one is not None:
        return _second_of(screen, one, register)
    stands = register.standings
    overdue = sum(one.overdue for one in stands)
    parts = [said(screen, "second_reviewed", n=sum(one.risk.residual is not None for one in stands), total=len(stands))]
    parts += [said(screen, "second_moved", n=moved)] if (moved := sum(one.state == "moved" for one in stands)) else []
    parts += [said(screen, "second_overdue", n=overdue)] if overdue else []
    return " · ".join([*parts, said(screen, "second_day", day=date(screen.language, register.period))])


def _second_of(screen: Screen, one: Standing, register: Register) -> str:
    parts = [said(screen, "second_owner", owner=one.risk.owner or said(screen, "nobody"))]
    if one.risk.reviewed_on:
        parts.append(said(screen, "second_on", day=date(screen.language, one.risk.reviewed_on)))
    return " · ".join([*parts, said(screen, "second_day", day=date(screen.language, register.period))])


def show(screen: Screen) -> None:
    """One risk where the address asks for it, a form where that is asked for, else all of them."""
    st.html(STYLE)
    try:
        register = risk_reads.found(screen)
    except EvenkeelError as error:
        st.markdown(sentences(screen.language, error))
        return
    asked, wanted = state.given("risk"), state.given("show") if screen.may("record") else None
    one = risk_reads.one(register, asked)
    if asked and one is None:
        state.put("risk")
        st.toast(state.unknown_text(screen.language, (("risk", asked),)))
    if wanted == risk_form.ADD or (one is not None and wanted == risk_form.EDIT):
        risk_form.show(screen, one if wanted == risk_form.EDIT else None)
    elif one is not None:
        risk_sheet.show(screen, register, one)
    else:
        _all(screen, register)


def _all(screen: Screen, register: Register) -> None:
    with st.container(key="main_columns"):
        left, right = st.columns([720, 472])
    with left:
        _picture(screen, register)
    with right:
        _first(screen, register)
    register_table.show(screen, register)


def _picture(screen: Screen, register: Register) -> None:
    """Likelihood against impact, with lines of equal expected impact and arrows since the last review."""
    look = tones(st.context.theme.type)
    rows = drawing.frame(register, screen.language, look)
    with st.container(key="head_register", horizontal=True, horizontal_alignment="distribute"):
        st.header(f"{said(screen, 'chart_title')} :gray[{md(said(screen, 'chart_note'))}]", anchor=False)
        if len(rows):
            _take(screen, register)
    if not len(rows):
        st.markdown(f":gray[{said(screen, 'chart_empty')}]")
        return
    key = f"register_where_{st.session_state.get('register_closed', 0)}"
    st.altair_chart(
        drawing.scatter(rows, screen.language, look), theme=None, height=drawing.HEIGHT + 52, key=key,
        on_select=lambda: _picked(key), alt=_alt(screen, register),
    )  # fmt: skip
    marks = said(screen, "marks")
    st.markdown(f":gray[:small[{md(marks)} {md(rule_text(screen, register))} {md(said(screen, 'point'))}]]")


def _take(screen: Screen, register: Register) -> None:
    def drawn(look: Tones) -> Any:
        return drawing.scatter(drawing.frame(register, screen.language, look), screen.language, look)

    take.chart(
        screen, "register", said(screen, "chart_title"), drawn, lambda: register_table.sheets(screen, register),
        "take_register",
    )  # fmt: skip


def _picked(key: str) -> None:
    marks = st.session_state[key].selection.get(drawing.SELECT) or []
    if marks:
        risk_sheet.open_one(marks[0]["id"])


def _alt(screen: Screen, register: Register) -> str:
    """The chart in words: its finding, and each risk above its appetite with its place."""
    parts = [said(screen, "chart_alt", total=len(register.standings))]
    for one in register.above:
        if one.now is not None:
            likely = likelihood(screen, one.now.likelihood)
            much = expected(screen, one.now, register.rule)
            parts.append(said(screen, "chart_alt_one", risk=one.risk.title, likelihood=likely, expected=much))
    return " ".join(parts)


def _first(screen: Screen, register: Register) -> None:
    """The risks above their appetite, furthest above first, each with why."""
    above = register.above
    with st.container(key="head_register_first"):
        st.header(f"{said(screen, 'first_title')} :gray[{said(screen, 'first_note')}]", anchor=False)
    if not above:
        st.markdown(f":gray[{said(screen, 'first_none')}]")
    for one in above[:FIRST]:
        _line(screen, register, one)
    if len(above) > FIRST:
        st.markdown(f":gray[{said(screen, 'first_more', n=len(above) - FIRST)}]")


def _line(screen: Screen, register: Register, one: Standing) -> None:
    assert one.now is not None
    with st.container(key=f"act_roomy_{one.risk.id}", gap=None):
        with st.container(horizontal=True, key=f"line_one_{one.risk.id}"):
            st.button(f":red[■] **{md(one.risk.title)}**", key=f"risk_open_{one.risk.id}", type="tertiary",
                      on_click=risk_sheet.open_one, args=(one.risk.id,))  # fmt: skip
        told = said(screen, "first_line", points=points(screen, register.rule.expected(one.now)),
                    appetite=points(screen, one.appetite), owner=one.risk.owner or said(screen, "nobody"))  # fmt: skip
        st.markdown(md(told))
        why = [text for text in [trend(screen, one), *reasons(screen, one)] if text]
        st.markdown(f":gray[:small[{md(' · '.join(why))}]]")
