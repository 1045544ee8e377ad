"""What is beyond a limit now, and what was: each breach with its life, its owner and what ended it."""

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from metrics import asking, catalogue, records, units, values
from metrics.appetite import life, lines, signs
from metrics.appetite.life import SEVERITY, Run
from metrics.errors import EvenkeelError, nearest
from metrics.limits import Lines
from metrics.limits import lines as limit_lines
from metrics.policy import Policy
from metrics.records import Body, Kind, Record

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Breach:
    """One figure of one unit beyond a line.

    `since` is the first date of the unbroken run, `times` the dates with a figure in it; `pace` the change a month
    (positive where it grows worse; None after one date). `new`: worse than at the date before; `warns`: on this date
    it becomes a warning in red, by the rule of `life`; `since_red`: the first of its red dates in a row, None where it
    is not red. `hard`: the board, or the policy, wants this line never to be crossed. `action`: the action that was
    made of it, if any. The rest is what people wrote down; `version` is 0 where nobody did.
    """

    indicator: str
    by: str
    unit: str
    name: str
    level: str
    value: float
    line: float
    approved: bool
    since: datetime.date
    day: datetime.date
    times: int
    pace: float | None
    n: int | None
    new: bool
    warns: bool = False
    since_red: datetime.date | None = None
    hard: bool = False
    owner: str = ""
    comment: str = ""
    acknowledged_by: str = ""
    acknowledged_on: datetime.date | None = None
    action: str = ""
    version: int = 0

    @property
    def id(self) -> str:
        """Under which its record is kept."""
        return record_id(self.indicator, self.by, self.unit, self.since)


@dataclass(frozen=True)
class Closed:
    """A breach that is over: the last figure of its run, and on which date and by what it ended.

    `reason`: 'within' (the figure came back), 'limit' (the limit was changed), 'action' (an action made of it was done
    by then, and the figure came back).
    """

    breach: Breach
    ended: datetime.date
    value: float
    reason: str


def record_id(name: str, by: str, unit: str, since: datetime.date) -> str:
    """The id of the record of a breach, or of a signal."""
    return f"{name}/{by}/{unit}/{since.isoformat()}"


def found(cursor: Cursor, policy: Policy, day: datetime.date | None = None, by: str = "branch") -> list[Breach]:
    """What is beyond its limit at a date; see `both`."""
    return both(cursor, policy, day, by)[0]


def closed(cursor: Cursor, policy: Policy, day: datetime.date | None = None, by: str = "branch") -> list[Closed]:
    """What was beyond its limit before a date and is so no longer; see `both`."""
    return both(cursor, policy, day, by)[1]


def both(
    cursor: Cursor, policy: Policy, day: datetime.date | None = None, by: str = "branch",
    figures: pd.DataFrame | None = None,
) -> tuple[list[Breach], list[Closed]]:  # fmt: skip
    """What is beyond its limit at a date (None: the newest), and what was before and is so no longer.

    Every date is judged by the limits that held on it; the newest by those that hold today.

    Args:
        figures: the values of these units at every date up to `day`, under the policy's definitions and without
            filters, where the caller has them already.

    Returns:
        The open ones, hard caps first, then red, then the longest; those that are over, the latest to end first.

    Raises:
        EvenkeelError: no such date in the data, or no such kind of unit.
    """
    last, said = _last(cursor, day), _Said(cursor, by, policy)
    now, over = [], []
    for run in _all(cursor, policy, day, by, figures):
        if run.ended is not None:
            breach = said.breach(run)
            over.append(Closed(breach, run.ended.day, run.ended.value, said.reason(run, breach)))
        elif run.now.day == last:
            now.append(said.breach(run))
    return sorted(now, key=_need), sorted(over, key=lambda one: (one.ended, one.breach.since), reverse=True)


def _need(one: Breach) -> tuple[bool, int, datetime.date, str, str]:
    return not (one.hard and one.level == "red"), -SEVERITY[one.level], one.since, one.indicator, one.unit


def _last(cursor: Cursor, day: datetime.date | None) -> datetime.date:
    dates = values.periods(cursor)
    if not dates or (day is not None and day not in dates):
        raise EvenkeelError("errors.no_such_period", period=str(day or "-"), periods=", ".join(map(str, dates[-6:])))
    return day or dates[-1]


def _all(
    cursor: Cursor, policy: Policy, day: datetime.date | None, by: str, figures: pd.DataFrame | None
) -> Iterable[Run]:
    last = _last(cursor, day)
    dates = values.periods(cursor)
    shown = None if last == dates[-1] else [one for one in dates if one <= last]
    held = limit_lines(cursor, policy, by)
    if figures is None:
        kind = asking.parse(by, (), None).kind
        names = [name for name in held.names() if kind in catalogue.indicators()[name].units]
        figures = values.values(cursor, policy.settings, by, shown, indicators=names)
    return list(life.runs(_fitting(figures, held), held, max(last, datetime.date.today()) if shown is None else None))


