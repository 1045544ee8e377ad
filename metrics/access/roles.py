"""The table of roles: `table.toml`, every role x page x action, read once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("table.toml")
OPEN = "open"


@dataclass(frozen=True)
class Role:
    """What a role sees and does."""

    name: str
    whole: bool
    masked: bool
    pages: frozenset[str]
    actions: frozenset[str]


@cache
def offered() -> Mapping[str, frozenset[str]]:
    """Every page with the actions that it offers besides being opened."""
    return {name: frozenset(actions) for name, actions in _table()["pages"].items()}


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its name, in the order of the table."""
    return {
        name: Role(name, row["reach"] == "all", row["masked"], frozenset(row["pages"]), frozenset(row["actions"]))
        for name, row in _table()["roles"].items()
    }


def may(role: str, action: str, page: str = "") -> bool:
    """Whether a role may do an action on a page (without a page: anywhere); an unknown role may nothing."""
    known = roles().get(role)
    if known is None:
        return False
    if page:
        return page in known.pages and (action == OPEN or (action in known.actions and action in offered()[page]))
    return action in known.actions


def cells() -> Iterator[tuple[str, str, str, bool]]:
    """Every cell of the table: role, page, action, whether it is allowed."""
    for role in roles():
        for page, actions in offered().items():
            for action in (OPEN, *sorted(actions)):
                yield role, page, action, may(role, action, page)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
