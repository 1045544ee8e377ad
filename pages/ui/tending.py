"""What the app does beside its pages: answers the command line, takes away what is over its time, publishes copies."""

import logging
import threading
from contextlib import ExitStack
from pathlib import Path

import duckdb

from metrics import access, retention, snapshot
from metrics.access import Actor
from metrics.configuration import configuration
from metrics.copies import READS
from metrics.errors import EvenkeelError
from metrics.ingest.progress import Work, attended
from metrics.personal import erasing
from metrics.store import Store
from pages.ui import answering, data

FIRST, DAILY = 60.0, 86400.0  # seconds
EVERY = 1.0
LOG = logging.getLogger(__name__)


def start(ending: ExitStack) -> None:
    """Begin, until the app ends. A process that reads a copy tends nothing, and nobody changes anything in it."""
    settings = configuration()
    if settings.reads:
        access.only(READS)
        return
    ending.callback(answering.start(data.folder()))
    stop, work = threading.Event(), Work()
    ending.callback(stop.set)
    ending.callback(work.stop)
    threading.Thread(target=_daily, args=(stop, work), daemon=True).start()
    if settings.publish:
        every = (stop, EVERY, _own, Path(settings.publish))
        threading.Thread(target=snapshot.watching, args=every, daemon=True).start()


def _own() -> Store | None:
    return data.control() if Store.exists(data.folder()) else None


def _daily(stop: threading.Event, work: Work) -> None:
    """Tidy once a day, as Evenkeel itself; what fails is tried again the next day."""
    wait = FIRST
    while not stop.wait(wait):
        wait = DAILY
        try:
            store = _own()
            if store is not None:
                with attended(work), access.acting(Actor("evenkeel")):
                    erasing.finish(store)
                    retention.tidy(store)
        except (EvenkeelError, duckdb.Error, OSError):
            LOG.exception("tidy_failed")
