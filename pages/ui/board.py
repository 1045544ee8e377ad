"""The board page on the screen: the page as it prints, the decision asked, the PDF; and the button that leads there."""

from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from metrics import findings
from metrics.documents import board, broken, document
from metrics.picture import Picture
from metrics.store import Scope
from metrics.words import say
from pages.ui import account, chip, data, giving, inputs, menu, paper, state
from pages.ui.screen import Screen
from pages.ui.state import Choices

MIME = "application/pdf"


@dataclass(frozen=True)
class Words:
    """What the page says that the figures do not know: language, whose it is, which part, what is asked."""

    language: str
    institution: str
    part: str
    weighting: str
    decision: str
    account: str = ""


@dataclass(frozen=True)
class Printed:
    """The page, ready: as PDF, as a picture for the screen, and in words."""

    pdf: bytes
    page: bytes
    told: str


@st.cache_data(show_spinner=False, max_entries=16)
def printed(source: data.Source, scope: Scope, choices: Choices, by: str, words: Words) -> Printed | None:
    """The board page of a scope under the reader's choices; None where the filters leave nothing."""
    picture = data.picture(source, scope, choices, by)
    if picture is None:
        return None
    found = broken.broken(picture)[: board.MOST]
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor:
        since = broken.since(cursor, picture, found, where)
    asked = board.Asked(
        weighting=words.weighting,
        own_share=data.policy(source, choices.policy).social,
        decision=words.decision,
        institution=words.institution,
        part=words.part,
        sample=source.is_sample,
        by_hand=bool(choices.themes),
        reconstructed=picture.as_of in data.reconstructed(source),
        since=since,
        account=words.account,
    )
    made = board.board(picture, asked, words.language)
    return Printed(document.pdf(made), document.pictures(made)[0], made.told)


def link(screen: Screen, kind: str = "secondary") -> None:
    """The button that leads to the board page, with the reader's choices."""
    if menu.opens("board") and st.button(say(screen.language, "documents.board_page"), key="to_board", type=kind):
        st.switch_page(menu.file_of("board"))


def headline(screen: Screen) -> str:
    """The name of the page; without anything chosen, that there is nothing."""
    return screen.headline if screen.picture() is None else say(screen.language, "documents.board_page")


def second(screen: Screen) -> str:
    """The sheet of paper that it is."""
    return say(screen.language, "documents.paper")


def show(screen: Screen) -> None:
    """The page as it prints at the left; its weighting, the decision asked and the PDF at the right."""
    language, picture = screen.language, screen.picture()
    if picture is None:
        return
    with st.container(key="board_columns"):
        left, right = st.columns([944, 248])
    with right:
        inputs.policy(screen, first_look=picture.whole.balance is None)
        asked = decision(language)
    whose, of = data.institution(screen.source, language), part(screen, picture, language)
    words = Words(language, whose, of, screen.policy_title(), asked, account.line(screen))
    with left, st.spinner(say(language, "documents.setting")):
        made = printed(screen.source, screen.scope, screen.choices, screen.by, words)
    if made is None:
        return
    with left:
        paper.show(made.page, made.told, language, "paper")
    with right:
        name = document.file_name(words.institution, say(language, "documents.board_file"), picture.as_of.isoformat())
        label = say(language, "documents.download")
        giving.file(screen, label, made.pdf, name, MIME, key="board_pdf", type="primary", width="stretch")
        st.markdown(chip.text(screen, picture))


def decision(language: str) -> str:
    """The field for the decision asked; the address keeps it, so that a refresh or a link has it."""
    asked = (state.given("decision") or "")[: board.FULLEST]
    st.session_state["w_decision"] = asked
    st.text_area(
        say(language, "documents.decision"),
        key="w_decision",
        max_chars=board.FULLEST,
        help=say(language, "documents.ask_help"),
        height=132,
        on_change=_asked,
    )
    return asked


def _asked() -> None:
    text = str(st.session_state["w_decision"] or "").strip()
    state.put("decision", *([text] if text else []))


def part(screen: Screen, picture: Picture, language: str) -> str:
    """The part of the institution that filters leave, in a language; empty for the whole."""
    parts = []
    if len(screen.choices.branches) == 1:
        parts.append(screen.options.branches[screen.choices.branches[0]])
    elif screen.choices.branches:
        parts.append(findings.units_text(language, picture.by, len(picture.units)))
    if screen.choices.product:
        parts.append(screen.options.products[screen.choices.product])
    return " · ".join(parts)
