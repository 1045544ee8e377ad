"""Queries of readers are bounded: none runs longer than it may, none runs on for a view that nobody waits for.

The app says with `use` whose run a thread works for and how long a query of it may take; whoever works for nobody in
particular (an import, the command line) is not bounded. A cursor lives for one call, so its age bounds each query of
it. What writes is spared from the first statement of its change to the last: it is whole or it is not.
"""

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import duckdb

EVERY = 0.2  # seconds between two looks at what runs


@dataclass(eq=False)
class _Thread:
    """What is known of a thread: its session while it draws a view, and what became of that."""

    session: str = ""
    over: bool = False
    late: bool = False
    writes: int = 0
    wrote: bool = False


@dataclass(eq=False)
class _Use:
    """A cursor at work: until when it may, for which thread."""

    cursor: "weakref.ref[duckdb.DuckDBPyConnection]"
    thread: _Thread
    until: float


@dataclass
class _State:
    found: Callable[[], float | None] = lambda: None
    uses: list[_Use] = field(default_factory=list)
    drawing: list[_Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    watching: bool = False


_state, _here = _State(), threading.local()


def use(found: Callable[[], float | None]) -> None:
    """Ask the app for the seconds that a query of this thread may take from now on; None is without a bound."""
    _state.found = found


def watch(cursor: duckdb.DuckDBPyConnection) -> None:
    """Bound a new cursor, where this thread works for a reader."""
    seconds = _state.found()
    if seconds is None:
        return
    with _state.lock:
        _state.uses.append(_Use(weakref.ref(cursor), _thread(), time.monotonic() + seconds))
        if not _state.watching:
            _state.watching = True
            threading.Thread(target=_look, name="bounded", daemon=True).start()


@contextmanager
def drawing(session: str) -> Iterator[None]:
    """Draw a view for a session in this thread: what still runs for an earlier view of it is stopped."""
    thread = _thread()
    with _state.lock:
        for other in _state.drawing:
            other.over = other.over or (other.session == session and other is not thread)
        thread.session, thread.over, thread.late, thread.wrote = session, False, False, False
        _state.drawing.append(thread)
        _stop()
    try:
        yield
    finally:
        with _state.lock:
            _state.drawing.remove(thread)
            thread.over = False


@contextmanager
def spared(figures: bool) -> Iterator[None]:
    """Change something in this thread, `figures` too: until that is done, none of its queries is stopped."""
    thread = _thread()
    with _state.lock:
        thread.writes += 1
    try:
        yield
    finally:
        with _state.lock:
            thread.writes -= 1
            thread.wrote = thread.wrote or figures


def late() -> bool:
    """Whether a query of the view that this thread draws was stopped because it took too long."""
    return _thread().late


def wrote() -> bool:
    """Whether this thread changed any figure since it began to draw the view."""
    return _thread().wrote


def _thread() -> _Thread:
    found: _Thread | None = getattr(_here, "thread", None)
    if found is None:
        found = _here.thread = _Thread()
    return found


def _look() -> None:
    while True:
        time.sleep(EVERY)
        with _state.lock:
            _stop()
            if not _state.uses:
                _state.watching = False
                return


def _stop() -> None:
    """Interrupt what may not run on. An interrupt between two queries does nothing, so each look does it again."""
    now, kept = time.monotonic(), []
    for one in _state.uses:
        cursor = one.cursor()
        if cursor is None:
            continue
        kept.append(one)
        late = now > one.until
        if (late or one.thread.over) and not one.thread.writes:
            one.thread.late = one.thread.late or (late and not one.thread.over)
            with suppress(duckdb.Error):  # closed, and not yet let go of
                cursor.interrupt()
    _state.uses = kept
