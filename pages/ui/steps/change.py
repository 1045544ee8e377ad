"""What a batch would change, before it lands: rows, totals, and the indicators that move, as they will stand."""

import pandas as pd
import streamlit as st

from metrics import checks
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError
from metrics.figures import figure
from metrics.ingest.moved import IndicatorMove, Moves, TableMove
from metrics.words import date, number
from pages.ui import titles, upload, work
from pages.ui.screen import Screen
from pages.ui.text import md, sentences
from pages.ui.upload import Seen, Upload

FIRST = 10


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """Rows and totals by table, then the indicators that move most."""
    job = upload.change(kept, seen, screen.policy.settings)
    if not work.waited(screen, f"change-{kept.id}", job):
        return
    error = job.future.exception()
    if error is not None:
        st.warning(sentences(screen.language, error) if isinstance(error, EvenkeelError) else md(error))
        return
    found: Moves = job.future.result()
    own = {sheet.table for sheet in seen.preview.sheets}
    for table in sorted(found.tables, key=lambda move: move.table not in own):
        with st.container(key=f"change_{table.table}"):
            st.markdown(_sentence(screen, table))
    _checks(screen, found)
    _indicators(screen, found)


def _checks(screen: Screen, found: Moves) -> None:
    """The data checks that would find more than now."""
    for one in found.checks:
        title = md(checks.catalogue()[one.check].text(screen.language, "title"))
        st.markdown(f":orange[▲] {screen.say('change_check', title=title, before=one.before, after=one.after)}")


def _sentence(screen: Screen, move: TableMove) -> str:
    """One table in a sentence: whether rows are added, replaced or updated, how many, of when, and the totals."""
    said = screen.say(f"change_{move.kind}", table=f"**{md(titles.table(screen, move.table))}**")
    names = ("new", "changed", "gone", "same")
    parts = [screen.say(f"rows_{name}", n=getattr(move, name)) for name in names if getattr(move, name)]
    if move.first and move.last:
        first, last = date(screen.language, move.first), date(screen.language, move.last)
        span = first if first == last else screen.say("dates_range", first=first, last=last)
        parts.append(f":gray[{span}]")
    for total in move.totals:
        before, after = (_amount(screen, value) for value in (total.before, total.after))
        parts.append(f"{screen.say(f'total_{total.name}')} {before} → **{after}**")
    return f"{said}  \n" + " · ".join(parts)


def _amount(screen: Screen, value: float | None) -> str:
    return screen.say("nothing_yet") if value is None else number(screen.language, value, 0)


def _indicators(screen: Screen, found: Moves) -> None:
    """The indicators that move, what moves most first; those that come to life after them."""
    moved = [one for one in found.indicators or () if one.size is not None]
    come = [one for one in found.indicators or () if one.before is None and one.after is not None]
    go = [one for one in found.indicators or () if one.after is None and one.before is not None]
    if not (moved or come or go):
        st.markdown(screen.say("change_none"))
        return
    for name, listed in (("moved", moved), ("come", come), ("go", go)):
        if listed:
            st.header(screen.say(f"change_{name}", n=len(listed)), anchor=False)
            _listed(screen, listed[:FIRST])
        if len(listed) > FIRST:
            with st.expander(screen.say("change_more", n=len(listed) - FIRST), key=f"more_{name}"):
                _listed(screen, listed[FIRST:])


def _listed(screen: Screen, moves: list[IndicatorMove]) -> None:
    """Indicator, day, before, after; the exact figures come once the batch has landed."""
    rows = [_row(screen, one) for one in moves]
    frame = pd.DataFrame(rows, columns=[screen.say(f"col_{name}") for name in ("indicator", "day", "before", "after")])
    st.table(frame, border="horizontal", hide_index=True)


def _row(screen: Screen, move: IndicatorMove) -> tuple[str, str, str, str]:
    indicator = indicators()[move.indicator]
    before, after = (
        "–" if value is None else figure(screen.language, indicator, value, "") for value in (move.before, move.after)
    )
    several = f" · {move.unit}" if len(screen.options.branches) and move.unit not in ("own", "") else ""
    title = indicator.text(screen.language, "title") + several
    return md(title), date(screen.language, move.period), md(before), md(after)
