"""One risk: both legs, where it stands and should stand, what drives it, who acts, and who changed what."""

import streamlit as st

from metrics.catalogue import indicators
from metrics.register.scales import Place
from metrics.register.standing import Register, Standing
from metrics.words import date, number
from pages.ui import menu, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import risk_confirm, risk_form, risk_history
from pages.ui.warnings.risk_words import (
    expected,
    harm,
    likelihood,
    limits,
    points,
    reasons,
    said,
    share,
    trend,
    value,
)  # fmt: skip

LEVELS = {"red": ":red[■]", "amber": ":orange[▲]", "": ":gray[●]"}


def open_one(risk_id: str) -> None:
    """Ask for a risk; the address keeps it open through a refresh."""
    state.put("risk", risk_id)


def open_all() -> None:
    """Back to the whole register."""
    for key in ("risk", "show"):
        state.put(key)
    st.session_state["register_closed"] = st.session_state.get("register_closed", 0) + 1


def show(screen: Screen, register: Register, one: Standing) -> None:
    """The sheet: what it is at the left, where it stands and the confirmation at the right."""
    with st.container(horizontal=True, key="back"):
        st.button(said(screen, "back"), key="risk_back", type="tertiary", icon=":material/arrow_back:",
                  on_click=open_all)  # fmt: skip
        if screen.may("record"):
            st.button(said(screen, "edit"), key="risk_edit", type="tertiary", icon=":material/edit:",
                      on_click=risk_form.ask, args=(risk_form.EDIT,))  # fmt: skip
    with st.container(key="main_columns"):
        left, right = st.columns([720, 472])
    with left:
        _what(screen, one)
        _drivers(screen, one)
    with right:
        _places(screen, register, one)
        risk_confirm.show(screen, register, one)
    risk_history.actions(screen, one.risk)
    risk_history.voices(screen, one.risk)
    risk_history.show(screen, one.risk)


def _what(screen: Screen, one: Standing) -> None:
    """Both legs, then causes, controls, appetite."""
    risk = one.risk
    with st.container(key="head_risk"):
        st.header(f"{said(screen, 'legs')} :gray[{md(said(screen, f'category_{risk.category}'))}]", anchor=False)
    with st.container(key="sheet_legs"):
        for leg, tone in (("financial", "blue"), ("social", "green")):
            st.markdown(f":{tone}[**{said(screen, f'field_{leg}')}**]&ensp;{md(getattr(risk, leg))}")
        facts = {
            said(screen, f"field_{name}"): md(getattr(risk, name) or "–")
            for name in ("causes", "controls", "appetite", "owner")
        }
        facts[said(screen, "field_velocity")] = said(screen, f"velocity_{risk.velocity}")
        st.table(facts, border="horizontal")


def _drivers(screen: Screen, one: Standing) -> None:
    """Every linked indicator: value with its people, six months before, limits, and how it presses."""
    with st.container(key="head_drivers"):
        pressed = "drivers_none" if one.pressure is None else "drivers_note"
        note = said(screen, pressed, pressure=share(screen, one.pressure or 0.0))
        st.header(f"{said(screen, 'drivers')} :gray[{md(note)}]", anchor=False)
    heads = [said(screen, f"drive_{name}") for name in ("indicator", "value", "before", "limits", "pressure")]
    rows = []
    for push in one.pushes:
        people = said(screen, "of_people", n=int(push.n)) if push.n else ""
        now = f"{LEVELS[push.level]} {md(value(screen, push, push.value))} :gray[{people}]"
        shown = [
            md(_name(screen, push.indicator)), now if push.value is not None else said(screen, "not_measured"),
            md(value(screen, push, push.before)) + _moved(screen, push.trend),
            md(limits(screen, push)),
            said(screen, "no_pressure") if push.pressure is None else share(screen, push.pressure),
        ]  # fmt: skip
        rows.append(dict(zip(heads, shown, strict=True)))
    with st.container(key="sheet_drivers"):
        st.table(rows, border="horizontal", hide_index=True, alt=said(screen, "drivers_alt", risk=one.risk.title))
        names = [push.indicator for push in one.pushes]
        if names:
            menu.link("indicators", label=said(screen, "to_indicator", name=_name(screen, names[0])),
                         query_params={"indicator": names[0]})  # fmt: skip


def _moved(screen: Screen, name: str) -> str:
    return f", {said(screen, f'moved_{name}')}" if name else ""


def _name(screen: Screen, indicator: str) -> str:
    return screen.named(indicators()[indicator], "short")


def _places(screen: Screen, register: Register, one: Standing) -> None:
    """Without controls, at the last review, now, and as target: a column each."""
    with st.container(key="head_places"):
        st.header(f"{said(screen, 'places')} :gray[{md(said(screen, f'state_{one.state}'))}]", anchor=False)
    stages = {"inherent": one.risk.inherent, "before": one.before, "now": one.now, "target": one.risk.target}
    heads = {
        name: said(screen, "stage_before", day=date(screen.language, one.since)) if name == "before" and one.since
        else said(screen, f"stage_{name}") for name, place in stages.items() if place is not None
    }  # fmt: skip
    rows = [
        {said(screen, "stage"): head} | _cells(screen, register, place)
        for name, head in heads.items() if (place := stages[name]) is not None
    ]  # fmt: skip
    st.table(rows, border="horizontal", hide_index=True, alt=said(screen, "places_alt", risk=one.risk.title))
    told = [
        said(
            screen,
            "accepted",
            points=points(screen, one.appetite),
            times=number(screen.language, one.risk.tolerance, int(one.risk.tolerance % 1 > 0)),
        )
    ]
    told += [trend(screen, one), *reasons(screen, one)]
    st.markdown(f":gray[{md(' · '.join(text for text in told if text))}]")


def _cells(screen: Screen, register: Register, place: Place) -> dict[str, str]:
    return {
        said(screen, "col_likelihood"): md(likelihood(screen, place.likelihood)),
        said(screen, "col_loss"): md(share(screen, place.loss)),
        said(screen, "col_harm"): md(harm(screen, place)),
        said(screen, "col_expected"): f"**{md(expected(screen, place, register.rule))}**",
    }
