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

    Args:
        scope: kind of unit; a limit for the whole institution holds for its branches until they have one.
    """
    found: dict[str, Limit] = {}
    for indicator in catalogue.indicators().values():
        amber, red = (_line(indicator.limits.get(key)) for key in ("amber", "red"))
        if indicator.id in policy.limits:
            amber, red = policy.limits[indicator.id]
        if amber is not None or red is not None:
            found[indicator.id] = Limit(amber, red, False)
    rows = cursor.execute(
        """SELECT indicator_id, arg_max(amber, valid_from), arg_max(red, valid_from) FROM v_targets_limits
        WHERE scope::VARCHAR IN ('institution', ?) AND scope_id IS NULL AND valid_to IS NULL
            AND approved_by IS NOT NULL
        GROUP BY indicator_id""",
        [scope],
    ).fetchall()
    for name, amber, red in rows:
        if amber is not None or red is not None:
            found[name] = Limit(amber, red, True)
    return found


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
