"""Policies kept in the database: each saving is a new version that never changes; what a change would move."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import access, definitions, typed, values
from metrics.limits import Line
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.store import Store
from metrics.versions import Version, completed, digest, in_use, keep, load, versions
from metrics.words import date, say

__all__ = [
    "BoardLine", "Moved", "Version", "approval_text", "changed_values", "completed", "digest", "in_use", "load",
    "moved", "moved_text", "new_name", "save", "versions",
]  # fmt: skip

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class BoardLine:
    """Limits of one indicator as the board approved them, for a row of `targets_limits`."""

    institution: str
    indicator: str
    amber: Line
    red: Line
    source: str
    approved_by: str
    approved_on: datetime.date


@dataclass(frozen=True)
class Moved:
    """What a change does to one unit: status and indicators whose colour changes (before, after), and its rank."""

    name: str
    status: tuple[str, str]
    levels: tuple[tuple[str, str, str], ...]
    rank: tuple[int | None, int | None]

    @property
    def recoloured(self) -> bool:
        """Whether any colour of the unit changes: its status, or an indicator against its limits."""
        return bool(self.levels) or self.status[0] != self.status[1]


def save(
    store: Store,
    given: Policy,
    who: str,
    note: str = "",
    approved: tuple[str, datetime.date] | None = None,
    lines: Sequence[BoardLine] = (),
) -> Version:
    """Keep a policy as a new version; returns it. Limits that the board approved land as a batch with it, or not.

    Args:
        given: as `completed` gives it; its name may carry the version that it was made from.
        who: who saves.
        note: why.
        approved: who approved it and when; None keeps a draft.
        lines: limits with their approval, for `targets_limits`.

    Raises:
        Forbidden: the role sets no policy, or approves none.
    """
    access.need("policy")
    if approved or lines:
        access.need("approve")

    def keep_it(cursor: Cursor) -> None:
        keep(cursor, given, who, note, approved)

    if lines:
        _land(store, who, lines, keep_it)
    else:
        store.write(keep_it)
    return next(one for one in versions(store.cursor()) if one.policy == given.name.partition("@")[0])


def _land(store: Store, who: str, lines: Sequence[BoardLine], keep: Callable[[Cursor], None]) -> None:
    """Land approved limits as one batch; the policy version is kept in the same transaction."""
    assert len({line.institution for line in lines}) == 1, "limits of one institution at a time"
    rows = [_row(line) for line in lines]
    whose = lines[0].institution
    typed.land_rows(store, who, whose, "targets_limits", rows, lambda cursor, _: keep(cursor), action="approve")


def _row(line: BoardLine) -> dict[str, object]:
    low_amber, high_amber = line.amber if isinstance(line.amber, tuple) else (line.amber, None)
    low_red, high_red = line.red if isinstance(line.red, tuple) else (line.red, None)
    return {
        "indicator_id": line.indicator, "scope": "institution",
        "amber": low_amber, "red": low_red, "amber_high": high_amber, "red_high": high_red,
        "valid_from": line.approved_on, "approved_on": line.approved_on, "approved_by": line.approved_by,
        "source": line.source or None,
    }  # fmt: skip


def new_name(title: str) -> str:
    """The name under which a policy with this title is kept: small letters, digits and underscores."""
    return re.sub(r"\W+", "_", title.casefold()).strip("_")[:60] or "policy"


def approval_text(version: Version, language: str) -> str:
    """Who approved a version and when, with the definitions that it stands on; a draft says that it is one."""
    settings = Policy.from_toml(version.toml, version.name).settings
    said = "; ".join(definitions.listed(settings, language))
    if version.approved_on is None:
        saved = date(language, version.saved_at.date())
        return say(language, "settings.version_draft", who=version.saved_by, date=saved, definitions=said)
    day = date(language, version.approved_on)
    return say(language, "settings.version_approved", who=version.approved_by, date=day, definitions=said)


def moved(before: Picture, after: Picture) -> tuple[Moved, ...]:
    """The units whose colours or ranks differ between two pictures of the same date, best rank first."""
    earlier = {unit.id: unit for unit in before.units}
    found = []
    for unit in after.units:
        then = earlier.get(unit.id)
        if then is None:
            continue
        levels = {driver.indicator: driver.level for driver in then.drivers}
        changed = [(d.indicator, levels.get(d.indicator, ""), d.level) for d in unit.drivers]
        changes = tuple(change for change in changed if change[1] != change[2])
        one = Moved(unit.name, (then.status, unit.status), changes, (then.rank, unit.rank))
        if one.recoloured or then.rank != unit.rank:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.rank[1] is None, one.rank[1] or 0, one.name)))


def moved_text(changes: Sequence[Moved], by: str, language: str) -> str:
    """The same as one sentence: 2 branches change colour, Baro moves from 3 to 5."""
    if not changes:
        return say(language, "settings.nothing_moves")
    colours = sum(one.recoloured for one in changes)
    units = say(language, f"pages.units_{by}", n=colours)
    parts = [say(language, "settings.change_colour", n=colours, units=units)] if colours else []
    for one in changes:
        if None not in one.rank and one.rank[0] != one.rank[1]:
            parts.append(say(language, "settings.moves", name=one.name, before=one.rank[0], after=one.rank[1]))
    return ", ".join(parts) + "."


def changed_values(
    cursor: Cursor, before: Mapping[str, object], after: Mapping[str, object], day: datetime.date
) -> list[tuple[str, float | None, float | None]]:
    """The indicators that other settings change for the whole institution at a date, with both values."""
    differing = [name for name in after if after[name] != before[name]]
    wanted = [indicator.id for indicator in definitions.readers(differing)]
    if not wanted:
        return []
    then, now = (_values(cursor, settings, wanted, day) for settings in (before, after))
    return [(name, then.get(name), now.get(name)) for name in wanted if then.get(name) != now.get(name)]


def _values(cursor: Cursor, settings: Mapping[str, object], wanted: list[str], day: datetime.date) -> dict[str, float]:
    frame = values.values(cursor, settings, by="institution", periods=[day], indicators=wanted)
    known = frame[frame["value"].notna()]
    return dict(zip(known["indicator"], known["value"].astype(float), strict=True))
