"""A pack to take away: PDF, slides, workbook, one page of HTML; each is written when it is asked for."""

from functools import partial

import streamlit as st

from metrics.documents import document
from metrics.packs.endings import FORMS
from metrics.packs.model import Pack
from pages.ui import giving, present
from pages.ui.pack.wish import said
from pages.ui.screen import Screen

XML = "application/vnd.openxmlformats-officedocument."
MIMES = {
    "pdf": "application/pdf",
    "pptx": f"{XML}presentationml.presentation",
    "xlsx": f"{XML}spreadsheetml.sheet",
    "html": "text/html",
}


def show(screen: Screen, pack: Pack, key: str) -> None:
    """The four forms, and the same on the whole screen.

    Args:
        key: tells the pack on the page from another.
    """
    with st.container(key=f"taking_{key}", horizontal=True):
        for name, write in FORMS.items():
            giving.file(
                screen, said(screen, f"take_{name}"), partial(write, pack), file_name(pack, name), MIMES[name],
                key=f"take_{name}_{key}", type="primary" if name == "pdf" else "secondary",
                help=said(screen, f"take_{name}_help"),
            )  # fmt: skip
    present.present(pack, f"present_{key}", said(screen, "present"))


def file_name(pack: Pack, form: str) -> str:
    """The name of a pack's file: institution, kind, date, in the pack's language."""
    name = document.file_name(pack.institution, pack.kind, pack.as_of)
    return f"{name.removesuffix('.pdf')}.{form}"
