"""Mission drift: new clients against those who are here."""

from typing import Any

import streamlit as st

from metrics.charts import drift as charts
from metrics.charts.tones import Tones, tones
from metrics.drift import telling
from metrics.drift.gaps import Drift
from metrics.words import date
from pages.ui import take
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import drift_about, drift_reads
from pages.ui.warnings.drift_reads import said


def headline(screen: Screen) -> str:
    """In how many traits new clients drift, and which."""
    return telling.headline(drift_reads.found(screen), screen.language)


def second(screen: Screen) -> str:
    """How many are new, and what is not known of them."""
    found = drift_reads.found(screen)
    if not found:
        return ""
    whole = found[0]
    text = said(screen, "second", n=whole.people, here=whole.here, day=date(screen.language, whole.day))
    return f"{text} · {said(screen, 'second_missing', n=len(whole.missing))}" if whole.missing else text


def show(screen: Screen) -> None:
    """The picture of one unit at the left; what to do, the branches that drift and what is not known at the right."""
    found = drift_reads.found(screen)
    if not found:
        return
    with st.container(key="sections_drift"):
        left, right = st.columns([13, 7], gap="large")
    with left:
        shown = drift_reads.chosen(screen, found)
        _sentences(screen, shown)
        _picture(screen, shown)
    with right:
        drift_about.branches(screen, found)
        drift_about.missing(screen, shown)
        drift_about.how(screen, shown)


def _sentences(screen: Screen, shown: Drift) -> None:
    """Each drift in a sentence with its figures and the way to act on it; else the nearest to one."""
    drifting = shown.drifting
    near = [gap for gap in shown.gaps if gap.toward and not gap.drifts]
    for gap in drifting or sorted(near, key=lambda one: one.corrected)[:1]:
        mark = ":red[■] " if gap.drifts else ""
        st.markdown(mark + md(telling.sentence(gap, screen.language)))
    if drifting and screen.may("record") and st.button(said(screen, "act"), key="drift_act", type="primary"):
        from pages.ui.voices.actions import open_form

        told = telling.listed([telling.what(gap, screen.language) for gap in drifting], screen.language)
        about = {"branch_id": shown.unit} if shown.by == "branch" else {}
        about |= {"effect_indicator_id": drift_reads.watched(drifting), "origin": f"drift/{shown.unit}"}
        open_form(screen, risk_id="mission_drift", action=said(screen, "action_text", what=told), **about)


def _picture(screen: Screen, shown: Drift) -> None:
    if not shown.gaps:
        return
    language = screen.language
    rows = charts.frame(shown, language)

    def drawn(look: Tones) -> Any:
        return charts.gaps(rows, language, look)

    each = "; ".join(f"{row.trait}, {row.against}: {row.text}" for row in rows.itertuples())
    made, found = drift_about.sheets(screen, shown), telling.headline([shown], language)
    about = said(screen, "alt", finding=found, gaps=each)
    with st.container(key="head_drift", horizontal=True, horizontal_alignment="distribute"):
        st.header(said(screen, "picture"), anchor=False)
        take.chart(screen, f"drift-{shown.unit}", found, drawn, lambda: made, "take_drift")
    chart = drawn(tones(st.context.theme.type))
    st.altair_chart(chart, theme=None, height=charts.height(shown), key="drift_picture", alt=about)
    st.caption(md(said(screen, "key")))
    drift_about.table(screen, shown)
