"""A table as a file: what an import of it reads is exactly what was there."""

import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from metrics import exporting
from metrics.__main__ import main
from metrics.errors import UsageError
from metrics.ingest import Options, preview
from metrics.store import Scope, Store
from metrics.templates import known
from tests import records

# Texts that a program would compute, an import take for nothing, or a reader for a number or a date.
TEXTS = ["=1+1", "+1", "-5", "@SUM(A1)", "'quoted", "n/a", "-", "null", "#REF!", "0012", "3/4", 'a;b,"c"', "é ñ"]
COMPLAINTS: list[records.Row] = [
    {
        "complaint_id": f"00{number}", "received_on": date(2026, 1, 31), "description": text,
        "severity": number % 4 + 1,
        "satisfied": (True, False, None)[number % 3], "outcome": ("upheld", None)[number % 2], "branch_id": "north",
    }
    for number, text in enumerate(TEXTS)
]  # fmt: skip
AMOUNTS = ["1234.567", "0.000001", "812.5", "99999999999.99", "0", "1000"]
LOANS: list[records.Row] = [
    {"as_of": date(2026, month, 28), "loan_id": f"{branch}-L{number}", "branch_id": branch,
     "principal_outstanding": Decimal(amount), "nominal_rate_pct": rate}
    for month in (7, 8, 9)
    for branch in ("north", "south")
    for number, (amount, rate) in enumerate(zip(AMOUNTS, (24.0, 0.5, None, 12.125, 0.3333333333, 30.0), strict=True))
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One institution with odd texts and amounts."""
    return records.opened(tmp_path_factory.mktemp("own"), complaints=COMPLAINTS, loans=LOANS)


def rows(cursor: Any, view: str) -> Counter[tuple[Any, ...]]:
    """The rows of a table, without where they came from."""
    return Counter(cursor.execute(f'SELECT * EXCLUDE (batch_id, file_no, row_no) FROM "{view}"').fetchall())


@pytest.mark.many
@pytest.mark.parametrize("form", exporting.FORMS)
@pytest.mark.parametrize("table", ["complaints", "loans"])
def test_what_is_exported_is_imported_as_it_was(store: Store, table: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"file.{form}"
    written = exporting.write(store.cursor(), table, path)
    here = rows(store.cursor(), f"v_{table}")
    assert written == sum(here.values()) > 0
    empty = Store.open(tmp_path / "empty")
    try:
        found = preview(empty, [path], Options(table=table, accept_new=frozenset({"branch"})))
        assert [error.text() for error in (*found.refused, *found.questions)] == []
        columns = ", ".join(f'"{column}"' for column in known(table).columns)
        assert Counter(found.cursor.execute(f'SELECT {columns} FROM "in_{table}"').fetchall()) == here
    finally:
        empty.close()


def test_a_file_holds_texts_numbers_and_dates_and_no_formula(store: Store) -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(exporting.data(store.cursor(), "complaints", "xlsx"))).active
    heads, *found = [list(row) for row in sheet.iter_rows()]
    at = {head.value: place for place, head in enumerate(heads)}
    assert list(at) == list(known("complaints").columns)
    assert {row[at["description"]].data_type for row in found} == {"s"}
    assert {row[at["complaint_id"]].data_type for row in found} == {"s"}
    assert {row[at["received_on"]].is_date for row in found} == {True}
    assert {row[at["severity"]].data_type for row in found} == {"n"}
    text = exporting.data(store.cursor(), "complaints", "csv").decode("utf-8-sig")
    assert "'=1+1" in text and ",=1+1" not in text and ",@SUM" not in text


def test_only_what_the_reader_may_see_is_exported(store: Store, tmp_path: Path) -> None:
    north = store.cursor(Scope(branches=("north",)))
    assert exporting.write(north, "loans", tmp_path / "north.csv") == len(LOANS) / 2
    assert "south" not in (tmp_path / "north.csv").read_text(encoding="utf-8")
    assert exporting.count(store.cursor(Scope(institutions=())), "loans") == 0


def test_a_number_never_ends_in_three_decimals() -> None:
    assert exporting.number(Decimal("1234.567000")) == "1234.5670"
    assert exporting.number(Decimal("-812.50")) == "-812.5"
    assert exporting.number(1e-7) == "0.0000001" and exporting.number(1 / 3) == "0.3333333333333333"
    assert exporting.number(250000) == "250000" and exporting.number(-0.0) == "0"


def test_more_rows_than_a_sheet_holds_are_refused_and_not_cut(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    with pytest.raises(Exception, match=r"loans.*\.csv"):
        exporting.data(store.cursor(), "loans", "xlsx")
    assert exporting.data(store.cursor(), "loans", "csv").count(b"\n") == len(LOANS) + 1


def test_wrong_names_are_sentences(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="loans"):
        exporting.data(store.cursor(), "loan", "csv")
    with pytest.raises(UsageError, match=r"\.xlsx"):
        exporting.write(store.cursor(), "loans", tmp_path / "loans.pdf")


def test_the_command_writes_the_rows_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records.opened(tmp_path, complaints=COMPLAINTS).close()
    file = tmp_path / "complaints.csv"
    assert main(["--data", str(tmp_path), "export", "complaints", "-o", str(file)]) == 0
    assert f"{len(COMPLAINTS)} rows of complaints" in capsys.readouterr().err and file.exists()
    assert main(["--data", str(tmp_path), "export", "complaints", "-o", str(tmp_path / "no" / "x.csv")]) == 1
