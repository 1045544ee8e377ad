"""How fast it ever went, and what if: history searched plainly, healths and ranks computed anew."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from metrics import paces, phrases, whatif
from metrics.picture import Picture, at_rows, picture, resolved
from metrics.policy import load
from metrics.score import score
from metrics.store import Store
from metrics.targets import Way
from metrics.tree import Leaf
from metrics.units import Scored, score_all
from metrics.whatif import State
from tests.fresh import sample

Shown = tuple[Picture, Scored]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The sample's picture, and the history of its branches."""
    data: Path = tmp_path_factory.mktemp("paces")
    sample(data)
    store = Store.open(data, "sample")
    policy = load("equal")
    yield picture(store.cursor(), policy), score_all(store.cursor(), resolved(policy), "branch", [])
    store.close()


DAYS = [datetime.date(*day) for day in ((2025, 12, 31), (2026, 3, 31), (2026, 6, 15), (2026, 12, 31))]
VALUES = {"a": [0.10, 0.07, 0.08, 0.02], "b": [0.10, math.nan, 0.10, 0.09]}


def history() -> Scored:
    """Two units at four dates with one indicator."""
    rows = [(day, name) for day in DAYS for name in VALUES]
    values = np.array([[VALUES[name][DAYS.index(day)]] for day, name in rows])
    return Scored(rows, None, values, None, {})


def test_the_fastest_move_is_found_over_a_quarter_and_over_a_year() -> None:
    quarter, year = paces.moves(history())
    assert paces.fastest(quarter, 0, -1.0) == paces.Pace(3, pytest.approx(0.03), "a", DAYS[1])
    assert paces.fastest(year, 0, -1.0) == paces.Pace(12, pytest.approx(0.08), "a", DAYS[3])
    assert paces.fastest(year, 0, 1.0) is None


def test_with_one_date_there_is_no_pace() -> None:
    alone = replace(history(), rows=[(DAYS[0], "a")], values=np.array([[0.1]]))
    assert [paces.fastest(moves, 0, -1.0) for moves in paces.moves(alone)] == [None, None]
    way = Way("par30", 0.1, 0.05, 1.0)
    assert phrases.pace("en", paces.moves(alone), 0, way, {"a": "A"}, "branch", "XOF") == ""


PACES = {
    0.09: "A did that within a quarter (Mar 2026)",
    0.05: "no branch did that within a quarter; A did within a year (Dec 2026)",
    0.01: "no branch ever moved that far: the most was 8 points in a year (A, Dec 2026)",
    0.20: "no branch ever moved that way so far",
}


@pytest.mark.parametrize("after", PACES)
def test_a_pace_is_said_as_it_was(after: float) -> None:
    values = {"a": [0.10, 0.07, 0.065, 0.02], "b": [0.10, math.nan, 0.10, 0.09]}
    rows = [(day, name) for day in DAYS for name in values]
    past = replace(history(), values=np.array([[values[name][DAYS.index(day)]] for day, name in rows]))
    way = Way("par30", 0.1, after, 1.0)
    said = phrases.pace("en", paces.moves(past), 0, way, {"a": "A", "b": "B"}, "branch", "XOF")
    assert said == PACES[after]


def test_paces_of_the_sample_are_those_of_a_plain_search(shown: Shown) -> None:
    known = {(day, name): row for row, (day, name) in enumerate(shown[1].rows)}
    days = sorted({day for day, _ in known})
    for moves, months in zip(paces.moves(shown[1]), (3, 12), strict=True):
        for leaf in range(shown[1].values.shape[1]):
            best = [
                shown[1].values[row, leaf] - shown[1].values[known[before, name], leaf]
                for (day, name), row in known.items()
                for before in days
                if (day.year - before.year) * 12 + day.month - before.month == months and (before, name) in known
            ]
            top = np.nanmax([*best, 0.0])
            found = paces.fastest(moves, leaf, 1.0)
            assert (found.size if found else 0.0) == pytest.approx(top)


def test_moving_nothing_changes_nothing(shown: Shown) -> None:
    for one in shown[0].units:
        then = whatif.tried(shown[0], one, {})
        assert then == State(one.financial, one.social, one.balance, one.status, one.cause, one.rank)


def test_moving_a_figure_gives_the_health_computed_anew_and_the_rank_among_all(shown: Shown) -> None:
    kolo = next(one for one in shown[0].units if one.id == "kolo")
    values = {"overindebted_share": 0.0, "staff_turnover": 0.05, "nps": 0.8, "retention_rate": 0.95}
    then = whatif.tried(shown[0], kolo, values)
    scores = at_rows(shown[0].scores, [shown[0].scored.index("kolo")])
    own = {driver.indicator: driver.value for driver in kolo.drivers} | values
    anew = score([[own[leaf.indicator] for leaf in scores.policy.leaves]], scores.policy)
    assert then.balance == pytest.approx(100 * float(anew.node("")[0]))
    others = [round(one.balance or 0) for one in shown[0].units if one.id != "kolo"]
    assert then.rank == 1 + sum(other > round(then.balance or 0) for other in others)
    assert then.status == "within" and then.rank < (kolo.rank or 99)


def test_steps_are_round_and_span_the_goalposts_and_the_value() -> None:
    steps = whatif.steps(Leaf("a", 1.0, (0.15, 0.0)), 0.2)
    assert (steps[0], steps[-1]) == (0.0, 0.2)
    assert np.allclose(np.diff(steps), 0.002)


def test_what_if_in_words() -> None:
    now, then = State(79.0, 26.0, 53.0, "critical", "social", 9), State(79.2, 36.4, 58.0, "below", "social", 8)
    said = phrases.moved("en", now, then, 12, 1, "Kolo")
    assert said == (
        "Kolo with 1 figure moved: financial health stays 79, social health 26 → 36, balance 53 → 58, rank 9 → 8 of 12."
    )
    same = phrases.moved("fr", now, replace(then, rank=9, financial=None), 12, 2, "Kolo")
    same = same.replace("\xa0", " ")
    assert same == "Kolo, 2 chiffres déplacés : santé sociale 26 → 36, équilibre 53 → 58, rang toujours 9 sur 12."


def test_a_month_is_the_last_date_in_it() -> None:
    assert paces.months_before(DAYS, DAYS[3], 6) == DAYS[2]
    assert paces.months_before(DAYS, DAYS[0], 3) is None
