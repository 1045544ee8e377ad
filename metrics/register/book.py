"""The register as it stands: shipped risks where the institution has not changed them, its own above them."""

import datetime
from typing import Any

from metrics import records
from metrics.records import Body, Change, Cursor, Record
from metrics.register.risk import RISK, Risk, risk_of
from metrics.register.starter import starters, worded


def risks(cursor: Cursor, language: str = "en", day: datetime.date | None = None) -> list[Risk]:
    """Every risk of the one institution in scope; `day` gives the register as it stood at its end.

    A shipped risk that the institution took away is left out.
    """
    whose = records.institution_of(cursor)
    found = records.newest(cursor, RISK.name) if day is None else records.as_of(cursor, RISK.name, day)
    mine = {record.id: record for record in found if record.institution == whose}
    gone = _taken_away(cursor, whose, day)
    shipped = [one.id for one in starters().values() if one.id not in gone]
    return [_read(name, mine.get(name), language) for name in dict.fromkeys([*shipped, *mine])]


def find(cursor: Cursor, risk_id: str, language: str = "en", day: datetime.date | None = None) -> Risk | None:
    """One risk; None where there is none of that id."""
    return next((risk for risk in risks(cursor, language, day) if risk.id == risk_id), None)


def titles(cursor: Cursor, language: str) -> dict[str, str]:
    """The title of every risk by its id, in the reader's language; the shipped ones where no institution is chosen."""
    one = cursor.execute("SELECT count(*) FROM v_institutions").fetchall()[0][0] == 1
    if not one:
        return {name: starter.texts[language]["title"] for name, starter in starters().items()}
    return {risk.id: risk.title for risk in risks(cursor, language)}


def _read(name: str, record: Record | None, language: str) -> Risk:
    body = starters()[name].body if record is None else record.body
    version, who = (record.version, record.who) if record else (0, "")
    return risk_of(name, worded(body, name, language), version, who)


def _taken_away(cursor: Cursor, whose: str, day: datetime.date | None) -> set[str]:
    rows = cursor.execute(
        """SELECT record_id, removed FROM v_records WHERE kind = ? AND institution_id = ?
            AND (?::DATE IS NULL OR written_at::DATE <= ?::DATE)
        QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY version DESC) = 1""",
        [RISK.name, whose, day, day],
    ).fetchall()
    return {name for name, removed in rows if removed}


def reviews(cursor: Cursor, risk_id: str, day: datetime.date | None = None) -> list[Risk]:
    """A risk as each of its reviews left it, the oldest first; later changes of the same review replace it."""
    found: dict[object, Risk] = {}
    for record in records.versions(cursor, RISK.name, risk_id):
        if record.removed or (day is not None and record.at.date() > day):
            continue
        risk = risk_of(risk_id, record.body, record.version, record.who)
        if risk.residual is not None:
            found[risk.reviewed_on] = risk
    return sorted(found.values(), key=lambda risk: risk.reviewed_on or datetime.date.min)


def changes(cursor: Cursor, risk_id: str | None = None) -> list[Change]:
    """Who changed what, when, from what; the first change of a shipped risk says what was shipped."""
    found = records.history(cursor, RISK.name, risk_id)
    first = {
        (change.record.institution, change.record.id): change.record
        for change in found
        if change.record.version == 1 and change.record.id in starters()
    }
    later = [change for change in found if change.record not in first.values()]
    own = [change for record in first.values() for change in _from_shipped(record)]
    return sorted([*later, *own], key=lambda change: change.record.at, reverse=True)


def _from_shipped(record: Record) -> list[Change]:
    before = starters()[record.id].body
    return [
        Change(record, name, before.get(name), record.body.get(name)) for name in records.differing(before, record.body)
    ]


def next_body(risk: Risk, given: Body) -> dict[str, Any]:
    """The whole body of a risk with some fields changed; a shipped text that was not changed stays in English."""
    return worded({**risk.body, **given}, risk.id, "en")
