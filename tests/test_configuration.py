"""Settings: each with its reason in one file, and a wrong one is a sentence before anything is answered."""

import json
import os
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest

from metrics.configuration import Configuration, of, refuse
from metrics.errors import EvenkeelError
from metrics.words import say
from tests import signing
from tests.browser.window import free_port

ROOT = Path(__file__).parents[1]
EXAMPLE, SECRETS = ROOT / "evenkeel.example.toml", ROOT / ".streamlit" / "secrets.example.toml"
ONES_OWN = {"mode", "hosts", "secrets", "admins"}
SIGNING = {
    "server_metadata_url": "https://signin.example.org/.well-known/openid-configuration", "client_id": "evenkeel",
    "client_secret": "0123456789", "cookie_secret": "0123456789abcdef" * 2,
    "redirect_uri": "https://evenkeel.example.org/oauth2callback",
}  # fmt: skip
MANY = Configuration("server", ("evenkeel.example.org",), admins=("a@example.org",))


def test_the_example_holds_every_setting_with_its_default() -> None:
    given = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert given.keys() == {field.name for field in fields(Configuration)}
    plain = Configuration()
    assert {name for name, value in given.items() if value != getattr(plain, name)} == ONES_OWN
    assert of(str(EXAMPLE), given).server


def test_the_example_says_of_every_setting_what_it_is_for_and_its_default() -> None:
    text, reason = EXAMPLE.read_text(encoding="utf-8"), ""
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if any(not line.startswith("#") for line in lines):
            reason = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
            assert "Default" in reason and len(reason) > 60, block


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"hots": []}, "unknown"),
        ({"mode": "cloud"}, "bad"),
        ({"hosts": "evenkeel.example.org"}, "bad"),
        ({"hosts": [""]}, "bad"),
        ({"upload_mb": 0}, "bad"),
        ({"upload_mb": 1.5}, "bad"),
        ({"upload_mb": True}, "bad"),
        ({"session_hours": -1}, "bad"),
        ({"keep_files": "sometimes"}, "bad"),
        ({"log": "xml"}, "bad"),
        ({"reads": 7}, "bad"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(settings: dict[str, object], key: str) -> None:
    with pytest.raises(EvenkeelError) as told:
        of("evenkeel.toml", settings)
    assert told.value.key == f"configuration.{key}"
    assert next(iter(settings)) in told.value.text()


def refused(found: Configuration, address: str = "127.0.0.1", **changed: str) -> str | None:
    """The key of the sentence with which a configuration is refused; None where it is not."""
    try:
        refuse(found, address, {**SIGNING, **changed}, None)
    except EvenkeelError as error:
        return error.key.removeprefix("configuration.")
    return None


def test_a_sound_configuration_is_taken() -> None:
    assert refused(MANY) is None
    assert refused(MANY, "0.0.0.0") is None
    assert refused(Configuration("server", ("*.example.org",), admins=("a@example.org",))) is None
    assert refused(Configuration()) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "", "::", "192.168.1.5", "evenkeel.example.org"])
def test_one_persons_computer_answers_itself_alone(address: str) -> None:
    assert refused(Configuration(), address) == "local_address"


@pytest.mark.parametrize("key", SIGNING)
def test_every_part_of_signing_in_is_needed(key: str) -> None:
    assert refused(MANY, **{key: ""}) == f"auth_{key}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("client_secret", "change-me"),
        ("cookie_secret", "x" * 31),
        ("cookie_secret", "change-me-change-me-change-me-change-me"),
        ("redirect_uri", "http://evenkeel.example.org/oauth2callback"),
        ("redirect_uri", "https://evenkeel.example.org/"),
    ],
)
def test_weak_and_unchanged_secrets_are_refused(key: str, value: str) -> None:
    assert refused(MANY, **{key: value}) == f"auth_{key}"


@pytest.mark.parametrize(
    ("hosts", "key"),
    [
        (("127.0.0.1",), "no_hosts"),
        (("*",), "any_host"),
        (("evenkeel.example.org", "*"), "any_host"),
        (("other.example.org",), "other_host"),
        (("*.evenkeel.example.org",), "other_host"),
    ],
    ids=str,
)
def test_hosts_are_named(hosts: tuple[str, ...], key: str) -> None:
    assert refused(Configuration("server", hosts, admins=("a@example.org",))) == key


