"""Settings: institution, definitions, goalposts and limits, and the policies that were approved."""

import streamlit as st

from pages.ui import parts
from pages.ui.screen import Screen, require
from pages.ui.settings import controls, draft, grid, institution, saving, versions
from pages.ui.settings.controls import said
from pages.ui.settings.draft import Draft
from pages.ui.text import md

PARTS = ("definitions", "limits", "policies", "institution")


def headline(screen: Screen, now: Draft) -> str:
    """Which policy is in use, and how many of its limits the board has approved."""
    approved = draft.approvals(screen.source)
    total = len(now.base.limits)
    by_board = sum(name in approved for name in now.base.limits)
    return said(screen, "headline", title=screen.policy_title().partition(":")[0].strip(), n=by_board, total=total)


screen = require()
edited = draft.of(screen)
with st.container(key="head"):
    st.title(md(headline(screen, edited)), anchor=False)
    chosen_part = parts.chosen(screen, PARTS, lambda name: said(screen, f"part_{name}"), "w_settings")
with st.container(key="body"):
    saving.told(screen)
    saving.show(screen, edited, institution.chosen(screen))
    if chosen_part == "definitions":
        controls.show(screen, edited)
    elif chosen_part == "limits":
        grid.show(screen, edited)
    elif chosen_part == "policies":
        versions.show(screen, edited)
    else:
        institution.show(screen)
