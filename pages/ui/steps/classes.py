"""What the columns of a file say about persons, what happens with each, and whether the file itself is kept."""

import streamlit as st

from metrics.configuration import configuration
from metrics.ingest import classes
from metrics.ingest.model import Reading
from metrics.words import say
from pages.ui import upload
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

SHOWN = 6


def told(screen: Screen, reading: Reading) -> dict[int, str]:
    """Place -> what a column says about a person and what is done with it; columns of figures and codes say nothing."""
    found = {}
    for use in reading.plan.uses:
        kind = classes.of_place(reading, use.place)
        if kind != classes.MEASURE:
            found[use.place] = say(screen.language, f"personal.kept_{kind}")
    for one in reading.personal:
        kind = say(screen.language, f"personal.kind_{one.kind}")
        taken = any(use.place == one.place for use in reading.plan.uses)
        found[one.place] = say(screen.language, "personal.kept_identifier" if taken else "personal.left_out", kind=kind)
    return found


def ask(screen: Screen, kept: Upload, seen: Seen) -> None:
    """Before landing: which columns tell who persons are, what is kept of the file, and the choice to keep it all."""
    if configuration().keep_files == "always" or seen.preview.repeated is not None:
        return
    found = classes.personal(seen.preview)
    if not found:
        return
    kinds = dict.fromkeys(say(screen.language, f"personal.kind_{one.kind}") for _, one in found)
    heads = ", ".join(dict.fromkeys(f"“{one.heading}”" for _, one in found if one.heading))
    names = f" ({md(heads)})" if heads and len(found) <= SHOWN else ""
    told = say(screen.language, "personal.file_tells", kinds=", ".join(kinds))
    st.info(told + names, icon=":material/shield_person:")
    key = f"keep_file_{kept.id}"
    st.session_state[key] = bool(seen.preview.options.keep_file)

    def chosen() -> None:
        upload.answer(kept, "keep_file", st.session_state[key] or None)

    label, note = say(screen.language, "personal.keep_file"), say(screen.language, "personal.keep_file_help")
    st.checkbox(label, key=key, on_change=chosen, help=note, disabled=not screen.may("upload"))
