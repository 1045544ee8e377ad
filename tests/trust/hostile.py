"""Texts that would be a picture, a link, a script, a colour or a formula, and data in which every text bears one."""

import http.server
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from metrics import access, scenarios
from metrics.policy import load
from metrics.store import Cursor, Store
from tests.browser.window import Window
from tests.trust import canary

APART = "\u2060"  # what pages put into an address so that it is no link
# SINK is an address on this computer that counts who calls; a script that runs leaves a mark on the window.
PAYLOADS = (
    "![i](SINK/image)",
    "[l](SINK/link)",
    "<img src=SINK/tag onerror=window.__pwned=1>",
    "<script>window.__pwned=1</script>",
    "<svg onload=window.__pwned=1></svg>",
    "[j](javascript:window.__pwned=1)",
    r"$\href{SINK/formula}{x^2}$",
    "$$x^2$$",
    ":material/bug_report:",
    ":red[inked]",
    ":red-background[inked]",
    ":smile:",
    '=HYPERLINK("SINK/cell","a")',
    "\u202edesrever",
    "**inked**",
    "`inked`",
    "SINK/plain",
    "<iframe src=SINK/frame></iframe>",
    "&lt;img src=SINK/twice onerror=window.__pwned=1&gt;",
    "' onmouseover='window.__pwned=1",
    '"><img src=SINK/quoted onerror=window.__pwned=1>',
    "</style><style>*{background:url(SINK/style)}</style>",
    "{{7*7}} ${7*7}",
    "~~inked~~",
)


class Sink:
    """A server on this computer that is never to be asked anything."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.asked = asked
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def sinking() -> Iterator[Sink]:
    """Listen until the block ends."""
    sink = Sink()
    try:
        yield sink
    finally:
        sink.close()


def payload(sink: str, number: int) -> str:
    """One of the payloads, with the address in it."""
    return PAYLOADS[number % len(PAYLOADS)].replace("SINK", sink)


def told(sink: str, turn: int) -> Callable[[str, str, str], str]:
    """What is put behind a text: each branch and column has another payload, and each turn moves them on."""

    def of(branch: str, table: str, column: str) -> str:
        number = sum(map(ord, column)) + sum(map(ord, branch)) + turn
        return f" {payload(sink, number)}"

    return of


def planted(folder: Path, sink: str, turn: int = 0, since: str = "2026-06-01") -> Store:
    """Data in which every text bears a payload: names, words of clients, records, files, a kept policy."""
    store = canary.planted(folder, (), since, told(sink, turn))
    store.write(lambda cursor: _files(cursor, sink, turn))
    with access.acting(access.Actor(f"owner {payload(sink, turn)}")):
        given = replace(load("equal"), name="ours", title=f"Ours {payload(sink, turn)}")
        scenarios.save(store, given, f"who {payload(sink, turn + 1)}", f"note {payload(sink, turn + 2)}")
    return store


def _files(cursor: Cursor, sink: str, turn: int) -> None:
    for batch, number in cursor.execute("SELECT batch_id, file_no FROM batch_files").fetchall():
        names = [f"file {payload(sink, number + turn)}.csv", f"sheet {payload(sink, number + turn + 1)}"]
        cursor.execute(
            "UPDATE batch_files SET name = ?, sheet = ? WHERE batch_id = ? AND file_no = ?", [*names, batch, number]
        )


# What must not be there: an element that fetches or runs, or that a sign of a text made.
MADE = """sink => {
  const found = [];
  for (const one of document.querySelectorAll('*')) {
    for (const part of one.attributes) {
      if (/^(src|srcset|href|xlink:href|action|data|poster|style)$/i.test(part.name)
          && (part.value.includes(sink) || /^\\s*javascript:/i.test(part.value)))
        found.push(one.tagName + ' ' + part.name + '=' + part.value.slice(0, 80));
      if (/^on/i.test(part.name) && part.value.includes('__pwned')) found.push(one.tagName + ' ' + part.name);
    }
    const own = [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('');
    if (own.trim() === 'inked') found.push('formatted: ' + one.outerHTML.slice(0, 120));
  }
  if (document.querySelector('.katex, .katex-error')) found.push('a formula');
  if (window.__pwned) found.push('a script ran');
  return found; }"""


def made(opened: Window, sink: Sink) -> list[str]:
    """What texts became on the page as it stands, beside themselves."""
    return [str(one) for one in opened.page.evaluate(MADE, sink.address)]


def listen(opened: Window, sink: Sink) -> None:
    """Count among the window's requests to elsewhere also those to the sink, which the browser may have forbidden."""
    asked = opened.external
    opened.page.on("request", lambda one: asked.append(one.url) if one.url.startswith(sink.address) else None)


def walked(opened: Window, sink: Sink, addresses: Iterable[tuple[str, str]]) -> tuple[list[str], set[str]]:
    """What is wrong on some pages, and which payloads a reader sees there as they are."""
    faults, seen = [], set()
    for page, query in addresses:
        opened.go(f"/{page}?{query}")
        faults += [f"{page}?{query}: {one}" for one in made(opened, sink)]
        shown = opened.page.inner_text("body").replace(APART, "")
        seen |= {one for one in PAYLOADS if one.replace("SINK", sink.address) in shown}
    asked = [*opened.external, *sink.asked]
    return faults + [f"asked {one}" for one in asked] + [f"script error: {one}" for one in opened.faults], seen
