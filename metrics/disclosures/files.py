"""The files that figures rest on: those of the rows that count on a date, each with the SHA-256 of its bytes."""

import datetime
from collections.abc import Iterable

from metrics import schema
from metrics.behind import date_column
from metrics.disclosures.model import Source
from metrics.records import Cursor
from metrics.schema import quote

MONTHS = 13  # snapshots that a trailing figure and its start look at


class Files:
    """The files behind tables on dates, each asked once; `listed` has them all, in the order in which they came up."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.listed: list[Source] = []
        self._known: dict[tuple[str, datetime.date], tuple[int, ...]] = {}

    def places(self, tables: Iterable[str], day: datetime.date) -> tuple[int, ...]:
        """Places in `listed` of the files of tables as they count on a day; views and measures have none."""
        found: set[int] = set()
        for table in tables:
            if table in schema.tables():
                found |= set(self._of(table, day))
        return tuple(sorted(found))

    def _of(self, table: str, day: datetime.date) -> tuple[int, ...]:
        if (table, day) not in self._known:
            self._known[table, day] = tuple(map(self._place, self._asked(table, day)))
        return self._known[table, day]

    def _place(self, source: Source) -> int:
        if source not in self.listed:
            self.listed.append(source)
        return self.listed.index(source)

    def _asked(self, table: str, day: datetime.date) -> list[Source]:
        dated = date_column(schema.tables()[table])
        where = ""
        given: list[object] = [table]
        if dated:
            where = f"WHERE {quote(dated)} <= last_day(?::DATE)"
            given = [day, table]
        if dated == "as_of":
            where += " AND as_of > last_day(?::DATE - to_months(?))"
            given = [day, day, MONTHS, table]
        rows = self.cursor.execute(
            f"""WITH used AS (SELECT DISTINCT batch_id, file_no FROM {quote("v_" + table)} {where})
            SELECT DISTINCT f.batch_id, f.name, f.table_name, f.sha256 FROM used JOIN batch_files AS f
            USING (batch_id, file_no) WHERE f.table_name = ? ORDER BY ALL""",
            given,
        ).fetchall()
        return [Source(*row) for row in rows]
