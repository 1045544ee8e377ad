"""Inputs that pages share; each writes its choice into the address."""

import datetime

import streamlit as st

from metrics.words import date, month, percent
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.text import md

ALL = ""
FIRST_LOOK = "first_look"


def filters(screen: Screen) -> None:
    """The filter button, whose label is the present choice, with date, branches and product inside."""
    with st.popover(md(_label(screen)), type="tertiary"):
        _period(screen)
        if screen.options.branches:
            _branches(screen)
        if screen.options.products:
            _product(screen)
        if screen.choices.branches or screen.choices.product or screen.choices.period:
            st.button(screen.say("filter_reset"), key="filter_reset", type="tertiary", on_click=_reset)


def day_text(screen: Screen, day: datetime.date) -> str:
    """A date as its month, or in full where a month has several."""
    same = [other for other in screen.options.periods if (other.year, other.month) == (day.year, day.month)]
    return month(screen.language, day) if len(same) < 2 else date(screen.language, day)


def policy(screen: Screen, coverage: float | None = None, first_look: bool = True) -> None:
    """The weighting button, whose label is the present one, with all of them inside.

    Args:
        screen: the run's screen.
        coverage: what of the weighting is measured, to be said beside one that is not the usual.
        first_look: whether the first look is among them; it is for data that measure too little for the others.
    """
    titles = {
        name: screen.policy_title(name)
        for name in screen.options.policies
        if first_look or name != FIRST_LOOK or name == screen.choices.policy
    }
    note = "" if coverage is None else weighting_note(screen, coverage)
    present = note or short_title(titles[screen.choices.policy])
    with st.popover(md(screen.say("policy_is", title=present)), type="tertiary"):
        _show("policy", screen.choices.policy)
        st.radio(
            screen.say("policy"),
            list(titles),
            format_func=lambda name: md(titles[name]),
            key="w_policy",
            on_change=_weighting,
            args=(screen.options.default,),
        )


def weighting_note(screen: Screen, coverage: float) -> str:
    """The weighting's name with what of it is measured, where it is not the usual one; else empty."""
    if screen.choices.policy == screen.options.default:
        return ""
    title = short_title(screen.policy_title())
    return screen.say("weighting_note", title=title, share=percent(screen.language, coverage, 0))


def short_title(title: str) -> str:
    """A weighting's name without the explanation behind its colon."""
    return title.partition(":")[0].strip()


def _label(screen: Screen) -> str:
    options, choices = screen.options, screen.choices
    parts = []
    if len(choices.branches) == 1:
        parts.append(options.branches[choices.branches[0]])
    elif choices.branches:
        parts.append(screen.say("units_branch", n=len(choices.branches)))
    elif options.branches:
        parts.append(screen.say("filter_all_branches"))
    if options.products:
        parts.append(options.products[choices.product] if choices.product else screen.say("filter_all_products"))
    parts.append(day_text(screen, choices.period or options.periods[0]))
    return " · ".join(parts)


def _period(screen: Screen) -> None:
    newest = screen.options.periods[0]
    _show("period", screen.choices.period or newest)
    st.selectbox(
        screen.say("filter_period"),
        list(screen.options.periods),
        format_func=lambda day: day_text(screen, day),
        key="w_period",
        on_change=_chosen,
        args=("period", newest),
    )


def _branches(screen: Screen) -> None:
    names = screen.options.branches
    _show("branch", list(screen.choices.branches))
    st.multiselect(
        screen.say("filter_branches"),
        list(names),
        format_func=names.__getitem__,
        placeholder=screen.say("filter_all_branches"),
        key="w_branch",
        select_all=False,
        on_change=_several,
        args=("branch",),
    )


def _product(screen: Screen) -> None:
    names = {ALL: screen.say("filter_all_products"), **screen.options.products}
    _show("product", screen.choices.product or ALL)
    st.selectbox(
        screen.say("filter_product"),
        list(names),
        format_func=names.__getitem__,
        key="w_product",
        on_change=_chosen,
        args=("product", ALL),
    )


def _show(key: str, value: object) -> None:
    """The address is the truth; the widget follows it."""
    st.session_state[f"w_{key}"] = value


def _chosen(key: str, default: object) -> None:
    value = st.session_state[f"w_{key}"]
    state.put(key, *(() if value == default else (str(value),)))


def _weighting(default: str) -> None:
    """Another weighting brings its own social share and its own themes."""
    _chosen("policy", default)
    state.put("social")
    state.put("themes")


def _several(key: str) -> None:
    state.put(key, *st.session_state[f"w_{key}"])


def _reset() -> None:
    for key in ("period", "branch", "product"):
        state.put(key)
