"""What stands below a table, after a blank row: a second small table, a note, a stray cell. It is no part of it."""

from metrics.ingest.model import Plan
from metrics.store import Cursor, quote

# A row of another table fills at most this share of the cells that rows of the table fill.
MOST_FILLED = 0.5


def find(cursor: Cursor, raw: str, typed: str, plan: Plan) -> list[tuple[int]]:
    """The rows of the blocks of rows after a blank row that are sparse and begin with a row that is no record."""
    if plan.shape == "fineract" or not _gaps(cursor, typed):
        return []
    filled = " + ".join(f"(NOT in_blank({quote(f'c{use.place}')}))::INTEGER" for use in plan.uses)
    foreign = cursor.execute(
        f"""WITH held AS (
            SELECT row_no, ignored, fault, {filled} AS filled,
                row_no - lag(row_no) OVER (ORDER BY row_no) > 1 AS opens
            FROM {quote(typed)} JOIN {quote(raw)} USING (row_no)),
        blocks AS (SELECT *, sum(opens::INTEGER) OVER (ORDER BY row_no) AS block FROM held)
        SELECT min(row_no), max(row_no) FROM blocks WHERE block > 0 GROUP BY block
        HAVING max(filled) <= $most * (SELECT median(filled) FROM held WHERE NOT ignored)
            AND arg_min(fault, row_no) FILTER (WHERE NOT ignored) IS NOT NULL
            AND arg_min(coalesce(fault, 0), row_no) > 0
        ORDER BY 1""",
        {"most": MOST_FILLED},
    ).fetchall()
    return [row for first, last in foreign for row in _between(cursor, typed, first, last)]


def _between(cursor: Cursor, typed: str, first: int, last: int) -> list[tuple[int]]:
    return cursor.execute(
        f"SELECT row_no FROM {quote(typed)} WHERE row_no BETWEEN ? AND ? AND NOT ignored ORDER BY row_no", [first, last]
    ).fetchall()


def _gaps(cursor: Cursor, typed: str) -> bool:
    """Whether a row is blank anywhere between the first and the last one."""
    found = cursor.execute(f"SELECT max(row_no) - min(row_no) + 1 > count(*) FROM {quote(typed)}").fetchall()
    return bool(found[0][0])
