"""A figure -> the rows that it was made of, each with the file and the row in it where it came from."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from metrics import access, measures, schema
from metrics.asking import KINDS
from metrics.catalogue import Indicator
from metrics.counted import QUESTION, SCORECARD, codes, needed, questions
from metrics.measure import CUTS, Measure
from metrics.schema import LINEAGE, Table, quote

Cursor = duckdb.DuckDBPyConnection
MOST = 1000
WINDOW = 12  # months that a trailing figure looks back
ENDS = ("closed_on", "done_on", "left_on", "exited_on")  # from then on a row is no longer there to be counted


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


@dataclass(frozen=True)
class Chosen:
    """Which rows of a table count: of a kind of unit, by codes, by time.

    `coded` has columns and the codes that count. A row counts if one of `spans`, dates of it, lies in the last
    `months` (no spans: any day before). From its `end` on (None: it has none) it no longer counts.
    """

    table: Table
    kind: str
    coded: Mapping[str, Sequence[str]]
    spans: tuple[str, ...]
    months: int
    end: str | None


def rows(
    cursor: Cursor, indicator: Indicator, kind: str, unit: str, day: datetime.date, most: int = MOST
) -> list[Rows]:
    """The rows behind an indicator's value for one unit on a date, a table at a time; Forbidden without `rows`.

    Args:
        cursor: scoped; only `v_` views are read.
        kind: institution, branch, product or officer.
        unit: its id as `values` gives it; an institution's where kind is institution.
        day: the date of the value. A snapshot table gives its last snapshot of that time, a table of events the
            twelve months before (the month itself where no trailing figure is read), a list all that was known;
            where only what is there on the day is counted, rows that ended before are left out.
        most: how many rows of each table to give.
    """
    access.need("rows")
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
    """The row that gave a ready value, where somebody else computed it; None where there is none.

    Where no row speaks of the institution as a whole its figure is made of its branches' rows; see `values.reported`.
    """
    heads = ("period", "unit_type", "unit", "indicator_id", "value", "n", "weight", *LINEAGE)
    picks = ", ".join(quote(head) for head in heads)
    sql = f"""SELECT {picks} FROM v_reported_values WHERE indicator_id = ? AND period = ? AND unit_type::VARCHAR = ?
        AND (unit = ? OR institution_id || '/' || unit = ? OR institution_id = ?) ORDER BY unit"""
    whole = unit if kind == "institution" else None
    cells = cursor.execute(sql, [indicator, day, kind, unit, unit, whole]).fetchall()
    if not cells and whole:
        cells = cursor.execute(sql, [indicator, day, "branch", unit, unit, whole]).fetchall()
    if not cells:
        return None
    return Rows("reported_values", heads, tuple(map(tuple, cells)), len(cells), ("value",), day, day, False)


def _measure(relation: str) -> Measure:
    """The measure of a relation; those that keep branches, officers or sectors are the portfolio's."""
    known = measures.catalogue()
    return known.get(relation.removesuffix("_12m")) or known["portfolio"]


def _of(
    cursor: Cursor, indicator: Indicator, name: str, relations: Sequence[str],
    kind: str, unit: str, day: datetime.date, most: int,
) -> Rows:  # fmt: skip
    table = schema.tables()[name]
    wanted = _wanted(indicator, relations)
    mine = _columns(table, wanted)
    joined = {
        other: [column for column in columns if column in schema.tables()[other].columns]
        for other, columns in wanted.items()
        if other != name and _joins(table, other)
    }
    dated = date_column(table)
    kinds = [column for column in table.enums if column in table.required]
    own = [column for column in (*table.key, dated, "branch_id", *kinds) if column in table.columns]
    own = [column for column in dict.fromkeys([*own, *mine]) if column != "institution_id"]
    coded = _coded(table, wanted) | _asked(table, indicator, relations)
    chosen = Chosen(table, kind, coded, *_time(table, indicator, relations, mine))
    source = _source(name, list(joined)) + _where(table, kind, chosen.spans, chosen.end, list(coded))
    values = _places(chosen, unit, day)
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
            table, _, rest = needed(_measure(relation), part).partition(".")
            column, _, listed = rest.partition(": ")
            if not column or table not in schema.tables():
                continue
            enums = schema.tables()[table].enums.get(column, ())
            named = codes(_measure(relation), part, enums) if listed else set()
            # None stands for every code.
            found.setdefault(table, {}).setdefault(column, []).extend(sorted(named) or [""])
    return {
        table: {column: [] if "" in known else list(dict.fromkeys(known)) for column, known in columns.items()}
        for table, columns in found.items()
    }


