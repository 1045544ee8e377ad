"""The table of roles, cell by cell: a cold server for every page and every kind of reader, and the engine itself."""

import tempfile
from pathlib import Path

from metrics.access import OWNER, roles
from tests import fresh
from tests.trust import cells, engine

LINE = "Role × page × action, cold server each: every cell as the table says, and nothing of the data for a stranger"


def run() -> dict[str, object]:
    """Every page by a deep link as the first request of a server, for a stranger and for each role; then each cell."""
    with tempfile.TemporaryDirectory() as name:
        house = cells.build(Path(name) / "house")
        cold = sum(_cold(house, role, page) for role in ("", *cells.ROLES) for page in roles.offered())
        wrong: list[str] = []
        with cells.served(house):
            for role in cells.ROLES:
                for page, action in cells.listed():
                    wrong += cells.wrong(house, role, page, action)
            words = {role: cells.reads_words(house, role) for role in cells.ROLES if roles.may(role, "open", "voices")
                     if roles.roles()[role].whole and roles.roles()[role].masked}  # fmt: skip
        calls = _engine(Path(name) / "engine")
    assert not wrong, wrong
    assert words == {role: roles.may(role, "rows", "voices") for role in words}, words
    on_pages = len(cells.ROLES) * (len(cells.listed()) + len(roles.offered()))
    return {
        "cold servers, a page each": cold, "roles": len(cells.ROLES), "cells looked at on pages": on_pages,
        "calls of the engine, role by role": calls, "cells not as the table says": 0,
        "texts, figures and names of the data for a stranger": 0,
    }  # fmt: skip


def _cold(house: cells.House, role: str, page: str) -> int:
    """One page of a server that nobody has asked for anything yet; 1 where it is as the table says."""
    with cells.served(house), cells.as_role(house, role) as reader:
        run = reader.go(cells.address(page), "", cells.SECONDS)
    assert not run.exceptions, (role, page, run.exceptions)
    if not role:
        assert "sign_in" in cells.keys(run) and cells.named(run) == [], (page, cells.named(run))
        return 1
    closed = any("menu shows the pages" in text for text in run.texts)
    assert closed != roles.may(role, "open", page), (role, page, run.texts[:3])
    return 1


def _engine(folder: Path) -> int:
    """Every call of the engine for every role; returns how many."""
    store, n = fresh.open_copy(folder), 0
    for role in (*roles.roles(), "nobody"):
        for action, calls in engine.OPENS.items():
            for name, call in calls.items():
                assert engine.refused(store, role, call) != roles.may(role, action), (role, action, name)
                n += 1
    assert not engine.approves_in_passing(store, "analyst") and engine.approves_in_passing(store, OWNER)
    store.close()
    return n
