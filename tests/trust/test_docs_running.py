"""The instructions of docs/running.md: every file and setting they name is there, and those marked so are tried."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import signing, source
from tests.trust import kept

GUIDE = source.ROOT / "docs" / "running.md"
TEXT = GUIDE.read_text(encoding="utf-8")
TRIED = {name: block for name, block in re.findall(r"<!-- tried as written: (\w+) -->\n```\n(.*?)```", TEXT, re.S)}
# Starts and stops the service as its unit says, for want of systemd.
SYSTEMCTL = """#!/bin/sh
set -eu
case "$1 $2" in
"start evenkeel") cd {app}; env {environment} {command} >>{log} 2>&1 & echo $! >{pid} ;;
"stop evenkeel") kill "$(cat {pid})"; while kill -0 "$(cat {pid})" 2>/dev/null; do sleep 0.1; done; rm {pid} ;;
*) exit 9 ;;
esac
"""
SUDO = """#!/bin/sh
[ "$1" = -u ] && shift 2
exec "$@"
"""


def test_what_the_instructions_name_is_there() -> None:
    named = set(re.findall(r"(?<![\w/.])((?:deploy|\.streamlit)/[\w.]+|[\w.]+\.(?:lock|example\.toml|yaml))", TEXT))
    given = {name for name in named if not name.startswith("deploy/settings")}
    assert {"deploy/Caddyfile", "deploy/evenkeel.service", "compose.yaml", "evenkeel.example.toml"} <= given
    assert [name for name in given if not (source.ROOT / name).exists()] == []
    settings = set(re.findall(r"^(\w+) =", (source.ROOT / "evenkeel.example.toml").read_text(encoding="utf-8"), re.M))
    words = set(re.findall(r"`([a-z]+_[a-z_]+|publish|reads|hosts|admins)`", TEXT))
    assert words and words - settings == set()
    targets = re.findall(r"`make (\w+)`", TEXT)
    assert targets and all(f"\n{one}:" in (source.ROOT / "Makefile").read_text(encoding="utf-8") for one in targets)


def test_the_instructions_that_people_rely_on_are_marked_to_be_tried() -> None:
    assert TRIED.keys() == {"backup", "restore", "upgrade"}


class Place:
    """A server as the guide sets it up, in folders of its own: program, data, settings, and what starts it."""

    def __init__(self, folder: Path) -> None:
        made = signing.write(folder / "settings")
        self.folder, self.origin, self.app = folder, folder / "origin", folder / "app"
        self.names = {"/srv/evenkeel": str(self.app), "/var/lib/evenkeel": str(kept.folder(folder)),
                      "/etc/evenkeel": str(folder / "settings"), "8501": str(made.port)}  # fmt: skip
        for path in source.files():
            (self.origin / source.relative(path)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, self.origin / source.relative(path))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.release("one")
        subprocess.run(["git", "clone", "--quiet", self.origin, self.app], check=True)
        (self.app / ".venv").symlink_to(sys.prefix)
        self.stand_in()

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=evenkeel", "-c", "user.email=evenkeel@example.org"]
        subprocess.run(["git", "-C", self.origin, *who, *arguments], check=True)

    def release(self, version: str) -> None:
        """Publish a version of the program where the server's copy comes from."""
        (self.origin / "RELEASE").write_text(version)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", version)

    def stand_in(self) -> None:
        """Put what starts and stops the service, and what changes the user, before the computer's own."""
        unit = (self.app / "deploy" / "evenkeel.service").read_text(encoding="utf-8")
        told = dict(re.findall(r"^(ExecStart|Environment)=(.*)$", unit, re.M))
        written = SYSTEMCTL.format(app=self.app, environment=told["Environment"], command=told["ExecStart"],
                                   log=self.folder / "log", pid=self.folder / "pid")  # fmt: skip
        (self.folder / "bin").mkdir()
        for name, text in {"systemctl": self.here(written), "sudo": SUDO}.items():
            (self.folder / "bin" / name).write_text(text)
            (self.folder / "bin" / name).chmod(0o755)

    def here(self, text: str) -> str:
        """A text of the guide with this place's folders and port."""
        for theirs, ours in self.names.items():
            text = text.replace(theirs, ours)
        return text

    def run(self, block: str) -> str:
        """Run commands as a shell does; what they wrote."""
        environment = {**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        done = subprocess.run(["sh", "-eu"], input=self.here(block), env=environment, text=True, capture_output=True,
                              timeout=300)  # fmt: skip
        log = self.folder / "log"
        assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")
        return done.stdout + done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path)
    yield found
    if (tmp_path / "pid").exists():
        found.run("systemctl stop evenkeel")


@pytest.mark.full
def test_backup_upgrade_and_restore_go_as_they_are_written(place: Place) -> None:
    place.run("systemctl start evenkeel\ncurl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors "
              "http://127.0.0.1:8501/readyz")  # fmt: skip
    made = place.run(TRIED["backup"])
    backups = Path(place.names["/var/lib/evenkeel"]) / "backups"
    assert str(next(backups.glob("evenkeel-*"))) in made
    place.release("two")
    assert '"ready"' in place.run(TRIED["upgrade"])
    assert (place.app / "RELEASE").read_text() == "two"
    assert len(list(backups.glob("evenkeel-*"))) == 2
    restored = place.run(TRIED["restore"])
    equal = re.search(r"(\d[\d,]*) of (\d[\d,]*) figures equal", restored)
    assert equal and equal[1] == equal[2] and int(equal[1].replace(",", "")) > 100, restored
    assert '"ready"' in restored
    assert "Traceback" not in (place.folder / "log").read_text()
