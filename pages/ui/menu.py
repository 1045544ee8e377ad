"""The menu, made from the files of `pages/`: their numbers give the order, their docstrings title and help."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from metrics.access import roles
from metrics.words import catalogue
from pages.ui import state

FOLDER = Path(__file__).parents[1]
# Python's own parser gives up now and then where two sessions begin at once (3.11), so the line is read as text.
FIRST = re.compile(r'\A"""([^"\n]+)')


@dataclass(frozen=True)
class Entry:
    """One page: its file, its address, and title and help as its docstring has them."""

    file: Path
    slug: str
    title: str
    help: str

    def text(self, language: str, end: str, plain: str) -> str:
        """Title or help in a language; a page without words of its own shows its docstring's."""
        return str(catalogue(language).get(f"pages.page_{self.slug}{end}", plain))


@cache
def entries(folder: Path = FOLDER) -> list[Entry]:
    """Every page of a folder, in the order of its number; a docstring begins with title, colon, help."""
    found = []
    for file in sorted(folder.glob("[0-9]*_*.py"), key=lambda path: int(path.stem.split("_")[0])):
        said = FIRST.match(file.read_text(encoding="utf-8"))
        first = said[1] if said else file.stem
        title, _, rest = first.partition(": ")
        found.append(Entry(file, file.stem.split("_", 1)[1], title, rest[:1].upper() + rest[1:]))
    return found


def build(language: str) -> st.Page:
    """Show the menu at the top, with the pages that the reader's role opens; returns the one that is asked for."""
    return st.navigation(_pages(language, opens), position="top")


def shut(language: str) -> None:
    """No menu: every address is known, and none of them is run."""
    st.navigation(_pages(language, lambda _: False), position="hidden")


def _pages(language: str, seen: Callable[[str], bool]) -> list[st.Page]:
    found = entries()
    return [
        st.Page(
            entry.file,
            title=entry.text(language, "", entry.title),
            help=entry.text(language, "_help", entry.help),
            url_path=entry.slug,
            default=entry is found[0],
            visibility="visible" if seen(entry.slug) else "hidden",
        )
        for entry in found
    ]


def opens(slug: str) -> bool:
    """Whether the reader's role opens a page."""
    return state.reader().may(roles.OPEN, slug)


def link(slug: str, **look: Any) -> bool:
    """A link to a page, where the reader's role opens it; says whether it is drawn."""
    if opens(slug):
        st.page_link(file_of(slug), **look)
    return opens(slug)


def slug_of(page: st.Page) -> str:
    """The address of a page, also where it stands at the root."""
    return page.url_path or entries()[0].slug


def file_of(slug: str) -> Path:
    """The file of a page, for links to it."""
    return next(entry.file for entry in entries() if entry.slug == slug)


# Read while the module is imported, by one thread: Python's parser fails now and then where several use it at once.
entries()
