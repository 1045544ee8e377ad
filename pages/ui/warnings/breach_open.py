"""One breach or signal opened: its life, its picture, who answers for it, and what can be done from here."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import streamlit as st

from metrics.appetite import lines
from metrics.appetite.breaches import BREACH, Breach
from metrics.appetite.lines import Line
from metrics.appetite.signals import Signal
from metrics.catalogue import Indicator, indicators
from metrics.charts.history import Rule, frame, history
from metrics.charts.tones import Tones, tones
from metrics.excel import Sheet
from metrics.words import month, say
from pages.ui import alone, menu, recording, rows, state, take
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import breach_rows, limits_reads, limits_set, limits_terms, signal_rows
from pages.ui.warnings.limits_terms import said

ACTION = "breach_action"
WIDE = 680
Found = Breach | Signal


def close() -> None:
    """Forget what was asked for."""
    state.put("breach")


def open_asked(screen: Screen, found: Sequence[Found]) -> bool:
    """Open the dialog that is asked for, of an action or of a breach; says whether one opened."""
    origin = st.session_state.pop(ACTION, None)
    if origin is not None:
        from pages.ui.voices import actions

        actions.open_form(screen, **origin)
        return True
    asked = state.given("breach")
    one = next((one for one in found if one.id == asked), None)
    if one is not None:
        title = md(said(screen, "open_title", name=_name(screen, one), unit=_unit(one)))
        alone.dialog(title, width=WIDE, position="right", on_dismiss=close)(lambda: _sheet(screen, one))()
        return True
    if asked:
        state.put("breach")
        st.toast(said(screen, "open_gone"))
    return False


def _name(screen: Screen, one: Found) -> str:
    if isinstance(one, Signal):
        return signal_rows.title(screen, one)
    return screen.named(indicators()[one.indicator], "plain")


def _unit(one: Found) -> str:
    return one.unit_name if isinstance(one, Signal) else one.name


def _sheet(screen: Screen, one: Found) -> None:
    """Its life in sentences, its picture, what is noted, and the ways on."""
    indicator = indicators()[one.indicator]
    if isinstance(one, Signal):
        st.markdown(f"{signal_rows.MARKS[one.level]}{md(signal_rows.usual(screen, one))}")
        st.markdown(f":gray[{md(signal_rows.since(screen, one))}]")
    else:
        st.markdown(rows.LEVELS[one.level] + breach_rows.value_text(screen, one))
        facts = [breach_rows.life(screen, one), breach_rows.pace_text(screen, one), _people(screen, indicator, one)]
        st.markdown(f":gray[{md(' · '.join(fact for fact in facts if fact))}]")
        st.markdown(f":gray[{md(_origin(screen, indicator, one))}]")
    _picture(screen, indicator, one)
    if screen.may("record"):
        _form(screen, one)
    _ways(screen, indicator, one)
    recording.history(screen, BREACH, one.id)


def _people(screen: Screen, indicator: Indicator, one: Breach) -> str:
    """Whom the figure counts."""
    if one.n is None or indicator.people == "none":
        return ""
    return screen.say(f"people_{indicator.people}", n=one.n)


def _origin(screen: Screen, indicator: Indicator, one: Breach) -> str:
    """Who set the limit that is broken."""
    with closing(screen.source.store.cursor()) as cursor:
        own = [line for line in lines.listed(cursor) if _holds(line, one)]
    found = max(own, key=lambda line: (bool(line.scope_id), line.scope == one.by), default=None)
    return said(screen, "limit_origin", origin=limits_terms.origin(screen, indicator, found, one.approved))


def _holds(line: Line, one: Breach) -> bool:
    """Whether a limit of the board is one for this unit now."""
    if line.indicator != one.indicator or not line.holds(datetime.date.today()):
        return False
    wide = line.scope == "institution" and not line.scope_id
    return wide or (line.scope == one.by and line.scope_id in ("", one.unit))


def _picture(screen: Screen, indicator: Indicator, one: Found) -> None:
    """The figure over its last dates, with both limits."""
    days = limits_reads.dates(screen)
    values = limits_reads.series(screen, one.by, one.indicator, one.unit)
    if not [value for value in values if value is not None]:
        return
    cash = reads.currency(screen.source, screen.scope)

    def write(value: float) -> str:
        return figures.written(screen.language, indicator, value, cash)

    texts = [write(value) if value is not None else "–" for value in values]
    names = [month(screen.language, day) for day in days[-len(values) :]]
    held = limits_reads.lines(screen, one.by, one.indicator, one.unit) if isinstance(one, Breach) else ()
    rules = [Rule(line, said(screen, "rule", level=said(screen, f"level_{level}"), line=write(line)), level)
             for level, line in held]  # fmt: skip

    def drawn(look: Tones) -> Any:
        return history(frame(names, values, texts), rules, None, write, look, indicator.pillar)

    title = indicator.text(screen.language, "title")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f":gray[:small[{md(title)}]]", width="content")
        rows = list(zip(names, values, strict=True))
        sheet = Sheet(title, [screen.say("filter_period"), title], rows)
        take.chart(screen, one.indicator, f"{title}: {_name(screen, one)}", drawn, lambda: [sheet], "take_breach")
    chart = drawn(tones(st.context.theme.type))
    st.altair_chart(chart, theme=None, key="breach_chart", alt=said(screen, "chart_alt", name=_name(screen, one)))


def _form(screen: Screen, one: Found) -> None:
    """Owner and comment, and that it was seen."""
    version = recording.held(BREACH, one.id, one.version, f"brk_owner_{one.id}")
    owner = st.text_input(said(screen, "owner"), one.owner, key=f"brk_owner_{one.id}", max_chars=80,
                          help=said(screen, "owner_help"))  # fmt: skip
    comment = st.text_area(said(screen, "comment"), one.comment, key=f"brk_comment_{one.id}", max_chars=600, height=72,
                           help=said(screen, "comment_help"))  # fmt: skip
    seen = st.checkbox(said(screen, "seen"), bool(one.acknowledged_by), key=f"brk_box_{one.id}",
                       help=said(screen, "acknowledge_help"))  # fmt: skip
    recording.author(screen, "breach")
    if st.button(said(screen, "keep"), key="brk_keep", type="primary"):
        body = {**breach_rows.body(one), "owner": owner.strip(), "comment": comment.strip()}
        if seen != bool(one.acknowledged_by):
            day = datetime.date.today().isoformat() if seen else ""
            body |= {"acknowledged_by": recording.who() if seen else "", "acknowledged_on": day}
        done = recording.keep(screen, BREACH, one.id, body, "", version, breach_rows.called(screen, one))
        if done is not None or recording.CLASH in st.session_state:  # two at once: the page shows both, to choose
            close()
            st.rerun()
        recording.fault(screen)


def _ways(screen: Screen, indicator: Indicator, one: Found) -> None:
    """What can be done from here: an action, another limit, the figures behind it."""
    with st.container(horizontal=True, key="brk_ways"):
        if isinstance(one, Breach) and one.action:
            st.markdown(md(said(screen, "action_made", id=one.action)), width="content")
        elif screen.may("record"):
            st.button(said(screen, "action"), key="brk_action", icon=":material/add_task:", on_click=_act,
                      args=(screen, one))  # fmt: skip
        if isinstance(one, Breach) and screen.may("approve"):
            part = one.unit if one.by == "branch" else ""
            st.button(said(screen, "change_limit"), key="brk_limit", icon=":material/tune:",
                      on_click=limits_set.ask, args=(one.indicator, one.by, part))  # fmt: skip
    asked = {"indicator": indicator.id, **({"unit": one.unit} if one.by == "branch" else {})}
    label = say(screen.language, "warnings.to_sheet", name=md(indicator.text(screen.language, "title")))
    menu.link("indicators", label=label, query_params=asked)


def _act(screen: Screen, one: Found) -> None:
    """Ask for the form of an action, with what is known here filled in."""
    close()
    risk = next(iter(indicators()[one.indicator].risk), "")
    st.session_state[ACTION] = {
        "origin": f"breach/{one.id}", "risk_id": risk, "effect_indicator_id": one.indicator,
        **({"branch_id": one.unit} if one.by == "branch" else {}),
        **({"owner": one.owner} if one.owner else {}),
    }  # fmt: skip
