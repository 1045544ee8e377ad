"""Broken limits as rows, the one that most needs someone first; each is acknowledged or opened where it stands."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.appetite.breaches import BREACH, Breach
from metrics.appetite.signals import Signal
from metrics.catalogue import Indicator, indicators
from metrics.charts.breach import picture
from metrics.charts.tones import tones
from metrics.words import date, month, say
from pages.ui import recording, rows, state
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import limits_reads
from pages.ui.warnings.limits_terms import said

MOST = 10
ALL = "breach_all"
SHORT = 70


def counted(screen: Screen, one: Breach) -> bool:
    """Whether a breach calls for someone: its figure is scored, its limit the board's, or people wrote on it."""
    scored = {leaf.indicator for leaf in screen.policy.leaves}
    written = one.version or one.owner or one.comment or one.acknowledged_by
    return one.approved or one.hard or bool(written) or one.indicator in scored


def ordered(found: Sequence[Breach]) -> list[Breach]:
    """The breaches by their need of someone: hard caps, red, those nobody has taken up, then the furthest beyond."""
    return sorted(
        found,
        key=lambda one: (not (one.hard and one.level == "red"), one.level != "red", bool(one.acknowledged_by),
                         -beyond(one), one.name),
    )  # fmt: skip


def beyond(one: Breach) -> float:
    """How far a figure lies beyond its line, as a share of the range in which it is scored."""
    posts = indicators()[one.indicator].goalposts or (0.0, one.line)
    span = max(posts) - min(posts) or abs(one.line) or 1.0
    return abs(one.value - one.line) / span


def show(screen: Screen, found: Sequence[Breach], whole: bool) -> None:
    """The rows, ten at first; `whole` where they were all asked for."""
    for place, one in enumerate(found if whole else found[:MOST]):
        with st.container(key=f"brk_{place}", gap=None):
            _row(screen, one, place)


def _row(screen: Screen, one: Breach, place: int) -> None:
    indicator = indicators()[one.indicator]
    name, value, trend, person = st.columns([4.4, 3.2, 1.5, 3], gap="small", vertical_alignment="center")
    with name:
        label = f"{rows.LEVELS[one.level]}**{md(screen.named(indicator, 'plain'))}** · {md(one.name)}"
        st.button(label, key=f"brk_open_{place}", type="tertiary", on_click=ask, args=(one.id,),
                  help=said(screen, "open_help"))  # fmt: skip
        st.markdown(f":gray[{md(life(screen, one))}]")
    with value:
        st.markdown(value_text(screen, one))
        st.markdown(f":gray[{md(pace_text(screen, one))}]")
    with trend:
        st.html(small(screen, one))
    with person:
        answering(screen, one, f"brk_seen_{place}")


def answering(screen: Screen, one: Breach | Signal, key: str) -> None:
    """Who answers for it, what was said of it, and whether someone has seen it."""
    who = md(said(screen, "owner_is", who=one.owner)) if one.owner else f":gray[{md(said(screen, 'owner_none'))}]"
    st.markdown(who)
    if one.acknowledged_by:
        st.markdown(f":gray[{md(seen_text(screen, one))}]")
    elif screen.may("record"):
        st.button(said(screen, "acknowledge"), key=key, type="tertiary", icon=":material/check:",
                  on_click=acknowledge, args=(screen, one), help=said(screen, "acknowledge_help"))  # fmt: skip
    if one.comment:
        st.markdown(f":gray[{md(_short(one.comment))}]")


def _short(text: str) -> str:
    """A text as a row has room for, cut at a word."""
    return text if len(text) <= SHORT else text[: SHORT - 1].rpartition(" ")[0].rstrip(".,;: ") + "…"


def ask(breach: str) -> None:
    """Ask for a breach's sheet; the address keeps it open through a refresh."""
    state.put("breach", breach)


