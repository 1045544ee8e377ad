"""Two registers that an MFI keeps by hand: incidents, and findings of internal audit."""

import numpy as np

from generator.branches import BRANCHES
from generator.clock import LAST, MONTHS, day, dice
from generator.tables import Table

FINDINGS_STREAM = 120
AUDITS = 2  # of each branch in the 24 months
MONTHS_TO_MEND = {"medium": 4, "low": 6}

Case = tuple[int, int, str, str | None, int | None, int | None, bool | None, int | None, str]

# Month, day, kind, branch, loss, clients, confirmed, months until closed, what happened.
CASES: tuple[Case, ...] = (
    (0, 9, "safety", "tambali", None, None, True, 1, "Motorcycle accident on the way to a centre meeting"),
    (1, 18, "fraud", "sirande", 640_000, 4, True, 3, "Savings of four clients kept back at collection"),
    (2, 5, "other", None, None, None, True, 1, "Server room flooded, half a day without service"),
    (3, 22, "data_privacy", "kassiri", None, 31, True, 2, "Loan files left in a taxi, found the next day"),
    (4, 12, "collection", "tensa", None, 1, False, 1, "Complaint of a threat at a client's home, not confirmed"),
    (6, 3, "safety", "bantako", None, None, True, 1, "Fall from stairs in the office"),
    (7, 27, "fraud", "nafara", 410_000, 2, True, 2, "Fees charged twice and not entered in the books"),
    (8, 16, "harassment", "kassiri", None, None, True, 3, "Remarks of a supervisor towards a trainee"),
    (10, 8, "fraud", "tambali", None, None, False, 2, "Missing receipt, later found"),
    (11, 20, "safety", "yorobe", 350_000, None, True, 4, "Robbery of an officer on the road to the market"),
    (13, 11, "data_privacy", None, None, 120, True, 1, "Mailing list sent with all addresses visible"),
    (14, 19, "collection", "doukoro", None, 3, True, 3, "Visits after dark to three borrowers"),
    (15, 6, "fraud", "kassiri", 280_000, 1, True, 3, "Repayment entered a month late"),
    (16, 24, "collection", "doukoro", None, 5, True, 4, "Names of borrowers in arrears read out at the market"),
    (17, 13, "safety", "bantako", None, None, True, 1, "Dog bite during a home visit"),
    (18, 10, "collection", "doukoro", None, 2, True, None, "Goods taken without a receipt"),
    (19, 21, "fraud", "baro", 3_900_000, 11, True, 3, "Renewals in the names of clients who had left"),
    (20, 15, "harassment", "doukoro", None, None, None, None, "Pressure on an officer who refused a collection order"),
    (21, 7, "data_privacy", "kolo", None, 46, True, 1, "Photographs of identity papers kept on a private telephone"),
    (22, 18, "collection", "doukoro", None, 4, None, None, "Guarantors called at work"),
    (23, 4, "safety", "tensa", None, None, True, None, "Burn from a faulty generator"),
)

# Month, branch, title, months to mend, months until mended.
HIGH = (
    (2, "sirande", "Cash counted by one person only", 3, 3),
    (6, "kassiri", "Loan files without proof of identity", 4, 6),
    (12, "doukoro", "No record of collection visits", 4, 5),
    (16, "kolo", "Top-up loans granted without a new look at the client's debts", 5, None),
    (20, "baro", "Renegotiations approved by the branch itself", 6, None),
    (20, None, "Access rights of former staff still open", 6, None),
    (21, "doukoro", "Collection rules not signed by the officers", 5, None),
)
TITLES = (
    "Visit reports filed late", "Cash limit exceeded on some days", "Price list not on the wall",
    "Complaint box without a key register", "Group minutes without all signatures", "Insurance forms incomplete",
    "Backup of the branch server not tested", "Vehicle log not kept", "Guarantee files not indexed",
)  # fmt: skip


def incidents() -> Table:
    """The register of incidents."""
    rows = []
    for place, (month, on, kind, branch, loss, clients, confirmed, closing, what) in enumerate(CASES, start=1):
        closed = None if closing is None else day(month + closing, min(on + 2, 28))
        rows.append((f"I-{place:03d}", day(month, on), kind, branch, loss, clients, confirmed, closed, what))
    return _columns(
        ("incident_id", "happened_on", "kind", "branch_id", "amount_lost", "clients_affected", "confirmed",
         "closed_on", "description"), rows,
    )  # fmt: skip


def findings() -> Table:
    """The findings of internal audit: a few grave ones, and what every audit of a branch brings."""
    rows = [
        (month, branch, "high", title, month + due, None if mended is None else month + mended)
        for month, branch, title, due, mended in HIGH
    ]
    for branch in BRANCHES:
        rng = dice(branch.no, FINDINGS_STREAM)
        for audit in range(AUDITS):
            month = (branch.no + 12 * audit) % MONTHS
            for place in rng.permutation(len(TITLES))[: int(rng.integers(1, 4))].tolist():
                severity = "medium" if rng.random() < 0.45 else "low"
                due = month + MONTHS_TO_MEND[severity]
                mended = due + int(rng.integers(-2, 2))
                rows.append((month, branch.id, severity, TITLES[place], due, mended if mended <= LAST else None))
    rows.sort(key=lambda row: (row[0], row[1] or ""))
    return _columns(
        ("finding_id", "raised_on", "branch_id", "severity", "title", "due_on", "closed_on"),
        [
            (f"A-{place:03d}", day(month, 24), branch, severity, title, day(due, 25), _closed(mended))
            for place, (month, branch, severity, title, due, mended) in enumerate(rows, start=1)
        ],
    )


def _closed(month: int | None) -> np.datetime64 | None:
    return None if month is None else day(month, 20)


def _columns(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> Table:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
