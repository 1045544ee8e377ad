"""A server of the harness page: own files only, under the app's own security policy."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from metrics import live
from pages.ui import security

HERE = Path(__file__).parent
FONTS = Path(security.__file__).parent / "assets" / "fonts"


def trade_offs() -> tuple[str, str, str]:
    """Markup, style sheet and script of the component that is served where no other is named."""
    return live.text("tradeoffs.html"), live.text("tradeoffs.css"), live.script()


@dataclass
class Harness:
    """A running harness page: its address, the data that it hands to the component, what was asked for."""

    address: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    component: tuple[str, str, str] = field(default_factory=trade_offs)

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Kind and content of a path, None where there is none."""
        texts = {
            "/": ("text/html", lambda: (HERE / "harness.html").read_text(encoding="utf-8")),
            "/harness.js": ("text/javascript", lambda: (HERE / "harness.js").read_text(encoding="utf-8")),
            "/script": ("text/plain", lambda: self.component[2]),
            "/sheet": ("text/plain", lambda: self.component[1]),
            "/markup": ("text/plain", lambda: self.component[0]),
            "/data.json": ("application/json", lambda: json.dumps(self.data)),
        }
        if path in texts:
            kind, read = texts[path]
            return f"{kind}; charset=utf-8", read().encode()
        font = FONTS / Path(path).name
        if path.startswith("/fonts/") and font.is_file():
            return "font/woff2", font.read_bytes()
        return None


@contextmanager
def serving(data: dict[str, Any], component: tuple[str, str, str] | None = None) -> Iterator[Harness]:
    """Serves the harness page with some data, and a component, on a free port until the block ends."""
    harness = Harness(data=data, component=component or trade_offs())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            harness.asked.append(path)
            found = harness.answer(path)
            self.send_response(200 if found else 404)
            for name, value in security.HEADERS.items():
                self.send_header(name, value)
            self.send_header("content-type", found[0] if found else "text/plain")
            self.end_headers()
            self.wfile.write(found[1] if found else b"")

        def log_message(self, *_: object) -> None:
            """Keeps the tests' output free of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    harness.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield harness
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
