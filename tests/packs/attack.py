"""An attack on packs: every shown count, every total and what earlier packs showed, as a linear program.

It is written apart from what it attacks, and solved by another library.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import numpy as np
from scipy.optimize import linprog

from metrics.catalogue import indicators
from metrics.packs import compose, description
from metrics.packs.asked import Asked
from metrics.packs.description import Description
from metrics.packs.model import Pack, numbers
from metrics.packs.preparing import prepare
from metrics.packs.sections import live
from metrics.store import Scope
from tests import packing

Place = frozenset[tuple[str, str]]
Counts = dict[Place, float]
Kind = tuple[str, str]
PERSONAL = ("clients", "staff")


def counts(named: Iterable[tuple[str, float | None]], filters: Mapping[str, str]) -> dict[Kind, Counts]:
    """People by what they are counted for, day and place, from figures' names and what the pack is a part of."""
    known, found = indicators(), defaultdict(dict)
    for name, n in named:
        if not name or n is None:
            continue
        what, day, where = name.split("|")
        if what in known and known[what].people not in PERSONAL:
            continue
        pairs = dict(part.split("=", 1) for part in where.split(";") if part)
        held = {key: member for key, member in filters.items() if key != "branches" or "branch" not in pairs}
        found[what, day][frozenset({**held, **pairs}.items())] = float(n)
    return found


def shown(pack: Pack) -> dict[Kind, Counts]:
    """What a reader of a pack can count."""
    return counts(((one.ref, one.n) for _, one in numbers(pack) if not one.hidden), pack.filters)


def told(truth: Mapping[Kind, Counts], packs: Iterable[Pack], threshold: int) -> tuple[int, int, int, float]:
    """Counts of few that can be recovered, that can be told more closely than the threshold, and all of them.

    Returns:
        Those three numbers, and how wide the closest of them is told, as a part of the threshold.
    """
    seen: dict[Kind, set[Place]] = defaultdict(set)
    for pack in packs:
        for kind, places in shown(pack).items():
            seen[kind] |= places.keys() & truth.get(kind, {}).keys()
    recovered, close, few, closest = 0, 0, 0, math.inf
    for kinds in groups(truth):
        known: Counts = {place: n for kind in kinds for place, n in truth[kind].items()}
        known |= rests(known)
        open_ = {place for kind in kinds for place in seen[kind]}
        small = [place for place, n in known.items() if 0 < n < threshold and place not in open_]
        few += len(small)
        for low, high in ends(known, open_, small):
            recovered += high - low < 1 - 1e-6
            close += high - low < threshold - 1e-6
            closest = min(closest, (high - low) / threshold)
    return recovered, close, few, closest


def rests(known: Counts) -> Counts:
    """What some branches together leave of the whole: nobody shows it, and it may be few."""
    found = {}
    for place, n in known.items():
        joint = {pair for pair in place if pair[0] == "branches"}
        if joint and place - joint in known:
            found[place - joint | {("rest", next(iter(joint))[1])}] = known[place - joint] - n
    return found


def groups(truth: Mapping[Kind, Counts]) -> list[list[Kind]]:
    """Kinds that an attacker takes for the same people: of one day, equal at every place of several."""
    left, found = sorted(truth), []
    while left:
        group = [left.pop(0)]
        for one in group:
            for other in list(left):
                common = truth[one].keys() & truth[other].keys()
                same = all(truth[one][place] == truth[other][place] for place in common)
                if one[1] == other[1] and same and sum(truth[one][place] > 0 for place in common) > 1:
                    group.append(other)
                    left.remove(other)
        found.append(group)
    return found


