"""Data: put your own spreadsheets in, see what was read, undo."""

import streamlit as st

from metrics.words import date
from pages.ui import batches, checks, data, living, parts, past, peer_table, ppi, state, steps, templates, uploader
from pages.ui.screen import Screen, require
from pages.ui.text import md
from pages.ui.upload import Upload

KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "gz", "zip", "htm", "html"]
HEADLINES = {"scorecard": ppi.headline, "peers": peer_table.headline, "past": past.headline}
PARTS = {
    "files": lambda screen: files(screen),
    "scorecard": ppi.show,
    "peers": lambda screen: peer_table.show(screen, KINDS),
    "past": past.show,
}


def headline(screen: Screen) -> str:
    """Whose figures these are, and how new."""
    if screen.source.is_sample:
        return screen.say("head_data_sample_asked" if data.has_own(data.folder()) else "head_data_sample")
    if not screen.options.periods:
        return screen.say("head_data_undated")
    found = screen.source.store.batches()
    live = int(found.loc[found["status"] == "live", "batch"].nunique())
    return screen.say("head_data_own", n=live, date=date(screen.language, screen.options.periods[0]))


def files(screen: Screen) -> None:
    """The uploader; then what the data needs, and what it gives."""
    st.header(screen.say("upload_title"), anchor=False)
    st.markdown(screen.say("upload_text"))
    uploader.show(screen, KINDS)
    if screen.options.periods:
        checks.show(screen)
        living.show(screen)


def in_hand(screen: Screen, kept: Upload) -> None:
    """Files that were put in: a scorecard workbook as such, anything else in four steps."""
    with st.container(key="head"):
        title = st.empty()
    title.title(md(steps.headline(screen, kept, None)), anchor=False)
    with st.container(key="body"):
        seen = steps.read(screen, kept)
        if seen is None:
            return
        title.title(md(steps.headline(screen, kept, seen)), anchor=False)
        card = parts.asked(list(PARTS)) == "scorecard" or ppi.is_scorecard(kept, seen)
        (ppi.preview if card else steps.show)(screen, kept, seen)


def said(screen: Screen) -> None:
    """What has just happened."""
    for key in ("landed", "repeated", "undone", "brought_back"):
        batch = st.session_state.pop(key, None)
        if batch is not None:
            (st.info if key == "repeated" else st.success)(screen.say(key, batch=str(batch)))
    if screen.source.is_sample and data.has_own(data.folder()):
        st.button(screen.say("own_again"), key="own_again", on_click=state.put, args=("data",))


def parted(screen: Screen) -> None:
    """The parts of the page, with the batches beside them."""
    with st.container(key="head"):
        st.title(md(HEADLINES.get(parts.asked(list(PARTS)), headline)(screen)), anchor=False)
        part = parts.chosen(screen, list(PARTS), lambda name: screen.say(f"part_{name}"), "w_data")
    with st.container(key="body"):
        said(screen)
        with st.container(key="sections_data"):
            left, right = st.columns([720, 472], gap="large")
        with left:
            PARTS[part](screen)
        with right:
            if part == "files":
                st.header(screen.say("template_title"), anchor=False)
                templates.show(screen)
                with st.expander(screen.say("export_title")):
                    templates.export_button(screen)
            batches.show(screen)


screen = require()
kept = uploader.in_hand(screen)
if kept is None:
    parted(screen)
else:
    in_hand(screen, kept)
