"""A person's word on where a risk stands: the suggestion beside it, and why where the two differ."""

import datetime

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.register.reviewing import reviewed
from metrics.register.risk import RISK
from metrics.register.scales import SEVERITIES, Place
from metrics.register.standing import Register, Standing
from metrics.words import date
from pages.ui import recording
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings.risk_words import likelihood, said

PARTS = {"likelihood": "likelihood", "loss": "loss", "harmed": "harm"}  # part of a place -> the column that shows it


def show(screen: Screen, register: Register, one: Standing) -> None:
    """What the data suggest, what was confirmed when, and the form to confirm it now."""
    risk = one.risk
    with st.container(key="head_confirm"):
        st.header(said(screen, "confirm_title"), anchor=False)
    with st.container(key="sheet_confirm"):
        st.markdown(md(_suggestion(screen, one)))
        if risk.residual is not None and risk.reviewed_on is not None:
            told = said(screen, "confirmed_on", likelihood=likelihood(screen, risk.residual.likelihood),
                        day=date(screen.language, risk.reviewed_on), who=risk.who)  # fmt: skip
            st.markdown(md(f"{told} {said(screen, 'because', reason=risk.reason) if risk.reason else ''}"))
        if register.period != screen.options.periods[0]:
            st.markdown(f":gray[{said(screen, 'confirm_past')}]")
            return
        if screen.may("record"):
            _form(screen, register, one)


def _suggestion(screen: Screen, one: Standing) -> str:
    if one.suggested is None or one.pressure is None:
        return said(screen, "suggests_nothing")
    return said(screen, "suggests", likelihood=likelihood(screen, one.suggested), pressure=round(100 * one.pressure))


def _form(screen: Screen, register: Register, one: Standing) -> None:
    """Its fields are named by the version seen: what somebody else saved meanwhile is never overwritten unseen."""
    key = _key(one)
    start = one.now or one.risk.inherent
    with st.form(f"{key}_form", border=False):
        # Rows, not columns: the page's own two columns would press their width on columns inside them.
        with st.container(horizontal=True):
            _number(screen, one, "likelihood", start.likelihood, 0.1)
            _number(screen, one, "loss", start.loss)
        with st.container(horizontal=True):
            _number(screen, one, "harmed", start.harmed)
            st.selectbox(said(screen, "how_badly"), SEVERITIES, index=start.severity - 1, width=210,
                         format_func=lambda n: said(screen, f"severity_{n}"), key=f"{key}_severity")  # fmt: skip
        st.text_area(said(screen, "field_reason"), one.risk.reason, height=72, key=f"{key}_reason", max_chars=500,
                     help=said(screen, "reason_help"))  # fmt: skip
        recording.author(screen, key)
        st.form_submit_button(said(screen, "confirm"), type="primary", key=f"{key}_go", on_click=_confirm,
                              args=(screen, register, one))  # fmt: skip


def _number(screen: Screen, one: Standing, part: str, value: float, least: float = 0.0) -> None:
    """A share, in percent."""
    st.number_input(said(screen, f"col_{PARTS[part]}"), least, 100.0, max(least, round(100 * value, 1)), 1.0,
                    format="%.1f", key=f"{_key(one)}_{part}", width=210, help=said(screen, "percent_help"))  # fmt: skip


def _key(one: Standing) -> str:
    return f"risk_{one.risk.id}_{one.risk.version}"


def _confirm(screen: Screen, register: Register, one: Standing) -> None:
    """Save the review over the version that was seen; runs before the page is drawn again."""
    key = _key(one)
    given = {name: st.session_state[f"{key}_{name}"] for name in ("likelihood", "loss", "harmed", "severity", "reason")}
    recording.signed(key)
    likelihood = given["likelihood"] / 100
    if one.suggested is not None and abs(likelihood - one.suggested) <= 0.0005:  # the field shows a decimal less
        likelihood = one.suggested
    place = Place(
        round(likelihood, 4), round(given["loss"] / 100, 4), round(given["harmed"] / 100, 4), given["severity"]
    )
    try:
        body = reviewed(one, place, register.period, datetime.date.today(), given["reason"])
    except EvenkeelError as error:
        st.session_state[recording.FAULT] = error
        return
    why = body.get("reason") or said(screen, "why_reviewed")
    recording.keep(screen, RISK, one.risk.id, body, str(why), one.risk.version, one.risk.title)
