"""Where a command speaks: data to one stream, messages to the other, for whom it works.

A command that runs inside the app answers a terminal elsewhere, and several run at once; so each has streams of
its own (a context variable, one a thread), and nobody prints to the process's streams by name.
"""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TextIO

from metrics.words import say

LANGUAGE = "en"


@dataclass(frozen=True)
class Terminal:
    """The streams that a command writes to, and the name of the user who gave it."""

    out: TextIO
    err: TextIO
    who: str


_terminal: ContextVar[Terminal | None] = ContextVar("terminal", default=None)


@contextmanager
def to(terminal: Terminal) -> Iterator[Terminal]:
    """Send what this thread says from here on to a terminal."""
    token = _terminal.set(terminal)
    try:
        yield terminal
    finally:
        _terminal.reset(token)


def out(text: str, end: str = "\n") -> None:
    """Write data."""
    terminal = _terminal.get()
    print(text, end=end, file=sys.stdout if terminal is None else terminal.out)


def err(text: str) -> None:
    """Write a message, beside the data."""
    terminal = _terminal.get()
    print(text, file=sys.stderr if terminal is None else terminal.err)


def tell(key: str, **params: object) -> None:
    """A message of the command line, by its key."""
    err(say(LANGUAGE, "cli." + key, **params))


def who() -> str:
    """The user for whom the command works; batches keep the name."""
    terminal = _terminal.get()
    if terminal is not None:
        return terminal.who
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may not know its user
        return str(os.getuid())
