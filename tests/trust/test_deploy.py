"""How the server is set up: what the files for it promise, and that it runs where it may write almost nothing.

No container engine and no systemd run here, so their files are read; the app itself is run as they would run it.
"""

import configparser
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from metrics.configuration import Configuration
from tests import signing, source
from tests.browser.window import ROOT, Server, wait_for
from tests.trust.client import Run, reading
from tests.trust.test_server_many import ready


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_image_runs_as_nobody_in_particular_and_installs_what_is_locked() -> None:
    lines = re.sub(r"\\\n\s*", "", text("Dockerfile"))
    stages = lines.split("\nFROM ")
    assert re.search(r"^USER 10001:10001$", stages[-1], re.M)
    assert stages[-1].index("USER 10001") < stages[-1].index("\nCMD ")
    assert "useradd --uid 10001" in lines and "-slim" in stages[-1].splitlines()[0]
    assert "pip install --no-cache-dir --require-hashes -r requirements.lock" in lines
    assert re.search(r"^HEALTHCHECK .*/healthz", lines, re.M) and re.search(r'^VOLUME \["/data"\]', lines, re.M)
    assert "PYTHONDONTWRITEBYTECODE=1" in lines and "EVENKEEL_DATA=/data" in lines
    assert not re.search(r"^ADD |curl |wget |apt-get", lines, re.M)


def test_nothing_of_one_installation_becomes_part_of_the_image_or_of_the_project() -> None:
    image, project = text(".dockerignore").splitlines(), text(".gitignore").splitlines()
    assert {".streamlit/secrets.toml", "evenkeel.toml", "deploy/settings", "**/*.key", "data/local"} <= set(image)
    assert {".streamlit/secrets.toml", "/evenkeel.toml", "deploy/settings/", "data/local/"} <= set(project)


def test_the_containers_may_do_little_and_only_the_proxy_is_reached_from_outside() -> None:
    written = re.sub(r"\s*#.*", "", text("compose.yaml"))
    parts = re.split(r"\n(?=  [a-z-]+:$|\S)", written, flags=re.M)
    services = {name: next(part for part in parts if part.startswith(f"  {name}:")) for name in ("evenkeel", "caddy")}
    for part in services.values():
        assert {"read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]'} <= set(
            map(str.strip, part.splitlines())
        )
    assert "ports:" not in services["evenkeel"] and "evenkeel-data:/data" in services["evenkeel"]
    assert "./deploy/settings:/etc/evenkeel:ro" in services["evenkeel"] and "tmpfs:" in services["evenkeel"]
    assert re.search(r'FORWARDED_ALLOW_IPS: "127\.0\.0\.1,[\d./,]+"', services["evenkeel"])
    assert "condition: service_healthy" in services["caddy"] and '"443:443"' in services["caddy"]


def test_the_proxy_lets_through_what_the_server_takes_and_writes_down_no_address() -> None:
    caddy = re.sub(r"\s#.*", "", text("deploy/Caddyfile"))
    most = re.search(r"max_size (\d+)MB", caddy)
    assert most and Configuration().upload_mb < int(most[1]) <= Configuration().upload_mb * 1.2
    assert "reverse_proxy {$EVENKEEL_TO:127.0.0.1:8501}" in caddy and "encode zstd gzip" in caddy
    assert not re.search(r"^\s*log\b", caddy, re.M)


def unit() -> configparser.SectionProxy:
    """The section [Service] of the unit; of a name that stands twice, the last."""
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(text("deploy/evenkeel.service"))
    return read["Service"]


@pytest.mark.parametrize(
    ("name", "value"),
    {
        "User": "evenkeel", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict",
        "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes", "RestrictSUIDSGID": "yes",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "StateDirectory": "evenkeel", "UMask": "0077",
        "StateDirectoryMode": "0700", "RestartPreventExitStatus": "1", "SystemCallFilter": "~@privileged",
        "RestrictNamespaces": "user net",
    }.items(),
)  # fmt: skip
def test_the_service_may_do_little(name: str, value: str) -> None:
    assert unit()[name] == value


def test_every_way_to_run_a_server_starts_it_alike_and_asks_nobody_outside() -> None:
    asked = {"--server.port=8501", "--server.headless=true", "--logger.hideWelcomeMessage=true"}
    image = re.sub(r"\\\n\s*", "", text("Dockerfile"))
    assert asked | {"--server.address=0.0.0.0"} <= set(re.findall(r"--[\w.]+=[\w.]+", image.rpartition("CMD")[2]))
    assert asked | {"--server.address=127.0.0.1"} <= set(unit()["ExecStart"].split())


# Every disk read-only but the data and a folder for scratch files; no capability, and none to be had.
SHUT = """mount --make-rprivate / && mount --bind "$1" "$1" && mount --bind "$2" "$2" &&
mount -o remount,ro,bind / || exit 9
shift 2; exec setpriv --inh-caps=-all --bounding-set=-all --no-new-privs "$@\""""


@contextmanager
def deployed(folder: Path, made: signing.Signing) -> Iterator[Server]:
    """The app from a copy of its files, on a read-only disk, without a home and without privileges."""
    app, data, scratch = folder / "app", folder / "data", folder / "tmp"
    for path in source.files():
        (app / source.relative(path)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, app / source.relative(path))
    scratch.mkdir()
    environment = {
        "PATH": os.environ["PATH"], "TMPDIR": str(scratch), "EVENKEEL_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1",
        "EVENKEEL_CONFIG": str(made.config),
    }  # fmt: skip
    alone = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--user", "--map-root-user"])]
    command = [*alone, "sh", "-c", SHUT, "sh", str(data), str(scratch), sys.executable, "-m", "streamlit", "run",
               "app.py", f"--server.port={made.port}", "--server.headless=true",
               "--logger.hideWelcomeMessage=true"]  # fmt: skip
    log = folder / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=app, env=environment, stdout=written, stderr=written)
    server = Server(made.address, process, data, log)
    try:
        wait_for(server, 120)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def faults(run: Run) -> list[str]:
    """The sentences of errors that a page shows."""
    elements = [one.delta.new_element for one in run.messages if one.WhichOneof("type") == "delta"]
    return [e.alert.body for e in elements if e.WhichOneof("type") == "alert" and e.alert.format == e.alert.ERROR]


@pytest.mark.full
def test_it_runs_where_it_may_write_its_data_and_scratch_files_only(tmp_path: Path) -> None:
    made = signing.write(tmp_path / "settings")
    signing.let_in(tmp_path / "data", {"a@example.org": ("steward", ())})
    with deployed(tmp_path, made) as server:
        ready(server)
        with reading(server.address, signing.cookie(made, "a@example.org")) as reader:
            for page in ("", "board", "data"):
                run = reader.go(page)
                assert len(run.raw) > 5 and run.exceptions + faults(run) == [], page
        assert (server.data / "sample.duckdb").exists()
        assert '"level": "error"' not in server.said() and "Traceback" not in server.said(), server.said()
