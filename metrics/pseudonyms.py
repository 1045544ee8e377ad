"""The key under which identifiers become pseudonyms: one a data folder, made when first needed."""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

NAME = "pseudonyms.key"
KEYED = re.compile(r"k-[0-9a-f]{24}")


def key(data: Path) -> str:
    """The key of a data folder: 64 hexadecimal digits."""
    path = data / NAME
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    with suppress(FileExistsError):
        part = path.with_name(f"{NAME}.{os.getpid()}")
        with open(part, "w", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
            out.write(secrets.token_hex(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, path)  # whoever comes second takes the first one's
        finally:
            part.unlink()
    return path.read_text(encoding="ascii").strip()


def keyed(secret: str, column: str, value: str) -> str:
    """What stands for a number of a client, the same in every file: its HMAC-SHA256 under the folder's key.

    A number that is a pseudonym already stays as it is.
    """
    if KEYED.fullmatch(value):
        return value
    return "k-" + hmac.new(secret.encode(), f"{column}:{value}".encode(), hashlib.sha256).hexdigest()[:24]
