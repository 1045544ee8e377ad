"""Measures -> the relations that indicators read, for one kind of unit and one filter.

Everything here works on a few thousand cells; no loan row is touched. Relations are each measure at
(period, unit), its 12-month twin `_12m`, `branch_portfolio` and the one-row `settings`.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics import catalogue, measures
from metrics.asking import KINDS, Reach, Slice
from metrics.catalogue import KEPT, Indicator
from metrics.fusing import FIGURES, Fused, fused
from metrics.measure import CUTS
from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
Figures = list[tuple[tuple[datetime.date, str], tuple[int, ...], NDArray[np.float64]]]

MANY = 16  # groups of indicators from which on a second connection saves more time than it takes


def ask(
    cursor: Cursor, asked: Slice, settings: Mapping[str, object], indicators: Sequence[Indicator], reach: Reach
) -> Figures:
    """Figures of all indicators: (date, unit), places of indicators, array (places, `FIGURES`).

    Indicators that read the same relations share one SELECT: nearly all the time goes into planning. Planning
    uses one core; where there is much of it, two statements are planned side by side. An institution's own
    indicators have no SQL: their values come as reported, later.
    """
    places = [place for place, indicator in enumerate(indicators) if indicator.sql]
    groups = tuple(
        replace(group, places=tuple(places[at] for at in group.places))
        for group in fused([indicators[place].sql for place in places])
    )
    if not groups:
        return []
    # What a trial landed is seen by its own connection alone.
    if len(groups) < MANY or cursor.execute("SELECT getvariable('trial')").fetchall()[0][0]:
        return _figures(cursor, asked, settings, indicators, groups, reach)
    groups = tuple(sorted(groups, key=lambda group: sorted(indicators[group.places[0]].parts)))
    half = len(groups) // 2
    with ThreadPoolExecutor(max_workers=1) as beside:
        rest = beside.submit(_figures, _same_scope(cursor), asked, settings, indicators, groups[half:], reach)
        return _figures(cursor, asked, settings, indicators, groups[:half], reach) + rest.result()


def _same_scope(cursor: Cursor) -> Cursor:
    """Another connection to the same data with the same scope, for another thread."""
    institutions, branches = cursor.execute("SELECT getvariable('institutions'), getvariable('branches')").fetchall()[0]
    other = cursor.cursor()
    other.execute("SET VARIABLE institutions = ?::VARCHAR[]", [institutions])
    other.execute("SET VARIABLE branches = ?::VARCHAR[]", [branches])
    return other


def _figures(
    cursor: Cursor, asked: Slice, settings: Mapping[str, object], indicators: Sequence[Indicator],
    groups: Sequence[Fused], reach: Reach,
) -> Figures:  # fmt: skip
    """The figures of some groups of indicators, in one statement."""
    used: dict[str, set[str]] = {}
    for indicator in [indicators[place] for group in groups for place in group.places]:
        for relation, parts in indicator.parts.items():
            used.setdefault(relation, set()).update(parts)
    read = ", ".join(
        f"{quote(name)} AS MATERIALIZED ({_relation(asked, name, used[name], reach)})" for name in sorted(used)
    )
    columns = ", ".join(f"?::{kind} AS {name}" for name, kind in catalogue.SETTINGS.items())
    body = " UNION ALL ".join(f"SELECT {number} AS place, q.* FROM ({g.sql}) AS q" for number, g in enumerate(groups))
    values = [value for name in sorted(used) for value in _places(asked, name)]
    values += [settings[name] for name in catalogue.SETTINGS]
    rows = cursor.execute(f"WITH {read}, settings AS MATERIALIZED (SELECT {columns}) {body}", values).fetchall()
    return [
        ((period, unit), groups[place].places, np.array(figures, dtype=float).reshape(-1, len(FIGURES)))
        for place, period, unit, figures in rows
    ]


def present(
    cursor: Cursor, asked: Slice, parts: Mapping[str, Sequence[str]], reach: Reach
) -> dict[tuple[str, str], bool]:
    """Which parts of each relation have any figure in the slice, by relation and part."""
    names = sorted(parts)
    if not names:
        return {}
    queries = []
    for place, name in enumerate(names):
        counts = ", ".join(f"count({quote(part)}) > 0" for part in parts[name])
        relation = _relation(asked, name, parts[name], reach)
        queries.append(f"SELECT {place} AS place, [{counts}] AS there FROM ({relation})")
    rows = cursor.execute(
        " UNION ALL ".join(queries), [value for name in names for value in _places(asked, name)]
    ).fetchall()
    return {(names[at], part): known for at, there in rows for part, known in zip(parts[names[at]], there, strict=True)}


def sizes(
    cursor: Cursor, asked: Slice, reach: Reach
) -> dict[tuple[datetime.date, str], tuple[float | None, float | None, float | None]]:
    """Portfolio, loans and borrowers of each date and unit."""
    parts = ("glp", "active_loans", "active_borrowers")
    rows = cursor.execute(
        f"SELECT period, unit, glp, active_loans, active_borrowers "
        f"FROM ({_relation(asked, 'portfolio', parts, reach)})",
        _places(asked, "portfolio"),
    ).fetchall()
    return {(period, unit): (glp, loans, borrowers) for period, unit, glp, loans, borrowers in rows}


def _relation(asked: Slice, relation: str, parts: Iterable[str], reach: Reach) -> str:
    """One measure or twin at (period, unit): cells summed. What is not there has no row, and so no value."""
    # A sum cannot give branches back, so that some relations keep them.
    own = KEPT.get(relation)
    kept = f", m.{quote(own)}" if own else ""
    source = "portfolio" if own else relation
    sums = "".join(f", sum(m.{quote(part)}) AS {quote(part)}" for part in sorted(set(parts) - {own}))
    months = ", max(m.months) AS months" if relation.endswith("_12m") else ""
    dated = source.endswith("_12m") or source == "portfolio"
    # A ledger's month-end or a staff list's shows at the snapshot of its month.
    joined = (
        ""
        if dated
        else (" JOIN v_m_periods AS p ON p.institution_id = m.institution_id AND p.month = last_day(m.period)")
    )
    return (
        f"SELECT {'m' if dated else 'p'}.period, {_unit(asked, reach.several)} AS unit{kept}{sums}{months} "
        f"FROM {quote('v_m_' + source)} AS m{joined} "
        f"WHERE list_contains(?, m.cut) AND m.period BETWEEN ? AND ?{_filter(asked)} GROUP BY ALL"
    )


def _places(asked: Slice, relation: str) -> list[object]:
    """What the places of `_relation` take."""
    cut = KEPT.get(relation)
    cut = cut if cut in CUTS else next((dim for dim in asked.dims if dim in CUTS), "main")
    ready = not asked.breakdown and relation not in KEPT
    return [[cut, "reported"] if ready else [cut], asked.first, asked.last, *_wanted(asked)]


def _filter(asked: Slice) -> str:
    return "".join(f" AND list_contains(?, m.{quote(column)})" for column, _ in asked.where)


def _wanted(asked: Slice) -> list[object]:
    """What the places of `_filter` take."""
    return [list(values) for _, values in asked.where]


def _unit(asked: Slice, several: bool) -> str:
    column = KINDS[asked.by][1]
    if column is None:
        return "m.institution_id"
    prefixed = several and column in ("branch_id", "product_id")
    return f"m.institution_id || '/' || m.{quote(column)}" if prefixed else f"m.{quote(column)}"


def grid(cursor: Cursor, asked: Slice, reach: Reach) -> list[tuple[datetime.date, str]]:
    """Every date and unit that is answered, in order, even if only to say that a figure is missing."""
    cut = next((dim for dim in asked.dims if dim in CUTS), "main")
    known = [cut, asked.first, asked.last, *_wanted(asked)] if asked.breakdown else []
    dates = None if asked.periods is None else list(asked.periods)
    rows = cursor.execute(
        f"""SELECT DISTINCT u.period, u.unit FROM ({_units_known(asked, reach)}) AS u
        WHERE (? IS NULL OR list_contains(?, u.period)) AND u.unit IS NOT NULL ORDER BY u.period, u.unit""",
        [*known, dates, dates],
    ).fetchall()
    return [(period, unit) for period, unit in rows]


def _units_known(asked: Slice, reach: Reach) -> str:
    """Units of each date: those of the loan book and of ready values; without a book, of any other table."""
    if not asked.breakdown:
        return "SELECT period, institution_id AS unit FROM v_m_periods"
    unit = _unit(asked, reach.several)
    body = (
        f"SELECT m.period, {unit} AS unit FROM v_m_portfolio AS m "
        f"WHERE m.cut = ? AND m.period BETWEEN ? AND ?{_filter(asked)}"
    )
    if reach.ready and not asked.where and asked.by in ("branch", "product"):
        given = "if(len(getvariable('institutions')) > 1, institution_id || '/' || unit, unit)"
        kind = "branch" if asked.by == "branch" else "product"
        body += f" UNION SELECT period, {given} FROM v_reported_values WHERE unit_type = '{kind}'"
    if reach.bare:
        names = [n for n, m in measures.catalogue().items() if set(asked.dims) <= set(m.dims) and n != "portfolio"]
        others = " UNION ".join(f"SELECT m.institution_id, {unit} AS unit FROM {quote('v_m_' + n)} AS m" for n in names)
        body += (
            f" UNION SELECT p.period, e.unit FROM ({others}) AS e JOIN v_m_periods AS p "
            "USING (institution_id) WHERE p.institution_id NOT IN (SELECT institution_id FROM v_m_portfolio)"
        )
    return body
