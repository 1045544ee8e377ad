"""The command line as IT and cron use it: data on stdout, messages on stderr, exit codes that mean something."""

import csv
import io
import json
from pathlib import Path

import pytest

from metrics.__main__ import main
from tests import fresh

HEADING = "loan_id,client_id,branch_id,product_id,principal_outstanding,days_past_due\n"


def book(folder: Path, rows: str, name: str = "loans.csv") -> Path:
    """A loan sheet."""
    file = folder / name
    file.write_text(HEADING + rows, encoding="utf-8")
    return file


def run(data: Path, *words: object) -> int:
    """The exit code of a command on a data folder."""
    return main(["--data", str(data), *map(str, words)])


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV that a command printed."""
    return list(csv.DictReader(io.StringIO(text)))


def landed(folder: Path, rows: str = "001,C1,north,micro,100.50,0\n002,C2,north,micro,50.00,40\n") -> Path:
    """A data folder with one loan sheet landed."""
    data = folder / "data"
    assert run(data, "import", book(folder, rows), "--as-of", "2026-09-30") == 0
    return data


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the sample is built already; whoever asks it changes nothing."""
    folder = tmp_path_factory.mktemp("sampled")
    fresh.sample(folder)
    return folder


def test_without_own_data_the_sample_is_shown_and_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "values", "--indicator", "par30", "--format", "csv") == 0
    out = capsys.readouterr()
    assert len(table(out.out)) == 12 and "sample" in out.err
    assert sorted(file.name for file in tmp_path.glob("*.duckdb")) == ["sample.duckdb"]


def test_an_import_shows_in_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = landed(tmp_path)
    run(data, "values", "--by", "institution", "--indicator", "par30", "--format", "csv")
    row = table(capsys.readouterr().out)[0]
    assert float(row["value"]) == pytest.approx(50 / 150.5) and row["status"] == "ok"


def test_an_exact_repeat_says_so_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = landed(tmp_path)
    capsys.readouterr()
    assert run(data, "import", tmp_path / "loans.csv", "--as-of", "2026-09-30") == 0
    assert "Already landed as batch 1" in capsys.readouterr().err
    run(data, "batches", "--format", "csv")
    assert {row["batch"] for row in table(capsys.readouterr().out)} == {"1"}


def test_a_refused_import_leaves_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    assert run(tmp_path / "data", "import", file) == 1
    assert "empty" in capsys.readouterr().err
    assert not (tmp_path / "data" / "evenkeel.duckdb").exists()


def test_a_question_names_the_option_that_answers_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "data", "import", book(tmp_path, "001,C1,north,micro,100,0\n")) == 1
    assert "--as-of" in capsys.readouterr().err


def test_a_dry_run_lands_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = book(tmp_path, "001,C1,north,micro,100,0\n")
    assert run(tmp_path / "data", "import", file, "--as-of", "2026-09-30", "--dry-run") == 0
    assert "Would land 1 row" in capsys.readouterr().err
    assert not (tmp_path / "data" / "evenkeel.duckdb").exists()


def test_a_row_at_fault_is_set_aside_and_the_rest_lands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = landed(tmp_path, "001,C1,north,micro,100,0\n002,C2,north,micro,abc,0\n")
    assert "1 set aside" in capsys.readouterr().err
    run(data, "batches", "--format", "csv")
    row = table(capsys.readouterr().out)[0]
    assert (row["rows_read"], row["accepted"], row["set_aside"], row["ignored"]) == ("2", "1", "1", "0")


def test_a_rolled_back_batch_counts_in_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = landed(tmp_path)
    capsys.readouterr()
    assert run(data, "rollback", 1) == 0
    assert run(data, "rollback", 1) == 1
    assert run(data, "values", "--by", "institution") == 1
    assert "no data" in capsys.readouterr().err


def test_scores_of_every_node_are_printed(sampled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sampled, "score", "--social", 40, "--format", "csv") == 0
    rows = table(capsys.readouterr().out)
    root = {row["unit"]: float(row["score"]) for row in rows if row["node"] == ""}
    pillars = {
        (row["unit"], row["node"]): float(row["score"]) for row in rows if row["node"] in ("financial", "social")
    }
    for unit, score in root.items():
        assert score == pytest.approx(0.6 * pillars[unit, "financial"] + 0.4 * pillars[unit, "social"])


def test_at_a_flip_the_two_units_have_the_same_balance(sampled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sampled, "flips", "--format", "csv")
    flip = table(capsys.readouterr().out)[0]
    run(sampled, "score", "--social", flip["social"], "--format", "csv")
    root = {row["unit"]: float(row["score"]) for row in table(capsys.readouterr().out) if row["node"] == ""}
    assert root[flip["unit_a"]] == pytest.approx(root[flip["unit_b"]], abs=1e-9)


def test_json_keeps_full_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = landed(tmp_path)
    capsys.readouterr()
    run(data, "values", "--by", "institution", "--indicator", "par30", "--format", "json")
    assert json.loads(capsys.readouterr().out)[0]["value"] == pytest.approx(50 / 150.5, abs=1e-14)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["values", "--by", "brnch"], 'Did you mean "branch"'),
        (["values", "--as-of", "30/09/2026"], "2026-09-30"),
        (["values", "--where", "branch"], "COLUMN=VALUE"),
        (["score", "--social", "140"], "0 to 100"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_code_2(
    sampled: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(sampled, *words) == 2
    assert said in capsys.readouterr().err


def test_an_unknown_command_is_exit_code_2(sampled: Path) -> None:
    with pytest.raises(SystemExit) as left:
        run(sampled, "vlues")
    assert left.value.code == 2


@pytest.mark.parametrize("words", [["values", "--indicator", "par3O"], ["score", "--policy", "equall"]])
def test_an_unknown_name_is_a_sentence_with_the_nearest(
    sampled: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(sampled, *words) == 1
    assert "Did you mean" in capsys.readouterr().err


@pytest.mark.full
def test_a_trial_can_start_from_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "complaints.csv"
    file.write_text("complaint_id,received_on,branch_id\nX1,2026-09-02,kolo\n", encoding="utf-8")
    data = tmp_path / "data"
    assert run(data, "import", file, "--start-from-sample", "--institution", "demo") == 0
    assert "synthetic" in capsys.readouterr().err
    run(data, "batches", "--format", "csv")
    assert {row["who"] for row in table(capsys.readouterr().out)} >= {"sample"}


def test_every_table_and_column_is_listed_with_its_meaning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "tables", "--format", "csv")
    rows = table(capsys.readouterr().out)
    assert len({row["table"] for row in rows}) >= 37 and all(row["meaning"] for row in rows)
