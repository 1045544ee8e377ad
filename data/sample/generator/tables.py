"""Loans, their transactions and products as rows of the canonical tables."""

import numpy as np
from numpy.typing import NDArray

from generator.clock import LAST, Dates, Ints, day, dice, month_end, number
from generator.lending import AGRICULTURAL, INDIVIDUAL, RATE, VILLAGE, Book, Columns, instalment, part_of

INSTITUTION = "demo"
Texts = NDArray[np.object_]
Table = dict[str, object]

PRODUCTS = ("individual", "solidarity", "village", "agricultural")
SECTORS = ("trade", "food", "services", "crafts", "transport", "agriculture", "livestock")
SECOND_TERMS = 6
CHECKS = (                   # share of loans, and how much of a branch's weakness shows in it
    ("capacity_checked", 0.97, 1.0), ("bureau_checked", 0.95, 1.2), ("apr_disclosed", 0.985, 0.3),
    ("env_screened", 0.90, 0.5),
)
WEAK = {"kolo": (number(2025, 10), 0.22), "doukoro": (number(2026, 1), 0.15)}   # from which month, by how much
SCHEDULED = 6                # months of instalments kept
SLOW = 0.025                 # instalments met within the month, yet after their day
RECOVERED = (0.35, 0.30)     # how many written-off loans bring something back, and how much


def numbers(prefix: str, values: Ints, width: int) -> Texts:
    """Identifiers such as 03-L00042."""
    names, back = np.unique(values, return_inverse=True)
    return np.array([f"{prefix}{value:0{width}d}" for value in names.tolist()], dtype=object)[back]


def products() -> Table:
    """The four loan products."""
    return {
        "product_id": list(PRODUCTS),
        "product_name": ["Individual loan", "Solidarity loan", "Village banking loan", "Agricultural loan"],
        "product_type": ["loan"] * 4,
        "methodology": ["individual", "solidarity", "village_banking", "individual"],
        "nominal_rate_pct": list(RATE),
        "interest_method": ["declining", "declining", "flat", "declining"],
        "fee_pct": [1.5, 1.0, 1.0, 1.5],
        "apr_pct": [20.4, 23.3, 23.9, 21.9],
        "term_months": [18, 10, 10, 10],
    }


def book_rows(book: Book) -> Columns:
    """All snapshots of a branch as one set of columns, loan by loan, second loans included."""
    names = book.snapshots[0]
    rows = {name: np.concatenate([snapshot[name] for snapshot in book.snapshots]) for name in names}
    rows["instalment"] = instalment(rows)
    second = _second_loans(book, rows)
    rows = {name: np.concatenate([column, second[name]]) for name, column in rows.items()}
    order = np.lexsort((rows["month"], rows["loan"]))
    return {name: column[order] for name, column in rows.items()}


