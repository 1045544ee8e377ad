"""Scenarios: a weighting kept with the data on which it was seen and what came out, to be opened again years later.

A scenario is a kept version of a policy (`versions`), complete with every goalpost, limit and definition. Beside it
stand the date, the part, the batches that were live, every figure that was scored, and each unit's healths, rank and
status. Opened again, the result is computed anew from the kept figures, to the last digit; and the figures are computed
anew from the batches of then, whatever has landed or was taken out since. (Those agree to `CLOSE` only: what several
cores sum of decimal fractions differs in the fifteenth digit from one time to the next.)
"""

import datetime
import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace

import duckdb

from metrics import access, measures, versions
from metrics.batch import NewBatch
from metrics.errors import EvenkeelError
from metrics.picture import Picture, picture
from metrics.policy import Policy
from metrics.scenarios import new_name
from metrics.standing import Figures, Result, View, figures
from metrics.store import Store
from metrics.versions import Version, digest

Cursor = duckdb.DuckDBPyConnection
CLOSE = 1e-9  # relative


@dataclass(frozen=True)
class Scenario:
    """A kept version with what it was seen on: `batches` are those that were live, `epoch` the state of the data.

    `parts` and `whole` are the figures of the units and of the institution.
    """

    version: Version
    view: View
    institutions: tuple[str, ...]
    batches: tuple[int, ...]
    epoch: int
    parts: Figures
    whole: Figures
    result: Result

    @property
    def name(self) -> str:
        """The name by which it is loaded and linked: policy@number."""
        return self.version.name

    @property
    def policy(self) -> Policy:
        """The whole policy as it was kept."""
        return replace(Policy.from_toml(self.version.toml, self.name), name=self.name)


@dataclass(frozen=True, eq=False)
class Opened:
    """A scenario opened again: `result` is computed anew from its figures, `picture` from the batches of then.

    `landed` and `taken_out` are the batches that count now and did not then, and the other way round. `differing` are
    the unit (its name) and indicator of figures that come out otherwise. Where the data of then cannot be read any
    more, `picture` is None and `reason` is `gone` (the batches `missing` are no longer there) or `refused` (`fault`
    says by what).
    """

    result: Result
    exact: bool
    landed: tuple[int, ...]
    taken_out: tuple[int, ...]
    picture: Picture | None = None
    differing: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    missing: tuple[int, ...] = ()
    fault: EvenkeelError | None = None


def save(store: Store, given: Policy, view: View, title: str, who: str, note: str = "") -> Scenario:
    """Keep a weighting as a scenario, with what it gives on the data that count now; returns it.

    Args:
        given: the weighting with its moved share and themes; what it leaves open (goalposts, limits) is filled in.
        view: the date and the part of the data.
        title: what readers see; its letters make the name.
        who: the author.
        note: why.

    Raises:
        EvenkeelError: nothing is left to show at that date and part.
    """

    def keep_it(cursor: Cursor) -> str:
        named = replace(versions.completed(cursor, given), name=new_name(title), title=title)
        name = versions.keep(cursor, named, who, note)
        with closing(store.cursor(view.scope)) as reading:
            shown = _seen(reading, replace(named, name=name), view)
            institutions = reading.execute("SELECT getvariable('institutions')").fetchall()[0][0]
        parts, whole = figures(shown.units), figures([shown.whole])
        result = Result.of(shown).again(shown.policy, shown.as_of, parts, whole)
        epoch = 1 + int(cursor.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0])
        told = {
            **asdict(view), "as_of": view.as_of.isoformat(), "institutions": institutions, "batches": live(cursor),
            "epoch": epoch, "parts": parts, "whole": whole,
        }  # fmt: skip
        of_data, kept = json.dumps(told, ensure_ascii=False), result.to_json()
        policy, _, number = name.partition("@")
        row = [policy, int(number), of_data, kept, digest(of_data + kept)]
        cursor.execute("INSERT INTO scenarios VALUES (?, ?, ?, ?, ?)", row)
        return name

    name = _written(store, keep_it)
    with closing(store.cursor()) as cursor:
        return find(cursor, name)


def _seen(cursor: Cursor, given: Policy, view: View) -> Picture:
    where = [("product", (view.product,))] if view.product else []
    return picture(cursor, given, as_of=view.as_of, by=view.by, where=where)


