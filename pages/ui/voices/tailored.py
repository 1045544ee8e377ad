"""Products and services that the needs of a segment suggest."""

import functools
from pathlib import Path

import streamlit as st

from metrics.charts import needs as charts
from metrics.charts.tones import tones
from metrics.tailoring import telling
from metrics.words import date
from pages.ui import take
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import need_about, need_card, need_reads
from pages.ui.voices.need_reads import Seen, said

STYLE = Path(__file__).with_name("need.css")


def headline(screen: Screen) -> str:
    """How many needs wait for an answer, and the plainest."""
    seen = need_reads.seen(screen)
    if seen is None:
        return said(screen, "head_nothing")
    shown = seen.waiting or list(seen.looked.needs)
    return telling.headline(shown, seen.looked, len(seen.waiting), screen.language, seen.names)


def second(screen: Screen) -> str:
    """How many segments were looked at, and of when."""
    seen = need_reads.seen(screen)
    if seen is None:
        return ""
    text = said(screen, "second", n=seen.looked.looks, day=date(screen.language, seen.day))
    return f"{text} · {said(screen, 'second_few', n=seen.looked.few)}" if seen.looked.few else text


def show(screen: Screen) -> None:
    """What waits and what was answered at the left; the picture and what was not found at the right; the rules."""
    seen = need_reads.seen(screen)
    if seen is None:
        return
    st.html(STYLE)
    with st.container(key="sections_needs"):
        left, right = st.columns([13, 7], gap="large")
    with left:
        if seen.waiting:
            st.header(said(screen, "waiting", n=len(seen.waiting)), anchor=False)
            for place, one in enumerate(seen.waiting):
                need_card.show(screen, seen, one, place)
        else:
            st.markdown(f":gray[{said(screen, 'waiting_none')}]")
        need_card.answered(screen, seen)
    with right:
        _picture(screen, seen)
        need_about.not_found(screen, seen)
    need_about.rules(screen)
    need_card.asked(screen, seen)


def _picture(screen: Screen, seen: Seen) -> None:
    needs = seen.looked.needs
    if not needs:
        return
    rows = charts.frame(needs, screen.language, seen.names)
    about = "; ".join(f"{row['name']}: {row['text']} / {row['other']}" for row in rows.to_dict("records"))
    chart = charts.pairs(rows, tones(st.context.theme.type))
    made = need_about.sheets(screen, seen)
    title = said(screen, "picture")
    with st.container(key="head_needs", horizontal=True, horizontal_alignment="distribute"):
        st.header(title, anchor=False)
        take.chart(screen, "needs", title, functools.partial(charts.pairs, rows), lambda: made, "take_needs")
    st.altair_chart(chart, theme=None, height=charts.height(len(rows)), key="need_picture", alt=about)
    st.caption(md(said(screen, "picture_key")))
