"""What every answer of the server carries, and how it says what it refuses.

Pages show text from anyone's spreadsheet, so the browser is told to fetch nothing from elsewhere and to run
no script but ours. A component's script is loaded from a blob address, hence `blob:`; never `unsafe-eval`.
"""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from streamlit.auth_util import get_origin_from_redirect_uri

from metrics.configuration import Configuration, configuration
from metrics.words import say
from pages.ui.guarding import asking
from pages.ui.guarding.wall import Refused, Wall

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Pairs = list[tuple[bytes, bytes]]

LOG = logging.getLogger("evenkeel.server")
POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
DEVICES = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "midi", "display-capture")
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": ", ".join(f"{device}=()" for device in DEVICES),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
YEAR = 365 * 24 * 3600


def encrypted(found: Configuration) -> bool:
    """Whether people reach this server by https only: whoever signs in is sent back to such an address."""
    return found.server and urlsplit(get_origin_from_redirect_uri() or "").scheme == "https"


class Guard:
    """ASGI middleware: refuses what the wall refuses, and adds `HEADERS` to every answer."""

    def __init__(self, app: App) -> None:
        self.app, self.wall = app, Wall(configuration())
        self.secure = encrypted(self.wall.found)
        told = {**HEADERS, **({"strict-transport-security": f"max-age={YEAR}"} if self.secure else {})}
        self.headers: Pairs = [(name.encode(), value.encode()) for name, value in told.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, with the headers added to its answer, or refuses it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        private = self.wall.private(scope)
        refused = await self.wall.refusal(scope)
        if refused is None:
            await self.app(scope, receive, self._adding(send, private))
        else:
            await self._refuse(scope, send, refused)

    def _adding(self, send: Send, private: bool) -> Send:
        """`send` with the headers put on the start of each answer; a private one is kept by no cache."""
        more = [*self.headers, *([(b"cache-control", b"no-store")] if private else [])]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [self._cookie(*pair) for pair in message.get("headers", [])]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        return sent

    def _cookie(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        """A header of an answer; a cookie goes over https only, where people come by https."""
        unsafe = self.secure and name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        return name, value + b"; Secure" if unsafe else value

    async def _refuse(self, scope: Scope, send: Send, refused: Refused) -> None:
        """Answer with a status and one sentence; a web socket is told before it opens."""
        LOG.warning("refused %d", refused.status, extra={"why": refused.why, "who": refused.who})
        kind = "http.response"
        if scope["type"] == "websocket":
            kind = "websocket.http.response"
            if kind not in scope.get("extensions", {}):
                await send({"type": "websocket.close", "code": 1008})
                return
        told = say(asking.language(scope), f"server.{refused.why}", n=refused.n).encode() if refused.why else b""
        plain: Pairs = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        again: Pairs = [(b"retry-after", b"60")] if refused.status == 429 else []
        length: Pairs = [(b"content-length", str(len(told)).encode())]
        headers = [*plain, *length, *again, *self.headers]
        await send({"type": f"{kind}.start", "status": refused.status, "headers": headers})
        await send({"type": f"{kind}.body", "body": told})
