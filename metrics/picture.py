"""What a page shows: every unit's healths, status, drivers and history at one date. Numbers only, no sentences."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from metrics import catalogue, definitions, limits, survey_error, values
from metrics.errors import EvenkeelError
from metrics.formula import Array
from metrics.limits import Limit
from metrics.policy import Policy, load
from metrics.score import Scores, contributions
from metrics.units import Driver, Scored, Unit, Where, at, names, score_all
from metrics.versions import resolved
from metrics.words import say

__all__ = ["Driver", "Picture", "Unit", "live_data", "picture", "quarter_before", "resolved"]

Cursor = duckdb.DuckDBPyConnection
PRESETS = ("lenders_view", "equal", "mission_first")


@dataclass(frozen=True, eq=False)
class Picture:
    """All units at one date under one policy, worst first, with the whole beside them.

    `leaves` counts by pillar the scored indicators that have a meaning at this unit; `only_institution`
    those that have one for the institution only. `mover` is the unit and indicator that did most to the
    change since `before_period`. `scores` holds a row for each of `scored` (unit ids); `ends` the scores of their
    leaves at the worse and the better end of the 95 % interval of a figure from a sample (else NaN).
    """

    as_of: datetime.date
    before_period: datetime.date | None
    periods: tuple[datetime.date, ...]
    by: str
    whole: Unit
    units: tuple[Unit, ...]
    policy: Policy
    social: float
    exponent: float
    epsilon: float
    currency: str
    institution_name: str
    coverage: float
    leaves: Mapping[str, int]
    only_institution: int
    limits_default: int
    limits_approved: int
    mover: tuple[str, str] | None
    limits: Mapping[str, Limit]
    scores: Scores
    scored: tuple[str, ...]
    is_sample: bool = False
    ends: tuple[Array, Array] | None = None


def picture(
    cursor: Cursor, policy: Policy, as_of: datetime.date | None = None, by: str = "branch", where: Where = ()
) -> Picture:
    """The picture at a date (None: the newest).

    Raises:
        EvenkeelError: no data, or none at that date.
    """
    filters = [(column, tuple(wanted)) for column, wanted in where]
    dates = values.periods(cursor)
    if not dates:
        raise EvenkeelError("errors.no_such_period", period=str(as_of or "-"), periods="-")
    day = as_of or dates[-1]
    if day not in dates:
        raise EvenkeelError("errors.no_such_period", period=str(day), periods=", ".join(map(str, dates[-6:])))
    policy = resolved(policy)
    before = quarter_before(dates, day)
    parts, whole = (score_all(cursor, policy, kind, filters) for kind in (by, "institution"))
    lines = limits.in_force(cursor, policy, by)
    units = at(parts, day, before, lines, names(cursor, by))
    total = at(whole, day, before, lines, names(cursor, "institution"))
    if not total and not units:
        raise EvenkeelError("errors.nothing_left", period=str(day))
    there = total[0] if len(total) == 1 else _nothing(total, units)
    rows = [place for place, (period, _) in enumerate(parts.rows) if period == day]
    scores = at_rows(parts.scores, rows)
    ends = survey_error.leaf_ends(parts.frame[parts.frame["period"] == day], [parts.rows[row] for row in rows], scores)
    used = [leaf.path for leaf in parts.scores.policy.leaves]
    title, currency = _institution(cursor)
    return Picture(
        as_of=day, before_period=before, periods=tuple(dates), by=by, whole=there, units=tuple(units),
        policy=policy, social=policy.social, exponent=policy.nodes[0].exponent, epsilon=policy.nodes[0].epsilon,
        currency=currency, institution_name=title, coverage=there.coverage,
        leaves={pillar: sum(path.startswith(pillar) for path in used) for pillar in ("financial", "social")},
        only_institution=len(whole.scores.policy.leaves) - len(used),
        limits_default=sum(not line.approved for line in lines.values()),
        limits_approved=sum(line.approved for line in lines.values()),
        mover=_mover(parts, day, before, there), limits=lines, scores=scores,
        scored=tuple(parts.rows[row][1] for row in rows), ends=ends,
    )  # fmt: skip


def _institution(cursor: Cursor) -> tuple[str, str]:
    """Name and currency of the institution in scope; no name where several are."""
    known = cursor.execute("SELECT institution_name, currency FROM v_institutions ORDER BY institution_id").fetchall()
    return (known[0][0] if len(known) == 1 else ""), (known[0][1] or "" if known else "")


def quarter_before(dates: Sequence[datetime.date], day: datetime.date) -> datetime.date | None:
    """The last date with data three calendar months before a day, or None."""
    months = day.year * 12 + day.month - 1 - 3
    earlier = [date for date in dates if date.year * 12 + date.month - 1 == months]
    return earlier[-1] if earlier else None


def at_rows(scores: Scores, rows: Sequence[int]) -> Scores:
    """The scores of some rows only."""
    return replace(
        scores,
        cells=scores.cells[rows],
        low=scores.low[rows],
        high=scores.high[rows],
        coverage=scores.coverage[rows],
    )


def _mover(scored: Scored, day: datetime.date, before: datetime.date | None, whole: Unit) -> tuple[str, str] | None:
    """The unit and indicator that moved the balance most in the direction in which the whole moved."""
    if before is None or whole.balance is None or whole.before is None or whole.before[2] is None:
        return None
    places = {row: place for place, row in enumerate(scored.rows)}
    pairs = [(unit, places[day, unit], places[before, unit]) for period, unit in scored.rows
             if period == day and (before, unit) in places]  # fmt: skip
    if not pairs:
        return None
    now, then = [here for _, here, _ in pairs], [there for _, _, there in pairs]
    change = contributions(at_rows(scored.scores, now), at_rows(scored.scores, then))
    weights = np.array([scored.sizes.get((day, unit), (1.0, None, None))[0] or 0.0 for unit, *_ in pairs])
    pull = np.nan_to_num(change * weights[:, None]) * (1 if whole.balance >= whole.before[2] else -1)
    row, column = np.unravel_index(int(np.argmax(pull)), pull.shape)
    if pull[row, column] <= 0:
        return None
    return pairs[int(row)][0], scored.scores.policy.leaves[int(column)].indicator


def _nothing(total: Sequence[Unit], units: Sequence[Unit]) -> Unit:
    """Several institutions have no total: currencies and policies differ."""
    like = (*total, *units)[0]
    return replace(
        like, id="", name="", manager="", financial=None, social=None, balance=None, rank=None, status="none",
        cause="", glp=None, loans=None, before=None, since=None, drivers=(), missed=False,
    )  # fmt: skip


def live_data(shown: Picture, language: str, selected: str | None = None) -> dict[str, object]:
    """What the live component needs to score and draw every unit in the browser, as JSON can hold it.

    Leaves carry scores 0..1 (None where missing), so that weights can move without the server; `spans` has a leaf's
    place and its scores at both ends of its 95 % interval, where it has one.
    """
    policy = shown.scores.policy
    words = {float("-inf"): "min", float("inf"): "max"}
    rows = {unit: row for row, unit in enumerate(shown.scored)}
    known = catalogue.indicators()
    return {
        "units": [
            {"id": u.id, "name": u.name, "too_few": u.too_few, "leaves": _leaf_scores(shown.scores, rows[u.id]),
             "spans": _leaf_spans(shown, rows[u.id]),
             "capped": known[u.capped].text(language, "short") if u.capped else ""}
            for u in shown.units
        ],
        "leaves": [
            {
                "path": leaf.path,
                "weight": leaf.weight,
                "title": definitions.named(known[leaf.indicator], policy.settings, language),
                "short": known[leaf.indicator].text(language, "short"),
            }
            for leaf in policy.leaves
        ],
        "nodes": [
            {
                "path": node.path, "weight": node.weight, "exponent": words.get(node.exponent, node.exponent),
                "epsilon": node.epsilon, "coverage": node.coverage, "dual": node.dual,
                "title": say(language, "themes." + node.path.rpartition("/")[2]) if node.path else "",
            }
            for node in policy.nodes
        ],
        "social": shown.social, "watch": policy.watch, "limit": policy.health_limit,
        "critical": policy.health_critical, "decimals": policy.decimals, "board": shown.social,
        "presets": [
            {"name": name, "title": load(name).title_in(language), "social": load(name).social}
            for name in PRESETS
        ],
        "selected": selected, "language": language, "one": len(shown.units) == 1,
    }  # fmt: skip


def _leaf_scores(scores: Scores, row: int) -> list[float | None]:
    return [None if np.isnan(z) else float(z) for z in scores.z[row]]


def _leaf_spans(shown: Picture, row: int) -> list[tuple[int, float, float]]:
    if shown.ends is None:
        return []
    low, high = (side[row] for side in shown.ends)
    return [(int(leaf), float(low[leaf]), float(high[leaf])) for leaf in np.flatnonzero(~np.isnan(low + high))]
