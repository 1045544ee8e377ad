"""The socket of the process that owns the data: who is answered, who is refused, and what a killed one leaves."""

import io
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from metrics import owner, speaking
from metrics.__main__ import answering
from metrics.owner import KEY, SOCKET
from metrics.speaking import Terminal
from metrics.store import Store
from tests.owning import LOANS, ROOT, Running, request, run, running


@pytest.fixture
def owned(tmp_path: Path) -> Iterator[Running]:
    """An owner of an empty data folder."""
    with running(tmp_path / "data") as found:
        yield found


def test_a_refused_first_import_leaves_no_database(owned: Running, capsys: pytest.CaptureFixture[str]) -> None:
    file = owned.data.parent / "loans.csv"
    file.write_text(LOANS, encoding="utf-8")
    assert run(owned.data, "import", file) == 1
    assert "--as-of" in capsys.readouterr().err
    assert len(owned.requests) == 1 and owned.stores == {}
    assert [place.name for place in owned.data.iterdir() if place.name not in (KEY, SOCKET)] == ["staging"]
    assert list((owned.data / "staging").iterdir()) == []


def test_a_wrong_key_is_refused_with_a_sentence(owned: Running, capsys: pytest.CaptureFixture[str]) -> None:
    (owned.data / KEY).write_text("0" * 64 + "\n", encoding="utf-8")
    assert run(owned.data, "batches") == 1
    assert "refused the command" in capsys.readouterr().err
    assert owned.requests == []


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"\x00", b"\xff\xff\xff\xff", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x02{}", b"\x00\x00\x00\x04nope",
        b"\x00\x00\x00\x1e" + b'{"key":"x","arguments":[1]}   ', (200_000).to_bytes(4, "big") + b"[" * 200_000,
    ],
    ids=["nothing", "half a length", "too long", "a list", "no key", "no JSON", "no folder", "too deep"],
)  # fmt: skip
def test_what_is_no_request_gets_a_sentence_and_the_owner_goes_on(owned: Running, sent: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(owned.owner.address))
        connection.settimeout(20)
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        said = connection.makefile("rb").read()
    assert b"could not read the request" in said
    assert owned.requests == []
    assert owner.ask(owned.data, request("nonsense")) is not None


def test_who_sends_nothing_is_not_waited_for(owned: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "READ_SECONDS", 0.05)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(owned.owner.address))
        connection.sendall(b"\x00")
        connection.settimeout(20)
        assert b"could not read the request" in connection.makefile("rb").read()


def test_socket_and_key_are_for_this_user_alone_and_gone_at_the_end(tmp_path: Path) -> None:
    with running(tmp_path):
        key = (tmp_path / KEY).read_text(encoding="utf-8")
        modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (KEY, SOCKET)}
        assert modes == {KEY: 0o600, SOCKET: 0o600}
        assert len(bytes.fromhex(key.strip())) == 32
    assert list(tmp_path.iterdir()) == []
    with running(tmp_path):
        assert (tmp_path / KEY).read_text(encoding="utf-8") != key


def test_a_second_app_leaves_the_socket_of_a_living_one(owned: Running) -> None:
    key = (owned.data / KEY).read_bytes()
    assert owner.serve(owned.data, lambda _: owner.Answer(9, "", "")) is None
    assert (owned.data / KEY).read_bytes() == key
    answer = owner.ask(owned.data, request("nonsense"))
    assert answer is not None and answer.code == 2


def test_a_path_too_long_for_a_socket_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120) / "data"
    with running(deep) as found:
        elsewhere = found.owner.address.parent
        assert elsewhere != deep.resolve() and stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
        answer = owner.ask(deep, request("nonsense"))
        assert answer is not None and answer.code == 2
    assert not elsewhere.exists()


KILLED = """
import sys, threading
from pathlib import Path
from metrics import owner
asked = threading.Event()
def work(request):
    print("asked", flush=True)
    threading.Event().wait()
owner.serve(Path(sys.argv[1]), work)
print("up", flush=True)
threading.Event().wait()
"""


def killed(data: Path, before: Callable[[], object], lines: int) -> None:
    """An owner in a process of its own that is killed as soon as it has said so many lines."""
    command = [sys.executable, "-c", KILLED, str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "up\n"
        before()
        for _ in range(lines):
            other.stdout.readline()
        other.send_signal(signal.SIGKILL)


def test_an_owner_that_is_killed_meanwhile_is_told_in_a_sentence(tmp_path: Path) -> None:
    err = io.StringIO()

    def ask() -> int:
        with speaking.to(Terminal(io.StringIO(), err, "somebody")):
            return run(tmp_path, "batches")

    with ThreadPoolExecutor(1) as pool:
        answers = []
        killed(tmp_path, lambda: answers.append(pool.submit(ask)), 1)
        assert answers[0].result(timeout=60) == 1
    assert "stopped before it answered. Nothing was half landed: run the command again." in err.getvalue()
    assert err.getvalue().count("\n") == 1


def test_what_a_killed_owner_left_is_no_obstacle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    killed(tmp_path, lambda: None, 0)
    assert (tmp_path / KEY).exists() and (tmp_path / SOCKET).exists()
    Store.open(tmp_path).close()
    assert run(tmp_path, "batches") == 0, capsys.readouterr().err
    with running(tmp_path):
        assert owner.ask(tmp_path, request("nonsense")) is not None
    assert not (tmp_path / KEY).exists() and not (tmp_path / SOCKET).exists()


def test_a_fault_inside_the_owner_is_a_sentence_and_it_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(name: str) -> Store:
        raise ZeroDivisionError(name)

    found = owner.serve(tmp_path, answering(tmp_path, broken))
    assert found is not None
    try:
        assert run(tmp_path, "batches") == 1
        said = capsys.readouterr().err
        assert "could not do this" in said and "Traceback" not in said and "ZeroDivisionError" in caplog.text
        assert owner.ask(tmp_path, request("nonsense")) is not None
    finally:
        found.close()


def test_without_local_sockets_a_command_does_its_work_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    assert owner.serve(tmp_path, lambda _: owner.Answer(9, "", "")) is None
    (tmp_path / KEY).write_text("x\n", encoding="utf-8")
    Store.open(tmp_path).close()
    assert run(tmp_path, "batches") == 0, capsys.readouterr().err
