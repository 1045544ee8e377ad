"""Step 4, use: what would change - rows, totals, indicators - and the one button that makes it so."""

import streamlit as st

from metrics.errors import EvenkeelError
from pages.ui import own, state, upload, uploader, work
from pages.ui.screen import Screen
from pages.ui.steps import asking, change, classes
from pages.ui.text import md, sentences
from pages.ui.upload import Seen, Upload


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """What would change, once nothing is open any more."""
    asking.show(screen, kept, seen, "use")
    asking.given(screen, kept, ("replace",))
    if seen.preview.repeated is not None:
        st.info(screen.say("repeated", batch=str(seen.preview.repeated)))
    elif seen.preview.refused or asking.elsewhere(seen, "use"):
        _first(screen, seen)
    elif not seen.preview.questions:
        classes.ask(screen, kept, seen)
        change.show(screen, kept, seen)


def _first(screen: Screen, seen: Seen) -> None:
    """What stands in the way, and the way to it."""
    steps = [step for step in asking.STEPS if asking.of_step(seen, step) or (step == "file" and seen.preview.refused)]
    n = len(seen.preview.questions) + len(seen.preview.refused)
    st.markdown(screen.say("answer_first", n=n))
    for step in steps:
        label = screen.say("go_to_step", name=screen.say(f"step_{step}"))
        st.button(label, key=f"to_{step}", on_click=state.put, args=("step", step))


def land(screen: Screen, kept: Upload, seen: Seen) -> None:
    """The button that lands, where nothing stands in the way."""
    preview = seen.preview
    stopped = preview.questions or preview.refused or preview.repeated is not None
    rows = sum(sheet.accepted for sheet in preview.sheets)
    seen_change = work.running(f"change-{kept.id}")
    if stopped or not rows or seen_change is None or not seen_change.future.done():
        return  # what would change is seen first
    if st.button(screen.say("land", n=rows), type="primary", key="land"):
        upload.landing(kept, seen)
        going_on(screen, kept)


def going_on(screen: Screen, kept: Upload) -> bool:
    """Whether an upload is being landed: how far that is; once it has, the page begins anew, or why not is said."""
    job = work.running(f"land-{kept.id}")
    if job is None:
        return False
    if not work.waited(screen, f"land-{kept.id}", job):
        return True
    _landed(screen, kept, job)
    return False


def _landed(screen: Screen, kept: Upload, job: work.Job) -> None:
    """After the landing: the page of the batch's figures, or why nothing landed."""
    error = job.future.exception()
    work.drop(f"land-{kept.id}")
    if error is not None:
        said = sentences(screen.language, error) if isinstance(error, EvenkeelError) else md(error)
        st.error(said)
        return
    landed = job.future.result()
    uploader.forget(kept)
    state.put("data")
    weighting = own.policy_of(landed)
    if weighting:
        state.put("policy", weighting)
    st.session_state["repeated" if landed.repeated else "landed"] = landed.batch_id
    st.rerun()
