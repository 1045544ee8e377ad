"""Methods: every definition with its formula, example and source."""

import streamlit as st

from metrics.catalogue import Indicator, indicators
from metrics.words import say
from pages.ui import parts, robustness, sheet, state, trace, unmeasured, weights
from pages.ui.screen import Screen, require
from pages.ui.settings.controls import sentence
from pages.ui.text import md

PARTS = {
    "definitions": lambda screen: definitions(screen),
    "picture": trace.show,
    "weighting": weights.show,
    "reading": weights.reading,
    "missing": unmeasured.show,
    "robustness": robustness.show,
}
FIRST = "par30"


def matching(screen: Screen, wanted: str) -> list[Indicator]:
    """Indicators whose id, names, summary or standards hold every word that is searched for."""
    words = wanted.casefold().split()
    found = []
    for indicator in indicators().values():
        texts = [indicator.text(screen.language, name) for name in ("title", "short", "plain", "summary")]
        risks = [say(screen.language, "risks." + risk) for risk in indicator.risk]
        whole = " ".join([indicator.id, *texts, *indicator.standard, *risks]).casefold()
        if all(word in whole for word in words):
            found.append(indicator)
    return found


def listed(screen: Screen, chosen: str) -> None:
    """The searchable list; a click puts the indicator into the address."""
    label = screen.say("search")
    look = {"label_visibility": "collapsed", "placeholder": label}
    wanted = st.text_input(label, key="search", type="search", live=True, **look)
    found = matching(screen, wanted or "")
    st.caption(screen.say("found", n=len(found)))
    last = ""
    with st.container(height=560, border=False, key="index", gap=None):
        for indicator in found:
            if indicator.theme != last:
                last = indicator.theme
                theme = say(screen.language, f"themes.{indicator.theme}")
                st.caption(f"{sentence(screen.say('side_' + indicator.pillar))} · {md(theme)}")
            title = md(indicator.text(screen.language, "title"))
            st.button(
                f"**{title}**" if indicator.id == chosen else title,
                key=f"go_{indicator.id}",
                type="tertiary",
                on_click=state.put,
                args=("indicator", indicator.id),
            )


def definitions(screen: Screen) -> None:
    """The list at the left, one definition at the right."""
    asked = state.given("indicator")
    if asked and asked not in indicators():
        st.warning(md(state.unknown_text(screen.language, (("indicator", asked),))))
        state.put("indicator")
        asked = None
    chosen = asked or FIRST
    with st.container(key="methods_columns"):
        left, right = st.columns([320, 864], gap="medium")
    with left:
        listed(screen, chosen)
    with right:
        sheet.show(screen, indicators()[chosen])


screen = require()
count = {pillar: sum(i.pillar == pillar for i in indicators().values()) for pillar in ("financial", "social")}
with st.container(key="head"):
    st.title(screen.say("head_methods", n=sum(count.values()), **count), anchor=False)
    chosen_part = parts.chosen(screen, list(PARTS), lambda name: screen.say(f"part_{name}"), "w_part")
with st.container(key="body"):
    PARTS[chosen_part](screen)
