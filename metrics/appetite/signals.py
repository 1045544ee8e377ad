"""Early signals, before loans fall late: what is unusual in which branch, since when, beside what is usual."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from metrics import records, units, values
from metrics.appetite import watching
from metrics.appetite.breaches import BREACH, day_of, record_id
from metrics.appetite.signs import Sign, Signs, signs
from metrics.appetite.unusual import Floats, Series
from metrics.appetite.watching import Mark
from metrics.errors import EvenkeelError
from metrics.policy import Policy
from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
BY = ("branch", "institution")


@dataclass(frozen=True)
class Signal:
    """One sign that is unusual in one unit.

    `level` is watch or red; `since` the month-end on which it began to warn, `months` how many it has, `since_red` the
    month-end on which it turned red (None: it has not); `value` and
    `usual` are shares of `n` (events among one a month), a level, or a growth over a year; `hits` events of the last
    `recent` months where `expected` are usual. `chance`: of a sign like this anywhere in a month without trouble.
    `new`: red now and not at the date before. The rest is what people wrote down.
    """

    name: str
    indicator: str
    by: str
    unit: str
    unit_name: str
    level: str
    since: datetime.date
    day: datetime.date
    value: float
    usual: float
    hits: float
    expected: float
    n: int
    months: int
    recent: int
    history: int
    chance: float
    new: bool
    how: str = "count"
    since_red: datetime.date | None = None
    owner: str = ""
    comment: str = ""
    acknowledged_by: str = ""
    acknowledged_on: datetime.date | None = None
    version: int = 0

    @property
    def id(self) -> str:
        """Under which its record is kept."""
        return record_id(self.name, self.by, self.unit, self.since)


def found(cursor: Cursor, policy: Policy, day: datetime.date | None = None, table: Signs | None = None) -> list[Signal]:
    """The signals at a date (None: the newest), red ones first, then the longest.

    Only what was known at that date is looked at, so that a date always gives the same signals from the same data.

    Args:
        cursor: scoped; several institutions are watched each by itself.
        policy: of the figures shown beside them; signs are counts and do not depend on its definitions.
        day: a date with data.
        table: the signs and their rule; None for those that ship.

    Raises:
        EvenkeelError: no such date in the data.
    """
    dates = values.periods(cursor)
    if not dates or (day is not None and day not in dates):
        raise EvenkeelError("errors.no_such_period", period=str(day or "-"), periods=", ".join(map(str, dates[-6:])))
    last = day or dates[-1]
    over = timeline(cursor, table)
    known = over.get(last, [])
    return sorted(_noted(cursor, known), key=lambda one: (one.level != "red", one.since, one.name, one.unit))


Key = tuple[str, str, datetime.date]
Parts = Mapping[str, Mapping[Key, float]]


def _parts(cursor: Cursor, table: Signs) -> Parts:
    """Part, as measure.part -> (institution, branch, month-end) -> its sum; NaN where that is not known."""
    found: dict[str, dict[Key, float]] = {}
    for measure, names in _read(table).items():
        sums = ", ".join(f"sum({quote(part)})::DOUBLE" for part in names)
        rows = cursor.execute(
            f"SELECT institution_id, branch_id, last_day(period), {sums} FROM {quote('v_m_' + measure)} "
            "WHERE cut = 'main' AND branch_id IS NOT NULL GROUP BY ALL"
        ).fetchall()
        for place, part in enumerate(names, start=3):
            found[f"{measure}.{part}"] = {row[:3]: np.nan if row[place] is None else row[place] for row in rows}
    return found


def _read(table: Signs) -> dict[str, list[str]]:
    """The parts of each measure that the signs read."""
    wanted: dict[str, list[str]] = {}
    for measure, part in (name.split(".") for sign in table.each.values() for name in sign.parts()):
        if part not in wanted.setdefault(measure, []):
            wanted[measure].append(part)
    return wanted


def _months(
    parts: Parts, dates: Sequence[datetime.date], institution: str
) -> tuple[list[datetime.date], dict[datetime.date, int]]:
    """The month-ends from the first thing known to the newest date, and which of them each date with data belongs to.

    A date within a month, with a later one in it, belongs to the month before: its month was not over.
    """
    last = _month_end(max(dates))
    months = [min([key[2] for read in parts.values() for key in read if key[0] == institution and key[2] <= last])]
    while months[-1] < last:
        months.append(_month_end(months[-1] + datetime.timedelta(days=1)))
    place = {day: number for number, day in enumerate(months)}
    closing = {_month_end(day): day for day in sorted(dates)}
    return months, {day: place[_month_end(day)] - (closing[_month_end(day)] != day) for day in dates if
                    _month_end(day) in place}  # fmt: skip


def _month_end(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)


def _series(
    parts: Parts, sign: Sign, months: Sequence[datetime.date], institution: str, reach: "_Reach"
) -> Iterable[Series]:
    """A sign of every branch of an institution, and of the institution as a whole where all of it is in scope."""
    branches = sorted({key[1] for name in sign.parts() for key in parts[name] if key[0] == institution})
    reads = {name: _array(parts[name], branches, months, institution, name == sign.events) for name in sign.parts()}
    events, among = reads[sign.events], reads[sign.among]
    if sign.less:
        events = events - reads[sign.less]
    if sign.how in ("count", "share"):
        events = _begun(events)
        among = np.where(np.isfinite(events), _filled(among), np.nan)
    three = (events, among, reads[sign.loans] if sign.loans else among)
    named = tuple(f"{institution}/{branch}" if reach.several else branch for branch in branches)
    yield _counted(Series(sign, "branch", named, *three))
    if reach.whole and sign.how != "peers" and len(branches) > 1:
        yield _counted(Series(sign, "institution", (institution,), *map(_summed, three)))


def _array(
    read: Mapping[Key, float], branches: Sequence[str], months: Sequence[datetime.date], institution: str, flows: bool
) -> Floats:
    """A part by branch and month; of events no row is none, between the first and the last month of all branches."""
    found = np.full((len(branches), len(months)), np.nan)
    places = {month: number for number, month in enumerate(months)}
    known = [places[key[2]] for key in read if key[0] == institution and key[2] in places]
    if flows and known:
        found[:, min(known) : max(known) + 1] = 0.0
    rows = {branch: number for number, branch in enumerate(branches)}
    for (whose, branch, month), value in read.items():
        if whose == institution and month in places and branch in rows:
            found[rows[branch], places[month]] = value
    return found


def _begun(events: Floats) -> Floats:
    """Events from the month after the first one anywhere: before it nobody may have been writing them down."""
    heard = np.flatnonzero((np.nan_to_num(events) > 0).any(axis=0))
    found = events.copy()
    found[:, : heard[0] + 1 if len(heard) else found.shape[1]] = np.nan
    return found


def _filled(among: Floats) -> Floats:
    """How many there are in months before the first that is known: as many as then."""
    found = among.copy()
    for row in found:
        known = np.flatnonzero(np.isfinite(row) & (row > 0))
        if len(known):
            row[: known[0]] = row[known[0]]
    return found


def _summed(part: Floats) -> Floats:
    """All branches together; NaN where none is known."""
    return np.where(np.isfinite(part).any(axis=0), np.nansum(part, axis=0), np.nan)[None, :]


def _counted(one: Series) -> Series:
    """A share of money, or of weighted answers, as a number of the loans or people behind it."""
    if one.sign.how != "share" and not one.sign.less:
        return one
    share = np.divide(one.events, one.among, out=np.full(one.events.shape, np.nan), where=one.among > 0)
    return replace(one, events=share * one.n, among=np.where(np.isfinite(share), one.n, np.nan))


@dataclass(frozen=True)
class _Reach:
    """Whether several institutions are in scope, and whether all branches are."""

    several: bool
    whole: bool


def timeline(cursor: Cursor, table: Signs | None = None) -> dict[datetime.date, list[Signal]]:
    """The signals of every date, each from what was known at that date alone, without what people wrote."""
    table = table or signs()
    dates = values.periods(cursor)
    rows = cursor.execute(
        "SELECT institution_id, list(DISTINCT period), getvariable('branches') IS NULL FROM v_m_periods GROUP BY ALL"
    ).fetchall()
    parts = _parts(cursor, table)
    named = {by: units.names(cursor, by) for by in BY}
    found: dict[datetime.date, list[Signal]] = {day: [] for day in dates}
    for institution, own, whole in sorted(rows):
        if not any(key[0] == institution for read in parts.values() for key in read):
            continue
        months, places = _months(parts, own, institution)
        reach = _Reach(len(rows) > 1, whole)
        series = [one for sign in table.each.values() for one in _series(parts, sign, months, institution, reach)]
        marks = watching.watch(series, table.rule, 0, len(months) - 1)
        before: list[Mark] = []
        for day in sorted(places):
            now = marks.get(places[day], [])
            found[day] += [_signal(mark, day, months, before, named) for mark in now]
            before = now
    return found


def _signal(
    mark: Mark, day: datetime.date, months: Sequence[datetime.date], before: Sequence[Mark],
    named: Mapping[str, Mapping[str, tuple[str, str]]],
) -> Signal:  # fmt: skip
    """A mark at a date as readers see it; `before`: those of the date before in the data."""
    same = {(one.sign.name, one.unit, one.level) for one in before}
    return Signal(
        name=mark.sign.name, indicator=mark.sign.indicator, by=mark.by, unit=mark.unit,
        unit_name=named[mark.by].get(mark.unit, (mark.unit,))[0], level=mark.level, since=months[mark.since], day=day,
        value=mark.value, usual=mark.usual, hits=mark.hits, expected=mark.expected,
        n=0 if np.isnan(mark.n) else round(mark.n), months=mark.months, recent=mark.sign.recent, history=mark.history,
        chance=mark.chance, new=mark.level == "red" and (mark.sign.name, mark.unit, "red") not in same,
        how=mark.sign.how, since_red=None if mark.red_since is None else months[mark.red_since],
    )  # fmt: skip


def _noted(cursor: Cursor, known: Sequence[Signal]) -> list[Signal]:
    """The signals with what people wrote down about them."""
    kept = {record.id: record for record in records.newest(cursor, BREACH.name)}
    found = []
    for one in known:
        record = kept.get(one.id)
        said = record.body if record else {}
        found.append(
            replace(
                one,
                owner=said.get("owner", ""),
                comment=said.get("comment", ""),
                acknowledged_by=said.get("acknowledged_by", ""),
                acknowledged_on=day_of(said.get("acknowledged_on")),
                version=record.version if record else 0,
            )  # fmt: skip
        )
    return found
