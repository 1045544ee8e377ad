"""Files made to harm end in a sentence or an honest reading; the server lives, and lets go of what it was given."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.errors import EvenkeelError
from metrics.ingest import Options, files, preview, progress
from metrics.ingest.child import caps
from metrics.store import Store
from metrics.words import LANGUAGES
from tests.browser.window import Server, serving
from tests.ingesting import opened
from tests.prove.trust_bombs import MOST_MB, thrown
from tests.trust import mutate
from tests.trust.client import reading
from tests.trust.uploading import alerts, memory, put

# Those that are read quickly; the others run with `--full`.
QUICK = (
    "index_below_zero", "days_beyond_time", "merged_over_each_other", "name_of_a_sheet", "letters_in_two_bytes",
    "directory_of_many", "one_place_for_all", "flipped_workbook.xml", "zeros_between", "gz_in_gz", "xls_in_a_circle",
    "xlsb_size_that_lies",
)  # fmt: skip
REFUSED = {
    "heavy_cells": "file_unpacks_too_large", "index_below_zero": "file_damaged", "index_beyond": "file_damaged",
    "days_beyond_time": "file_damaged", "letters_in_two_bytes": "file_hostile",
    "directory_of_many": "too_many_sheets", "one_place_for_all": "file_unpacks_too_large",
    "one_long_line": "line_too_long", "wide_cells": "too_many_columns", "ods_rows_repeated": "file_unpacks_too_large",
    "zip_in_zip": "file_archive_inside", "gz_in_gz": "file_archive_inside", "only_commas": "file_blank",
}  # fmt: skip
PROBE = """
import importlib.util, json, resource, socket
spec = importlib.util.spec_from_file_location("child", {child!r})
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child.cut_off()
child.stand_in()
child.confine(1 << 20)
names = ("AS", "CPU", "NOFILE", "NPROC", "CORE")
said = {{}}
try:
    socket.create_connection(("127.0.0.1", {port}), 1).close()
    said["network"] = "reached"
except OSError as error:
    said["network"] = error.errno
try:
    open({file!r}, "wb").write(b"x" * (2 << 20))
    said["file"] = "written"
except OSError as error:
    said["file"] = error.errno
said["limits"] = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1] for name in names]
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("bombs")) as store:
        yield store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data") / "local") as running:
        yield running


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.full) for name in mutate.names()]
)
def test_a_mutated_bomb_ends_in_sentences_or_is_read(store: Store, tmp_path: Path, name: str) -> None:
    file, content = mutate.mutated(name)
    (tmp_path / file).write_bytes(content)
    found = preview(store, [tmp_path / file], Options(accept_new=frozenset({"branch"})))
    found.cursor.close()
    ended: list[EvenkeelError] = [*found.refused, *found.questions]
    assert ended or found.sheets
    for language in LANGUAGES:
        assert all(error.text(language) for error in ended)
    assert "import.file_too_heavy" not in {error.key for error in ended}, "the reading process died of it"
    if name in REFUSED:
        assert {error.key for error in ended} == {f"import.{REFUSED[name]}"}


def test_the_bombs_are_as_many_as_promised_and_the_same_each_time() -> None:
    assert len(mutate.names()) >= 60
    for name in ("bytes_flipped_1", "not_xml", "xls_flipped"):
        assert mutate.mutated(name) == mutate.mutated(name)
        assert mutate.mutated(name) != mutate.mutated(name, seed=1)


@pytest.mark.full
def test_the_server_lives_and_answers_others_while_bombs_come_through_its_page(server: Server) -> None:
    watch, refused = thrown(server, ("heavy_cells", "b09"))
    assert refused == 2
    assert watch.answers > 0
    assert watch.grown < MOST_MB


@pytest.mark.full
def test_what_was_put_in_does_not_stay_in_memory(server: Server) -> None:
    content = b"%PDF" + b"x" * (60 << 20)
    with reading(server.address) as reader:
        run, before = reader.go("data"), memory(server.process.pid)
        for number in range(3):
            said = put(reader, run, "loans.pdf.csv", content, f"uploader_{number}")
            assert alerts(said) or said.holds("stop_read-")
            run = reader.go("data")
        assert memory(server.process.pid) < before + 120


def test_the_reading_process_is_held_to_its_limits_and_has_no_network(tmp_path: Path, server: Server) -> None:
    probe = PROBE.format(
        child=str(files.CHILD / "__main__.py"), port=server.address.rpartition(":")[2], file=str(tmp_path / "out")
    )
    done = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["limits"] == [caps.MEMORY, caps.CPU_SECONDS, caps.FILES, 0, 0]
    assert said["file"] == 27, "a file may grow without end"
    cut_off = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    assert said["network"] != "reached" or not cut_off


def test_a_file_that_takes_too_long_is_given_up_and_its_process_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(caps, "WALL_SECONDS", 1)
    began, mark = time.monotonic(), f"{tmp_path}"
    command = [sys.executable, "-c", "import subprocess, time; subprocess.Popen(['sleep', '77']); time.sleep(77)", mark]
    with pytest.raises(EvenkeelError) as caught:
        files._waited("a.xlsx", command)
    assert caught.value.key == "import.file_too_heavy"
    assert time.monotonic() - began < 10
    left = [cmd for path in Path("/proc").glob("[0-9]*/cmdline") if (cmd := _read(path)) and mark.encode() in cmd]
    assert left == []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_who_waits_for_a_turn_is_told_so_and_may_stop() -> None:
    work = progress.Work(stage="import.stage_opening")
    for _ in range(caps.AT_ONCE):
        files._children.acquire()
    try:
        import threading

        ended: list[str] = []

        def wait() -> None:
            with progress.attended(work):
                try:
                    with files._turn():
                        ended.append("turn")
                except progress.Stopped:
                    ended.append("stopped")

        thread = threading.Thread(target=wait)
        thread.start()
        until = time.monotonic() + 5
        while work.stage != "import.stage_turn" and time.monotonic() < until:
            time.sleep(0.01)
        assert work.stage == "import.stage_turn"
        work.stop()
        thread.join(5)
        assert ended == ["stopped"]
    finally:
        for _ in range(caps.AT_ONCE):
            files._children.release()
