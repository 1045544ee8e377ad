"""A figure -> the rows that it was made of, each with the file and the row in it where it came from."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import measures, schema
from metrics.catalogue import Indicator
from metrics.measure import CUTS, Measure
from metrics.schema import LINEAGE, Table, quote
from metrics.slices import KINDS

Cursor = duckdb.DuckDBPyConnection
MOST = 1000
WINDOW = 12  # months that a trailing figure looks back


@dataclass(frozen=True)
class Rows:
    """The rows of one table behind a figure: `heads` and `cells`, the columns that the figure reads among them.

    The last three columns are batch_id, file_no and row_no. `total` counts all rows, of which at most `MOST` are
    in `cells`. `first` and `last` are the dates that they span (None: the table has no date). `whole` says that
    the table does not tell units apart, so that the rows are the whole institution's.
    """

    table: str
    heads: tuple[str, ...]
    cells: tuple[tuple[object, ...], ...]
    total: int
    read: tuple[str, ...]
    first: datetime.date | None
    last: datetime.date | None
    whole: bool


def rows(
    cursor: Cursor, indicator: Indicator, kind: str, unit: str, day: datetime.date, most: int = MOST
) -> list[Rows]:
    """The rows behind an indicator's value for one unit on a date, a table at a time.

    Args:
        cursor: scoped; only `v_` views are read.
        kind: institution, branch, product or officer.
        unit: its id as `values` gives it; an institution's where kind is institution.
        day: the date of the value. A snapshot table gives its last snapshot of that time, a table of events the
            twelve months before (the month itself where no trailing figure is read), a list all that was known.
        most: how many rows of each table to give.
    """
    found: dict[str, list[str]] = {}
    for relation in indicator.parts:
        measure = _measure(relation)
        found.setdefault(measure.table, []).append(relation)
    return [_of(cursor, indicator, table, names, kind, unit, day, most) for table, names in found.items()]


def inputs(
    cursor: Cursor, indicator: Indicator, kind: str, unit: str, day: datetime.date
) -> list[tuple[str, str, float | None]]:
    """The measures that the formula reads for one unit on a date: relation, part, figure (None: not known)."""
    found: list[tuple[str, str, float | None]] = []
    column = KINDS[kind][1]
    for relation, parts in indicator.parts.items():
        measure = _measure(relation)
        source = relation if relation.removesuffix("_12m") == measure.name else measure.name
        known = [part for part in parts if part in measure.parts or part in measure.twin_parts()]
        if not known or (column is not None and column not in measure.dims):
            found += [(relation, part, None) for part in known]
            continue
        sums = ", ".join(f"sum(m.{quote(part)})" for part in known)
        held = f"m.{quote(column)}" if column else "m.institution_id"
        row = cursor.execute(
            f"""SELECT {sums} FROM {quote("v_m_" + source)} AS m WHERE list_contains(?, m.cut)
            AND last_day(m.period) = last_day(?::DATE) AND (? = {held} OR ? = m.institution_id || '/' || {held})""",
            [["main", "reported"] if column not in CUTS else [column], day, unit, unit],
        ).fetchall()[0]
        found += [(relation, part, value) for part, value in zip(known, row, strict=True)]
    return found


def reported(cursor: Cursor, indicator: str, kind: str, unit: str, day: datetime.date) -> Rows | None:
    """The row that gave a ready value, where somebody else computed it; None where there is none."""
    heads = ("period", "unit_type", "unit", "indicator_id", "value", "n", "weight", *LINEAGE)
    picks = ", ".join(quote(head) for head in heads)
    cells = cursor.execute(
        f"""SELECT {picks} FROM v_reported_values WHERE indicator_id = ? AND period = ? AND unit_type::VARCHAR = ?
        AND (unit = ? OR institution_id || '/' || unit = ?)""",
        [indicator, day, kind, unit, unit],
    ).fetchall()
    if not cells:
        return None
    return Rows("reported_values", heads, tuple(map(tuple, cells)), len(cells), ("value",), day, day, False)


def _measure(relation: str) -> Measure:
    """The measure of a relation; those that keep branches, officers or sectors are the portfolio's."""
    known = measures.catalogue()
    return known.get(relation.removesuffix("_12m")) or known["portfolio"]


