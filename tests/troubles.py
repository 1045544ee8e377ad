"""Random institutions without trouble, or with one planted: small branches, seasons, noise, and nothing going wrong.

They are written as measures, where the early signals read them: one store holds many institutions, each with its own
size, season, growth and habits. Nothing here knows how a signal decides.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics import measures, periods, twins
from metrics.schema import quote
from metrics.store import Store
from tests import fresh, records

Floats = NDArray[np.float64]
LAST = datetime.date(2026, 9, 30)
MEAN_LOAN = 800.0


@dataclass(frozen=True)
class Planted:
    """Trouble of one branch: from `month` on complaints, two months later exits, five months later late loans."""

    branch: str
    month: int


def month_ends(count: int) -> list[datetime.date]:
    """So many month-ends, the newest last."""
    return [stamp.date() for stamp in pd.date_range(end=LAST, periods=count, freq="ME")]


def name(seed: int) -> str:
    """The institution of a seed."""
    return f"mfi-{seed:04d}"


def planted(seed: int) -> Planted:
    """Where the trouble of a seed lies when it is planted."""
    return Planted("b00", 18 + seed % 3)


class Maker:
    """One institution's numbers, `(branches, months)` each."""

    def __init__(self, seed: int, trouble: bool) -> None:
        self.rng = np.random.default_rng(seed)
        self.trouble = planted(seed) if trouble else None
        self.branches = int(self.rng.integers(1, 15))
        self.months = int(self.rng.integers(28, 37)) if trouble else int(self.rng.integers(20, 37))
        self.shape = (self.branches, self.months)
        when = np.arange(self.months)
        self.season = 1 + self.rng.uniform(0, 0.35) * np.sin(2 * np.pi * (when / 12 + self.rng.uniform()))
        start = np.exp(self.rng.normal(6.0, 0.5, self.branches))
        pace = self.rng.uniform(-0.005, 0.02, self.branches)[:, None] + self.rng.normal(0, 0.005, self.shape)
        self.clients = np.round(start[:, None] * np.exp(np.cumsum(pace, axis=1)))

    def noise(self, most: float) -> Floats:
        """What every branch has of its own, month after month: a chain with memory one half."""
        sd, found = self.rng.uniform(0, most), np.zeros(self.shape)
        for month in range(self.months):
            before = found[:, month - 1] if month else 0.0
            found[:, month] = 0.5 * before + self.rng.normal(0, sd, self.branches)
        return np.exp(found)

    def lifted(self, after: int, times: float) -> Floats:
        """By how much the planted trouble lifts a figure that follows it after some months."""
        found = np.ones(self.shape)
        if self.trouble is not None:
            found[0, self.trouble.month + after :] = times
        return found

    def base(self, low: float, high: float) -> Floats:
        """A usual rate of each branch."""
        return self.rng.uniform(low, high, (self.branches, 1))

    def tables(self) -> Iterator[tuple[str, dict[str, Floats]]]:
        """Measure -> its parts."""
        rng, clients = self.rng, self.clients
        heard = clients * self.base(0.0001, 0.0015) * self.noise(0.2) * self.lifted(0, 10.0)
        yield "grievances", {"received_collection": rng.poisson(heard).astype(float)}
        left = clients * self.base(0.01, 0.035) * self.season * self.noise(0.15) * self.lifted(2, 2.2)
        yield "clientele", {
            "named_clients": clients, "clients_left": rng.poisson(left).astype(float),
            "clients_joined": np.maximum(np.diff(clients, axis=1, prepend=clients[:, :1]) + left, 0.0),
        }  # fmt: skip
        loans = np.maximum(np.round(0.9 * clients), 1.0)
        fallen = rng.poisson(loans * self.base(0.003, 0.009) * self.season * self.noise(0.2) * self.lifted(5, 3.0))
        sizes = MEAN_LOAN * np.exp(rng.normal(-0.2, 0.63, (*self.shape, 60)))  # mean 1, coefficient of variation 0.7
        rolled = np.where(np.arange(60) < fallen[:, :, None], sizes, 0.0).sum(axis=2)
        given = np.round(loans / 10)
        again = rng.binomial(given.astype(int), np.broadcast_to(self.base(0.005, 0.04), self.shape)).astype(float)
        yield "rolls", {
            "principal_current_before": loans * MEAN_LOAN, "rolled_over_30": rolled, "loans_current_before": loans,
            "disbursed_loans": given, "disbursed_known_before": given, "refinanced_late": again,
        }  # fmt: skip
        late = self.base(0.02, 0.055) * (0.5 + 0.5 * self.season) * self.noise(0.08) * self.lifted(4, 1.7)
        yield "portfolio", {
            "glp": loans * MEAN_LOAN, "active_loans": loans, "active_borrowers": loans,
            "late_from_1": late * loans * MEAN_LOAN, "late_over_30": 0.5 * late * loans * MEAN_LOAN,
            "renegotiated_not_late": 0 * loans,
        }  # fmt: skip
        posts = np.maximum(np.round(clients[:, :1] / rng.uniform(50, 110)), 3.0) + 0 * clients
        posts = np.round(posts * (1 + (clients / clients[:, :1] - 1) * rng.uniform(0.6, 1.1)))
        gone = np.minimum(rng.poisson(posts * rng.uniform(0.005, 0.02)), posts - 1)
        waiting = gone + np.pad(gone, ((0, 0), (1, 0)))[:, :-1]  # a post stays empty for two months
        there = np.maximum(posts - waiting, 1.0)
        yield "workforce", {"personnel": there, "loan_officers": np.ceil(there / 2), "exits": gone.astype(float)}
        asked = np.where(np.arange(self.months) % 6 == 5, rng.integers(15, 60, self.shape), 0)
        burden = np.clip(self.base(0.2, 0.45) + rng.normal(0, 0.03, self.shape), 0.02, 0.98)
        heavy = rng.binomial(asked, burden)
        yield "answers", {
            "repayment_n": asked.astype(float), "repayment_answers": asked.astype(float),
            "repayment_not_a_problem": (asked - heavy).astype(float),
        }  # fmt: skip


