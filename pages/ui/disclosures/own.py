"""A template of the institution's own: a TOML file that is brought once and kept."""

import streamlit as st

from metrics.disclosures import template
from metrics.disclosures.rules import FORM
from metrics.errors import EvenkeelError
from metrics.records import find
from pages.ui import giving, recording, state
from pages.ui.disclosures import reads
from pages.ui.disclosures.reads import said
from pages.ui.screen import Screen
from pages.ui.text import md

FILE = "disclosure_file"


def show(screen: Screen) -> None:
    """The template as a file, to take away, to change, and to bring back under a name of its own."""
    asked = reads.template(screen)
    with st.expander(said(screen, "own"), key="disclosure_own"):
        st.markdown(f":gray[{md(said(screen, 'own_about'))}]")
        giving.file(screen, said(screen, "own_save"), asked.toml.encode(), f"{asked.name}.toml", "application/toml",
                    key="disclosure_toml")  # fmt: skip
        if screen.may("policy"):
            st.file_uploader(said(screen, "own_load"), "toml", key=FILE, max_upload_size=1, on_change=_loaded,
                             args=(screen,))  # fmt: skip


def _loaded(screen: Screen) -> None:
    """Keep a file that was brought, or say why it cannot be kept."""
    file = st.session_state[FILE]
    if file is None:
        return
    name = str(file.name).rpartition(".")[0] or str(file.name)
    try:
        text = file.getvalue().decode("utf-8-sig")
        asked = template.parsed(text, name)
    except UnicodeDecodeError:
        st.session_state[recording.FAULT] = EvenkeelError("disclosures.no_text", name=file.name)
        return
    except EvenkeelError as error:
        st.session_state[recording.FAULT] = error
        return
    known = find(screen.source.store.cursor(), FORM.name, name)
    body = {"toml": text, "title": asked.title[screen.language]}
    if recording.keep(screen, FORM, name, body, "", known.version if known else 0, body["title"]) is not None:
        state.put("show", name)
