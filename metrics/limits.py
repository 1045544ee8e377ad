"""Limits of indicators: the board's own before the policy's before the catalogue's; and what breaks them."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from metrics import catalogue
from metrics.catalogue import Indicator
from metrics.policy import Policy

Line = float | tuple[float, float] | None


@dataclass(frozen=True)
class Limit:
    """Amber and red of an indicator (one value, or two for a band) and whether the board approved them."""

    amber: Line
    red: Line
    approved: bool


def in_force(cursor: duckdb.DuckDBPyConnection, policy: Policy, scope: str = "institution") -> dict[str, Limit]:
    """The limits in force by indicator; those without any line are left out.

    A policy that was kept (name@version) brings all its limits with it: one that the board sets later does not
    change an older version.

    Args:
        scope: kind of unit; a limit for the whole institution holds for its branches until they have one.
    """
    found: dict[str, Limit] = {}
    kept = "@" in policy.name
    for indicator in catalogue.indicators().values():
        amber, red = (None, None) if kept else catalogue_lines(indicator)
        if indicator.id in policy.limits:
            amber, red = policy.limits[indicator.id]
        if amber is not None or red is not None:
            found[indicator.id] = Limit(amber, red, False)
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
        WHERE scope::VARCHAR IN ('institution', ?) AND scope_id IS NULL AND valid_to IS NULL
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
        WHERE scope = 'institution' AND scope_id IS NULL AND valid_to IS NULL
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
    limit = limits.get(indicator.id)
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
