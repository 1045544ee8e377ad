"""What people said to a suggestion: accepted, with the action that came of it, or rejected with a reason."""

import datetime
from dataclasses import dataclass, fields
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from metrics import catalogue, limits, records, values
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError
from metrics.limits import Limit
from metrics.policy import Policy
from metrics.records import Body, Kind
from metrics.tailoring.looks import Need, key
from metrics.tailoring.rules import Rule

Cursor = duckdb.DuckDBPyConnection
ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True)
class Verdict:
    """One verdict, with the figures that were before the eyes of whoever gave it."""

    id: str
    version: int
    who: str
    rule: str
    segment: str
    verdict: str
    decided_on: datetime.date
    reason: str = ""
    share: float = float("nan")
    n: int = 0
    elsewhere: float = float("nan")
    others: int = 0
    watch: str = ""

    @property
    def origin(self) -> str:
        """How an action says that it came of this."""
        return f"need/{self.id}"


def body(need: Need, verdict: str, day: datetime.date, reason: str = "") -> dict[str, object]:
    """The record of a verdict on a need as it stands on a day."""
    figures = {"share": round(need.share, 4), "n": need.n, "elsewhere": round(need.elsewhere, 4), "others": need.others}
    return {
        "rule": need.rule.name, "segment": key(need.segment), "verdict": verdict, "decided_on": day.isoformat(),
        "reason": reason, "watch": need.rule.watch, **figures,
    }  # fmt: skip


def listed(cursor: Cursor) -> dict[str, Verdict]:
    """Every verdict that the reader may see, by the need's id."""
    known = {one.name for one in fields(Verdict)}
    found = {}
    for record in records.newest(cursor, NEED.name):
        told: dict[str, Any] = {name: value for name, value in record.body.items() if name in known}
        told["decided_on"] = datetime.date.fromisoformat(str(told["decided_on"]))
        found[record.id] = Verdict(record.id, record.version, record.who, **told)
    return found


def _check(_cursor: Cursor, _need: str, given: Body) -> None:
    """Refuse what is no verdict, a refusal without a reason, and what no indicator can show later."""
    if given["verdict"] not in (ACCEPTED, REJECTED):
        raise EvenkeelError("needs.no_verdict", name=str(given["verdict"]))
    if given["verdict"] == REJECTED and not str(given.get("reason") or "").strip():
        raise EvenkeelError("needs.no_reason")
    try:
        datetime.date.fromisoformat(str(given["decided_on"]))
    except ValueError:
        raise EvenkeelError("needs.no_date", value=str(given["decided_on"])) from None


@dataclass(frozen=True)
class Held:
    """A limit that a suggestion touches, as it stands: level '' within, amber or red; None where there is no figure."""

    indicator: Indicator
    value: float | None
    limit: Limit | None
    level: str


def held(cursor: Cursor, policy: Policy, day: datetime.date, rule: Rule) -> list[Held]:
    """The limits that a rule touches, with their present values for the reader's whole scope."""
    wanted = list(dict.fromkeys(rule.limits))
    frame = values.values(cursor, policy.settings, "institution", [day], indicators=wanted)
    known = dict(zip(frame["indicator"], frame["value"], strict=True))
    lines = limits.in_force(cursor, policy)
    found = []
    for name in wanted:
        indicator, value = catalogue.indicators()[name], known.get(name)
        number = None if value is None or pd.isna(value) else float(value)
        level = limits.level(indicator, number, lines)[0] if number is not None else ""
        found.append(Held(indicator, number, lines.get(name), level))
    return found


def now(cells: pd.DataFrame, segment: str) -> tuple[float, int]:
    """Share and number of a segment today, by its key; NaN and 0 where nobody is in it."""
    inside = np.ones(len(cells), dtype=bool)
    for part in segment.split("+"):
        name, _, value = part.partition("=")
        inside &= cells[name].to_numpy(dtype=str) == value
    n, hits = int(cells["n"].to_numpy()[inside].sum()), int(cells["hits"].to_numpy()[inside].sum())
    return (hits / n if n else float("nan")), n


NEEDED = ("rule", "segment", "verdict", "decided_on")
FIELDS = (*NEEDED, "reason", "share", "n", "elsewhere", "others", "watch")
NEED = Kind("need", "needs", {name: name in NEEDED for name in FIELDS}, _check)
