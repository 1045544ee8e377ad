"""One question instead of a slider: which trade would you accept? The answer sets the social share, and says so."""

import streamlit as st

from metrics import eliciting
from metrics.eliciting import Question
from metrics.figures import in_words
from metrics.phrases import value_text
from metrics.picture import Picture
from metrics.words import percent, say
from pages.ui import alone, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.why import held

ASKED = "trade_asked"


def button(screen: Screen, picture: Picture) -> None:
    """The way to the question; nothing where a side has no figure to ask about."""
    st.button(
        say(screen.language, "why.trade_button"), key="trade", type="tertiary",
        on_click=st.session_state.update, args=({ASKED: True},),
    )  # fmt: skip
    if st.session_state.get(ASKED):
        title = say(screen.language, "why.trade_title")
        alone.dialog(title, on_dismiss=_forget)(_ask)(screen, picture)


def _forget() -> None:
    st.session_state.pop(ASKED, None)


def _ask(screen: Screen, picture: Picture) -> None:
    language, asked = screen.language, eliciting.question(picture)
    if asked is None:
        st.markdown(say(language, "why.trade_none"))
        return
    texts = [value_text(language, asked.social, value, picture.currency) for value in asked.answers]
    st.markdown(md(_sentence(screen, picture, asked)))
    nearest = min(range(len(texts)), key=lambda at: abs(asked.shares[at] - picture.social))
    place = st.select_slider(
        md(held.label(screen, asked.social)), range(len(texts)), value=nearest, key="trade_answer",
        format_func=texts.__getitem__,
    )  # fmt: skip
    share = round(asked.shares[int(place)])
    now = percent(language, picture.social / 100, 0)
    said = say(language, "why.trade_said", share=percent(language, share / 100, 0), now=now)
    st.markdown(f"**{md(said)}**")
    label = say(language, "why.trade_use", share=percent(language, share / 100, 0))
    if st.button(label, type="primary", key="trade_use"):
        state.put("social", f"{share:g}")
        _forget()
        st.rerun()


def _sentence(screen: Screen, picture: Picture, asked: Question) -> str:
    ends = [value_text(screen.language, asked.financial, one, picture.currency) for one in (asked.before, asked.after)]
    now = value_text(screen.language, asked.social, asked.now, picture.currency)
    names = [in_words(held.named(screen, name)) for name in (asked.financial, asked.social)]
    return say(
        screen.language, "why.trade_text", first=names[0], before=ends[0], after=ends[1], second=names[1], now=now
    )