@dataclass
class Wrong:
    """One installation with a fault: what is changed, and the key of the sentence."""

    key: str
    settings: dict[str, object] = field(default_factory=dict)
    secret: tuple[str, str] = ("", "")
    mode: int = 0o600
    told: tuple[str, ...] = ()


WRONG = {
    "no sign-in, all addresses": Wrong("local_address", {"mode": "local"}, told=("--server.address=0.0.0.0",)),
    "no secrets": Wrong("auth_server_metadata_url", {"secrets": "absent.toml"}),
    "short cookie secret": Wrong("auth_cookie_secret", secret=(signing.SECRET, "short")),
    "plain http": Wrong("auth_redirect_uri", secret=("http://127.0.0.1", "http://evenkeel.example.org")),
    "any host": Wrong("any_host", {"hosts": ["*"]}),
    "another host": Wrong("other_host", {"hosts": ["other.example.org"]}),
    "no administrator": Wrong("no_admins", {"admins": []}),
    "secrets for all to read": Wrong("secrets_open", mode=0o644),
    "an unknown setting": Wrong("unknown", {"hots": ["evenkeel.example.org"]}),
    "secrets that are no secrets": Wrong("secrets_unreadable", secret=("[auth]", "[auth")),
    "no guard against forged requests": Wrong("streamlit_setting", told=("--server.enableXsrfProtection=false",)),
    "identity by a header": Wrong("streamlit_setting", told=('--server.trustedUserHeaders={"X-Who": "email"}',)),
}


def start(folder: Path, wrong: Wrong) -> tuple[int, str, str, bool]:
    """Start the app with a fault: exit code, what it wrote to both streams, whether it ever answered."""
    made = signing.write(folder, **wrong.settings)
    made.secrets.write_text(made.secrets.read_text().replace(*wrong.secret) if wrong.secret[0] else
                            made.secrets.read_text())  # fmt: skip
    made.secrets.chmod(wrong.mode)
    return run(folder, made.config, made.port, wrong.told)


def run(folder: Path, config: Path, port: int, told: tuple[str, ...] = ()) -> tuple[int, str, str, bool]:
    """Start the app until it ends by itself."""
    environment = {**os.environ, "EVENKEEL_CONFIG": str(config), "EVENKEEL_DATA": str(folder / "data")}
    plain = ("--server.headless=true", "--logger.hideWelcomeMessage=true")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *plain]
    with (folder / "out").open("w+") as out, (folder / "err").open("w+") as err:
        process = subprocess.Popen([*command, *told], cwd=ROOT, env=environment, stdout=out, stderr=err)
        answered, until = False, time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            answered |= answers(port)
            time.sleep(0.05)
        if process.poll() is None:
            process.kill()
        code = process.wait()
        out.seek(0), err.seek(0)
        return code, out.read(), err.read(), answered


def answers(port: int) -> bool:
    """Whether anything answers a request; Streamlit's socket is there before the app is read, and stays mute."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return line.recv(16).startswith(b"HTTP/")
    return False


def sentence(key: str) -> str:
    """The beginning of a sentence, up to the first thing that it names."""
    text = say("en", key, **{name: "\0" for name in ("file", "setting", "host", "wanted", "address")})
    return max(text.split("\0"), key=len)


@pytest.mark.many(2)
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_installation_ends_with_one_sentence_before_anything_answers(name: str, tmp_path: Path) -> None:
    code, out, err, answered = start(tmp_path, WRONG[name])
    assert code == 1, (out, err)
    assert sentence(f"configuration.{WRONG[name].key}") in err
    assert (len(err.strip().splitlines()), out) == (1, "")
    assert not answered
    assert signing.SECRET not in out + err


def test_the_examples_as_they_are_refuse_to_start(tmp_path: Path) -> None:
    secrets, config = tmp_path / "secrets.toml", tmp_path / "evenkeel.toml"
    secrets.write_text(SECRETS.read_text(encoding="utf-8"), encoding="utf-8")
    secrets.chmod(0o600)
    given = EXAMPLE.read_text(encoding="utf-8")
    config.write_text(given.replace('"/etc/evenkeel/secrets.toml"', json.dumps(str(secrets))), encoding="utf-8")
    code, _, err, answered = run(tmp_path, config, free_port())
    assert (code, answered) == (1, False)
    assert sentence("configuration.auth_client_secret") in err
