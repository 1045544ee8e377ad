"""Keeping the weighting shown, or one from a file, as a scenario."""

import streamlit as st

from metrics import comparing, kept
from metrics.errors import EvenkeelError
from metrics.picture import Picture, resolved
from metrics.policy import Policy
from metrics.words import date, say
from pages.ui import compare_words, data, door, inputs, recording, sides, state
from pages.ui.compare_words import said
from pages.ui.screen import Screen
from pages.ui.settings import draft
from pages.ui.text import md, sentences

MOST, MOST_BYTES = 8, 200_000
DONE = "scenario_kept"


def show(screen: Screen, shown: Picture) -> None:
    """What would be kept, its name, author and note; and the way in for a file."""
    name = st.session_state.pop(DONE, None)
    if name is not None:
        st.success(md(said(screen, "kept", title=screen.policy_title(name))))
        st.code(compare_words.address(name), language=None, wrap_lines=True)
    st.markdown(md(said(screen, "save_text", day=date(screen.language, shown.as_of))))
    now = sides.present(screen)
    _differences(screen, now, shown)
    if screen.may("policy"):
        _form(screen, shown, now, "", "now")
        with st.expander(said(screen, "from_file")):
            _file(screen, shown)


def _differences(screen: Screen, given: Policy, shown: Picture) -> None:
    """What differs between a weighting and the policy in use."""
    base = draft.completed(screen.source, data.policy(screen.source, screen.options.default))
    title = inputs.short_title(screen.policy_title(screen.options.default))
    lines = [one.text(screen.language) for one in comparing.differences(base, given, screen.language, shown.currency)]
    if not lines:
        st.markdown(f":gray[{md(said(screen, 'as_policy', title=title))}]")
        return
    rest = [say(screen.language, "settings.and_more", n=len(lines) - MOST)] if len(lines) > MOST else []
    listed = "\n".join(f"- {md(line)}" for line in [*lines[:MOST], *rest])
    st.markdown(f"{md(said(screen, 'against', n=len(lines), title=title))}\n{listed}")


def _form(screen: Screen, shown: Picture, given: Policy, title: str, key: str) -> None:
    left, right = st.columns(2)
    with left:
        name = st.text_input(said(screen, "name"), title, key=f"scenario_name_{key}", help=said(screen, "name_help"),
                             max_chars=80, live=True)  # fmt: skip
    with right:
        who = recording.who()
        if not door.signed_in():
            who = st.text_input(said(screen, "author"), who, key=f"scenario_who_{key}",
                                help=said(screen, "author_help"), max_chars=80)  # fmt: skip
    note = st.text_input(said(screen, "note"), key=f"scenario_note_{key}", max_chars=300,
                         help=said(screen, "note_help"))  # fmt: skip
    ready = bool(name.strip() and who.strip())
    done = st.button(said(screen, "keep"), key=f"scenario_keep_{key}", type="primary", disabled=not ready,
                     help=said(screen, "keep_help"))  # fmt: skip
    if done:
        with st.spinner(screen.say("computing")):
            view = sides.view(screen, shown)
            one = kept.save(screen.source.store, given, view, name.strip(), who.strip(), note.strip())
        st.session_state[DONE] = one.name
        state.put("compare", "save")
        st.rerun()


def _file(screen: Screen, shown: Picture) -> None:
    """A policy file: read, checked, held against the policy in use, kept under its own title or another."""
    given = st.file_uploader(said(screen, "upload"), type=["toml"], key="scenario_file",
                             help=said(screen, "upload_help"))  # fmt: skip
    if given is None:
        return
    if given.size > MOST_BYTES:
        st.error(said(screen, "large", n=MOST_BYTES // 1000))
        return
    try:
        text = given.getvalue().decode("utf-8-sig")
        read = draft.completed(screen.source, resolved(Policy.from_toml(text, "file", given.name)))
        read.social  # noqa: B018  # a policy without the two pillars has none, and says so
    except UnicodeDecodeError:
        st.error(md(said(screen, "no_text", file=given.name)))
        return
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    st.markdown(md(said(screen, "file_read", title=read.title)))
    _differences(screen, read, shown)
    _form(screen, shown, read, inputs.short_title(read.title_in(screen.language)), "file")
