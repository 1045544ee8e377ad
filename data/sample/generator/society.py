"""Staff surveys, training, savings, applications and hazards: drawn from the staff, clients and loans made before."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from generator import listening
from generator.branches import BRANCHES
from generator.clock import LAST, day, dice, month_end
from generator.people import DISTRICTS
from generator.tables import SECTORS, Table, numbers

HEAD_OFFICE = 0
NUMBER = {branch.id: branch.no for branch in BRANCHES}
ROUNDS = (-4, 8, 20)                # June of each year
MOODS = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
TOPICS = (("credit", 6.0), ("client_protection", 4.0), ("products", 6.0), ("safety", 3.0))
QUARTER_ENDS = (11, 14, 17, 20, 23)
APPLICATIONS = (11, LAST)           # months whose applications the register holds
REASONS = ("capacity to repay", "debts elsewhere", "business too young", "guarantor missing", "documents missing")
HAZARDS = {                         # district: hazard and the sectors that it strikes
    "Sahanda Plains": ("drought", ("agriculture", "livestock")),
    "Zantou River": ("flood", ("agriculture", "livestock", "trade", "food")),
    "Zantou Heights": ("drought", ("agriculture",)),
    "Delvara Shore": ("storm", ("transport", "trade", "agriculture")),
    "Kerabo Savanna": ("drought", ("agriculture", "livestock", "food")),
}


def tables(seen: Mapping[str, pa.Table]) -> dict[str, Table]:
    """The tables of this module and of `listening`."""
    strain = _strain(seen)
    return {
        "staff_surveys": _surveys(seen["staff"], strain),
        "training": _training(seen["staff"], strain),
        "savings": _savings(seen["clients"]),
        "applications": _applications(seen),
        "climate_exposure": _climate(),
        "parameters": _parameters(seen["parameters"]),
    } | listening.tables(strain)


def _column(table: pa.Table, name: str) -> np.ndarray:
    return table[name].to_numpy(zero_copy_only=False)


def _strain(seen: Mapping[str, pa.Table]) -> dict[str, float]:
    """How hard work is in each branch, 0 to 1: by complaints about collection and by borrowers to an officer."""
    about, staff, loans = seen["complaints"], seen["staff"], seen["loans"]
    conduct = (_column(about, "category") == "collection_conduct") & (
        _column(about, "received_on").astype("datetime64[D]") > month_end(LAST - 12)
    )
    running = (_column(loans, "as_of").astype("datetime64[D]") == month_end(LAST)) & (
        _column(loans, "principal_outstanding") > 0
    )
    officer = (_column(staff, "role") == "loan_officer") & np.isnat(_column(staff, "left_on").astype("datetime64[D]"))
    found = {}
    for name in NUMBER:
        angry = (conduct & (_column(about, "branch_id") == name)).sum()
        load = (running & (_column(loans, "branch_id") == name)).sum() / max(
            (officer & (_column(staff, "branch_id") == name)).sum(), 1
        )
        found[name] = float(min(1.0, angry / 50 + 0.6 * max(0.0, min(1.0, (load - 280) / 220))))
    return found


def _here(staff: pa.Table, on: np.datetime64) -> np.ndarray:
    """Positions of those employed on a day."""
    joined = _column(staff, "joined_on").astype("datetime64[D]")
    left = _column(staff, "left_on").astype("datetime64[D]")
    return np.flatnonzero((joined <= on) & (np.isnat(left) | (left > on)))


def _surveys(staff: pa.Table, strain: dict[str, float]) -> Table:
    """A round each June: satisfaction and recommendation of nearly everyone, by branch, role and gender."""
    rows: list[tuple[object, ...]] = []
    branch, role, gender = (_column(staff, name) for name in ("branch_id", "role", "gender"))
    for month in ROUNDS:
        rng = dice(HEAD_OFFICE, 162, month + 100)
        on = day(month, 10)
        here = rng.permutation(_here(staff, on))
        here = here[rng.random(len(here)) < 0.90]
        draws = _even(branch[here], rng)
        for number, (at, draw) in enumerate(zip(here, draws, strict=True), start=1):
            weary = strain.get(branch[at], 0.0) * (1.0 if month == ROUNDS[-1] else 0.3)
            mood = min(int(np.searchsorted(_steps(0.82 - 0.46 * weary), draw)), 4)
            score = int(np.clip(9 - 2 * mood + rng.integers(-1, 2), 0, 10))
            told = (f"staff-{np.datetime64(on, 'M')}", f"R{number:03d}", branch[at], role[at], gender[at], on, "paper")
            rows += [(*told, "satisfaction", MOODS[mood], None), (*told, "enps", None, score)]
    names = ("survey_id", "response_id", "branch_id", "role", "gender", "answered_on", "mode")
    return _table((*names, "question_key", "answer_code", "answer_num"), rows)


def _even(group: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draws from 0 to 1, spread evenly within each group, so that a small group shows its share."""
    draws = np.empty(len(group))
    for name in dict.fromkeys(group):
        at = np.flatnonzero(group == name)
        draws[at] = (rng.permutation(len(at)) + rng.random(len(at))) / len(at)
    return draws


