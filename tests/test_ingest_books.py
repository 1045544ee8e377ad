"""Workbooks as people send them: typed cells, errors, formulas, several sheets; and hostile ones."""

import datetime
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics.errors import OpenQuestion
from metrics.ingest.files import CHILD
from metrics.store import Store
from tests.ingesting import FIVE, HEADINGS, OUTSTANDING, asides, book, five, notes, opened, refusal, seen, text, values

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2025, 1, 3)
TYPED = [
    HEADINGS,
    *((*row[:3], datetime.date.fromisoformat(row[3]), float(row[4]), float(row[5]), int(row[6])) for row in FIVE),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("books")) as store:
        yield store


def far_cell(place: str) -> Callable[[Worksheet], object]:
    """A change that writes one cell far away."""
    return lambda sheet: sheet.__setitem__(place, "x")


SAME_FIVE = {
    "typed cells": (TYPED, None),
    "texts only": ([HEADINGS, *FIVE], None),
    "a table that starts at C5": ([[]] * 4 + [[None, None, *row] for row in TYPED], None),
    "title rows": ([["Loan book"], [], *TYPED], None),
    "a total with a formula": ([*TYPED, ["TOTAL", None, None, None, 7500, 6543.03, None]], None),
    "a stray cell in column XFD": (TYPED, far_cell("XFD2")),
    "a number shown with zeros in front": (
        [HEADINGS, *([int(row[0]), *row[1:]] for row in TYPED[1:])],
        lambda sheet: [sheet.cell(row, 1).__setattr__("number_format", "00000") for row in range(2, 7)],
    ),
    "a branch merged over its rows": (
        [HEADINGS, *([*row[:2], None if no in (1, 3) else row[2], *row[3:]] for no, row in enumerate(TYPED[1:]))],
        lambda sheet: [sheet.merge_cells(area) for area in ("C2:C3", "C4:C5")],
    ),
}  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize("name", SAME_FIVE)
def test_the_same_five_loans_however_the_workbook_is_laid_out(store: Store, tmp_path: Path, name: str) -> None:
    rows, change = SAME_FIVE[name]
    preview = seen(store, book(tmp_path, rows, change=change))
    found = values(preview, "loans", "loan_id", "principal_outstanding", "disbursed_on", "branch_id")
    assert [row[0] for row in found] == ["00123", "00124", "00125", "00126", "00127"]
    assert float(sum(row[1] for row in found)) == OUTSTANDING
    assert found[0][2] == DAY
    assert [row[3] for row in found] == ["Kolo", "Kolo", "Baro", "Baro", "Kolo"]


def test_a_workbook_named_csv_and_a_csv_named_xlsx_are_read_by_content(store: Store, tmp_path: Path) -> None:
    for path in (book(tmp_path, TYPED, name="loans.csv"), text(tmp_path, five(), name="loans.xlsx")):
        preview = seen(store, path)
        assert preview.sheets[0].accepted == 5
        assert "note_read_by_content" in notes(preview)


def test_an_error_in_a_cell_sets_its_row_aside_by_name(store: Store, tmp_path: Path) -> None:
    def spoil(sheet: Worksheet) -> None:
        for place, error in (("F3", "#REF!"), ("C5", "#DIV/0!")):
            sheet[place] = error
            sheet[place].data_type = "e"

    preview = seen(store, book(tmp_path, TYPED, change=spoil))
    assert asides(preview) == [(3, "outstanding", "#REF!", "error"), (5, "branch", "#DIV/0!", "error")]


def test_a_formula_without_a_stored_result_is_never_a_blank(store: Store, tmp_path: Path) -> None:
    some = [*TYPED[:3], [*TYPED[3][:5], "=400+18", 0], *TYPED[4:]]
    assert asides(seen(store, book(tmp_path, some))) == [(4, "outstanding", "=", "error")]
    every = [HEADINGS, *([*row[:5], "=1+1", row[6]] for row in TYPED[1:])]
    error = refusal(store, book(tmp_path, every))
    assert error.key == "import.formulas_without_result"
    assert "5 formulas" in error.text("en")


def test_a_figure_that_the_workbook_shows_as_percent_is_one(store: Store, tmp_path: Path) -> None:
    def as_percent(sheet: Worksheet) -> None:
        for row in (2, 3):
            sheet.cell(row, 2).number_format = "0.0%"

    preview = seen(store, book(tmp_path, [["Agence", "PAR30 %"], ["Kolo", 0.052], ["Baro", 0.031]], change=as_percent))
    assert values(preview, "reported_values", "value") == [(0.052,), (0.031,)]


def test_a_workbook_with_a_decimal_comma_in_texts_keeps_its_numbers(store: Store, tmp_path: Path) -> None:
    rows = [["loan_id", "outstanding"], ["A", "1.500,25"], ["B", 812.5]]
    preview = seen(store, book(tmp_path, rows))
    assert values(preview, "loans", "principal_outstanding") == [(Decimal("1500.25"),), (Decimal("812.50"),)]


def test_an_id_of_twenty_digits_kept_as_a_number_is_damaged(store: Store, tmp_path: Path) -> None:
    rows = [["loan_id", "outstanding"], [12345678901234567890, 5], ["A1", 6]]
    assert asides(seen(store, book(tmp_path, rows)))[0][3] == "damaged_id"


