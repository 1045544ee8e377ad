"""Files that pages hand out belong to the person for whom they were made: their address carries that person's seal.

Streamlit serves whatever its address names, to anyone. Here the address of a file is `/media/SEAL/FILE`; the seal
holds for one person in one role with the same branches, and is gone when the server stops.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from streamlit import runtime

from metrics import access
from metrics.access import Actor
from metrics.configuration import configuration

MEDIA = "/media/"
_KEY = secrets.token_bytes(32)


def seal(actor: Actor, file: str) -> str:
    """The seal of a file for a person, as 32 hexadecimal digits."""
    told = repr((actor.name, actor.role, actor.branches, file)).encode()
    return hmac.new(_KEY, told, hashlib.sha256).hexdigest()[:32]


def sealing(address_of: Callable[[str], str], who: Callable[[], Actor]) -> Callable[[str], str]:
    """The way in which Streamlit names the address of a file, with the seal of whoever it is made for."""

    def sealed(file: str) -> str:
        before, _, name = address_of(file).rpartition("/")
        return f"{before}/{seal(who(), name)}/{name}"

    return sealed


def opened(scope: Mapping[str, Any], actor: Actor) -> str | None:
    """The address of a file without its seal; None where the seal is not this person's."""
    before, _, rest = str(scope["path"]).rpartition(MEDIA)
    given, _, name = rest.partition("/")
    sound = hmac.compare_digest(given.encode(), seal(actor, name).encode())
    return f"{before}{MEDIA}{name}" if sound and name else None


def bind() -> None:
    """Seal the addresses of this server's files, where people sign in."""
    if configuration().server:
        storage: Any = runtime.get_instance().media_file_mgr._storage
        storage.get_url = sealing(storage.get_url, access.current)
