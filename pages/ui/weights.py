"""The weighting in use, leaf by leaf, and how to read a health, a status and a figure kept back."""

import streamlit as st

from metrics.catalogue import indicators
from metrics.findings import MIN_CLIENTS, shown
from metrics.picture import resolved
from metrics.policy import Policy
from metrics.words import number, percent, say
from pages.ui import inputs
from pages.ui.screen import Screen
from pages.ui.text import md


def show(screen: Screen) -> None:
    """Which figures count, and how much of the balance each one is."""
    with st.container(key="weighting", horizontal=True):
        inputs.policy(screen)
    policy = used(screen)
    said = {"social": percent(screen.language, policy.social / 100, 0)}
    st.markdown(screen.say("weighting_text", **said, n=len(policy.leaves)))
    left, right = st.columns(2, gap="large")
    for place, pillar in ((left, "financial"), (right, "social")):
        with place:
            st.header(screen.say(f"axis_{pillar}"), anchor=False)
            st.table(_rows(screen, policy, pillar), border="horizontal", hide_index=True)
    watched = [i for i in indicators().values() if i.id not in {leaf.indicator for leaf in policy.leaves}]
    names = ", ".join(md(i.text(screen.language, "title")) for i in watched)
    with st.expander(screen.say("watched", n=len(watched))):
        st.markdown(names)


def used(screen: Screen) -> Policy:
    """The weighting with the reader's social share and themes."""
    policy = resolved(screen.policy)
    if screen.choices.social is not None:
        policy = policy.with_social(screen.choices.social)
    return policy.with_theme_weights(dict(screen.choices.themes)) if screen.choices.themes else policy


def _rows(screen: Screen, policy: Policy, pillar: str) -> dict[str, list[str]]:
    """Theme, indicator and share of the balance, as the weighting has them."""
    shares = policy.tree().shares()[0]
    themes, names, parts = [], [], []
    for leaf, share in zip(policy.leaves, shares, strict=True):
        if leaf.path.startswith(f"{pillar}/"):
            theme = leaf.path.split("/")[1]
            themes.append(md(say(screen.language, f"themes.{theme}")))
            names.append(md(screen.named(indicators()[leaf.indicator])))
            parts.append(md(percent(screen.language, float(share), 1)))
    heads = ("col_theme", "col_indicator", "col_share")
    return {screen.say(head): column for head, column in zip(heads, (themes, names, parts), strict=True)}


def reading(screen: Screen) -> None:
    """What the numbers mean: healths, formula, status, coverage, figures kept back."""
    policy = used(screen)
    root = policy.nodes[0]
    said = {
        "limit": shown(policy.health_limit),
        "critical": shown(policy.health_critical),
        "least": MIN_CLIENTS,
        "watch": policy.watch,
        "exponent": number(screen.language, root.exponent, 0),
        "coverage": percent(screen.language, root.coverage, 0),
    }
    for name in ("health", "balance", "status", "missed", "coverage", "kept_back", "limits"):
        st.header(screen.say(f"read_{name}_title"), anchor=False)
        st.markdown(screen.say(f"read_{name}", **said))
