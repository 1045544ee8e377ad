"""Actions: who does what by when, for whom, and what those who spoke were told.

An action is a row of `issues_actions`, whether it came in a file or was written down here; what is written down lies
over the file's row of the same id. The words of the answer, the voices it answers and why it was dropped have no
column there and stand in the record alone.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import count

import duckdb

from metrics import catalogue, records
from metrics.errors import EvenkeelError, nearest
from metrics.records import Body, Kind

Cursor = duckdb.DuckDBPyConnection
COLUMNS = (
    "source", "category", "risk_id", "branch_id", "raised_on", "owner", "action", "due_on", "done_on", "answered_on",
    "effect_indicator_id",
)  # fmt: skip
DATES = ("raised_on", "due_on", "done_on", "answered_on")
SOURCES = ("client", "staff", "community", "authority", "partner", "funder", "regulator", "audit")
SPOKE = SOURCES[:-1]  # an audit asks for the deed, the others for an answer too
STATUSES = ("overdue", "done", "open", "answered", "dropped")  # worst first; done and not yet told comes second


@dataclass(frozen=True)
class Action:
    """One action as it stands; `version` is its record's, 0 where it came in a file and nobody has changed it.

    `voices` are references such as complaints/C-17; `origin` says what it was made from (decision/D-001).
    """

    id: str
    version: int = 0
    institution: str = ""
    source: str | None = None
    category: str | None = None
    risk_id: str | None = None
    branch_id: str | None = None
    raised_on: datetime.date = datetime.date.min
    owner: str = ""
    action: str = ""
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    answered_on: datetime.date | None = None
    effect_indicator_id: str | None = None
    answer: str | None = None
    answered_to: str | None = None
    voices: tuple[str, ...] = ()
    origin: str | None = None
    dropped_why: str | None = None

    def status(self, day: datetime.date) -> str:
        """Where it stands at the end of a day: open, overdue, done, answered (done and told) or dropped."""
        if self.done_on is not None and self.done_on <= day:
            return "answered" if self.answered_on is not None and self.answered_on <= day else "done"
        if self.dropped_why:
            return "dropped"
        return "overdue" if self.due_on is not None and self.due_on < day else "open"

    def untold(self, day: datetime.date) -> bool:
        """Whether it is done and those who spoke have not been told."""
        return self.status(day) == "done" and bool(self.voices or self.source in SPOKE)

    def waits(self, day: datetime.date) -> int:
        """Days past its due date, or since it was done without a word to those who spoke; 0 where neither holds."""
        since = self.done_on if self.untold(day) else self.due_on if self.status(day) == "overdue" else None
        return (day - since).days if since else 0

    def body(self) -> dict[str, object]:
        """Its fields as a record keeps them: dates as ISO text, nothing for what is empty."""
        found = {name: getattr(self, name) for name in FIELDS}
        plain = {name: value.isoformat() if name in DATES and value else value for name, value in found.items()}
        plain["voices"] = list(self.voices)
        return {name: value for name, value in plain.items() if value not in (None, "", [])}


def listed(cursor: Cursor) -> list[Action]:
    """Every action that the reader may see, by id: the rows of files, and what was written down over them."""
    sql = """SELECT institution_id, issue_id, source::VARCHAR, category, risk_id, branch_id, raised_on,
        coalesce(owner, ''), coalesce(action, ''), due_on, done_on, answered_on, effect_indicator_id
        FROM v_issues_actions ORDER BY institution_id, issue_id"""
    found = {}
    for institution, name, *rest in cursor.execute(sql).fetchall():
        told = dict(zip(COLUMNS, rest, strict=True))
        found[institution, name] = Action(name, institution=institution, **told)
    for record in records.newest(cursor, ACTION.name):
        found[record.institution, record.id] = read(record.id, record.body, record.version, record.institution)
    return [found[key] for key in sorted(found)]


def find(cursor: Cursor, action_id: str) -> Action | None:
    """One action by its id; None where there is none in the reader's scope."""
    return next((one for one in listed(cursor) if one.id == action_id), None)