def ends(known: Counts, open_: set[Place], asked: list[Place]) -> list[tuple[float, float]]:
    """Least and greatest of each place asked for."""
    places = list(known)
    at = {place: number for number, place in enumerate(places)}
    rows, right = [], []
    for whole, parts in equations(known):
        row = np.zeros(len(places))
        row[[at[part] for part in parts]] = 1
        row[at[whole]] = -1
        rows.append(row)
        right.append(sum(known[part] for part in parts) - known[whole])
    limits = [(known[place], known[place]) if place in open_ else (0, None) for place in places]
    held = {"A_eq": np.array(rows), "b_eq": np.array(right)} if rows else {}
    found = []
    for place in asked:
        both = []
        for sign in (1, -1):
            cost = np.zeros(len(places))
            cost[at[place]] = sign
            solved = linprog(cost, bounds=limits, method="highs", **held)
            both.append(sign * solved.fun if solved.status == 0 else np.inf)
        found.append((both[0], both[1]))
    return found


def equations(known: Counts) -> Iterator[tuple[Place, list[Place]]]:
    """Every place with parts that make it up: by one dimension more, or branch by branch; and the whole with both."""
    # What is left of a whole has no parts of its own: nobody knows which of them are shown nowhere.
    for total in [place for place in known if not any(key == "rest" for key, _ in place)]:
        for dimension in {key for place in known if len(place) == len(total) + 1 for key, _ in place - total}:
            parts = [p for p in known if total < p and len(p - total) == 1 and next(iter(p - total))[0] == dimension]
            if parts and dimension not in ("branches", "rest"):
                yield total, parts
        for names in [member for key, member in total if key == "branches"]:
            beside = frozenset(pair for pair in total if pair[0] != "branches")
            each = [beside | {("branch", name)} for name in names.split("+")]
            if all(part in known for part in each):
                yield total, each
            if beside in known:
                yield beside, [total, beside | {("rest", names)}]


DIMENSIONS = ("gender", "location", "age_band", "cycle", "product")
SECTIONS = ("colours", "balance", "staff", "voices", "growth")
WANTED = ("par30", "retention_rate", "nps", "complaints_backlog", "overindebted_share")


def random_plan(draw: random.Random) -> Description:
    """A pack of a few sections, with tables by whatever kind of unit."""
    lines = [f"[[section]]\nkind = '{kind}'" for kind in draw.sample(SECTIONS, 3)]
    lines.append(f"[[section]]\nkind = 'segments'\nby = {draw.sample(DIMENSIONS, draw.randint(2, 4))}")
    for number, by in enumerate(draw.sample(["branch", "product", "gender"], 2)):
        wanted = f"by = '{by}'\nindicators = {draw.sample(WANTED, 3)}"
        lines.append(f"[[section]]\nkind = 'table'\nid = 't{number}'\n{wanted}")
    return description.parsed("\n".join(lines))


def random_packs(seed: int) -> tuple[dict[Kind, Counts], list[Pack], int]:
    """A pack of the sample and one or two that were shown before: what is true, the packs, the threshold."""
    draw = random.Random(seed)
    threshold = draw.choice([10, 10, 20, 40, 80])
    with closing(packing.store().cursor()) as whole:
        branches = [row[0] for row in whole.execute("SELECT branch_id FROM v_branches ORDER BY 1").fetchall()]
        days = [row[0] for row in whole.execute("SELECT DISTINCT period FROM v_m_periods ORDER BY 1").fetchall()]
    day, packs = draw.choice(days[-8:]), []
    truth: dict[Kind, Counts] = defaultdict(dict)
    for _ in range(draw.choice([1, 2, 3])):
        chosen = tuple(sorted(draw.sample(branches, draw.randint(4, 11)))) if draw.random() < 0.5 else None
        cursor = packing.store().cursor(Scope(branches=chosen))
        asked: Asked = replace(prepare(cursor, "en", as_of=day, sample=True), threshold=threshold)
        plan = random_plan(draw)
        bare = compose.compose(replace(asked, threshold=0), plan)
        named = [(number.ref, number.n) for _, number in numbers(bare)]
        for kind, places in counts([*named, *live.people(asked).items()], bare.filters).items():
            truth[kind] |= places
        packs.append(compose.compose(asked, plan, published=tuple(packs)))
    return truth, packs, threshold
