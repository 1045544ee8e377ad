"""What would change if a preview were landed: rows, totals, and the indicators that move. Nothing stays of the trial.

The figures are the very ones that would come: the batch is landed with its measures in a transaction, looked at, and
the transaction is taken back.
"""

import datetime
from collections.abc import Iterable, Mapping
from math import isnan

from metrics import batch, catalogue, checks, measures, schema, values
from metrics.errors import InputError
from metrics.ingest import landing
from metrics.ingest.model import Preview
from metrics.ingest.moved import CheckMove, IndicatorMove, Moves, TableMove, Total
from metrics.schema import Table, quote
from metrics.store import Cursor, Store

ADDS, REPLACES, UPDATES, SAME = "adds", "replaces", "updates", "same"
Figures = Mapping[tuple[datetime.date, str, str], tuple[float | None, str]]


def moves(store: Store, preview: Preview, settings: Mapping[str, object], indicators: bool = True) -> Moves:
    """What would change if a preview were landed now.

    Args:
        settings: the policy's definitions (`policy.SETTINGS`).
        indicators: whether to compute which indicators move; without them it takes a fraction of the time.

    Raises:
        InputError: the data changed since the preview was made.
    """
    if store.epoch != preview.epoch:
        raise InputError("import.data_changed")
    if not preview.frames or preview.repeated is not None or preview.refused:
        return Moves(())
    cursor, looks = preview.cursor, _Looks(preview)
    known = _institutions(cursor)
    cursor.execute("SET VARIABLE without = NULL::INTEGER")
    try:
        looks.before(cursor)

        def look(cursor: Cursor, number: int) -> None:
            looks.after(cursor)
            if indicators:
                landing.rebuild(cursor, number, preview.instead_of)
                looks.figures_after(cursor, settings)

        store.trial(landing.new_batch(preview, ""), preview.frames, cursor, look, preview.instead_of)
        _see(cursor, known)
        if indicators:
            looks.figures_before(cursor, settings)
    finally:
        _see(cursor, known)
        cursor.execute("SET VARIABLE without = ?::INTEGER", [preview.instead_of])
    return looks.found(indicators)


class _Looks:
    """What is seen before and after, until it is put together."""

    def __init__(self, preview: Preview) -> None:
        self.instead_of = preview.instead_of
        self.frames = set(preview.frames)
        self.tables: list[Table] = []
        self.rows: dict[str, tuple[int, int, int, int]] = {}
        self.totals: dict[str, tuple[list[Total], list[Total]]] = {}
        self.spans: dict[str, tuple[datetime.date | None, datetime.date | None]] = {}
        self.periods: list[datetime.date] = []
        self.figures: tuple[Figures, Figures] = ({}, {})
        self.found_by: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def before(self, cursor: Cursor) -> None:
        for table in schema.tables().values():
            taken = f"SELECT 1 FROM facts.{quote(table.name)} WHERE batch_id = ? LIMIT 1"
            if table.name in self.frames or cursor.execute(taken, [self.instead_of]).fetchall():
                self.tables.append(table)
        for table in self.tables:
            self.rows[table.name] = _rows(cursor, table, self.instead_of)
            self.spans[table.name] = _span(cursor, table)
            self.totals[table.name] = (_totals(cursor, table, self.spans[table.name][1]), [])

    def after(self, cursor: Cursor) -> None:
        for table in self.tables:
            last = self.spans[table.name][1]
            self.totals[table.name] = (self.totals[table.name][0], _totals(cursor, table, last))

    def figures_after(self, cursor: Cursor, settings: Mapping[str, object]) -> None:
        rows = cursor.execute("SELECT DISTINCT institution_id FROM institutions").fetchall()
        _see(cursor, sorted(row[0] for row in rows))
        known = values.periods(cursor)
        lasts = [last for _, last in self.spans.values() if last]
        own = [day for day in known if lasts and (day.year, day.month) <= (max(lasts).year, max(lasts).month)]
        self.periods = sorted({*own[-1:], *known[-1:]})
        self.figures = ({}, _figures(cursor, settings, self.periods))
        self.found_by = ({}, _found_by(cursor))

    def figures_before(self, cursor: Cursor, settings: Mapping[str, object]) -> None:
        if _any_measures(cursor):
            self.figures = (_figures(cursor, settings, self.periods), self.figures[1])
            self.found_by = (_found_by(cursor), self.found_by[1])

    def found(self, indicators: bool) -> Moves:
        tables = tuple(self._table(table) for table in self.tables)
        before, after = self.found_by
        more = tuple(CheckMove(name, before.get(name, 0), n) for name, n in after.items() if n > before.get(name, 0))
        return Moves(tables, tuple(self.periods), _moved(*self.figures) if indicators else None, more)

    def _table(self, table: Table) -> TableMove:
        new, changed, same, gone = self.rows[table.name]
        first, last = self.spans[table.name]
        totals = tuple(
            Total(one.name, one.day, one.before, other.before)
            for one, other in zip(*self.totals[table.name], strict=True)
        )
        return TableMove(table.name, _kind(table, new, changed, gone), new, changed, same, gone, first, last, totals)


def _found_by(cursor: Cursor) -> dict[str, int]:
    return {finding.check.name: finding.count for finding in checks.run(cursor)}