def new_id(cursor: Cursor) -> str:
    """An id that no action bears, neither a record nor a row of a file."""
    rows = cursor.execute("SELECT issue_id FROM v_issues_actions").fetchall()
    rows += cursor.execute("SELECT DISTINCT record_id FROM v_records WHERE kind = ?", [ACTION.name]).fetchall()
    known = {row[0] for row in rows}
    return next(name for n in count(1) if (name := f"A-{n:03d}") not in known)


def read(action_id: str, body: Body, version: int = 0, institution: str = "") -> Action:
    """The action that a record's body stands for."""
    known = {one.name for one in fields(Action)}
    told = {name: value for name, value in body.items() if name in known}
    told |= {name: datetime.date.fromisoformat(told[name]) for name in DATES if told.get(name)}
    return Action(action_id, version, institution, **told | {"voices": tuple(told.get("voices") or ())})


def ordered(found: Iterable[Action], day: datetime.date) -> list[Action]:
    """By need to act: overdue (longest first), done but not told, open (due soonest), then what is closed, newest."""

    def need(one: Action) -> tuple[int, int, str]:
        status = one.status(day)
        late = status == "done" and not one.untold(day)  # nobody waits for a word
        place = STATUSES.index("answered" if late else status)
        when = one.done_on or one.raised_on if place > 2 else one.done_on if status == "done" else one.due_on
        days = (when or datetime.date.max).toordinal()
        return place, -days if place > 2 else days, one.id

    return sorted(found, key=need)


def of_risk(found: Iterable[Action], risk_id: str) -> list[Action]:
    """The actions against a risk."""
    return [one for one in found if one.risk_id == risk_id]


def of_voice(found: Iterable[Action], ref: str) -> list[Action]:
    """The actions that answer a voice (complaints/C-17)."""
    return [one for one in found if ref in one.voices]


def of_origin(found: Iterable[Action], origin: str) -> list[Action]:
    """The actions made from a decision, a need or a breach (decision/D-001)."""
    return [one for one in found if one.origin == origin]


def _check(cursor: Cursor, action_id: str, body: Body) -> None:
    """Refuse what cannot be so: dates out of order, names that nothing bears."""
    day = {name: _day(name, body[name]) for name in DATES if body.get(name)}
    raised = day["raised_on"]
    for name in ("due_on", "done_on", "answered_on"):
        if name in day and day[name] < raised:
            raise EvenkeelError(f"actions.{name}_early", day=day[name], raised=raised)
    last = max(datetime.date.today(), _newest(cursor))
    for name in ("done_on", "answered_on"):
        if name in day and day[name] > last:
            raise EvenkeelError("actions.not_yet", day=day[name], last=last)
    if body.get("answer") and "answered_on" not in day:
        raise EvenkeelError("actions.answer_undated")
    _known(cursor, action_id, body)


def _known(cursor: Cursor, action_id: str, body: Body) -> None:
    """Refuse an unknown source, branch or indicator; a name that came in a file may stay as it came."""
    came = find(cursor, action_id)
    among = {
        "source": SOURCES,
        "branch_id": [row[0] for row in cursor.execute("SELECT branch_id FROM v_branches").fetchall()],
        "effect_indicator_id": list(catalogue.indicators()),
    }
    for name, known in among.items():
        given = body.get(name)
        if given and known and given not in known and (came is None or given != getattr(came, name)):
            raise EvenkeelError(f"actions.unknown_{name}", name=given, nearest=nearest(str(given), known))


def _day(name: str, value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EvenkeelError("actions.no_date", value=str(value)) from None


def _newest(cursor: Cursor) -> datetime.date:
    """The newest date of the data; the earliest of all where there is none."""
    found = cursor.execute("SELECT max(period) FROM v_m_periods").fetchall()[0][0]
    return found if isinstance(found, datetime.date) else datetime.date.min


def _rows(record_id: str, body: Body) -> list[dict[str, object]]:
    return [{"issue_id": record_id, **{name: body.get(name) for name in COLUMNS}}]


NEEDED = ("raised_on", "owner", "action", "due_on")
FIELDS = (*COLUMNS, "answer", "answered_to", "voices", "origin", "dropped_why")
ACTION = Kind(
    "action", "actions", {name: name in NEEDED for name in FIELDS}, _check, "issues_actions", _rows
)  # fmt: skip
