"""An institution whose clients are shouted at: files for the loop from what was said to what came of it.

Three branches with twenty loans each, eight month-ends, and a complaints register whose newest line nobody coded.
"""

import csv
import datetime
from collections.abc import Iterable
from pathlib import Path

BRANCHES = {"north": "North", "river": "Riverside", "south": "South"}
MONTHS = tuple(datetime.date(2025, month + 1, 1) - datetime.timedelta(days=1) for month in range(1, 9))
BEFORE = (1, 0, 2, 1, 0, 1, 2)  # complaints about collection at Riverside in each month but the last
NEXT = datetime.date(2025, 9, 30)
RECEIVED = datetime.date(2025, 8, 20)
WORDS = "The collector shouted at me in front of my neighbours."
REF = "complaints/C-900"
SUBJECT = "collection_conduct"
OWNER = "Head of operations"
DONE, TOLD, DUE = (datetime.date(2025, 8, day) for day in (28, 29, 30))
INDICATOR = "aggressive_collection_incidents"


def begun(folder: Path) -> list[Path]:
    """The files of the first months: branches, loan book, complaints register."""
    branches = [{"branch_id": name, "branch_name": title} for name, title in BRANCHES.items()]
    return [
        _written(folder / "branches.csv", branches),
        _written(folder / "loan_book.csv", (row for day in MONTHS for row in book(day))),
        _written(folder / "complaints.csv", [*_earlier(), _newest()]),
    ]


def following(folder: Path) -> list[Path]:
    """The files of the month after: the loan book, and a register without a complaint about collection."""
    quiet = complaint("C-901", datetime.date(2025, 9, 12), "south", "service", "The queue was long.")
    return [
        _written(folder / "loan_book_september.csv", book(NEXT)),
        _written(folder / "complaints_september.csv", [quiet]),
    ]


def book(day: datetime.date) -> list[dict[str, object]]:
    """Twenty loans of each branch on a month-end, all paid in time but every tenth of Riverside."""
    return [
        {
            "loan_id": f"{branch[0].upper()}{number:03d}", "client_id": f"K{branch[0]}{number:03d}",
            "branch_id": branch, "as_of": day, "disbursed_on": datetime.date(2024, 12, 1 + number),
            "disbursed_amount": 1000, "principal_outstanding": 900 - 50 * (day.month % 4),
            "days_past_due": 40 if branch == "river" and number % 10 == 0 else 0,
        }
        for branch in BRANCHES
        for number in range(20)
    ]  # fmt: skip


def complaint(name: str, day: datetime.date, branch: str, category: str, text: str) -> dict[str, object]:
    """One line of the complaints register, open."""
    return {"complaint_id": name, "received_on": day, "branch_id": branch, "channel": "branch box",
            "category": category, "description": text, "closed_on": ""}  # fmt: skip


def _earlier() -> Iterable[dict[str, object]]:
    """Complaints about collection at Riverside, some months more than others, and one about fees a month.

    All but the last are closed after ten days.
    """
    for month, (day, many) in enumerate(zip(MONTHS[:-1], BEFORE, strict=True), start=1):
        then = day.replace(day=5)
        subjects = [("north", "pricing", "The fee was not told."), *[("river", SUBJECT, WORDS)] * many]
        for number, (branch, category, text) in enumerate(subjects):
            name = f"C-{month}{number}"
            over = then + datetime.timedelta(days=10)
            yield complaint(name, then, branch, category, text) | {"closed_on": "" if name == "C-72" else over}


def _newest() -> dict[str, object]:
    """The complaint that the loop is about: no subject, no severity, no answer yet."""
    return complaint(REF.partition("/")[2], RECEIVED, "river", "", WORDS)


def _written(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    listed = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path