def live(cursor: Cursor) -> list[int]:
    """The batches that count now: together they are the version of the data."""
    rows = cursor.execute("SELECT batch_id FROM batches WHERE status = 'live' ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def scenarios(cursor: Cursor) -> list[Scenario]:
    """Every scenario, the newest first.

    Raises:
        EvenkeelError: what is kept is not what was saved.
    """
    found = {version.name: version for version in versions.versions(cursor)}
    rows = cursor.execute("SELECT policy || '@' || version, of_data, result, sha256 FROM v_scenarios").fetchall()
    known = [_read(found[name], *row) for name, *row in rows if name in found]
    return sorted(known, key=lambda one: one.version.saved_at, reverse=True)


def _read(version: Version, of_data: str, result: str, sha256: str) -> Scenario:
    if digest(of_data + result) != sha256 or digest(version.toml) != version.sha256:
        raise EvenkeelError("settings.version_changed", name=version.name)
    told = json.loads(of_data)
    day = datetime.date.fromisoformat(told["as_of"])
    view = View(day, told["by"], tuple(told["branches"]), told["product"])
    institutions, batches = (tuple(told[name]) for name in ("institutions", "batches"))
    figures = (told["epoch"], told["parts"], told["whole"])
    return Scenario(version, view, institutions, batches, *figures, Result.from_json(result))


def find(cursor: Cursor, name: str) -> Scenario:
    """A scenario by its name policy@number, or the newest by the policy's name alone.

    Raises:
        EvenkeelError: there is none.
    """
    found = next((one for one in scenarios(cursor) if name in (one.name, one.version.policy)), None)
    if found is None:
        raise EvenkeelError("compare.no_scenario", name=name)
    return found


def reopen(store: Store, one: Scenario) -> Opened:
    """Compute a scenario anew, from its figures and from the batches that were live when it was saved.

    Where other batches count now, those of then are made to count inside a transaction that is taken back.
    """
    result = one.result.again(one.policy, one.view.as_of, one.parts, one.whole)
    with closing(store.cursor(replace(one.view.scope, institutions=one.institutions))) as cursor:
        known = {row[0] for row in cursor.execute("SELECT batch_id FROM batches").fetchall()}
        now = set(live(cursor))
        apart = (tuple(sorted(now - set(one.batches))), tuple(sorted(set(one.batches) - now)))
        found = Opened(result, result == one.result, *apart)
        missing = tuple(sorted(set(one.batches) - known))
        if missing:
            return replace(found, reason="gone", missing=missing)
        try:
            shown = _seen(cursor, one.policy, one.view) if not any(apart) else _then(store, cursor, one, apart)
        except EvenkeelError as error:
            return replace(found, reason="refused", fault=error)
    return replace(found, picture=shown, differing=tuple(_differing(one, shown)))


def _then(store: Store, cursor: Cursor, one: Scenario, apart: Sequence[Sequence[int]]) -> Picture:
    """The picture on the batches of then; nothing of it stays."""
    found: list[Picture] = []

    def look(cursor: Cursor, _: int) -> None:
        cursor.execute(
            "UPDATE batches SET status = if(list_contains(?::INTEGER[], batch_id), 'live', 'rolled_back')",
            [list(one.batches)],
        )
        for batch in sorted({*apart[0], *apart[1]}):
            measures.build(cursor, batch)
        found.append(_seen(cursor, one.policy, one.view))

    store.trial(NewBatch("", {}, ()), {}, cursor, look)
    return found[0]


def _differing(one: Scenario, shown: Picture) -> Iterator[tuple[str, str]]:
    """The unit's name and the indicator of every figure that is not the kept one, or is in one of the two only."""
    names = {unit.id: unit.name for unit in (one.result.whole, *one.result.units)}
    names = {unit.id: unit.name for unit in (shown.whole, *shown.units)} | names
    for before, after in ((one.whole, figures([shown.whole])), (one.parts, figures(shown.units))):
        for unit in dict.fromkeys([*before, *after]):
            then, now = before.get(unit, {}), after.get(unit, {})
            for indicator in dict.fromkeys([*then, *now]):
                if not _close(then.get(indicator), now.get(indicator)):
                    yield names[unit], indicator


def _close(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    return math.isclose(then, now, rel_tol=CLOSE, abs_tol=1e-12)


def rename(store: Store, one: Scenario, title: str) -> str:
    """Give a scenario that nobody approved another title; returns its new name. Its numbers stay.

    Raises:
        EvenkeelError: it is approved.
    """
    named = replace(one.policy, name=new_name(title), title=title)

    def change(cursor: Cursor) -> str:
        _free(one)
        name = versions.keep(cursor, named, one.version.saved_by, one.version.note)
        _copy(cursor, one, name)
        _drop(cursor, one)
        policy, _, number = name.partition("@")
        when = [one.version.saved_at, policy, int(number)]
        cursor.execute("UPDATE policy_versions SET saved_at = ? WHERE policy = ? AND version = ?", when)
        return name

    return _written(store, change)


def approve(store: Store, one: Scenario, by: str, on: datetime.date, why: str) -> str:
    """Make a scenario the board's policy: a new version of it, approved, which stays a scenario; returns its name.

    Args:
        by: who approved it.
        on: the day of the approval.
        why: the reason, kept as the version's note.
    """

    def change(cursor: Cursor) -> str:
        name = versions.keep(cursor, one.policy, one.version.saved_by, why, (by, on))
        _copy(cursor, one, name)
        return name

    return _written(store, change, "approve")


def _copy(cursor: Cursor, one: Scenario, name: str) -> None:
    """Give another version what a scenario was seen on and what came out."""
    policy, _, number = name.partition("@")
    cursor.execute(
        """INSERT INTO scenarios SELECT ?, ?, of_data, result, sha256 FROM v_scenarios
        WHERE policy = ? AND version = ?""",
        [policy, int(number), one.version.policy, one.version.number],
    )


def delete(store: Store, one: Scenario) -> None:
    """Take a scenario away that nobody approved.

    Raises:
        EvenkeelError: it is approved.
    """

    def change(cursor: Cursor) -> str:
        _free(one)
        _drop(cursor, one)
        return ""

    _written(store, change)


def _free(one: Scenario) -> None:
    if one.version.approved_on is not None:
        raise EvenkeelError("compare.frozen", name=one.name)


def _drop(cursor: Cursor, one: Scenario) -> None:
    key = [one.version.policy, one.version.number]
    cursor.execute("DELETE FROM scenarios WHERE policy = ? AND version = ?", key)
    versions.drop(cursor, one.version)


def _written(store: Store, change: Callable[[Cursor], str], action: str = "policy") -> str:
    """Change what is kept in one transaction; returns a name. Who may not do the action changes nothing."""
    access.need(action)
    names: list[str] = []
    store.write(lambda cursor: names.append(change(cursor)))
    return names[0]
