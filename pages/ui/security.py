"""What every answer of the server carries, and what the server refuses.

Pages show text from anyone's spreadsheet, so the browser is told to fetch nothing from elsewhere and to run
no script but ours. A component's script is loaded from a blob address, hence `blob:`; never `unsafe-eval`.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
HIDDEN = (
    "/_stcore/metrics",
    "/_stcore/agent/",
)  # how the server is doing is nobody's business but its owner's


def header(scope: Scope, name: bytes) -> str:
    """Returns a request header as text, empty when it is absent."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def same_origin(scope: Scope) -> bool:
    """Tells whether a request comes from a page of this very server: its origin is the host asked for."""
    host = header(scope, b"host")
    return bool(host) and urlsplit(header(scope, b"origin")).netloc == host


class Guard:
    """ASGI middleware: adds `HEADERS`, answers 404 on `HIDDEN`, refuses a web socket of another origin."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, with the headers added to its answer."""
        if scope["type"] == "websocket" and not same_origin(scope):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and any(part in f"{scope['path']}/" for part in HIDDEN):
            await send({"type": "http.response.start", "status": 404, "headers": encoded()})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, adding(send))


def adding(send: Send) -> Send:
    """Returns `send` with `HEADERS` put on the start of each answer."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *encoded()]}
        await send(message)

    return sent


def encoded() -> list[tuple[bytes, bytes]]:
    """Returns `HEADERS` as the pairs of bytes that ASGI wants."""
    return [(name.encode(), value.encode()) for name, value in HEADERS.items()]
