"""Settings: institution, definitions, goalposts and limits, policies that were approved, and who may come in."""

import streamlit as st

from metrics.access.roles import OPEN
from pages.ui import parts
from pages.ui.screen import Screen, require
from pages.ui.settings import (
    activity,
    controls,
    draft,
    grid,
    institution,
    people,
    privacy,
    safekeeping,
    saving,
    versions,
)
from pages.ui.settings.controls import said
from pages.ui.settings.draft import Draft
from pages.ui.text import md

# The parts that edit the policy, then those beside it, each with the action for which a role sees it.
POLICY = {"definitions": controls, "limits": grid, "policies": versions}
BESIDE = {
    "institution": (OPEN, institution),
    "people": ("people", people),
    "safekeeping": ("backup", safekeeping),
    "privacy": ("privacy", privacy),
    "activity": ("activity", activity),
}


def headline(screen: Screen, now: Draft) -> str:
    """Which policy is in use, and how many of its limits the board has approved."""
    approved = draft.approvals(screen.source)
    total = len(now.base.limits)
    by_board = sum(name in approved for name in now.base.limits)
    return said(screen, "headline", title=screen.policy_title().partition(":")[0].strip(), n=by_board, total=total)


def may_too(part: str) -> bool:
    """Whether another action opens a part: who may only erase a client does so beside what is kept."""
    return part == "privacy" and screen.may("erase")


screen = require()
edited = draft.of(screen)
offered = [*POLICY, *(name for name, (action, _) in BESIDE.items() if screen.may(action) or may_too(name))]
with st.container(key="head"):
    st.title(md(headline(screen, edited)), anchor=False)
    chosen_part = parts.chosen(screen, offered, lambda name: said(screen, f"part_{name}"), "w_settings")
with st.container(key="body"):
    if chosen_part in (*POLICY, "institution"):
        saving.told(screen)
        saving.show(screen, edited, institution.chosen(screen))
    if chosen_part in POLICY:
        POLICY[chosen_part].show(screen, edited)
    else:
        BESIDE[chosen_part][1].show(screen)
