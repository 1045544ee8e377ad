"""What the board decided: when, under which weighting and limits, who does it by when, what it watches, what came.

The weighting, the limits and the figure are kept as they were on the day: later changes do not rewrite what the
board had before its eyes.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from metrics import catalogue, effects, limits, records, values
from metrics.catalogue import Indicator
from metrics.definitions import named
from metrics.errors import EvenkeelError, nearest
from metrics.figures import figure, in_words
from metrics.policy import Policy
from metrics.records import Body, Kind
from metrics.words import date, say

Cursor = duckdb.DuckDBPyConnection
DATES = ("meeting_on", "due_on", "done_on", "value_on")


@dataclass(frozen=True)
class Decision:
    """One decision as it stands; `value`, `policy`, `social` and `limits` are as they were at the meeting.

    `limits` maps an indicator to its amber and red line. `branch_id` is where the indicator is watched; None: the
    whole institution.
    """

    id: str
    version: int = 0
    meeting_on: datetime.date = datetime.date.min
    text: str = ""
    owner: str = ""
    due_on: datetime.date = datetime.date.max
    done_on: datetime.date | None = None
    indicator_id: str | None = None
    branch_id: str | None = None
    value: float | None = None
    value_on: datetime.date | None = None
    value_n: float | None = None
    policy: str | None = None
    social: float | None = None
    limits: Mapping[str, Any] | None = None

    def status(self, day: datetime.date) -> str:
        """Where it stands at the end of a day: open, overdue or done."""
        if self.done_on is not None and self.done_on <= day:
            return "done"
        return "overdue" if self.due_on < day else "open"

    @property
    def origin(self) -> str:
        """What an action names that was made from it."""
        return f"{DECISION.name}/{self.id}"

    def body(self) -> dict[str, object]:
        """Its fields as a record keeps them."""
        found = {name: getattr(self, name) for name in DECISION.fields}
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in found.items()
            if value is not None
        }


@dataclass(frozen=True)
class Watched:
    """An indicator that a decision watches: then and now, each with its date."""

    indicator: str
    branch_id: str | None
    before: float
    before_on: datetime.date
    after: float
    after_on: datetime.date

    @property
    def size(self) -> float:
        """How far it moved, on the scale between its worst and best; 0 where it has none."""
        posts = catalogue.indicators()[self.indicator].goalposts
        return abs(self.after - self.before) / (max(posts) - min(posts)) if posts else 0.0


@dataclass(frozen=True)
class Meeting:
    """The decisions of one day, in the order of their ids."""

    day: datetime.date
    decisions: tuple[Decision, ...]

    def count(self, status: str, day: datetime.date) -> int:
        """How many have a status at the end of a day."""
        return sum(one.status(day) == status for one in self.decisions)


def listed(cursor: Cursor) -> list[Decision]:
    """Every decision that the reader may see, by id."""
    return [read(record.id, record.body, record.version) for record in records.newest(cursor, DECISION.name)]


def read(decision_id: str, body: Body, version: int = 0) -> Decision:
    """The decision that a record's body stands for."""
    known = {one.name for one in fields(Decision)}
    told = {name: value for name, value in body.items() if name in known}
    told |= {name: datetime.date.fromisoformat(told[name]) for name in DATES if told.get(name)}
    return Decision(decision_id, version, **told)


def meetings(found: Iterable[Decision], day: datetime.date | None = None) -> list[Meeting]:
    """The decisions by meeting, the newest first; `day` leaves out what came later."""
    days: dict[datetime.date, list[Decision]] = {}
    for one in found:
        if day is None or one.meeting_on <= day:
            days.setdefault(one.meeting_on, []).append(one)
    return [Meeting(when, tuple(days[when])) for when in sorted(days, reverse=True)]


def snapshot(
    cursor: Cursor, policy: Policy, meeting_on: datetime.date, indicator: str | None, branch: str | None = None
) -> dict[str, object]:
    """What the board has before its eyes: the weighting, the limits of what it scores and watches, and the figure."""
    scored = {leaf.indicator for leaf in policy.leaves if leaf.indicator} | ({indicator} if indicator else set())
    lines = {name: one for name, one in limits.in_force(cursor, policy).items() if name in scored}
    found: dict[str, object] = {
        "policy": policy.name,
        "social": round(policy.social, 1),
        "limits": {name: [one.amber, one.red] for name, one in sorted(lines.items())},
    }
    then = figure_on(cursor, policy.settings, indicator, branch, meeting_on) if indicator else None
    if then is not None:
        found |= {
            "value": then.value,
            "value_on": then.day.isoformat(),
            "value_n": then.n if then.n == then.n else None,
        }
    return found


def figure_on(
    cursor: Cursor, settings: Mapping[str, object], indicator: str, branch: str | None, day: datetime.date
) -> effects.Point | None:
    """The newest figure of an indicator up to a day: of a branch, or of the institution where it has none there."""
    if indicator not in catalogue.indicators():
        return None
    inner = branch if branch and "branch" in catalogue.indicators()[indicator].units else None
    return next((one for one in reversed(effects.series(cursor, settings, indicator, inner)) if one.day <= day), None)


