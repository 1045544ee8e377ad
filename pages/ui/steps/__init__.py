"""From a file to figures in four steps: file, columns, check, use. Each can be gone back to; nothing is kept before."""

from collections.abc import Callable

import streamlit as st

from metrics.errors import EvenkeelError
from pages.ui import state, upload, uploader, work
from pages.ui.screen import Screen
from pages.ui.steps import check, columns, files, use
from pages.ui.steps.asking import of_step
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

STEPS: dict[str, Callable[[Screen, Upload, Seen], None]] = {
    "file": files.show,
    "columns": columns.show,
    "check": check.show,
    "use": use.show,
}
NAMES = list(STEPS)


def read(screen: Screen, kept: Upload) -> Seen | None:
    """What was read of an upload; None while it is read or landed, or where that was stopped: it is shown."""
    if use.going_on(screen, kept):
        return None
    job = upload.reading(kept)
    if not work.waited(screen, f"read-{kept.id}", job):
        return None
    error = job.future.exception()
    if error is None:
        found: Seen = job.future.result()
        return found
    text = error.text(screen.language) if isinstance(error, EvenkeelError) else screen.say("reading")
    st.warning(md(text))
    with st.container(horizontal=True):
        st.button(screen.say("read_again"), key="read_again", on_click=work.drop, args=(f"read-{kept.id}",))
        st.button(screen.say("discard"), key="discard", on_click=uploader.forget, args=(kept,))
    return None


def headline(screen: Screen, kept: Upload, seen: Seen | None) -> str:
    """The finding about the files in hand."""
    names = ", ".join(path.name for path in kept.paths[:2]) + (" …" if len(kept.paths) > 2 else "")
    if seen is None:
        landing = work.running(f"land-{kept.id}") is not None
        return screen.say("head_landing" if landing else "head_reading", files=names)
    sheets = seen.preview.sheets
    rows, aside = (sum(getattr(sheet, name) for sheet in sheets) for name in ("accepted", "set_aside"))
    if seen.preview.repeated is not None:
        return screen.say("head_repeated", files=names, batch=str(seen.preview.repeated))
    if not sheets:
        return screen.say("head_unread", files=names)
    if seen.preview.questions:
        return screen.say("head_questions", n=len(seen.preview.questions), files=names)
    return screen.say("head_readable" if not aside else "head_some_aside", n=rows, aside=aside, files=names)


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """The step at hand, with the way to each other one."""
    step = _chosen(screen, seen)
    with st.container(key=f"hand_{step}"):
        STEPS[step](screen, kept, seen)
    _end(screen, kept, seen, step)


def first_open(seen: Seen) -> str:
    """The first step that wants the reader; else the last one, which shows what will come of it."""
    if seen.preview.repeated is not None:
        return "use"
    lacking = columns.is_open(seen)
    if of_step(seen, "file") or ((seen.preview.refused or not seen.preview.sheets) and not lacking):
        return "file"
    if of_step(seen, "columns") or lacking:
        return "columns"
    if of_step(seen, "check") or any(sheet.set_aside for sheet in seen.preview.sheets):
        return "check"
    return "use"


def _chosen(screen: Screen, seen: Seen) -> str:
    """The steps as one row of choices; the one in the address, else the first that is open."""
    asked = state.given("step")
    now = asked if asked in NAMES else first_open(seen)
    st.session_state["w_step"] = now
    st.segmented_control(
        screen.say("steps"),
        NAMES,
        format_func=lambda name: _title(screen, seen, name),
        key="w_step",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: state.put("step", st.session_state["w_step"]),
    )
    return now


def _title(screen: Screen, seen: Seen, name: str) -> str:
    """A step's number and name, and how many questions it has still open."""
    title = screen.say("step_title", number=NAMES.index(name) + 1, name=screen.say(f"step_{name}"))
    n = len(of_step(seen, name)) + (len(seen.preview.refused) if name == "file" else 0)
    return f"{title} ▲ {n}" if n else title


def _end(screen: Screen, kept: Upload, seen: Seen, step: str) -> None:
    """Back, forward, or land; and away with it."""
    place = NAMES.index(step)
    with st.container(horizontal=True, vertical_alignment="center", key="preview_end"):
        if place:
            st.button(screen.say("step_back"), key="go_back", on_click=state.put, args=("step", NAMES[place - 1]))
        if step != "use" and (seen.preview.sheets or step == "file"):
            label = screen.say("step_next", name=screen.say(f"step_{NAMES[place + 1]}"))
            st.button(label, key="go_next", type="primary", on_click=state.put, args=("step", NAMES[place + 1]))
        elif step == "use":
            use.land(screen, kept, seen)
        st.button(screen.say("discard"), key="discard", type="tertiary", on_click=uploader.forget, args=(kept,))
