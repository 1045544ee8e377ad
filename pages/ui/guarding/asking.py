"""Who asks for an address: read from the cookie that signing in left, outside of any run of the script."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from metrics.access import Actor
from metrics.words import LANGUAGES

NOTHING: Mapping[str, Any] = MappingProxyType({})
# What a web socket's cookie says: files that a button makes are made by its connection, outside of the script.
CLAIMS: ContextVar[Mapping[str, Any]] = ContextVar("claims", default=NOTHING)
_door: list[Callable[[Mapping[str, Any]], tuple[Actor, str]]] = []


def claims(scope: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the sign-in says of whoever sends a request; nothing where its cookie is absent, forged or another site's.

    Whether the person may still come in is not looked at here: `actor` does.
    """
    cookies, secret = HTTPConnection(dict(scope)).cookies, get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None

    try:
        told = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return NOTHING
    ours = isinstance(told, dict) and told.get("origin") == get_origin_from_redirect_uri()
    return told if ours else NOTHING


async def actor(told: Mapping[str, Any]) -> Actor | None:
    """Who is let in with what a sign-in says: not expired, not ended, with a role; None where the door is closed."""
    return await run_in_threadpool(_actor, told) if told else None


def _actor(told: Mapping[str, Any]) -> Actor | None:
    if not _door:
        return None
    found, reason = _door[0](told)
    return None if reason else found


def use(door: Callable[[Mapping[str, Any]], tuple[Actor, str]]) -> None:
    """Ask the door who a sign-in stands for, from now on; until then nobody is let in."""
    _door[:] = [door]


def language(scope: Mapping[str, Any]) -> str:
    """The language to answer in: the first of the browser's that there is, else English."""
    wanted = HTTPConnection(dict(scope)).headers.get("accept-language", "")
    names = (part.strip()[:2].lower() for part in wanted.split(","))
    return next((name for name in names if name in LANGUAGES), LANGUAGES[0])
