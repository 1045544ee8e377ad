"""The voices as rows: what needs an answer, a category or an action first; found by kind, subject, severity."""

from collections.abc import Callable, Sequence
from contextlib import closing

import streamlit as st

from metrics import actions
from metrics.actions import Action
from metrics.voices import Voice, told
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import heard_reads, heard_words, narrow, typed_form
from pages.ui.voices.act_form import open_form
from pages.ui.voices.heard_words import said

FIRST, MORE = 8, 20
WIDTHS = (190, 400, 250, 250)
COUNT = "heard_rows"


def show(screen: Screen, found: Sequence[Voice]) -> None:
    """What needs somebody now, the filters, and the rows that they leave."""
    until = heard_reads.now(screen)
    counts = {need: len(heard_reads.needing(found, need, until)) for need in heard_reads.SHOWN}
    need = _chosen(counts)
    _needs(screen, found, counts)
    with st.container(key="heard_find", horizontal=True, vertical_alignment="bottom"):
        _shown(screen, counts, need)
        kept = _filtered(screen, heard_reads.needing(found, need, until))
        type_in(screen)
    if not kept:
        st.markdown(f":gray[{said(screen, 'nothing_here')}]")
        return
    _rows(screen, kept)


def type_in(screen: Screen) -> None:
    """The button that opens the form for what was said."""
    if screen.may("record"):
        st.button(said(screen, "type_in"), key="heard_type", type="primary", on_click=typed_form.ask)


def _chosen(counts: dict[str, int]) -> str:
    """What the address asks for; else the first need that anybody has."""
    asked = state.given("show")
    return asked if asked in counts else next((need for need, n in counts.items() if n), "all")


def _needs(screen: Screen, found: Sequence[Voice], counts: dict[str, int]) -> None:
    """What needs you now, each a sentence that chooses its rows."""
    until = heard_reads.now(screen)
    st.header(said(screen, "needs"), anchor=False)
    with st.container(key="heard_needs", horizontal=True):
        for need, n in counts.items():
            if need == "all" or not n:
                continue
            first = heard_reads.needing(found, need, until)[0]
            longest = max(heard_reads.waited(one, until) for one in heard_reads.needing(found, need, until))
            text = said(screen, f"need_{need}", n=n, longest=screen.say("days", n=longest))
            mark = heard_words.MARKS.get(first.severity or 0, ":gray[●]")
            st.button(f"{mark} {md(text)}", key=f"heard_need_{need}", type="tertiary", on_click=_show, args=(need,))
        if not any(n for need, n in counts.items() if need != "all"):
            st.markdown(f":gray[{said(screen, 'needs_nothing')}]")


def _show(need: str) -> None:
    state.put("show", need)
    st.session_state.pop(COUNT, None)


def _shown(screen: Screen, counts: dict[str, int], need: str) -> None:
    st.session_state["heard_show"] = need
    st.selectbox(said(screen, "show"), list(counts), key="heard_show", width=230,
                 format_func=lambda name: said(screen, f"show_{name}", n=counts[name]),
                 on_change=lambda: _show(st.session_state["heard_show"]))  # fmt: skip


def _filtered(screen: Screen, found: Sequence[Voice]) -> list[Voice]:
    """Those of a kind, a subject and a severity; branch, product and date are the page's own filters."""
    ways: dict[str, tuple[Callable[[Voice], str], Callable[[str], str]]] = {
        "kind": (lambda one: one.kind, lambda name: heard_words.code(screen, f"kind_{name}")),
        "category": (lambda one: one.category, lambda name: heard_words.category(screen, name)),
        "severity": (lambda one: str(one.severity or ""), lambda name: severity_word(screen, name)),
    }
    kept = list(found)
    for name, (value, title) in ways.items():
        known = sorted({value(one) for one in found})
        label, every = said(screen, f"by_{name}"), said(screen, "every")
        picked = narrow.by(name, known, label, title, every, f"heard_by_{name}", 190)
        kept = [one for one in kept if picked is None or value(one) == picked]
    return kept


def severity_word(screen: Screen, level: str) -> str:
    """A severity without its mark."""
    return said(screen, f"severity_{level}") if level else said(screen, "severity_unknown")


def _rows(screen: Screen, kept: Sequence[Voice]) -> None:
    n = st.session_state.get(COUNT, FIRST)
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        known = {one.id: one for one in actions.listed(cursor)}
    titles = heard_words.risks(screen)
    with st.container(key="heard_listed", gap=None):
        for voice in kept[:n]:
            _row(screen, voice, known, titles)
    with st.container(key="heard_more", horizontal=True, vertical_alignment="center"):
        if len(kept) > n:
            st.button(said(screen, "more", n=min(MORE, len(kept) - n)), key="heard_next", type="tertiary",
                      on_click=lambda: st.session_state.update({COUNT: n + MORE}))  # fmt: skip
        st.markdown(f":gray[{said(screen, 'counted', n=len(kept), shown=min(n, len(kept)))}]", width="content")
        many = len(kept) > 1 and screen.may("record")
        if many and st.button(said(screen, "act_all", n=len(kept)), key="heard_act_all", type="tertiary"):
            open_form(screen, **together(kept))


def together(kept: Sequence[Voice]) -> dict[str, object]:
    """What an action for several voices is about, as far as they agree."""
    agreed = {"risk_id": "risk_id", "branch_id": "branch_id", "category": "category", "source": "source",
              "effect_indicator_id": "indicator"}  # fmt: skip
    values = {name: {getattr(one, field) for one in kept} for name, field in agreed.items()}
    same = {name: found.pop() for name, found in values.items() if len(found) == 1}
    first = min(one.day for one in kept)
    return {
        "voices": [one.ref for one in kept],
        "raised_on": first,
        **{name: value for name, value in same.items() if value},
    }


def _row(screen: Screen, voice: Voice, known: dict[str, Action], titles: dict[str, str]) -> None:
    until = heard_reads.now(screen)
    with st.container(key=f"batch_voice_{voice.ref}", gap=None):
        waits, what, coded, doing = st.columns(WIDTHS, vertical_alignment="top")
        with waits:
            st.markdown(heard_words.state(screen, voice, until))
        with what:
            st.button(f"**{md(heard_words.category(screen, voice.category))}**", key=f"heard_row_{voice.ref}",
                      type="tertiary", on_click=state.put, args=("voice", voice.ref))  # fmt: skip
            st.markdown(f":gray[{md(heard_words.facts(screen, voice))}]")
        with coded:
            st.markdown(heard_words.severity(screen, voice.severity))
            tip = md(told.why(voice, screen.language)) if voice.words else None
            st.markdown(f":gray[{md(heard_words.how(screen, voice))}]", help=tip)
        with doing:
            risk = titles.get(voice.risk_id, voice.risk_id)
            st.markdown(md(risk) if risk else f":gray[{said(screen, 'no_risk')}]")
            st.markdown(heard_words.doing(screen, voice, known, until))
