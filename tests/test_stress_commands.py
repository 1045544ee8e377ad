"""The command `stress`: its rows in each format, sizes of one's own, the reverse test, and what it refuses."""

import csv
import io
import json
from pathlib import Path

import pytest

from metrics.__main__ import main
from metrics.stress import library
from metrics.stress.kinds import SHOCKS
from metrics.stress_commands import COLUMNS, REVERSE
from tests import stressing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("small")
    stressing.small(made).close()
    return made


def run(data: Path, *words: str) -> int:
    """The exit code of the command on a data folder."""
    return main(["--data", str(data), "stress", *words])


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """What was printed as CSV."""
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_scenario_is_a_row_for_each_health_limit_and_consequence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(folder, "--scenario", "rate_cap", "--format", "csv")
    found = rows(capsys)
    assert (code, tuple(found[0]), {row["scenario"] for row in found}) == (0, COLUMNS, {"rate_cap"})
    assert {"health", "limit", "financial", "social"} <= {row["what"] for row in found}
    assert float(next(row["after"] for row in found if row["name"] == "revenue")) == pytest.approx(75)


def test_json_says_what_csv_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for form in ("json", "csv"):
        run(folder, "--scenario", "flood", "--by", "branch", "--format", form)
        texts.append(capsys.readouterr().out)
    told, table = json.loads(texts[0]), list(csv.DictReader(io.StringIO(texts[1])))
    assert [row["sentence"] for row in told] == [row["sentence"] for row in table]
    assert {row["unit"] for row in told if row["what"] == "health"} == {"north", "south"}


def test_without_a_name_every_scenario_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "--format", "csv")
    assert {row["scenario"] for row in rows(capsys)} == set(library.scenarios())


def test_a_size_of_ones_own_takes_the_place_of_the_scenarios(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "--scenario", "rate_cap", "--set", "revenue=0.5", "--format", "csv")
    assert float(next(row["after"] for row in rows(capsys) if row["name"] == "revenue")) == pytest.approx(50)


def test_what_breaks_first_has_shocks_then_indicators_the_nearest_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(folder, "--reverse", "--goal", "cash", "--format", "csv")
    found = rows(capsys)
    assert (code, tuple(found[0])) == (0, REVERSE)
    assert [row["kind"] for row in found] == ["shock"] * 10 + ["indicator"]
    assert {row["name"] for row in found[:10]} == {shock.name for shock in SHOCKS.values() if shock.alone}
    last = found[-1]
    assert (last["name"], last["breaks"], float(last["size"])) == ("cash_runway_days", "cash_runway_days", 30.0)
    assert float(last["safe"]) == pytest.approx(600 / stressing.A_DAY)


def test_without_hard_caps_it_says_so_and_takes_red_limits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(folder, "--reverse", "--goal", "caps", "--format", "json")
    said = capsys.readouterr()
    assert code == 0 and "no hard cap" in said.err
    assert any(row["kind"] == "indicator" and row["name"] == "par30" for row in json.loads(said.out))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--scenario", "floud"), 2, "flood"),
        (("--set", "laet=0.3"), 2, "late"),
        (("--set", "late"), 2, "SHOCK=SIZE"),
        (("--set", "late=7"), 1, "from 0 to 1"),
        (("--reverse", "--goal", "cahs"), 2, "cash"),
        (("--by", "branches"), 2, "branch"),
        (("--scenario", "flood", "--district", "Nort"), 2, "North"),
        (("--as-of", "2019-01-31"), 1, "2019-01-31"),
        (("--institution", "nobody"), 1, "nobody"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_there_is(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert run(folder, *words) == code
    told = capsys.readouterr()
    assert told.out == "" and said in told.err
