"""The command line while the app has the data open: the app does what is asked, and the pages see it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from metrics import owner, speaking
from metrics.errors import BusyError
from metrics.owner import KEY, SOCKET
from metrics.store import Store
from tests.browser.window import serving
from tests.owning import LOANS, ROOT, Running, process, request, run, running


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An owner of a data folder with one loan in it, landed through the owner."""
    folder = tmp_path_factory.mktemp("landed")
    loans = folder / "loans.csv"
    loans.write_text(LOANS, encoding="utf-8")
    with running(folder / "data") as found:
        assert run(found.data, "import", loans, "--as-of", "2026-09-30") == 0
        yield found


def test_a_second_process_lands_and_reads_while_the_data_are_open(landed: Running) -> None:
    folder = landed.data.parent
    (folder / "complaints.csv").write_text("complaint_id,received_on,branch_id\nX1,2026-09-02,north\n")
    epoch, asked = landed.store().epoch, len(landed.requests)
    done = process(
        folder, "--data", "data", "import", "complaints.csv", "--report", "r.json", "--save-mapping", "m.toml"
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Landed as batch 2" in done.stderr
    # Relative paths start where the command was given; who is the user who gave it; the pages see another epoch.
    assert (folder / "r.json").exists() and (folder / "m.toml").exists()
    batch = landed.store().batches().query("batch == 2")
    assert list(batch["who"]) == [speaking.who()] and list(batch["file"]) == ["complaints.csv"]
    assert landed.store().epoch > epoch
    assert [request.folder for request in landed.requests[asked:]] == [folder]
    with pytest.raises(BusyError):
        in_another_process(landed.data)


def in_another_process(data: Path) -> None:
    """Open the database itself in a second process.

    Raises:
        BusyError: it is open here.
    """
    code = f"from metrics.store import Store\nfrom pathlib import Path\nStore.open(Path({str(data)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    if "BusyError" in done.stderr:
        raise BusyError("errors.already_open", path=str(data), process=str(os.getpid()))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "words",
    [("values", "--by", "institution", "--indicator", "par30"), ("batches",), ("check",), ("score",), ("flips",)],
    ids=lambda words: words[0],
)
def test_every_command_that_needs_the_data_is_done_by_the_owner(
    landed: Running, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    asked = len(landed.requests)
    assert run(landed.data, *words, "--format", "csv") == 0
    assert len(landed.requests) == asked + 1
    found = capsys.readouterr()
    code = landed_alone(landed, words)
    assert (code, found.out) == (0, capsys.readouterr().out)


def landed_alone(landed: Running, words: tuple[str, ...]) -> int:
    """The same command in this process, without asking."""
    from metrics.__main__ import done, parser

    chosen = parser().parse_args(["--data", str(landed.data), *words, "--format", "csv"])
    chosen.stores = lambda name: landed.stores[name]
    return done(chosen)


def test_a_command_that_needs_no_data_is_done_where_it_is_given(
    landed: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = len(landed.requests)
    assert run(landed.data, "catalogue") == 0
    assert len(landed.requests) == asked and "par30" in capsys.readouterr().out


def test_wrong_usage_and_unknown_names_end_as_they_do_alone(
    landed: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(landed.data, "values", "--as-of", "30/09/2026") == 2
    assert run(landed.data, "values", "--indicator", "par3O") == 1
    said = capsys.readouterr().err
    assert "2026-09-30" in said and "Did you mean" in said


def test_several_commands_at_once_each_get_their_own_answer(landed: Running) -> None:
    asked = [("batches", "--format", "csv"), ("values", "--by", "institution", "--indicator", "par30"), ("check",)] * 3
    with ThreadPoolExecutor(len(asked)) as pool:
        found = list(pool.map(lambda words: owner.ask(landed.data, request(*words)), asked))
    assert all(answer is not None and answer.code == 0 for answer in found)
    for words in set(asked):
        outs = {answer.out for given, answer in zip(asked, found, strict=True) if answer and given == words}
        assert len(outs) == 1 and outs != {""}


def test_a_request_cannot_lead_the_owner_to_another_folder(landed: Running, tmp_path: Path) -> None:
    answer = owner.ask(landed.data, request("--data", str(tmp_path / "other"), "batches"))
    assert answer is not None and "loans.csv" in answer.out
    assert not (tmp_path / "other").exists()


def test_imports_given_at_once_land_one_after_the_other(landed: Running) -> None:
    folder = landed.data.parent
    for name in ("a", "b", "c"):
        (folder / f"{name}.csv").write_text(f"complaint_id,received_on,branch_id\n{name},2026-09-02,north\n")
    before = len(landed.store().batches())
    with ThreadPoolExecutor(3) as pool:
        asked = [request("import", str(folder / f"{name}.csv")) for name in ("a", "b", "c")]
        found = list(pool.map(lambda one: owner.ask(landed.data, one), asked))
    assert [answer.code if answer else None for answer in found] == [0, 0, 0], found
    assert len(landed.store().batches()) == before + 3


@pytest.mark.full
def test_the_app_answers_for_its_data_folder_and_leaves_nothing(tmp_path: Path) -> None:
    data, loans = tmp_path / "data", tmp_path / "loans.csv"
    loans.write_text(LOANS, encoding="utf-8")
    assert run(data, "import", loans, "--as-of", "2026-09-30") == 0
    with serving(data) as server:
        pause, tries = threading.Event(), 0
        while not ((data / KEY).exists() and (data / KEY).read_bytes()) and tries < 600:
            tries += pause.wait(0.1) is False
        done = process(tmp_path, "--data", "data", "rollback", "1")
        assert done.returncode == 0, done.stderr
        with pytest.raises(BusyError) as busy:
            Store.open(data)
        assert busy.value.params["process"] == str(server.process.pid)
    assert not (data / KEY).exists() and not (data / SOCKET).exists()
