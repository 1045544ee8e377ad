"""Files to take away: templates, and rows that were set aside. No cell of them is taken for a formula."""

import csv
import io
from collections.abc import Iterable

import streamlit as st

from metrics.ingest import Aside
from metrics.schema import tables
from pages.ui import upload
from pages.ui.screen import Screen
from pages.ui.text import cell, md

BOM = "\ufeff"  # without it Excel reads the file in the code page of its country


def as_csv(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV that every spreadsheet program opens, with nothing that it would compute."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def set_aside(screen: Screen, kept: upload.Upload) -> None:
    """A button for every row of an upload that would be set aside."""

    def made() -> bytes:
        heads = [screen.say(f"col_{name}") for name in ("file", "sheet", "row", "heading", "value", "reason")]
        rows = []
        for file, sheet, *row in upload.set_aside(kept).itertuples(index=False):
            aside = Aside(int(row[0]), *(str(value) for value in row[1:]))
            rows.append((file, sheet, aside.row_no, aside.column, aside.value, aside.text(screen.language)))
        return as_csv(heads, rows)

    label = screen.say("download_aside")
    st.download_button(label, made, "set_aside.csv", "text/csv", key="download_aside", on_click="ignore")


def template(screen: Screen) -> None:
    """A table to choose, what it is for, and its template: the headings that are understood."""
    known = tables()
    name = st.selectbox(
        screen.say("template_table"), list(known), index=list(known).index("loans"), key="template_table"
    )
    table = known[name]
    st.markdown(f":gray[{screen.say(f'table_{name}')}]")
    # Whose records they are need not be written in each row: an import knows or asks.
    needed = [column for column in table.required if column != "institution_id" or name == "institutions"]
    st.markdown(screen.say("template_needed", columns=md(", ".join(needed))))
    st.download_button(
        screen.say("download_template", table=name),
        as_csv(table.columns, []),
        f"{name}.csv",
        "text/csv",
        key="download_template",
        on_click="ignore",
    )
