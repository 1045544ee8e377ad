"""Words that are not known: which code a word means, which branch a name; answered once and kept for the sender."""

import streamlit as st

from metrics.errors import OpenQuestion
from metrics.ingest.model import Plan, Reading
from metrics.ingest.told import Word
from pages.ui import titles, upload
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

MOST = 12
NEW, OPEN = "", "?"


def mark(plan: Plan) -> str:
    """What the answers about a sheet are kept under."""
    return str(plan.mapping.get("fingerprint", ""))


def words(screen: Screen, kept: Upload, reading: Reading) -> None:
    """Each word that a coded column does not know, with the codes that it may mean."""
    plan = reading.plan
    given = kept.answers.get("mappings", {}).get(mark(plan), {}).get("codes", {})
    known = {(word.column, word.word) for word in reading.words[:MOST]}
    for word in reading.words[:MOST]:
        _word(screen, kept, plan, word)
    for column, meant in given.items():
        for text, code in meant.items():
            if (column, text) not in known:
                _taken(screen, kept, plan, ("codes", column, text), text, code)


def _word(screen: Screen, kept: Upload, plan: Plan, word: Word) -> None:
    key = f"word_{mark(plan)[:8]}_{word.column}_{word.word}"

    def chosen() -> None:
        upload.answer_word(kept, mark(plan), plan.table, "codes", (word.column, word.word), st.session_state[key])

    near = screen.say("word_near", near=md(word.near)) if word.near else ""
    label = screen.say("word_means", word=md(word.word), heading=md(word.heading), n=word.count)
    st.selectbox(f"{label} {near}", word.codes, index=None, key=key, on_change=chosen,
                 placeholder=screen.say("word_unknown"))  # fmt: skip


def _taken(screen: Screen, kept: Upload, plan: Plan, path: tuple[str, ...], text: str, meant: str) -> None:
    """A word that was answered, with the way to take that back."""
    section, *rest = path
    answer = (kept, mark(plan), plan.table, section, tuple(rest), "")
    with st.container(horizontal=True, vertical_alignment="center", key=f"taken_{'_'.join(path)}"):
        st.markdown(screen.say("word_taken", word=md(text), meant=md(meant)), width="content")
        st.button(screen.say("answer_again"), key=f"untaken_{'_'.join(path)}", type="tertiary",
                  on_click=upload.answer_word, args=answer)  # fmt: skip


def branches(screen: Screen, kept: Upload, seen: Seen, question: OpenQuestion) -> None:
    """Each branch that is not known: new, or another name of one that is."""
    plans = [done.plan for done in seen.preview.readings if done.plan.has("branch_id") and mark(done.plan)]
    known = [str(name) for name in question.params.get("known", ())]
    suggested: dict[str, str] = dict(question.params.get("suggestions", {}))
    for name in list(question.params.get("unknown", ()))[:MOST]:
        key = f"branch_{name}"
        first = [suggested[name]] if suggested.get(name) else []
        choices = [NEW, *dict.fromkeys([*first, *known])]

        def chosen(name: str = name, key: str = key) -> None:
            value = st.session_state[key]
            for plan in plans:
                upload.answer_word(kept, mark(plan), plan.table, "branches", (name,), value or name)

        st.selectbox(
            screen.say("branch_means", name=md(name)), choices, index=None, key=key, on_change=chosen,
            placeholder=screen.say("choose"),
            format_func=lambda value: value or screen.say("branch_new", table=titles.table(screen, "branches")),
        )  # fmt: skip


def branches_taken(screen: Screen, kept: Upload, seen: Seen) -> None:
    """The branches that were answered, each with the way to take that back."""
    for done in seen.preview.readings:
        given = kept.answers.get("mappings", {}).get(mark(done.plan), {}).get("branches", {})
        for name, meant in given.items():
            _taken(screen, kept, done.plan, ("branches", name), name, meant)
