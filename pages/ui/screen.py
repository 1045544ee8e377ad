"""One run of the script: whose data, which choices, in which language. Every page begins by asking for it."""

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from metrics import definitions, findings
from metrics.access import roles
from metrics.catalogue import Indicator
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.store import Scope
from metrics.words import say
from pages.ui import data, state

KEPT = "screen"


@dataclass(frozen=True)
class Screen:
    """What a page needs to answer; made by the main script, once a run."""

    language: str
    source: data.Source
    options: state.Options
    choices: state.Choices
    page: str = ""

    def may(self, action: str) -> bool:
        """Whether the reader's role allows an action on this page; the engine asks again before it acts."""
        return state.reader().may(action, self.page)

    def say(self, name: str, /, **params: object) -> str:
        """A text of the pages, in the reader's language."""
        return say(self.language, f"pages.{name}", **params)

    @property
    def day_format(self) -> str:
        """How a date is typed in the reader's language, as Streamlit's field takes it."""
        return "YYYY-MM-DD" if self.language == "en" else "DD/MM/YYYY"

    @property
    def scope(self) -> Scope:
        """The part of the data that the reader looks at."""
        return Scope(branches=self.choices.branches or None)

    @property
    def by(self) -> str:
        """The kind of unit that pages compare: branches where there are any, else institutions."""
        return "branch" if self.options.branches else "institution"

    @cached_property
    def policy(self) -> Policy:
        """The weighting chosen, with its own social share and themes; looked up once a run."""
        return data.policy(self.source, self.choices.policy)

    def policy_title(self, name: str | None = None) -> str:
        """The title of a weighting (None: the one chosen), with the number of a kept version."""
        name = name or self.choices.policy
        title = data.policy(self.source, name).title_in(self.language)
        number = name.partition("@")[2]
        if not number:
            return title
        first, colon, rest = title.partition(":")
        return say(self.language, "settings.version_title", title=first.rstrip(), version=number) + colon + rest

    def named(self, indicator: Indicator, form: str = "title") -> str:
        """An indicator's name, with the definition in force where it changes what the name means."""
        return definitions.named(indicator, self.policy.settings, self.language, form)

    @property
    def headline(self) -> str:
        """The one finding of the page, also where there is nothing to show."""
        shown = self.picture()
        if shown is None and self.options.periods:
            return self.say("head_nothing_chosen")
        return findings.headline(shown, self.language)

    def picture(self, themes: bool = True) -> Picture | None:
        """The picture under the reader's choices, or with the weighting's own themes; None where it is empty."""
        if not self.options.periods:
            return None
        choices = self.choices if themes else replace(self.choices, themes=())
        with st.spinner(self.say("computing")):
            return data.picture(self.source, self.scope, choices, self.by)


def hold(screen: Screen) -> None:
    """Keep the screen for the page that runs next."""
    st.session_state[KEPT] = screen


def require() -> Screen:
    """The screen of this run. A page that the main script does not run, or the role does not open, shows nothing."""
    found: Screen | None = st.session_state.pop(KEPT, None)
    if found is None or not found.may(roles.OPEN):
        st.stop()
    return found
