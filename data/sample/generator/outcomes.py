"""What two yearly rounds ask beyond the two usual questions, interviews with those who left, and who was invited.

An answer leans on the respondent's own score and change of life, so that every question tells the branch's story.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator import sayings
from generator.clock import dice
from generator.tables import Table, Texts

ROUNDS = ("2025-09", "2026-09")
ANSWERED = 0.94                       # of those who are asked a question
INVITED = (0.52, 0.78)                # part of the invited who answer, lowest and highest of a branch
EXITS = "exit-2026"
EXITS_SINCE = np.datetime64("2025-10-01")
INTERVIEWED = 0.16                    # of those who left
IMPROVED = ("very_much_improved", "slightly_improved", "no_change", "slightly_worse", "much_worse")
AGREE = ("strongly_agree", "agree", "neutral", "disagree", "strongly_disagree")
# Question -> its codes, and their chances among promoters, passives and detractors.
BY_SCORE: dict[str, tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]] = {
    "satisfaction": (
        ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"),
        ((0.66, 0.30, 0.04, 0.0, 0.0), (0.20, 0.56, 0.20, 0.04, 0.0), (0.04, 0.24, 0.30, 0.28, 0.14)),
    ),
    "challenge": (("yes", "no"), ((0.10, 0.90), (0.22, 0.78), (0.50, 0.50))),
    "repayment_burden": (
        ("not_a_problem", "somewhat_a_problem", "heavy_burden"),
        ((0.84, 0.14, 0.02), (0.70, 0.24, 0.06), (0.46, 0.32, 0.22)),
    ),
    "reduced_food": (("never", "once", "regularly"), ((0.93, 0.06, 0.01), (0.84, 0.13, 0.03), (0.62, 0.26, 0.12))),
    "terms_understood": (
        AGREE, ((0.70, 0.22, 0.06, 0.02, 0.0), (0.48, 0.34, 0.12, 0.05, 0.01), (0.26, 0.32, 0.20, 0.14, 0.08)),
    ),
    "fair_treatment": (
        AGREE, ((0.72, 0.22, 0.05, 0.01, 0.0), (0.50, 0.36, 0.10, 0.03, 0.01), (0.22, 0.34, 0.20, 0.15, 0.09)),
    ),
    "knows_how_to_complain": (("yes", "no"), ((0.80, 0.20), (0.70, 0.30), (0.52, 0.48))),
    "household_decisions": (
        ("increased", "no_change", "decreased"), ((0.46, 0.52, 0.02), (0.34, 0.62, 0.04), (0.20, 0.70, 0.10)),
    ),
    "prior_provider": (("no_alternative_before", "had_before"), ((0.56, 0.44), (0.52, 0.48), (0.48, 0.52))),
}  # fmt: skip
# Question -> how far its answer lies from the change of life, in steps, on average.
BY_LIFE = {
    "income_change": 0.10, "resilience_change": 0.45, "savings_change": 0.35, "stress_change": 0.50,
    "meals_change": 0.30,
}  # fmt: skip
REASONS = ("no_need", "resting", "graduated", "business_closed", "illness", "moved", "product", "staff", "group",
           "harassment", "over_debt", "rejected", "other")  # fmt: skip
USUAL = np.array([0.16, 0.15, 0.12, 0.10, 0.06, 0.09, 0.08, 0.05, 0.04, 0.02, 0.05, 0.03, 0.05])
HARD = np.array([0.09, 0.08, 0.05, 0.08, 0.05, 0.06, 0.10, 0.10, 0.05, 0.14, 0.15, 0.02, 0.03])
TOLD = ("answer_text", "may_quote")
HARD_WORK = ("doukoro", "tensa", "kolo")


def tables(seen: Mapping[str, pa.Table]) -> dict[str, Table]:
    """The surveys with more answers at their end, and the rounds with whom they invited."""
    surveys = seen["client_surveys"]
    given = {name: surveys[name].to_numpy(zero_copy_only=False) for name in surveys.column_names[1:]}
    parts = [given, *(_round(given, name, number) for number, name in enumerate(ROUNDS)), _exits(seen)]
    joined = {name: np.concatenate([_column(part, name) for part in parts]) for name in (*given, *TOLD)}
    return {
        "client_surveys": joined | {"answered_on": joined["answered_on"].astype("datetime64[D]")},
        "survey_rounds": _rounds(given, seen),
    }


def _column(part: Mapping[str, NDArray[np.object_]], name: str) -> NDArray[np.object_]:
    return part[name] if name in part else np.full(len(part["survey_id"]), None, dtype=object)


def _round(given: Mapping[str, Texts], name: str, number: int) -> dict[str, Texts]:
    """The further answers of a round's respondents, each after the row of their score."""
    here = (given["survey_id"] == name) & (given["question_key"] == "nps")
    life = (given["survey_id"] == name) & (given["question_key"] == "quality_of_life")
    of = dict(zip(given["response_id"][life], given["answer_code"][life], strict=True))
    rows = {column: values[here] for column, values in given.items()}
    scores = np.nan_to_num(rows["answer_num"].astype(float), nan=7.0)
    group = np.where(scores >= 9, 0, np.where(scores >= 7, 1, 2))
    change = np.array([IMPROVED.index(of[who]) if of.get(who) in IMPROVED else 2 for who in rows["response_id"]])
    rng = dice(number, 200)
    parts = [_coded(rows, key, codes, chances, group, rng) for key, (codes, chances) in BY_SCORE.items()]
    parts += [_changed(rows, key, worse, change, rng) for key, worse in BY_LIFE.items()]
    met = parts[[*BY_SCORE].index("challenge")]
    solved = {column: values[met["answer_code"] == "yes"] for column, values in met.items()}
    answer = np.where(rng.random(len(solved["survey_id"])) < 0.56, "yes", "no").astype(object)
    n = len(rows["survey_id"])
    parts.append(solved | {"question_key": np.full(len(answer), "challenge_resolved", dtype=object),
                           "answer_code": answer})  # fmt: skip
    parts.append(rows | {
        "question_key": np.full(n, "paid_workers", dtype=object), "answer_code": np.full(n, None, dtype=object),
        "answer_num": rng.poisson(np.where(group == 0, 0.9, 0.5)).astype(float).astype(object),
    })  # fmt: skip
    return {column: np.concatenate([_column(part, column) for part in parts]) for column in given}


