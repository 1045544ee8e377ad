"""Evenkeel: `streamlit run app.py` opens the app.

The main script stands in `pages/ui/`, where no `pages/` folder lies beside it. Streamlit runs a file of such
a folder on its own when the first request of a server is a deep link: without language, data or sign-in.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pages.ui.guarding import asking, health, media
from pages.ui.security import Guard
from pages.ui.settling import settle

ASSETS = Path(__file__).parent / "pages" / "ui" / "assets"


def overview(request: Request) -> RedirectResponse:
    """The first page lives at `/`; its own name in an address leads there, choices and all."""
    return RedirectResponse("/" + (f"?{request.url.query}" if request.url.query else ""))


@asynccontextmanager
async def opened(_: st.App) -> AsyncIterator[None]:
    """Open the data while the first browser still loads the scripts; the first page waits for less."""
    media.bind()
    with ExitStack() as ending:
        threading.Thread(target=prepare, args=(ending,), daemon=True).start()
        yield


def prepare(ending: ExitStack) -> None:
    """Import what pages need, answer the command line, build the sample where there is nothing else."""
    from pages.ui import data, door, tending

    asking.use(door.of_claims)
    with health.opening():
        tending.start(ending)
        data.prepare()


settle()
app = st.App(
    "pages/ui/main.py",
    lifespan=opened,
    # Streamlit leaves its own scripts uncompressed; on a slow line that is most of the first load.
    middleware=[Middleware(Guard), Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)],
    # Fonts and logo by a route of their own: Streamlit's static serving would publish a whole folder.
    routes=[Mount("/assets", StaticFiles(directory=ASSETS)), Route("/overview", overview), *health.ROUTES],
)
