"""Where lateness comes from and goes to: loans by month of disbursement, and what a month did with each bucket."""

import datetime
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import history
from metrics.catalogue import Indicator, indicators
from metrics.charts.heat import plain
from metrics.charts.tones import tones
from metrics.excel import Figure, Sheet
from metrics.store import Scope
from metrics.words import month, percent, say
from pages.ui import excel
from pages.ui.data import Source
from pages.ui.indicator import drawing, listed
from pages.ui.screen import Screen

SHOWN_WITH = {"vintage_par": ("vintages",), "migration_30": ("rolls",), "par30": ("rolls", "vintages")}
AGES = (1, 3, 6, 9, 12)  # months on book
VINTAGES = 15
Where = tuple[tuple[str, tuple[str, ...]], ...]


@st.cache_data(show_spinner=False, max_entries=24)
def vintages(source: Source, scope: Scope, where: Where) -> pd.DataFrame:
    """Loans by month of disbursement, followed over their months on book."""
    with closing(source.store.cursor(scope)) as cursor:
        return history.vintages(cursor, max(AGES), where)


@st.cache_data(show_spinner=False, max_entries=24)
def rolls(source: Source, scope: Scope, day: datetime.date, where: Where) -> pd.DataFrame:
    """Where the principal of the month-end before stands on a day."""
    with closing(source.store.cursor(scope)) as cursor:
        return history.roll_rates(cursor, day, where)


@st.cache_data(show_spinner=False, max_entries=64)
def covered(source: Source, scope: Scope, name: str, day: datetime.date) -> int | None:
    """Months of the trailing year that the flows behind an indicator cover; None where it reads no flow."""
    with closing(source.store.cursor(scope)) as cursor:
        return history.covered(cursor, indicators()[name], day)


def show(screen: Screen, indicator: Indicator, of: tuple[str, str, str], day: datetime.date) -> None:
    """The tables that explain the indicator's lateness; nothing for another indicator.

    Args:
        of: kind, id and name of the unit that the sheet shows.
    """
    wanted = SHOWN_WITH.get(indicator.id, ())
    kind, unit, _ = of
    where = [(kind, (unit,))] if kind in ("branch", "product") else []
    if screen.choices.product:
        where.append(("product", (screen.choices.product,)))
    for name in wanted:
        drawn = {"rolls": _rolls, "vintages": _vintages}[name]
        drawn(screen, tuple(where), day)


def _rolls(screen: Screen, where: Where, day: datetime.date) -> None:
    found = rolls(screen.source, screen.scope, day, where)
    ends = [name for name in history.ENDS if name in set(found["bucket_to"])]
    starts = [name for name in history.BUCKETS if name in set(found["bucket_from"])]
    shares = found.set_index(["bucket_from", "bucket_to"])["share"]
    heads = [_said(screen, "from"), *(_bucket(screen, name) for name in ends)]
    cells = {start: [shares.get((start, end), 0.0) for end in ends] for start in starts}
    _table(screen, "rolls", heads, [(_bucket(screen, start), values) for start, values in cells.items()], day)


def _vintages(screen: Screen, where: Where, day: datetime.date) -> None:
    found = vintages(screen.source, screen.scope, where)
    found = found[found["vintage"] <= pd.Timestamp(day)]
    latest = sorted(found["vintage"].unique())[-VINTAGES:]
    par = found.set_index(["vintage", "months_on_book"])["par"]
    last = found.sort_values("months_on_book").groupby("vintage").last()
    lost = last["written_off"] / last["disbursed"]
    heads = [_said(screen, "vintage"), *(_said(screen, "after", n=age) for age in AGES), _said(screen, "lost")]
    rows = [
        (month(screen.language, vintage.date()), [*(par.get((vintage, age)) for age in AGES), lost[vintage]])
        for vintage in latest
    ]
    _table(screen, "vintages", heads, rows, day)


def _table(
    screen: Screen, name: str, heads: list[str], rows: list[tuple[str, list[float | None]]], day: datetime.date
) -> None:
    """A table of shares with its title, a sentence on how to read it, and its Excel; or why there is none."""
    title = _said(screen, f"{name}_title", month=month(screen.language, day))
    with st.container(key=f"head_{name}", horizontal=True, horizontal_alignment="distribute"):
        st.header(title, anchor=False)
        if rows:
            lines = [[first, *(Figure(_known(value), "%") for value in values)] for first, values in rows]
            made = [Sheet(title, heads, lines, [_said(screen, f"{name}_help")])]
            excel.button(screen, name, lambda: made, f"excel_{name}")
    if not rows:
        st.markdown(f":gray[{_said(screen, f'{name}_none')}]")
        return
    st.caption(_said(screen, f"{name}_help"))
    written = [[first, *(_cell(screen, value) for value in values)] for first, values in rows]
    # Where the window is narrow it scrolls in its own place, which the keyboard reaches.
    drawing.show(plain(heads, written, title, tones(st.context.theme.type)), f"table_{name}", listed.opened)


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)


def _cell(screen: Screen, value: float | None) -> str:
    known = _known(value)
    return "–" if known is None else percent(screen.language, known, 1)


def _bucket(screen: Screen, name: str) -> str:
    return _said(screen, f"bucket_{name}")


def _said(screen: Screen, name: str, **params: object) -> str:
    return say(screen.language, f"cohorts.{name}", **params)
