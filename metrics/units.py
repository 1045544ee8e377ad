"""Units of one kind at every date: values, healths, status, and what drives each. Numbers only."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from metrics import asking, catalogue, limits, slices, values
from metrics.limits import Limit
from metrics.policy import Policy
from metrics.score import Scores, displayed, ranks, score

Cursor = duckdb.DuckDBPyConnection
Where = Iterable[tuple[str, Iterable[str]]]
RUN = ("financial", "social", "")


@dataclass(frozen=True)
class Driver:
    """One indicator of a unit: its value against its limit, and what it does to the healths.

    `score` is 0..100 or None where it is watched only or missing; `change` is the value less that of a
    quarter before; `n` the clients, staff or answers behind it.
    """

    indicator: str
    value: float | None
    limit: float | None
    level: str
    n: int | None
    status: str
    score: float | None
    pillar: str
    change: float | None


@dataclass(frozen=True)
class Unit:
    """A branch (or another unit) at the date shown; healths are 0..100, None where data are too few.

    `status` is the worst of financial, social and balance: within, below, critical, or none where nothing
    can be said; `cause` names which. `capped` is the indicator whose red limit makes the unit critical whatever its
    healths, by the policy's caps; else empty. `missed`: needs action while its financial health is within limits.
    """

    id: str
    name: str
    manager: str
    financial: float | None
    social: float | None
    balance: float | None
    low: float
    high: float
    financial_range: tuple[float, float]
    social_range: tuple[float, float]
    coverage: float
    rank: int | None
    status: str
    cause: str
    glp: float | None
    loans: int | None
    before: tuple[float | None, float | None, float | None] | None
    since: datetime.date | None
    drivers: tuple[Driver, ...]
    too_few: bool
    missed: bool
    capped: str = ""


@dataclass(frozen=True, eq=False)
class Scored:
    """Values and scores of one kind of unit at every date: `rows` is (period, unit), aligned with `scores`."""

    rows: list[tuple[datetime.date, str]]
    frame: pd.DataFrame
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    scores: Scores
    sizes: dict[tuple[datetime.date, str], tuple[float | None, int | None, float | None]]


def score_all(
    cursor: Cursor, policy: Policy, by: str, where: Where, periods: Sequence[datetime.date] | None = None
) -> Scored:
    """Values of every date, and their scores, of the leaves that have a meaning for these units.

    Watched indicators are left out: a page that ranks units need not wait for them.
    """
    asked = asking.parse(by, where, periods)
    meant = {i.id for i in values.meaningful(cursor, asked)}
    cut = policy.only([leaf.path for leaf in policy.leaves if leaf.indicator in meant])
    scored = [leaf.indicator for leaf in cut.leaves]
    frame = values.values(cursor, cut.settings, by=by, periods=periods, where=where, indicators=scored)
    wide = frame.pivot(index=["period", "unit"], columns="indicator", values="value")
    wide = wide.reindex(columns=scored)
    matrix = wide.to_numpy(dtype=float)
    found = {
        key: (glp, None if loans is None else int(loans), borrowers)
        for key, (glp, loans, borrowers) in slices.sizes(cursor, asked, asking.reach(cursor, asked)).items()
    }
    return Scored(list(wide.index), frame, matrix, score(matrix, cut), found)


def names(cursor: Cursor, by: str) -> dict[str, tuple[str, str]]:
    """Unit -> name and manager, as the tables name them."""
    several = "len(getvariable('institutions')) > 1"
    sql = {
        "branch": f"SELECT if({several}, institution_id || '/', '') || branch_id, branch_name, manager FROM v_branches",
        "product": f"SELECT if({several}, institution_id || '/', '') || product_id, product_name, '' FROM v_products",
        "institution": "SELECT institution_id, institution_name, '' FROM v_institutions",
    }.get(by)
    rows = cursor.execute(sql).fetchall() if sql else []
    return {unit: (name, manager or "") for unit, name, manager in rows}


def at(
    scored: Scored,
    day: datetime.date,
    before: datetime.date | None,
    lines: Mapping[str, Limit],
    named: Mapping[str, tuple[str, str]],
) -> list[Unit]:
    """The units at a date, worst first: those that need action, then by balance."""
    places = {row: place for place, row in enumerate(scored.rows)}
    here = [place for place, (period, _) in enumerate(scored.rows) if period == day]
    shown = 100.0 * scored.scores.cells[here, 0]
    rank = ranks(shown, scored.scores.policy.decimals)
    groups = dict(tuple(scored.frame[scored.frame["period"].isin([day, before])].groupby("unit")))
    found = []
    for place, position in zip(here, rank, strict=True):
        name = scored.rows[place][1]
        unit = _unit(scored, place, places, before, named.get(name, (name, "")), lines)
        drivers = _drivers(scored, place, groups[name], day, before, lines, unit)
        found.append(replace(unit, rank=None if np.isnan(position) else int(position), drivers=drivers))
    return sorted(found, key=_urgency)


def _urgency(unit: Unit) -> tuple[int, float, str]:
    order = {"critical": 0, "below": 1, "within": 2, "none": 3}
    worst = min((h for h in (unit.financial, unit.social, unit.balance) if h is not None), default=101.0)
    return order[unit.status], worst, unit.name


def _unit(
    scored: Scored,
    place: int,
    places: Mapping[tuple[datetime.date, str], int],
    before: datetime.date | None,
    named: tuple[str, str],
    lines: Mapping[str, Limit],
) -> Unit:
    period, name = scored.rows[place]
    policy = scored.scores.policy
    healths = _healths(scored, place)
    glp, loans, borrowers = scored.sizes.get((period, name), (None, None, None))
    status, cause, capped = _judged(scored, place, lines)
    earlier = places.get((before, name)) if before else None
    too_few = status == "none" and borrowers is not None and borrowers < values.FEWEST
    spans = [_span(scored.scores, place, node) for node in RUN]
    return Unit(
        id=name, name=named[0], manager=named[1],
        financial=healths[0], social=healths[1], balance=healths[2],
        low=spans[2][0], high=spans[2][1], financial_range=spans[0], social_range=spans[1],
        coverage=float(scored.scores.coverage[place, 0]), rank=None, status=status, cause=cause,
        glp=glp, loans=loans,
        before=_healths(scored, earlier) if earlier is not None else None,
        since=_since(scored, name, period, lines) if status in ("below", "critical") else None,
        drivers=(), too_few=too_few,
        missed=status in ("below", "critical") and _within(healths[0], policy) and not _financial(capped),
        capped=capped,
    )  # fmt: skip


def _financial(capped: str) -> bool:
    return bool(capped) and catalogue.indicators()[capped].pillar == "financial"


def _within(health: float | None, policy: Policy) -> bool:
    return health is not None and float(displayed(health, policy.decimals)) >= policy.health_limit


def _healths(scored: Scored, place: int) -> tuple[float | None, float | None, float | None]:
    cells = [float(100.0 * scored.scores.node(path)[place]) for path in RUN]
    financial, social, balance = (None if np.isnan(cell) else cell for cell in cells)
    return financial, social, balance


def _span(scores: Scores, place: int, node: str) -> tuple[float, float]:
    cell = scores.place(node)
    return float(100.0 * scores.low[place, cell]), float(100.0 * scores.high[place, cell])


def _status(healths: Sequence[float | None], policy: Policy) -> tuple[str, str]:
    """Worst status of the healths as displayed, and which health it is; '' where all are within limits."""
    named = [(h, name) for h, name in zip(healths, ("financial", "social", "balance"), strict=True) if h is not None]
    if not named:
        return "none", ""
    worst, cause = min(named, key=lambda pair: pair[0])
    shown = float(displayed(worst, policy.decimals))
    if shown < policy.health_critical:
        return "critical", cause
    return ("below", cause) if shown < policy.health_limit else ("within", "")


def _judged(scored: Scored, place: int, lines: Mapping[str, Limit]) -> tuple[str, str, str]:
    """Status, its cause, and the indicator whose red limit makes it critical whatever the healths are, if any."""
    policy = scored.scores.policy
    status, cause = _status(_healths(scored, place), policy)
    for column, leaf in enumerate(policy.leaves) if status != "none" else ():
        value = float(scored.values[place, column])
        indicator = catalogue.indicators()[leaf.indicator] if leaf.indicator in policy.caps else None
        if indicator is not None and not np.isnan(value) and limits.level(indicator, value, lines)[0] == "red":
            return "critical", cause if status == "critical" else indicator.pillar, leaf.indicator
    return status, cause, ""


def _since(scored: Scored, name: str, day: datetime.date, lines: Mapping[str, Limit]) -> datetime.date:
    """First date of the unbroken run, up to a day, in which a unit needs action."""
    start = day
    for place in reversed([p for p, (period, unit) in enumerate(scored.rows) if unit == name and period <= day]):
        if _judged(scored, place, lines)[0] not in ("below", "critical"):
            break
        start = scored.rows[place][0]
    return start


def _drivers(
    scored: Scored,
    place: int,
    rows: pd.DataFrame,
    day: datetime.date,
    before: datetime.date | None,
    lines: Mapping[str, Limit],
    unit: Unit,
) -> tuple[Driver, ...]:
    """Every indicator of a unit, the one that most needs action first."""
    policy = scored.scores.policy
    earlier: dict[str, float] = dict(rows[rows["period"] == before][["indicator", "value"]].itertuples(index=False))
    shares = policy.tree().shares()[0]
    leaf = {cell.indicator: number for number, cell in enumerate(policy.leaves)}
    found = []
    for name, value, n, status in rows[rows["period"] == day][["indicator", "value", "n", "status"]].itertuples(
        index=False
    ):
        indicator = catalogue.indicators()[name]
        known = not np.isnan(value)
        level, line = limits.level(indicator, value, lines) if known else ("", None)
        column = leaf.get(name)
        z = np.nan if column is None else float(scored.scores.z[place, column])
        driver = Driver(
            indicator=name, value=value if known else None, limit=line, level=level,
            n=None if np.isnan(n) else int(n), status=status, score=None if np.isnan(z) else 100.0 * z,
            pillar=indicator.pillar, change=_change(value, earlier.get(name)),
        )  # fmt: skip
        lost = 0.0 if column is None or np.isnan(z) else float(shares[column] * (1.0 - z))
        found.append((_order(driver, unit, policy, lost), driver))
    return tuple(driver for _, driver in sorted(found, key=lambda pair: pair[0]))


def _change(value: float, earlier: float | None) -> float | None:
    return None if earlier is None or np.isnan(value) or np.isnan(earlier) else value - earlier


def _order(driver: Driver, unit: Unit, policy: Policy, lost: float) -> tuple[int, int, float]:
    """Broken limits of a failing pillar come first, then broken limits, then what costs most health."""
    health = unit.financial if driver.pillar == "financial" else unit.social
    failing = health is not None and not _within(health, policy)
    severity = {"red": 0, "amber": 1, "": 2}[driver.level]
    scored = driver.score is not None
    return (0 if failing and driver.level and scored else 1), severity if scored else severity + 1, -lost
