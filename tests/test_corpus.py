"""Every file of the corpus ends as its line says: taken, set aside in part, refused or asked; never silently wrong."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from metrics.errors import InputError, OpenQuestion
from metrics.ingest import Preview
from metrics.store import Store
from metrics.words import LANGUAGES
from tests.corpus.base import FIVE
from tests.corpus.make import MAKERS, expected, paths
from tests.ingesting import landed, notes, opened, refusal, seen, text, values

IDS = [row[0] for row in FIVE]
BEFORE = datetime.date(2026, 8, 31)
MOST_WORDS = 40
# The number of files that the corpus promises at least.
FEWEST = 110


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database that holds the five loans of a month before."""
    with opened(tmp_path_factory.mktemp("corpus")) as store:
        landed(store, text(tmp_path_factory.mktemp("before"), MAKERS["t01"](), name="before.csv"), as_of=BEFORE)
        yield store


@pytest.mark.many(9)
@pytest.mark.parametrize("name", expected())
def test_a_file_of_the_corpus_ends_as_its_line_says(store: Store, tmp_path: Path, name: str) -> None:
    line = expected()[name]
    files = paths(name, tmp_path)
    given = {"accept_new": frozenset({"branch"}), **line.get("given", {})}
    preview = seen(store, *files, **given)
    if line["ending"] in "AQ":
        arrives(preview, line)
        return
    assert preview.refused or preview.questions, "taken without a word"
    error = refusal(store, *files, of=preview, **given)
    assert isinstance(error, OpenQuestion) == (line["ending"] == "?"), error.text("en")
    assert error.key == f"import.{line['key']}", error.text("en")
    says(error, files, line.get("words", []))
    if "answer" in line:
        arrives(seen(store, *files, **given | line["answer"]), line.get("then", {}))


def test_the_corpus_has_the_promised_number_of_files_and_each_line_its_maker() -> None:
    lines = expected()
    assert len(lines) >= FEWEST
    named = {maker for name, line in lines.items() for maker in line.get("files", {name: ""})}
    assert named == set(MAKERS)


def test_the_same_bytes_come_out_each_time() -> None:
    for name in ("t68", "x01", "x31", "b18", "m04"):
        assert MAKERS[name]() == MAKERS[name]()


def arrives(preview: Preview, line: dict[str, Any]) -> None:
    """What would land is what the line says, and every row is accounted for."""
    assert [error.text("en") for error in (*preview.refused, *preview.questions)] == []
    for sheet in preview.sheets:
        assert sheet.rows_read == sheet.accepted + sheet.set_aside + sheet.ignored
    asides = [
        [aside.row_no, aside.column, aside.reason.removeprefix("import.reason_")]
        for sheet in preview.sheets
        for aside in sheet.sample
    ]
    assert asides == line.get("asides", [])
    assert set(line.get("notes", [])) <= set(notes(preview)), [note for note in notes(preview)]
    assert sum(sheet.ignored for sheet in preview.sheets) == line.get("ignored", 0)
    assert set(line.get("unused", [])) <= {head for sheet in preview.sheets for head in sheet.unused}
    for table, columns in ((line.get("table", "loans"), line.get("values", {})), ("clients", line.get("clients", {}))):
        for column, wanted in columns.items():
            assert ["" if row[0] is None else row[0] for row in values(preview, table, column)] == wanted
    if line.get("table", "loans") == "loans":
        loans_arrive(preview, line)
    every_note_is_short(preview)


def loans_arrive(preview: Preview, line: dict[str, Any]) -> None:
    """The loans, their balance and their first day of disbursement."""
    count, total = preview.cursor.execute("SELECT count(*), sum(principal_outstanding) FROM in_loans").fetchall()[0]
    assert round(float(total), 2) == line.get("sum", 6543.21)
    if "count" in line:
        assert count == line["count"]
        return
    found = values(preview, "loans", "loan_id", "disbursed_on")
    assert [row[0] for row in found] == line.get("ids", IDS)
    assert str(min(row[1] for row in found)) == line.get("first", "2025-01-03")


def says(error: InputError, files: list[Path], words: list[str]) -> None:
    """A refusal or question names its file and place in both languages, shortly, and shows nothing of the machine."""
    for language in LANGUAGES:
        said = error.text(language)
        assert any(path.name in said for path in files) or error.key == "import.question_replace_book", said
        assert_plain(said)
    for word in words:
        assert word in error.text("en")


def every_note_is_short(preview: Preview) -> None:
    """What is said of a file that is taken, and of each row set aside, in both languages."""
    for language in LANGUAGES:
        for sheet in preview.sheets:
            for note in (*sheet.notes, *sheet.repairs, *sheet.sample, *sheet.groups, *preview.notes):
                assert_plain(note.text(language))


def assert_plain(said: str) -> None:
    """At most forty words a sentence's line, and no trace of the program."""
    for line in said.splitlines():
        assert len(line.split()) <= MOST_WORDS, line
    for trace in ("Traceback", "Error(", "duckdb", ".py", "{", "}"):
        assert trace not in said, said


