"""The user's own workbook comes back with its cells at fault coloured and commented, and is otherwise as it was."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from metrics.ingest import Preview, marked
from metrics.ingest.child.marking import COLOUR
from metrics.store import Store
from tests.ingesting import book, five, opened, seen, text

EVIL = '=HYPERLINK("http://example.com","x")'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database without a record."""
    with opened(tmp_path_factory.mktemp("marked")) as store:
        yield store


def rows_of(content: str) -> list[list[str]]:
    """The cells of delimited text."""
    return [line.split(",") for line in content.splitlines()]


def read(made: marked.Made) -> openpyxl.Workbook:
    """The workbook that was made."""
    return openpyxl.load_workbook(io.BytesIO(made.content))


def marks(sheet: Worksheet) -> dict[str, str]:
    """The coloured cells and what is said of each."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == COLOUR]
    return {cell.coordinate: cell.comment.text if cell.comment else "" for cell in cells}


def faulty(sheet: Worksheet) -> None:
    """A sheet with a format, a width, a formula, a comment of the user's, a merged title and two cells at fault."""
    sheet.title = "Prêts"
    sheet.insert_rows(1)
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "Loan book"
    sheet["A1"].font = Font(bold=True, size=20)
    sheet.column_dimensions["C"].width = 33
    sheet["F4"] = "15o0.25"
    sheet["F4"].comment = Comment("Ask Awa", "Awa")
    sheet["G5"] = "soon"
    sheet["I3"] = "=1+1"
    other = sheet.parent.create_sheet("Notes")
    other["B2"] = "=SUM(A1:A9)"


def of(store: Store, preview: Preview, path: Path, language: str = "en") -> marked.Made:
    """The marks of a file."""
    assert preview.refused == ()
    return marked.of_preview(store, preview, path, language)


def test_the_users_own_workbook_is_marked_and_otherwise_as_it_was(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path, rows_of(five()), change=faulty)
    made = of(store, seen(store, path), path)
    assert (made.name, made.notes) == ("loans-marked.xlsx", ())
    found = read(made)
    sheet = found["Prêts"]
    assert marks(sheet) == {
        "F4": "Ask Awa\n\nNot a number. Did you mean 1500.25?", "G5": "Not a whole number.",
    }  # fmt: skip
    before = openpyxl.load_workbook(path)
    assert found.sheetnames == before.sheetnames
    for name in found.sheetnames:
        values = [[cell.value for cell in row] for row in found[name].iter_rows()]
        assert values == [[cell.value for cell in row] for row in before[name].iter_rows()]
    assert (sheet["A1"].font.size, sheet.column_dimensions["C"].width) == (20, 33)
    assert (found["Notes"]["B2"].value, sheet["I3"].value) == ("=SUM(A1:A9)", "=1+1")


def test_what_a_copy_cannot_keep_is_said(store: Store, tmp_path: Path) -> None:
    from openpyxl.chart import BarChart

    def charted(sheet: Worksheet) -> None:
        sheet["F4"] = "15o0.25"
        sheet.add_chart(BarChart(), "K2")

    path = book(tmp_path, rows_of(five()), change=charted)
    assert [note.key for note in of(store, seen(store, path), path).notes] == ["import.note_marked_lost"]


def test_a_text_file_becomes_a_workbook_of_text_with_its_own_row_numbers(store: Store, tmp_path: Path) -> None:
    content = five(r2c6="15o0.25", r3c7="-1x-", r4c2="@SUM(A1)").replace("\n00125", "\n\n00125")
    path = text(tmp_path, content + f'00128,"{EVIL.replace(chr(34), chr(34) * 2)}",Kolo,2025-01-03,1.00,x,0\n')
    sheet = read(of(store, seen(store, path), path, "fr")).active
    assert isinstance(sheet, Worksheet)
    assert set(marks(sheet)) == {"F3", "G5", "F8"}
    assert marks(sheet)["F3"].startswith("Ce n'est pas un nombre.")
    assert [cell.value for cell in sheet[3]] == ["00124", "C2", "Kolo", "2025-01-13", "2000.00", "15o0.25", "35"]
    assert [cell.value for cell in sheet[4]] == [None] * 7
    for cell in (sheet["B6"], sheet["B8"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert sheet["B8"].value == EVIL


def test_rows_to_correct_hold_text_only_and_tell_where_they_belong(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five(r1c6="x", r1c2="=1+1", r3c7="y"), name="a:b.csv")
    preview = seen(store, path)
    found = read(marked.to_correct(store, preview, "en", 7))
    assert found.sheetnames == ["a_b.csv 1", "Evenkeel 1"]
    cells = [[cell.value for cell in row] for row in found.worksheets[0].iter_rows()]
    assert cells[0] == ["row", *five().splitlines()[0].split(","), "reason", "suggestion"]
    assert cells[1][:3] == ["2", "00123", "=1+1"]
    assert found.worksheets[0]["C2"].data_type == "s"
    assert set(marks(found.worksheets[0])) == {"G2", "H3"}
    assert [cell.value for cell in found.worksheets[1][1]][:5] == [
        "evenkeel", preview.sheets[0].sha256, None, "7", "a_b.csv 1",
    ]  # fmt: skip


def test_of_a_large_file_only_the_rows_at_fault_are_given(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "MOST_ROWS", 4)
    path = text(tmp_path, five(r2c6="15o0.25"))
    made = of(store, seen(store, path), path)
    sheet = made and read(made).active
    assert isinstance(sheet, Worksheet)
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows()] == [["1", "loan_id"], ["3", "00124"]]
    assert set(marks(sheet)) == {"G2"}
    assert [note.key for note in made.notes] == ["import.note_marked_rows"]
