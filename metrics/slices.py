"""Measures -> the relations that indicators read, for one kind of unit and one filter.

Everything here works on a few thousand cells; no loan row is touched. Relations are each measure at
(period, unit), its 12-month twin `_12m`, `branch_portfolio` and the one-row `settings`.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics import catalogue, measures
from metrics.catalogue import KEPT, Indicator
from metrics.errors import EvenkeelError, UsageError, nearest
from metrics.fusing import FIGURES, fused
from metrics.measure import CUTS, DIMENSIONS
from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
Filter = tuple[str, tuple[str, ...]]

KINDS = {
    "institution": ("institution", None),
    "branch": ("branch", "branch_id"),
    "product": ("product", "product_id"),
    "officer": ("officer", "officer_id"),
    "gender": ("segment", "gender"),
    "location": ("segment", "location"),
    "age_band": ("segment", "age_band"),
    "cycle": ("segment", "cycle"),
    "sector": ("segment", "sector"),
    "poverty_band": ("segment", "poverty_band"),
}


@dataclass(frozen=True)
class Slice:
    """What is asked: the kind of unit (`by`), filters as (column, values), dates (None: all)."""

    by: str
    where: tuple[Filter, ...]
    periods: tuple[datetime.date, ...] | None

    @property
    def kind(self) -> str:
        """institution, branch, product, officer or segment."""
        return KINDS[self.by][0]

    @property
    def dims(self) -> list[str]:
        """Dimensions of the measures that the slice uses."""
        unit = KINDS[self.by][1]
        return ([unit] if unit else []) + [column for column, _ in self.where]

    @property
    def first(self) -> datetime.date:
        """First day of the month of the first date asked."""
        return datetime.date.min if self.periods is None else min(self.periods).replace(day=1)

    @property
    def last(self) -> datetime.date:
        """A day not before the end of the month of the last date asked."""
        if self.periods is None:
            return datetime.date.max
        return max(self.periods).replace(day=1) + datetime.timedelta(days=31)

    @property
    def breakdown(self) -> bool:
        """Whether figures are a part of the institution, so that small numbers are kept back."""
        return bool(self.dims)


def parse(by: str, where: Iterable[tuple[str, Iterable[str]]], periods: Sequence[datetime.date] | None) -> Slice:
    """A checked slice; columns may be written branch or branch_id.

    Raises:
        UsageError: unknown kind of unit or filter.
        EvenkeelError: a cross that measures do not keep (officer by gender ...).
    """
    if by not in KINDS:
        raise UsageError("errors.unknown_unit_kind", by=by, known=", ".join(KINDS), nearest=nearest(by, KINDS))
    filters = []
    for column, values in where:
        name = KINDS[column][1] if column in KINDS else column
        if name not in DIMENSIONS:
            known = [kind for kind in KINDS if kind != "institution"]
            raise UsageError(
                "errors.unknown_filter", column=column, known=", ".join(known), nearest=nearest(column, known)
            )
        filters.append((name, tuple(values)))
    found = Slice(by, tuple(filters), None if periods is None else tuple(periods))
    apart = [dim for dim in dict.fromkeys(found.dims) if dim in CUTS]
    other = [dim for dim in found.dims if dim in ("gender", "location")]
    if len(apart) > 1 or (apart and other):
        raise EvenkeelError("errors.crossed_filter", by=by, column=(apart[1:] or other)[0])
    return found


@dataclass(frozen=True)
class Reach:
    """What the data allow: the relations that can be told apart by a slice, and what units are made of.

    `several`: more than one institution is in scope, so that a unit's name begins with its institution;
    `bare`: some institution has no loan book, so that its units come from its other tables; `ready`: some
    figures are ready values, as somebody else computed them; `part`: the figures are of a part of the
    institution, by filter or by the reader's scope, so that small numbers are kept back.
    """

    relations: frozenset[str]
    several: bool
    bare: bool
    ready: bool
    part: bool


def reach(cursor: Cursor, asked: Slice) -> Reach:
    """What the data in the reader's scope allow for a slice."""
    dims = list(dict.fromkeys(asked.dims))
    told = "".join(f" AND bool_or({quote(dim)})" for dim in dims)
    rows = cursor.execute(
        f"""SELECT measure, (getvariable('branches') IS NULL OR bool_or(branch_id)){told}, count(*),
            len(getvariable('institutions')), getvariable('branches') IS NOT NULL FROM v_m_splits GROUP BY measure
        UNION ALL SELECT '', true, count(DISTINCT institution_id),
            len(getvariable('institutions')), getvariable('branches') IS NOT NULL FROM v_m_periods"""
    ).fetchall()
    known = {row[0]: row for row in rows}
    part = bool(known[""][4])
    dims = list(dict.fromkeys([*dims, *(["branch_id"] if part else [])]))
    names = [name for name, kept in KEPT.items() if _keeps(kept, dims)]
    for name, measure in measures.catalogue().items():
        # An absent ledger is taken to be the usual one, kept for the whole institution.
        apart = known[name][1] if name in known else name != "ledger" or not dims
        if set(dims) <= set(measure.dims) and apart:
            names += [name, name + "_12m"]
    booked = known["portfolio"][2] if "portfolio" in known else 0
    return Reach(
        frozenset(names), (known[""][3] or 0) > 1, booked < known[""][2], "reported_values" in known, bool(dims)
    )


def _keeps(kept: str, dims: Sequence[str]) -> bool:
    """Whether a relation that keeps one row for each of a dimension's values can be told apart by others."""
    if kept == "branch_id":
        return not dims
    return set(dims) <= {"branch_id", "product_id", kept}


def ask(
    cursor: Cursor, asked: Slice, settings: Mapping[str, object], indicators: Sequence[Indicator], reach: Reach
) -> list[tuple[tuple[datetime.date, str], tuple[int, ...], NDArray[np.float64]]]:
    """Figures of all indicators in one statement: (date, unit), places of indicators, array (places, `FIGURES`).

    Indicators that read the same relations share one SELECT: nearly all the time goes into planning.
    """
    used: dict[str, set[str]] = {}
    for indicator in indicators:
        for relation, parts in indicator.parts.items():
            used.setdefault(relation, set()).update(parts)
    read = ", ".join(
        f"{quote(name)} AS MATERIALIZED ({_relation(asked, name, used[name], reach)})" for name in sorted(used)
    )
    columns = ", ".join(f"?::{kind} AS {name}" for name, kind in catalogue.SETTINGS.items())
    groups = fused([indicator.sql for indicator in indicators])
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
    queries = []
    for place, name in enumerate(names):
        counts = ", ".join(f"count({quote(part)}) > 0" for part in parts[name])
        relation = _relation(asked, name, parts[name], reach)
        queries.append(f"SELECT {place} AS place, [{counts}] AS there FROM ({relation})")
    rows = cursor.execute(
        " UNION ALL ".join(queries), [value for name in names for value in _places(asked, name)]
    ).fetchall()
    return {
        (names[at], part): known
        for at, there in rows
        for part, known in zip(parts[names[at]], there, strict=True)
    }


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
