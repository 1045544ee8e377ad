"""A template filled: its lines, its gaps, what is restated and why, the forms to take away, the steps to publishing."""

from pathlib import Path

import streamlit as st

from metrics.disclosures import said as words
from metrics.disclosures import writing
from metrics.disclosures.model import Disclosure
from metrics.disclosures.template import Template
from metrics.packs.model import Pack, Table, Text
from metrics.words import LANGUAGES, date, say
from pages.ui import state
from pages.ui.disclosures import own, reads, steps, taking
from pages.ui.disclosures.reads import said
from pages.ui.screen import Screen
from pages.ui.text import md

STYLE = Path(__file__).with_name("lines.css")
REASON = "disclosure_reason_"


def show(screen: Screen) -> None:
    """The choices at the right, the document's lines at the left."""
    st.html(STYLE)
    with st.container(key="disclosure_columns"):
        left, right = st.columns([860, 332])
    with right:
        asked = _choose(screen)
        one = reads.in_hand(screen, asked)
        found = one.disclosure if one else reads.disclosure(screen, asked)
        pack = one.pack(reads.language(screen)) if one else writing.as_pack(found, reads.language(screen))
    with left, st.container(key="disclosure_lines"):
        _lines(pack)
        _reasons(screen, found, asked, open_=one is None or one.step == "prepared")
    with right:
        steps.show(screen, asked, found, one, reasons(found))
        taking.show(screen, found, pack, one.steps if one else (), "draft")
        own.show(screen)


def _choose(screen: Screen) -> Template:
    """Template and language, kept in the address."""
    known = reads.choices(screen)
    asked = reads.template(screen)
    st.session_state["w_disclosure"] = asked.name
    st.selectbox(said(screen, "template"), list(known), key="w_disclosure",
                 format_func=lambda name: known[name].title[screen.language], on_change=_chosen)  # fmt: skip
    st.session_state["w_disclosure_doc"] = reads.language(screen)
    st.selectbox(said(screen, "language"), list(LANGUAGES), key="w_disclosure_doc",
                 format_func=lambda one: say(one, "pages.language_name"), on_change=_spoken)  # fmt: skip
    return asked


def _chosen() -> None:
    state.put("show", str(st.session_state["w_disclosure"]))


def _spoken() -> None:
    state.put("doc", str(st.session_state["w_disclosure_doc"]))


def _lines(pack: Pack) -> None:
    """The sections that a reader looks at on the screen; the others stand in the forms."""
    for section in pack.sections:
        if section.id not in ("lines", "page", "gaps", "restated"):
            continue
        if section.id not in ("lines", "page"):
            st.header(md(section.title), anchor=False)
        if section.id != "lines":  # the page's own headline says it
            st.markdown(md(section.message))
        for block in section.blocks:
            if isinstance(block, Table):
                _table(block)
            elif isinstance(block, Text):
                st.markdown(f"**{md(block.text)}**" if block.kind == "lead" else md(block.text))


def _table(block: Table) -> None:
    """A table with what stands in it as text, as the forms print it."""
    heads = [column.title for column in block.columns]
    columns = {
        md(head): [md(row[at] if isinstance(row[at], str) else row[at].text) for row in block.rows]  # type: ignore[union-attr]
        for at, head in enumerate(heads)
    }
    with st.container(key=f"table_{block.id}"):
        st.markdown(f"**{md(block.title)}**")
        st.table(columns, border="horizontal", hide_index=True, alt=block.title)
        if block.note:
            st.markdown(f":gray[{md(block.note)}]")


def _reasons(screen: Screen, found: Disclosure, asked: Template, open_: bool) -> None:
    """For each restated figure a field for its reason, with what the data suggest."""
    if not found.restated or not open_:
        return
    st.header(said(screen, "reasons", n=len(found.restated)), anchor=False)
    for one in found.restated:
        title = next((item.texts[screen.language] for item in asked.items if item.id == one.item), one.item)
        before, after = (
            words.number(found, writing.as_value(one, value), screen.language, one.period).text
            for value in (one.before, one.after)
        )
        text = said(screen, "reason_of", name=title, date=date(screen.language, words.plainly(one.period)),
                    before=before, after=after)  # fmt: skip
        field = REASON + one.key
        if field not in st.session_state:
            st.session_state[field] = one.reason
        st.text_input(md(text), key=field, max_chars=300, placeholder=words.because(one, screen.language))


def reasons(found: Disclosure) -> dict[str, str]:
    """The reasons as they stand in the fields."""
    given = {one.key: st.session_state.get(REASON + one.key, one.reason) for one in found.restated}
    return {key: str(text or "").strip() for key, text in given.items()}
