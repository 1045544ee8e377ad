"""One branch's loan book, carried forward month by month: repayments, exits, renewals, new clients."""

import numpy as np

from generator import arrears
from generator.branches import Branch
from generator.clock import MONTHS, Ints, dice, path
from generator.lending import (
    AGRICULTURAL,
    COLUMNS,
    GRACE,
    INDIVIDUAL,
    SOLIDARITY,
    STEP,
    TERMS,
    TYPICAL,
    VILLAGE,
    Book,
    Columns,
    balance,
    due,
    lag,
    part_of,
)

MEMBERS = (22, 31)        # of a village group, the upper end left out
TOP_UP = 1.40             # a topped-up loan's instalment by the one before


def simulate(branch: Branch) -> Book:
    """The loan book of a branch at all month-ends."""
    book = Book(branch, dice(branch.no, 1), {name: np.zeros(0, np.int64) for name in (*COLUMNS, "before")})
    _found(book)
    for month in range(MONTHS):
        if month:
            _month(book, month)
        _record(book, month)
        book.keep(book.loans["lost"] == 0)
    return book


def _record(book: Book, month: int) -> None:
    """Keep the month-end's state of all loans that are owed or were written off in the month."""
    loans = book.loans
    owed = balance(loans)
    state = {name: loans[name] for name in COLUMNS}
    state |= {"balance": owed, "lag": lag(loans, month), "due": due(loans, month), "month": np.full(len(owed), month)}
    shown = (owed > 0) | (loans["lost"] > 0)
    book.snapshots.append({name: column[shown] for name, column in state.items()})


def _found(book: Book) -> None:
    """The clients that the branch has when the sample begins, their loans of every age."""
    branch, rng = book.branch, book.rng
    person, product = _people(book, branch.persons)
    members = np.concatenate([np.ones(len(person), np.int64), rng.integers(*MEMBERS, branch.groups)])
    borrower = np.concatenate([person, np.arange(branch.groups)])
    product = np.concatenate([product, np.full(branch.groups, VILLAGE)])
    book.groups = branch.groups
    cycle = np.minimum(rng.geometric(0.34, len(borrower)), 9)
    _lend(book, 0, borrower, product, cycle, _amounts(book, product, cycle, members), members, _women(rng, members))
    loans = book.loans
    age = rng.integers(0, loans["terms"] + np.array(GRACE)[product])
    loans["born"] -= age
    loans["start"] -= age
    loans["paid"] = due(loans, 0)
    loans["before"] = loans["paid"].copy()
    loans["post"] = _posts(book, 0, loans["members"])
    arrears.found(book)


def _month(book: Book, month: int) -> None:
    arrears.repay(book, month)
    arrears.write_off(book, month)
    loans = book.loans
    ended = (balance(loans) == 0) & (loans["lost"] == 0)
    leaving = _leaving(book, month, ended)
    larger = _topping_up(book, month, ended | leaving)
    again = {name: column[(ended & ~leaving) | larger] for name, column in loans.items()}
    larger = larger[(ended & ~leaving) | larger]
    book.keep(~(ended | leaving | np.isin(loans["loan"], again["loan"])))
    _renew(book, month, again, larger)
    _welcome(book, month)
    arrears.steer(book, month)


def _pace(branch: Branch, month: int) -> tuple[float, float]:
    """Monthly rates of growth and of drop-outs that give the year's growth and retention."""
    growth, keep = path(branch.growth, [month])[0], path(branch.keep, [month])[0]
    return (1 + growth) ** (1 / 12) - 1, ((1 + growth) / keep - 1 - growth) / (12 * (1 + growth / 2))


def _leaving(book: Book, month: int, ended: np.ndarray) -> np.ndarray:
    """Marks those who leave: mostly at the end of a loan; who was written off counts among them."""
    loans = book.loans
    person = loans["product"] != VILLAGE
    lost = int((person & (loans["lost"] > 0)).sum())
    quota = book.carried("leave", _pace(book.branch, month)[1] * person.sum() - lost)
    able = np.flatnonzero(person & (loans["lost"] == 0) & (loans["paid"] >= due(loans, month)))
    order = able[np.lexsort((book.rng.random(len(able)), -loans["paid"][able] / loans["terms"][able], ~ended[able]))]
    leaving = np.zeros(len(ended), np.bool_)
    leaving[order[:quota]] = True
    folding = book.rng.permutation(np.flatnonzero(~person & ended))
    leaving[folding[: book.carried("fold", path(book.branch.folded, [month])[0] / 12)]] = True
    return leaving


