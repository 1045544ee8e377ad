"""Text files t32 to t74: ids, dates, words for nothing, codes, rows twice, and files that are no table."""

from collections.abc import Callable
from hashlib import sha256

from tests.corpus.base import EVERY_DAY_LOW, FIVE, HEAD, column, more, quoted, rows, text

BIDI, ZERO_WIDTH = "\u202e", "\u200b"
FRENCH = ("3 janv. 2025", "13 janvier 2025", "14 févr. 2025", "25 mars 2025", "31 mars 2025")
SURVEY = (
    ("survey_id", "response_id", "client_id", "answered_on", "question_key", "answer_num"),
    ("2025A", "R1", "C1", "2025-06-01", "nps", "9 "),
    ("2025A", "R2", "C2", "2025-06-01", "nps", "11"),
    ("2025A", "R3", "C3", "2025-06-01", "nps", "nine"),
    ("2025A", "R4", "C4", "2025-06-01", "nps", ""),
    ("2025A", "R5", "C5", "2025-06-01", "nps", "0"),
)
COMPLAINTS = (
    ("complaint_id", "client_id", "received_on", "category", "channel"),
    ("P1", "C1", "2025-06-01", "fees", "phone"),
    ("P2", "C2", "2025-06-02", "fees", "phone"),
    ("P3", "C99", "2025-06-03", "fees", "phone"),
)


def dates(*written: str) -> bytes:
    """The five loans with their days of disbursement written otherwise."""
    return text(quoted(column("disbursed_on", written)))


def complaints(*clients: str) -> list[tuple[str, ...]]:
    """A complaint of each client."""
    return [COMPLAINTS[0], *((f"P{no}", client, *COMPLAINTS[1][2:]) for no, client in enumerate(clients))]


def noise(size: int) -> bytes:
    """Bytes without any order, the same ones each time."""
    return b"".join(sha256(bytes([no % 256, no // 256])).digest() for no in range(size // 32))


def html() -> bytes:
    """An HTML table as core banking systems export it under the name .xls."""
    lines = [
        "<tr>" + "".join(f"<td align=right>{cell}&nbsp;</td>" for cell in row) + "</tr>"
        for row in rows()
    ]  # fmt: skip
    return (
        "<html><head><title>Loans</title><style>td {color: red}</style></head><body><h1>Loan book</h1>"
        f"<table border=1>{''.join(lines)}</table></body></html>"
    ).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "t32": lambda: text(column("loan_id", ["1.23E+10"] * 5)),
    "t32b": lambda: text(column("client_id", ("101.0", "102.0", "103.0", "104.0", "105.0"))),
    "t33": lambda: text(rows(r2c1="'00123")),
    "t34": lambda: dates("03/01/2025", "13/01/2025", "14/02/2025", "25/03/2025", "31/03/2025"),
    "t35": lambda: dates("01/03/2025", "01/13/2025", "02/14/2025", "03/25/2025", "03/31/2025"),
    "t36": lambda: dates(*EVERY_DAY_LOW),
    "t37": lambda: dates("03/01/2025", "31/02/2025", "14/02/2025", "25/03/2025", "31/03/2025"),
    "t38": lambda: dates("45660", "45670", "45702", "45741", "45747"),
    "t39": lambda: dates("2025-01-03", "13/01/2025", "14 févr. 2025", "45741", "20250331"),
    "t40": lambda: dates("03/01/25", "13/01/25", "14/02/25", "25/03/25", "31/03/25"),
    "t40b": lambda: dates(*(day.replace("2025", "25") for day in EVERY_DAY_LOW)),
    "t40c": lambda: dates("25/01/03", "25/01/13", "25/02/14", "25/03/25", "25/03/31"),
    "t41": lambda: dates(*FRENCH),
    "t42": lambda: text(rows(r2c7="NaN", r3c7="Inf", r4c7="-inf", r5c7="N/A")),
    "t43": lambda: text(rows(r2c8="NULL", r3c8="-", r4c8="n.a.", r5c8="None")),
    "t44": lambda: text(rows(r2c4="NA")),
    "t45": lambda: text(more("rescheduled", ("Yes", "oui", "1", "TRUE", "N"))),
    "t46": lambda: text(column("branch", ("true", "true", "false", "false", "true"))),
    "t47": lambda: text(quoted(rows(r2c4='=HYPERLINK("http://evil.example","x")'))),
    "t48": lambda: text(rows(r2c4="<img src=x onerror=alert(1)>")),
    "t49": lambda: text(rows(r2c4="![x](http://127.0.0.1:9/x.png)")),
    "t50": lambda: text(rows(r2c4="فرع \U0001f33e" + BIDI, r3c4="Kolo")),
    "t51": lambda: text(rows(r3c4="x" * 200_000)),
    "t52": lambda: text(column("branch", ("Te\u0301ra", "T\u00e9ra ", "\u00a0T\u00e9ra", "TÉRA", "Téra"))),
    "t53": lambda: text(rows(r2c1=ZERO_WIDTH + "00123")),
    "t54": lambda: text([*rows(), [*FIVE[1][:6], "2400.25", "35"]]),
    "t55": lambda: text([*rows(), FIVE[0]]),
    "t56": lambda: text(rows(r3c7="-1500.25")),
    "t57": lambda: text(rows(r2c6="800.00")),
    "t57b": lambda: text(rows(r2c6="400.00")),
    "t58": lambda: dates("2099-01-03", *(row[4] for row in FIVE[1:])),
    "t59": lambda: dates("1900-01-00", *(row[4] for row in FIVE[1:])),
    "t60": lambda: text(column("gender", ("Female", "m", "2", "X", "Mujer"))),
    "t61": lambda: text(rows(r2c8="-5")),
    "t62": lambda: text(SURVEY),
    "t63": lambda: text(COMPLAINTS),
    "t63b": lambda: text(complaints("C1", "C2", "C3", "C4", "C5", "C1", "C99")),
    "t64": lambda: b"",
    "t65": lambda: text([HEAD]),
    "t66": lambda: text([[row[0]] for row in rows()]),
    "t67": lambda: text([[f"c{no}" for no in range(16_384)], ["1"] * 16_384]),
    "t68": lambda: noise(20_000),
    "t70": lambda: text([[*HEAD, "Loan_ID"], *([*row, row[0]] for row in FIVE)]),
    "t71": html,
    "t72": lambda: text(rows(), mark="\t"),
    "t73": lambda: text(quoted([[*HEAD, 'x"; drop table loans; --'], *([*row, "1"] for row in FIVE)])),
    "t74b": lambda: text(rows(r2c4="T\u00c3\u00a9ra")),
    "t74": lambda: text(rows(r2c4="Téra"), encoding="utf-8").replace(b"T\xc3\xa9ra", b"T\xe9ra")
    .replace(b"Kolo", "K\u00f6lo".encode()),
}  # fmt: skip
