"""The list of all indicators: found by words, theme or state; each row opens its sheet."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics import peers as peers_of
from metrics.catalogue import Indicator, indicators
from metrics.charts.listing import Row, listing
from metrics.charts.tones import tones
from metrics.excel import Figure, Sheet
from metrics.peers import Peers, group_name
from metrics.words import say
from pages.ui import excel, state, weights
from pages.ui.indicator import drawing, figures, reads
from pages.ui.indicator.figures import SPANS, Reading
from pages.ui.screen import Screen

SHOW = ("all", "past", "missing", "scored", "watched")
MONTHS = 24


def found(screen: Screen, day: datetime.date) -> list[Reading]:
    """Every indicator of the institution (or of the part that is chosen) at a date."""
    choices = screen.choices
    frame = reads.figures(screen.source, screen.scope, choices.policy, "institution", choices.product)
    units = list(dict.fromkeys(frame.loc[frame["period"] == day, "unit"]))
    frame = frame[frame["unit"] == units[0]] if units else frame
    limits = reads.limits(screen.source, screen.scope, choices.policy, "institution")
    dates = sorted(screen.options.periods)[-MONTHS:]
    return figures.readings(frame, dates, day, limits)


def scored(screen: Screen) -> dict[str, float]:
    """Indicators that the weighting in use scores, with their share of the balance."""
    policy = weights.used(screen)
    shares = policy.tree().shares()[0]
    return {leaf.indicator: float(share) for leaf, share in zip(policy.leaves, shares, strict=True)}


def headline(screen: Screen, every: Sequence[Reading]) -> str:
    """How many there are, how many are past their limits, how many are missing."""
    past = sum(reading.level in ("red", "amber") for reading in every)
    missing = sum(reading.value is None for reading in every)
    language = screen.language
    first = say(language, "indicators.head_all", n=len(every))
    parts = [say(language, "indicators.head_past", n=past)] if past else [say(language, "indicators.head_none_past")]
    if missing:
        parts.append(say(language, "indicators.head_missing", n=missing))
    return say(language, "indicators.head", first=first, rest=", ".join(parts))


def second(screen: Screen, every: Sequence[Reading]) -> str:
    """How many of them count in the balance."""
    weighted = scored(screen)
    n = sum(reading.indicator.id in weighted for reading in every)
    return say(screen.language, "indicators.second", n=n, watched=len(every) - n)


def holds(indicator: Indicator, language: str, wanted: str) -> bool:
    """Whether an indicator's id, names, summary, theme, risks or standards hold every word that is searched for."""
    texts = [indicator.text(language, name) for name in ("title", "short", "plain", "summary")]
    risks = [say(language, f"risks.{risk}") for risk in indicator.risk]
    theme = say(language, f"themes.{indicator.theme}")
    whole = " ".join([indicator.id, theme, *texts, *indicator.standard, *risks]).casefold()
    return all(word in whole for word in wanted.casefold().split())


def chosen(screen: Screen, every: Sequence[Reading]) -> list[Reading]:
    """The inputs above the list, and what they leave of it; the address keeps theme and state."""
    language = screen.language
    with st.container(key="find", horizontal=True, vertical_alignment="center"):
        label = say(language, "indicators.search")
        wanted = st.text_input(
            label, key="find_words", type="search", live=True, placeholder=label, label_visibility="collapsed",
            width=300,
        )  # fmt: skip
        theme = _theme(screen)
        shown = _shown(screen, every)
    weighted = scored(screen)
    tests = {
        "past": lambda r: r.level in ("red", "amber"),
        "missing": lambda r: r.value is None,
        "scored": lambda r: r.indicator.id in weighted,
        "watched": lambda r: r.indicator.id not in weighted,
    }
    left = [r for r in every if theme in ("", r.indicator.pillar, r.indicator.theme)]
    left = [r for r in left if shown not in tests or tests[shown](r)]
    return [r for r in left if holds(r.indicator, language, wanted or "")]


def themes() -> list[str]:
    """Both sides and their themes, as the list may be narrowed to; empty is all."""
    return list(dict.fromkeys(["", *(name for i in indicators().values() for name in (i.pillar, i.theme))]))


def _theme(screen: Screen) -> str:
    known = themes()
    asked = state.given("theme") or ""
    st.session_state["w_theme"] = asked if asked in known else ""

    def written(name: str) -> str:
        if not name:
            return say(screen.language, "indicators.every_theme")
        text = say(screen.language, f"themes.{name}")
        return text if name in ("financial", "social") else f"\u2003{text}"

    st.selectbox(
        say(screen.language, "indicators.theme"), known, format_func=written, key="w_theme",
        label_visibility="collapsed", on_change=lambda: _kept("theme", ""), width=260,
    )  # fmt: skip
    return str(st.session_state["w_theme"])


def _shown(screen: Screen, every: Sequence[Reading]) -> str:
    asked = state.given("show") or SHOW[0]
    st.session_state["w_show"] = asked if asked in SHOW else SHOW[0]
    st.segmented_control(
        say(screen.language, "indicators.show"), SHOW, key="w_show", required=True, label_visibility="collapsed",
        wrap=True,
        format_func=lambda name: say(screen.language, f"indicators.show_{name}"),
        on_change=lambda: _kept("show", SHOW[0]),
    )  # fmt: skip
    return str(st.session_state["w_show"])


def _kept(key: str, default: str) -> None:
    value = st.session_state[f"w_{key}"]
    state.put(key, *(() if value == default else (value,)))


def opened(name: str) -> None:
    """A row was picked: the address names its indicator, and so its sheet opens; `id|unit` opens it for a unit."""
    indicator, _, unit = name.partition("|")
    if indicator in indicators():
        state.put("indicator", indicator)
        if unit:
            state.put("unit", unit)
            state.put("part")


