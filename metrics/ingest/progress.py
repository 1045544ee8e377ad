"""How far a long piece of work has come, and the way to stop it. Where nobody attends, nothing is told or stopped."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from metrics.errors import EvenkeelError
from metrics.store import Cursor


class Stopped(EvenkeelError):
    """The user stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("import.stopped")


@dataclass
class Work:
    """One piece of work: `stage` is a key of the catalogues with its params, `share` how much is done (0..1)."""

    stage: str = "import.stage_waiting"
    params: dict[str, Any] = field(default_factory=dict)
    share: float = 0.0
    _cursor: Cursor | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked for an end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask for an end: a statement that runs is interrupted, the next step is not begun."""
        self._stop.set()
        cursor = self._cursor
        if cursor is not None:
            cursor.interrupt()


_now: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def attended(work: Work) -> Iterator[Work]:
    """Tell what is done from here on to `work`, and stop where it says so."""
    token = _now.set(work)
    try:
        yield work
    finally:
        _now.reset(token)
        work._cursor = None


def at(stage: str, share: float, cursor: Cursor | None = None, **params: Any) -> None:
    """Say what is being done; `cursor` runs its statements.

    Raises:
        Stopped: the work is to end here.
    """
    work = _now.get()
    if work is None:
        return
    work.stage, work.share, work.params = stage, share, params
    work._cursor = cursor or work._cursor
    if work.stopped:
        raise Stopped


@contextmanager
def instead(stage: str) -> Iterator[None]:
    """Say for a while that something else is being done."""
    work = _now.get()
    before = (work.stage, work.params) if work else (stage, {})
    if work:
        work.stage, work.params = stage, {}
    yield
    if work:
        work.stage, work.params = before


def stopped() -> bool:
    """Whether the work at hand is to end."""
    work = _now.get()
    return work is not None and work.stopped
