"""What is asked of the measures - kind of unit, filters, dates - and what the data in scope allow for it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from metrics import measures
from metrics.catalogue import KEPT
from metrics.errors import EvenkeelError, UsageError, nearest
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
