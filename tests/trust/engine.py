"""What writes or gives rows away, asked directly: as if a page had drawn a button that it must not draw."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from metrics import (
    access,
    backup,
    behind,
    exporting,
    kept,
    people,
    ppi,
    rebuilding,
    records,
    scenarios,
    typed,
    undoing,
    weighing,
)
from metrics.access import Actor, Forbidden
from metrics.actions import ACTION
from metrics.appetite.lines import LIMIT
from metrics.disclosures.rules import FORM, KIND
from metrics.ingest import landing
from metrics.packs.frozen import COMMENT, PACK
from metrics.personal import erasing
from metrics.policy import load
from metrics.register.risk import RISK
from metrics.store import Store
from metrics.stress.kept import SHOCK

Call = Callable[[Store], object]
NONE: Any = SimpleNamespace(name="x@1", version=SimpleNamespace(policy="x", number=1, approved_on=None))
DAY = datetime.date(2026, 9, 30)


def _saved(kind: records.Kind, **body: object) -> Call:
    """The refusal comes after a body was checked: what is asked is whether the role's own refusal is what comes."""
    return lambda store: records._allowed(store, _record(kind, body), kind.needs(body))


def _record(kind: records.Kind, body: Mapping[str, object]) -> records.Record:
    at = datetime.datetime(2026, 9, 30)
    return records.Record("own", kind.name, "X-1", 0, at, "x", "", False, {"branch_id": "kolo", **body})


# action -> what it opens in the engine.
OPENS: Mapping[str, Mapping[str, Call]] = {
    "upload": {
        "landing.land": lambda store: landing.land(store, NONE, "x"),
        "ppi.land": lambda store: ppi.land(store, NONE, "x"),
        "rebuilding.rebuild": lambda store: rebuilding.rebuild(store, NONE),
        "typed.land_rows": lambda store: typed.land_rows(store, "x", "own", "institutions", []),
    },
    "take_out": {
        "undoing.take_out": lambda store: undoing.take_out(store, -1),
        "undoing.bring_back": lambda store: undoing.bring_back(store, -1),
    },
    "policy": {
        "scenarios.save": lambda store: scenarios.save(store, NONE, "x"),
        "kept.delete": lambda store: kept.delete(store, NONE),
        "weighing.count": lambda store: weighing.count(store, NONE, "x"),
        "weighing.watch": lambda store: weighing.watch(store, NONE, "x"),
        "weighing.withdraw": lambda store: weighing.withdraw(store, Path("x"), NONE, "x"),
        "a shock": _saved(SHOCK), "a form": _saved(FORM),
    },
    "approve": {
        "kept.approve": lambda store: kept.approve(store, NONE, "x", DAY, "x"),
        "a limit": _saved(LIMIT), "an approval": _saved(KIND, step="approved"),
    },
    "record": {
        "an action": _saved(ACTION), "a risk": _saved(RISK), "a comment": _saved(COMMENT),
        "a preparation": _saved(KIND, step="prepared"),
    },
    "freeze": {"a pack": _saved(PACK)},
    "rows": {
        "behind.rows": lambda store: behind.rows(store.cursor(), NONE, "branch", "kolo", DAY),
        "exporting.data": lambda store: exporting.data(store.cursor(), "branches", "csv"),
    },
    "backup": {"backup.make": lambda store: backup.make(store, Path("/nowhere"))},
    "erase": {
        "erasing.look": lambda store: erasing.look(store, "x"),
        "erasing.erase": lambda store: erasing.erase(store, "x", "y"),
    },
    "people": {"people.give": lambda store: people.give(store, "no address", "viewer")},
}  # fmt: skip


def refused(store: Store, role: str, call: Call) -> bool:
    """Whether the engine refuses a role; what else is wrong with the call comes after that."""
    branches = ("kolo",)
    with access.acting(Actor(f"{role}@example.org", role, branches)):
        try:
            call(store)
        except Forbidden:
            return True
        except Exception:
            return False
    return False


def approves_in_passing(store: Store, role: str) -> bool:
    """Whether a role may keep a policy as approved, or limits with it."""
    with access.acting(Actor(f"{role}@example.org", role)):
        try:
            scenarios.save(store, load("equal"), "x", "why", ("x", DAY))
        except Forbidden:
            return False
    return True
