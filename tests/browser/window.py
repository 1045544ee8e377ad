"""A server of the app on a free port, and a window of Chromium that counts what it asks for."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
]
# Settles when the page has not changed for 400 ms, its fonts are loaded and no script of the server runs.
QUIET = """() => new Promise(done => {
  const busy = '[data-test-script-state=running], [data-testid=stSkeleton], [data-stale=true]';
  const running = () => document.querySelector(busy);
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(async () => {
    await document.fonts.ready; running() ? wait() : (watch.disconnect(), done()); }, 400); };
  const watch = new MutationObserver(wait);
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  wait();
})"""


@dataclass
class Server:
    """A running app: its address, its process, its data folder and what it wrote to its log."""

    address: str
    process: subprocess.Popen[bytes]
    data: Path
    log: Path

    def said(self) -> str:
        """What the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def serving(
    data: Path, seconds: float = 60, runner: str = "streamlit", port: int | None = None, **environment: str
) -> Iterator[Server]:
    """Runs the app on a data folder until the block ends; `runner` is the module that starts it.

    `port` is a free one unless it is given; `environment` is added to that of this process.

    Raises:
        RuntimeError: it did not answer in time; the message holds its log.
    """
    data.mkdir(parents=True, exist_ok=True)
    port, log = port or free_port(), data.parent / f"{data.name}.log"
    command = [
        sys.executable,
        "-m",
        runner,
        "run",
        "app.py",
        f"--server.port={port}",
        "--server.headless=true",
    ]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "EVENKEEL_DATA": str(data), **environment},
            stdout=written,
            stderr=written,
        )
    server = Server(f"http://127.0.0.1:{port}", process, data, log)
    try:
        wait_for(server, seconds)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def wait_for(server: Server, seconds: float) -> None:
    """Returns when the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(server.address + "/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the app did not answer:\n{server.said()}")


def chromium() -> str:
    """The browser to drive: `CHROMIUM`, else the first one found.

    Raises:
        RuntimeError: there is none; says how to get one.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        raise RuntimeError("Chromium is missing: apt-get install chromium, or set CHROMIUM to a browser of its family.")
    return found


@contextmanager
def browsing() -> Iterator[Browser]:
    """Runs headless Chromium until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Window:
    """A page in the browser, with every request it made to anywhere but the server."""

    page: Page
    server: Server
    external: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Opens an address of the app and returns when the page is drawn and at rest."""
        self.page.goto(self.server.address + path)
        self.page.wait_for_selector("[data-testid=stMain] :is(h1, h2, [role=alert])", timeout=60_000)
        self.rest()

    def rest(self) -> None:
        """Returns when the page is at rest: drawn, fonts loaded, no script running."""
        self.page.evaluate(QUIET)


@contextmanager
def window(
    browser: Browser,
    server: Server,
    size: tuple[int, int] = (1280, 800),
    scheme: str = "light",
    language: str = "en",
) -> Iterator[Window]:
    """Opens a window with a size, a colour scheme and a language, and closes it with the block."""
    phone = size[0] < 640
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=LOCALES.get(language, "en-GB"),
        reduced_motion="reduce",
        has_touch=phone,
        is_mobile=phone,
    )
    context.set_default_timeout(60_000)
    opened = Window(context.new_page(), server)
    opened.page.on("request", lambda r: None if r.url.startswith(LOCAL) else opened.external.append(r.url))
    opened.page.on("pageerror", lambda error: opened.faults.append(str(error)))
    try:
        yield opened
    finally:
        context.close()