def _second_loans(book: Book, rows: Columns) -> Columns:
    """A few clients with a small second loan beside the first, so that loans and borrowers differ.

    It begins some months after the first and ends with it, or after its own six months.
    """
    rng = dice(book.branch.no, 2)
    loan, count = np.unique(rows["loan"][rows["product"] == INDIVIDUAL], return_counts=True)
    late = np.unique(rows["loan"][(rows["lag"] > 0) | (rows["renegotiated"] > 0) | (rows["lost"] > 0)])
    able = np.flatnonzero((count >= SECOND_TERMS) & ~np.isin(loan, late))
    able = np.sort(rng.permutation(able)[: len(able) // 25])
    begin = 2 + rng.integers(0, count[able] - 3)
    order = np.lexsort((rows["month"], rows["loan"]))
    order = order[np.isin(rows["loan"][order], loan[able])]
    which = np.repeat(np.arange(len(able)), count[able])
    paid = np.arange(len(order)) - np.searchsorted(rows["loan"][order], rows["loan"][order]) - begin[which]
    runs = (paid >= 0) & (paid < SECOND_TERMS)
    new = {name: column[order[runs]].copy() for name, column in rows.items()}
    paid = paid[runs]
    new["loan"] = book.next_loan + which[runs]
    new["cycle"] += 1
    new["born"] = new["start"] = new["month"] - paid
    new["amount"] = new["base"] = np.maximum(new["amount"] // 60_000, 15) * 5_000
    new["terms"] = np.full(len(paid), SECOND_TERMS)
    new["part"] = part_of(new["base"], new["terms"])
    new["paid"] = new["due"] = paid
    new["balance"] = new["base"] - new["part"] * paid
    new["instalment"] = instalment(new)
    return new


def loans(book: Book, rows: Columns, officers: list[list[str]], group_of: Texts) -> Table:
    """The loan snapshots of a branch; `officers` names the staff by post and month."""
    prefix = f"{book.branch.no:02d}"
    lost, village = rows["lost"] > 0, rows["product"] == VILLAGE
    late = np.where(lost, 0, rows["lag"])
    oldest = day(rows["start"] + rows["paid"] + 1, rows["day"])
    days = np.where(late > 0, (month_end(rows["month"]) - oldest).astype(np.int64), 0)
    overdue = np.minimum(rows["part"] * (rows["due"] - rows["paid"]), rows["balance"])
    clients = numbers(f"{prefix}-", rows["borrower"], 5)
    groups = numbers(f"{prefix}-V", rows["borrower"], 3)
    return {
        "as_of": month_end(rows["month"]),
        "loan_id": numbers(f"{prefix}-L", rows["loan"], 5),
        "client_id": np.where(village, None, clients),
        "group_id": np.where(village, groups, group_of[np.where(village, 0, rows["borrower"])]),
        "branch_id": np.full(len(days), book.branch.id, dtype=object),
        "product_id": np.array(PRODUCTS, dtype=object)[rows["product"]],
        "officer_id": np.array(officers, dtype=object)[rows["post"], rows["month"]],
        "cycle_no": rows["cycle"],
        "members": np.where(village, rows["members"], None),
        "women_members": np.where(village, rows["women"], None),
        "disbursed_on": day(rows["born"], rows["day"]),
        "disbursed_amount": rows["amount"],
        "maturity_on": day(rows["start"] + rows["terms"], rows["day"]),
        "principal_outstanding": rows["balance"],
        "overdue_principal": np.where(lost, 0, overdue),
        "overdue_over_30": np.where(lost, 0, _old(rows, overdue)),
        "days_past_due": days,
        "instalment_month": rows["instalment"],
        "nominal_rate_pct": np.array(RATE)[rows["product"]],
        "purpose_sector": _sector(book, rows),
        "status": np.where(lost, "written_off", "active").astype(object),
        "is_renegotiated": rows["renegotiated"] > 0,
        "written_off_on": np.where(lost, _written_off_on(rows), np.datetime64("NaT")),
        "written_off_amount": np.where(lost, rows["lost"], None),
    } | _checks(book, rows)


def _old(rows: Columns, overdue: Ints) -> Ints:
    """Of what is overdue, the instalments that fell due more than 30 days ago: all but the last one or two."""
    young = sum(
        month_end(rows["month"]) - day(rows["start"] + rows["due"] - back, rows["day"]) <= np.timedelta64(30, "D")
        for back in (0, 1)
    )
    return np.minimum(rows["part"] * np.maximum(rows["due"] - rows["paid"] - young, 0), overdue)


def _checks(book: Book, rows: Columns) -> Table:
    """What was done before each loan was lent: nearly always all of it, except where growth or targets press."""
    draw = dice(book.branch.no, 100).random((5, int(rows["loan"].max()) + 1))[:, rows["loan"]]
    since, weakness = WEAK.get(book.branch.id, (LAST + 1, 0.0))
    weak = np.where(rows["born"] >= since, weakness, 0.0)
    done = {name: draw[place] < share - weak * press for place, (name, share, press) in enumerate(CHECKS)}
    return done | {"is_green": draw[4] < np.where(rows["product"] == AGRICULTURAL, 0.12, 0.015)}


def schedule(book: Book, rows: Columns) -> Table:
    """Instalments due in the last months of the sample, of loans then on the book, each with when it was met."""
    order = np.lexsort((rows["month"], rows["loan"]))
    rows = {name: column[order] for name, column in rows.items()}
    count = rows["month"] - rows["start"]
    at = np.flatnonzero(
        (rows["month"] > LAST - SCHEDULED) & (rows["lost"] == 0) & (count >= 1) & (count <= rows["terms"])
    )
    after = _months_to_pay(rows, at, count[at])
    met = after >= 0
    due = day(rows["month"][at], rows["day"][at])
    draw = dice(book.branch.no, 101).random((2, len(at)))
    slack = np.where(draw[0] < SLOW, 1 + (draw[1] * 9).astype(np.int64), -(draw[1] * 3).astype(np.int64))
    soon = np.minimum(due + slack, month_end(rows["month"][at]))
    paid_on = np.where(after > 0, day(rows["month"][at] + after, 1 + (draw[1] * 27).astype(np.int64)), soon)
    principal = np.minimum(rows["part"], np.maximum(rows["base"] - rows["part"] * (count - 1), 0))[at]
    interest = np.maximum(rows["instalment"] - rows["part"], 0)[at]
    return {
        "loan_id": numbers(f"{book.branch.no:02d}-L", rows["loan"][at], 5),
        "instalment_no": (rows["month"] - rows["born"])[at],
        "due_on": due,
        "due_principal": principal,
        "due_interest": interest,
        "paid_principal": np.where(met, principal, 0),
        "paid_interest": np.where(met, interest, 0),
        "paid_on": np.where(met, paid_on, np.datetime64("NaT")),
        "completed": met,
    }


def _months_to_pay(rows: Columns, at: Ints, count: Ints) -> Ints:
    """Months from the due month to the one at whose end the instalment is met, 0 the same; -1 not yet."""
    after = np.full(len(at), -1)
    for months in reversed(range(SCHEDULED)):
        then = np.minimum(at + months, len(rows["loan"]) - 1)
        same = (rows["loan"][then] == rows["loan"][at]) & (rows["start"][then] == rows["start"][at])
        paid = same & (rows["month"][then] - rows["month"][at] == months) & (rows["paid"][then] >= count)
        after = np.where(paid & (rows["lost"][then] == 0), months, after)
    return after


def _written_off_on(rows: Columns) -> Dates:
    return day(rows["month"], 20 + rows["loan"] % 8)


def _sector(book: Book, rows: Columns) -> Texts:
    """What each borrower's loans finance: farming for agricultural loans, else mostly trade."""
    draw = dice(book.branch.no, 3).random(max(book.persons, book.groups))[rows["borrower"]]
    farm = np.where(draw < 0.7, 5, 6)
    other = np.searchsorted([0.45, 0.62, 0.78, 0.90, 0.96], draw)
    return np.array(SECTORS, dtype=object)[np.where(rows["product"] == 3, farm, other)]


def transactions(book: Book, rows: Columns) -> Table:
    """Disbursements, write-offs and recoveries of a branch in the 24 months."""
    first = (rows["born"] == rows["month"]) & (rows["lost"] == 0)
    lost = np.flatnonzero(rows["lost"] > 0)
    back, amount = _recoveries(book, rows, lost)
    at = np.concatenate([np.flatnonzero(first), lost, back])
    kinds = np.array(["disbursement", "write_off", "recovery"], dtype=object)
    kind = np.repeat(kinds, [first.sum(), len(lost), len(back)])
    on = np.concatenate([
        day(rows["born"][first], rows["day"][first]), _written_off_on(rows)[lost],
        day(rows["month"][back] + 2 + rows["loan"][back] % 5, rows["day"][back]),
    ])
    money = np.concatenate([rows["amount"][first], rows["lost"][lost], amount])
    prefix = f"{book.branch.no:02d}"
    keep = on <= month_end(LAST)
    order = np.flatnonzero(keep)[np.lexsort((at[keep], on[keep]))]
    return {
        "txn_id": numbers(f"{prefix}-T", np.arange(len(order)), 5),
        "loan_id": numbers(f"{prefix}-L", rows["loan"][at[order]], 5),
        "branch_id": np.full(len(order), book.branch.id, dtype=object),
        "product_id": np.array(PRODUCTS, dtype=object)[rows["product"][at[order]]],
        "txn_on": on[order],
        "txn_type": kind[order],
        "amount": money[order],
        "principal": money[order],
    }


def _recoveries(book: Book, rows: Columns, lost: Ints) -> tuple[Ints, Ints]:
    """Which written-off loans bring money back later, and how much."""
    draw = dice(book.branch.no, 4).random((2, len(lost)))
    back = lost[draw[0] < RECOVERED[0]]
    share = RECOVERED[1] * (0.5 + draw[1][draw[0] < RECOVERED[0]])
    return back, np.round(rows["lost"][back] * share / 500).astype(np.int64) * 500
