"""Policies as they were kept in the database: each saving is a new version that never changes."""

import datetime
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from metrics import activity, catalogue, limits, own, policy
from metrics.activity import Event
from metrics.errors import EvenkeelError, nearest
from metrics.policy import Fixed, Policy

Cursor = duckdb.DuckDBPyConnection
DEFAULT = "equal"
ENDLESS = (math.inf, -math.inf)


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
    made_from, before, after = _told(cursor, given)
    row = [toml, datetime.datetime.now(datetime.UTC).replace(tzinfo=None), who, note, by, day, digest(toml)]
    number = cursor.execute(
        """INSERT INTO policy_versions
        SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM policy_versions WHERE policy = ?
        RETURNING version""",
        [title, *row, title],
    ).fetchall()[0][0]
    approval = {"approved_by": by, "approved_on": day} if approved else {}
    told = {"made_from": made_from, **after, **approval, "note": note, "sha256": digest(toml)}
    what = "policy" if approved else _kind(after)
    activity.add(cursor, Event(what, f"{title}@{number}", before, told), who)
    return f"{title}@{number}"


def drop(cursor: Cursor, version: Version) -> None:
    """Take a version away that nobody approved, within a transaction that is open."""
    assert version.approved_on is None, version.name
    cursor.execute("DELETE FROM policy_versions WHERE policy = ? AND version = ?", [version.policy, version.number])
    activity.add(cursor, Event("policy", version.name, {"sha256": version.sha256, "note": version.note}, None))


def _told(cursor: Cursor, given: Policy) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """What a policy that is kept was made from, and all in which it differs from that, before and after.

    One under a new name is held against the one in use.
    """
    name = given.name
    known = [one.name for one in versions(cursor)]
    if name not in (*known, *policy.names()):
        title = name.partition("@")[0]
        same = [one for one in (*known, *policy.names()) if one.partition("@")[0] == title]
        name = same[0] if same else in_use(cursor) or DEFAULT
    former, now = _flat(completed(cursor, load(cursor, name))), _flat(given)
    differing = [key for key in {**former, **now} if former.get(key) != now.get(key)]
    before, after = ({key: flat.get(key) for key in differing} for flat in (former, now))
    return name, before, after


def _flat(given: Policy) -> dict[str, Any]:
    """Everything of a policy by what it is and whose: `weight social/staff`, `limits par30`, `definition par30`."""
    plain = ("title", "health_limit", "health_critical", "watch", "caps", "decimals")
    found: dict[str, Any] = {name: getattr(given, name) for name in plain}
    for node in given.nodes:
        for name in ("weight", "exponent", "epsilon", "coverage"):
            found[f"{name} {node.path}".rstrip()] = getattr(node, name)
    for leaf in given.leaves:
        found[f"weight {leaf.path}"] = leaf.weight
        found[f"goalposts {leaf.indicator}"] = leaf.goalposts
    found |= {f"limits {name}": limit for name, limit in given.limits.items()}
    found |= {f"definition {name}": value for name, value in given.settings.items()}
    # As the account keeps them: a pair is a list there, and an exponent without end a word.
    plain_text = json.dumps({name: str(value) if value in ENDLESS else value for name, value in found.items()})
    return dict(json.loads(plain_text))


def _kind(after: Mapping[str, Any]) -> str:
    """What a change is about: weights alone, limits alone, or the policy."""
    words = {key.partition(" ")[0] for key in after}
    return "weights" if words == {"weight"} else "limits" if words == {"limits"} else "policy"