def _topping_up(book: Book, month: int, gone: np.ndarray) -> np.ndarray:
    """Marks running loans that a larger one replaces before their end."""
    loans = book.loans
    shares, persons = dict(book.branch.topped_up), (loans["product"] != VILLAGE).sum()
    running = month - loans["start"]
    able = (running >= 3) & (loans["product"] < VILLAGE) & (lag(loans, month) == 0) & (loans["lost"] == 0) & ~gone
    able &= ~np.isin(loans["borrower"], book.topped_up) & (loans["renegotiated"] == 0)
    order = book.rng.permutation(np.flatnonzero(able))[: round(shares.get(month, 0.0) * persons)]
    book.topped_up.extend(loans["borrower"][order].tolist())
    marks = np.zeros(len(able), np.bool_)
    marks[order] = True
    return marks


def _renew(book: Book, month: int, old: Columns, larger: np.ndarray) -> None:
    """New loans to those who stay, mostly somewhat larger than the one before."""
    n = len(old["loan"])
    factor = np.where(larger, TOP_UP, 0.96 + 0.18 * book.rng.random(n))
    amount = np.round(old["amount"] * factor / STEP).astype(np.int64) * STEP
    members = np.where(old["product"] == VILLAGE, np.maximum(old["members"] + book.rng.integers(-1, 2, n), 18), 1)
    women = np.minimum(old["women"] + np.maximum(members - old["members"], 0), members)
    first = len(book.loans["loan"])
    _lend(book, month, old["borrower"], old["product"], old["cycle"] + 1, amount, members, women, old["terms"])
    book.loans["post"][first:] = old["post"]


def _welcome(book: Book, month: int) -> None:
    """New persons and new village groups."""
    growth, leave = _pace(book.branch, month)
    now = int((book.loans["product"] != VILLAGE).sum())
    person, product = _people(book, book.carried("join", (growth + leave) * now))
    new_groups = book.carried("group", book.branch.new_groups / 12)
    borrower = np.concatenate([person, book.groups + np.arange(new_groups)])
    book.groups += new_groups
    product = np.concatenate([product, np.full(new_groups, VILLAGE)])
    members = np.where(product == VILLAGE, book.rng.integers(*MEMBERS, len(product)), 1)
    cycle = np.ones(len(borrower), np.int64)
    first = len(book.loans["loan"])
    amount = _amounts(book, product, cycle, members)
    _lend(book, month, borrower, product, cycle, amount, members, _women(book.rng, members))
    book.loans["post"][first:] = _posts(book, month, members)


def _people(book: Book, n: int) -> tuple[Ints, Ints]:
    """Numbers and products of new persons."""
    individual, solidarity, _ = book.branch.mix
    draw = book.rng.random(n)
    product = np.where(draw < individual, INDIVIDUAL, AGRICULTURAL)
    product[(draw >= individual) & (draw < individual + solidarity)] = SOLIDARITY
    number = book.persons + np.arange(n)
    book.persons += n
    return number, product


def _amounts(book: Book, product: Ints, cycle: Ints, members: Ints) -> Ints:
    """Amounts of loans to those without an earlier one in the book."""
    width = np.where(product == VILLAGE, 0.14, 0.42)
    spread = np.clip(book.rng.normal(0.0, 1.0, len(product)), -2.2, 2.8) * width
    base = np.array(TYPICAL)[product] * book.branch.size * members
    return np.round(base * np.exp(spread) * 1.05 ** np.minimum(cycle - 1, 6) / STEP).astype(np.int64) * STEP


def _women(rng: np.random.Generator, members: Ints) -> Ints:
    """Women in a village group: all, or all but one or two."""
    few = np.where(rng.random(len(members)) < 0.3, rng.integers(1, 3, len(members)), 0)
    return np.where(members > 1, members - few, 0)


def _posts(book: Book, month: int, members: Ints) -> Ints:
    """The officer's post of each new borrower: the open post with the fewest so far."""
    posts = int(path(book.branch.officers, [month])[0] + 1e-9)
    load = np.bincount(book.loans["post"], weights=book.loans["members"], minlength=posts)[:posts] * (month > 0)
    chosen = np.zeros(len(members), np.int64)
    for i in np.argsort(-members, kind="stable"):
        chosen[i] = int(np.argmin(load))
        load[chosen[i]] += members[i]
    return chosen


def _lend(
    book: Book, month: int, borrower: Ints, product: Ints, cycle: Ints, amount: Ints, members: Ints, women: Ints,
    terms: Ints | None = None,
) -> None:
    """Disburse loans."""
    n = len(borrower)
    if terms is None:
        terms = np.array(TERMS)[product, book.rng.integers(0, 3, n)]
    zero = np.zeros(n, np.int64)
    new = {
        "loan": book.next_loan + np.arange(n), "borrower": borrower, "product": product, "cycle": cycle,
        "born": zero + month, "day": book.rng.integers(1, 28, n), "amount": amount, "base": amount,
        "part": part_of(amount, terms), "terms": terms, "start": month + np.array(GRACE)[product], "paid": zero,
        "renegotiated": zero, "lost": zero, "post": zero, "members": members, "women": women, "before": zero,
    }
    book.next_loan += n
    book.loans = {name: np.concatenate([book.loans[name], new[name]]) for name in book.loans}
