"""Queries of readers end: in time, with the reader's next run, and without harm to anyone who waits for the same."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics import bounded
from metrics.configuration import VARIABLE, configuration
from metrics.store import Store
from pages.ui import bounding
from tests import fresh

FOREVER = "SELECT sum(sqrt(a.range * b.range)) FROM range(400000) AS a, range(400000) AS b"
A_SECOND = "SELECT sum(sqrt(a.range * b.range)) FROM range(9000) AS a, range(9000) AS b"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    found = fresh.opened(tmp_path)
    yield found
    found.close()


@pytest.fixture
def limit() -> Iterator[Callable[[float | None], None]]:
    """Sets the seconds that a query may take, for the test."""
    yield lambda seconds: bounded.use(lambda: seconds)
    bounded.use(bounding.seconds)


def asked(store: Store, sql: str) -> None:
    """Ask the database something."""
    with closing(store.cursor()) as cursor:
        cursor.execute(sql).fetchall()


def test_a_query_that_takes_too_long_is_stopped(store: Store, limit: Callable[[float | None], None]) -> None:
    limit(0.3)
    begun = time.monotonic()
    with bounded.drawing("one"), pytest.raises(duckdb.InterruptException):
        asked(store, FOREVER)
    assert bounded.late()
    assert time.monotonic() - begun < 5
    asked(store, "SELECT 1")


def test_a_change_is_never_stopped(store: Store, limit: Callable[[float | None], None]) -> None:
    limit(0.1)
    begun = time.monotonic()
    with bounded.drawing("one"):
        store.write(lambda cursor: cursor.execute(A_SECOND).fetchall())
        assert bounded.wrote()
    assert time.monotonic() - begun > 0.2, "longer than a query of a reader may take"


def test_work_for_nobody_in_particular_is_not_bounded(store: Store) -> None:
    bounded.use(lambda: None)
    asked(store, A_SECOND)
    bounded.use(bounding.seconds)
    assert bounding.seconds() is None, "no script runs here"


def drawn(session: str, what: Callable[[], None], ended: dict[str, float | str]) -> threading.Thread:
    """Draw a view in a thread of its own; keeps how it ended."""

    def go() -> None:
        with bounded.drawing(session):
            begun = time.monotonic()
            try:
                what()
                ended[threading.current_thread().name] = "whole"
            except duckdb.InterruptException:
                ended[threading.current_thread().name] = "late" if bounded.late() else "over"
            ended["seconds"] = time.monotonic() - begun

    thread = threading.Thread(target=go, name=f"{session}-{len(ended)}-{time.monotonic()}")
    thread.start()
    time.sleep(0.4)
    return thread


def test_the_next_run_of_a_session_stops_what_the_one_before_still_asks(
    store: Store, limit: Callable[[float | None], None]
) -> None:
    limit(60)
    ended: dict[str, float | str] = {}
    first, other = (drawn(name, lambda: asked(store, FOREVER), ended) for name in ("one", "two"))
    begun = time.monotonic()
    drawn("one", lambda: asked(store, "SELECT 1"), ended).join(10)
    first.join(10)
    assert ended[first.name] == "over" and time.monotonic() - begun < 5
    assert other.is_alive(), "another session's query goes on"
    drawn("two", lambda: None, ended).join(10)
    other.join(10)
    assert ended[other.name] == "over"


def test_who_waits_for_a_computation_that_is_stopped_computes_it(
    store: Store, limit: Callable[[float | None], None]
) -> None:
    limit(60)
    asks = [FOREVER, "SELECT 7.0"]
    found: list[float] = []

    @st.cache_data
    def shared(key: int) -> float:
        with closing(store.cursor()) as cursor:
            return float(cursor.execute(asks.pop(0)).fetchall()[0][0])

    ended: dict[str, float | str] = {}
    first = drawn("one", lambda: found.append(shared(1)), ended)
    waits = drawn("two", lambda: found.append(shared(1)), ended)
    assert waits.is_alive() and not found
    again = drawn("one", lambda: found.append(shared(1)), ended)
    for thread in (first, waits, again):
        thread.join(10)
    assert (ended[first.name], ended[waits.name], ended[again.name]) == ("over", "whole", "whole")
    assert found == [7.0, 7.0] and asks == [], "what was stopped was not kept, and was computed once"


def test_a_page_says_in_a_sentence_that_a_query_took_too_long(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("query_seconds = 1.0\n")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "settings.toml"))
    configuration.cache_clear()

    def script() -> None:
        from pages.ui import bounding
        from tests.trust.test_bounded import FOREVER, asked, held

        bounding.draw(lambda: asked(held[0], FOREVER))

    held[:] = [store]
    begun = time.monotonic()
    app = AppTest.from_function(script, default_timeout=30).run()
    monkeypatch.undo()
    configuration.cache_clear()
    assert [one.value.replace("\\", "") for one in app.error] == [
        "The database took longer than 1 seconds and was stopped; nothing was changed. "
        "Choose a smaller part of the data, or try again later."
    ]
    assert not app.exception and time.monotonic() - begun < 15


held: list[Store] = []


def test_a_view_during_which_the_data_change_is_drawn_again(store: Store) -> None:
    held[:] = [store]

    def script() -> None:
        import threading

        import streamlit as st

        from pages.ui import bounding
        from pages.ui.data import Source
        from tests.trust.test_bounded import held

        class Here(Source):
            store = held[0]

        source = Here("", "", held[0].epoch)
        times = st.session_state.setdefault("times", []) + [source.epoch]
        st.session_state["times"] = times
        if len(times) < 3:
            other = threading.Thread(target=held[0].write, args=(lambda cursor: None,))
            other.start()
            other.join()
        st.markdown(f"drawn at {source.epoch}")
        bounding.settle(source)

    app = AppTest.from_function(script, default_timeout=30).run()
    assert len(app.session_state["times"]) == 3
    assert [one.value for one in app.markdown] == [f"drawn at {store.epoch}"]


def test_where_the_data_never_rest_a_sentence_takes_the_place_of_the_view(store: Store) -> None:
    held[:] = [store]

    def script() -> None:
        import threading

        import streamlit as st

        from pages.ui import bounding
        from pages.ui.data import Source
        from tests.trust.test_bounded import held

        class Here(Source):
            store = held[0]

        def view() -> None:
            source = Here("", "", held[0].epoch)
            other = threading.Thread(target=held[0].write, args=(lambda cursor: None,))
            other.start()
            other.join()
            st.markdown("figures")
            bounding.settle(source)

        bounding.draw(view)

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.markdown, "nothing of a view that is of two states"
    assert [one.value.replace("\\", "")[:43] for one in app.warning] == ["The data changed again and again while this"]
