"""What was read from an upload, before anything is kept: questions, sheets, rows set aside; then land or discard."""

import datetime
import re

import pandas as pd
import streamlit as st

from metrics.errors import EvenkeelError, InputError, OpenQuestion
from metrics.ingest import SheetPreview
from metrics.words import date, number
from pages.ui import downloads, state, upload
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

ANSWERS = {
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal": ("comma", "point"),
    "percent": ("percent", "fraction"),
    "accept_new": ("branch",),
    "replace": ("yes",),
    "repeated": ("first", "last", "aside"),
    "calendar": ("gregorian", "ethiopian"),
}


def show(screen: Screen, kept: Upload) -> None:
    """The preview of one upload, from top to bottom."""
    with st.spinner(screen.say("reading")):
        seen = upload.look(kept)
    if seen.fault is not None:
        st.error(_sentences(screen, seen.fault))
    for refused in seen.refused:
        st.warning(_sentences(screen, refused))
    for place, question in enumerate(seen.questions):
        _question(screen, kept, question, place)
    _likely(screen, kept, seen)
    for sheet in seen.sheets:
        _sheet(screen, sheet)
    if any(sheet.set_aside for sheet in seen.sheets):
        downloads.set_aside(screen, kept)
    _said(screen, seen)
    _end(screen, kept, seen)


def _sentences(screen: Screen, error: EvenkeelError) -> str:
    """An error's sentences, each on a line of its own."""
    return "\n\n".join(md(line) for line in error.text(screen.language).splitlines())


def _question(screen: Screen, kept: Upload, question: OpenQuestion, place: int) -> None:
    """One question with the widget that answers it; an answer is kept beside the files."""
    name = question.option.split()[0].removeprefix("--").replace("-", "_")
    key = f"answer_{name}_{place}"
    with st.container(key=f"question_{place}", gap=None):
        st.markdown(f"**{md(_asked(question.text(screen.language)))}**")
        _answer(screen, kept, question, name, key)


def _answer(screen: Screen, kept: Upload, question: OpenQuestion, name: str, key: str) -> None:
    """The widget that answers a question, or what to do where none can."""
    said = screen.say(f"ask_{name}")
    if name in ANSWERS:
        offered = question.option.partition(" ")[2]  # as the command line lists them: dmy|mdy
        st.radio(
            said,
            [value for value in ANSWERS[name] if value in offered or "|" not in offered],
            index=None,
            format_func=lambda value: screen.say(f"answer_{name}_{value}"),
            key=key,
            on_change=_answered,
            args=(kept, name, key),
        )
    elif name == "as_of":
        st.date_input(said, value=None, max_value=datetime.date.today(), key=key, on_change=_answered,
                      args=(kept, name, key), format="YYYY-MM-DD")  # fmt: skip
    elif name in ("table", "sheet") and _choices(question):
        st.selectbox(said, _choices(question), index=None, key=key, on_change=_answered, args=(kept, name, key),
                     placeholder=screen.say("choose"))  # fmt: skip
    elif name == "institution":
        st.text_input(said, key=key, on_change=_answered, args=(kept, name, key))
    else:
        st.markdown(said)


def _asked(text: str) -> str:
    """A question without the sentence that names the command line's option."""
    return " ".join(part for part in re.split(r"(?<=[.?!])\s+", text) if "--" not in part)


def _choices(question: OpenQuestion) -> list[str]:
    """The names that a question lists."""
    listed = str(question.params.get("tables") or question.params.get("sheets") or "")
    return [part.strip().strip('"') for part in listed.split(",") if part.strip()]


def _answered(kept: Upload, name: str, key: str) -> None:
    value = st.session_state[key]
    if value:
        upload.answer(kept, name, str(value))


def _likely(screen: Screen, kept: Upload, seen: Seen) -> None:
    """Columns that are only likely count unless the reader leaves them out; each is named in its sheet's table."""
    left = dict(kept.answers).get("likely") == "leave"
    n = sum(not use.certain for sheet in seen.sheets for use in sheet.columns)
    if not n and not left:
        return
    st.session_state["w_likely"] = left

    def chosen() -> None:
        upload.answer(kept, "likely", "leave" if st.session_state["w_likely"] else "take")

    st.checkbox(screen.say("likely_left" if left else "likely_leave", n=n), key="w_likely", on_change=chosen)


