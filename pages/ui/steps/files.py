"""Step 1, file and sheet: what stands in the files, and as which table each sheet is read."""

from typing import Any

import pandas as pd
import streamlit as st

from metrics import schema
from metrics.ingest.kept import fingerprint
from metrics.ingest.model import Plan, Sheet, TopRow, Unread
from pages.ui import titles, upload, uploader
from pages.ui.screen import Screen
from pages.ui.steps import asking
from pages.ui.text import md, sentences
from pages.ui.upload import Seen, Upload

AUTO, SKIP = "", "-"
FIRST_ROWS = 8
NAMES = ("table", "sheet", "as_of", "institution")


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """What is at fault or open; then each sheet with its first rows; then the files, and room for more."""
    for refused in seen.preview.refused:
        st.warning(sentences(screen.language, refused))
    asking.show(screen, kept, seen, "file")
    asking.given(screen, kept, NAMES)
    for reading in seen.preview.readings:
        _sheet(screen, kept, reading.plan.sheet, reading.plan.top, reading.plan)
    for unread in seen.preview.unread:
        _sheet(screen, kept, unread.sheet, unread.top, unread)
    _files(screen, kept)


def _sheet(screen: Screen, kept: Upload, sheet: Sheet, top: tuple[TopRow, ...], found: Plan | Unread) -> None:
    """One sheet: as what it is read, and its first rows as they stand, where the headings can be pointed at."""
    key = f"{sheet.sha256[:8]}_{sheet.rows_file.stem}"
    with st.container(border=True, key=f"sheet_{key}"):
        read = isinstance(found, Plan)
        table = titles.table(screen, found.table) if isinstance(found, Plan) else screen.say("sheet_unread")
        st.header(screen.say("sheet_read_as", place=md(sheet.place), table=md(table)), anchor=False)
        if isinstance(found, Unread) and len(top):
            st.markdown(sentences(screen.language, found.error))
        left, right = st.columns(2)
        with left:
            _table(screen, kept, top, found, key)
        with right:
            _header(screen, kept, top, found, key)
        with st.expander(screen.say("first_rows", n=min(len(top), FIRST_ROWS)), expanded=not read):
            _first(screen, sheet, top)


def marked(found: Plan | Unread, top: tuple[TopRow, ...]) -> str:
    """What a sheet's answers are kept under: the fingerprint of its headings, else of its first filled row."""
    told = found.mapping.get("fingerprint") if isinstance(found, Plan) else None
    widest = max(top, key=lambda row: sum(bool(text) for text in row.texts), default=None)
    return str(told or fingerprint(widest.texts if widest else ()))


def _chosen(kept: Upload, mark: str) -> dict[str, Any]:
    """What was chosen for a sheet so far."""
    return dict(kept.answers.get("mappings", {}).get(mark, {}))


def _table(screen: Screen, kept: Upload, top: tuple[TopRow, ...], found: Plan | Unread, key: str) -> None:
    """As which table a sheet is read: as recognised, as another, or not at all."""
    mark = marked(found, top)
    now = _chosen(kept, mark)
    st.session_state[f"table_{key}"] = SKIP if now.get("skip") else now.get("table", AUTO)

    def said(name: str) -> str:
        return {AUTO: screen.say("table_auto"), SKIP: screen.say("table_skip")}.get(name) or titles.table(screen, name)

    def chosen() -> None:
        name = st.session_state[f"table_{key}"]
        upload.answer_mapping(kept, mark, {AUTO: None, SKIP: {"skip": True}}.get(name, {"table": name}))

    st.selectbox(screen.say("read_as"), [AUTO, SKIP, *schema.tables()], format_func=said, key=f"table_{key}",
                 on_change=chosen, help=screen.say("read_as_help"))  # fmt: skip


def _header(screen: Screen, kept: Upload, top: tuple[TopRow, ...], found: Plan | Unread, key: str) -> None:
    """In which row the headings stand; only a sheet whose table is known can be told so."""
    mark = marked(found, top)
    now = _chosen(kept, mark)
    table = found.table if isinstance(found, Plan) else now.get("table")
    if not table or (isinstance(found, Plan) and found.shape != "table"):
        st.markdown(f":gray[{screen.say('header_after_table')}]")
        return
    own = found.header_row if isinstance(found, Plan) else now.get("header_row")
    st.session_state[f"header_{key}"] = own

    def chosen() -> None:
        row = st.session_state[f"header_{key}"]
        texts = next((one.texts for one in top if one.no == row), ())
        upload.answer_mapping(kept, mark, None)
        upload.answer_mapping(kept, fingerprint(texts) if any(texts) else mark,
                              {"table": table, "header_row": row, "columns": {}})  # fmt: skip

    rows = [0, *(row.no for row in top)]
    st.selectbox(screen.say("header_row"), rows, key=f"header_{key}", on_change=chosen,
                 format_func=lambda no: screen.say("header_none") if no == 0 else _row(screen, top, no))  # fmt: skip


def _row(screen: Screen, top: tuple[TopRow, ...], no: int) -> str:
    texts = next(row.texts for row in top if row.no == no)
    return screen.say("header_at", row=no, texts=" · ".join(text for text in texts if text)[:60])


def _first(screen: Screen, sheet: Sheet, top: tuple[TopRow, ...]) -> None:
    """The first rows as they stand in the sheet, with its own numbers and letters."""
    rows = [row.texts[: len(sheet.columns)] for row in top[:FIRST_ROWS]]
    frame = pd.DataFrame(rows, columns=list(sheet.columns)[: len(rows[0])] if rows else None)
    frame.insert(0, screen.say("col_row"), [str(row.no) for row in top[:FIRST_ROWS]])
    st.dataframe(frame, hide_index=True, height="content", alt=screen.say("first_rows", n=len(rows)))


def _files(screen: Screen, kept: Upload) -> None:
    """The files in hand, each with the way out, and room for more."""
    with st.expander(screen.say("files_in_hand", n=len(kept.paths)), key="files_in_hand"):
        for number, path in enumerate(kept.paths):
            with st.container(horizontal=True, vertical_alignment="center", key=f"file_{number}"):
                size = screen.say("kilobytes", n=round(path.stat().st_size / 1024, 1))
                st.markdown(f"{md(path.name)} :gray[{size}]", width="content")
                st.button(screen.say("file_out"), key=f"out_{number}", type="tertiary",
                          on_click=uploader.without, args=(kept, path))  # fmt: skip
        uploader.more(screen, kept)
