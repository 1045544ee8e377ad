"""Limits of indicators: the board's own before the policy's before the catalogue's; and what breaks them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import catalogue
from metrics.catalogue import Indicator
from metrics.policy import Policy

Line = float | tuple[float, float] | None
SCOPES = ("institution", "branch", "product")  # every other kind of unit is a segment, but an officer, who has none


@dataclass(frozen=True)
class Limit:
    """Amber and red of an indicator (one value, or two for a band) and whether the board approved them."""

    amber: Line
    red: Line
    approved: bool


@dataclass(frozen=True)
class Held:
    """A limit that the board approved: for one branch, product or segment (`part`) or, where empty, for all of them."""

    institution: str
    scope: str
    part: str
    limit: Limit
    first: datetime.date
    last: datetime.date

    def covers(self, by: str, unit: str, day: datetime.date) -> bool:
        """Whether it holds for a unit on a day. Segments are written KIND/VALUE, as gender/F."""
        if not self.first <= day <= self.last:
            return False
        own = f"{by}/{self.part}" if by not in SCOPES and "/" not in self.part else self.part
        said = f"{by}/{unit}" if by not in SCOPES else unit
        return not self.part or said in (own, f"{self.institution}/{own}")


@dataclass(frozen=True)
class Lines:
    """The limits of one kind of unit over time: what the board approved for one goes before what it did for all."""

    by: str
    defaults: Mapping[str, Limit]
    held: Mapping[str, Sequence[Held]]

    def at(self, indicator: str, unit: str, day: datetime.date) -> Limit | None:
        """The limit of an indicator for a unit on a day; None where there is none, or one without any line."""
        for one in self.held.get(indicator, ()):
            if one.covers(self.by, unit, day):
                return one.limit if one.limit.amber is not None or one.limit.red is not None else None
        return self.defaults.get(indicator)

    def names(self) -> list[str]:
        """The indicators that have a limit of any unit at any time."""
        return list(dict.fromkeys([*self.defaults, *self.held]))


def lines(cursor: duckdb.DuckDBPyConnection, policy: Policy, by: str = "institution") -> Lines:
    """The limits of all units of a kind on all days.

    The board's for one branch, product or segment goes before that for all of its kind, and this before the
    institution's; without any, the policy's or the indicator's own holds. The later one of two goes first. A policy
    that was kept brings its limits for the whole with it, as in `in_force`.
    """
    kept = "@" in policy.name
    scope = by if by in (*SCOPES, "officer") else "segment"
    rows = cursor.execute(
        """SELECT indicator_id, institution_id, scope::VARCHAR, coalesce(scope_id, ''),
            amber, amber_high, red, red_high, valid_from, coalesce(valid_to, DATE '9999-12-31')
        FROM v_targets_limits
        WHERE approved_by IS NOT NULL AND (scope = 'institution' AND scope_id IS NULL OR scope::VARCHAR = ?)
        ORDER BY scope_id IS NULL, scope::VARCHAR = ? DESC, valid_from DESC, batch_id DESC, row_no DESC""",
        [scope, scope],
    ).fetchall()
    held: dict[str, list[Held]] = {}
    for name, institution, kind, part, amber, amber_high, red, red_high, first, last in rows:
        limit = Limit(_ends(amber, amber_high), _ends(red, red_high), True)
        if part or not kept:
            held.setdefault(name, []).append(Held(institution, kind, part, limit, first, last))
    return Lines(by, _defaults(policy) if not kept else in_force(cursor, policy, by), held)


def _defaults(policy: Policy) -> dict[str, Limit]:
    """Amber and red as policy or indicator have them, where the board has said nothing."""
    found = {}
    for indicator in catalogue.indicators().values():
        amber, red = policy.limits.get(indicator.id, (None, None) if "@" in policy.name else catalogue_lines(indicator))
        if amber is not None or red is not None:
            found[indicator.id] = Limit(amber, red, False)
    return found


def in_force(cursor: duckdb.DuckDBPyConnection, policy: Policy, scope: str = "institution") -> dict[str, Limit]:
    """The limits in force by indicator; those without any line are left out.

    A policy that was kept (name@version) brings all its limits with it: one that the board sets later does not
    change an older version.

    Args:
        scope: kind of unit; a limit for the whole institution holds for its branches until they have one.
    """
    found = _defaults(policy)
    kept = "@" in policy.name
    for name, amber, red in board(cursor, scope):
        if kept:
            same = name in found and (found[name].amber, found[name].red) == (amber, red)
            found.update({name: Limit(amber, red, True)} if same else {})
        elif amber is not None or red is not None:
            found[name] = Limit(amber, red, True)
    return found


def catalogue_lines(indicator: Indicator) -> tuple[Line, Line]:
    """Amber and red as the indicator's own file has them."""
    return _line(indicator.limits.get("amber")), _line(indicator.limits.get("red"))


