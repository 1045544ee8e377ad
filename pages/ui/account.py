"""The account of everything as the pages use it: where it is kept, and what is written of a file that leaves."""

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import duckdb

from metrics import accounts
from metrics.activity import Event
from metrics.configuration import configuration
from metrics.errors import EvenkeelError
from metrics.store import Store
from pages.ui import data, weights
from pages.ui.screen import Screen

Entered = Callable[[bytes, Mapping[str, Any]], None]
LOG = logging.getLogger(__name__)


def store(source: data.Source) -> Store:
    """The database that keeps the account: of the data at hand; where people sign in, the institution's own."""
    return data.control() if configuration().server else source.store


def leaving(screen: Screen, name: str, action: str) -> Entered:
    """What writes into the account that a file was taken away, with the choices under which it was made.

    It is called outside of the script, at the click. On a computer of one's own a file is given also where that
    cannot be written; where people sign in nothing leaves without its entry.

    Args:
        name: of the file.
        action: what the role must allow for it.
    """
    book, server = store(screen.source), configuration().server
    told = {"page": screen.page, "form": name.rpartition(".")[2], **about(screen)}
    told |= {"holds": "rows"} if action == "rows" else {}

    def write(content: bytes, held: Mapping[str, Any]) -> None:
        try:
            book.note(Event("export", name, after={**told, **held, "bytes": len(content)}))
        except (EvenkeelError, duckdb.Error):
            if server:
                raise
            LOG.warning("export_not_entered")

    return write


def about(screen: Screen) -> dict[str, Any]:
    """The date, the part and the weighting that a reader looks at; what is not chosen is left out."""
    choices = screen.choices
    found = {
        "data": screen.source.name, "as_of": choices.period, "branches": list(choices.branches),
        "product": choices.product, "policy": choices.policy, "social": round(weights.used(screen).social, 1),
        "themes": dict(choices.themes),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def line(screen: Screen) -> str:
    """What documents print of the account that their figures rest on; empty for the sample."""
    if screen.source.is_sample:
        return ""
    with closing(screen.source.store.cursor()) as cursor:
        return accounts.line(accounts.mark(cursor), screen.language)
