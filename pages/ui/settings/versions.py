"""Policies to choose from: shipped ones and kept versions, each as it was saved; a regulator's profile."""

from contextlib import closing

import streamlit as st

from metrics import regulator, scenarios
from metrics.errors import EvenkeelError
from metrics.scenarios import Version
from metrics.words import date
from pages.ui import compare_words, data, giving, menu, sides, state
from pages.ui.screen import Screen
from pages.ui.settings import cells, draft
from pages.ui.settings.controls import said
from pages.ui.settings.draft import Draft
from pages.ui.text import md

MOST_BYTES = 200_000


@st.cache_data(show_spinner=False, max_entries=16)
def kept(source: data.Source) -> list[Version]:
    """Every kept version, the newest of each policy first."""
    with closing(source.store.cursor()) as cursor:
        return scenarios.versions(cursor)


def show(screen: Screen, now: Draft) -> None:
    """The versions at the left, the regulator at the right."""
    with st.container(key="sections_policies"):
        left, right = st.columns([720, 472], gap="large")
    with left:
        _versions(screen)
    with right:
        _regulator(screen, now)


def _versions(screen: Screen) -> None:
    st.header(said(screen, "versions_title"), anchor=False)
    st.markdown(said(screen, "versions_text"))
    found = kept(screen.source)
    for version in found:
        _kept(screen, version)
    if not found:
        st.markdown(f":gray[{said(screen, 'no_versions')}]")
    st.header(said(screen, "shipped_title"), anchor=False)
    for name in [name for name in screen.options.policies if "@" not in name]:
        with st.container(key=f"row_{name}", horizontal=True, horizontal_alignment="distribute", wrap=False):
            st.markdown(md(screen.policy_title(name)), width="stretch")
            _use(screen, name)


def _kept(screen: Screen, version: Version) -> None:
    """One version: name, when, who, and opened: what it was approved with."""
    with st.container(key=f"policy_{version.policy}_{version.number}"):
        with st.container(key=f"row_{version.policy}_{version.number}", horizontal=True, wrap=False):
            st.markdown(f"**{md(screen.policy_title(version.name))}**", width="stretch")
            _use(screen, version.name)
        on = version.approved_on
        word = said(screen, "approved_short", who=version.approved_by, date=date(screen.language, on)) if on else ""
        saved = date(screen.language, version.saved_at.date())
        parts = [word or said(screen, "draft_short"), said(screen, "saved_short", who=version.saved_by, date=saved)]
        scenario = next((one for one in sides.scenarios(screen.source) if one.name == version.name), None)
        if scenario is not None:
            parts.append(compare_words.said(screen, "scenario_of", day=date(screen.language, scenario.view.as_of)))
        st.caption(md(" · ".join([*parts, *filter(None, [version.note])])))
        with st.expander(said(screen, "open_version")):
            st.markdown(md(scenarios.approval_text(version, screen.language)))
            st.caption(md(said(screen, "proof", sha=version.sha256)))
            giving.file(
                screen,
                said(screen, "download_policy"),
                version.toml,
                f"{version.policy}-{version.number}.toml",
                "application/toml",
                key=f"toml_{version.name}",
                help=said(screen, "download_policy_help"),
            )
            if scenario is not None:
                label = compare_words.said(screen, "open_it")
                menu.link("tradeoffs", label=label, query_params={"scenario": scenario.name})


def _use(screen: Screen, name: str) -> None:
    """The button that shows everything under a policy, or the word that it is the one shown."""
    if name == screen.choices.policy:
        st.markdown(f":gray[{said(screen, 'in_use')}]", width="content")
        return
    label, note = said(screen, "use"), said(screen, "use_help")
    st.button(label, key=f"use_{name}", type="tertiary", on_click=_choose, args=(name,), help=note)


def _choose(name: str) -> None:
    """Show everything under another policy; it brings its own weights, and an edit belongs to the one before."""
    draft.discard()
    for key in ("social", "themes"):
        state.put(key)
    state.put("policy", name)


def _regulator(screen: Screen, now: Draft) -> None:
    st.header(said(screen, "regulator_title"), anchor=False)
    st.markdown(said(screen, "regulator_text"))
    giving.file(
        screen, said(screen, "template"), regulator.template(), "regulator.toml", "application/toml",
        key="regulator_template", help=said(screen, "template_help"),
    )  # fmt: skip
    if not screen.may("policy"):
        return
    given = st.file_uploader(
        said(screen, "regulator_upload"), type=["toml"], key=f"regulator_{draft.rounds()}",
        help=said(screen, "regulator_upload_help"),
    )  # fmt: skip
    if given is None:
        return
    try:
        if given.size > MOST_BYTES:
            st.error(said(screen, "regulator_large", n=MOST_BYTES // 1000))
            return
        profile = regulator.read(given.getvalue().decode("utf-8-sig"), given.name)
    except UnicodeDecodeError:
        st.error(md(said(screen, "regulator_no_text", file=given.name)))
        return
    except EvenkeelError as error:
        st.error(md(error.text(screen.language)))
        return
    day = date(screen.language, profile.valid_from)
    text = said(screen, "regulator_read", title=profile.title, country=profile.country, source=profile.source, date=day)
    st.markdown(md(text))
    label, note = said(screen, "regulator_apply"), said(screen, "regulator_apply_help")
    st.button(label, key="regulator_apply", type="primary", on_click=_apply, args=(now, profile), help=note)


def _apply(now: Draft, profile: regulator.Profile) -> None:
    """Put the profile's rules into the unsaved edit, where they are previewed and saved as any other."""
    after = regulator.apply(profile, now.policy)
    for name, value in profile.settings.items():
        draft.put_setting(name, value)
    edits = {}
    for name in profile.ratios:
        amber, red = after.limits[name]
        edits |= {(name, "amber"): cells.kept(amber), (name, "red"): cells.kept(red)}
        edits[name, "source"] = f"{profile.title}: {profile.source}"[:300]
    draft.put_lines(edits)
    st.session_state[draft.ROUND] = draft.rounds() + 1