def _sheet(screen: Screen, sheet: SheetPreview) -> None:
    """One sheet: what it is read as, counts, sums, dates, notes; its columns and rows set aside behind a fold."""
    place = f"{sheet.file}, {sheet.sheet}" if sheet.sheet else sheet.file
    with st.container(border=True, key=f"sheet_{place}_{sheet.table}"):
        st.header(screen.say("sheet_read_as", place=md(place), table=md(sheet.table)), anchor=False)
        st.markdown(_counts(screen, sheet))
        facts = _facts(screen, sheet)
        if facts:
            st.markdown(f":gray[{md(' · '.join(facts))}]")
        for note in sheet.notes:
            st.caption(md(note.text(screen.language)))
        with st.expander(screen.say("columns", n=len(sheet.columns)), expanded=_unsure(sheet)):
            _columns(screen, sheet)
        if sheet.set_aside:
            with st.expander(screen.say("set_aside_rows", n=sheet.set_aside), expanded=True):
                _aside(screen, sheet)


def _unsure(sheet: SheetPreview) -> bool:
    return not all(use.certain for use in sheet.columns)


def _counts(screen: Screen, sheet: SheetPreview) -> str:
    parts = [
        screen.say("rows_read", n=sheet.rows_read),
        screen.say("rows_accepted", n=sheet.accepted),
        screen.say("rows_aside", n=sheet.set_aside),
        screen.say("rows_ignored", n=sheet.ignored),
    ]
    return " · ".join(parts)


def _facts(screen: Screen, sheet: SheetPreview) -> list[str]:
    """Sums by column, and the first and last date."""
    found = [
        screen.say("sum_of", column=column, sum=number(screen.language, total, 0 if total == round(total) else 2))
        for column, total in sheet.sums.items()
    ]
    if sheet.dates:
        first, last = (date(screen.language, day) for day in sheet.dates)
        found.append(screen.say("dates_range", first=first, last=last))
    return found


def _columns(screen: Screen, sheet: SheetPreview) -> None:
    rows = [(use.heading, use.column, screen.say(f"use_{use.reason}")) for use in sheet.columns]
    rows += [(heading, "–", screen.say("use_none")) for heading in sheet.unused]
    heads = [screen.say(f"col_{name}") for name in ("heading", "column", "reason")]
    st.dataframe(pd.DataFrame(rows, columns=heads), hide_index=True, alt=screen.say("columns", n=len(rows)))


def _aside(screen: Screen, sheet: SheetPreview) -> None:
    rows = [(row.row_no, row.column, row.value, row.text(screen.language)) for row in sheet.sample]
    heads = [screen.say(f"col_{name}") for name in ("row", "heading", "value", "reason")]
    st.dataframe(pd.DataFrame(rows, columns=heads), hide_index=True, alt=screen.say("set_aside_rows", n=len(rows)))
    if sheet.set_aside > len(rows):
        st.caption(screen.say("first_rows", n=len(rows)))


def _said(screen: Screen, seen: Seen) -> None:
    for note in seen.notes:
        st.caption(md(note.text(screen.language)))
    for kind, names in seen.created:
        st.markdown(screen.say("created", n=len(names), kind=md(kind), names=md(", ".join(names[:20]))))
    if seen.repeated is not None:
        st.info(screen.say("repeated", batch=str(seen.repeated)))


def _end(screen: Screen, kept: Upload, seen: Seen) -> None:
    """Land, where nothing is open any more; discard at any time."""
    ready = bool(seen.sheets) and not seen.questions and seen.repeated is None
    with st.container(horizontal=True, vertical_alignment="center", key="preview_end"):
        if ready:
            rows = sum(sheet.accepted for sheet in seen.sheets)
            if st.button(screen.say("land", n=rows), type="primary", key="land"):
                _land(screen, kept)
        elif seen.questions:
            st.markdown(screen.say("answer_first", n=len(seen.questions)))
        st.button(screen.say("discard"), key="discard", on_click=_discard, args=(kept,))


def _land(screen: Screen, kept: Upload) -> None:
    try:
        with st.spinner(screen.say("landing")):
            landed = upload.land_it(kept)
    except InputError as error:
        st.error(_sentences(screen, error))
        return
    state.put("upload")
    state.put("data")
    st.session_state["landed"] = landed.batch_id
    st.rerun()


def _discard(kept: Upload) -> None:
    upload.forget(kept)
    state.put("upload")
