"""Files to take away from the page Data: templates to fill in, and tables as they are, to change and import again."""

from contextlib import closing

import streamlit as st

from metrics import exporting
from metrics.excel import file_name
from metrics.schema import tables
from metrics.store import Scope
from metrics.templates import STARTER, book, columns, sheet_name
from metrics.words import LANGUAGES, say
from pages.ui import data, giving
from pages.ui.screen import Screen
from pages.ui.text import md

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv"}


def show(screen: Screen) -> None:
    """A table and a language to choose, what the table is for, its template; and the workbook of a first import."""
    names = list(tables())
    left, right = st.columns([3, 2])
    name = left.selectbox(
        screen.say("template_table"), names, index=names.index("loans"), key="template_table",
        format_func=lambda table: sheet_name(table, screen.language),
    )  # fmt: skip
    language = right.selectbox(
        screen.say("template_language"), LANGUAGES, index=LANGUAGES.index(screen.language), key="template_language",
        format_func=lambda code: say(code, "pages.language_name"),
    )  # fmt: skip
    needed = [column.heading for column in columns(name, language) if column.needed]
    st.markdown(f":gray[{screen.say(f'table_{name}')}]")
    st.markdown(screen.say("template_needed", columns=md(", ".join(needed))))
    giving.file(
        screen, screen.say("template_download"), lambda: book.template(name, language), file_name(name, language), XLSX,
        key="download_template",
    )  # fmt: skip
    listed = ", ".join(sheet_name(table, screen.language).lower() for table in STARTER)
    st.markdown(f":gray[{screen.say('template_starter_text', tables=md(listed))}]")
    giving.file(
        screen, screen.say("template_starter"), lambda: book.starter(language),
        file_name("starter", language), XLSX, key="download_starter",
    )  # fmt: skip


@st.cache_data(show_spinner=False, max_entries=16)
def _filled(source: data.Source, scope: Scope) -> dict[str, int]:
    """How many rows each table has, for those that have any."""
    with closing(source.store.cursor(scope)) as cursor:
        counted = {name: exporting.count(cursor, name) for name in tables()}
    return {name: n for name, n in counted.items() if n}


def export_button(screen: Screen) -> None:
    """A table to choose and its live rows in the reader's scope, as a file that can be imported again."""
    filled = _filled(screen.source, screen.scope)
    if not filled:
        st.markdown(f":gray[{screen.say('export_none')}]")
        return
    left, right = st.columns([3, 2])
    name = left.selectbox(
        screen.say("export_table"), list(filled), key="export_table",
        format_func=lambda table: sheet_name(table, screen.language),
    )  # fmt: skip
    form = right.selectbox(screen.say("export_form"), exporting.FORMS, key="export_form")
    giving.file(
        screen, screen.say("export_download", n=filled[name]),
        lambda: exporting.data(screen.source.store.cursor(screen.scope), name, form),
        file_name(name).replace(".xlsx", f".{form}"), KINDS[form], key="download_export", action="rows",
    )  # fmt: skip
