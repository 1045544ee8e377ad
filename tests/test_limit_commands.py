"""`check --limits`: what it prints, its exit codes, the same answer each time, and its documented JSON."""

import csv
import io
import json
from pathlib import Path

import pytest

from metrics.__main__ import main
from metrics.limit_commands import COLUMNS
from tests import fresh, quiet, schema_check
from tests.owning import running

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "warnings.schema.json").read_text(encoding="utf-8"))
DOCS = (ROOT / "docs" / "warnings.md").read_text(encoding="utf-8")


def run(data: Path, *words: str) -> int:
    """The exit code of the command on a data folder."""
    return main(["--data", str(data), "check", *words])


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve of twenty loans newly late at the newest date."""
    return quiet.folder(tmp_path_factory.mktemp("fallen"), late=12)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sampled")
    fresh.sample(folder)
    return folder


def test_it_ends_with_3_when_something_is_newly_red_and_says_the_same_each_time(
    fallen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes, texts = zip(*((run(fallen, "--limits"), capsys.readouterr().out) for _ in range(2)), strict=True)
    assert codes == (3, 3) and texts[0] == texts[1]
    assert [line for line in texts[0].splitlines() if line.startswith("red    new  North: PAR30")]


@pytest.mark.parametrize(("late", "before"), [(0, 0), (12, 12), (2, 4)])
def test_it_ends_with_0_when_nothing_is_newly_red(tmp_path: Path, late: int, before: int) -> None:
    assert run(quiet.folder(tmp_path, late, before), "--limits") == 0


@pytest.mark.parametrize(("late", "before", "code"), [(3, 2, 0), (4, 4, 3)])
def test_red_by_few_loans_is_shown_at_once_and_warns_at_the_second_date_in_a_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], late: int, before: int, code: int
) -> None:
    assert run(quiet.folder(tmp_path, late, before), "--limits") == code
    assert "red    new  North: PAR30" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--limits", "--as-of", "2019-01-31"), 1, "2019-01-31"),
        (("--limits", "--institution", "nobody"), 1, "nobody"),
        (("--limits", "--policy", "eqal"), 1, "equal"),
        (("--limits", "--by", "branches"), 2, "branch"),
        (("--since-last",), 2, "Add --limits"),
        (("--limits", "--only", "x"), 2, "one of the two"),
    ],
)
def test_a_fault_is_a_sentence_and_its_code(
    fallen: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert run(fallen, *words) == code
    out = capsys.readouterr()
    assert said in out.err and out.out == "" and "Traceback" not in out.err


def test_without_limits_it_checks_the_data_as_before(fallen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(fallen, "--format", "csv") == 0
    assert capsys.readouterr().out.startswith(("check,severity", ""))


def test_json_is_what_the_schema_says(sampled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sampled, "--limits", "--format", "json")
    rows = json.loads(capsys.readouterr().out)
    assert schema_check.faults(rows, SCHEMA) == []
    assert {row["kind"] for row in rows} == {"signal", "breach", "forecast"} and len(rows) > 100


def test_a_forecast_says_its_days_and_their_interval_and_never_warns(
    sampled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(sampled, "--limits", "--format", "json")
    rows = [row for row in json.loads(capsys.readouterr().out) if row["kind"] == "forecast"]
    assert rows and all(row["low"] <= row["days"] <= (row["high"] or row["days"]) for row in rows)
    assert not any(row["warns"] or row["new"] for row in rows)
    assert f"about {rows[0]['days']} days" in rows[0]["sentence"]


def test_since_last_gives_what_is_new_and_what_ended(sampled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sampled, "--limits", "--since-last", "--by", "branch", "--format", "json")
    rows = json.loads(capsys.readouterr().out)
    assert schema_check.faults(rows, SCHEMA) == []
    assert all(row["new"] or row["warns"] or row["kind"] == "closed" for row in rows)
    assert {row["kind"] for row in rows} == {"breach", "closed"}


def test_where_nothing_is_to_tell_json_is_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(quiet.folder(tmp_path), "--limits", "--since-last", "--format", "json")
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"level": "orange"}, {"day": "30/09/2026"}, {"times": 0}, {"new": "yes"}, {"more": 1}, {"n": 2.5},
    ],
)  # fmt: skip
def test_a_record_that_is_not_as_the_schema_says_would_be_found(
    fallen: Path, capsys: pytest.CaptureFixture[str], broken: dict[str, object]
) -> None:
    run(fallen, "--limits", "--format", "json")
    row = json.loads(capsys.readouterr().out)[0]
    assert schema_check.faults([row], SCHEMA) == [] and schema_check.faults([{**row, **broken}], SCHEMA) != []


def test_csv_has_the_documented_columns(fallen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(fallen, "--limits", "--format", "csv")
    header = next(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert header == list(COLUMNS) == list(SCHEMA["items"]["properties"]) == SCHEMA["items"]["required"]
    assert [name for name in COLUMNS if f"`{name}`" not in DOCS] == []


def test_the_owner_of_the_data_answers_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(quiet.folder(tmp_path, late=4)) as owning:
        assert run(owning.data, "--limits") == 3
        assert len(owning.requests) == 1
    assert "North: PAR30" in capsys.readouterr().out
