"""What is on its way to its limit: days by the trend, with an interval; silent where that is not known."""

import streamlit as st

from metrics.appetite.coming import Coming, soon
from metrics.appetite.forecasts import FEWEST, Forecast
from metrics.catalogue import indicators
from metrics.charts.breach import picture
from metrics.charts.tones import tones
from metrics.values import FEWEST as PEOPLE
from pages.ui import menu
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import limits_reads
from pages.ui.warnings.limits_terms import said

MOST = 6


def show(screen: Screen) -> None:
    """The figures that may pass their limit within half a year, the soonest first; and why others are not said."""
    with st.spinner(screen.say("computing")):
        soon = soonest(screen)
    with st.container(key="head_next"):
        st.header(f"{said(screen, 'title_next', n=len(soon))} :gray[{said(screen, 'note_next')}]", anchor=False)
    for place, one in enumerate(soon[:MOST]):
        with st.container(key=f"nxt_{place}", gap=None):
            _row(screen, one)
    if not soon:
        st.markdown(f":gray[{_silent(screen)}]")
    kept = limits_reads.kept_back(screen)
    if kept:
        st.markdown(f":gray[{said(screen, 'kept_back', n=kept, least=PEOPLE)}]")


def soonest(screen: Screen) -> list[Coming]:
    """The figures whose trend passes their limit within half a year."""
    return [one for one in limits_reads.coming(screen) if soon(one)]


def _silent(screen: Screen) -> str:
    """Why no forecast is given: the history is too short, or nothing moves clearly towards its limit."""
    dates = len(limits_reads.dates(screen))
    return said(screen, "next_short", n=dates, least=FEWEST) if dates < FEWEST else said(screen, "next_none")


def _row(screen: Screen, one: Coming) -> None:
    indicator = indicators()[one.indicator]
    cash = reads.currency(screen.source, screen.scope)
    value, line = (figures.written(screen.language, indicator, number, cash) for number in (one.value, one.line))
    name, now, trend, ahead = st.columns([4.4, 3.2, 1.5, 3], gap="small", vertical_alignment="center")
    with name:
        asked = {"indicator": one.indicator, **({"unit": one.unit} if one.by == "branch" else {})}
        label = f"**{md(screen.named(indicator, 'plain'))}** · {md(one.name)}"
        menu.link("indicators", label=label, query_params=asked)
    with now:
        level = said(screen, f"level_{one.level}")
        st.markdown(f"**{md(value)}**{md(said(screen, 'against', level=level, line=line))}")
    with trend:
        values = limits_reads.series(screen, one.by, one.indicator, one.unit)
        known = [number for number in values if number is not None]
        first = figures.written(screen.language, indicator, known[0], cash) if known else "–"
        alt = said(screen, "small_alt", n=len(values), first=first, value=value, line=line)
        st.html(picture(values, one.line, "", alt, tones(st.context.theme.type)))
    with ahead:
        if one.forecast is not None:
            st.markdown(md(days_text(screen, one.forecast)))


def days_text(screen: Screen, one: Forecast) -> str:
    """In how many days, between which ends, from how many dates."""
    if one.high is None:
        return said(screen, "days_open", n=one.days, low=one.low, dates=one.n)
    return said(screen, "days", n=one.days, low=one.low, high=one.high, dates=one.n)
