"""Who may come in, with which role and for which branches: the newest entry of the account about each person.

There is no table of people beside the account of everything: a role is what was last written about it, by whom and
when. The administrators whom the configuration names are always in, so that nobody locks everybody out.
"""

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from metrics import activity
from metrics.access import NOBODY, Actor, roles
from metrics.activity import Event
from metrics.errors import EvenkeelError
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Person:
    """One person: the address signed in with, role, branches (None: all), and from when sessions count.

    `since` is UTC: a session that began before it is over.
    """

    name: str
    role: str
    branches: tuple[str, ...] | None
    since: datetime.datetime | None
    by: str = ""
    at: datetime.datetime | None = None

    @property
    def actor(self) -> Actor:
        """The person at work."""
        whole = self.role in roles.roles() and roles.roles()[self.role].whole
        return Actor(self.name, self.role, None if whole else self.branches or ())


def people(cursor: Cursor, admins: Collection[str] = ()) -> list[Person]:
    """Everyone who was ever given a role, by name; those without one any more have the role `nobody`."""
    rows = cursor.execute(
        """SELECT subject, told_after, who, done_at FROM activity WHERE what = 'role'
        QUALIFY row_number() OVER (PARTITION BY subject ORDER BY no DESC) = 1 ORDER BY subject"""
    ).fetchall()
    found = {row[0]: _person(*row) for row in rows}
    for name in map(str.casefold, admins):
        since = found[name].since if name in found else None
        found[name] = Person(name, "admin", None, since)
    return [found[name] for name in sorted(found)]


def find(cursor: Cursor, name: str, admins: Collection[str] = ()) -> Person | None:
    """The person with a name (an e-mail address, whatever its case); None where nobody ever gave a role."""
    rows = cursor.execute(
        """SELECT subject, told_after, who, done_at FROM activity WHERE what = 'role' AND subject = ?
        ORDER BY no DESC LIMIT 1""",
        [name.casefold()],
    ).fetchall()
    known = _person(*rows[0]) if rows else None
    if name.casefold() in map(str.casefold, admins):
        return Person(name.casefold(), "admin", None, known.since if known else None)
    return known


def give(store: Store, name: str, role: str, branches: Sequence[str] = (), signed_out: bool = False) -> None:
    """Give a person a role (`nobody` takes it away); `signed_out` ends every session that began before now.

    Raises:
        EvenkeelError: no such name or role; or branches are missing where the role sees only some.
    """
    plain = name.strip().casefold()
    if "@" not in plain or len(plain) > 200 or not plain.isprintable() or " " in plain:
        raise EvenkeelError("access.bad_name", name=name[:60])
    known = roles.roles()
    if role != NOBODY and (role not in known or role == "owner"):
        raise EvenkeelError("access.bad_role", role=role, known=", ".join(one for one in known if one != "owner"))
    if role != NOBODY and not known[role].whole and not branches:
        raise EvenkeelError("access.no_branches", role=role)

    def change(cursor: Cursor) -> None:
        before = find(cursor, plain)
        ends = signed_out or role == NOBODY
        since = datetime.datetime.now(datetime.UTC) if ends else before.since if before else None
        told = {"role": role, "branches": sorted(branches), "since": since.isoformat() if since else None}
        then = None if before is None else {"role": before.role, "branches": list(before.branches or ())}
        activity.add(cursor, Event("role", plain, then, told))

    store.write(change, figures=False)


def _person(name: str, told: str, who: str, at: datetime.datetime) -> Person:
    given = json.loads(told)
    since = datetime.datetime.fromisoformat(given["since"]) if given["since"] else None
    return Person(name, given["role"], tuple(given["branches"]) or None, since, who, at)