def _steps(satisfied: float) -> np.ndarray:
    """Cumulative shares of the answers, best first."""
    rest = 1 - satisfied
    return np.cumsum([0.3 * satisfied, 0.7 * satisfied, 0.5 * rest, 0.35 * rest])


def _training(staff: pa.Table, strain: dict[str, float]) -> Table:
    """A course each quarter, topic by topic; where work is hard, staff are sent to fewer."""
    rows: list[tuple[object, ...]] = []
    branch, staff_id = _column(staff, "branch_id"), _column(staff, "staff_id")
    for number, month in enumerate(range(-11, LAST, 2)):
        rng = dice(HEAD_OFFICE, 163, number)
        topic, hours = TOPICS[number % len(TOPICS)]
        on = day(month, 18)
        for at in _here(staff, on):
            weary = strain.get(branch[at], 0.0) * (1.0 if month >= 6 else 0.3)
            if rng.random() < 0.92 - 0.66 * weary:
                rows.append((f"T-{number + 1:02d}", staff_id[at], branch[at], on, hours, topic))
    return _table(("training_id", "staff_id", "branch_id", "held_on", "hours", "topic"), rows)


def _savings(clients: pa.Table) -> Table:
    """Savings accounts at the quarter-ends of the last year: most voluntary, some required for a loan."""
    rng = dice(HEAD_OFFICE, 164)
    client, branch = _column(clients, "client_id"), _column(clients, "branch_id")
    joined, exited = (_column(clients, name).astype("datetime64[D]") for name in ("joined_on", "exited_on"))
    holds = np.flatnonzero(rng.random(len(client)) < 0.46)
    n = len(holds)
    required = rng.random(n) < 0.16
    base = np.round(rng.lognormal(10.2, 0.9, n) / 100) * 100
    still = rng.random(n) < 0.22                                   # accounts that nobody moves any more
    since = day(rng.integers(-6, 16, n), rng.integers(1, 29, n))
    parts = []
    for month in QUARTER_ENDS:
        end = month_end(month)
        open_now = (joined[holds] <= end) & (np.isnat(exited[holds]) | (exited[holds] > end))
        moved = end - rng.integers(0, 150, n).astype("timedelta64[D]")
        moved = np.maximum(np.where(still & (since < end), since, moved), joined[holds])
        growth = np.where(still, 1.0, 1 + 0.04 * (month - QUARTER_ENDS[0]) / 3 * rng.uniform(0.2, 1.8, n))
        empty = rng.random(n) < 0.05
        parts.append({
            "as_of": np.full(n, end)[open_now],
            "account_id": np.array([f"E{name}" for name in client[holds]], dtype=object)[open_now],
            "client_id": client[holds][open_now],
            "branch_id": branch[holds][open_now],
            "product_id": np.where(required, "guarantee", "passbook").astype(object)[open_now],
            "balance": np.where(empty, 0, np.round(base * growth / 100) * 100).astype(np.int64)[open_now],
            "compulsory": required.astype(object)[open_now],
            "last_txn_on": moved[open_now],
        })
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _applications(seen: Mapping[str, pa.Table]) -> Table:
    """A year's applications for loans to persons: one behind each loan paid out, and those refused or withdrawn."""
    rng = dice(HEAD_OFFICE, 165)
    loans = seen["loans"]
    paid = _column(loans, "disbursed_on").astype("datetime64[D]")
    client = _column(loans, "client_id")
    first = np.zeros(len(paid), np.bool_)
    first[np.unique(_column(loans, "loan_id").astype(str), return_index=True)[1]] = True
    wanted = (paid > month_end(APPLICATIONS[0])) & (paid <= month_end(APPLICATIONS[1])) & ~_none(client)
    at = np.flatnonzero(first & wanted)
    gender = _by_id(seen["clients"], "client_id", "gender", client[at])
    branch = _column(loans, "branch_id")[at]
    refused = np.where(gender == "F", 0.13, 0.11) + np.where((branch == "baro") & (gender == "F"), 0.16, 0.0)
    n = len(at)
    again = np.flatnonzero(rng.random(n) < refused / (1 - refused))        # an application alike, but refused
    gone = np.flatnonzero(rng.random(n) < 0.04)
    source = np.concatenate([np.arange(n), again, gone])
    decision = np.repeat(np.array(["approved", "rejected", "withdrawn"], dtype=object), [n, len(again), len(gone)])
    approved = decision == "approved"
    lag = rng.integers(2, 12, len(source)).astype("timedelta64[D]")
    decided = paid[at][source] - np.where(approved, 1, 0).astype("timedelta64[D]")
    amount = _column(loans, "disbursed_amount")[at][source].astype(np.int64)
    order = np.lexsort((np.arange(len(source)), decided))
    why = np.array(REASONS, dtype=object)[rng.integers(0, len(REASONS), len(source))]
    found = {
        "applied_on": decided - lag,
        "decided_on": decided,
        "decision": decision,
        "client_id": np.where(approved, client[at][source], None),
        "gender": gender[source],
        "branch_id": branch[source],
        "product_id": _column(loans, "product_id")[at][source],
        "amount_asked": np.round(amount * rng.uniform(1.0, 1.4, len(source)) / 5000).astype(np.int64) * 5000,
        "amount_approved": np.where(approved, amount.astype(object), None),
        "rejection_reason": np.where(decision == "rejected", why, None),
    }
    found = {name: column[order] for name, column in found.items()}
    return {"application_id": numbers("A", np.arange(1, len(source) + 1), 5)} | found


