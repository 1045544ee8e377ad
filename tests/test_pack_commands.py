"""The command `pack`: a file in each form, whole or not at all, as the pages compose it, and what it refuses."""

import csv
import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from metrics.__main__ import main
from metrics.pack_commands import COLUMNS, FORMS
from metrics.packs import endings
from tests import fresh

PLAN = '[[section]]\nkind = "headline"\n\n[[section]]\nkind = "text"\ntitle = "Why"\ntext = "Rains came late."\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pack")
    fresh.sample(made)
    (made / "own.toml").write_text(PLAN, encoding="utf-8")
    return made


def run(data: Path, *words: object) -> int:
    """The exit code of the command on a data folder, with a short plan of one's own."""
    return main(["--data", str(data), "pack", "--plan", str(data / "own.toml"), *map(str, words)])


def row(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What was printed as CSV."""
    (found,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return found


def test_the_command_knows_every_form() -> None:
    assert tuple(endings.FORMS) == FORMS


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_written_and_said(
    form: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"pack.{form}"
    assert run(folder, "--to", form, out, "--format", "csv") == 0
    told = row(capsys)
    assert tuple(told) == COLUMNS
    assert (told["as_of"], told["sections"], int(told["bytes"])) == ("2026-09-30", "2", out.stat().st_size)
    assert out.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04", b"<!do", b"<!DO")
    assert zipfile.is_zipfile(out) == (form in ("pptx", "xlsx"))
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_date_weights_and_language_are_those_asked_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dossier.pdf"
    options = ("--as-of", "2026-06-30", "--social", "30", "--language", "fr", "--policy", "first_look")
    assert run(folder, "--to", "pdf", out, *options, "--format", "csv") == 0
    told = row(capsys)
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert (told["language"], told["as_of"]) == ("fr", "2026-06-30")
    assert "30 juin 2026" in text and "Rains came late." in text
    assert told["hash"][:12] in text


def test_the_same_command_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.html", tmp_path / "other.html"
    assert (run(folder, "--to", "html", one), run(folder, "--to", "html", other)) == (0, 0)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--threshold", "1"), 2, "protects nobody"),
        (("--social", "101"), 2, "0 to 100"),
        (("--by", "officer"), 2, "branch or institution"),
        (("--as-of", "2020-01-31"), 1, "2020-01-31"),
        (("--as-of", "soon"), 2, "soon"),
        (("--policy", "nothing"), 1, "nothing"),
        (("--plan", "bord"), 1, "board"),
        (("--institution", "other"), 1, "demo"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_no_file(
    options: tuple[str, ...], code: int, sentence: str, folder: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "pack.pdf"
    assert run(folder, "--to", "pdf", out, *options) == code
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_was_there_stays_where_the_new_one_cannot_be_made(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    out.write_text("the old one")
    assert run(folder, "--to", "pdf", out, "--plan", "bord") == 1
    assert out.read_text() == "the old one"
    assert run(folder, "--to", "pdf", tmp_path / "missing" / "pack.pdf") == 1
    assert run(folder, "--to", "pdf", tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["pack.pdf"]


def test_a_broken_plan_is_a_sentence(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text('[[section]]\nkind = "hedline"\n')
    assert run(folder, "--to", "pdf", tmp_path / "pack.pdf", "--plan", tmp_path / "own.toml") == 1
    assert "headline" in capsys.readouterr().err
