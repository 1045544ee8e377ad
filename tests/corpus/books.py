"""Workbooks x01 to x34: layouts, typed cells, formulas, errors, dates, protected and damaged files."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus import cfb, ods, xls, xlsb
from tests.corpus.base import EVERY_DAY_LOW, joined, rows
from tests.corpus.xlsx import BOOK, SHEET, STRINGS, book, pack, parts, patched, several, typed

DAY = datetime.date(1904, 1, 1)
VBA = b"\xd0\xcf\x11\xe0" + b"Attribute VB_Name" * 40
LAST_ROW = 1_048_576


def cells(values: Mapping[str, Any]) -> Callable[[Worksheet], None]:
    """A change that writes values at places."""

    def change(sheet: Worksheet) -> None:
        for place, value in values.items():
            sheet[place] = value

    return change


def replaced(at: int, values: list[Any]) -> list[list[Any]]:
    """The typed loans with other values in one column, which counts from 0."""
    found = typed()
    for row, value in zip(found[1:], values, strict=True):
        row[at] = value
    return found


def two_lines(sheet: Worksheet) -> None:
    """Headings on two lines, the upper ones merged over those they group."""
    sheet.delete_rows(1)
    sheet.insert_rows(1, 2)
    for no, head in enumerate(("Loan", None, None, "Branch", "Disbursement", None, "Loan", None), start=1):
        sheet.cell(1, no, head)
    for no, head in enumerate(("ID", "Client no", "Sex", None, "Date", "Amount", "Outstanding", "Days late"), start=1):
        sheet.cell(2, no, head)
    for area in ("A1:C1", "D1:D2", "E1:F1", "G1:H1"):
        sheet.merge_cells(area)


def merged_branches(sheet: Worksheet) -> None:
    """One branch merged over two rows."""
    for area in ("D2:D3", "D4:D5"):
        sheet.merge_cells(area)


def hidden_rows(sheet: Worksheet) -> None:
    """A filter that hides one row."""
    sheet.auto_filter.ref = "A1:H6"
    sheet.row_dimensions[3].hidden = True


def shown_as(places: list[str], code: str) -> Callable[[Worksheet], None]:
    """A change of how cells show their numbers."""

    def change(sheet: Worksheet) -> None:
        for place in places:
            sheet[place].number_format = code

    return change


def errors(sheet: Worksheet) -> None:
    """Two balances that are errors."""
    for place, error in (("G2", "#REF!"), ("G3", "#DIV/0!")):
        sheet[place] = error
        sheet[place].data_type = "e"


def hide(workbook: Workbook) -> None:
    """The sheet Old hidden."""
    workbook["Old"].sheet_state = "hidden"


def chart_first(workbook: Workbook) -> None:
    """A chart sheet in front of the table."""
    chart = BarChart()
    chart.add_data(Reference(workbook["Loans"], min_col=7, min_row=1, max_row=6), titles_from_data=True)
    workbook.create_chartsheet("Chart", 0).add_chart(chart)


def year_1904() -> bytes:
    """Dates that count from 1904."""
    found = typed()
    for row in found[1:]:
        row[4] = (row[4] - DAY).days
    made = parts(found, shown_as([f"E{no}" for no in range(2, 7)], "yyyy-mm-dd"))
    made[BOOK] = made[BOOK].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    return pack(made)


def macros() -> bytes:
    """A workbook with macros, which nobody opens."""
    found = parts()
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = found["[Content_Types].xml"].replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return pack({**found, "[Content_Types].xml": types, "xl/vbaProject.bin": VBA})


def external_link() -> bytes:
    """A balance fetched from another workbook, without its last value."""
    return patched(SHEET, {b'<c r="G2" t="n"><v>812.5</v></c>': b'<c r="G2"><f>[1]Loans!G2</f></c>'})


def hidden_times() -> list[list[Any]]:
    """Days that carry a time shortly before midnight."""
    return replaced(4, [datetime.datetime.combine(row[4], datetime.time(23, 59, 59, 999000)) for row in typed()[1:]])


PERCENTS = [f"I{no}" for no in range(2, 6)]
BROKEN = ["#REF!", "#DIV/0!", 418.18, 2812.28, 1000.0]
SERIALS = [45660, 45670, 45702, 45741, 45747]
RATED = [[*row, rate] for row, rate in zip(typed(), ("interest_rate", 0.24, 0.24, 0.18, 0.3, 24), strict=True)]
FILES: dict[str, Callable[[], bytes]] = {
    "t69": lambda: book(),
    "x01": lambda: book(),
    "x02": lambda: book(change=two_lines),
    "x03": lambda: book([*typed()[:2], *([*row[:3], None, *row[4:]] if no in (0, 2) else row
                                         for no, row in enumerate(typed()[2:]))], merged_branches),
    "x04": lambda: book([]),
    "x05": lambda: several({"Cover": [["Coopérative de Kolo"]], "Loans": typed(), "Old": typed()}, hide),
    "x05b": lambda: several({"January": typed(), "February": typed()[:4]}),
    "x06": lambda: book(change=hidden_rows),
    "x07": lambda: book(replaced(6, [f"=F{no}-1" for no in range(2, 7)])),
    "x08": lambda: book(change=errors),
    "x09": year_1904,
    "x10": lambda: book(replaced(4, ["03/01/2025", "13/01/2025", "14/02/2025", "25/03/2025", "31/03/2025"])),
    "x10b": lambda: book(replaced(4, list(EVERY_DAY_LOW))),
    "x11": lambda: book(replaced(4, list(SERIALS))),
    "x12": lambda: book(replaced(0, [123, 124, 125, 126, 127]), shown_as([f"A{no}" for no in range(2, 7)], "00000")),
    "x13": lambda: book(RATED, shown_as(PERCENTS, "0.0%")),
    "x13b": lambda: book(RATED),
    "x14": lambda: book(replaced(6, ["812,50", "1.500,25", "418,18", "2.812,28", "1.000,00"])),
    "x15": lambda: patched(SHEET, {b"<f>SUM(G2:G6)</f><v />": b"<f>SUM(G2:G6)</f><v>6543.21</v>"},
                           [*typed(), ["Total", *[None] * 5, "=SUM(G2:G6)"]]),
    "x15b": lambda: book([*typed(), ["Total", *[None] * 5, "=SUM(G2:G6)"]]),
    "x16": lambda: book([*typed(), [], [], ["Officer", "Loans"], ["Awa", 3], ["Jean", 2]]),
    "x16b": lambda: book([*typed(), [], ["Branch", *[None] * 5, "Balance"], ["Kolo", *[None] * 5, 3312.75],
                          ["Baro", *[None] * 5, 3230.46]]),
    "x17": lambda: book([[], [], [], [], *([None, None, *row] for row in typed())]),
    "x18": lambda: book(replaced(0, [12345678901234567890 + no for no in range(5)])),
    "x19": lambda: book(replaced(6, [812.50000000001, 1500.25, 418.17999999999, 2812.28, 1000])),
    "x20": lambda: several({'a"; drop table x--': typed()}),
    "x21": lambda: book(hidden_times()),
    "x22": lambda: book(replaced(4, [60, *SERIALS[1:]]), shown_as([f"E{no}" for no in range(2, 7)], "yyyy-mm-dd")),
    "x23": lambda: patched(SHEET, {b"</sheetData>": f'<row r="{LAST_ROW}"><c r="H{LAST_ROW}" t="inlineStr"><is><t> </t>'
                                   "</is></c></row></sheetData>".encode()}),
    "x24": lambda: book()[:3000],
    "x25": lambda: joined(rows()).encode(),
    "x26": lambda: cfb.compound({"EncryptionInfo": b"\4\0\4\0" * 200, "EncryptedPackage": b"\x5a" * 6000}),
    "x27": lambda: xls.book(typed()),
    "x27b": lambda: xls.book(replaced(6, BROKEN)),
    "x28b": lambda: ods.book(replaced(6, BROKEN)),
    "x29b": lambda: xlsb.book(replaced(6, BROKEN)),
    "x28": lambda: ods.book(typed()),
    "x29": lambda: xlsb.book(typed()),
    "x30": macros,
    "x31": lambda: several({"Loans": typed()}, chart_first),
    "x32": external_link,
    "x33": lambda: patched(STRINGS, {b">Kolo<": b">Ko_x0000_lo<"}),
    "x34": lambda: book(change=cells({"XFD3": " "})),
}  # fmt: skip
