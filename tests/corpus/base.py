"""The five loans that every repairable file holds, and how they are written as text."""

from collections.abc import Iterable, Sequence

Row = Sequence[str]
HEAD = ("loan_id", "client_id", "gender", "branch", "disbursed_on", "disbursed_amount", "outstanding", "days_late")
FIVE: tuple[tuple[str, ...], ...] = (
    ("00123", "C1", "F", "Kolo", "2025-01-03", "1000.00", "812.50", "0"),
    ("00124", "C2", "M", "Kolo", "2025-01-13", "2000.00", "1500.25", "35"),
    ("00125", "C3", "F", "Baro", "2025-02-14", "500.00", "418.18", "0"),
    ("00126", "C4", "F", "Baro", "2025-03-25", "3000.00", "2812.28", "95"),
    ("00127", "C5", "M", "Kolo", "2025-03-31", "1000.00", "1000.00", "0"),
)
TOTAL = ("TOTAL", "", "", "", "", "7500.00", "6543.21", "")
EVERY_DAY_LOW = ("03/01/2025", "04/02/2025", "05/03/2025", "06/04/2025", "07/05/2025")


def rows(head: Row = HEAD, **changes: str) -> list[list[str]]:
    """The headings and the five loans; `r3c5="x"` writes x in the fifth column of row 3, as Excel counts rows."""
    found = [list(head), *map(list, FIVE)]
    for place, value in changes.items():
        row, column = place[1:].split("c")
        found[int(row) - 1][int(column) - 1] = value
    return found


def column(name: str, values: Iterable[str], head: str | None = None) -> list[list[str]]:
    """The five loans with other values in one column, and perhaps another heading over it."""
    found = rows()
    at = HEAD.index(name)
    found[0][at] = head or name
    for row, value in zip(found[1:], values, strict=True):
        row[at] = value
    return found


def more(name: str, values: Iterable[str]) -> list[list[str]]:
    """The five loans with one column more."""
    return [[*row, value] for row, value in zip(rows(), [name, *values], strict=True)]


def joined(lines: Iterable[Row], mark: str = ",", end: str = "\n") -> str:
    """Rows as delimited text."""
    return "".join(mark.join(line) + end for line in lines)


def text(lines: Iterable[Row], mark: str = ",", end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Rows as the bytes of a delimited text file."""
    return joined(lines, mark, end).encode(encoding)


def quoted(lines: Iterable[Row]) -> list[list[str]]:
    """Rows with each cell that holds a comma, a quote or a line end in quotes."""
    return [
        ['"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n\r') else cell for cell in line]
        for line in lines
    ]
