"""The two sides of a comparison: the present weighting, a shipped or kept policy, or a scenario as it was."""

from contextlib import closing
from dataclasses import dataclass, replace

import streamlit as st

from metrics import kept
from metrics.kept import Scenario
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.standing import Figures, Result, View, figures
from metrics.words import date
from pages.ui import data, state, weights
from pages.ui.compare_words import said
from pages.ui.inputs import short_title
from pages.ui.screen import Screen
from pages.ui.settings import draft

NOW, THEN = "now", "then:"
KEYS = ("one", "other")


@dataclass(frozen=True)
class Side:
    """One side: its whole policy, what came out, the data on which, in words, and the figures that it scored."""

    policy: Policy
    result: Result
    data: str
    figures: Figures


@st.cache_data(show_spinner=False, max_entries=16)
def scenarios(source: data.Source) -> list[Scenario]:
    """Every scenario, the newest first."""
    with closing(source.store.cursor()) as cursor:
        return kept.scenarios(cursor)


def view(screen: Screen, shown: Picture) -> View:
    """What of the data the reader looks at."""
    return View(shown.as_of, shown.by, screen.choices.branches, screen.choices.product)


def names(screen: Screen) -> list[str]:
    """Every side that there is to choose: the present one, policies, scenarios as they were."""
    return [NOW, *screen.options.policies, *(THEN + one.name for one in scenarios(screen.source))]


def title(screen: Screen, name: str) -> str:
    """A side as readers know it."""
    if name == NOW:
        return said(screen, "now")
    plain = short_title(screen.policy_title(name.removeprefix(THEN)))
    if not name.startswith(THEN):
        return plain
    one = next(one for one in scenarios(screen.source) if THEN + one.name == name)
    return said(screen, "then", title=plain, day=date(screen.language, one.view.as_of))


def choose(screen: Screen, known: list[str], key: str, default: str) -> str:
    """One side, chosen in the dialog and kept in the address."""
    asked = state.given(key)
    st.session_state[f"w_side_{key}"] = asked if asked in known else default
    return str(
        st.selectbox(
            said(screen, key), known, format_func=lambda name: title(screen, name), key=f"w_side_{key}",
            help=said(screen, f"{key}_help"), on_change=_chosen, args=(key,),
        )
    )  # fmt: skip


def _chosen(key: str) -> None:
    state.put(key, st.session_state[f"w_side_{key}"])


def present(screen: Screen) -> Policy:
    """The weighting as it is shown, with every goalpost and limit written into it."""
    return draft.completed(screen.source, weights.used(screen))


def of(screen: Screen, shown: Picture, name: str) -> Side:
    """A side with its result; a scenario as it was is what was kept."""
    day = date(screen.language, shown.as_of)
    if name == NOW:
        return Side(present(screen), Result.of(shown), said(screen, "data_now", day=day), figures(shown.units))
    if name.startswith(THEN):
        one = next(one for one in scenarios(screen.source) if THEN + one.name == name)
        return Side(one.policy, one.result, _then(screen, shown, one), one.parts)
    policy = draft.completed(screen.source, data.policy(screen.source, name))
    seen = picture(screen, name) or shown
    return Side(policy, Result.of(seen), said(screen, "data_now", day=day), figures(seen.units))


def picture(screen: Screen, name: str) -> Picture | None:
    """The picture under a policy with its own weights, on the data shown."""
    choices = replace(screen.choices, policy=name, social=None, themes=())
    return data.picture(screen.source, screen.scope, choices, screen.by)


def _then(screen: Screen, shown: Picture, one: Scenario) -> str:
    """The data of a scenario in words; those of today where nothing has changed since."""
    with closing(screen.source.store.cursor()) as cursor:
        same = list(one.batches) == kept.live(cursor) and one.view == view(screen, shown)
    day = date(screen.language, one.view.as_of)
    return said(screen, "data_now" if same else "data_then", day=day)
