"""One process owns the data; the command line asks it while it runs.

The owner listens on a local socket in the data folder and writes a key beside it, both for this user alone. A request
and its answer are one JSON object each, with its length before it. Whoever cannot name the key gets a sentence.
"""

import hmac
import json
import os
import secrets
import socket
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from metrics.errors import EvenkeelError
from metrics.speaking import LANGUAGE
from metrics.words import say

KEY, SOCKET, ELSEWHERE = "owner.key", "owner.sock", "evenkeel-"
LONGEST_PATH = 100  # bytes; a socket's address holds little more
REQUEST_BYTES, ANSWER_BYTES = 16 << 20, 1 << 29
READ_SECONDS, SEND_SECONDS = 10.0, 120.0
MOST_ESCAPED = 12  # bytes of one character in JSON
AT_ONCE = 16
CHUNK = 1 << 16


@dataclass(frozen=True)
class Request:
    """A command: its arguments, the folder that relative paths start from, the user who gave it."""

    arguments: tuple[str, ...]
    folder: Path
    who: str


@dataclass(frozen=True)
class Answer:
    """What a command came to: exit code, data, messages."""

    code: int
    out: str
    err: str


class Owner:
    """The listening end. `close` takes socket and key away; commands that run are not waited for."""

    def __init__(self, data: Path, held: int, listener: socket.socket, work: Callable[[Request], Answer]) -> None:
        self.data, self.address = data, Path(listener.getsockname())
        self._held, self._listener, self._work = held, listener, work
        self._key = secrets.token_hex(32)
        self._closed = threading.Event()
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def start(self) -> None:
        """Write the key and answer from here on, each request in a thread of its own."""
        own = self.address.parent == self.data.resolve()
        lines = [self._key] if own else [self._key, str(self.address)]
        os.pwrite(self._held, "".join(line + "\n" for line in lines).encode(), 0)
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Stop listening, and leave no file behind."""
        if self._closed.is_set():
            return
        self._closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        _remove_socket(self.address)
        with suppress(OSError):
            (self.data / KEY).unlink()
        os.close(self._held)

    def _listen(self) -> None:
        while not self._closed.is_set():
            self._room.acquire()
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed, or no file left to open for the moment
                self._room.release()
                self._closed.wait(0.1)
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                answer = self._answer(connection)
                connection.settimeout(SEND_SECONDS)
                with suppress(OSError):  # nobody waits for it any more
                    _send(connection, asdict(answer), ANSWER_BYTES)
        finally:
            self._room.release()

    def _answer(self, connection: socket.socket) -> Answer:
        try:
            found = _receive(connection, REQUEST_BYTES, READ_SECONDS)
            key, arguments = found["key"], found["arguments"]
            request = Request(tuple(map(str, arguments)), Path(str(found["folder"])), str(found["who"])[:200])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return _said("cli.owner_unreadable")
        if not hmac.compare_digest(str(key).encode("utf-8", "replace"), self._key.encode()):
            return _said("cli.owner_refused")
        answer = self._work(request)
        fits = len(answer.out) + len(answer.err) < ANSWER_BYTES // MOST_ESCAPED
        return answer if fits else _said("cli.owner_too_much")


def serve(data: Path, work: Callable[[Request], Answer]) -> Owner | None:
    """Listen for the commands of a data folder and answer each with `work`, which is called in several threads.

    Returns:
        None where another living process listens already, or where this system has no local sockets.
    """
    if not hasattr(socket, "AF_UNIX"):
        return None
    try:
        data.mkdir(parents=True, exist_ok=True)
        held = _hold(data / KEY)
    except (OSError, ImportError):
        return None
    if held is None:
        return None
    _remove_stale(data, held)
    listener = _listener(data.resolve())
    if listener is None:
        os.close(held)
        return None
    owner = Owner(data, held, listener, work)
    owner.start()
    return owner


def ask(data: Path, request: Request) -> Answer | None:
    """The answer of the process that owns a data folder; None where no living one listens.

    Raises:
        EvenkeelError: the owner ended before it answered.
    """
    found = _written(data)
    if found is None:
        return None
    key, address = found
    given = {"key": key, "arguments": request.arguments, "folder": str(request.folder), "who": request.who}
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(address))
        except OSError:
            return None
        try:
            connection.settimeout(SEND_SECONDS)
            _send(connection, given, REQUEST_BYTES)
            answer = _receive(connection, ANSWER_BYTES, None)
            return Answer(int(answer["code"]), str(answer["out"]), str(answer["err"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EvenkeelError("errors.owner_gone", path=str(data)) from error


def _said(key: str) -> Answer:
    return Answer(1, "", say(LANGUAGE, key) + "\n")


def _hold(path: Path) -> int | None:
    """Open the key's file and hold it as long as this process lives; None where another one does."""
    import fcntl

    while True:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The one who held it may have taken the file away meanwhile: then this is no longer the key's file.
            if path.exists() and os.path.samestat(os.fstat(held), path.stat()):
                os.fchmod(held, 0o600)
                return held
            os.close(held)
        except BlockingIOError:
            os.close(held)
            return None
        except BaseException:
            os.close(held)
            raise


