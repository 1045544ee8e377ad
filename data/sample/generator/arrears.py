"""Who pays, who falls behind, whose loan is renegotiated or written off: steered to the branch's path."""

import numpy as np

from generator.clock import LAST, Ints, path
from generator.lending import VILLAGE, Book, balance, due, lag, part_of

LOST_AFTER = 5     # months late from which a loan may be written off


def found(book: Book) -> None:
    """Give the first loan book its late and its renegotiated loans."""
    loans, branch = book.loans, book.branch
    owed = balance(loans)
    total = owed.sum()
    order = book.rng.permutation(np.flatnonzero(loans["paid"] >= 3))
    late = _take(owed + 3 * loans["part"], order, path(branch.late, [0])[0] * total)
    loans["paid"][late] -= book.rng.integers(2, 1 + np.minimum(loans["paid"][late], 6))
    order = np.setdiff1d(order, late, assume_unique=True)
    early = _take(owed + loans["part"], book.rng.permutation(order), _early(book, 0) * total)
    loans["paid"][early] -= 1
    order = np.setdiff1d(order, early, assume_unique=True)
    eased = _take(owed, book.rng.permutation(order), path(branch.renegotiated, [0])[0] * total)
    loans["renegotiated"][eased] = 1


def repay(book: Book, month: int) -> None:
    """Instalments of the month: those on time pay, those behind catch up, pay one, or pay nothing."""
    loans = book.loans
    before = lag(loans, month - 1)
    draw = book.rng.random(len(before))
    catch_up = np.where(before == 0, True, np.where(before == 1, draw < 0.55, draw < 0.12))
    pay_one = ~catch_up & np.where(before == 1, draw < 0.70, draw < 0.40)
    loans["before"] = loans["paid"].copy()
    loans["paid"] = np.where(catch_up, due(loans, month), loans["paid"] + pay_one)


def write_off(book: Book, month: int) -> None:
    """Write off the oldest of the late loans, as much as the branch's path allows; groups pay in the end."""
    loans = book.loans
    owed, late = balance(loans), lag(loans, month)
    allowed = path(book.branch.written_off, [month])[0] / 12 * owed.sum() + book.carry.get("lost", 0.0)
    order = np.flatnonzero((late >= LOST_AFTER) & (loans["product"] != VILLAGE))
    order = order[np.argsort(-late[order], kind="stable")]
    chosen = _take(owed, order, allowed)
    loans["lost"][chosen] = owed[chosen]
    book.carry["lost"] = min(allowed - owed[chosen].sum(), 0.02 * owed.sum())


def steer(book: Book, month: int) -> None:
    """Bring the renegotiated and the late part of the portfolio to the branch's path."""
    total = balance(book.loans).sum()
    _renegotiate(book, month, path(book.branch.renegotiated, [month])[0] * total)
    _late(book, month, path(book.branch.late, [month])[0] * total)
    _fall_behind(book, month, _early(book, month) * total)


def _renegotiate(book: Book, month: int, wanted: float) -> None:
    """Give loans in difficulty a new, longer schedule: they are then no longer late."""
    loans, rng = book.loans, book.rng
    owed, late = balance(loans), lag(loans, month)
    missing = wanted - owed[loans["renegotiated"] == 1].sum()
    able = (loans["renegotiated"] == 0) & (loans["product"] != VILLAGE) & (owed > 0) & (late <= 3)
    open_to = np.flatnonzero(able & (month - loans["start"] >= 2))
    order = open_to[np.lexsort((rng.random(len(open_to)), -late[open_to]))]
    chosen = _take(owed, order, missing)
    loans["base"][chosen] = owed[chosen]
    loans["terms"][chosen] = np.minimum(loans["terms"][chosen] - loans["paid"][chosen] + 6, 24)
    loans["part"][chosen] = part_of(loans["base"][chosen], loans["terms"][chosen])
    loans["start"][chosen] = month
    loans["paid"][chosen] = 0
    loans["before"][chosen] = 0
    loans["renegotiated"][chosen] = 1


def _late(book: Book, month: int, wanted: float) -> None:
    """Let loans one month late fall further behind, or late ones catch up, until the late part fits."""
    loans, rng = book.loans, book.rng
    owed, late = balance(loans), lag(loans, month)
    have = owed[late >= 2].sum()
    if have > wanted:
        order = rng.permutation(np.flatnonzero((late >= 2) & (late < LOST_AFTER)))
        cured = _take(owed, order, have - wanted)
        loans["paid"][cured] = due(loans, month)[cured]
        return
    kept = loans | {"paid": loans["before"]}
    behind = lag(kept, month)
    order = rng.permutation(np.flatnonzero((behind == 2) & (late < 2) & (loans["lost"] == 0)))
    chosen = _take(balance(kept), order, wanted - have)
    loans["paid"][chosen] = loans["before"][chosen]


def _fall_behind(book: Book, month: int, wanted: float) -> None:
    """Let loans that were on time miss the month's instalment."""
    loans = book.loans
    owed, late = balance(loans), lag(loans, month)
    on_time = (late == 0) & (loans["paid"] > loans["before"]) & (owed > 0) & (loans["paid"] == loans["before"] + 1)
    order = book.rng.permutation(np.flatnonzero(on_time))
    chosen = _take(owed, order, wanted - owed[late == 1].sum())
    loans["paid"][chosen] -= 1


def _early(book: Book, month: int) -> float:
    """Part of the portfolio up to 30 days late: enough to feed next month's late loans."""
    now, then = path(book.branch.late, [month, min(month + 1, LAST)])
    return 0.012 + 0.45 * now + 1.6 * max(then - now, 0.0)


def _take(owed: Ints, order: Ints, wanted: float) -> Ints:
    """Loans in their order until their balances reach the wanted sum; one that is far too large is passed over."""
    chosen: list[int] = []
    left = wanted
    for loan in order.tolist():
        if left <= 0:
            break
        if 0.75 * owed[loan] <= left:
            chosen.append(loan)
            left -= owed[loan]
    return np.array(chosen, np.int64)
