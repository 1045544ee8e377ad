"""What an attacker can find out about counts that are kept back: the least and the most that each can be.

He knows every count that is shown, every total that others add up to, and that no count is negative. The question is
a linear program; HiGHS answers it exactly.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import highspy

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sum:
    """A total and the parts that it is made of; `rest` is what they leave of it, taken as known to the attacker."""

    total: Any
    parts: tuple[Any, ...]
    rest: float = 0.0


def bounds(
    counts: Mapping[Key, float], sums: Sequence[Sum], hidden: Collection[Key], asked: Collection[Key]
) -> dict[Key, tuple[float, float]]:
    """Least and greatest value of each count asked for, which is one of the hidden ones.

    Args:
        counts: every count, by its key; only the shown ones are known to the attacker.
        sums: which counts add up to which.
        hidden: keys of the counts that are kept back.

    Returns:
        By key; the greatest is infinite where nothing holds it.
    """
    places = {key: number for number, key in enumerate(sorted(hidden, key=repr))}
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    for _ in places:
        solver.addVar(0.0, highspy.kHighsInf)
    for one in sums:
        signs = {one.total: -1.0}
        for part in one.parts:
            signs[part] = signs.get(part, 0.0) + 1.0
        unknown = [(places[key], sign) for key, sign in signs.items() if key in places and sign]
        if not unknown:
            continue
        known = -one.rest - sum(sign * counts[key] for key, sign in signs.items() if key not in places)
        solver.addRow(known, known, len(unknown), [place for place, _ in unknown], [sign for _, sign in unknown])
    return {key: (_end(solver, places[key], 1.0), _end(solver, places[key], -1.0)) for key in asked}


def _end(solver: Any, place: int, sign: float) -> float:
    """The least (sign 1) or the greatest (sign -1) that one unknown can be."""
    solver.changeColCost(place, sign)
    solver.run()
    status = solver.getModelStatus()
    found = sign * solver.getInfo().objective_function_value
    solver.changeColCost(place, 0.0)
    if status == highspy.HighsModelStatus.kOptimal:
        return float(found)
    free = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    if sign < 0 and status in free:
        return float("inf")
    return 0.0  # counts that contradict each other: as good as told
