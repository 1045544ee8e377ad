"""What clients say: survey rounds each quarter and the complaints register."""

import numpy as np

from generator import sayings
from generator.clock import LAST, Dates, Ints, day, dice, month_end, path, spread
from generator.lending import VILLAGE, Book, Columns
from generator.tables import PRODUCTS, Table, Texts

ROUNDS = range(-10, LAST + 1, 3)      # December 2023 to September 2026
FIRST_COMPLAINTS = -13
PASSIVE = 0.28                        # answers 7 and 8
ANONYMOUS = 0.28                      # of persons; members of village groups always answer without a name
BANDS = ("under_25", "25_34", "35_49", "50_64", "65_plus")
CATEGORIES = ("service", "pricing", "transparency", "other", "privacy", "fraud")
CHANNELS = ("branch box", "call centre", "meeting", "branch desk")


def surveys(book: Book, rows: Columns, people: Table) -> Table:
    """All answers of a branch in long form: two questions a respondent."""
    rng = dice(book.branch.no, 8)
    parts = [_round(book, rows, people, month, rng) for month in ROUNDS]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _round(book: Book, rows: Columns, people: Table, month: int, rng: np.random.Generator) -> dict[str, Texts]:
    branch = book.branch
    n = round(path(branch.answers, [month])[0])
    at = _ask(rows, month, n, rng)
    village = rows["product"][at] == VILLAGE
    who = np.where(village, 0, rows["borrower"][at])
    on = day(np.full(n, month), rng.integers(3, 27, n))
    hidden = village | (rng.random(n) < ANONYMOUS) | ~_client_then(people, who, on)
    born = np.asarray(people["birth_date"])[who]
    band = np.searchsorted([25, 35, 50, 65], (on - born).astype(np.int64) / 365.25, side="right")
    nps = _nps(path(branch.nps, [month])[0], n, rng)
    life = _life(path(branch.life, [month])[0], n, rng)
    twice = {
        "survey_id": np.full(n, f"{np.datetime64('2024-10', 'M') + month}", dtype=object),
        "response_id": np.array([f"{branch.no:02d}-{i:03d}" for i in range(n)], dtype=object),
        "survey_type": np.full(n, "satisfaction", dtype=object),
        "client_id": np.where(hidden, None, np.asarray(people["client_id"])[who]),
        "branch_id": np.where(hidden, branch.id, None),
        "product_id": np.array(PRODUCTS, dtype=object)[rows["product"][at]],
        "gender": np.where(hidden, np.where(village, "F", np.asarray(people["gender"])[who]), None),
        "location": np.where(hidden, np.where(village, _village(book), np.asarray(people["location"])[who]), None),
        "age_band": np.where(hidden & ~village, np.array(BANDS, dtype=object)[band], None),
        "answered_on": on,
        "mode": np.where(village, "meeting", np.where(hidden, "phone", "visit")).astype(object),
    }
    answers = {
        "question_key": np.repeat(np.array(["nps", "quality_of_life"], dtype=object), n),
        "answer_code": np.concatenate([np.full(n, None, dtype=object), life]),
        "answer_num": np.concatenate([nps.astype(object), np.full(n, None, dtype=object)]),
    }
    return {name: np.concatenate([column, column]) for name, column in twice.items()} | answers


def _village(book: Book) -> str:
    return "rural" if book.branch.rural > 0.2 else "peri_urban"


def _ask(rows: Columns, month: int, n: int, rng: np.random.Generator) -> Ints:
    """Rows of borrowers to ask: members of a group as likely as others."""
    at = np.flatnonzero((rows["month"] == max(month, 0)) & (rows["balance"] > 0))
    weight = rows["members"][at] / rows["members"][at].sum()
    return rng.choice(at, size=n, p=weight)


def _client_then(people: Table, who: Ints, on: Dates) -> np.ndarray:
    """Marks those who were clients on the day; the others must not be named."""
    joined, left = np.asarray(people["joined_on"])[who], np.asarray(people["exited_on"])[who]
    return (joined <= on) & (np.isnat(left) | (on <= left))


