"""What is kept back cannot be worked out: attacked with another solver, on tables of random counts."""

import random
from collections.abc import Collection, Mapping
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from metrics.privacy import suppress
from metrics.privacy.bounds import bounds
from metrics.privacy.merging import merged
from metrics.privacy.suppress import Place, few, hidden

DIMENSIONS = ("age", "branch", "gender", "place")


def table(seed: int, sizes: tuple[int, ...], sparse: float) -> dict[Place, float]:
    """Counts of every cell and margin of a random table: `sizes` members a dimension."""
    draw = random.Random(seed)
    cells = {}
    for members in product(*(range(size) for size in sizes)):
        n = 0 if draw.random() < sparse / 3 else int(draw.lognormvariate(2.6, 1.2))
        cells[tuple((DIMENSIONS[at], str(member)) for at, member in enumerate(members))] = float(n)
    found: dict[Place, float] = {}
    for place, n in cells.items():
        for kept in product((True, False), repeat=len(place)):
            margin = tuple(pair for pair, stays in zip(place, kept, strict=True) if stays)
            found[margin] = found.get(margin, 0.0) + n
    return found


def told(counts: Mapping[Place, float], kept: Collection[Place], threshold: int) -> tuple[int, int]:
    """How many of the few can be recovered (to one number), and how many told more closely than the threshold."""
    places = sorted(counts)
    at = {place: number for number, place in enumerate(places)}
    rows, right = [], []
    for total in places:
        for dimension in DIMENSIONS:
            parts = [
                place for place in places
                if len(place) == len(total) + 1 and set(total) < set(place)
                and next(iter(set(place) - set(total)))[0] == dimension
            ]  # fmt: skip
            if parts:
                row = np.zeros(len(places))
                row[[at[part] for part in parts]] = 1
                row[at[total]] = -1
                rows.append(row)
                right.append(0.0)
    limits = [(0, None) if place in kept else (counts[place], counts[place]) for place in places]
    recovered = close = 0
    for place in few(counts, threshold):
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(places))
            cost[at[place]] = sign
            solved = linprog(cost, A_eq=np.array(rows), b_eq=np.array(right), bounds=limits, method="highs")
            ends.append(np.inf if solved.status == 3 else sign * solved.fun)
        recovered += ends[1] - ends[0] < 1
        close += ends[1] - ends[0] < threshold - 1e-6
    return recovered, close


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_count_can_be_told(seed: int) -> None:
    counts = table(seed, ((4, 3), (6, 2), (3, 2, 2))[seed % 3], seed % 2)
    assert few(counts, 10), "a table without a small cell tests nothing"
    assert told(counts, hidden(counts, 10), 10) == (0, 0)


def test_without_the_second_step_counts_are_recovered() -> None:
    """The attack finds what the first step alone leaves open."""
    recovered = 0
    for seed in range(8):
        counts = table(seed, (4, 3), 0)
        recovered += told(counts, few(counts, 10), 10)[0]
    assert recovered > 0


def test_what_was_shown_elsewhere_is_taken_as_known() -> None:
    counts = {(): 60.0, (("branch", "A"),): 4.0, (("branch", "B"),): 26.0, (("branch", "C"),): 30.0}
    first = hidden(counts, 10)
    assert first == {(("branch", "A"),), (("branch", "B"),)}
    other = hidden(counts, 10, known=[(), (("branch", "B"),)])
    assert other == {(("branch", "A"),), (("branch", "C"),)}


def test_two_partitions_without_their_total_tell_of_each_other() -> None:
    counts = {(("branch", "A"),): 5.0, (("branch", "B"),): 40.0, (("gender", "f"),): 20.0, (("gender", "m"),): 25.0}
    kept = hidden(counts, 10)
    assert (("branch", "A"),) in kept and len(kept) > 1


def test_nothing_is_hidden_where_nobody_is_few() -> None:
    assert hidden({(): 40.0, (("branch", "A"),): 20.0, (("branch", "B"),): 20.0}, 10) == set()
    assert hidden({(): 20.0, (("branch", "A"),): 20.0, (("branch", "B"),): 0.0}, 10) == set()
    assert hidden({(): 40.0, (("branch", "A"),): 10.0, (("branch", "B"),): 30.0}, 10) == set()


def test_sums_have_what_their_parts_leave() -> None:
    found, unseen = suppress.sums({(): 30.0, (("branch", "A"),): 12.0, (("branch", "B"),): 10.0})
    assert [(one.total, one.rest) for one in found] == [((), 8.0)] and unseen == {}


def test_an_attacker_knows_what_the_parts_leave() -> None:
    counts = {(): 30.0, (("branch", "A"),): 12.0, (("branch", "B"),): 10.0}
    found, _ = suppress.sums(counts)
    part = (("branch", "A"),)
    assert bounds(counts, found, {part}, {part})[part] == pytest.approx((12.0, 12.0))


@pytest.mark.parametrize(
    ("counts", "ordered", "groups"),
    [
        ((30, 4, 50, 20), True, [("a", "b"), ("c",), ("d",)]),
        ((30, 4, 20, 50), True, [("a",), ("b", "c"), ("d",)]),
        ((30, 4, 50, 6), False, [("a",), ("b", "d"), ("c",)]),
        ((30, 0, 50, 20), True, [("a",), ("c",), ("d",)]),
        ((1, 2, 3, 1), True, [("a", "b", "c", "d")]),
    ],
)  # fmt: skip
def test_small_categories_are_merged(counts: tuple[int, ...], ordered: bool, groups: list[tuple[str, ...]]) -> None:
    assert merged("abcd", dict(zip("abcd", counts, strict=True)), 10, ordered) == groups


def test_what_is_guarded_besides_cannot_be_told_either() -> None:
    counts = {(): 60.0, (("branch", "A"),): 14.0, (("branch", "B"),): 16.0, (("branch", "C"),): 30.0}
    assert hidden(counts, 10) == set()
    assert hidden(counts, 10, guarded=[(("branch", "A"),)]) == {(("branch", "A"),), (("branch", "B"),)}


def test_some_branches_and_the_whole_tell_of_the_rest() -> None:
    """A pack of A and B beside one of all: the rest is C, of four people."""
    counts = {(): 60.0, (("branches", "A+B"),): 56.0}
    assert hidden(counts, 10, known=[()]) == {(("branches", "A+B"),)}
    assert hidden({(): 90.0, (("branches", "A+B"),): 56.0}, 10, known=[()]) == set()


def test_some_branches_are_the_sum_of_each() -> None:
    counts = {(("branches", "A+B"),): 24.0, (("branch", "A"),): 4.0, (("branch", "B"),): 20.0}
    assert len(hidden(counts, 10)) == 2
    assert hidden(counts, 10, known=[(("branch", "B"),)]) == {(("branch", "A"),), (("branches", "A+B"),)}


def test_the_whole_is_kept_back_where_nothing_else_can_be() -> None:
    part = (("branches", "A+B"),)
    assert hidden({(): 25.0, part: 18.0}, 10, known=[part]) == {()}
