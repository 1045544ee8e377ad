"""The grid: goalposts and limits of every indicator, scored ones first, with source, approver and day."""

import datetime
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalogue import Indicator, indicators
from metrics.excel import Sheet
from metrics.policy import Policy
from metrics.words import percent
from pages.ui import excel
from pages.ui.screen import Screen
from pages.ui.settings import cells, draft
from pages.ui.settings.controls import said
from pages.ui.settings.draft import NUMBERS, Draft, word

COLUMNS = ("name", "share", *NUMBERS, "source", "by", "on")
BASE = "settings_base"


def show(screen: Screen, now: Draft) -> None:
    """The grid with what is edited in it, and what could not be read."""
    st.markdown(said(screen, "grid_text"))
    order = ordered(now.base)
    key = f"grid_{screen.choices.policy}_{screen.source.epoch}_{screen.language}_{draft.rounds()}"
    kept = st.session_state.get(BASE)
    # The editor keeps its own edits: what it starts from must stay the same until they are saved or discarded.
    if kept is None or kept[0] != key:
        kept = (key, frame(screen, now, order))
        st.session_state[BASE] = kept
    st.data_editor(
        kept[1],
        key=key,
        hide_index=True,
        disabled=_fixed(screen),
        column_config=_config(screen),
        column_order=COLUMNS,
        height=420,
        row_height=32,
        on_change=_edited,
        args=(screen.language, key, tuple(indicator.id for indicator in order)),
        alt=said(screen, "grid_alt"),
    )
    for name, column, text in st.session_state.get("settings_unread", ()):
        title = indicators()[name].text(screen.language, "title")
        st.error(said(screen, "cell_unread", name=title, column=said(screen, f"grid_{column}"), value=text[:60]))
    _caps(screen, now)
    made = _sheet(screen, now, order)
    excel.button(screen, "limits", lambda: [made], "excel_limits")


def _fixed(screen: Screen) -> list[str] | bool:
    """The columns that nobody types in here: approvals only who approves, and where people sign in never a name."""
    if not screen.may("policy"):
        return True
    approval = ["by", "on"] if not screen.may("approve") else []
    return ["name", "share", *approval]


def _caps(screen: Screen, now: Draft) -> None:
    """Which scored indicators with a red limit make a unit critical by it alone."""
    lines = now.policy.limits
    names = [leaf.indicator for leaf in now.base.leaves if lines.get(leaf.indicator, (None, None))[1] is not None]
    st.session_state["s_caps"] = [name for name in now.policy.caps if name in names]
    st.multiselect(
        said(screen, "caps"),
        names,
        format_func=lambda name: indicators()[name].text(screen.language, "short"),
        key="s_caps",
        help=said(screen, "caps_help"),
        placeholder=said(screen, "caps_none"),
        select_all=False,
        disabled=not screen.may("policy"),
        on_change=_capped,
        args=(tuple(names), now.base.caps, dict(now.lines)),
    )


def _capped(names: Sequence[str], base: Sequence[str], lines: draft.Edits) -> None:
    """What was ticked or unticked goes into the address."""
    chosen = st.session_state["s_caps"]
    changed = [name for name in names if (name in chosen) != (name in base) or (name, draft.CAP) in lines]
    draft.put_lines({(name, draft.CAP): draft.CAPS if name in chosen else draft.FREE for name in changed})


def ordered(policy: Policy) -> list[Indicator]:
    """Scored indicators in the order of what they weigh, then the others in the catalogue's."""
    shares = policy.tree().shares()[0]
    weight = {leaf.indicator: float(share) for leaf, share in zip(policy.leaves, shares, strict=True)}
    scored = sorted(weight, key=lambda name: -weight[name])
    rest = [name for name in indicators() if name not in weight]
    return [indicators()[name] for name in [*scored, *rest]]


def frame(screen: Screen, now: Draft, order: Sequence[Indicator]) -> pd.DataFrame:
    """The grid as texts, and the day as a date; one row an indicator."""
    return pd.DataFrame([_row(screen, now, indicator) for indicator in order], columns=list(COLUMNS))


def _row(screen: Screen, now: Draft, indicator: Indicator) -> dict[str, object]:
    approved = draft.approvals(screen.source)
    lines = draft.numbers(now.base, now.lines, indicator.id)
    texts = {column: cells.shown(screen.language, indicator, line) for column, line in lines.items()}
    day = word(approved, now.lines, indicator.id, "on")
    source = word(approved, now.lines, indicator.id, "source")
    if not source and indicator.id not in approved and (lines["amber"], lines["red"]) != (None, None):
        source = indicator.text(screen.language, "limits_source")
    weight = dict(zip((leaf.indicator for leaf in now.base.leaves), now.base.tree().shares()[0], strict=True))
    share = float(weight[indicator.id]) if indicator.id in weight else None
    return {
        "name": screen.named(indicator, "short"),
        "share": said(screen, "watched") if share is None else percent(screen.language, share, 1),
        **texts,
        "source": source,
        "by": word(approved, now.lines, indicator.id, "by"),
        "on": day,
    }


def _config(screen: Screen) -> dict[str, object]:
    def head(name: str, width: int, **more: object) -> object:
        label, note = said(screen, f"grid_{name}"), said(screen, f"grid_{name}_help")
        return st.column_config.TextColumn(label, width=width, help=note, **more)

    numbers = {name: head(name, 92 if name == "best" else 82) for name in NUMBERS}
    words = {"source": head("source", 340, max_chars=300), "by": head("by", 130, max_chars=80)}
    return {
        "name": head("name", 210, pinned=True),
        "share": head("share", 72),
        **numbers,
        **words,
        "on": head("on", 104),
    }


def _edited(language: str, key: str, names: Sequence[str]) -> None:
    """Cells were changed: those that can be read go into the address, the others are named."""
    edits, unread = read_edits(language, names, st.session_state[key]["edited_rows"])
    st.session_state["settings_unread"] = unread
    draft.put_lines(edits)


def read_edits(
    language: str, names: Sequence[str], rows: dict[int, dict[str, object]]
) -> tuple[dict[tuple[str, str], str], list[tuple[str, str, str]]]:
    """What an editor's changed rows mean: texts for the address by cell, and the cells that cannot be read."""
    edits, unread = {}, []
    for row, changed in rows.items():
        indicator = indicators()[names[int(row)]]
        for column, value in changed.items():
            text = "" if value is None else str(value).strip()
            try:
                edits[indicator.id, column] = _meant(language, indicator, column, text)
            except ValueError:
                unread.append((indicator.id, column, text))
    return edits, unread


def _meant(language: str, indicator: Indicator, column: str, text: str) -> str:
    """A cell's text as the address has it; raises ValueError where it is no number or no day."""
    if column in NUMBERS:
        return cells.kept(cells.read(language, indicator, text, indicator.better == "band"))
    if column == "on" and text:
        day = datetime.datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else datetime.date.fromisoformat(text)
        if day > datetime.date.today():
            raise ValueError(text)
        return day.isoformat()
    return text


def _sheet(screen: Screen, now: Draft, order: Sequence[Indicator]) -> Sheet:
    heads = [said(screen, f"grid_{column}") for column in COLUMNS]
    rows = [list(_row(screen, now, indicator).values()) for indicator in order]
    return Sheet(said(screen, "part_limits"), heads, rows)
