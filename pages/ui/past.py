"""Past months on the page Data: what one day's extract can tell of them, shown before anything is kept."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import rebuilding
from metrics.errors import EvenkeelError
from metrics.excel import Figure, Sheet
from metrics.figures import portfolio
from metrics.rebuilding import Rebuilt
from metrics.words import month, number, percent, say
from pages.ui import data, downloads, excel, giving, recording
from pages.ui.screen import Screen
from pages.ui.text import md

ASKED = "past_months"
NEWEST = 12  # months that stand open; the others are a click away


def _word(screen: Screen, key: str, /, **params: object) -> str:
    return say(screen.language, f"peers.{key}", **params)


@st.cache_data(show_spinner=False, max_entries=16)
def differences(source: data.Source) -> pd.DataFrame:
    """Reconstructed months beside the real snapshots that took their place."""
    with closing(source.store.cursor()) as cursor:
        return rebuilding.differences(cursor)


@st.cache_resource(show_spinner=False, max_entries=8)
def planned(source: data.Source, months: int) -> Rebuilt | EvenkeelError:
    """What a rebuild would land, or why it cannot; the whole institution, whatever part of it is shown."""
    with closing(source.store.cursor()) as cursor:
        try:
            return rebuilding.planned(cursor, months)
        except EvenkeelError as fault:
            return fault


def headline(screen: Screen) -> str:
    """How many of the months shown are reconstructed."""
    n, every = len(data.reconstructed(screen.source)), len(screen.options.periods)
    if not every:
        return _word(screen, "past_head_empty")
    return _word(screen, "past_head", n=n, all=every) if n else _word(screen, "past_head_none", n=every)


def show(screen: Screen) -> None:
    """What is reconstructed, how it agrees with what came later, and the way to reconstruct more."""
    st.markdown(_word(screen, "past_text"))
    done = data.reconstructed(screen.source)
    if done:
        st.markdown(_word(screen, "past_done", n=len(done), months=_listed(screen, done)))
    asked = st.session_state.get(ASKED)
    if asked:
        _preview(screen, int(asked))
    else:
        _ask(screen)
    _differences(screen)


def _listed(screen: Screen, days: Sequence[datetime.date]) -> str:
    named = [month(screen.language, day) for day in days]
    return f"{named[0]} – {named[-1]}" if len(named) > 2 else ", ".join(named)


def _ask(screen: Screen) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = _word(screen, "past_months", most=rebuilding.MOST)
        months = st.number_input(label, 1, rebuilding.MOST, rebuilding.MOST, key="past_asked", width=220)
        st.button(_word(screen, "past_look"), key="past_look", type="primary", on_click=_asked, args=(int(months),))


def _asked(months: int) -> None:
    st.session_state[ASKED] = months


def _forget() -> None:
    st.session_state.pop(ASKED, None)


def _preview(screen: Screen, months: int) -> None:
    """What would be landed, month by month, and what cannot be told; then land or discard."""
    with st.spinner(_word(screen, "past_computing")):
        found = planned(screen.source, months)
    if isinstance(found, EvenkeelError):
        st.error(md(found.text(screen.language)))
        st.button(_word(screen, "past_back"), key="past_discard", on_click=_forget)
        return
    with st.container(key="head_past", horizontal=True, horizontal_alignment="distribute"):
        said = _word(screen, "past_would", n=len(found.months), months=_listed(screen, found.months))
        st.header(said, anchor=False)
        sheet = Sheet(_word(screen, "past_sheet"), _heads(screen), _rows(found.sums))
        excel.button(screen, "reconstructed", lambda: [sheet], "excel_past")
    _months(screen, found, said, _currency(screen))
    _doubts(screen, found)
    with st.container(horizontal=True):
        sure = not screen.source.is_sample and screen.may("upload") and st.button(
            _word(screen, "past_land", n=found.rows), key="past_land", type="primary"
        )
        label = _word(screen, "past_back") if screen.source.is_sample else screen.say("discard")
        st.button(label, key="past_discard", on_click=_forget)
    if screen.source.is_sample:
        st.markdown(f":gray[{_word(screen, 'past_sample')}]")
    if sure:
        _land(screen, months)


def _heads(screen: Screen) -> list[str]:
    return [_word(screen, f"past_{name}") for name in ("month", "portfolio", "loans", "late")]


def _rows(sums: Iterable[Mapping[str, object]]) -> list[list[object]]:
    """Each month, the newest first: portfolio, loans, and the share more than 30 days late."""
    frame = pd.DataFrame(list(sums)).groupby("period", as_index=False)[["glp", "loans", "late"]].sum()
    return [
        [datetime.date.fromisoformat(str(row.period)), Figure(float(row.glp), "money"), int(row.loans),
         Figure(float(row.late / row.glp) if row.glp else None, "%")]
        for row in frame.sort_values("period", ascending=False).itertuples()
    ]  # fmt: skip


def _currency(screen: Screen) -> str:
    """The currency of all amounts; empty where it is not known."""
    shown = screen.picture()
    return shown.currency if shown else ""


def _months(screen: Screen, found: Rebuilt, said: str, cash: str) -> None:
    language, rows = screen.language, _rows(found.sums)
    texts = [
        (month(language, day), portfolio(language, glp.value or 0, cash), number(language, loans),
         "–" if late.value is None else percent(language, late.value, 1))
        for day, glp, loans, late in rows
    ]  # fmt: skip
    _table(screen, texts[:NEWEST], said)
    if len(texts) > NEWEST:
        with st.expander(_word(screen, "past_earlier", n=len(texts) - NEWEST)):
            _table(screen, texts[NEWEST:], said)


def _table(screen: Screen, texts: Sequence[Sequence[str]], said: str) -> None:
    columns = ([md(line[at]) for line in texts] for at in range(4))
    st.table(dict(zip(_heads(screen), columns, strict=True)), border="horizontal", hide_index=True, alt=said)


def _doubts(screen: Screen, found: Rebuilt) -> None:
    """What cannot be rebuilt, in sentences, and the loans behind them."""
    st.header(_word(screen, "past_doubts"), anchor=False)
    notes = [note.text(screen.language) for note in found.notes if note.key != "peers.rebuilt_months"]
    st.markdown("\n".join(f"- {md(text)}" for text in notes))
    lines = [(loan, _word(screen, f"doubt_of_{kind}")) for kind, loans in found.loans.items() for loan in loans]
    if lines:
        giving.file(
            screen, _word(screen, "past_take", n=len(lines)),
            downloads.as_csv([_word(screen, "past_loan"), _word(screen, "past_doubt")], lines),
            "reconstructed.csv", "text/csv", key="past_take", action="rows",
        )  # fmt: skip


def _land(screen: Screen, months: int) -> None:
    store = screen.source.store
    with st.spinner(screen.say("landing")), closing(store.cursor()) as cursor:
        landed = rebuilding.rebuild(store, cursor, months, recording.who())
    _forget()
    st.session_state["landed"] = landed.batch
    st.rerun()


def _differences(screen: Screen) -> None:
    """Reconstructed months whose real snapshot came later: both figures and how far they are apart."""
    frame = differences(screen.source)
    if frame.empty:
        return
    st.header(_word(screen, "differ_title", n=int(frame["period"].nunique())), anchor=False)
    st.markdown(_word(screen, "differ_text"))
    language = screen.language
    columns: dict[str, list[str]] = {
        _word(screen, "past_month"): [month(language, day.date()) for day in frame["period"]],
        _word(screen, "past_branch"): [md(_branch(screen, name)) for name in frame["branch_id"]],
    }
    for name, kind in (("glp", "portfolio"), ("loans", "loans")):
        pair = zip(frame[name], frame[f"{name}_real"], strict=True)
        columns[_word(screen, f"past_{kind}")] = [f"{number(language, a)} → {number(language, b)}" for a, b in pair]
    late = zip(frame["par30_excl_renegotiated"], frame["par30_excl_renegotiated_real"], strict=True)
    columns[_word(screen, "past_late")] = [f"{_share(language, a)} → {_share(language, b)}" for a, b in late]
    st.dataframe(pd.DataFrame(columns), hide_index=True, height="content" if len(frame) < 12 else 420)


def _branch(screen: Screen, name: object) -> str:
    return screen.options.branches.get(str(name), "–" if name is None or name != name else str(name))


def _share(language: str, value: float) -> str:
    return "–" if value != value else percent(language, value, 1)
