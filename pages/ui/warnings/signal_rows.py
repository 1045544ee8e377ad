"""Early signals as rows: what is unusual where, since when, beside what is usual, before loans fall late."""

from collections.abc import Sequence

import streamlit as st

from metrics.appetite.signals import Signal
from metrics.appetite.signs import signs
from metrics.catalogue import indicators
from metrics.charts.breach import picture
from metrics.charts.tones import tones
from metrics.words import month, number, percent, say
from pages.ui import menu
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import breach_rows, limits_reads
from pages.ui.warnings.limits_terms import said

MOST, ALL = 6, "signal_all"
MARKS = {"red": ":red[■] ", "watch": ":orange[▲] "}


def show(screen: Screen, found: Sequence[Signal]) -> None:
    """The signals, red ones first; six until all are asked for."""
    whole = bool(st.session_state.get(ALL))
    for place, one in enumerate(found if whole else found[:MOST]):
        with st.container(key=f"sig_{place}", gap=None):
            _row(screen, one, place)
    if len(found) > MOST:
        label = said(screen, "show_fewer") if whole else said(screen, "show_all", n=len(found))
        st.button(label, key="sig_all", type="tertiary", on_click=_turn, args=(not whole,))


def _turn(whole: bool) -> None:
    st.session_state[ALL] = whole


def _row(screen: Screen, one: Signal, place: int) -> None:
    name, value, link, person = st.columns([4.4, 3.2, 1.5, 3], gap="small", vertical_alignment="center")
    with name:
        label = f"{MARKS[one.level]}**{md(title(screen, one))}** · {md(one.unit_name)}"
        st.button(label, key=f"sig_open_{place}", type="tertiary", on_click=breach_rows.ask, args=(one.id,),
                  help=said(screen, "open_help"))  # fmt: skip
        st.markdown(f":gray[{md(since(screen, one))}]")
    with value:
        st.markdown(md(usual(screen, one)))
        beside = also(screen, one)
        if beside:
            st.markdown(f":gray[{md(beside)}]")
    with link:
        st.html(small(screen, one))
        indicator = indicators()[one.indicator]
        asked = {"indicator": one.indicator, **({"unit": one.unit} if one.by == "branch" else {})}
        menu.link("indicators", label=md(indicator.text(screen.language, "short")), query_params=asked)
    with person:
        breach_rows.answering(screen, one, f"sig_seen_{place}")


def small(screen: Screen, one: Signal) -> str:
    """The small picture of the last dates of the indicator that the sign belongs to."""
    values = limits_reads.series(screen, one.by, one.indicator, one.unit)
    ends = [_written(screen, one.indicator, value) for value in values if value is not None] or ["–"]
    name = screen.named(indicators()[one.indicator], "short")
    alt = said(screen, "trend_alt", n=len(values), name=name, first=ends[0], value=ends[-1])
    return picture(values, None, "red" if one.level == "red" else "amber", alt, tones(st.context.theme.type))


def also(screen: Screen, one: Signal) -> str:
    """The figure that is shown beside a sign: PAR7 16.1 %; empty where it has none."""
    name = signs().each[one.name].also
    values = limits_reads.series(screen, one.by, name, one.unit) if name else ()
    value = values[-1] if values else None
    return "" if value is None else f"{screen.named(indicators()[name], 'short')} {_written(screen, name, value)}"


def _written(screen: Screen, name: str, value: float) -> str:
    cash = reads.currency(screen.source, screen.scope)
    return figures.written(screen.language, indicators()[name], value, cash)


def title(screen: Screen, one: Signal) -> str:
    """What is unusual: Complaints about collection."""
    name = say(screen.language, f"signals.sign_{one.name}")
    return name[:1].upper() + name[1:]


def since(screen: Screen, one: Signal) -> str:
    """How grave it is, since when, and for how many months."""
    level = said(screen, f"signal_{one.level}")
    return said(screen, "signal_since", n=one.months, level=level, month=month(screen.language, one.since))


def usual(screen: Screen, one: Signal) -> str:
    """What is there beside what would be usual."""
    language = screen.language
    if one.how == "peers":
        pair = [percent(language, value, 0) for value in (one.value, one.usual)]
        return said(screen, "usual_peers", value=pair[0], usual=pair[1])
    if one.how == "level":
        cash = reads.currency(screen.source, screen.scope)
        pair = [figures.written(language, indicators()[one.indicator], value, cash) for value in (one.value, one.usual)]
        return said(screen, "usual_level", value=pair[0], usual=pair[1])
    hits, expected = round(one.hits), number(language, one.expected, 0 if one.expected >= 10 else 1)
    return said(screen, "usual_count", n=hits, expected=expected, months=one.recent)
