"""A server of the harness page: own files only, under the app's own security policy."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pages.ui import live
from pages.ui.security import HEADERS

HERE = Path(__file__).parent
FONTS = Path(live.__file__).parents[1] / "assets" / "fonts"


@dataclass
class Harness:
    """A running harness page: its address, the data that it hands to the component, what was asked for."""

    address: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Kind and content of a path, None where there is none."""
        texts = {
            "/": ("text/html", lambda: (HERE / "harness.html").read_text(encoding="utf-8")),
            "/harness.js": ("text/javascript", lambda: (HERE / "harness.js").read_text(encoding="utf-8")),
            "/script": ("text/plain", live.script),
            "/sheet": ("text/plain", lambda: live.text("tradeoffs.css")),
            "/markup": ("text/plain", lambda: live.text("tradeoffs.html")),
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
def serving(data: dict[str, Any]) -> Iterator[Harness]:
    """Serves the harness page with some data on a free port until the block ends."""
    harness = Harness(data=data)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            harness.asked.append(path)
            found = harness.answer(path)
            self.send_response(200 if found else 404)
            for name, value in HEADERS.items():
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
