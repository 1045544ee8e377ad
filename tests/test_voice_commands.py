"""The command `voices`: the list, the measures, the silent, the lessons; texts with consent only."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from metrics.__main__ import main
from metrics.voice_commands import COLUMNS, FIGURES, LESSONS, SEGMENTS
from tests import fresh


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    fresh.sample(folder)
    return folder


def run(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> pd.DataFrame:
    assert main(["--data", str(data), "voices", "--format", "csv", *words]) == 0
    return pd.read_csv(io.StringIO(capsys.readouterr().out))


@pytest.mark.parametrize(
    ("words", "columns"),
    [((), COLUMNS), (("--loop",), FIGURES), (("--silent",), SEGMENTS), (("--lessons",), LESSONS)],
)
def test_each_form_prints_its_columns(
    words: tuple[str, ...], columns: tuple[str, ...], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = run(data, capsys, *words)
    assert tuple(frame.columns) == columns
    assert len(frame)


def test_a_text_is_printed_with_consent_only_and_without_numbers(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = run(data, capsys)
    shown = frame[frame["text"].notna()]
    assert len(shown)
    assert shown["may_quote"].all()
    assert not shown["text"].str.contains(r"\d").any()


def test_the_owner_of_the_data_sees_every_text_as_it_stands(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = run(data, capsys, "--all-texts")
    assert frame["text"].notna().all()
    assert frame["text"].str.contains("70 00 12 34").any()


def test_no_number_of_a_client_is_printed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(data), "voices", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert "client_id" not in rows[0]
    assert not [row["ref"] for row in rows if row["ref"].startswith("client_surveys") and row["ref"].count("-") > 2]


def test_a_whole_text_that_was_corrected_is_a_lesson_whose_words_the_owner_alone_sees(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden, shown = run(data, capsys, "--lessons"), run(data, capsys, "--lessons", "--all-texts")
    assert hidden.loc[hidden["whole"], "words"].isna().all()
    assert shown["words"].notna().all()


def test_the_list_and_the_measures_can_be_asked_for_one_branch_and_some_days(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = run(data, capsys, "--branch", "doukoro", "--since", "2026-03-01", "--until", "2026-03-31")
    measured = run(data, capsys, "--loop", "--branch", "doukoro", "--until", "2026-03-31")
    assert set(listed["branch_id"]) == {"doukoro"}
    assert listed["day"].between("2026-03-01", "2026-03-31").all()
    assert set(measured["segment"]) == {"doukoro"}
    assert set(measured["day"]) == {"2026-03-31"}


@pytest.mark.parametrize("words", [("--since", "soon"), ("--loop", "--since", "2026-01-01"), ("--loop", "--silent")])
def test_wrong_usage_is_a_sentence_and_code_2(
    words: tuple[str, ...], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(["--data", str(data), "voices", *words])
    except SystemExit as left:  # the parser itself leaves
        code = left.code
    assert (code, bool(capsys.readouterr().err)) == (2, True)
