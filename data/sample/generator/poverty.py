"""An invented poverty scorecard, two survey rounds answered with it, and the invented country's rates.

No question, point or likelihood is taken from any country's scorecard.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator.clock import Ints, day, dice, month_end
from generator.tables import Table, Texts

Floats = NDArray[np.float64]

SCORECARD, VARIANT = "Invented country 2025 PPI (synthetic)", "8Q"
# Line -> (score at which half are poor, steepness): the look-up table is a logistic curve.
LINES = {
    "National Poverty Line": (38.0, 11.0),
    "Extreme Poverty Line": (22.0, 9.0),
    "200% National": (62.0, 12.0),
    "$2.15/day 2017 PPP": (26.0, 9.0),
    "$3.65/day 2017 PPP": (45.0, 11.0),
}
# Question -> responses from poorest to richest, and the points of each for each line.
QUESTIONS: dict[str, dict[str, tuple[int, ...]]] = {
    "In how many rooms does the household sleep?": {
        "A. One": (0, 0, 0, 0, 0), "B. Two": (6, 5, 7, 6, 6), "C. Three or more": (12, 10, 14, 11, 12),
    },
    "How many people eat from the household's pot?": {
        "A. Eight or more": (0, 0, 0, 0, 0), "B. Five to seven": (7, 8, 6, 8, 7),
        "C. Three or four": (13, 15, 12, 14, 13), "D. One or two": (20, 23, 17, 22, 20),
    },
    "What is the roof of the main house made of?": {
        "A. Thatch or leaves": (0, 0, 0, 0, 0), "B. Metal sheets": (6, 7, 5, 7, 6),
        "C. Tiles or concrete": (11, 11, 10, 11, 11),
    },
    "What gives light in the evening?": {
        "A. Torch or open flame": (0, 0, 0, 0, 0), "B. Solar lamp": (6, 7, 5, 6, 6),
        "C. Grid or generator": (12, 11, 12, 12, 12),
    },
    "Did a child miss school last month for want of money?": {
        "A. Yes": (0, 0, 0, 0, 0), "B. No, or no child": (11, 13, 9, 12, 11),
    },
    "Does the household own a motorbike?": {"A. No": (0, 0, 0, 0, 0), "B. Yes": (12, 9, 15, 10, 12)},
    "Has every adult a bed with a frame?": {"A. No": (0, 0, 0, 0, 0), "B. Yes": (9, 9, 9, 9, 9)},
    "On how many days last week was fish or meat eaten?": {
        "A. None": (0, 0, 0, 0, 0), "B. One or two": (6, 7, 6, 6, 6), "C. Three or more": (13, 14, 14, 13, 13),
    },
}  # fmt: skip
ROUNDS = {"ppi-2025-03": 5, "ppi-2026-05": 19}
ASKED = 32                     # clients of a branch in a round
LOST = 0.006                   # answers that the scorecard does not know
# Wealth of a branch's clients in the first and the second round: 0 is where half are poor.
WEALTH = {
    "madina-sud": (0.18, 0.20), "sirande": (0.26, 0.30), "welia": (-0.50, -0.36), "nafara": (0.05, 0.10),
    "bantako": (-0.14, -0.10), "yorobe": (-0.42, -0.34), "kassiri": (0.12, 0.18), "tambali": (-0.10, -0.06),
    "baro": (-0.30, -0.24), "tensa": (-0.08, -0.06), "kolo": (0.24, 0.46), "doukoro": (-0.22, -0.18),
}  # fmt: skip
# Area -> national-line rate of households; the other lines follow by the odds of each.
AREAS = {"National": 0.43, "Rural": 0.55, "Urban": 0.29,
         "Sahanda": 0.31, "Delvara": 0.41, "Kerabo": 0.47, "Zantou": 0.57}  # fmt: skip
ODDS = {"National Poverty Line": 1.0, "Extreme Poverty Line": 0.36, "200% National": 6.5,
        "$2.15/day 2017 PPP": 0.46, "$3.65/day 2017 PPP": 1.7}  # fmt: skip


def tables(seen: Mapping[str, pa.Table]) -> dict[str, Table]:
    """The scorecard, its look-up table, the rates, and the surveys with the poverty answers at their end."""
    answers = [_round(seen, number, name, month) for number, (name, month) in enumerate(ROUNDS.items())]
    surveys = seen["client_surveys"]
    given = {name: surveys[name].to_numpy(zero_copy_only=False) for name in surveys.column_names[1:]}
    joined = {
        name: np.concatenate([_column(part, name) for part in (given, *answers)])
        for name in dict.fromkeys([*given, *answers[0]])
    }
    return {
        "client_surveys": joined | {"answered_on": joined["answered_on"].astype("datetime64[D]")},
        "ppi_scorecards": _scorecard(), "ppi_lookups": _lookup(), "ppi_rates": _rates(),
    }  # fmt: skip


def _column(part: Mapping[str, NDArray[np.object_]], name: str) -> NDArray[np.object_]:
    """A column of some rows; empty cells where they have none."""
    return part[name] if name in part else np.full(len(part["survey_id"]), None, dtype=object)


def _round(seen: Mapping[str, pa.Table], number: int, name: str, month: int) -> dict[str, Texts]:
    """The answers of one round in long form: eight a respondent."""
    loans = seen["loans"]
    here = loans["as_of"].to_numpy().astype("datetime64[D]") == month_end(month)
    owed = loans["principal_outstanding"].to_numpy() > 0
    client, branch = (loans[column].to_numpy(zero_copy_only=False) for column in ("client_id", "branch_id"))
    named = np.array([value is not None for value in client])
    parts = []
    for place, (unit, wealth) in enumerate(WEALTH.items()):
        rng = dice(place, 180 + number)
        at = np.unique(client[here & owed & named & (branch == unit)].astype(str))
        who = np.sort(rng.choice(at, size=min(ASKED, len(at)), replace=False)).astype(object)
        on = day(np.full(len(who), month), rng.integers(2, 27, len(who)))
        parts.append(_answers(who, wealth[number], on, rng))
    found = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
    n = len(found["client_id"])
    return found | {
        "survey_id": np.full(n, name, dtype=object),
        "response_id": np.array([f"{name}-{value}" for value in found["client_id"]], dtype=object),
        "survey_type": np.full(n, "ppi", dtype=object), "mode": np.full(n, "visit", dtype=object),
    }  # fmt: skip


def _answers(who: Texts, wealth: float, on: np.ndarray, rng: np.random.Generator) -> dict[str, Texts]:
    own = rng.normal(wealth, 0.7, len(who))
    texts, keys = [], []
    for number, responses in enumerate(QUESTIONS.values(), start=1):
        words = np.array([*responses], dtype=object)
        # The richer the household, the higher the response, with luck of its own.
        level = 1 / (1 + np.exp(-1.5 * own - rng.normal(0, 0.9, len(who))))
        chosen = words[np.minimum((level * len(words)).astype(np.int64), len(words) - 1)]
        texts.append(np.where(rng.random(len(who)) < LOST, "Not answered", chosen))
        keys.append(np.full(len(who), f"ppi_{number}", dtype=object))
    times = len(QUESTIONS)
    return {
        "client_id": np.tile(who, times), "answered_on": np.tile(on, times),
        "question_key": np.concatenate(keys), "answer_text": np.concatenate(texts),
    }  # fmt: skip


def _scorecard() -> Table:
    rows = [
        (line, number, question, response, points[at])
        for at, line in enumerate(LINES)
        for number, (question, responses) in enumerate(QUESTIONS.items(), start=1)
        for response, points in responses.items()
    ]
    columns = ("line", "question_no", "question", "response", "points")
    found = {name: list(column) for name, column in zip(columns, zip(*rows, strict=True), strict=True)}
    return _named(len(rows)) | found


def _lookup() -> Table:
    scores: Ints = np.arange(101)
    likely = [np.round(1 / (1 + np.exp((scores - half) / steep)), 6) for half, steep in LINES.values()]
    return _named(len(LINES) * 101) | {
        "line": np.repeat(np.array([*LINES], dtype=object), 101),
        "line_no": np.repeat(np.arange(1, len(LINES) + 1), 101),
        "score": np.tile(scores, len(LINES)), "likelihood": np.concatenate(likely),
    }  # fmt: skip


def _named(n: int) -> Table:
    return {"scorecard": [SCORECARD] * n, "variant": [VARIANT] * n}


def _rates() -> Table:
    rows = [
        (estimate, area, line, round(odds * times / (1 + odds * times), 4))
        for estimate, more in (("household", 1.0), ("person", 1.25))
        for area, rate in AREAS.items()
        for line, times in ODDS.items()
        for odds in [more * rate / (1 - rate)]
    ]
    columns = ("estimate", "area", "line", "rate")
    found = {name: list(column) for name, column in zip(columns, zip(*rows, strict=True), strict=True)}
    return {"scorecard": [SCORECARD] * len(rows), "year": [2025] * len(rows)} | found
