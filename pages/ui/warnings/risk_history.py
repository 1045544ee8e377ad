"""What is done about a risk, and who changed what of it, when, from what."""

from contextlib import closing

import streamlit as st

from metrics import actions as acts
from metrics.register import Risk, changes
from metrics.words import date, percent
from pages.ui import menu, recording
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices.actions import open_form
from pages.ui.warnings import risk_reads
from pages.ui.warnings.risk_words import said

SHARES = ("likelihood", "loss", "harmed", "suggested")
CHOICES = ("category", "velocity")
MOST = 60


def actions(screen: Screen, risk: Risk) -> None:
    """The actions that name this risk, overdue ones first, and the way to a new one."""
    day = risk_reads.period(screen)
    with closing(screen.source.store.cursor()) as cursor:
        found = [one for one in acts.listed(cursor) if one.risk_id == risk.id]
    ordered = acts.ordered(found, day)
    going = [one for one in ordered if one.status(day) in ("overdue", "open")]
    with st.container(key="head_risk_actions"):
        st.header(
            f"{said(screen, 'actions', n=len(going))} :gray[{said(screen, 'actions_all', n=len(found))}]", anchor=False
        )
    if going:
        heads = [said(screen, f"act_{name}") for name in ("what", "owner", "due", "status")]
        rows = [
            (md(one.action), md(one.owner), date(screen.language, one.due_on) if one.due_on else "–",
             said(screen, f"act_{one.status(day)}")) for one in going[:8]
        ]  # fmt: skip
        st.table([dict(zip(heads, row, strict=True)) for row in rows], border="horizontal", hide_index=True)
    if st.button(said(screen, "act_new"), key="risk_act"):
        open_form(screen, risk_id=risk.id, effect_indicator_id=risk.indicators[0], origin=f"risk/{risk.id}")


def voices(screen: Screen, risk: Risk) -> None:
    """How many voices name this risk, and the way to them."""
    now, before = risk_reads.heard(screen, risk.id)
    day = risk_reads.period(screen)
    with st.container(key="head_risk_voices"):
        st.header(said(screen, "voices", n=now), anchor=False)
    st.markdown(said(screen, "voices_when", n=before, until=day))
    menu.link("voices", label=said(screen, "to_voices"), query_params={"show": "all"})


def show(screen: Screen, risk: Risk) -> None:
    """Every change, the latest first; the first one of a shipped risk says what was shipped."""
    with closing(screen.source.store.cursor()) as cursor:
        found = changes(cursor, risk.id)
    versions = len({change.record.version for change in found})
    if not found:
        st.markdown(f":gray[{recording.said(screen, 'no_history')}]")
        return
    with st.expander(recording.said(screen, "history", n=versions)):
        heads = [
            recording.said(screen, f"column_{name}") for name in ("when", "who", "field", "before", "after", "why")
        ]
        rows = [
            (date(screen.language, one.record.at.date()), one.record.who, said(screen, f"field_{one.field}"),
             _shown(screen, one.field, one.before), _shown(screen, one.field, one.after), one.record.why)
            for one in found[:MOST]
        ]  # fmt: skip
        st.dataframe([dict(zip(heads, row, strict=True)) for row in rows], hide_index=True,
                     alt=said(screen, "history_alt", risk=risk.title))  # fmt: skip


def _shown(screen: Screen, field: str, value: object) -> str:
    """A value as a reader sees it: shares in percent, choices by their names."""
    if value is None:
        return recording.shown(value)
    if isinstance(value, (int, float)) and field.rpartition("_")[2] in SHARES:
        return percent(screen.language, float(value), 1)
    if field in CHOICES:
        return said(screen, f"{field}_{value}")
    return recording.shown(value)
