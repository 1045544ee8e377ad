"""Measures -> the relations that indicators read, for one kind of unit and one filter.

Everything here works on a few thousand cells; no loan row is touched. Relations are temporary tables of the
caller's cursor: each measure at (period, unit), its 12-month twin `_12m`, `branch_portfolio` and `settings`.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import catalogue, measures
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError, UsageError, nearest
from metrics.measure import CUTS, DIMENSIONS, Measure
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
    figures are ready values, as somebody else computed them.
    """

    relations: frozenset[str]
    several: bool
    bare: bool
    ready: bool


def reach(cursor: Cursor, asked: Slice) -> Reach:
    """What the data in the reader's scope allow for a slice."""
    dims = list(dict.fromkeys(asked.dims))
    told = " AND ".join(f"bool_or({quote(dim)})" for dim in dims) or "true"
    rows = cursor.execute(
        f"""SELECT measure, {told}, count(*), len(getvariable('institutions')) FROM v_m_splits GROUP BY measure
        UNION ALL SELECT '', true, count(DISTINCT institution_id), len(getvariable('institutions')) FROM v_m_periods"""
    ).fetchall()
    known = {row[0]: row for row in rows}
    names = ["branch_portfolio"] if not dims else []
    for name, measure in measures.catalogue().items():
        # An absent ledger is taken to be the usual one, kept for the whole institution.
        apart = known[name][1] if name in known else name != "ledger" or not dims
        if set(dims) <= set(measure.dims) and apart:
            names += [name, name + "_12m"]
    booked = known["portfolio"][2] if "portfolio" in known else 0
    return Reach(frozenset(names), (known[""][3] or 0) > 1, booked < known[""][2], "reported_values" in known)


def build(
    cursor: Cursor,
    asked: Slice,
    settings: Mapping[str, object],
    indicators: Iterable[Indicator],
    reach: Reach,
) -> None:
    """Make every relation that some indicators read, as temporary tables of the cursor."""
    used: dict[str, set[str]] = {"portfolio": {"glp", "active_loans", "active_borrowers"}}
    for indicator in indicators:
        for relation, parts in indicator.parts.items():
            used.setdefault(relation, set()).update(parts)
    _grid(cursor, asked, reach)
    for relation, named in used.items():
        if relation == "branch_portfolio":
            _branch_portfolio(cursor)
        else:
            _relation(cursor, asked, relation, sorted(named), reach.several)
    columns = ", ".join(f"?::{kind} AS {name}" for name, kind in catalogue.SETTINGS.items())
    values = [settings[name] for name in catalogue.SETTINGS]
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE settings AS SELECT {columns}", values)


