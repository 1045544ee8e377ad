"""How the server is: for whatever watches it. Nobody signs in to ask, so nothing but the state is told."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from metrics import access, connecting
from metrics.configuration import configuration
from metrics.errors import EvenkeelError

KEPT_NOWHERE = {"cache-control": "no-store"}
OPENED = threading.Event()  # set when the data were opened for the first time, or could not be


@contextmanager
def opening() -> Iterator[None]:
    """The data are opened within the block; whether that went well is asked for from its end on."""
    try:
        yield
    finally:
        OPENED.set()


def reason() -> str:
    """Why nobody should be sent here now: opening, schema, database or room; empty where all is well."""
    if not OPENED.is_set():
        return "opening"
    from pages.ui import data

    try:
        with access.acting(access.Actor("evenkeel")):
            store = data.control() if configuration().server else data.source(False).store
            with closing(store.cursor()) as cursor:
                cursor.execute("SELECT 1").fetchall()
        return "room" if connecting.cramped(store.path) else ""
    except EvenkeelError as error:
        return "schema" if error.key == "errors.newer_schema" else "database"
    except (duckdb.Error, OSError):
        return "database"


async def alive(_: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"state": "alive"}, headers=KEPT_NOWHERE)


async def ready(_: Request) -> JSONResponse:
    """The data can be read and written: 200; else 503 with the reason as one word."""
    why = await run_in_threadpool(reason)
    told = {"state": "unready", "reason": why} if why else {"state": "ready"}
    return JSONResponse(told, status_code=503 if why else 200, headers=KEPT_NOWHERE)


ROUTES = [Route("/healthz", alive), Route("/readyz", ready)]
