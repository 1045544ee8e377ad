"""What a page says where the data are damaged, the disk is full, or the engine gave up: one sentence, never a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import streamlit as st

from metrics import connecting
from metrics.errors import EvenkeelError
from metrics.words import number, say
from pages.ui import data
from pages.ui.text import md


@contextmanager
def told(language: str) -> Iterator[None]:
    """Draw what stands inside; what goes wrong in a way that is known is said in its place."""
    try:
        yield
    except EvenkeelError as error:
        st.error(md(error.text(language)))
    except (duckdb.Error, OSError) as error:
        known = connecting.failure(error, data.database())
        if known is None:
            raise
        st.error(md(known.text(language)))


def banner(language: str) -> None:
    """Say on every page that nothing is saved while the disk has too little room; it goes by itself."""
    room = connecting.cramped(data.database())
    if room is not None:
        free, needed = (number(language, size, 0) for size in room)
        st.warning(md(say(language, "safety.banner", free=free, needed=needed)), icon=":material/lock:")