def sheets(folder: Path, **rows: list[list[object]]) -> Path:
    """A workbook with several sheets; one whose name begins with hidden is hidden."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, content in rows.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for row in content:
            sheet.append(row)
    path = folder / "sheets.xlsx"
    workbook.save(path)
    return path


LOANS = [["loan_id", "client_id", "outstanding"], ["A", "C1", 5]]
CLIENTS = [["client_id", "gender", "birth_date"], ["C1", "F", DAY]]


def test_the_sheet_that_holds_a_table_is_found_behind_a_cover(store: Store, tmp_path: Path) -> None:
    path = sheets(tmp_path, Cover=[["Our cooperative"]], Book=LOANS, hidden_old=LOANS)
    preview = seen(store, path)
    assert [(sheet.sheet, sheet.table) for sheet in preview.sheets] == [("Book", "loans")]
    assert "nothing_recognised" in notes(preview)


def test_two_tables_in_one_workbook_land_together(store: Store, tmp_path: Path) -> None:
    preview = seen(store, sheets(tmp_path, Book=LOANS, Clients=CLIENTS))
    assert {sheet.table for sheet in preview.sheets} == {"loans", "clients"}
    assert values(preview, "clients", "gender") == [("F",)]


def test_two_sheets_with_the_same_table_are_asked_about(store: Store, tmp_path: Path) -> None:
    path = sheets(tmp_path, Jan=LOANS, Feb=[LOANS[0], ["B", "C2", 6]])
    error = refusal(store, path)
    assert isinstance(error, OpenQuestion)
    assert error.option == "--sheet"
    assert values(seen(store, path, sheet="Feb"), "loans", "loan_id") == [("B",)]


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(store: Store, tmp_path: Path) -> None:
    assert '"Jan"' in refusal(store, sheets(tmp_path, Jan=LOANS), sheet="Mars").text("en")


def changed(path: Path, part: str, change: dict[bytes, bytes]) -> Path:
    """A workbook with texts of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            for old, new in change.items() if item.filename == part else ():
                data = data.replace(old, new)
            target.writestr(item, data)
    path.write_bytes(out.getvalue())
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """A workbook with parts added to its archive."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:2000])
    return path


STRINGS_TABLE = f'<sst xmlns="{MAIN}" count="1" uniqueCount="4294967295"><si><t>x</t></si></sst>'.encode()
FAR_ROW = {b'r="6"': b'r="4294967295"', b'r="A6"': b'r="A4294967295"'}
HOSTILE: dict[str, Callable[[Path], Path]] = {
    "a cell in the last corner": lambda path: book(path.parent, TYPED, change=far_cell("XFD1048576")),
    "four billion strings": lambda path: with_parts(path, {STRINGS: STRINGS_TABLE}),
    "an external entity": lambda path: changed(path, SHEET, {b"<worksheet": ENTITY + b"<worksheet"}),
    "a row beyond the last": lambda path: changed(path, SHEET, FAR_ROW),
    "half a file": cut,
    "far more than it seems": lambda path: with_parts(path, {"xl/media/x.bin": b"\0" * (64 << 20)}),
    "a path out of the folder": lambda path: with_parts(path, {"../../evil.xml": b"x"}),
    "three hundred sheets": lambda path: with_parts(
        path, {f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(2, 300)}
    ),
}


def hostile(folder: Path, kind: str) -> Path:
    """A workbook made to harm its reader."""
    return HOSTILE[kind](book(folder, TYPED))


KINDS = {
    "a cell in the last corner": "import.file_too_heavy",
    "four billion strings": "import.file_damaged",
    "an external entity": "import.file_hostile",
    "a row beyond the last": "import.file_damaged",
    "half a file": "import.file_damaged",
    "far more than it seems": "import.file_unpacks_too_large",
    "a path out of the folder": "import.file_damaged",
    "three hundred sheets": "import.too_many_sheets",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_workbook_is_refused_and_this_process_lives(store: Store, tmp_path: Path, kind: str) -> None:
    assert refusal(store, hostile(tmp_path, kind)).key == KINDS[kind]


def test_a_password_is_said_and_never_asked_for(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path, TYPED)
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert refusal(store, path).key == "import.file_protected"


def test_the_reading_process_leaves_rows_and_what_it_found_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-I", str(CHILD), "text", str(text(tmp_path, five())), str(out)]
    assert subprocess.run(command, check=False).returncode == 0
    assert {path.name for path in out.iterdir()} == {"0.csv", "meta.json"}


def test_the_reading_process_may_take_two_gigabytes_and_no_more() -> None:
    greedy = "from metrics.ingest.child.__main__ import confine; confine(1 << 30); bytearray({} << 20)"
    for size, ends_well in ((500, True), (2100, False)):
        done = subprocess.run([sys.executable, "-c", greedy.format(size)], cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode == 0) == ends_well


def test_every_refusal_is_a_sentence_in_both_languages(store: Store, tmp_path: Path) -> None:
    error = refusal(store, hostile(tmp_path, "half a file"))
    assert error.text("en").startswith("loans.xlsx is damaged")
    assert error.text("fr").startswith("loans.xlsx est endommagé")
