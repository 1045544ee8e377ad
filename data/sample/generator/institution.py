"""The whole institution: every branch simulated, its tables joined, the ledger drawn up from them."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from generator import extras, ledger, people, staff, tables, voices
from generator.book import simulate
from generator.branches import Branch
from generator.clock import FIRST, MONTHS, Ints, month_end
from generator.lending import Book, Columns
from generator.tables import INSTITUTION, Table

CLIENTS = 12_000


def build(branches: tuple[Branch, ...]) -> dict[str, pa.Table]:
    """Every canonical table that the sample fills, by name."""
    books = [simulate(branch) for branch in branches]
    rows = [tables.book_rows(book) for book in books]
    found: dict[str, list[Table]] = {}
    first = 1
    for book, own, savers in zip(books, rows, _savers(books), strict=True):
        posts = staff.posts(book.branch)
        own_staff, officers = staff.people(book.branch, posts, first)
        first += len(own_staff["staff_id"])
        for name, table in _branch(book, own, savers, officers).items():
            found.setdefault(name, []).append(table)
        found.setdefault("staff", []).append(own_staff)
    found["staff"].append(staff.people(None, staff.head_office(), first)[0])
    found |= {"board": [staff.board()], "products": [tables.products()], "branches": [_branches(branches)]}
    found |= {"institutions": [_institution()], "parameters": [_parameters()]}
    joined = {name: _join(parts) for name, parts in found.items()}
    flows = ledger.flows(_concatenate(rows), _money(joined["loan_transactions"]), _headcount(joined["staff"]))
    joined |= {"financials_monthly": _join([ledger.ledger(flows)])}
    for part in extras.PARTS:
        joined |= {name: _join([table]) for name, table in part.tables(joined).items()}
    return joined


def _branch(book: Book, rows: Columns, savers: int, officers: list[list[str]]) -> dict[str, Table]:
    clients = people.clients(book, rows, savers)
    group_of, solidarity = people.solidarity_groups(book, rows, clients)
    found = {
        "clients": clients,
        "loans": tables.loans(book, rows, officers, group_of),
        "loan_transactions": tables.transactions(book, rows),
        "loan_schedule": tables.schedule(book, rows),
        "client_surveys": voices.surveys(book, rows, clients),
        "complaints": voices.complaints(book, rows, clients, officers),
    }
    groups = [solidarity] + ([people.village_groups(book, rows)] if book.groups else [])
    return found | {"groups": {name: np.concatenate([group[name] for group in groups]) for name in solidarity}}


def _savers(books: list[Book]) -> Ints:
    """Clients without a loan, shared over the branches so that all clients are 12,000."""
    left = CLIENTS - sum(book.persons for book in books)
    if left < 0:
        raise ValueError(f"{CLIENTS - left} clients have loans, more than {CLIENTS}")
    return np.diff(np.arange(len(books) + 1) * left // len(books))


def _branches(branches: tuple[Branch, ...]) -> Table:
    return {
        "branch_id": [branch.id for branch in branches],
        "branch_name": [branch.name for branch in branches],
        "region": [branch.region for branch in branches],
        "urban_rural": [branch.setting for branch in branches],
        "manager": [branch.manager for branch in branches],
        "opened_on": [np.datetime64(branch.opened) for branch in branches],
    }


def _institution() -> Table:
    return {
        "institution_name": ["Demo MFI (synthetic)"],
        "country": ["Invented country"],
        "region": ["Africa"],
        "legal_status": ["Non-bank financial institution"],
        "currency": ["XOF"],
    }


def _parameters() -> Table:
    prices = [round(100 * 1.0024**month, 1) for month in range(MONTHS)]   # a little below 3 % a year
    months = [FIRST.astype("datetime64[D]") if month == 0 else month_end(month - 1) + 1 for month in range(MONTHS)]
    return {
        "parameter": ["gni_per_capita"] * 3 + ["cpi"] * MONTHS,
        "value": [1_420_000.0, 1_470_000.0, 1_525_000.0, *prices],
        "valid_from": [*(np.datetime64(f"{year}-01-01") for year in (2024, 2025, 2026)), *months],
        "source": ["Invented for the sample"] * (3 + MONTHS),
    }


def _join(parts: Iterable[Table]) -> pa.Table:
    """One table from the branches' parts, with the institution's id before every row."""
    made = []
    for part in parts:
        columns = {name: _array(values) for name, values in part.items()}
        length = len(next(iter(columns.values())))
        made.append(pa.table({"institution_id": pa.array([INSTITUTION] * length)} | columns))
    return pa.concat_tables(made, promote_options="permissive")


def _array(values: object) -> pa.Array:
    if isinstance(values, list) and any(isinstance(value, np.datetime64) for value in values):
        values = np.array([np.datetime64("NaT") if value is None else value for value in values], "datetime64[D]")
    return pa.array(values, from_pandas=True)


def _concatenate(rows: list[Columns]) -> Columns:
    return {name: np.concatenate([own[name] for own in rows]) for name in rows[0]}


def _money(transactions: pa.Table) -> dict[str, Ints]:
    """Sums of the transactions by kind and month."""
    on = transactions["txn_on"].to_numpy().astype("datetime64[M]")
    month = (on - np.datetime64("2024-10", "M")).astype(np.int64)
    kind, amount = transactions["txn_type"].to_numpy(zero_copy_only=False), transactions["amount"].to_numpy()
    sums = {}
    for name in ("disbursement", "write_off", "recovery"):
        sums[name] = np.zeros(MONTHS, np.int64)
        np.add.at(sums[name], month[kind == name], amount[kind == name])
    return sums


def _headcount(people_table: pa.Table) -> Ints:
    """Staff at each month-end."""
    ends = (np.datetime64("2024-10", "M") + np.arange(1, MONTHS + 1)).astype("datetime64[D]")
    joined = people_table["joined_on"].to_numpy().astype("datetime64[D]")
    left = people_table["left_on"].to_numpy(zero_copy_only=False).astype("datetime64[D]")
    here = (joined[:, None] < ends) & (np.isnat(left)[:, None] | (left[:, None] >= ends))
    return here.sum(axis=0)
