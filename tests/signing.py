"""An installation for many: settings, secrets, a sign-in service of its own on this computer, and people with roles."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer

from metrics import access, people
from metrics.store import Store
from tests.browser.window import Server, free_port, serving

ADMIN, SECRET = "admin@example.org", "0123456789abcdef0123456789abcdef0123456789abcdef"
COOKIE = "_streamlit_user"


@dataclass(frozen=True)
class Signing:
    """The address of the sign-in service, and the files that an installation for many reads."""

    issuer: str
    config: Path
    secrets: Path
    port: int

    @property
    def address(self) -> str:
        """Where the app will answer."""
        return f"http://127.0.0.1:{self.port}"


def write(folder: Path, issuer: str = "http://127.0.0.1:9", **settings: object) -> Signing:
    """Write settings and secrets of an installation for many; `settings` are lines of evenkeel.toml beside those."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    secrets, config = folder / "secrets.toml", folder / "evenkeel.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "evenkeel"
client_secret = "{SECRET[::-1]}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
    )
    secrets.chmod(0o600)
    unlimited = dict.fromkeys(("connections_a_minute", "uploads_an_hour", "upload_mb_an_hour"), 0)  # one address, many
    told = {"mode": "server", "secrets": str(secrets), "admins": [ADMIN], **unlimited, **settings}
    config.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items()))
    return Signing(issuer, config, secrets, port)


@contextmanager
def issuing(seconds: int = 3600) -> Iterator[str]:
    """Run a sign-in service whose sessions last some seconds; gives its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-e", str(seconds)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/.well-known/openid-configuration", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def let_in(data: Path, given: Mapping[str, tuple[str, Sequence[str]]]) -> None:
    """Give people a role and branches in a data folder that no app has open."""
    store = Store.open(data)
    try:
        with access.acting(access.Actor(ADMIN, "admin")):
            for name, (role, branches) in given.items():
                people.give(store, name, role, branches)
    finally:
        store.close()


@contextmanager
def serving_many(data: Path, signing: Signing, seconds: float = 60) -> Iterator[Server]:
    """Run the app for many on a data folder until the block ends."""
    with serving(data, seconds, port=signing.port, EVENKEEL_CONFIG=str(signing.config)) as server:
        yield server


def cookie(signing: Signing, name: str, age: float = 0.0, lasts: float = 3600.0, secret: str = SECRET) -> str:
    """The cookie that the app gives whoever has signed in, `age` seconds ago; what another secret signs is forged."""
    began = int(time.time() - age)
    told = {
        "email": name, "sub": name, "email_verified": True, "iat": began, "exp": int(began + lasts),
        "origin": signing.address, "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    return str(URLSafeTimedSerializer(secret, salt=COOKIE).dumps(json.dumps(told)))


def environment(signing: Signing) -> dict[str, str]:
    """The environment of a process of this installation."""
    return {**os.environ, "EVENKEEL_CONFIG": str(signing.config)}
