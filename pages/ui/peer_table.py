"""Peers on the page Data: the template of the user's own table, putting one in, and where one stands among them."""

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from metrics import peers
from metrics.catalogue import Indicator, indicators
from metrics.excel import Figure, Sheet
from metrics.figures import figure
from metrics.peers import Peers
from metrics.policy import Fixed
from metrics.schema import tables
from metrics.store import Scope
from metrics.words import date, say
from pages.ui import data, downloads, excel, giving, uploader
from pages.ui.screen import Screen
from pages.ui.text import md

TABLE = "peer_values"


@dataclass(frozen=True)
class Loaded:
    """The user's own peers: one entry an indicator; names that mean no indicator; shares that cannot be right."""

    peers: tuple[Peers, ...] = ()
    count: int = 0
    unknown: tuple[tuple[str, int, str], ...] = ()
    oversized: tuple[tuple[str, int], ...] = ()


def _word(screen: Screen, key: str, /, **params: object) -> str:
    return say(screen.language, f"peers.{key}", **params)


@st.cache_resource(show_spinner=False, max_entries=16)
def loaded(source: data.Source, scope: Scope, settings: Fixed[object]) -> Loaded:
    """The user's own peers in a scope under the definitions in force. Frozen, so that sessions may share it."""
    with closing(source.store.cursor(scope)) as cursor:
        count = int(cursor.execute("SELECT count(DISTINCT peer) FROM v_peer_values").fetchall()[0][0])
        if not count:
            return Loaded()
        every = [one for name in indicators() for one in peers.percentiles(cursor, name, None, dict(settings))]
        own = tuple(one for one in every if one.source == "own")
        return Loaded(own, count, tuple(peers.unknown(cursor)), tuple(peers.oversized(cursor)))


def own(screen: Screen) -> Loaded:
    """The user's own peers, as this reader may see them."""
    return loaded(screen.source, screen.scope, Fixed(tuple(screen.policy.settings.items())))


def headline(screen: Screen) -> str:
    """How many peers of one's own there are, and for how many indicators."""
    found = own(screen)
    if not found.count:
        return _word(screen, "head_none")
    return _word(screen, "head_own", n=found.count, indicators=len(found.peers), all=len(indicators()))


def show(screen: Screen, kinds: Sequence[str]) -> None:
    """What the table is, its template, the place to put it in; then the peers that are loaded."""
    st.markdown(_word(screen, "table_text"))
    with st.container(horizontal=True):
        _csv(screen, "template_own", list(tables()[TABLE].columns)[1:], [], "peers.csv")
        _csv(screen, "template_names", _heads(screen), _names(screen), "indicators.csv")
    uploader.show(screen, kinds)
    found = own(screen)
    for name, n, near in found.unknown:
        said = _word(screen, "unknown_near", name=name, n=n, near=near) if near else ""
        st.warning(md(said or _word(screen, "unknown", name=name, n=n)))
    for name, n in found.oversized:
        title = indicators()[name].text(screen.language, "title")
        st.warning(md(_word(screen, "oversized", name=title, n=n)))
    if found.peers:
        _standing(screen, found)


def _csv(screen: Screen, name: str, heads: Sequence[str], rows: Sequence[Sequence[object]], file: str) -> None:
    giving.file(
        screen, _word(screen, name), downloads.as_csv(heads, rows), file, "text/csv", key=name,
        help=_word(screen, f"{name}_help"),
    )  # fmt: skip


def _heads(screen: Screen) -> list[str]:
    return ["indicator_id", *(_word(screen, f"col_{name}") for name in ("indicator", "unit"))]


def _names(screen: Screen) -> list[tuple[str, str, str]]:
    """Every indicator: its id, its name, and how its figure is written."""
    return [(one.id, one.text(screen.language, "title"), _unit(screen, one)) for one in indicators().values()]


def _unit(screen: Screen, indicator: Indicator) -> str:
    if indicator.unit in ("%", "points"):
        return _word(screen, "unit_share" if indicator.unit == "%" else "unit_points")
    return screen.say(f"unit_of_{indicator.unit}")


def _standing(screen: Screen, found: Loaded) -> None:
    """A line an indicator: one's own value, how many peers, their median and middle half, one's place."""
    language, shown = screen.language, screen.picture()
    day = shown.as_of if shown else None
    values = _values(screen, day) if day else {}
    cash = shown.currency if shown else ""
    lines = [_line(screen, one, values.get(one.indicator), cash) for one in found.peers]
    names = ("indicator", "value", "n", "median", "middle", "place")
    heads = [_word(screen, f"col_{name}") for name in names]
    with st.container(key="head_peers", horizontal=True, horizontal_alignment="distribute"):
        said = _word(screen, "standing", date=date(language, day)) if day else _word(screen, "standing_undated")
        st.header(said, anchor=False)
        rows = [_row(screen, one, values) for one in found.peers]
        sheet = Sheet(screen.say("part_peers"), _sheet_heads(screen), rows)
        excel.button(screen, "peers", lambda: [sheet], "excel_peers")
    columns = ([md(line[at]) for line in lines] for at in range(len(heads)))
    with st.container(key="peer_lines"):
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True, alt=said)
    sources = list(dict.fromkeys(source for one in found.peers for source in one.sources))
    st.caption(md(_word(screen, "standing_from", sources=", ".join(sources) or _word(screen, "own_table"))))


def _values(screen: Screen, day: datetime.date) -> dict[str, float]:
    """One's own value of each indicator, where there is one institution."""
    frame = data.whole_values(screen.source, screen.scope, screen.choices.policy, day)
    known = frame[frame["value"].notna()].drop_duplicates("indicator", keep=False)
    return dict(zip(known["indicator"], known["value"].astype(float), strict=True))


def _line(screen: Screen, one: Peers, value: float | None, cash: str) -> list[str]:
    language, indicator = screen.language, indicators()[one.indicator]

    def told(level: float | None) -> str:
        return figure(language, indicator, level, cash)

    middle = "–" if one.p25 is None else f"{told(one.p25)} – {told(one.p75)}"
    count = _word(screen, "years", n=one.n, years=_years(one))
    return [screen.named(indicator), told(value), count, told(one.p50), middle, _place(screen, one, value)]


def _place(screen: Screen, one: Peers, value: float | None) -> str:
    """How many peers stand lower: among a few, a percentile would say more than it knows."""
    if value is None:
        return "–"
    return _word(screen, "lower", n=bisect_left(one.values, value), all=one.n)


def _years(one: Peers) -> str:
    first, last = one.years
    return str(first) if first == last else f"{first}–{last}"


def _sheet_heads(screen: Screen) -> list[str]:
    return [_word(screen, f"col_{name}") for name in ("indicator", "value", "peers", "years")] + [
        "p10", "p25", "p50", "p75", "p90", _word(screen, "col_place")
    ]  # fmt: skip


def _row(screen: Screen, one: Peers, values: dict[str, float]) -> list[object]:
    indicator, value = indicators()[one.indicator], values.get(one.indicator)
    levels = [Figure(level, indicator.unit) for level in (one.p10, one.p25, one.p50, one.p75, one.p90)]
    head: list[object] = [screen.named(indicator), Figure(value, indicator.unit), one.n, _years(one)]
    return [*head, *levels, _place(screen, one, value)]