def body(one: Breach | Signal) -> dict[str, object]:
    """What is written of a breach, as its record has it."""
    day = one.acknowledged_on.isoformat() if one.acknowledged_on else ""
    found: dict[str, object] = {"owner": one.owner, "comment": one.comment, "acknowledged_by": one.acknowledged_by,
                                "acknowledged_on": day}  # fmt: skip
    return found | ({"branch_id": one.unit} if one.by == "branch" else {})


def acknowledge(screen: Screen, one: Breach | Signal) -> None:
    """Keep that someone has seen it, under the session's name."""
    seen = {"acknowledged_by": recording.who(), "acknowledged_on": datetime.date.today().isoformat()}
    recording.keep(screen, BREACH, one.id, {**body(one), **seen}, said(screen, "why_acknowledged"), one.version,
                   called(screen, one))  # fmt: skip


def called(screen: Screen, one: Breach | Signal) -> str:
    """What a reader calls it: Staff who left, Kolo."""
    if isinstance(one, Signal):
        name = say(screen.language, f"signals.sign_{one.name}")
        return f"{name[:1].upper()}{name[1:]}, {one.unit_name}"
    return f"{indicators()[one.indicator].text(screen.language, 'short')}, {one.name}"


def seen_text(screen: Screen, one: Breach | Signal) -> str:
    """Who acknowledged it, and when."""
    day = date(screen.language, one.acknowledged_on) if one.acknowledged_on else "–"
    return said(screen, "acknowledged", who=one.acknowledged_by, day=day)


def value_text(screen: Screen, one: Breach) -> str:
    """Value against its limit: **24 %**, limit 20 %."""
    indicator = indicators()[one.indicator]
    value, line = (_written(screen, indicator, number) for number in (one.value, one.line))
    return f"**{md(value)}**{md(said(screen, 'against', level=said(screen, f'level_{one.level}'), line=line))}"


def life(screen: Screen, one: Breach) -> str:
    """How long it has been so: since August 2026, 4 times in a row."""
    first = min(screen.options.periods)
    key = "since_least" if one.since == first else "since"
    parts = [said(screen, key, n=one.times, month=month(screen.language, one.since))]
    if one.new:
        parts.append(said(screen, "worse_now"))
    if one.warns or one.since_red == one.day:
        parts.append(said(screen, "warns_now" if one.warns else "not_sure"))
    if one.hard:
        parts.append(said(screen, "is_hard"))
    return " · ".join(parts)


def pace_text(screen: Screen, one: Breach) -> str:
    """How far beyond its limit, and how fast it moves."""
    indicator = indicators()[one.indicator]
    cash = reads.currency(screen.source, screen.scope)
    gap = figures.difference(screen.language, indicator, abs(one.value - one.line), cash).lstrip("+−")
    parts = [said(screen, "beyond", gap=gap)]
    if one.pace is not None:
        step = figures.difference(screen.language, indicator, abs(one.pace), cash).lstrip("+−")
        moving = any(sign in "123456789" for sign in step)
        way = "steady" if not moving else "worse" if one.pace > 0 else "better"
        parts.append(said(screen, "pace_steady") if way == "steady" else said(screen, f"pace_{way}", step=step))
    return " · ".join(parts)


def small(screen: Screen, one: Breach) -> str:
    """The small picture of its last dates against its limit."""
    values = limits_reads.series(screen, one.by, one.indicator, one.unit)
    indicator = indicators()[one.indicator]
    known = [value for value in values if value is not None]
    first = _written(screen, indicator, known[0]) if known else "–"
    value, line = (_written(screen, indicator, number) for number in (one.value, one.line))
    alt = said(screen, "small_alt", n=len(values), first=first, value=value, line=line)
    return picture(values, one.line, one.level, alt, tones(st.context.theme.type))


def _written(screen: Screen, indicator: Indicator, value: float) -> str:
    return figures.written(screen.language, indicator, value, reads.currency(screen.source, screen.scope))
