"""Work that may take longer than a second: it runs beside the page, which shows how far it is and can stop it."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

import duckdb
import streamlit as st

from metrics import access
from metrics.errors import EvenkeelError
from metrics.ingest.progress import Stopped, Work, attended
from metrics.words import number, say
from pages.ui.alone import guarded
from pages.ui.screen import Screen
from pages.ui.text import md

PATIENCE = 1.0  # seconds for which a page waits before it shows how far the work is
EVERY = 0.5
KEPT = 6
LOG = logging.getLogger(__name__)


@dataclass
class Job:
    """One piece of work: `key` says what it was asked for, so that the same question finds the same answer."""

    key: object
    future: "Future[Any]"
    work: Work
    forget: Callable[[Any], None]
    begun: float = field(default_factory=time.monotonic)

    def drop(self) -> None:
        """Stop it, and let go of what it found."""
        self.work.stop()
        self.future.add_done_callback(self._let_go)

    def _let_go(self, future: "Future[Any]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.forget(future.result())


@dataclass
class Jobs:
    """The jobs of the process by name, the latest last; older ones are let go of."""

    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, thread_name_prefix="work"))
    by_name: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@st.cache_resource(show_spinner=False)
def _jobs() -> Jobs:
    return Jobs()


def start(name: str, key: object, do: Callable[[], Any], forget: Callable[[Any], None] = lambda _: None) -> Job:
    """The job of a name for a question; another question under the same name stops and replaces it."""
    jobs = _jobs()
    with jobs.lock:
        found = jobs.by_name.get(name)
        if found is not None and found.key == key:
            jobs.by_name.move_to_end(name)
            return found
        if found is not None:
            found.drop()
        work = Work()
        job = Job(key, jobs.pool.submit(_done, work, do, access.current()), work, forget)
        jobs.by_name[name] = job
        jobs.by_name.move_to_end(name)
        while len(jobs.by_name) > KEPT:
            jobs.by_name.popitem(last=False)[1].drop()
    return job


def running(name: str) -> Job | None:
    """The job of a name, under way or done; None where there is none."""
    return _jobs().by_name.get(name)


def drop(name: str) -> None:
    """Stop a job and forget it."""
    jobs = _jobs()
    with jobs.lock:
        found = jobs.by_name.pop(name, None)
    if found is not None:
        found.drop()


def finish(name: str) -> None:
    """Stop a job and wait for its end: another needs what it uses."""
    job = running(name)
    if job is not None:
        job.work.stop()
        wait([job.future])


def _done(work: Work, do: Callable[[], Any], actor: access.Actor) -> Any:
    """Do the work for whoever asked; what is interrupted was stopped, the unforeseen is a sentence and a log line."""
    with attended(work), access.acting(actor):
        try:
            if work.stopped:
                raise Stopped
            return do()
        except duckdb.InterruptException as error:
            raise Stopped from error
        except EvenkeelError:
            raise
        except Exception as error:
            LOG.exception("work_failed")
            raise EvenkeelError("errors.unforeseen") from error


def waited(screen: Screen, name: str, job: Job) -> bool:
    """Whether a job is done; while it is not, how far it is and the way to stop it are shown."""
    deadline = time.monotonic() + PATIENCE
    while not job.future.done() and time.monotonic() < deadline:
        time.sleep(0.02)
    if not job.future.done():
        _progress(screen, name, job)
        return False
    return True


@st.fragment(run_every=EVERY)
@guarded
def _progress(screen: Screen, name: str, job: Job) -> None:
    """How far the work is; once it is done, the page runs again."""
    if job.future.done():
        st.rerun()
    seconds = number(screen.language, time.monotonic() - job.begun, 0)
    stage = md(say(screen.language, job.work.stage, **job.work.params))
    st.progress(min(job.work.share, 1.0), text=screen.say("work_stage", stage=stage, seconds=seconds))
    if st.button(screen.say("work_stop"), key=f"stop_{name}"):
        job.work.stop()
