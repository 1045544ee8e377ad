"""What the server refuses before any page runs, and why: asked of every request and of every web socket.

A page says little before its reader has signed in; what lies beside the pages (uploads, files made to be taken away)
is held to the same door here.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from metrics.access import Actor
from metrics.configuration import Configuration
from pages.ui.guarding import asking, media
from pages.ui.guarding.caps import Meter, address

Scope = MutableMapping[str, Any]
STATE = ("/healthz", "/readyz")  # asked by whatever watches the server, under any name; they tell nothing but state
HIDDEN = ("/_stcore/metrics", "/_stcore/agent")  # how the server is doing is nobody's business but its owner's
CORE, UPLOAD = "/_stcore/", "/_stcore/upload_file/"
UNSIGNED = ("health", "host-config", "stream", "bidi-components")  # what the door itself needs of Streamlit's core
SIGNING = ("/auth/", "/oauth2callback")
MEGABYTE = 1 << 20
SETTINGS_FILE = 2 * MEGABYTE  # a policy or a plan of a pack is at most 1 MB, and comes in a form around it


@dataclass(frozen=True)
class Refused:
    """An answer instead of the one asked for: its status, the sentence, the number in it, and who asked if known."""

    status: int
    why: str
    n: int = 0
    who: str = ""


class Wall:
    """What one server refuses; it counts connections and uploads as long as it lives."""

    def __init__(self, found: Configuration) -> None:
        self.found, self.base = found, str(config.get_option("server.baseUrlPath") or "").strip("/")
        self.connections, self.uploads, self.bytes = Meter(60), Meter(3600), Meter(3600)

    async def refusal(self, scope: Scope) -> Refused | None:
        """Why a request is refused; None where it may pass. The address of a file is put in its plain form."""
        path, headers = self._path(scope), Headers(scope=scope)
        if path in STATE:
            return None
        if not is_host_allowed(headers.get("host")):
            return Refused(403, "host")
        if path.startswith(HIDDEN):
            return Refused(404, "")
        if scope["type"] == "websocket" and not same_origin(headers):
            return Refused(403, "origin")
        return await self._of_many(scope, path, headers) if self.found.server else None

    def private(self, scope: Scope) -> bool:
        """Whether an answer holds what only its reader may keep."""
        return self.found.server and self._path(scope).startswith(media.MEDIA)

    def _path(self, scope: Scope) -> str:
        """The address below the folder that the server is told to answer under, as Streamlit's routes are matched."""
        path = str(scope["path"])
        return path.removeprefix(f"/{self.base}") if self.base and path.startswith(f"/{self.base}/") else path

    async def _of_many(self, scope: Scope, path: str, headers: Headers) -> Refused | None:
        """The same where people sign in."""
        if scope["type"] == "websocket" or path.startswith(SIGNING):
            asking.CLAIMS.set(asking.claims(scope))
            client = address(str((scope.get("client") or [""])[0]))
            passes = self.connections.take(client, self.found.connections_a_minute)
            return None if passes else Refused(429, "too_many_connections")
        core = path.removeprefix(CORE).partition("/")[0]
        if not path.startswith((CORE, media.MEDIA)) or (path.startswith(CORE) and core in UNSIGNED):
            return None
        actor = await asking.actor(asking.claims(scope))
        if actor is None:
            return Refused(401, "sign_in")
        if path.startswith(UPLOAD):
            return self._upload(actor, str(scope["method"]), headers.get("content-length", ""))
        if path.startswith(media.MEDIA):
            plain = media.opened(scope, actor)
            if plain is None:
                return Refused(403, "not_yours", who=actor.name)
            scope["path"] = plain
        return None

    def _upload(self, actor: Actor, method: str, length: str) -> Refused | None:
        """Why a file is not taken, told from its length before any of it is read."""
        found, name = self.found, actor.name
        if method != "PUT":
            return None
        if not (length.isascii() and length.isdigit()):
            return Refused(411, "length", who=name)
        if int(length) > found.upload_mb * MEGABYTE:
            return Refused(413, "too_large", found.upload_mb, name)
        if int(length) > SETTINGS_FILE and not actor.may("upload"):
            return Refused(403, "role", who=name)
        if not self.uploads.take(name, found.uploads_an_hour):
            return Refused(429, "too_many_uploads", found.uploads_an_hour, name)
        if not self.bytes.take(name, found.upload_mb_an_hour * MEGABYTE, int(length)):
            return Refused(429, "too_much_uploaded", found.upload_mb_an_hour, name)
        return None


def same_origin(headers: Headers) -> bool:
    """Tells whether a request comes from a page of this very server: its origin is the host asked for."""
    host = headers.get("host", "")
    return bool(host) and urlsplit(headers.get("origin", "")).netloc == host
