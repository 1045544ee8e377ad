"""A disclosure to take away: PDF, slides, workbook, page, and JSON with the whole trace."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from metrics.disclosures.forms import FORMS, as_json
from metrics.disclosures.model import Disclosure, Step
from metrics.documents import document
from metrics.packs.model import Pack
from pages.ui import giving
from pages.ui.disclosures.reads import said
from pages.ui.pack.taking import MIMES
from pages.ui.screen import Screen


def show(screen: Screen, found: Disclosure, pack: Pack, steps: Sequence[Step], key: str) -> None:
    """The forms as buttons; each is written when it is asked for.

    Args:
        key: tells one disclosure on the page from another.
    """
    with st.container(key=f"taking_disclosure_{key}", horizontal=True):
        for name, write in FORMS.items():
            giving.file(screen, said(screen, f"take_{name}"), partial(write, pack), _file(pack, name), MIMES[name],
                        key=f"disclosure_{name}_{key}")  # fmt: skip
        giving.file(screen, said(screen, "take_json"), partial(as_json, found, pack.language, steps),
                    _file(pack, "json"), "application/json", key=f"disclosure_json_{key}")  # fmt: skip


def _file(pack: Pack, form: str) -> str:
    return document.file_name(pack.institution, pack.kind, pack.as_of).removesuffix(".pdf") + f".{form}"
