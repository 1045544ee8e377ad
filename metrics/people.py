"""Who may come in, with which role and for which branches: the newest entry of the account about each person.

There is no table of people beside the account of everything: a role is what was last written about it, by whom and
when. The administrators whom the configuration names are always in, so that nobody locks everybody out.
"""

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from metrics import access, activity
from metrics.access import NOBODY, Actor, roles
from metrics.activity import Event
from metrics.errors import EvenkeelError
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Person:
    """One person: the address signed in with, role, branches (None: all), and from when sessions count.

    `since` is UTC: a session that began before it is over. `came` is when the person last came in.
    """

    name: str
    role: str
    branches: tuple[str, ...] | None
    since: datetime.datetime | None
    by: str = ""
    at: datetime.datetime | None = None
    came: datetime.datetime | None = None

    @property
    def actor(self) -> Actor:
        """The person at work."""
        whole = self.role in roles.roles() and roles.roles()[self.role].whole
        return Actor(self.name, self.role, None if whole else self.branches or ())


def people(cursor: Cursor, admins: Collection[str] = ()) -> list[Person]:
    """Everyone who was ever given a role, by name; those without one any more have the role `nobody`."""
    known = {row[0] for row in cursor.execute("SELECT DISTINCT subject FROM activity WHERE what = 'role'").fetchall()}
    names = sorted(known | set(map(str.casefold, admins)))
    return [found for name in names if (found := find(cursor, name, admins)) is not None]


def find(cursor: Cursor, name: str, admins: Collection[str] = ()) -> Person | None:
    """The person with a name (an e-mail address, whatever its case); None where nobody ever gave a role."""
    plain = name.casefold()
    role, left, came = cursor.execute(
        """SELECT arg_max({'told': told_after, 'who': who, 'at': done_at}, no) FILTER (what = 'role'),
            max(done_at) FILTER (what = 'sign_out'), max(done_at) FILTER (what = 'sign_in')
        FROM activity WHERE what IN ('role', 'sign_out', 'sign_in') AND subject = ?""",
        [plain],
    ).fetchall()[0]
    given = json.loads(role["told"]) if role else {"role": NOBODY, "branches": [], "since": None}
    by, at = (role["who"], role["at"]) if role else ("", None)
    ended = datetime.datetime.fromisoformat(given["since"]) if given["since"] else None
    out = left.replace(tzinfo=datetime.UTC) if left else None
    since = max(filter(None, (ended, out)), default=None)
    if plain in map(str.casefold, admins):
        return Person(plain, "admin", None, since, by, at, came)
    return Person(plain, given["role"], tuple(given["branches"]) or None, since, by, at, came) if role else None


def sign_out(store: Store, name: str) -> None:
    """Write down that a person signed out: every session that began before is over, wherever its cookie was copied."""
    store.note(Event("sign_out", name.casefold()))


def give(store: Store, name: str, role: str, branches: Sequence[str] = (), signed_out: bool = False) -> None:
    """Give a person a role (`nobody` takes it away); `signed_out` ends every session that began before now.

    Raises:
        Forbidden: the role gives no roles.
        EvenkeelError: no such name or role; or branches are missing where the role sees only some.
    """
    access.need("people")
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