def _asked(table: Table, indicator: Indicator, relations: Sequence[str]) -> dict[str, list[str]]:
    """The questions of a survey whose answers count; none where the table holds no answers."""
    if QUESTION not in table.columns:
        return {}
    found = [questions(_measure(relation), part) for relation in relations for part in indicator.parts[relation]]
    return {QUESTION: sorted(set().union(*found))} if any(found) else {}


def _time(
    table: Table, indicator: Indicator, relations: Sequence[str], read: Sequence[str]
) -> tuple[tuple[str, ...], int, str | None]:
    """Dates of which one has to lie in the last so many months, and the date that ends a row; see `Chosen`."""
    read_of = [(_measure(relation), part) for relation in relations for part in indicator.parts[relation]]
    parts = [(measure, part) for measure, part in read_of if part != "months"]
    dated = date_column(table)
    if dated == "as_of":
        return (), 0, None
    if all(part in measure.stocks for measure, part in parts):
        end = next((column for column in ENDS if column in table.columns), None)
        # A balance is the month's own; an earlier round's answer still counts.
        monthly = table.name in measures.DATED and end is None and QUESTION not in table.columns
        return ((dated,), 1, None) if dated and monthly else ((), 0, end)
    if dated is None or not (table.name in measures.DATED or all(part in m.flows for m, part in parts)):
        return (), 0, None
    trailing = any(relation.endswith("_12m") for relation in relations)
    # An average and a start look at the month-end before the twelve months too.
    earlier = any(part.startswith(("average_", "start_")) for _, part in parts)
    more = [column for column in read if table.columns[column] == "DATE" and column != dated]
    return (dated, *more), (WINDOW + earlier if trailing else 1), None


def _columns(table: Table, wanted: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """The columns of a table that the figure reads; beside a code also the numbers that are summed."""
    named = wanted.get(table.name, {})
    more = ("answer_code", "answer_num") if QUESTION in named else ()
    found = [column for column in dict.fromkeys([*named, *more]) if column in table.columns]
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


def _where(table: Table, kind: str, spans: Sequence[str], end: str | None, coded: Sequence[str]) -> str:
    """The rows of a unit, of a time, and of some codes; `_places` has what its places take."""
    column, dated = KINDS[kind][1], date_column(table)
    found = " WHERE (? IS NULL)"
    if column is None:
        found = " WHERE t.institution_id = ?"
    elif column in table.columns:
        found = f" WHERE ? IN (t.{quote(column)}, t.institution_id || '/' || t.{quote(column)})"
    if dated == "as_of":
        found += f" AND t.as_of = (SELECT max(as_of) FROM {quote('v_' + table.name)} WHERE as_of <= last_day(?::DATE))"
    elif spans:
        inside = [
            f"(t.{quote(span)} <= last_day(?::DATE) AND t.{quote(span)} > last_day(?::DATE - to_months(?)))"
            for span in spans
        ]
        found += f" AND ({' OR '.join(inside)})"
    elif dated:
        found += f" AND t.{quote(dated)} <= last_day(?::DATE)"
    if end:
        found += f" AND (t.{quote(end)} IS NULL OR t.{quote(end)} > last_day(?::DATE))"
    for name in coded:
        # A scorecard's questions are told by how they begin.
        asked = f"[t.{quote(name)}::VARCHAR, regexp_extract(t.{quote(name)}::VARCHAR, '^{SCORECARD}')]"
        found += f" AND list_has_any(?, {asked})"
    return found


def _places(chosen: Chosen, unit: str, day: datetime.date) -> list[object]:
    """What the places of `_where` take."""
    column = KINDS[chosen.kind][1]
    found: list[object] = [unit if column is None or column in chosen.table.columns else None]
    if chosen.spans:
        for _ in chosen.spans:
            found += [day, day, chosen.months]
    elif date_column(chosen.table):
        found.append(day)
    if chosen.end:
        found.append(day)
    return [*found, *chosen.coded.values()]
