"""What the first list lacked, m01 to m31: two files at once, packed files, other calendars and digits, group loans."""

import gzip
from collections.abc import Callable

from tests.corpus.base import FIVE, HEAD, column, joined, more, quoted, rows, text
from tests.corpus.xlsx import BOOK, SHEET, STRINGS, STYLES, book, pack, parts, several, typed

MILLION = 1_000_000
MAC = b"\0\5\x16\7" * 40
EASTERN = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
TRANSITIONAL, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
RENAMED = {
    TRANSITIONAL + b"spreadsheetml/2006/main": STRICT + b"spreadsheetml/main",
    TRANSITIONAL + b"officeDocument/2006/relationships": STRICT + b"officeDocument/relationships",
}
CLIENTS = ("client_id", "gender", "birth_date")


def million() -> bytes:
    """A million loans of one unit each."""
    return b"loan_id,client_id,disbursed_amount,outstanding\n" + "".join(
        f"{no:07d},C{no},2.00,1.00\n" for no in range(MILLION)
    ).encode()


def packed(content: bytes) -> bytes:
    """A file packed by gzip, without the time at which it was."""
    return gzip.compress(content, mtime=0)


def strict() -> bytes:
    """A workbook saved by Excel as "Strict Open XML": other names for the same things, dates as ISO text."""
    found = parts()
    for name in (BOOK, SHEET, STRINGS, STYLES, "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        for old, new in RENAMED.items():
            found[name] = found[name].replace(old, new)
    return pack(found)


def numbers() -> bytes:
    """A workbook as Apple Numbers exports it: a summary sheet, then a sheet `Sheet 1 - Loans`, its table from row 2."""
    summary = [["Numbers exported each table to an Excel worksheet."], ["Numbers Sheet Name", "Excel Worksheet Name"],
               ["Sheet 1", "Sheet 1 - Loans"]]  # fmt: skip
    return several({"Export Summary": summary, "Sheet 1 - Loans": [["Loans"], *typed()]})


def google() -> bytes:
    """A workbook as Google Sheets exports it: no sizes, columns kept to Z, a thousand empty rows with a style."""
    def empty(sheet: object) -> None:
        for no in range(7, 200):
            sheet.cell(no, 26).number_format = "0.00"  # type: ignore[attr-defined]

    return book(change=empty)


def repeated_for_members() -> list[list[str]]:
    """A group loan that stands once for each member, each with a client of its own and the whole balance."""
    head = (*HEAD, "group_id")
    return [list(head), *([*row, ""] for row in FIVE[:3]),
            *(["00126", f"C{no}", "F", "Baro", "2025-03-25", "3000.00", "2812.28", "95", "G1"] for no in range(4, 7)),
            [*FIVE[4], ""]]  # fmt: skip


def eastern() -> bytes:
    """Amounts and days in Arabic-Indic digits, with their own decimal sign."""
    found = rows()
    for row in found[1:]:
        row[5:] = [cell.translate(EASTERN) for cell in row[5:]]
    return text(found)


def persian() -> bytes:
    """Amounts in the digits of Persian and Urdu."""
    found = rows()
    for row in found[1:]:
        row[5:] = [cell.translate(PERSIAN) for cell in row[5:]]
    return text(found)


def years(*written: str) -> bytes:
    """The five loans with days of another calendar."""
    return text(column("disbursed_on", written))


def born(*days: str) -> bytes:
    """Clients with these days of birth."""
    return text([CLIENTS, *([f"C{no}", "F", day] for no, day in enumerate(days, start=1))])


def dated(day: str, name: str = "as_of") -> list[list[str]]:
    """The five loans with the day of the snapshot in a column."""
    return more(name, [day] * 5)


def halves(first: bool) -> list[list[str]]:
    """Half of the five loans."""
    return [list(HEAD), *map(list, FIVE[:3] if first else FIVE[3:])]


FILES: dict[str, Callable[[], bytes]] = {
    "m01": lambda: text([row for row in dated("2026-09-30") if row[3] != "Baro"]),
    "m01_b": lambda: text([row for row in dated("2026-08-31") if row[3] != "Kolo"]),
    "m01c": lambda: text(dated("2026-09-30")),
    "m01d": lambda: text(dated("2026-07-31")),
    "m01e": lambda: text([*dated("2026-09-30")[:5], *dated("2026-08-30")[5:]]),
    "m02": lambda: text(column("outstanding", ("800.00", "1500.25", "418.18", "2812.28", "1000.00"))),
    "m03": million,
    "m04": lambda: packed(text(rows())),
    "m05": numbers,
    "m06": google,
    "m07": strict,
    "m08": eastern,
    "m08b": persian,
    "m09": lambda: years("2017-04-25", "2017-05-05", "2017-06-07", "2017-07-16", "2017-07-22"),
    "m09b": lambda: years("2081-09-19", "2081-09-29", "2081-11-02", "2081-12-12", "2081-12-18"),
    "m09c": lambda: years("2568-01-03", "2568-01-13", "2568-02-14", "2568-03-25", "2568-03-31"),
    "m09d": lambda: years("03/01/2568", "13/01/2568", "14/02/2568", "25/03/2568", "31/03/2568"),
    "m10": lambda: text(rows(r2c6="0.00")),
    "m10b": lambda: text(rows(r2c6="0.00", r2c7="0.00")),
    "m11": lambda: born("1990-05-01", "2026-09-01", "1876-01-01", "1985-02-03"),
    "m12": lambda: text(repeated_for_members()),
    "m13": lambda: pack({"loans.csv": text(rows()), "readme.txt": b"From Kolo.\n", "__MACOSX/._loans.csv": MAC}),
    "m14": lambda: pack({"january/kolo.csv": text(halves(True)), "january/baro.xlsx": book(typed()[:1] + typed()[4:])}),
    "m15": lambda: packed(book()),
    "m16": lambda: text(quoted([[f"{name}" for name in HEAD], *([cell + " " for cell in row] for row in FIVE)])),
    "m17": lambda: joined(rows(), end="\r").encode(),
    "m18": lambda: text([*rows()[:4], ["", "", "", "", "", "", "", ""], *rows()[4:]]),
    "m19": lambda: pack({"readme.md": b"Nothing here.\n", "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40}),
    "m20": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 200,
    "m21": lambda: text(rows(r4c7="")),
    "m22": lambda: text(rows(r3c5="13/13/2025")),
}  # fmt: skip