def frames(seed: int, trouble: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each measure of an institution."""
    made = Maker(seed, trouble)
    dates = month_ends(made.months)
    for measure, parts in made.tables():
        yield (
            measure,
            pd.DataFrame(
                {
                    "institution_id": name(seed),
                    "period": np.tile(np.array(dates), made.branches),
                    "cut": "main",
                    "branch_id": np.repeat([f"b{place:02d}" for place in range(made.branches)], made.months),
                    **{part: values.reshape(-1) for part, values in parts.items()},
                }
            ),
        )
    yield "periods", pd.DataFrame({"institution_id": name(seed), "period": dates, "month": dates, "closes": True})


def landed(folder: Path, seeds: Sequence[int], trouble: bool = False) -> Store:
    """A store with the institutions of these seeds, each to be read by a cursor of its own."""
    store = fresh.opened(folder)
    for seed in seeds:
        row = {"institution_name": f"Institution {seed}", "currency": "XOF"}
        records.land(store, institution=name(seed), institutions=[row])
    whole: dict[str, list[pd.DataFrame]] = {}
    for measure, frame in (one for seed in seeds for one in frames(seed, trouble)):
        whole.setdefault(measure, []).append(frame)

    def put(cursor: object) -> None:
        for measure, parts in whole.items():
            cursor.register("made", pd.concat(parts))
            cursor.execute(f"INSERT INTO measures.{quote(measure)} BY NAME SELECT * FROM made")
            cursor.unregister("made")
        _years(cursor, whole)

    store.write(put)
    return store


def _years(cursor: Any, whole: Mapping[str, object]) -> None:
    """The twelve months up to each date, as landing would make them."""
    known = {name: measures.catalogue()[name] for name in whole if name in measures.catalogue()}
    cursor.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT institution_id, month FROM measures.periods")
    periods.known(cursor, known)
    twins.rebuild(cursor, list(known.values()))
