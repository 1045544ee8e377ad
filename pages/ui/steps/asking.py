"""Open questions: each stands in one step, with both readings and the widget that answers it."""

import datetime
import re

import streamlit as st

from metrics.errors import OpenQuestion
from metrics.ingest import days
from metrics.words import date
from pages.ui import upload
from pages.ui.screen import Screen
from pages.ui.steps import means
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
    "likely": ("take", "leave"),
}
# The step in which a question stands, by the option that answers it; all others stand in `check`.
PLACES = {
    "table": "file", "sheet": "file", "as_of": "file", "institution": "file",
    "mapping": "columns", "likely": "columns", "replace": "use",
}  # fmt: skip
ALL_SHEETS = "*"
STEPS = ("file", "columns", "check", "use")


def option(question: OpenQuestion) -> str:
    """The name of the option that answers a question."""
    return re.split(r"[ ,]", question.option)[0].removeprefix("--").replace("-", "_")


def of_step(seen: Seen, step: str) -> list[OpenQuestion]:
    """The questions that stand in a step."""
    return [question for question in seen.preview.questions if PLACES.get(option(question), "check") == step]


def elsewhere(seen: Seen, step: str) -> bool:
    """Whether a question is open in another step."""
    return len(of_step(seen, step)) < len(seen.preview.questions)


def show(screen: Screen, kept: Upload, seen: Seen, step: str) -> None:
    """The questions of a step, one below the other; an answer is kept beside the files."""
    for place, question in enumerate(of_step(seen, step)):
        with st.container(key=f"question_{step}_{place}", gap=None):
            st.markdown(f"**{md(_asked(question.text(screen.language)))}**")
            _answer(screen, kept, question, place)
            if option(question) == "as_of":
                _days(screen, kept, seen, place)
            if "unknown" in question.params:
                means.branches(screen, kept, seen, question)


def _answer(screen: Screen, kept: Upload, question: OpenQuestion, place: int) -> None:
    """The widget that answers a question, or what to do where none can."""
    name = option(question)
    key = f"answer_{name}_{place}"
    said = screen.say(f"ask_{name}")
    given = {"key": key, "on_change": _answered, "args": (kept, name, key)}
    if name in ANSWERS:
        offered = question.option.partition(" ")[2]  # as the command line lists them: dmy|mdy
        values = [value for value in ANSWERS[name] if value in offered or "|" not in offered]
        effects = [md(_effect(question.text(screen.language), value)) for value in values]
        st.radio(said, values, index=None, format_func=lambda value: screen.say(f"answer_{name}_{value}"),
                 captions=effects if any(effects) else None, **given)  # fmt: skip
    elif name == "as_of":
        st.date_input(said, value=None, max_value=datetime.date.today(), format=screen.day_format, **given)
    elif name in ("table", "sheet") and _choices(question):
        choices = [*_choices(question), *([ALL_SHEETS] if name == "sheet" else [])]
        st.selectbox(said, choices, index=None, placeholder=screen.say("choose"), **given,
                     format_func=lambda value: screen.say("all_sheets") if value == ALL_SHEETS else value)  # fmt: skip
    elif name == "institution":
        st.text_input(said, **given)
    else:
        st.markdown(said)


def _days(screen: Screen, kept: Upload, seen: Seen, place: int) -> None:
    """Days that the sheets' titles and names speak of, each to be taken with one click."""
    found = dict.fromkeys(day for reading in seen.preview.readings for day in days.suggested(reading.plan))
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"days_{place}"):
        st.markdown(f":gray[{screen.say('days_named')}]", width="content")
        for day in found:
            st.button(date(screen.language, day), key=f"day_{place}_{day}", on_click=upload.answer,
                      args=(kept, "as_of", str(day)))  # fmt: skip


def _asked(text: str) -> str:
    """A question without the sentence that names the command line's option, and without what each answer does."""
    return " ".join(part for part in re.split(r"(?<=[.?!])\s+", text.splitlines()[0]) if "--" not in part)


def _effect(text: str, value: str) -> str:
    """What an answer would do to the figures: the line of a question that names it."""
    lines = (line for line in text.splitlines()[1:] if f"({value})" in line)
    return next(lines, "").partition(":")[2].strip()


def _choices(question: OpenQuestion) -> list[str]:
    """The names that a question lists."""
    listed = str(question.params.get("tables") or question.params.get("sheets") or "")
    return [part.strip().strip('"') for part in listed.split(",") if part.strip()]


def _answered(kept: Upload, name: str, key: str) -> None:
    value = st.session_state[key]
    if not value:
        return
    kinds = {"accept_new": [value], "replace": True, "as_of": str(value)}
    upload.answer(kept, name, kinds.get(name, value))


def given(screen: Screen, kept: Upload, names: tuple[str, ...]) -> None:
    """The answers that were given in a step, each with the way to take it back."""
    for name in names:
        value = kept.answers.get(name)
        if value is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"given_{name}"):
            st.markdown(f":gray[{md(screen.say(f'ask_{name}'))}] {md(_said(screen, name, value))}", width="content")
            st.button(screen.say("answer_again"), key=f"again_{name}", type="tertiary",
                      on_click=upload.answer, args=(kept, name, None))  # fmt: skip


def _said(screen: Screen, name: str, value: object) -> str:
    """An answer in words."""
    one = value[0] if isinstance(value, list) else "yes" if value is True else value
    if name in ANSWERS:
        return screen.say(f"answer_{name}_{one}")
    return screen.say("all_sheets") if one == ALL_SHEETS else str(one)
