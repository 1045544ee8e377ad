"""Writing a risk: one of the institution's own, or another word, figure or indicator for one that is there."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics.catalogue import indicators
from metrics.register import next_body
from metrics.register.risk import CATEGORIES, MOST, RISK, TOLERANCE
from metrics.register.scales import PARTS, SEVERITIES, VELOCITIES
from metrics.register.standing import Standing
from pages.ui import recording, state
from pages.ui.screen import Screen
from pages.ui.warnings.risk_words import said

ADD, EDIT = "new_risk", "edit_risk"
LONG = ("financial", "social", "causes", "controls", "appetite")
NEW: Mapping[str, Any] = {
    "category": "process", "velocity": "weeks", "indicators": [], "tolerance": TOLERANCE, "review_months": 3,
    "inherent_likelihood": 0.5, "inherent_loss": 0.05, "inherent_harmed": 0.1, "inherent_severity": 2,
    "target_likelihood": 0.1, "target_loss": 0.02, "target_harmed": 0.05, "target_severity": 2,
}  # fmt: skip


def ask(what: str) -> None:
    """Ask for a form; the address keeps it open through a refresh."""
    state.put("show", what)


def close() -> None:
    """Back to where it was asked for."""
    state.put("show")


def show(screen: Screen, one: Standing | None) -> None:
    """The form of a risk that is there, or of a new one."""
    key = f"risk_edit_{one.risk.id}_{one.risk.version}" if one else "risk_new"
    start = one.risk.body if one else NEW
    with st.container(horizontal=True, key="back"):
        st.button(said(screen, "cancel"), key="risk_cancel", type="tertiary", icon=":material/arrow_back:",
                  on_click=close)  # fmt: skip
        if one is not None:
            st.button(said(screen, "remove"), key="risk_remove", type="tertiary", icon=":material/delete:",
                      on_click=_take_away, args=(screen, one), help=said(screen, "remove_help"))  # fmt: skip
    st.header(said(screen, "edit_title" if one else "add_title"), anchor=False)
    with st.form(f"{key}_form", border=False):
        _words(screen, start, key)
        _links(screen, start, key)
        for stage in ("inherent", "target"):
            _place(screen, stage, start, key)
        st.text_input(said(screen, "why"), "", key=f"{key}_why", max_chars=300, help=said(screen, "why_help"))
        recording.author(screen, key)
        st.form_submit_button(said(screen, "keep"), type="primary", key=f"{key}_go", on_click=_keep,
                              args=(screen, one, key))  # fmt: skip


def _words(screen: Screen, start: Mapping[str, Any], key: str) -> None:
    left, right = st.columns(2)
    with left:
        _text(screen, "title", start, key)
    with right:
        _text(screen, "owner", start, key)
    for name in LONG:
        told = said(screen, f"{name}_help") if name in ("financial", "social") else None
        st.text_area(said(screen, f"field_{name}"), start.get(name) or "", height=72, key=f"{key}_{name}",
                     max_chars=1000, help=told)  # fmt: skip


def _text(screen: Screen, name: str, start: Mapping[str, Any], key: str) -> None:
    st.text_input(said(screen, f"field_{name}"), start.get(name) or "", key=f"{key}_{name}", max_chars=120)


def _links(screen: Screen, start: Mapping[str, Any], key: str) -> None:
    known = indicators()
    st.multiselect(
        said(screen, "field_indicators"), list(known), [name for name in start["indicators"] if name in known],
        format_func=lambda name: screen.named(known[name], "short"), key=f"{key}_indicators",
        help=said(screen, "indicators_help"), placeholder=said(screen, "choose_indicators"),
    )  # fmt: skip
    columns = st.columns(4)
    for column, (name, choices) in zip(columns, (("category", CATEGORIES), ("velocity", VELOCITIES)), strict=False):
        with column:
            st.selectbox(said(screen, f"field_{name}"), choices, index=list(choices).index(start[name]),
                         format_func=_choice(screen, name), key=f"{key}_{name}")  # fmt: skip
    with columns[2]:
        st.number_input(said(screen, "field_tolerance"), 1.0, float(MOST), float(start.get("tolerance") or TOLERANCE),
                        0.5, format="%.1f", key=f"{key}_tolerance")  # fmt: skip
    with columns[3]:
        st.number_input(said(screen, "field_review_months"), 1, 24, int(start.get("review_months") or 3),
                        key=f"{key}_review_months")  # fmt: skip


def _choice(screen: Screen, name: str) -> Any:
    return lambda value: said(screen, f"{name}_{value}")


def _place(screen: Screen, stage: str, start: Mapping[str, Any], key: str) -> None:
    """Likelihood, loss and share harmed in percent, and how badly."""
    for column, part in zip(st.columns(4), PARTS, strict=True):
        name = f"{stage}_{part}"
        label, value = said(screen, f"field_{name}"), start[name]
        with column:
            if part == "severity":
                st.selectbox(label, SEVERITIES, index=int(value) - 1, key=f"{key}_{name}",
                             format_func=lambda n: said(screen, f"severity_{n}"))  # fmt: skip
            else:
                st.number_input(label, 0.0, 100.0, round(100 * float(value), 2), 1.0, format="%.1f",
                                key=f"{key}_{name}", help=said(screen, "percent_help"))  # fmt: skip


def given(key: str) -> dict[str, Any]:
    """What stands in the fields: shares as fractions, texts without the blanks around them."""
    found: dict[str, Any] = {}
    for name in ("title", "owner", *LONG, "indicators", "category", "velocity", "tolerance", "review_months"):
        value = st.session_state[f"{key}_{name}"]
        found[name] = value.strip() if isinstance(value, str) else value
    for stage in ("inherent", "target"):
        for part in PARTS:
            value = st.session_state[f"{key}_{stage}_{part}"]
            found[f"{stage}_{part}"] = value if part == "severity" else round(value / 100, 4)
    return found


def _keep(screen: Screen, one: Standing | None, key: str) -> None:
    """Save over the version that was seen; what is refused stays in the fields, with the sentence above them."""
    recording.signed(key)
    why = str(st.session_state[f"{key}_why"]).strip()
    told = given(key)
    if one is None:
        record = recording.keep(screen, RISK, "", told, why, called=told["title"])
    else:
        told = {name: value for name, value in told.items() if name in one.risk.body or value != NEW.get(name)}
        same = {name: one.risk.body[name] for name in told if _unchanged(told[name], one.risk.body.get(name))}
        record = recording.keep(screen, RISK, one.risk.id, next_body(one.risk, told | same), why, one.risk.version,
                                told["title"])  # fmt: skip
    if record is not None:
        close()
        state.put("risk", record.id)
    elif recording.CLASH in st.session_state:
        close()


def _unchanged(told: object, before: object) -> bool:
    """Whether a field still says what was there: a field of figures shows fewer decimals than are kept."""
    if isinstance(told, float) and isinstance(before, (int, float)):
        return abs(told - before) < 0.0005
    return told == before


def _take_away(screen: Screen, one: Standing) -> None:
    """Take a risk out of the register; a shipped one is first written down as it was, so that undo brings it back."""
    version, why = one.risk.version, said(screen, "why_removed")
    if version == 0:
        first = recording.keep(screen, RISK, one.risk.id, next_body(one.risk, {}), why, called=one.risk.title)
        version = first.version if first else 0
    if version and recording.take_away(screen, RISK, one.risk.id, version, why, one.risk.title):
        for name in ("risk", "show"):
            state.put(name)
