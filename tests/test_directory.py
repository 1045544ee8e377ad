"""A folder of exports as one import: what is new in it lands together, and the report says what became of each file."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main
from metrics.errors import OpenQuestion
from metrics.reporting import answers
from metrics.store import Store
from tests import ingesting

LOANS = "loan_id,client_id,branch_id,product_id,principal_outstanding,days_past_due\n"
CLIENTS = "client_id,gender,birth_date\nC1,female,1990-01-01\nC2,male,1985-05-05\n"
STAFF = "staff_id,branch_id,hired_on\nS1,north,2020-01-01\n"
COMPLAINTS = "complaint_id,received_on,branch_id\nX1,2026-09-02,north\n"
DAY = ("--as-of", "2026-09-30")


def export(folder: Path, **files: str) -> Path:
    """A folder of CSV files."""
    place = folder / "export"
    place.mkdir(exist_ok=True)
    for name, content in files.items():
        (place / f"{name}.csv").write_text(content, encoding="utf-8")
    return place


def both(folder: Path) -> Path:
    """Two files that belong together."""
    return export(folder, loans=LOANS + "001,C1,north,micro,100.50,0\n002,C2,north,micro,50.00,40\n", clients=CLIENTS)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both files have landed as batch 1."""
    folder = tmp_path_factory.mktemp("first")
    assert take(both(folder)) == 0
    return folder


@pytest.fixture
def landed(first: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test alone; returns the folder of exports."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "export"


def take(place: Path, *words: object, data: Path | None = None) -> int:
    """The exit code of an import into the data folder beside it."""
    return main(["--data", str(data or place.parent / "data"), "import", str(place), *DAY, *map(str, words)])


def reported(place: Path, *words: object) -> tuple[int, dict[str, Any]]:
    """The exit code of an import, and its report."""
    file = place.parent / "report.json"
    code = take(place, "--report", file, *words)
    return code, json.loads(file.read_text(encoding="utf-8"))


def batches(folder: Path) -> dict[int, list[str]]:
    """The files of each batch."""
    store = Store.open(folder / "data")
    try:
        rows = store.batches()
    finally:
        store.close()
    return {int(batch): sorted(part["file"]) for batch, part in rows.groupby("batch")}


def states(report: dict[str, Any]) -> dict[str, str]:
    """What became of each file."""
    return {file["file"]: file["state"] for file in report["files"]}


def test_a_folder_lands_as_one_batch_and_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = both(tmp_path)
    (place / "inner").mkdir()
    for name in (".hidden.csv", "~$loans.xlsx", "notes.pdf", "inner/staff.csv"):
        (place / name).write_text("x", encoding="utf-8")
    code, report = reported(place)
    assert (code, report["outcome"], report["left_out"]) == (0, "landed", ["notes.pdf"])
    assert batches(tmp_path) == {1: ["clients.csv", "loans.csv"]}
    said = capsys.readouterr().err
    assert "as one batch" in said and "notes.pdf" in said and ".hidden" not in said
    with ingesting.opened(tmp_path) as store:
        before = ingesting.checksums(store)
    code, report = reported(place)
    assert (code, report["outcome"], report["batch"]) == (0, "already_landed", 1)
    assert "Already landed as batch 1; nothing was changed." in capsys.readouterr().err
    with ingesting.opened(tmp_path) as store:
        assert ingesting.checksums(store) == before


def test_only_what_is_new_in_a_folder_lands(landed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = landed
    export(tmp_path, complaints=COMPLAINTS)
    code, report = reported(place)
    assert (code, report["batch"]) == (0, 2)
    assert states(report) == {
        "clients.csv": "already_landed", "complaints.csv": "landed", "loans.csv": "already_landed",
    }  # fmt: skip
    assert batches(tmp_path) == {1: ["clients.csv", "loans.csv"], 2: ["complaints.csv"]}
    assert "2 files are already there and unchanged (clients.csv, loans.csv; batch 1)" in capsys.readouterr().err


def test_a_file_without_days_is_known_again_whatever_day_is_given(landed: Path, tmp_path: Path) -> None:
    # Clients have no day; the book of another day is another import.
    assert main(["--data", str(tmp_path / "data"), "import", str(landed), "--as-of", "2026-10-31"]) == 0
    assert batches(tmp_path) == {1: ["clients.csv", "loans.csv"], 2: ["loans.csv"]}


def test_what_was_rolled_back_lands_again(landed: Path, tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path / "data"), "rollback", "1"]) == 0
    assert take(landed) == 0
    assert batches(tmp_path)[2] == ["clients.csv", "loans.csv"]


def test_one_file_at_fault_holds_all_of_them_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = both(tmp_path)
    export(tmp_path, odd="a,b\nx,y\n")
    code, report = reported(place)
    assert (code, report["outcome"]) == (1, "refused")
    assert states(report) == {"clients.csv": "refused", "loans.csv": "refused", "odd.csv": "at_fault"}
    assert not Store.exists(tmp_path / "data")
    assert "odd.csv" in report["refused"][0]["text"] and "odd.csv" in capsys.readouterr().err


