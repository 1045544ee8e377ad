"""Staff and board: posts, who held them when, who left."""

from dataclasses import dataclass, field

import numpy as np

from generator.branches import Branch
from generator.clock import MONTHS, day, dice, path, spread
from generator.tables import Table

REASONS = ("resigned", "resigned", "resigned", "dismissed", "other", "retired")
LEAVES, JOINS = 12, 16     # days of the month, so that a post is held at each month-end
ALWAYS = -99               # a post that was there before the sample begins
WOMEN = {"loan_officer": 0.40, "manager": 0.33, "executive": 0.34, "other": 0.58}
COLUMNS = (
    "staff_id", "branch_id", "role", "gender", "birth_year", "joined_on", "left_on", "leave_reason", "contract_type",
)
SALARY = {"loan_officer": 185_000, "manager": 330_000, "executive": 860_000, "other": 132_000}   # francs a month


@dataclass
class Post:
    """One post: its role, the month in which it opened, the months in which its holder left."""

    role: str
    opened: int = ALWAYS
    left: list[int] = field(default_factory=list)


def posts(branch: Branch) -> list[Post]:
    """Officers first, then managers and the others; leavers fall on officers twice as often as on others."""
    counts = path(branch.officers, range(MONTHS))
    officers = []
    for number in range(int(counts.max() + 1e-9)):
        opened = int(np.argmax(counts >= number + 1 - 1e-9))
        officers.append(Post("loan_officer", opened or ALWAYS))
    others = [Post("other") for _ in range(branch.others)]
    for i, month in enumerate(branch.leavers):
        able = [post for post in (others if i % 3 == 2 else officers) if post.opened < month]
        min(able, key=lambda post: (len(post.left), post.opened)).left.append(month)
    return [*officers, *(Post("manager") for _ in range(branch.managers)), *others]


def head_office() -> list[Post]:
    """Executives, managers and others without a branch."""
    left = {4: [-7], 7: [3], 9: [15], 11: [20]}
    roles = ["executive"] * 3 + ["manager"] * 3 + ["other"] * 7
    return [Post(role, ALWAYS, left.get(i, [])) for i, role in enumerate(roles)]


def people(branch: Branch | None, all_posts: list[Post], first: int) -> tuple[Table, list[list[str]]]:
    """Rows of the staff table from the posts, and the holder's id by post and month for the loan officers."""
    rng = dice(branch.no if branch else 0, 7)
    women = iter(spread(np.array([WOMEN[post.role] for post in all_posts for _ in (0, *post.left)]), rng))
    rows: list[tuple[object, ...]] = []
    holders = []
    for post in all_posts:
        held = [""] * MONTHS
        came = [post.opened, *sorted(post.left)]
        for i, (start, end) in enumerate(zip(came, [*came[1:], None], strict=True)):
            name = f"S-{first + len(rows):04d}"
            gender = "F" if next(women) else "M"
            rows.append((name, branch.id if branch else None, post.role, gender, *_person(start, end, i, rng)))
            held[max(start, 0):] = [name] * (MONTHS - max(start, 0))
        if post.role == "loan_officer":
            holders.append(held)
    table = {name: list(column) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    return table | _pay(table, dice(branch.no if branch else 0, 161)), holders


def _pay(table: Table, rng: np.random.Generator) -> Table:
    """Salary and hours: by role, seniority and chance; women in the same role a little below men."""
    years = 2026 - np.array(table["joined_on"], "datetime64[Y]").astype(np.int64) - 1970
    role, woman = np.array(table["role"], dtype=object), np.array(table["gender"], dtype=object) == "F"
    full = np.array([SALARY[name] for name in role]) * (1 + 0.015 * np.minimum(years, 10))
    full = full * np.where(woman, 0.975, 1.0) * rng.uniform(0.94, 1.06, len(role))
    part = (role == "other") & (rng.random(len(role)) < 0.15)
    hours = np.where(part, 24.0, 40.0)
    return {"monthly_salary": np.round(full * hours / 40 / 500).astype(np.int64) * 500, "weekly_hours": hours}


def _person(start: int, end: int | None, i: int, rng: np.random.Generator) -> tuple[object, ...]:
    """Birth year, first and last day, reason and contract of one holder of a post."""
    born, reason = int(rng.integers(1968, 1999)), REASONS[int(rng.integers(0, len(REASONS)))]
    long_ago = day(-13 - int(rng.integers(0, 96)), int(rng.integers(1, 29)))
    joined = long_ago if start == ALWAYS else day(start, JOINS if i else 1)
    fixed = rng.random() < 0.6 and start != ALWAYS
    left = (None, None) if end is None else (day(end, LEAVES), reason)
    return born, joined, *left, "fixed term" if fixed else "permanent"


def board() -> Table:
    """A board of seven, three of them women, and one who has left."""
    since = (2019, 2020, 2021, 2021, 2022, 2023, 2025, 2018)
    return {
        "member_id": [f"B-{i}" for i in range(1, 9)],
        "gender": ["M", "F", "M", "F", "M", "F", "M", "M"],
        "role": ["chair", "vice chair", *["member"] * 6],
        "since": [np.datetime64(f"{year}-05-01") for year in since],
        "until": [None] * 7 + [np.datetime64("2025-04-30")],
    }