def _none(values: np.ndarray) -> np.ndarray:
    return np.array([value is None for value in values])


def _by_id(table: pa.Table, key: str, column: str, ids: np.ndarray) -> np.ndarray:
    known = dict(zip(table[key].to_pylist(), table[column].to_pylist(), strict=True))
    return np.array([known.get(name) for name in ids], dtype=object)


def _climate() -> Table:
    """Each district with each sector: what threatens it, and whether that sector counts as exposed."""
    rows: list[tuple[object, ...]] = []
    for district in (name for pair in DISTRICTS.values() for name in pair):
        hazard, struck = HAZARDS.get(district, ("heat", ()))
        rows += [(district, sector, hazard, sector in struck, "Invented for the sample") for sector in SECTORS]
    return _table(("district", "sector", "hazard", "flagged", "source"), rows)


def _parameters(known: pa.Table) -> Table:
    """The parameters made before, and the part of the bonus that social and quality results decide."""
    rows: list[tuple[object, ...]] = [
        (row["parameter"], row["value"], np.datetime64(row["valid_from"]), row["source"]) for row in known.to_pylist()
    ]
    rows += [
        ("incentive_social_share", share, np.datetime64(start), "Bonus rules, invented for the sample")
        for share, start in ((0.10, "2023-01-01"), (0.25, "2026-01-01"))
    ]
    return _table(("parameter", "value", "valid_from", "source"), rows)


def _table(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> Table:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