def board(cursor: duckdb.DuckDBPyConnection, scope: str = "institution") -> list[tuple[str, Line, Line]]:
    """Indicator, amber and red of the limits that the board has approved and that hold today, the newest of each."""
    rows = cursor.execute(
        """SELECT indicator_id, amber, amber_high, red, red_high FROM v_targets_limits
        WHERE scope::VARCHAR IN ('institution', ?) AND scope_id IS NULL AND coalesce(valid_to >= current_date, true)
            AND approved_by IS NOT NULL AND valid_from <= current_date
        QUALIFY row_number() OVER (PARTITION BY indicator_id
            ORDER BY scope::VARCHAR = ? DESC, valid_from DESC, batch_id DESC, row_no DESC) = 1""",
        [scope, scope],
    ).fetchall()
    return [(name, _ends(amber, amber_high), _ends(red, red_high)) for name, amber, amber_high, red, red_high in rows]


def approvals(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str, str]]:
    """Source, approver and day (ISO; each empty where not given) of the board's limits in force, by indicator."""
    rows = cursor.execute(
        """SELECT indicator_id, coalesce(source, rationale, ''), approved_by,
            coalesce(approved_on, valid_from)::VARCHAR
        FROM v_targets_limits
        WHERE scope = 'institution' AND scope_id IS NULL AND coalesce(valid_to >= current_date, true)
            AND approved_by IS NOT NULL AND valid_from <= current_date
        QUALIFY row_number() OVER (PARTITION BY indicator_id ORDER BY valid_from DESC, batch_id DESC, row_no DESC) = 1
        """
    ).fetchall()
    return {name: (source, who, day) for name, source, who, day in rows}


def _ends(low: float | None, high: float | None) -> Line:
    return low if low is None or high is None else (low, high)


def _line(given: object) -> Line:
    if given is None:
        return None
    if isinstance(given, (list, tuple)):
        low, high = given
        return float(low), float(high)
    return float(str(given))


def level(indicator: Indicator, value: float, limits: Mapping[str, Limit]) -> tuple[str, float | None]:
    """'red', 'amber' or '' for a value, with the line that it broke (or, within limits, the next one)."""
    return graded(indicator, value, limits.get(indicator.id))


def graded(indicator: Indicator, value: float, limit: Limit | None) -> tuple[str, float | None]:
    """The same against one limit; without one nothing is broken."""
    if limit is None:
        return "", None
    for name, line in (("red", limit.red), ("amber", limit.amber)):
        broken = _broken(indicator.better, value, line)
        if broken is not None:
            return name, broken
    return "", _next(indicator.better, value, limit.amber if limit.amber is not None else limit.red)


def _broken(better: str, value: float, line: Line) -> float | None:
    if line is None:
        return None
    if isinstance(line, tuple):
        return line[0] if value < line[0] else line[1] if value > line[1] else None
    worse = value < line if better == "higher" else value > line
    return line if worse else None


def _next(better: str, value: float, line: Line) -> float | None:
    if isinstance(line, tuple):
        return line[0] if value - line[0] < line[1] - value else line[1]
    return line
