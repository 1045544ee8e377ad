"""What the pages of scenarios share: their words, a scenario's address, what it was seen on."""

from urllib.parse import quote, urlsplit, urlunsplit

import streamlit as st

from metrics.kept import Scenario
from metrics.words import date, say
from pages.ui.screen import Screen


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text of scenarios, in the reader's language."""
    return say(screen.language, f"compare.{name}", **params)


def address(name: str) -> str:
    """The address that opens a scenario."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, f"scenario={quote(name)}", ""))


def seen_on(screen: Screen, one: Scenario) -> str:
    """The date and the part of the data on which a scenario was kept."""
    view, parts = one.view, []
    if view.branches:
        parts.append(screen.say("units_branch", n=len(view.branches)))
    if view.product:
        name = screen.options.products.get(view.product, view.product)
        parts.append(said(screen, "part_product", name=name))
    day = date(screen.language, view.as_of)
    return said(screen, "seen_on", day=day, part=", ".join(parts) or said(screen, "all_data"))