def _nps(value: float, n: int, rng: np.random.Generator) -> Ints:
    """Answers 0 to 10 whose promoters less detractors give the wanted score."""
    promoters = round(n * (1 - PASSIVE + value) / 2)
    detractors = max(round(promoters - value * n), 0)
    scores = np.concatenate([
        rng.integers(9, 11, promoters), 6 - np.minimum(rng.geometric(0.45, detractors) - 1, 6),
        rng.integers(7, 9, n - promoters - detractors),
    ])
    return rng.permutation(scores)


def _life(improved: float, n: int, rng: np.random.Generator) -> Texts:
    better = round(n * improved)
    good = np.where(rng.random(better) < 0.4, "very_much_improved", "slightly_improved")
    kind = np.searchsorted([0.65, 0.92], rng.random(n - better))
    rest = np.array(["no_change", "slightly_worse", "much_worse"])[kind]
    return rng.permutation(np.concatenate([good, rest]).astype(object))


def complaints(book: Book, rows: Columns, people: Table, officers: list[list[str]]) -> Table:
    """The complaints of a branch from September 2023."""
    branch, rng = book.branch, dice(book.branch.no, 9)
    months = np.arange(FIRST_COMPLAINTS, LAST + 1)
    conduct = _counts(path(branch.conduct, months))
    other = _counts(path(branch.complaints, months))
    month = np.repeat(np.concatenate([months, months]), np.concatenate([conduct, other]))
    n = len(month)
    kind = np.concatenate([
        np.full(conduct.sum(), "collection_conduct", dtype=object),
        np.array(CATEGORIES, dtype=object)[np.searchsorted([0.42, 0.62, 0.80, 0.95, 0.99], rng.random(other.sum()))],
    ])
    received = day(month, rng.integers(1, 29, n))
    order = np.lexsort((np.arange(n), received))
    month, kind, received = month[order], kind[order], received[order]
    at = np.concatenate([_ask(rows, int(value), 1, rng) for value in month])
    village = rows["product"][at] == VILLAGE
    who = np.where(village, 0, rows["borrower"][at])
    named = ~village & (rng.random(n) < 0.72) & _client_then(people, who, received)
    slow = spread(path(branch.slow, month), rng)
    closed = received + np.where(slow, rng.integers(34, 80, n), rng.integers(2, 29, n)).astype("timedelta64[D]")
    done = closed <= month_end(LAST)
    staffed = np.array(officers, dtype=object)[rows["post"][at], np.maximum(month, 0)]
    outcome = np.array(["upheld", "partly", "rejected"], dtype=object)[np.searchsorted([0.45, 0.75], rng.random(n))]
    return {
        "complaint_id": np.array([f"{branch.no:02d}-C{i:04d}" for i in range(n)], dtype=object),
        "received_on": received,
        "channel": np.array(CHANNELS, dtype=object)[rng.integers(0, 4, n)],
        "client_id": np.where(named, np.asarray(people["client_id"])[who], None),
        "branch_id": np.full(n, branch.id, dtype=object),
        "product_id": np.array(PRODUCTS, dtype=object)[rows["product"][at]],
        "officer_id": np.where((kind == "collection_conduct") & (month >= 0), staffed, None),
        "category": kind,
        "severity": np.where(kind == "collection_conduct", rng.integers(3, 5, n), rng.integers(1, 4, n)),
        "description": sayings.described(kind),
        "closed_on": np.where(done, closed, np.datetime64("NaT")),
        "outcome": np.where(done, outcome, None),
        "satisfied": np.where(done, rng.random(n) < np.where(slow, 0.4, 0.8), None),
        "may_quote": sayings.consent(n, branch.no, 210),
    }


def _counts(rates: np.ndarray) -> Ints:
    """Whole numbers of events whose fractions add up over the months."""
    return np.diff(np.floor(np.cumsum(np.concatenate([[0.5], rates])) + 1e-9)).astype(np.int64)