def _remove_stale(data: Path, held: int) -> None:
    """Take away what an owner left that was killed."""
    left = os.pread(held, 4096, 0).decode("utf-8", "replace").splitlines()
    if len(left) > 1:
        _remove_socket(Path(left[1]))
    os.ftruncate(held, 0)
    _remove_socket(data / SOCKET)


def _remove_socket(address: Path) -> None:
    with suppress(OSError):
        if stat.S_ISSOCK(address.lstat().st_mode):
            address.unlink()
    if address.name == SOCKET and address.parent.name.startswith(ELSEWHERE):
        with suppress(OSError):
            address.parent.rmdir()


def _listener(data: Path) -> socket.socket | None:
    """A socket in the data folder; where its path is too long or the disk knows none, in a folder for this user."""
    if len(os.fsencode(data / SOCKET)) <= LONGEST_PATH:
        found = _bound(data / SOCKET)
        if found is not None:
            return found
    try:
        folder = Path(tempfile.mkdtemp(prefix=ELSEWHERE))  # mode 700
    except OSError:
        return None
    found = _bound(folder / SOCKET)
    if found is None:
        folder.rmdir()
    return found


def _bound(address: Path) -> socket.socket | None:
    found = socket.socket(socket.AF_UNIX)
    try:
        with suppress(OSError):
            os.fchmod(found.fileno(), 0o600)  # where the system heeds it, there is no moment with another mode
        found.bind(str(address))
        address.chmod(0o600)
        found.listen(128)
    except OSError:
        found.close()
        return None
    return found


def _written(data: Path) -> tuple[str, Path] | None:
    """The key and the address of the socket, as the owner wrote them."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    try:
        lines = (data / KEY).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if not lines:
        return None
    return lines[0], Path(lines[1]) if len(lines) > 1 else data.resolve() / SOCKET


def _send(connection: socket.socket, content: dict[str, Any], most: int) -> None:
    data = json.dumps(content).encode()
    if len(data) > most:
        raise ValueError
    connection.sendall(len(data).to_bytes(4, "big") + data)


def _receive(connection: socket.socket, most: int, seconds: float | None) -> dict[str, Any]:
    """One JSON object.

    Raises:
        OSError: the other end is gone, or was too slow.
        ValueError: too long, or no JSON object.
    """
    until = None if seconds is None else time.monotonic() + seconds
    size = int.from_bytes(_exactly(connection, 4, until), "big")
    if size > most:
        raise ValueError
    found = json.loads(_exactly(connection, size, until))
    if not isinstance(found, dict):
        raise ValueError
    return found


def _exactly(connection: socket.socket, size: int, until: float | None) -> bytes:
    found = bytearray()
    while len(found) < size:
        connection.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
        part = connection.recv(min(size - len(found), CHUNK))
        if not part:
            raise ConnectionResetError
        found += part
    return bytes(found)