def show(screen: Screen, every: Sequence[Reading], day: datetime.date) -> None:
    """Inputs, count, Excel, and the table."""
    rows = by_need(chosen(screen, every))
    language = screen.language
    with st.container(key="found", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(say(language, "indicators.found", n=len(rows)) + " · " + say(language, "indicators.list_note"))
        excel.button(screen, "indicators", lambda: [table(screen, rows, every_peer, cash)], "excel_list")
        every_peer = reads.peers(screen.source, screen.scope, screen.choices.policy)
        cash = reads.currency(screen.source, screen.scope)
    if not rows:
        st.markdown(say(language, "indicators.found_none"))
        return
    weighted = scored(screen)
    written = [_row(screen, reading, weighted, nearest(reading, every_peer), cash) for reading in rows]
    look = tones(st.context.theme.type)
    drawing.show(listing(written, language, look, len(rows[0].series)), "listing", opened)


def by_need(rows: Sequence[Reading]) -> list[Reading]:
    """Within each theme those that need action first: critical, past the limit, the rest, what is missing."""
    themes = list(dict.fromkeys(r.indicator.theme for r in rows))
    need = {"red": 0, "amber": 1}
    return sorted(rows, key=lambda r: (themes.index(r.indicator.theme), need.get(r.level, 2), r.value is None))


def nearest(reading: Reading, every: dict[str, list[Peers]]) -> Peers | None:
    """The peers among which the value can be placed, or which at least have an average."""
    known = every.get(reading.indicator.id, [])
    return next((p for p in known if p.p50 is not None or p.average is not None), None)


def _row(screen: Screen, reading: Reading, weighted: dict[str, float], near: Peers | None, cash: str) -> Row:
    language, indicator = screen.language, reading.indicator
    side = say(language, f"themes.{indicator.pillar}")
    title = screen.named(indicator)
    note = say(language, "indicators.is_scored") if indicator.id in weighted else ""
    group = f"{side} · {say(language, 'themes.' + indicator.theme)}"
    if reading.value is None:
        why = figures.why_missing(language, reading)
        return Row(indicator.id, indicator.pillar, group, title, note, missing=why)
    changes = [figures.difference(language, indicator, reading.changes[kind], cash, unit=False) for kind in SPANS]
    return Row(
        id=indicator.id, pillar=indicator.pillar, group=group, title=title, note=note, series=reading.series,
        lines=figures.lines(reading.limit), value=figures.written(language, indicator, reading.value, cash),
        changes=(changes[0], changes[1], changes[2]), level=reading.level,
        status=figures.level_text(language, reading),
        limit=figures.limit_text(language, indicator, reading.limit, cash),
        peer=peer_text(language, indicator, near, reading.value, cash), peer_note=peer_note(language, near),
        coverage=figures.coverage_text(language, reading),
        people="" if reading.n is None else say(language, "indicators.n", n=reading.n),
    )  # fmt: skip


def peer_text(language: str, indicator: Indicator, near: Peers | None, value: float | None, cash: str) -> str:
    """The value's place among peers, or their average; empty where there are none."""
    if near is None:
        return ""
    hollow = "○ " if near.hollow else ""
    place = peers_of.place_text(language, near, value)
    if place:
        return hollow + place
    if near.average is None:
        return ""
    value = figures.written(language, indicator, near.average, cash)
    return hollow + say(language, "indicators.peer_average", value=value)


def peer_note(language: str, near: Peers | None) -> str:
    """Who the peers are, and of which years."""
    if near is None:
        return ""
    first, last = near.years
    years = str(first) if first == last else f"{first}–{last % 100:02d}"
    return say(language, "indicators.peer_brief", group=group_name(language, near.group), years=years, n=near.n)


def table(screen: Screen, rows: Sequence[Reading], every_peer: dict[str, list[Peers]], cash: str) -> Sheet:
    """The list as an Excel sheet: numbers as numbers."""
    language = screen.language
    names = (
        "indicator", "id", "theme", "counts", "unit", "value", "month", "quarter", "year", "status", "amber", "red",
        "n", "coverage", "low", "high", "peers", "missing_why",
    )  # fmt: skip
    heads = [say(language, f"indicators.head_{name}") for name in names]
    weighted = {leaf.indicator for leaf in weights.used(screen).leaves}
    lines = []
    for r in rows:
        i, near = r.indicator, nearest(r, every_peer)
        unit = "%" if i.unit == "%" else i.unit
        place = " · ".join(t for t in (peer_text(language, i, near, r.value, cash), peer_note(language, near)) if t)
        lines.append([
            screen.named(i), i.id, say(language, f"themes.{i.theme}"),
            say(language, "indicators.is_scored" if i.id in weighted else "indicators.is_watched"),
            screen.say(f"unit_of_{'percent' if i.unit == '%' else i.unit}"), Figure(r.value, unit),
            *(Figure(r.changes[kind], unit) for kind in SPANS),
            figures.level_text(language, r) if r.value is not None else "",
            *(_edge(r, name, unit) for name in ("amber", "red")),
            r.n, Figure(r.coverage, "%"), Figure(r.low, unit), Figure(r.high, unit), place,
            figures.why_missing(language, r) if r.value is None else "",
        ])  # fmt: skip
    return Sheet(say(language, "indicators.sheet_list"), heads, lines)


def _edge(reading: Reading, name: str, unit: str) -> object:
    """A limit as a number, or a band's two ends as text."""
    line = getattr(reading.limit, name) if reading.limit else None
    return f"{line[0]:g} – {line[1]:g}" if isinstance(line, tuple) else Figure(line, unit)
