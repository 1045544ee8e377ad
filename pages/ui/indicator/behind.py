"""From a figure to its rows: the measures that the formula reads, and the rows with their files."""

import datetime
from collections.abc import Sequence
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import behind
from metrics.behind import Rows
from metrics.catalogue import indicators
from metrics.excel import Sheet
from metrics.schema import LINEAGE
from metrics.store import Scope
from metrics.words import date, number, say
from pages.ui import excel, menu
from pages.ui.data import Source
from pages.ui.indicator import origin
from pages.ui.indicator.figures import Reading
from pages.ui.screen import Screen
from pages.ui.text import md

OPEN = "behind"
Unit = tuple[str, str, str]


@st.cache_data(show_spinner=False, max_entries=8)
def read(
    source: Source, scope: Scope, indicator: str, kind: str, unit: str, day: datetime.date
) -> tuple[list[tuple[str, str, float | None]], list[Rows]]:
    """The inputs of a figure, and its rows a table at a time; a ready value's row where somebody else computed it."""
    known = indicators()[indicator]
    with closing(source.store.cursor(scope)) as cursor:
        if kind == "institution":
            row = cursor.execute("SELECT min(institution_id) FROM v_institutions").fetchall()
            unit = str(row[0][0])
        given = behind.reported(cursor, indicator, kind, unit, day)
        found = behind.rows(cursor, known, kind, unit, day)
        return behind.inputs(cursor, known, kind, unit, day), [*([given] if given else []), *found]


def show(screen: Screen, one: Reading, unit: Unit, day: datetime.date) -> None:
    """The rows behind the figure, read when they are asked for: two clicks from the number.

    From the list the first opens the sheet and the second the rows. A unit's sheet has them unfolded: the way to it
    led over a drawer or a segment already.
    """
    if not screen.may("rows"):
        st.markdown(f":gray[{say(screen.language, 'access.no_rows')}]")
        return
    label = say(screen.language, "indicators.rows_behind")
    kind, wanted, _ = unit
    key, unfolded = (f"{OPEN}_{kind}", True) if wanted else (OPEN, False)
    with st.expander(label, unfolded, key=key, on_change="rerun", icon=":material/table_rows:") as place:
        if not place.open:
            return
        inputs, found = read(screen.source, screen.scope, one.indicator.id, kind, wanted, day)
        _inputs(screen, one, inputs)
        files = _files(screen)
        for number_, rows in enumerate(found):
            _rows(screen, one, rows, files, number_)


def _inputs(screen: Screen, one: Reading, inputs: Sequence[tuple[str, str, float | None]]) -> None:
    """The sums that the formula reads."""
    known = [(relation, part, value) for relation, part, value in inputs if value is not None]
    if not known:
        return
    title = say(screen.language, "indicators.inputs")
    heads = [say(screen.language, f"indicators.{name}") for name in ("head_measure", "head_part", "head_value")]
    with st.container(key="rows_inputs", horizontal=True, horizontal_alignment="distribute"):
        st.markdown(title, width="content")
        made = [Sheet(title, heads, known, [screen.named(one.indicator)])]
        excel.button(screen, f"{one.indicator.id}_inputs", lambda: made, "excel_inputs")
    columns = zip(*[(md(r), md(p), md(_number(screen, v))) for r, p, v in known], strict=True)
    with st.container(key="inputs"):
        st.table(
            dict(zip(heads, map(list, columns), strict=True)), border="horizontal", hide_index=True,
            alt=title,
        )  # fmt: skip


def _number(screen: Screen, value: float) -> str:
    return number(screen.language, value, 0 if value == round(value) or abs(value) >= 1000 else 2)


def _files(screen: Screen) -> dict[tuple[int, int], str]:
    """(Batch, number of the file in it) -> the file's name, with its sheet where it has several."""
    found = screen.source.store.batches()
    numbers = found.groupby("batch").cumcount() + 1
    return {
        (int(batch), int(file_no)): f"{file} › {sheet}" if sheet else str(file)
        for batch, file_no, file, sheet in zip(found["batch"], numbers, found["file"], found["sheet"], strict=True)
    }


def _rows(screen: Screen, one: Reading, rows: Rows, files: dict[tuple[int, int], str], place: int) -> None:
    language = screen.language
    frame = table(screen, rows, files)
    with st.container(key=f"rows_{place}", horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"**{md(rows.table)}** :gray[{md(counted(screen, rows))}]", width="content")
        if len(frame):
            title, plain = rows.table, frame.to_dict("split")
            excel.button(
                screen, f"{one.indicator.id}_{title}",
                lambda: [Sheet(title, plain["columns"], plain["data"], [counted(screen, rows)])],
                f"excel_rows_{place}", action="rows",
            )  # fmt: skip
    if rows.whole:
        st.caption(say(language, "indicators.rows_whole"))
    if frame.empty:
        st.caption(say(language, "indicators.rows_none"))
        return
    st.caption(say(language, "activity.trace_way"))
    chosen = st.dataframe(
        frame, hide_index=True, height=min(36 * (len(frame) + 1) + 2, 320), key=f"frame_{place}", placeholder="",
        column_config=_columns(frame), alt=counted(screen, rows), on_select="rerun", selection_mode="single-cell",
    )  # fmt: skip
    for row, _ in chosen["selection"]["cells"]:
        batch, file_no, row_no = rows.cells[row][-3:]
        if batch is not None and file_no is not None:
            origin.show(screen, batch, file_no, row_no, rows.read, f"origin_{place}")
    menu.link("data", label=say(language, "indicators.to_files"))


def _columns(frame: pd.DataFrame) -> dict[str, object]:
    """How columns are shown: amounts as the reader's own program writes numbers, all else as it is."""
    return {
        name: st.column_config.NumberColumn(format="localized")
        for name in frame.columns
        if pd.api.types.is_float_dtype(frame[name])
    }


def counted(screen: Screen, rows: Rows) -> str:
    """How many rows, of when, and how many of them are shown."""
    language = screen.language
    said = say(language, "indicators.rows", n=rows.total)
    if rows.first and rows.last:
        key = "rows_day" if rows.first == rows.last else "rows_days"
        first, last = (date(language, day) for day in (rows.first, rows.last))
        said = say(language, f"indicators.{key}", rows=said, first=first, last=last)
    if rows.total > len(rows.cells):
        said += "; " + say(language, "indicators.rows_first", n=len(rows.cells))
    return said


def table(screen: Screen, rows: Rows, files: dict[tuple[int, int], str]) -> pd.DataFrame:
    """The rows as a table: file and row first, in place of their numbers, then what the figure reads."""
    frame = pd.DataFrame(list(rows.cells), columns=list(rows.heads), dtype="object")
    batch, file_no, row_no = (frame.pop(name) for name in LINEAGE)
    for name in frame.columns:
        if frame[name].map(lambda cell: hasattr(cell, "quantize")).any():
            frame[name] = frame[name].astype("float64")
    keys = zip(batch, file_no, strict=True)
    heads = [say(screen.language, f"indicators.head_{name}") for name in ("file", "row", "batch")]
    named = [files.get((int(b), int(f)), "") if b is not None and f is not None else "" for b, f in keys]
    for place, (head, column) in enumerate(zip(heads, (named, row_no, batch), strict=True)):
        frame.insert(place if place < 2 else len(frame.columns), head, column)
    return frame