def _fitting(frame: pd.DataFrame, held: Lines) -> pd.DataFrame:
    return frame[frame["indicator"].isin(held.names())]


class _Said:
    """What people wrote down about breaches, which of them became actions, and the names of units."""

    def __init__(self, cursor: Cursor, by: str, policy: Policy) -> None:
        self.policy, self.by, self.names = policy, by, units.names(cursor, by)
        self.records: dict[str, list[Record]] = {}
        for record in records.newest(cursor, BREACH.name):
            self.records.setdefault(record.id.rpartition("/")[0], []).append(record)
        actions = records.newest(cursor, "action")
        self.actions = {one.body["origin"]: one for one in actions if one.body.get("origin")}
        self.caps = [line for line in lines.listed(cursor) if line.hard_cap]

    def breach(self, run: Run) -> Breach:
        """A run as a breach."""
        now, kept = run.now, self.kept(run.indicator.id, run.unit, run.first, run.now.day)
        said: Mapping[str, str] = kept.body if kept else {}
        red, hard = run.red, self.hard(run)
        action = self.actions.get(f"breach/{kept.id if kept else self.id(run)}")
        return Breach(
            indicator=run.indicator.id, by=self.by, unit=run.unit, name=self.names.get(run.unit, (run.unit,))[0],
            level=now.level, value=now.value, line=now.line if now.line is not None else math.nan,
            approved=now.limit is not None and now.limit.approved, since=run.first, day=now.day,
            times=len(run.points), pace=life.pace(run), n=None if math.isnan(now.n) else int(now.n), new=run.new,
            warns=run.warns(hard), since_red=red[0].day if red else None,
            hard=hard, owner=said.get("owner", ""), comment=said.get("comment", ""),
            acknowledged_by=said.get("acknowledged_by", ""), acknowledged_on=day_of(said.get("acknowledged_on")),
            action=action.id if action else "", version=kept.version if kept else 0,
        )  # fmt: skip

    def id(self, run: Run) -> str:
        """The id of a run's record."""
        return record_id(run.indicator.id, self.by, run.unit, run.first)

    def kept(self, name: str, unit: str, first: datetime.date, last: datetime.date) -> Record | None:
        """What was written within a run: data that came later may have moved its first date."""
        known = self.records.get(f"{name}/{self.by}/{unit}", [])
        inside = [one for one in known if first <= datetime.date.fromisoformat(one.id.rpartition("/")[2]) <= last]
        return max(inside, key=lambda one: one.at, default=None)

    def hard(self, run: Run) -> bool:
        """Whether the limit that holds is one that must never be crossed, as the board or the policy says."""
        return run.indicator.id in self.policy.caps or any(
            cap.indicator == run.indicator.id and cap.holds(run.now.day)
            and (not cap.scope_id or cap.scope_id in (run.unit, f"{self.by}/{run.unit}"))
            and cap.scope in ("institution", asking.KINDS[self.by][0])
            for cap in self.caps
        )  # fmt: skip

    def reason(self, run: Run, breach: Breach) -> str:
        """What ended a run."""
        how = life.ending(run)
        action = self.actions.get(f"breach/{breach.id}")
        done = day_of(action.body.get("done_on")) if action else None
        taken = how == "within" and done is not None and run.ended is not None and done <= run.ended.day
        return "action" if taken else how


def day_of(text: str | None) -> datetime.date | None:
    """A day as records keep it."""
    return datetime.date.fromisoformat(text) if text else None


def _check(cursor: Cursor, record: str, body: Body) -> None:
    """Refuse a note on nothing: an unknown indicator or kind of unit, or half an acknowledgement."""
    name, by, rest = (record.split("/", 2) + ["", ""])[:3]
    known = [*catalogue.indicators(), *signs.signs().each]
    if name not in known:
        raise EvenkeelError("errors.unknown_indicator", name=name, nearest=nearest(name, known))
    asking.parse(by, (), None)
    if not rest.rpartition("/")[0]:
        raise EvenkeelError("signals.no_unit", id=record)
    if bool(body.get("acknowledged_by")) != bool(body.get("acknowledged_on")):
        raise EvenkeelError("signals.half_acknowledged")


FIELDS = dict.fromkeys(("owner", "comment", "acknowledged_by", "acknowledged_on", "branch_id"), False)
BREACH = Kind("breach", "signals", FIELDS, _check)
