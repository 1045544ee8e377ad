"""Clients and groups: who they are, where they live, what they earn and what they owe elsewhere."""

import numpy as np

from generator.branches import Branch
from generator.clock import LAST, Ints, day, dice, month_end, spread
from generator.lending import SOLIDARITY, VILLAGE, Book, Columns
from generator.tables import Table, Texts, numbers

GROUP_SIZE = 5
INCOME_KNOWN = 0.90
LINE = 0.5               # instalments by income above which a client counts as over-indebted
DISTRICTS = {            # of each region: where its villages lie, where its town lies
    "Sahanda": ("Sahanda Plains", "Sahanda Town"),
    "Zantou": ("Zantou River", "Zantou Heights"),
    "Delvara": ("Delvara Shore", "Delvara Town"),
    "Kerabo": ("Kerabo Savanna", "Kerabo Town"),
}
POVERTY = ("poorest", "poor", "near_poor", "not_poor")
RURAL_POVERTY, TOWN_POVERTY = (0.14, 0.46, 0.74), (0.04, 0.22, 0.52)   # cumulative shares, poorest first
NAMES = ("Sanaba", "Tilora", "Kedima", "Wassoli", "Nabéra", "Fadoni", "Mirako", "Yelenba", "Dossira", "Kalima")


def clients(book: Book, rows: Columns, savers: int) -> Table:
    """Everyone who had a loan in the 24 months, and some who only save."""
    branch, n = book.branch, book.persons + savers
    rng = dice(branch.no, 5)
    women, rural = _marks(branch.women, n, rng), _marks(branch.rural, n, rng)
    first, last = _spans(book, rows)
    joined = np.concatenate([first, day(rng.integers(2, LAST, savers), rng.integers(1, 29, savers))])
    gone = np.concatenate([last < LAST, np.zeros(savers, np.bool_)])
    left = day(np.concatenate([np.minimum(last + 1, LAST), np.zeros(savers, np.int64)]), rng.integers(1, 29, n))
    income, bureau = _means(book, rows, rng)
    young = _marks(branch.young, n, rng)
    age = np.where(young, rng.integers(21 * 365, 35 * 365 - 20, n), rng.integers(35 * 365 + 30, 64 * 365, n))
    lenders = np.where(bureau > 0, 2 + (bureau // 500) % 2, 1)
    known = income > 0
    unknown = np.full(savers, None, dtype=object)
    return {
        "client_id": numbers(f"{branch.no:02d}-", np.arange(n), 5),
        "branch_id": np.full(n, branch.id, dtype=object),
        "client_type": np.full(n, "person", dtype=object),
        "gender": np.where(women, "F", "M").astype(object),
        "birth_date": month_end(LAST) - age.astype("timedelta64[D]"),
        "location": np.where(rural, "rural", _town(branch)).astype(object),
        "joined_on": joined,
        "exited_on": np.where(gone, left, np.datetime64("NaT")),
        "household_income_month": np.concatenate([np.where(known, income, None), unknown]),
        "bureau_instalment_month": np.concatenate([np.where(known, bureau, None), unknown]),
        "active_lenders": np.concatenate([np.where(known, lenders, None), unknown]),
    } | _profile(branch, women, rural, young)


def _profile(branch: Branch, women: np.ndarray, rural: np.ndarray, young: np.ndarray) -> Table:
    """What an interview at enrolment adds; for some clients nobody asked."""
    rng = dice(branch.no, 160)
    n = len(women)
    outer, town = DISTRICTS[branch.region]
    near = rural ^ (rng.random(n) < 0.06)
    draw = rng.random(n)
    steps = np.where(rural[:, None], RURAL_POVERTY, TOWN_POVERTY)
    band = (draw[:, None] >= steps).sum(axis=1)
    asked = rng.random(n) < 0.93
    disabled = rng.random(n) < 0.028
    target = (women & rural) | (band < 2) | disabled | (young & women)
    before = rng.random(n) < np.where(rural, 0.14, 0.33)
    return {
        "district": np.where(near, outer, town).astype(object),
        "prior_formal_credit": _where(rng.random(n) < 0.90, before),
        "disability": _where(asked, disabled),
        "is_staff": (rng.random(n) < 0.004).astype(object),
        "poverty_band": _where(asked, np.array(POVERTY, dtype=object)[band]),
        "target_segment": _where(asked, target),
    }


def _where(known: np.ndarray, values: np.ndarray) -> Texts:
    return np.where(known, values.astype(object), None)


def _marks(share: float, n: int, rng: np.random.Generator) -> np.ndarray:
    return spread(np.full(n, share), rng)


def _town(branch: Branch) -> str:
    return "urban" if branch.setting == "urban" else "peri_urban"


def _spans(book: Book, rows: Columns) -> tuple[np.ndarray, Ints]:
    """Day on which each person joined, and the last month with a loan."""
    person = np.flatnonzero(rows["product"] != VILLAGE)
    order = person[np.lexsort((rows["month"][person], rows["born"][person], rows["borrower"][person]))]
    start = np.searchsorted(rows["borrower"][order], np.arange(book.persons))
    head = order[start]
    before = 4 + rows["loan"][head] % 17 + (rows["cycle"][head] - 1) * 345
    joined = day(rows["born"][head], rows["day"][head]) - before.astype("timedelta64[D]")
    last = np.full(book.persons, -1)
    active = person[rows["balance"][person] > 0]
    np.maximum.at(last, rows["borrower"][active], rows["month"][active])
    return joined, last


def _means(book: Book, rows: Columns, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Household income (0 = not known) and instalments to other lenders, set from each person's loans.

    The over-indebted of the branch's figure are so with their latest loan; so is everyone whose loan was topped
    up, though not before. All others could carry even the heaviest loan they had.
    """
    n = book.persons
    instalment, heaviest, latest, second = _burden(book, rows)
    known = _marks(INCOME_KNOWN, n, rng)
    share = np.where(rng.random(n) < 0.42, 0.25 + 0.35 * rng.random(n), 0.0)
    bureau = np.round(instalment * share / 500).astype(np.int64) * 500
    over = np.zeros(n, np.bool_)
    active = latest == LAST
    topped = np.isin(np.arange(n), book.topped_up) & active
    bureau = np.where(topped, bureau // 2, bureau) // 500 * 500
    for group in (active, ~active):
        able = rng.permutation(np.flatnonzero(group & known & ~second & ~topped))
        over[able[: round(book.branch.overindebted * (group & known).sum())]] = True
    ratio = np.where(over, 0.54 + 0.26 * rng.random(n), 0.13 + 0.31 * rng.random(n))
    ratio = np.where(topped, 0.52 + 0.06 * rng.random(n), ratio)
    ratio = np.where(second, 0.15 + 0.15 * rng.random(n), ratio)
    owed = np.where(over | topped, instalment, heaviest) + bureau
    income = np.round(owed / ratio / 1000).astype(np.int64) * 1000
    return np.where(known, income, 0), bureau


def _burden(book: Book, rows: Columns) -> tuple[Ints, Ints, Ints, np.ndarray]:
    """Each person's latest instalment, heaviest instalment, last month with a loan, and who had a second loan."""
    person = np.flatnonzero((rows["product"] != VILLAGE) & (rows["balance"] > 0))
    latest = np.full(book.persons, -1)
    np.maximum.at(latest, rows["borrower"][person], rows["month"][person])
    now = person[rows["month"][person] == latest[rows["borrower"][person]]]
    instalment, heaviest = np.full((2, book.persons), 5_000)
    np.maximum.at(instalment, rows["borrower"][now], rows["instalment"][now])
    np.maximum.at(heaviest, rows["borrower"][person], rows["instalment"][person])
    second = np.zeros(book.persons, np.bool_)
    second[rows["borrower"][rows["loan"] >= book.next_loan]] = True
    return instalment, heaviest, latest, second


def solidarity_groups(book: Book, rows: Columns, people: Table) -> tuple[Texts, Table]:
    """Groups of five for solidarity loans: the group of each person (or none), and the groups' rows."""
    branch = book.branch
    borrower = np.unique(rows["borrower"][rows["product"] == SOLIDARITY])
    gender, location, joined = (np.asarray(people[name])[borrower] for name in ("gender", "location", "joined_on"))
    order = np.lexsort((joined, location.astype(str), gender.astype(str)))
    number = np.zeros(len(borrower), np.int64)
    number[order] = np.arange(len(borrower)) // GROUP_SIZE
    names = numbers(f"{branch.no:02d}-S", np.unique(number), 3)
    group_of = np.full(max(book.persons, 1), None, dtype=object)
    group_of[borrower] = names[number]
    heads = order[np.arange(0, len(order), GROUP_SIZE)]
    women = np.bincount(number, weights=gender == "F").astype(np.int64)
    return group_of, {
        "group_id": names,
        "group_name": _names(names, 0),
        "branch_id": np.full(len(names), branch.id, dtype=object),
        "location": location[heads],
        "formed_on": joined[heads],
        "members": np.bincount(number),
        "women_members": women,
    }


def village_groups(book: Book, rows: Columns) -> Table:
    """Village banking groups, with the members of their latest loan."""
    branch, n = book.branch, book.groups
    village = np.flatnonzero(rows["product"] == VILLAGE)
    order = village[np.lexsort((rows["month"][village], rows["borrower"][village]))]
    head = order[np.searchsorted(rows["borrower"][order], np.arange(n))]
    tail = order[np.searchsorted(rows["borrower"][order], np.arange(n), side="right") - 1]
    before = 30 + (rows["cycle"][head] - 1) * 290
    names = numbers(f"{branch.no:02d}-V", np.arange(n), 3)
    rural = _marks(min(branch.rural + 0.15, 1.0), n, dice(branch.no, 6))
    return {
        "group_id": names,
        "group_name": _names(names, 3),
        "branch_id": np.full(n, branch.id, dtype=object),
        "location": np.where(rural, "rural", _town(branch)).astype(object),
        "formed_on": day(rows["born"][head], rows["day"][head]) - before.astype("timedelta64[D]"),
        "members": rows["members"][tail],
        "women_members": rows["women"][tail],
    }


def _names(ids: Texts, shift: int) -> list[str]:
    """Invented group names, made one of a kind by a number."""
    return [f"{NAMES[(i * 7 + shift) % len(NAMES)]} {identifier[-4:]}" for i, identifier in enumerate(ids)]

