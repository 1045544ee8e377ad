"""How this installation runs: one file, `evenkeel.toml`, in which every setting has its reason beside it.

Without a file Evenkeel is one person's: it answers this computer alone and asks nobody to sign in. With
`mode = "server"` it serves many, and refuses to start before it can tell who they are. Secrets stand in a file of their
own, or in the environment; nothing secret is ever printed.
"""

import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from metrics import toml
from metrics.errors import EvenkeelError, nearest

LOCAL, SERVER = "local", "server"
FILE, VARIABLE = "evenkeel.toml", "EVENKEEL_CONFIG"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET = 32  # characters


@dataclass(frozen=True)
class Configuration:
    """Every setting with its default; `evenkeel.example.toml` says what each is for."""

    mode: str = LOCAL
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    secrets: str = ".streamlit/secrets.toml"
    admins: tuple[str, ...] = ()
    session_hours: float = 12.0
    upload_mb: int = 100
    uploads_an_hour: int = 60
    upload_mb_an_hour: int = 500
    connections_a_minute: int = 120
    query_seconds: float = 60.0
    staging_days: int = 7
    backup_days: int = 90
    backup_to: str = ""
    taken_out_days: int = 0
    reserve_mb: int = 200
    keep_files: str = "unless_personal"
    client_ids: str = "keep"
    reads: str = ""
    publish: str = ""
    log: str = "json"

    @property
    def server(self) -> bool:
        """Whether many sign in."""
        return self.mode == SERVER


CHOICES = {
    "mode": (LOCAL, SERVER),
    "keep_files": ("always", "unless_personal", "never"),
    "client_ids": ("keep", "keyed"),
    "log": ("json", "text"),
}
LEAST = {"session_hours": 0.01, "upload_mb": 1, "query_seconds": 1.0}


@cache
def configuration() -> Configuration:
    """The configuration of this process: the file that EVENKEEL_CONFIG names, else evenkeel.toml, else the defaults.

    Raises:
        EvenkeelError: the file is not there, or a setting is wrong; names file, setting and what it may be.
    """
    named = os.environ.get(VARIABLE)
    path = Path(named or FILE)
    if not path.exists():
        if named:
            raise EvenkeelError("configuration.no_file", file=named)
        return Configuration()
    try:
        given = toml.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvenkeelError("configuration.unreadable", file=str(path), reason=str(error)[:200]) from error
    return of(str(path), given)


def of(file: str, given: Mapping[str, Any]) -> Configuration:
    """The configuration that a file's settings make, each checked."""
    known = {field.name: field.default for field in fields(Configuration)}
    for name in given:
        if name not in known:
            near = nearest(name, known)
            raise EvenkeelError("configuration.unknown", file=file, setting=name, nearest=near)
    return Configuration(**{name: _value(file, name, value, known[name]) for name, value in given.items()})


def _value(file: str, name: str, value: Any, default: Any) -> Any:
    """One setting, as the type of its default."""
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        raise _bad(file, name, value, '["...", "..."]')
    if name in CHOICES:
        if value in CHOICES[name]:
            return value
        raise _bad(file, name, value, ", ".join(CHOICES[name]))
    if isinstance(default, str):
        if isinstance(value, str):
            return value
        raise _bad(file, name, value, '"..."')
    whole = isinstance(default, int)
    sound = isinstance(value, int) or (isinstance(value, float) and not whole)
    if not sound or isinstance(value, bool) or value < LEAST.get(name, 0):
        raise _bad(file, name, value, f">= {LEAST.get(name, 0)}")
    return type(default)(value)


def _bad(file: str, name: str, value: object, expected: str) -> EvenkeelError:
    return EvenkeelError("configuration.bad", file=file, setting=name, value=str(value)[:60], expected=expected)


def refuse(found: Configuration, address: str, auth: Mapping[str, Any], secrets: Path | None) -> None:
    """Hold a configuration to what its mode needs before anything is answered.

    Args:
        address: that the server listens on; empty for all.
        auth: the section `[auth]` of the secrets.
        secrets: their file, where there is one.

    Raises:
        EvenkeelError: the first thing that is missing or wrong, and what to write.
    """
    if not found.server:
        if address not in LOOPBACK:
            raise EvenkeelError("configuration.local_address", address=address or "0.0.0.0")
        return
    missing = next((key for key, sound in NEEDED.items() if not sound(str(auth.get(key) or ""))), None)
    if missing is not None:
        raise EvenkeelError(f"configuration.auth_{missing}", file=found.secrets)
    _hold_hosts(found, urlsplit(str(auth["redirect_uri"])).hostname or "")
    if not found.admins:
        raise EvenkeelError("configuration.no_admins")
    if secrets is not None and os.name == "posix" and stat.S_IMODE(secrets.stat().st_mode) & 0o077:
        raise EvenkeelError("configuration.secrets_open", file=str(secrets))


def _hold_hosts(found: Configuration, back: str) -> None:
    """Hold the hosts to what they are for: each is named, and the one that people come back to is among them."""
    if "*" in found.hosts:
        raise EvenkeelError("configuration.any_host")
    if not set(found.hosts) - set(LOOPBACK) and back not in LOOPBACK:
        raise EvenkeelError("configuration.no_hosts")
    if not any(back == host or (host.startswith("*.") and back.endswith(host[1:])) for host in found.hosts):
        raise EvenkeelError("configuration.other_host", file=found.secrets, host=back)


def _callback(uri: str) -> bool:
    """Whether people may be sent back to an address after they signed in: https, or this computer."""
    parts = urlsplit(uri)
    return parts.path.endswith("/oauth2callback") and (parts.scheme == "https" or parts.hostname in LOOPBACK)


NEEDED: Mapping[str, Callable[[str], bool]] = {
    "server_metadata_url": bool,
    "client_id": bool,
    "client_secret": lambda text: bool(text) and "change" not in text.lower(),
    "cookie_secret": lambda text: len(text) >= SHORTEST_SECRET and "change" not in text.lower(),
    "redirect_uri": _callback,
}