def _kind(table: Table, new: int, changed: int, gone: int) -> str:
    if changed or gone:
        return REPLACES if _day(table) else UPDATES
    return ADDS if new else SAME


def _day(table: Table) -> str | None:
    """The column that says which day or month a row is of; None for a list."""
    keys = [column for column in table.key if table.columns[column] == "DATE"]
    return keys[0] if keys else measures.DATED.get(table.name)


def _span(cursor: Cursor, table: Table) -> tuple[datetime.date | None, datetime.date | None]:
    day = _day(table)
    if day is None:
        return None, None
    sql = f"SELECT min({quote(day)})::DATE, max({quote(day)})::DATE FROM {quote('in_' + table.name)}"
    first, last = cursor.execute(sql).fetchall()[0]
    return first, last


def _rows(cursor: Cursor, table: Table, instead_of: int | None) -> tuple[int, int, int, int]:
    """Rows new, changed, the same and gone, against those that count now; by the table's key."""
    name, given = quote(table.name), quote("in_" + table.name)
    same_key = " AND ".join(f"o.{quote(key)} IS NOT DISTINCT FROM n.{quote(key)}" for key in table.key)
    differs = " OR ".join(f"o.{quote(one)} IS DISTINCT FROM n.{quote(one)}" for one in table.columns)
    keys = ", ".join(quote(key) for key in table.key)
    leaves = "batch_id IS NOT DISTINCT FROM $gone"
    if table.replace:
        on = " AND ".join(f"t.{quote(key)} IS NOT DISTINCT FROM s.{quote(key)}" for key in table.replace)
        batch.taken(cursor, table)
        leaves += f" OR EXISTS (SELECT 1 FROM taken AS s WHERE {on})"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE moves_old AS SELECT *, {leaves} AS leaves FROM {name} AS t",
                   {"gone": instead_of if instead_of is not None else -1})  # fmt: skip
    found = cursor.execute(
        f"""WITH new AS (SELECT * FROM {given}
            QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY file_no DESC, row_no DESC) = 1)
        SELECT count_if(o.batch_id IS NULL), count_if(o.batch_id IS NOT NULL AND ({differs})), count(*),
            (SELECT count(*) FROM moves_old AS o ANTI JOIN new AS n ON {same_key} WHERE o.leaves)
        FROM new AS n LEFT JOIN moves_old AS o ON {same_key}"""
    ).fetchall()[0]
    cursor.execute("DROP TABLE moves_old")
    new, changed, every, gone = (int(n or 0) for n in found)
    return new, changed, every - new - changed, gone


def _totals(cursor: Cursor, table: Table, last: datetime.date | None) -> list[Total]:
    """The totals as they are now, in `before`."""
    whose = f"institution_id IN (SELECT institution_id FROM {quote('in_' + table.name)})"
    if table.name == "loans":
        owed, loans = cursor.execute(
            f"SELECT sum(principal_outstanding)::DOUBLE, count(*) FROM loans WHERE as_of = ? AND {whose}", [last]
        ).fetchall()[0]
        return [Total("principal_outstanding", last, owed, None), Total("loans", last, loans, None)]
    n = cursor.execute(f"SELECT count(*) FROM {quote(table.name)}").fetchall()[0][0]
    return [Total("rows", None, n, None)]


def _figures(cursor: Cursor, settings: Mapping[str, object], periods: list[datetime.date]) -> Figures:
    frame = values.values(cursor, settings, by="institution", periods=periods)
    columns = ["period", "unit", "indicator", "value", "status"]
    found: dict[tuple[datetime.date, str, str], tuple[float | None, str]] = {}
    for period, unit, indicator, value, status in frame[columns].itertuples(index=False):
        day = period.date() if isinstance(period, datetime.datetime) else period
        found[day, str(unit), str(indicator)] = (None if isnan(value) else float(value), str(status))
    return found


def _moved(before: Figures, after: Figures) -> tuple[IndicatorMove, ...]:
    """What differs, the largest move first; then what comes or goes."""
    found = []
    for period, unit, indicator in dict.fromkeys((*after, *before)):
        old, status_before = before.get((period, unit, indicator), (None, ""))
        new, status_after = after.get((period, unit, indicator), (None, ""))
        if old != new:
            size = None if old is None or new is None else _size(indicator, old, new)
            found.append(IndicatorMove(indicator, unit, period, old, new, status_before, status_after, size))
    return tuple(sorted(found, key=lambda one: (one.size is None, -(one.size or 0.0), one.indicator, one.period)))


def _size(indicator: str, old: float, new: float) -> float:
    posts = catalogue.indicators()[indicator].goalposts
    width = max(posts) - min(posts) if posts else 0.0
    return abs(new - old) / (width or max(abs(old), abs(new)))


def _institutions(cursor: Cursor) -> list[str]:
    found: list[str] = cursor.execute("SELECT getvariable('institutions')").fetchall()[0][0]
    return found


def _see(cursor: Cursor, institutions: Iterable[str]) -> None:
    cursor.execute("SET VARIABLE institutions = ?::VARCHAR[]", [list(institutions)])


def _any_measures(cursor: Cursor) -> bool:
    there = "SELECT count(*) FROM duckdb_views() WHERE view_name = 'v_m_periods'"
    return bool(cursor.execute(there).fetchall()[0][0])
