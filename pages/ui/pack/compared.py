"""What changed between two frozen packs: in words, figure by figure, and all that they rest on."""

import datetime

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.packs import differing
from metrics.packs.differing import Differences
from metrics.records import Record
from metrics.words import date, percent
from pages.ui import giving, state
from pages.ui.data import Source
from pages.ui.downloads import as_csv
from pages.ui.pack import made
from pages.ui.pack.wish import said
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

KEYS = ("before", "after")
HEADS = ("section", "figure", "before", "after", "change", "why")
Chosen = tuple[str, int]  # a record's id and version


def show(screen: Screen, found: list[Record]) -> None:
    """Two packs to choose, the last two at first, and what differs."""
    st.header(said(screen, "compare"), anchor=False)
    known = {record.id: record for record in found}
    names = [record.id for record in reversed(found)]
    usual = dict(zip(KEYS, (names[-2], names[-1]), strict=True))
    with st.container(key="pack_compare"):
        for column, key in zip(st.columns(2), KEYS, strict=True):
            asked = state.given(key)
            st.session_state[f"w_pack_{key}"] = asked if asked in known else usual[key]
            with column:
                st.selectbox(said(screen, f"compare_{key}"), names, key=f"w_pack_{key}", on_change=_chosen,
                             args=(key,), format_func=lambda name: _named(screen, known[name]))  # fmt: skip
    one, other = (known[str(st.session_state[f"w_pack_{key}"])] for key in KEYS)
    if one.id == other.id:
        st.markdown(f":gray[{md(said(screen, 'compare_same'))}]")
        return
    try:
        changed = _differences(screen.source, (one.id, one.version), (other.id, other.version))
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    st.markdown("  \n".join(md(text) for text in differing.sentences(screen.language, changed)))
    _numbers(screen, changed, one, other)
    _others(screen, changed)


def _chosen(key: str) -> None:
    state.put(key, str(st.session_state[f"w_pack_{key}"]))


def _named(screen: Screen, record: Record) -> str:
    body = record.body
    days = (date(screen.language, _day(body[name])) for name in ("period", "presented_on"))
    return said(screen, "compare_named", id=record.id, **dict(zip(("period", "day"), days, strict=True)))


def _day(value: object) -> datetime.date:
    return datetime.date.fromisoformat(str(value))


@st.cache_resource(show_spinner=False, max_entries=16)
def _differences(source: Source, one: Chosen, other: Chosen) -> Differences:
    before, after = made.thawed(source, *one), made.thawed(source, *other)
    assert before is not None and after is not None
    return differing.differences(before, after)


def _numbers(screen: Screen, changed: Differences, one: Record, other: Record) -> None:
    """The figures that differ, those restated first."""
    if not changed.numbers:
        return
    heads = [said(screen, f"column_{name}") for name in HEADS]
    rows = [
        (moved.section, moved.name, moved.before.text, moved.after.text, differing.change_text(screen.language, moved),
         said(screen, f"why_{moved.why}"))
        for moved in changed.numbers
    ]  # fmt: skip
    st.dataframe([dict(zip(heads, row, strict=True)) for row in rows], hide_index=True, key="pack_changed",
                 alt=said(screen, "compare_alt", n=len(rows)))  # fmt: skip
    giving.file(screen, said(screen, "compare_csv"), as_csv(heads, rows), f"{one.id}-{other.id}.csv", "text/csv",
                key="pack_changed_csv", type="tertiary", icon=":material/download:")  # fmt: skip


def _others(screen: Screen, changed: Differences) -> None:
    """What the packs rest on, weights, definitions and texts, before and after."""
    def share(size: float | None) -> str:
        return "–" if size is None else percent(screen.language, size / 100, 1)

    parts = {
        "basis": list(changed.basis),
        "weights": [(name, share(before), share(after)) for name, before, after in changed.weights],
        "definitions": list(changed.definitions),
        "texts": list(changed.texts),
    }
    for name, rows in parts.items():
        if rows:
            with st.expander(said(screen, f"compare_{name}", n=len(rows))):
                heads = [said(screen, f"column_{head}") for head in ("what", "before", "after")]
                st.table([dict(zip(heads, map(md, row), strict=True)) for row in rows], hide_index=True,
                         border="horizontal")  # fmt: skip