def _coded(
    rows: Mapping[str, Texts], key: str, codes: tuple[str, ...], chances: tuple[tuple[float, ...], ...],
    group: NDArray[np.int64], rng: np.random.Generator,
) -> dict[str, Texts]:  # fmt: skip
    upto = np.cumsum(np.array(chances), axis=1)[group]
    kind = (rng.random(len(group))[:, None] > upto).sum(axis=1)
    return _said(rows, key, np.array(codes, dtype=object)[np.minimum(kind, len(codes) - 1)], rng)


def _changed(
    rows: Mapping[str, Texts], key: str, worse: float, change: NDArray[np.int64], rng: np.random.Generator
) -> dict[str, Texts]:
    steps = np.rint(change + rng.normal(worse, 0.7, len(change))).astype(int)
    return _said(rows, key, np.array(IMPROVED, dtype=object)[np.clip(steps, 0, 4)], rng)


def _said(rows: Mapping[str, Texts], key: str, codes: Texts, rng: np.random.Generator) -> dict[str, Texts]:
    """Rows of one question; who did not answer has none."""
    said = rng.random(len(codes)) < ANSWERED
    n = int(said.sum())
    return {column: values[said] for column, values in rows.items()} | {
        "question_key": np.full(n, key, dtype=object), "answer_code": codes[said],
        "answer_num": np.full(n, None, dtype=object),
    }  # fmt: skip


def _exits(seen: Mapping[str, pa.Table]) -> dict[str, Texts]:
    """Interviews with a part of those who left in the last year; where work is hard, more left unhappy."""
    clients = {name: seen["clients"][name].to_numpy(zero_copy_only=False) for name in ("client_id", "branch_id")}
    left = seen["clients"]["exited_on"].to_numpy().astype("datetime64[D]")
    rng = dice(0, 202)
    at = np.flatnonzero((left >= EXITS_SINCE) & (rng.random(len(left)) < INTERVIEWED))
    hard = np.isin(clients["branch_id"][at].astype(str), HARD_WORK)
    upto = np.where(hard[:, None], np.cumsum(HARD), np.cumsum(USUAL))
    kind = (rng.random(len(at))[:, None] > upto).sum(axis=1)
    n = len(at)
    reasons = np.array(REASONS, dtype=object)[np.minimum(kind, len(REASONS) - 1)]
    return {
        "survey_id": np.full(n, EXITS, dtype=object),
        "response_id": np.array([f"X-{number:03d}" for number in range(1, n + 1)], dtype=object),
        "survey_type": np.full(n, "exit", dtype=object), "client_id": clients["client_id"][at],
        "answered_on": left[at].astype(object), "mode": np.full(n, "phone", dtype=object),
        "question_key": np.full(n, "exit_reason", dtype=object),
        "answer_code": reasons, "answer_text": sayings.left(reasons),
        "may_quote": sayings.consent(n, 0, 212),
    }  # fmt: skip


def _rounds(given: Mapping[str, Texts], seen: Mapping[str, pa.Table]) -> Table:
    """Clients invited by each usual round in each branch: those who answered over the part that answers."""
    home = dict(zip(seen["clients"]["client_id"].to_pylist(), seen["clients"]["branch_id"].to_pylist(), strict=True))
    asked: dict[tuple[str, str], int] = {}
    first = given["question_key"] == "nps"
    for name, who, branch in zip(*(given[c][first] for c in ("survey_id", "client_id", "branch_id")), strict=True):
        place = (str(name), str(branch or home[who]))
        asked[place] = asked.get(place, 0) + 1
    rng = dice(0, 204)
    rates = rng.uniform(*INVITED, len(asked))
    places = sorted(asked)
    return {
        "survey_id": [name for name, _ in places], "branch_id": [branch for _, branch in places],
        "invited": [int(round(asked[place] / rate)) for place, rate in zip(places, rates, strict=True)],
        "held_from": [np.datetime64(f"{name}-03") for name, _ in places],
        "held_to": [np.datetime64(f"{name}-27") for name, _ in places],
        "method": ["random sample of borrowers"] * len(places),
    }  # fmt: skip
