"""The one way in which a page gives a file away: to roles that may take it, asked at the click, with an entry made."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from metrics import access
from pages.ui import account
from pages.ui.screen import Screen


def file(
    screen: Screen, label: str, data: bytes | str | Callable[[], bytes], name: str, mime: str, *, key: str,
    action: str = "export", held: Mapping[str, Any] | None = None, **look: Any,
) -> None:  # fmt: skip
    """A button that gives a file, where the role allows it on this page; otherwise nothing.

    Args:
        data: the file, or what makes it at the click; that runs outside of the script and must not call Streamlit.
        name: of the file.
        key: of the button.
        action: what the role must allow: `export`, or `rows` where the file holds rows of the data.
        held: what the account says of the file beside its name and the reader's choices; read when it is made.
        look: what else the button takes.
    """
    if allowed(screen, action):
        given = _made(action, data, account.leaving(screen, name, action), {} if held is None else held)
        st.download_button(label, given, name, mime, key=key, **{"on_click": "ignore", **look})


def allowed(screen: Screen, action: str) -> bool:
    """Whether the role takes such files away: rows that leave the house take both."""
    return screen.may(action) and screen.may("export")


def _made(
    action: str, data: bytes | str | Callable[[], bytes], entered: account.Entered, held: Mapping[str, Any]
) -> Callable[[], bytes]:
    """Make the file at the click, for whoever may take it then, and enter that it was taken."""

    def made() -> bytes:
        access.need(action)
        found = data() if callable(data) else data
        content = found.encode() if isinstance(found, str) else found
        entered(content, held)
        return content

    return made
