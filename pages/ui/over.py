"""Units or dates: Trade-offs compares branches, or one branch or the institution with itself at other dates."""

from contextlib import closing
from dataclasses import replace

import streamlit as st

from metrics import over_dates, words
from metrics.over_dates import OverDates
from metrics.picture import Picture
from metrics.store import Scope
from pages.ui import data, state
from pages.ui.compare_words import said
from pages.ui.screen import Screen
from pages.ui.text import md

UNITS, OF, DATES = "units", "of", "dates"
WHOLE = ""
# Words of the component that say unit -> those that say date.
OWN = {
    "list_head": "list", "stays_first": "first", "label_leads": "lead", "never": "never", "column_unit": "column_unit",
    "nothing_moved": "nothing_moved", "nothing_yet": "nothing_yet",
}  # fmt: skip


def chosen() -> bool:
    """Whether dates are compared."""
    return state.given(UNITS) == DATES


def choice(screen: Screen, shown: Picture) -> None:
    """The button whose label is what is compared, with the choice inside."""
    names = _names(screen, shown)
    kinds = [f"units_{'units' if shown.by == 'branch' else 'institutions'}", "units_dates"]
    what = said(screen, "dates_of", name=names[_of(names)]) if chosen() else said(screen, kinds[0])
    with st.popover(md(said(screen, "units_is", what=what)), type="tertiary"):
        st.session_state["w_units"] = chosen()
        st.radio(
            said(screen, "units_label"), [False, True], key="w_units", on_change=_units, horizontal=True,
            format_func=lambda dates: said(screen, kinds[dates]),
        )  # fmt: skip
        if chosen():
            st.session_state["w_of"] = _of(names)
            st.selectbox(said(screen, "units_of"), list(names), format_func=names.__getitem__, key="w_of",
                         help=said(screen, "units_of_help"), on_change=_whose)  # fmt: skip


def _names(screen: Screen, shown: Picture) -> dict[str, str]:
    """Whose dates there are: the institution's as a whole, and each unit's."""
    return {WHOLE: said(screen, "units_whole"), **{unit.id: unit.name for unit in shown.units}}


def _of(names: dict[str, str]) -> str:
    asked = state.given(OF) or WHOLE
    return asked if asked in names else WHOLE


def _units() -> None:
    state.put(UNITS, *([DATES] if st.session_state["w_units"] else []))
    state.put("unit")


def _whose() -> None:
    state.put(OF, *([st.session_state["w_of"]] if st.session_state["w_of"] else []))


@st.cache_resource(show_spinner=False, max_entries=32)
def found(
    source: data.Source, scope: Scope, choices: state.Choices, by: str, language: str, unit: str
) -> OverDates | None:
    """One unit at its dates under the reader's choices."""
    shown = data.picture(source, scope, choices, by)
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor:
        return None if shown is None else over_dates.over_dates(cursor, shown, language, unit or None, where)


def live(screen: Screen, shown: Picture) -> dict[str, object] | None:
    """The component's data with dates for units, where dates are compared; the findings stand in its words."""
    if not chosen():
        return None
    names = _names(screen, shown)
    asked = (screen.language, _of(names))
    with st.spinner(screen.say("computing")):
        now = found(screen.source, screen.scope, screen.choices, screen.by, *asked)
        plain = found(screen.source, screen.scope, replace(screen.choices, themes=()), screen.by, *asked)
    if now is None or plain is None:
        st.markdown(f":gray[{md(said(screen, 'dates_none', name=names[_of(names)]))}]")
        return None
    component = words.area(screen.language, "component")
    own = {there: words.catalogue(screen.language)[f"compare.dates_{here}"] for there, here in OWN.items()}
    own["finding_nothing"] = _plain(" ".join(over_dates.headline(now, screen.language)))
    return {**over_dates.dates_data(plain, screen.language), "words": {**component, **own}}


def _plain(text: str) -> str:
    """A text that the component writes as it is: no place in it is filled."""
    return text.replace("{", "(").replace("}", ")")


def note(screen: Screen, shown: Picture) -> None:
    """Below the component: the findings that its headline leaves out, and how many figures have no limit."""
    if not chosen():
        return
    now = found(screen.source, screen.scope, screen.choices, screen.by, screen.language, _of(_names(screen, shown)))
    if now is not None:
        told = over_dates.headline(now, screen.language)
        texts = [text for text in over_dates.findings(now, screen.language) if text not in told]
        if now.unlimited:
            texts.append(said(screen, "dates_unlimited", n=now.unlimited))
        if texts:
            st.caption(md(" ".join(texts)))
