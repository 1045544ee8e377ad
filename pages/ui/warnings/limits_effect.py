"""What a limit would break: the units that are past it on the day shown, beside those past the one in force."""

import datetime
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from metrics import limits
from metrics.appetite import lines
from metrics.catalogue import Indicator
from metrics.limits import Limit
from metrics.values import FEWEST
from pages.ui.indicator import reads
from pages.ui.screen import Screen
from pages.ui.warnings.limits_terms import place, said

MOST = 5
LEVELS = ("red", "amber")


def text(screen: Screen, indicator: Indicator, scope: str, part: str, body: Mapping[str, Any]) -> str:
    """Which units the limit would put in red and in amber, and how many are there now, as sentences."""
    known = _values(screen, indicator, scope, part)
    if not known:
        return said(screen, "would_unknown", least=FEWEST)
    new = Limit(_line(body, "amber"), _line(body, "red"), True)
    kind = "institution" if scope == "segment" else scope
    old = reads.limits(screen.source, screen.scope, screen.choices.policy, kind).get(indicator.id)
    then, now = (_broken(indicator, known, limit) for limit in (new, old))
    parts = [
        said(screen, f"would_{level}", n=len(then[level]), names=_names(screen, then[level]))
        for level in LEVELS
        if then[level]
    ]
    if not parts:
        parts = [said(screen, "would_none", n=len(known))]
    return " ".join([*parts, said(screen, "would_now", red=len(now["red"]), amber=len(now["amber"]))])


def _line(body: Mapping[str, Any], name: str) -> limits.Line:
    low, high = body.get(name), body.get(f"{name}_high")
    return low if low is None or high is None else (low, high)


def _broken(indicator: Indicator, known: Mapping[str, float], limit: Limit | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {level: [] for level in LEVELS}
    for name, value in known.items() if limit else ():
        level, _ = limits.level(indicator, value, {indicator.id: limit} if limit else {})
        if level:
            found[level].append(name)
    return found


def _names(screen: Screen, names: list[str]) -> str:
    shown = ", ".join(names[:MOST])
    return shown if len(names) <= MOST else said(screen, "and_more", names=shown, n=len(names) - MOST)


def _values(screen: Screen, indicator: Indicator, scope: str, part: str) -> dict[str, float]:
    """The newest value of each unit that the limit is for, by its name.

    A limit for the whole institution holds for its branches too, unless they have one of their own.
    """
    kinds = [scope] if scope != "segment" else [part.partition("/")[0]] if part else list(lines.SEGMENTS)
    if scope == "institution" and screen.options.branches and "branch" in indicator.units:
        kinds.append("branch")
    found: dict[str, float] = {}
    day = screen.choices.period or screen.options.periods[0]
    for kind in kinds:
        found |= _of_kind(screen, indicator, kind, scope, part, day)
    return found


def _of_kind(
    screen: Screen, indicator: Indicator, kind: str, scope: str, part: str, day: datetime.date
) -> dict[str, float]:
    frame = reads.figures(screen.source, screen.scope, screen.choices.policy, kind, None, (indicator.id,), (day,))
    with closing(screen.source.store.cursor()) as cursor:
        names = lines.parts(cursor, kind)
    found = {}
    for unit, value in frame[["unit", "value"]].itertuples(index=False):
        full = f"{kind}/{unit}" if scope == "segment" else str(unit)
        if value == value and part in ("", full):
            found[place(screen, kind if scope == "institution" else scope, full, names)] = float(value)
    return found