def watched(cursor: Cursor, settings: Mapping[str, object], one: Decision, day: datetime.date) -> Watched | None:
    """What the decision watches, then and now; None where either is not known or nothing newer has come."""
    if one.indicator_id is None or one.value is None or one.value_on is None:
        return None
    now = figure_on(cursor, settings, one.indicator_id, one.branch_id, day)
    if now is None or now.day <= one.value_on:
        return None
    return Watched(one.indicator_id, one.branch_id, one.value, one.value_on, now.value, now.day)


def last_meeting(cursor: Cursor, day: datetime.date) -> Meeting | None:
    """The newest meeting up to a day; None where the board has decided nothing yet."""
    found = meetings(listed(cursor), day)
    return found[0] if found else None


def counts(cursor: Cursor, day: datetime.date, language: str) -> str:
    """Last meeting (30 Jun 2026): 3 decided, 2 done, 1 overdue; empty where there was none."""
    found = last_meeting(cursor, day)
    if found is None:
        return ""
    decided, done, late = len(found.decisions), found.count("done", day), found.count("overdue", day)
    parts = [say(language, "decisions.decided", n=decided)]
    if done == decided:
        parts.append(say(language, "decisions.all_done", n=done))
    else:
        parts += [say(language, "decisions.done", n=done)] if done else []
        parts += [say(language, "decisions.overdue", n=late)] if late else []
        parts += [] if done or late else [say(language, "decisions.none_due", n=decided)]
    return say(language, "decisions.last_meeting", day=date(language, found.day), counts=", ".join(parts))


def sentence(
    cursor: Cursor, settings: Mapping[str, object], day: datetime.date, language: str, currency: str | None = None
) -> str:
    """The counts of the last meeting and the figure that moved most since: ...; retention 71 % → 74 %."""
    said, found = counts(cursor, day, language), last_meeting(cursor, day)
    moved = [watched(cursor, settings, one, day) for one in (found.decisions if found else ())]
    known = [one for one in moved if one is not None]
    if not known:
        return said
    most = moved_text(cursor, settings, max(known, key=lambda one: one.size), language, currency)
    return say(language, "decisions.last_moved", counts=said, moved=most)


def moved_text(
    cursor: Cursor, settings: Mapping[str, object], one: Watched, language: str, currency: str | None = None
) -> str:
    """Clients who stay in Kolo 71 % → 74 %."""
    known = catalogue.indicators()[one.indicator]
    before, after = (figure(language, known, value, currency) for value in (one.before, one.after))
    name = in_words(named(known, settings, language))
    if one.branch_id and "branch" in known.units:
        name = say(language, "decisions.name_in", name=name, unit=_branch(cursor, one.branch_id))
    return say(language, "decisions.moved", name=name, before=before, after=after)


def _branch(cursor: Cursor, branch_id: str) -> str:
    rows = cursor.execute("SELECT branch_name FROM v_branches WHERE branch_id = ?", [branch_id]).fetchall()
    return str(rows[0][0] or branch_id) if rows else branch_id


def limit_text(one: Decision, indicator: Indicator, language: str, currency: str | None = None) -> str:
    """Amber and red of an indicator as they were at the meeting; empty where there were none."""
    lines = (one.limits or {}).get(indicator.id)
    if not lines:
        return ""
    said = [
        say(language, f"decisions.line_{name}", line=_line(indicator, line, language, currency))
        for name, line in zip(("amber", "red"), lines, strict=True)
        if line is not None
    ]
    return ", ".join(said)


def _line(indicator: Indicator, line: object, language: str, currency: str | None) -> str:
    ends: Sequence[Any] = line if isinstance(line, (list, tuple)) else [line]
    return "–".join(figure(language, indicator, end, currency) for end in ends)


def _check(cursor: Cursor, _: str, body: Body) -> None:
    """Refuse dates that cannot be, and names that nothing bears."""
    meeting = _day(body["meeting_on"])
    for name in ("due_on", "done_on"):
        if name in body and _day(body[name]) < meeting:
            raise EvenkeelError(f"decisions.{name}_early", day=_day(body[name]), meeting=meeting)
    last = max([datetime.date.today(), *values.periods(cursor)[-1:]])
    if "done_on" in body and _day(body["done_on"]) > last:
        raise EvenkeelError("actions.not_yet", day=_day(body["done_on"]), last=last)
    branches = [row[0] for row in cursor.execute("SELECT branch_id FROM v_branches").fetchall()]
    for name, key, known in (
        ("indicator_id", "actions.unknown_effect_indicator_id", list(catalogue.indicators())),
        ("branch_id", "actions.unknown_branch_id", branches),
    ):
        given = body.get(name)
        if given and known and given not in known:
            raise EvenkeelError(key, name=given, nearest=nearest(str(given), known))


def _day(value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EvenkeelError("actions.no_date", value=str(value)) from None


NEEDED = ("meeting_on", "text", "owner", "due_on")
OTHERS = ("done_on", "indicator_id", "branch_id", "value", "value_on", "value_n", "policy", "social", "limits")
DECISION = Kind("decision", "decisions", {name: name in NEEDED for name in (*NEEDED, *OTHERS)}, _check)