def test_keep_going_lands_the_sound_files_and_lists_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = both(tmp_path)
    dates = "complaint_id,received_on,branch_id\nX1,03/01/2026,north\nX2,03/01/2026,north\n"
    export(tmp_path, odd="a,b\nx,y\n", complaints=dates)
    code, report = reported(place, "--keep-going")
    assert (code, report["outcome"], report["batch"]) == (1, "landed", 1)
    assert states(report) == {
        "clients.csv": "landed", "complaints.csv": "at_fault", "loans.csv": "landed", "odd.csv": "at_fault",
    }  # fmt: skip
    assert batches(tmp_path) == {1: ["clients.csv", "loans.csv"]}
    said = capsys.readouterr().err
    assert "2 files were not landed: complaints.csv, odd.csv" in said
    question = report["questions"][0]
    assert {answer["option"]: answer["read_as"] for answer in question["answers"]} == {
        "--date-order dmy": "2026-01-03", "--date-order mdy": "2026-03-01",
    }  # fmt: skip


def test_of_two_files_that_contradict_each_other_neither_is_chosen(tmp_path: Path) -> None:
    place = both(tmp_path)
    export(tmp_path, more=LOANS + "001,C1,north,micro,70.00,0\n")
    code, report = reported(place, "--keep-going")
    assert code == 1
    assert states(report) == {"clients.csv": "landed", "loans.csv": "at_fault", "more.csv": "at_fault"}


def test_a_question_that_names_no_file_is_traced_to_the_file_that_asks_it(landed: Path, tmp_path: Path) -> None:
    place = landed
    (place / "loans.csv").write_text(LOANS + "001,C1,north,micro,90.00,0\n002,C2,north,micro,50.00,40\n")
    export(tmp_path, complaints=COMPLAINTS)
    code, report = reported(place, "--keep-going")
    assert code == 1
    assert states(report) == {
        "clients.csv": "already_landed", "complaints.csv": "landed", "loans.csv": "at_fault",
    }  # fmt: skip
    assert report["questions"][0]["answers"][0]["option"] == "--replace"


def test_the_report_has_the_rows_sums_and_reasons_of_each_sheet(tmp_path: Path) -> None:
    rows = "".join(f"{n:03},C1,north,micro,10.00,0\n" for n in range(3)) + "900,C1,north,micro,abc,0\n"
    code, report = reported(export(tmp_path, loans=LOANS + rows))
    sheet = report["files"][0]["sheets"][0]
    assert (code, report["exit_code"], report["version"]) == (0, 0, 1)
    assert sheet["table"] == "loans"
    assert sheet["rows"] == {"read": 4, "accepted": 3, "set_aside": 1, "ignored": 0}
    assert sheet["sums"] == {"principal_outstanding": 30.0}
    aside = sheet["set_aside"][0]
    assert (aside["row"], aside["column"], aside["value"]) == (5, "principal_outstanding", "abc")
    assert aside["text"] and aside["reason"].startswith("import.reason_")
    assert all(note["key"] and note["text"] for note in [*sheet["notes"], *report["notes"]])


def test_a_report_may_go_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(both(tmp_path), "--dry-run", "--report", "-") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["outcome"] == "would_land" and set(states(report).values()) == {"would_land"}
    assert not Store.exists(tmp_path / "data")


def test_nothing_lands_where_the_report_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(both(tmp_path), "--report", tmp_path / "nowhere" / "report.json") == 1
    assert "cannot be written" in capsys.readouterr().err
    assert not Store.exists(tmp_path / "data")


def test_a_folder_without_tables_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = reported(export(tmp_path))
    assert code == 1
    assert "holds no table" in capsys.readouterr().err
    assert report["refused"][0]["key"] == "errors.folder_without_tables"


@pytest.mark.parametrize(
    ("option", "params", "wanted"),
    [
        ("--decimal comma|point", {"example": "1,234"}, ["1.234", "1234"]),
        ("--percent percent|fraction", {"example": "0.05"}, ["0.05 %", "5 %"]),
        ("--date-order dmy|mdy|ymd", {"example": "25/01/03"}, ["2003-01-25", None, "2025-01-03"]),
    ],
)
def test_a_question_gives_every_reading_of_its_example(
    option: str, params: dict[str, str], wanted: list[str | None]
) -> None:
    found = answers(OpenQuestion("import.question_decimal", option=option, **params))
    assert [answer["read_as"] for answer in found] == wanted
    assert [answer["option"].split()[1] for answer in found] == option.split()[1].split("|")


def test_a_question_about_tables_gives_an_option_for_each(tmp_path: Path) -> None:
    asked = OpenQuestion("import.question_table", option="--table", file="x.csv", tables="loans, clients")
    assert [answer["option"] for answer in answers(asked)] == ["--table loans", "--table clients"]