def _of(
    cursor: Cursor,
    indicator: Indicator,
    name: str,
    relations: Sequence[str],
    kind: str,
    unit: str,
    day: datetime.date,
    most: int,
) -> Rows:
    table = schema.tables()[name]
    wanted = _wanted(indicator, relations)
    mine = _columns(table, wanted)
    joined = {
        other: [column for column in columns if column in schema.tables()[other].columns]
        for other, columns in wanted.items()
        if other != name and _joins(table, other)
    }
    dated = date_column(table)
    coded = [column for column in table.enums if column in table.required]
    own = [column for column in (*table.key, dated, "branch_id", *coded) if column in table.columns]
    own = [column for column in dict.fromkeys([*own, *mine]) if column != "institution_id"]
    source = _source(name, list(joined)) + _where(table, kind, name in measures.DATED, list(_coded(table, wanted)))
    trailing = any(relation.endswith("_12m") for relation in relations)
    values = _places(table, kind, unit, day, trailing, wanted)
    picks = [f"t.{quote(column)}" for column in own]
    picks += [f"{quote(other)}.{quote(column)}" for other, columns in joined.items() for column in columns]
    picks += [f"t.{quote(column)}" for column in LINEAGE]
    order = ", ".join(f"t.{quote(column)} DESC NULLS LAST" for column in [*reversed(mine), *own])
    cells = cursor.execute(f"SELECT {', '.join(picks)} {source} ORDER BY {order} LIMIT ?", [*values, most]).fetchall()
    days = f"t.{quote(dated)}" if dated else "NULL::DATE"
    total, first, last = cursor.execute(f"SELECT count(*), min({days}), max({days}) {source}", values).fetchall()[0]
    column = KINDS[kind][1]
    more = [column for columns in joined.values() for column in columns]
    whole = column is not None and column not in table.columns
    heads = (*own, *more, *LINEAGE)
    return Rows(name, heads, tuple(map(tuple, cells)), int(total), (*mine, *more), first, last, whole)


def _wanted(indicator: Indicator, relations: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Table -> column -> the codes that count (none: all of them), as the measures say what each part needs."""
    found: dict[str, dict[str, list[str]]] = {}
    for relation in relations:
        for part in indicator.parts[relation]:
            table, _, rest = (measures.needed(part) or "").partition(".")
            column, _, codes = rest.partition(": ")
            if column and table in schema.tables():
                listed = found.setdefault(table, {}).setdefault(column, [])
                # Dots stand for codes that are not listed.
                listed += ["..."] if not codes or "..." in codes else codes.split(", ")
    return {
        table: {column: [] if "..." in codes else codes for column, codes in columns.items()}
        for table, columns in found.items()
    }


def _columns(table: Table, wanted: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """The columns of a table that the figure reads; beside a code also the numbers that are summed."""
    named = wanted.get(table.name, {})
    found = [column for column in named if column in table.columns]
    if any(column in table.enums for column in named):
        numbers = [name for name in table.required if table.columns[name].startswith(("DECIMAL", "DOUBLE"))]
        found += [name for name in numbers if name not in found]
    return found


def _coded(table: Table, wanted: Mapping[str, Mapping[str, list[str]]]) -> dict[str, list[str]]:
    """Columns whose codes choose the rows, with these codes."""
    named = wanted.get(table.name, {})
    if len(named) != 1:
        return {}
    return {column: codes for column, codes in named.items() if codes and column in table.enums}


def _joins(table: Table, other: str) -> bool:
    """Whether a row of a table names one row of another: the client of a loan, not the parameters of a year."""
    known = schema.tables().get(other)
    return known is not None and not known.replace and set(known.key) <= table.columns.keys()


def date_column(table: Table) -> str | None:
    """The column that says what day a row is about; None for a list without one."""
    if "as_of" in table.columns:
        return "as_of"
    if table.name in measures.DATED:
        return str(measures.DATED[table.name])
    return next((name for name in table.required if table.columns[name] == "DATE"), None)


def _source(name: str, others: Sequence[str]) -> str:
    """The table, with the tables that its rows name."""
    joins = [
        f" LEFT JOIN {quote('v_' + other)} AS {quote(other)} USING ({_keys(other)})" for other in others
    ]  # fmt: skip
    return f"FROM {quote('v_' + name)} AS t" + "".join(joins)


def _keys(table: str) -> str:
    return ", ".join(quote(column) for column in schema.tables()[table].key)


def _where(table: Table, kind: str, event: bool, coded: Sequence[str]) -> str:
    """The rows of a unit, of a time, and of some codes; `_places` has what its places take."""
    column, dated = KINDS[kind][1], date_column(table)
    found = " WHERE (? IS NULL)"
    if column is None:
        found = " WHERE t.institution_id = ?"
    elif column in table.columns:
        found = f" WHERE ? IN (t.{quote(column)}, t.institution_id || '/' || t.{quote(column)})"
    if dated == "as_of":
        found += f" AND t.as_of = (SELECT max(as_of) FROM {quote('v_' + table.name)} WHERE as_of <= last_day(?::DATE))"
    elif dated:
        found += f" AND t.{quote(dated)} <= last_day(?::DATE)"
        if event:
            found += f" AND t.{quote(dated)} > last_day(?::DATE - to_months(?))"
    return found + "".join(f" AND list_contains(?, t.{quote(name)}::VARCHAR)" for name in coded)


def _places(
    table: Table,
    kind: str,
    unit: str,
    day: datetime.date,
    trailing: bool,
    wanted: Mapping[str, Mapping[str, list[str]]],
) -> list[object]:
    """What the places of `_where` take."""
    column, dated = KINDS[kind][1], date_column(table)
    found: list[object] = [unit if column is None or column in table.columns else None]
    if dated:
        found.append(day)
    if dated and dated != "as_of" and table.name in measures.DATED:
        found += [day, WINDOW if trailing else 1]
    return [*found, *_coded(table, wanted).values()]
