"""Policies as they were kept in the database: each saving is a new version that never changes."""

import datetime
import hashlib
from dataclasses import dataclass, replace

import duckdb

from metrics import activity, catalogue, limits, own, policy
from metrics.activity import Event
from metrics.errors import EvenkeelError, nearest
from metrics.policy import Fixed, Policy

Cursor = duckdb.DuckDBPyConnection
DEFAULT = "equal"


@dataclass(frozen=True)
class Version:
    """One saved version of a policy. `approved_by` is empty and `approved_on` None while it is a draft."""

    policy: str
    number: int
    toml: str
    saved_at: datetime.datetime
    saved_by: str
    note: str
    approved_by: str
    approved_on: datetime.date | None
    sha256: str

    @property
    def name(self) -> str:
        """The name by which it is loaded, also years later: policy@number."""
        return f"{self.policy}@{self.number}"


def versions(cursor: Cursor) -> list[Version]:
    """Every version that was saved, the newest of each policy first."""
    rows = cursor.execute(
        """SELECT policy, version, toml, saved_at, saved_by, note, coalesce(approved_by, ''), approved_on, sha256
        FROM policy_versions ORDER BY policy, version DESC"""
    ).fetchall()
    return [Version(*row) for row in rows]


def in_use(cursor: Cursor) -> str | None:
    """The name of the version that was approved last: what everyone sees unless they choose another."""
    approved = [found for found in versions(cursor) if found.approved_on is not None]
    return max(approved, key=lambda found: (found.approved_on, found.saved_at)).name if approved else None


def load(cursor: Cursor, name: str) -> Policy:
    """A policy by name: a kept one as name@version (or its newest by name alone), else a shipped one or a file.

    Raises:
        DefinitionError: no such policy.
        EvenkeelError: what is kept is not what was saved.
    """
    title, sign, _ = name.partition("@")
    if not sign and name in policy.names():
        return policy.load(name)
    kept = versions(cursor)
    found = next((one for one in kept if name in (one.name, one.policy)), None)
    if found is None:
        if sign and any(one.policy == title for one in kept):
            known = ", ".join(one.name for one in kept if one.policy == title)
            raise EvenkeelError("settings.no_version", name=name, known=known, nearest=nearest(name, known.split(", ")))
        return policy.load(name)
    if digest(found.toml) != found.sha256:
        raise EvenkeelError("settings.version_changed", name=found.name)
    return replace(Policy.from_toml(found.toml, found.name), name=found.name)


def digest(text: str) -> str:
    """The SHA-256 of a text: what proves that a version is as it was saved."""
    return hashlib.sha256(text.encode()).hexdigest()


def completed(cursor: Cursor, given: Policy) -> Policy:
    """The policy with every goalpost and limit that is in force written into it, so that nothing else moves it."""
    lines = {name: (line.amber, line.red) for name, line in limits.in_force(cursor, given).items()}
    return replace(resolved(given), limits=Fixed(tuple(lines.items())))


def resolved(given: Policy) -> Policy:
    """The policy with the catalogue's goalposts where it sets none.

    What counts an indicator of one's own that was taken out of the catalogue since is left out: an older version
    stays readable.

    Raises:
        DefinitionError: a leaf or a limit names an indicator that there is not.
    """
    known = catalogue.indicators()
    gone = [leaf.path for leaf in given.leaves if leaf.indicator.startswith(own.START) and leaf.indicator not in known]
    if gone:
        given = given.without(gone)
    lost = [name for name in given.limits if name.startswith(own.START) and name not in known]
    if lost:
        given = replace(given, limits=Fixed(tuple((k, v) for k, v in given.limits.items() if k not in lost)))
    return given.resolve({i.id: i.goalposts for i in known.values()})


def keep(
    cursor: Cursor, given: Policy, who: str, note: str = "", approved: tuple[str, datetime.date] | None = None
) -> str:
    """Keep a policy as a new version within a transaction that is open; returns its name.

    Args:
        given: as `completed` gives it; its name may carry the version that it was made from.
        approved: who approved it and when; None keeps a draft.
    """
    title, toml = given.name.partition("@")[0], given.to_toml()
    by, day = approved or (None, None)
    row = [toml, datetime.datetime.now(datetime.UTC).replace(tzinfo=None), who, note, by, day, digest(toml)]
    number = cursor.execute(
        """INSERT INTO policy_versions
        SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM policy_versions WHERE policy = ?
        RETURNING version""",
        [title, *row, title],
    ).fetchall()[0][0]
    told = {"sha256": digest(toml), "note": note, "approved_by": by, "approved_on": day}
    before = {"made_from": given.name} if "@" in given.name else None
    activity.add(cursor, Event("policy", f"{title}@{number}", before, told), who)
    return f"{title}@{number}"
