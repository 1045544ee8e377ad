"""A workbook to take away: numbers are numbers, and no text of anyone's data becomes a formula."""

import datetime
import io
import zipfile

import numpy as np
import openpyxl
import pytest

from metrics.excel import Figure, Sheet, file_name, safe_name, workbook
from tests.payloads import PAYLOADS


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link_in_a_cell_heading_note_or_about(payload: str) -> None:
    data = workbook([(payload, payload)], [Sheet("s", [payload], [[payload]], [payload])])
    for sheet in opened(data).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr")
                assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        whole = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert "<f>" not in whole and "<f " not in whole
    assert "hyperlink" not in whole


@pytest.mark.parametrize("payload", ["=1+1", "@SUM(A1)", " +1", "\t=1"])
def test_a_text_that_looks_like_a_formula_stays_text_when_its_cell_is_edited(payload: str) -> None:
    cell = opened(workbook([], [Sheet("s", ["a"], [[payload]])]))["s"]["A2"]
    assert cell.quotePrefix
    assert cell.value.strip() == payload.strip()


def test_numbers_shares_and_dates_keep_their_kind() -> None:
    row = [Figure(0.0539, "%"), 12, 1.5, datetime.date(2026, 9, 30), True, np.float64(2.5), np.int64(3)]
    sheet = opened(workbook([], [Sheet("s", ["a"] * 7, [row])]))["s"]
    found = [cell.value for cell in sheet[2]]
    assert found == [0.0539, 12, 1.5, datetime.datetime(2026, 9, 30), True, 2.5, 3]
    assert sheet["A2"].number_format == "0.0%"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Figure(None, "%"), Figure(float("nan"), "%")])
def test_what_is_missing_is_an_empty_cell_and_never_zero(value: object) -> None:
    assert opened(workbook([], [Sheet("s", ["a", "b"], [[value, 1]])]))["s"]["A2"].value is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a/b:c", "a b c"), ("", "Sheet"), ("'x'", "x"), ("History", "Sheet"), ("[1]*?", "1"), ("x" * 40, "x" * 31)],
)
def test_sheet_names_are_those_that_excel_allows(name: str, safe: str) -> None:
    assert safe_name(name, set()) == safe


def test_two_sheets_of_one_name_stay_apart() -> None:
    sheets = [Sheet("x" * 40, ["a"], []), Sheet("X" * 40, ["a"], []), Sheet("About", ["a"], [])]
    names = opened(workbook([("a", "b")], sheets)).sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_the_first_sheet_says_what_the_file_is() -> None:
    book = opened(workbook([("Institution", "Demo")], [Sheet("t", ["a"], [])], "Read me"))
    assert book.sheetnames[0] == "Read me"
    assert [cell.value for cell in book.worksheets[0][1]] == ["Institution", "Demo"]


def test_a_file_name_has_no_path_in_it() -> None:
    assert file_name("../../etc", "Wélia / Kolo", "2026-09-30") == "etc_Wélia-Kolo_2026-09-30.xlsx"
