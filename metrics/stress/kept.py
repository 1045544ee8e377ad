"""A scenario that somebody edited and kept: a record like any other, with versions, undo and history."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import duckdb

from metrics import records
from metrics.errors import EvenkeelError
from metrics.records import Body, Kind, Record
from metrics.stress.library import MOST_DAYS, Scenario, checked, scenario, scenarios

Cursor = duckdb.DuckDBPyConnection


def _check(cursor: Cursor, institution: str, body: Body) -> None:
    """Refuses a scenario that nothing is known of, and a size that no shock has."""
    scenario(str(body["scenario"]))
    if not isinstance(body["sizes"], dict) or not body["sizes"]:
        raise EvenkeelError("stress.no_sizes")
    for name, size in body["sizes"].items():
        checked(str(name), float(size))
    days = body.get("days")
    if days is not None and not 1 <= int(days) <= MOST_DAYS:
        raise EvenkeelError("stress.bad_days", days=int(days), most=MOST_DAYS)


SHOCK = Kind(
    "shock", "stress", {"title": True, "scenario": True, "sizes": True, "days": False, "branches": False}, check=_check,
    action="policy",
)  # fmt: skip


def body(one: Scenario, title: str) -> dict[str, Any]:
    """A scenario as the body of a record."""
    return {
        "title": title, "scenario": one.name.partition("/")[0], "sizes": dict(one.sizes), "days": one.days,
        "branches": list(one.branches),
    }  # fmt: skip


def opened(record: Record) -> Scenario:
    """The scenario of a record, as it was kept."""
    found = record.body
    own = scenario(str(found["scenario"]))
    title = str(found["title"])
    texts = {language: {**parts, "title": title} for language, parts in own.texts.items()}
    sizes = {str(name): float(size) for name, size in found["sizes"].items()}
    return replace(
        own, name=record.id, texts=texts, sizes=sizes, days=int(found.get("days") or own.days),
        branches=tuple(found.get("branches") or ()),
    )  # fmt: skip


def listed(cursor: Cursor) -> Sequence[Record]:
    """The scenarios that were kept, by title; a record of a scenario that there is no more is left out."""
    found = [one for one in records.newest(cursor, SHOCK.name) if one.body.get("scenario") in scenarios()]
    return sorted(found, key=lambda one: str(one.body["title"]))
