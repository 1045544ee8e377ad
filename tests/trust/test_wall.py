"""The parts of the outer wall by themselves: what is counted, what a seal holds for, what a line of the log says."""

import json
import logging
import sys
from pathlib import Path

import pytest

from metrics.access import Actor
from metrics.configuration import Configuration
from metrics.errors import EvenkeelError
from pages.ui.guarding import caps, logs, media
from pages.ui.guarding.wall import Wall

CANARY = "Zawadi-Canary"


class Clock:
    """A time that stands still until it is told otherwise."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_what_was_taken_is_forgotten_after_its_time() -> None:
    clock = Clock()
    meter = caps.Meter(60, clock)
    assert [meter.take("a", 2) for _ in range(3)] == [True, True, False]
    assert meter.take("b", 2) and meter.take("a", 0)
    clock.seconds = 59.9
    assert not meter.take("a", 2)
    clock.seconds = 60.0
    assert meter.take("a", 2)


def test_an_amount_that_does_not_fit_is_not_taken() -> None:
    meter = caps.Meter(60, Clock())
    assert [meter.take("a", 10, amount) for amount in (8, 3, 2, 0.1)] == [True, False, True, False]


def test_no_more_names_are_remembered_than_there_is_room_for() -> None:
    clock = Clock()
    meter = caps.Meter(60, clock)
    for n in range(caps.MOST_KNOWN + 50):
        assert meter.take(str(n), 1)
    assert len(meter.taken) == caps.MOST_KNOWN
    clock.seconds = 61
    assert meter.take("new", 1)
    assert len(meter.taken) == 1


@pytest.mark.parametrize(
    ("client", "counted"),
    [("203.0.113.9", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"), ("2001:db8::1", "2001:db8::/64"),
     ("2001:db8::ffff:1", "2001:db8::/64"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"), ("testclient", "testclient")],
)  # fmt: skip
def test_connections_are_counted_by_the_network_that_one_household_has(client: str, counted: str) -> None:
    assert caps.address(client) == counted


def test_a_seal_holds_for_one_person_in_one_role_with_the_same_branches_and_one_file() -> None:
    actor = Actor("a@example.org", "branch_manager", ("B01",))
    others = [Actor("b@example.org", "branch_manager", ("B01",)), Actor("a@example.org", "viewer", ("B01",)),
              Actor("a@example.org", "branch_manager", ("B01", "B02"))]  # fmt: skip
    address = media.sealing(lambda file: f"/media/{file}.pdf", lambda: actor)("file")
    assert media.opened({"path": address}, actor) == "/media/file.pdf"
    assert [media.opened({"path": address}, other) for other in others] == [None] * 3
    for changed in (address.replace("file", "other"), "/media/file.pdf", "/media//file.pdf", address + "/x", "/media/"):
        assert media.opened({"path": changed}, actor) is None, changed
    assert media.opened({"path": f"/base{address}"}, actor) == "/base/media/file.pdf"


@pytest.mark.parametrize(
    ("base", "path", "private"),
    [("", "/media/x", True), ("x", "/x/media/x", True), ("", "/static/media/x", False), ("x", "/xmedia/x", False)],
)
def test_addresses_are_told_apart_as_the_server_answers_them(base: str, path: str, private: bool) -> None:
    wall = Wall(Configuration("server"))
    wall.base = base
    assert wall.private({"path": path}) == private


def line(tmp_path: Path, form: str = "json", name: str = "streamlit.x", text: str = "could not read %s in row %d",
         args: tuple[object, ...] = (CANARY, 7), fails: Exception | None = None, **more: str) -> str:  # fmt: skip
    """The line that a record comes to."""
    told = None
    if fails is not None:
        try:
            raise fails
        except Exception:
            told = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, text, args, told)
    for key, value in more.items():
        setattr(record, key, value)
    return logs.Lines(tmp_path, form).format(record)


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_text_of_a_sheet_and_no_name_gets_into_the_log(tmp_path: Path, form: str) -> None:
    cause = ValueError(f"could not convert '{CANARY}' to a number")
    said = line(tmp_path, form, fails=cause, who="zawadi@example.org", why="role")
    assert CANARY not in said and "zawadi" not in said and "\n" not in said
    assert "ValueError" in said and "row 7" in said and "test_wall.py:" in said and "role" in said


def test_a_line_says_when_what_and_by_whom_it_was(tmp_path: Path) -> None:
    said = json.loads(line(tmp_path, fails=EvenkeelError("errors.no_data", path=CANARY), who="a@example.org"))
    assert said.keys() == {"time", "level", "logger", "message", "person", "error", "at", "key"}
    assert (said["level"], said["logger"], said["key"]) == ("error", "streamlit.x", "errors.no_data")
    assert said["time"].endswith("+00:00") and len(said["person"]) == 16
    assert said["person"] == json.loads(line(tmp_path, who="a@example.org"))["person"]
    assert said["person"] != json.loads(line(tmp_path, who="b@example.org"))["person"]


def test_what_a_message_of_ours_says_is_said(tmp_path: Path) -> None:
    said = json.loads(line(tmp_path, name="evenkeel.server", text="refused %d %s", args=(401, "sign_in")))
    assert said["message"] == "refused 401 sign_in"


def test_of_a_warning_only_place_and_kind_are_said(tmp_path: Path) -> None:
    text = f"frame.py:7: UserWarning: could not read {CANARY}\n  frame({CANARY})\n"
    assert json.loads(line(tmp_path, name="py.warnings", text=text, args=()))["message"] == "frame.py:7: UserWarning: …"


@pytest.mark.parametrize("text", ["%s %s", "100 %", "%(name)d"])
def test_a_message_that_does_not_fit_its_places_is_still_a_line(tmp_path: Path, text: str) -> None:
    assert json.loads(line(tmp_path, text=text, args=(CANARY,)))["message"] == text
