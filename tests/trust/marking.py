"""A small institution one of whose clients is marked: every number and word of hers is found wherever it stays."""

import datetime
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from openpyxl import Workbook

CLIENT = "MARKED-CLIENT-77Q1"
NAME, PHONE, GPS = "Zenobia Quarkswift", "+221 77 909 8172", "14.7167712, -17.4677113"
WORDS = "the marked quillfeather words about the flood at Quarkswift market"
SAID = "a marked gribblewort answer that only one person gave"
MARKS = (
    CLIENT, "MARKED-LOAN-77Q2", "MARKED-SAVING-77Q3", "MARKED-ASKED-77Q4", "MARKED-COMPLAINT-77Q5",
    "MARKED-ANSWER-77Q6", "MARKED-TXN-77Q7", "Zenobia", "Quarkswift", "909 8172", "14.7167712", "quillfeather",
    "gribblewort", "Marked District 77Q8", "MARKED-TYPED-77Q9",
)  # fmt: skip
DAY = datetime.date(2026, 3, 31)
OTHERS = 12
Rows = list[dict[str, object]]


def tables(day: datetime.date = DAY) -> dict[str, Rows]:
    """Every table that can hold a client, with the marked one and a dozen others; names and telephones beside them."""
    people = [(CLIENT, *MARKS[1:7], NAME, PHONE, GPS)]
    people += [
        (f"C-{n:04d}", f"L-{n:04d}", f"S-{n:04d}", f"A-{n:04d}", f"K-{n:04d}", f"R-{n:04d}", f"T-{n:04d}",
         f"Awa Number{chr(65 + n)}", f"+221 77 100 20{n:02d}", f"14.5{n:02d}1234, -17.2{n:02d}4321")
        for n in range(OTHERS)
    ]  # fmt: skip
    found: dict[str, Rows] = {}
    for place, person in enumerate(people):
        for table, row in _about(place, person, day):
            found.setdefault(table, []).append(row)
    return found


def _about(place: int, person: tuple[str, ...], day: datetime.date) -> Iterator[tuple[str, dict[str, object]]]:
    client, loan, saving, asked, complaint, answer, txn, name, phone, gps = person
    mine = client == CLIENT
    given = day - datetime.timedelta(days=100 + place)
    yield "clients", {
        "client_id": client, "branch_id": "B1", "full name": name, "phone number": phone, "GPS": gps,
        "gender": "F" if place % 2 == 0 else "M", "birth_date": datetime.date(1980 + place, 5, 17),
        "joined_on": given, "district": "Marked District 77Q8" if mine else "Plain", "location": "rural",
        "household_income_month": 900 + place, "disability": mine,
    }  # fmt: skip
    yield "loans", {
        "as_of": day, "loan_id": loan, "client_id": client, "branch_id": "B1", "product_id": "P1", "officer_id": "O1",
        "disbursed_on": given, "disbursed_amount": 1000 + place, "principal_outstanding": 700 + place,
        "days_past_due": 40 if place in (0, 5) else 0, "status": "active",
    }  # fmt: skip
    yield "savings", {"as_of": day, "account_id": saving, "client_id": client, "branch_id": "B1", "balance": 50 + place}
    yield "applications", {
        "application_id": asked, "applied_on": given, "client_id": client, "branch_id": "B1", "decision": "rejected",
        "amount_asked": 500, "rejection_reason": WORDS if mine else "too much debt",
    }  # fmt: skip
    yield "complaints", {
        "complaint_id": complaint, "received_on": given, "client_id": client, "branch_id": "B1", "channel": "meeting",
        "category": "service", "description": WORDS if mine else "long queues at the counter", "may_quote": True,
    }  # fmt: skip
    yield "client_surveys", {
        "survey_id": "spring", "response_id": answer, "client_id": client, "answered_on": given,
        "question_key": "quality_of_life", "answer_code": "no_change", "answer_text": SAID if mine else "as before",
        "survey_type": "outcome", "may_quote": True,
    }  # fmt: skip
    yield "loan_transactions", {
        "txn_id": txn, "loan_id": loan, "branch_id": "B1", "txn_on": given, "txn_type": "repayment",
        "amount": 100, "principal": 90, "interest": 10,
    }  # fmt: skip
    yield "loan_schedule", {
        "loan_id": loan, "instalment_no": 1, "due_on": day, "due_principal": 90, "due_interest": 10, "completed": False,
    }  # fmt: skip


def workbook(path: Path, found: dict[str, Rows]) -> Path:
    """The tables as one workbook, a sheet each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, rows in found.items():
        sheet = book.create_sheet(table)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)
    return path


def found_in(folder: Path, marks: tuple[str, ...] = MARKS) -> list[tuple[str, str]]:
    """(file, mark) wherever a mark stands in any byte of a folder, packed or not."""
    return [
        (str(path.relative_to(folder)), mark)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in [b"\n".join(unpacked(path))]
        for mark in marks
        if mark.encode() in content or mark.encode("utf-16-le") in content
    ]


def unpacked(path: Path) -> Iterator[bytes]:
    """The bytes of a file, its name, and the content of whatever it packs: zip, gzip, Parquet."""
    content = path.read_bytes()
    yield from (content, path.name.encode())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"PAR1"):
        with duckdb.connect() as con:
            yield str(con.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()).encode()
