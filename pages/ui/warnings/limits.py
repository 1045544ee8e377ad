"""Limits: what is broken or about to be, since when, who answers for it."""

from collections.abc import Sequence

import streamlit as st

from metrics.appetite.breaches import Breach, Closed
from metrics.appetite.coming import Coming
from metrics.catalogue import indicators
from metrics.words import date, month, say
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import breach_open, breach_rows, limits_next, limits_reads, limits_set, limits_take, signal_rows
from pages.ui.warnings.limits_terms import said

STYLE = "limits_view.css"
LEVELS = ("all", "red", "amber")


def headline(screen: Screen) -> str:
    """The one finding of the view: how many limits are broken, how many of them newly, and which the longest."""
    with st.spinner(screen.say("computing")):
        found = acting(screen)
        near = () if found else limits_reads.coming(screen)
    for level in ("red", "amber"):
        some = [one for one in found if one.level == level]
        if some:
            return _broken(screen, some, level)
    return _kept(screen, near)


def _broken(screen: Screen, found: Sequence[Breach], level: str) -> str:
    parts = [said(screen, f"head_{level}", n=len(found))]
    fresh, before = sum(one.new for one in found), limits_reads.previous(screen)
    if fresh and before is not None:
        parts.append(said(screen, "head_new", n=fresh, month=month(screen.language, before, year=False)))
    longest = min(found, key=lambda one: (one.since, -breach_rows.beyond(one)))
    named = screen.named(indicators()[longest.indicator], "short")
    if len(found) == 1:
        return said(screen, "head_one", first=", ".join(parts), name=named, unit=longest.name)
    return said(screen, "head_longest", first=", ".join(parts), name=named, unit=longest.name)


def _kept(screen: Screen, near: Sequence[Coming]) -> str:
    """Where nothing is broken: the closest to its limit, or that there is nothing to hold figures against."""
    if not near:
        return said(screen, "head_none")
    one = min(near, key=lambda one: one.apart)
    indicator = indicators()[one.indicator]
    cash = reads.currency(screen.source, screen.scope)
    pair = [figures.written(screen.language, indicator, value, cash) for value in (one.value, one.line)]
    return said(screen, "head_kept", n=len(near), name=screen.named(indicator, "short"), unit=one.name,
                value=pair[0], line=pair[1])  # fmt: skip


def second(screen: Screen) -> str:
    """What changed since the date before, how many nobody answers for, and the date."""
    found = acting(screen)
    parts = []
    before = limits_reads.previous(screen)
    if before is not None:
        since, fresh = month(screen.language, before, year=False), sum(one.new for one in found)
        parts.append(said(screen, "line_moves", month=since, new=fresh, ended=len(ended(screen))))
    else:
        parts.append(said(screen, "line_day", day=date(screen.language, limits_reads.day(screen))))
    amber, alone = sum(one.level == "amber" for one in found), sum(not one.owner for one in found)
    if amber and amber < len(found):
        parts.append(said(screen, "line_amber", n=amber))
    if alone:
        parts.append(said(screen, "line_alone", n=alone))
    return " · ".join(parts)


def acting(screen: Screen) -> list[Breach]:
    """The breaches that call for someone, in the order of their need."""
    return breach_rows.ordered([one for one in limits_reads.broken(screen) if breach_rows.counted(screen, one)])


def ended(screen: Screen) -> list[Closed]:
    """The breaches that called for someone and ended on the date shown."""
    return [one for one in limits_reads.ended(screen) if breach_rows.counted(screen, one.breach)]


def show(screen: Screen) -> None:
    """Signals, breaches, what comes next, and the limits themselves."""
    st.html(limits_take.HERE / STYLE)
    every = limits_reads.broken(screen)
    with st.spinner(screen.say("computing")):
        early = limits_reads.early(screen)
    if not limits_set.open_asked(screen):
        breach_open.open_asked(screen, [*every, *early])
    if early:
        _title(screen, "early", len(early))
        signal_rows.show(screen, early)
    _breaches(screen, every)
    limits_next.show(screen)
    limits_take.show(screen)


def _title(screen: Screen, name: str, n: int) -> None:
    with st.container(key=f"head_{name}"):
        st.header(f"{said(screen, f'title_{name}', n=n)} :gray[{said(screen, f'note_{name}')}]", anchor=False)


def _breaches(screen: Screen, every: Sequence[Breach]) -> None:
    """The broken limits with their filters; figures that are only watched are shown where they are asked for."""
    acts = acting(screen)
    _title(screen, "broken", len(acts))
    shown = _filtered(screen, acts, every)
    if not shown:
        st.markdown(f":gray[{said(screen, 'nothing_broken')}]")
    whole = bool(st.session_state.get(breach_rows.ALL))
    breach_rows.show(screen, shown, whole)
    if len(shown) > breach_rows.MOST:
        label = said(screen, "show_fewer") if whole else said(screen, "show_all", n=len(shown))
        st.button(label, key="brk_all", type="tertiary", on_click=_turn, args=(not whole,))
    if any(one.level == "red" for one in shown):
        st.markdown(f":gray[{md(said(screen, 'warn_rule'))}]")
    _ended(screen)


def _ended(screen: Screen) -> None:
    """What was broken at the date before and is so no longer, and what ended it."""
    found, before = ended(screen), limits_reads.previous(screen)
    if not found or before is None:
        return
    since = month(screen.language, before, year=False)
    with st.expander(said(screen, "ended", n=len(found), month=since)):
        st.markdown("\n".join(f"- {md(_end(screen, one))}" for one in found))


def _end(screen: Screen, one: Closed) -> str:
    indicator = indicators()[one.breach.indicator]
    value = figures.written(screen.language, indicator, one.value, reads.currency(screen.source, screen.scope))
    return say(
        screen.language, f"signals.closed_{one.reason}", unit=one.breach.name,
        name=screen.named(indicator, "short"), day=one.ended, value=value,
    )  # fmt: skip


def _turn(whole: bool) -> None:
    st.session_state[breach_rows.ALL] = whole


def _filtered(screen: Screen, acts: Sequence[Breach], every: Sequence[Breach]) -> list[Breach]:
    """What the row of filters leaves: by level, by kind of unit, and whether watched figures are among them."""
    with st.container(key="brk_filters", horizontal=True, vertical_alignment="center"):
        level = st.segmented_control(
            said(screen, "filter_level"), LEVELS, default="all", key="brk_level", required=True,
            label_visibility="collapsed", format_func=lambda name: said(screen, f"filter_{name}"),
        )  # fmt: skip
        kinds = limits_reads.kinds(screen)
        kind = "all"
        if len(kinds) > 1:
            kind = st.segmented_control(
                said(screen, "filter_kind"), ("all", *kinds), default="all", key="brk_kind", required=True,
                label_visibility="collapsed", format_func=lambda name: said(screen, f"filter_kind_{name}"),
            )  # fmt: skip
        watched = len(every) - len(acts)
        more = bool(watched) and st.toggle(said(screen, "filter_watched", n=watched), key="brk_watched",
                                           help=said(screen, "filter_watched_help"))  # fmt: skip
        if screen.may("approve"):
            st.button(said(screen, "set_limit"), key="limit_new", icon=":material/tune:", on_click=limits_set.ask)
    found = breach_rows.ordered(every) if more else acts
    return [one for one in found if level in ("all", one.level) and kind in ("all", one.by)]
