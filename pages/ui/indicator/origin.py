"""From a row back to its file, its batch, the person who brought it in, and the entry of the account."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import access, accounts
from metrics.activity import Entry
from metrics.ingest import retold
from metrics.ingest.retold import BatchTold
from metrics.words import number, say
from pages.ui import account, menu
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.settings import activity_rows
from pages.ui.text import md


@st.cache_resource(show_spinner=False, max_entries=64)
def known(source: Source, batch: int) -> tuple[BatchTold, Entry | None]:
    """What is kept of a batch, and the entry of the account that it came in with; frozen, so that sessions share it."""
    with closing(source.store.cursor()) as cursor:
        return retold.tell(source.store, batch), accounts.landed(cursor, batch)


def show(screen: Screen, batch: int, file_no: int, row_no: int, read: Sequence[str], key: str) -> None:
    """Where a row stands, from which columns it was read, who brought it in and when, and what proves it.

    Args:
        batch: the row's.
        file_no: of its file in the batch, from 1.
        row_no: as the file's program shows it.
        read: the columns that the figure reads.
        key: of the panel.
    """
    told, entry = known(screen.source, batch)
    sheet = told.sheets[file_no - 1]
    language = screen.language
    file = f"{sheet.file} › {sheet.sheet}" if sheet.sheet else sheet.file
    landed = told.events[0]
    when = activity_rows.moment(language, landed.at)
    lines = [say(language, "activity.trace_column", column=column, heading=heading)
             for heading, column in sheet.columns if column in read]  # fmt: skip
    lines.append(say(language, "activity.trace_batch", batch=str(batch), who=landed.who, when=when))
    if entry is not None:
        shas = [one["sha256"] for one in (entry.after or {}).get("files", ())]
        lines += [say(language, "activity.trace_sha", sha256=shas[file_no - 1])] if len(shas) >= file_no else []
        seal = activity_rows.seal(entry)
        lines.append(say(language, "activity.trace_entry", no=number(language, entry.no), seal=seal))
    with st.container(key=key, border=True):
        st.markdown(f"**{md(say(language, 'activity.trace_row', row=str(row_no), file=file))}**")
        st.markdown("\n".join(f"- {md(line)}" for line in lines))
        if entry is not None and _shown(screen):
            menu.link("settings", label=say(language, "activity.trace_see"),
                      query_params={"part": "activity", "batch": str(batch)})  # fmt: skip


def _shown(screen: Screen) -> bool:
    """Whether the reader may look at the account, and the one that is shown is that of these data."""
    same = account.store(screen.source).path == screen.source.store.path
    return same and access.current().may("activity", "settings")
