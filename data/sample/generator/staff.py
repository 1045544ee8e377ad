"""Staff and board: posts, who held them when, who left."""

from dataclasses import dataclass

import numpy as np

from generator.branches import Branch
from generator.clock import MONTHS, day, dice, path
from generator.tables import Table

REASONS = ("resigned", "resigned", "resigned", "dismissed", "other", "retired")
LEAVES, JOINS = 12, 16     # days of the month, so that a post is held at each month-end


@dataclass
class Post:
    """One post: its role, the month in which it opened, the months in which its holder left."""

    role: str
    opened: int
    left: list[int]


def posts(branch: Branch) -> list[Post]:
    """Officers first, then the manager and the others; leavers fall on officers and others in turn."""
    counts = path(branch.officers, range(MONTHS))
    officers = []
    for number in range(int(counts.max() + 1e-9)):
        opened = int(np.argmax(counts >= number + 1 - 1e-9))
        officers.append(Post("loan_officer", opened if opened else -99, []))
    others = [Post("other", -99, []) for _ in range(branch.others)]
    for i, month in enumerate(branch.leavers):
        pool = others if i % 3 == 2 else officers
        able = [post for post in pool if post.opened < month]
        min(able, key=lambda post: (len(post.left), post.opened)).left.append(month)
    return [*officers, Post("manager", -99, []), *others]


def head_office() -> list[Post]:
    """Executives, managers and others without a branch."""
    left = {5: [-7], 9: [3], 12: [9], 15: [15], 18: [20]}
    roles = ["executive"] * 4 + ["manager"] * 4 + ["other"] * 16
    return [Post(role, -99, left.get(i, [])) for i, role in enumerate(roles)]


def people(branch: Branch | None, list_of_posts: list[Post], first: int) -> tuple[Table, list[list[str]]]:
    """Rows of the staff table from the posts, and the holder's id by post and month for the loan officers."""
    rng = dice(branch.no if branch else 0, 7)
    women = iter(_women(list_of_posts, rng))
    rows: dict[str, list[object]] = {name: [] for name in (
        "staff_id", "branch_id", "role", "gender", "birth_year", "joined_on", "left_on", "leave_reason", "contract_type",
    )}
    holders: list[list[str]] = []
    for post in list_of_posts:
        held = [""] * MONTHS
        months = [None, *sorted(post.left)]
        for came, went in zip(months, [*months[1:], None], strict=True):
            name = f"S-{first + len(rows['staff_id']):04d}"
            fresh = came is not None or post.opened > -99
            joined = day(post.opened if came is None and fresh else came or 0, JOINS if came is not None else 1)
            if not fresh:
                joined = day(-13 - int(rng.integers(0, 96)), int(rng.integers(1, 29)))
            values = (name, branch.id if branch else None, post.role, next(women), int(rng.integers(1968, 1999)),
                      joined, day(went, LEAVES) if went is not None else None,
                      REASONS[int(rng.integers(0, 6))] if went is not None else None,
                      "fixed term" if fresh and rng.random() < 0.6 else "permanent")
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
            for month in range(max(came or 0, 0), MONTHS):
                held[month] = name
        if post.role == "loan_officer":
            holders.append(held)
    return rows, holders


def _women(list_of_posts: list[Post], rng: np.random.Generator) -> list[str]:
    """Genders in the order of the rows: fewer women among managers than among the others."""
    share = {"loan_officer": 0.36, "manager": 0.25, "executive": 0.25, "other": 0.55}
    return [
        "F" if rng.random() < share[post.role] else "M" for post in list_of_posts for _ in range(len(post.left) + 1)
    ]


def board() -> Table:
    """A board of seven, three of them women, and one who has left."""
    return {
        "member_id": [f"B-{i}" for i in range(1, 9)],
        "gender": ["M", "F", "M", "F", "M", "F", "M", "M"],
        "role": ["chair", "vice chair", *["member"] * 6],
        "since": [np.datetime64(on) for on in (
            "2019-05-01", "2020-05-01", "2021-05-01", "2021-05-01", "2022-05-01", "2023-05-01", "2025-05-01", "2018-05-01",
        )],
        "until": [None] * 7 + [np.datetime64("2025-04-30")],
    }
