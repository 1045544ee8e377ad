"""Needs by segment: the planted one is found, and shuffled answers bring suggestions in hardly any run."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.tailoring import looks, signals
from metrics.tailoring.rules import shipped
from tests import drifting, fresh

LINE = "Tailoring: planted need found; on shuffled data suggestions in <= 5 % of runs"
RUNS, SEED = 200, 11
PLANTED = {"gender": "F", "location": "rural"}
USUAL, NEED = 0.12, 0.31


def planted(runs: int, seed: int = SEED) -> float:
    """Share of small institutions in which exactly the planted need leads its rule: rural women leave for meetings."""
    cursor, rng, right = drifting.views(), np.random.default_rng(seed), 0
    for _ in range(runs):
        made = drifting.people(rng, 700)
        given = drifting.answers(rng, made, USUAL, PLANTED, NEED)
        drifting.fill(cursor, {**drifting.tables(made), "client_surveys": given})
        found = looks.looked(signals.cells(cursor, drifting.DAY, shipped().signals), shipped())
        led = [one for one in found.needs if one.rule.name == "fewer_meetings"]
        right += any(set(PLANTED.items()) <= set(one.segment) for one in led)
    return right / runs


def shuffled(runs: int, cells: dict[str, pd.DataFrame], seed: int = SEED) -> float:
    """Share of runs with any suggestion where the sample's own answers are dealt out at random among those asked."""
    rng, rules, wrong = np.random.default_rng(seed), shipped(), 0
    plan, _ = looks.plan(cells, rules)
    for _ in range(runs):
        hits = {name: _dealt(rng, frame) for name, frame in cells.items()}
        wrong += bool(looks.judged(plan, hits, rules.certain))
    return wrong / runs


def _dealt(rng: np.random.Generator, frame: pd.DataFrame) -> looks.Counts:
    if frame.empty:
        return np.zeros(0, dtype=np.int64)
    return rng.multivariate_hypergeometric(frame["n"].to_numpy(), int(frame["hits"].sum()), method="marginals")


def sample_cells() -> dict[str, pd.DataFrame]:
    """The counts of the sample institution on its last day."""
    with tempfile.TemporaryDirectory() as folder:
        store = fresh.open_copy(Path(folder))
        try:
            return signals.cells(store.cursor(), drifting.DAY, shipped().signals)
        finally:
            store.close()


def run(runs: int = RUNS) -> dict[str, object]:
    """Both rates."""
    found, wrong = planted(runs), shuffled(runs, sample_cells())
    assert found >= 0.9, f"found in {found:.1%} only"
    assert wrong <= 0.05, f"suggestions in {wrong:.1%} of shuffled runs"
    return {
        "planted need found": f"{found:.1%} of {runs} institutions (31 % against 12 %, rural women)",
        "suggestions on shuffled data": f"{wrong:.1%} of {runs} runs",
    }