def _relation(cursor: Cursor, asked: Slice, relation: str, parts: list[str], several: bool) -> None:
    """One measure or twin at (period, unit): cells summed; a flow without an event in covered months is 0."""
    twin = relation.endswith("_12m")
    measure = measures.catalogue()[relation.removesuffix("_12m")]
    cut = next((dim for dim in asked.dims if dim in CUTS), "main")
    sums = ", ".join(f"sum({quote(part)}) AS {quote(part)}" for part in parts)
    picks = ", ".join(_pick(measure, part, twin) for part in parts)
    exact = twin or measure.name == "portfolio"
    cuts = [cut] if asked.breakdown else [cut, "reported"]
    span = [asked.first, asked.last]
    body = (
        f"SELECT institution_id, {'period' if exact else 'last_day(period)'} AS at, {_unit(asked, several)} AS unit, "
        f"{sums} FROM {quote('v_m_' + relation)} WHERE list_contains(?, cut) "
        f"AND period BETWEEN ? AND ?{_filter(asked)} GROUP BY ALL"
    )
    months = (
        "LEFT JOIN v_m_months AS k ON k.institution_id = g.institution_id AND k.period = g.period AND k.measure = ?"
    )
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(relation)} AS
        SELECT g.period, g.unit, {picks}{", coalesce(k.months, if(s.unit IS NULL, NULL, 12)) AS months" if twin else ""}
        FROM grid AS g
        LEFT JOIN ({body}) AS s
            ON s.institution_id = g.institution_id AND s.unit = g.unit AND s.at = {"g.period" if exact else "g.month"}
        {months if twin else ""}""",
        [cuts, *span, *_wanted(asked), *([measure.name] if twin else [])],
    )


def _filter(asked: Slice) -> str:
    return "".join(f" AND list_contains(?, {quote(column)})" for column, _ in asked.where)


def _wanted(asked: Slice) -> list[object]:
    """What the places of `_filter` take."""
    return [list(values) for _, values in asked.where]


def _pick(measure: Measure, part: str, twin: bool) -> str:
    name = quote(part)
    if twin and part in measure.flows:
        return f"CASE WHEN s.unit IS NULL AND k.months > 0 THEN 0 ELSE s.{name} END AS {name}"
    return f"s.{name}"


def _unit(asked: Slice, several: bool) -> str:
    column = KINDS[asked.by][1]
    if column is None:
        return "institution_id"
    prefixed = several and column in ("branch_id", "product_id")
    return f"institution_id || '/' || {quote(column)}" if prefixed else quote(column)


def _grid(cursor: Cursor, asked: Slice, reach: Reach) -> None:
    """Every (date, unit) that is answered, even if only to say that a figure is missing."""
    cut = next((dim for dim in asked.dims if dim in CUTS), "main")
    known = [cut, asked.first, asked.last, *_wanted(asked)] if asked.breakdown else []
    dates = None if asked.periods is None else list(asked.periods)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE grid AS
        SELECT p.institution_id, p.period, p.month, u.unit
        FROM v_m_periods AS p JOIN ({_units_known(asked, reach)}) AS u USING (institution_id, period)
        WHERE (? IS NULL OR list_contains(?, p.period)) AND u.unit IS NOT NULL""",
        [*known, dates, dates],
    )


def _units_known(asked: Slice, reach: Reach) -> str:
    """Units of each date: those of the loan book and of ready values; without a book, of any other table."""
    if not asked.breakdown:
        return "SELECT DISTINCT institution_id, period, institution_id AS unit FROM v_m_periods"
    unit = _unit(asked, reach.several)
    body = (
        f"SELECT DISTINCT institution_id, period, {unit} AS unit FROM v_m_portfolio "
        f"WHERE cut = ? AND period BETWEEN ? AND ?{_filter(asked)}"
    )
    if reach.ready and not asked.where and asked.by in ("branch", "product"):
        given = "if(len(getvariable('institutions')) > 1, institution_id || '/' || unit, unit)"
        kind = "branch" if asked.by == "branch" else "product"
        body += f" UNION SELECT institution_id, period, {given} FROM v_reported_values WHERE unit_type = '{kind}'"
    if reach.bare:
        names = [n for n, m in measures.catalogue().items() if set(asked.dims) <= set(m.dims) and n != "portfolio"]
        others = " UNION ".join(f"SELECT institution_id, {unit} AS unit FROM {quote('v_m_' + name)}" for name in names)
        body += (
            f" UNION SELECT e.institution_id, p.period, e.unit FROM ({others}) AS e JOIN v_m_periods AS p "
            "USING (institution_id) WHERE p.institution_id NOT IN (SELECT institution_id FROM v_m_portfolio)"
        )
    return body


def _branch_portfolio(cursor: Cursor) -> None:
    """Portfolio by branch within each institution: what a sum cannot give back."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE branch_portfolio AS
        SELECT period, institution_id AS unit, branch_id, sum(glp) AS glp FROM v_m_portfolio
        WHERE cut = 'main' AND branch_id IS NOT NULL AND period IN (SELECT period FROM grid) GROUP BY ALL"""
    )
