"""Rows of totals that do not say so: sparse rows whose amounts are the sum of the rows above them."""

from metrics.ingest.model import Plan
from metrics.store import Cursor, quote

MOST_FILLED = 0.5
SAME = 0.01
LOOKED_AT = 2000


def find(cursor: Cursor, raw: str, typed: str, plan: Plan) -> list[tuple[int]]:
    """The sparse rows that sum the rows since the last such row, or all rows before them."""
    amounts = [quote(use.column) for use in plan.uses if plan.spec.kinds[use.column] == "amount"]
    if plan.shape == "fineract" or not amounts:
        return []
    filled = " + ".join(f"({quote(f'c{use.place}')} <> '')::INTEGER" for use in plan.uses)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_sparse AS
        SELECT row_no FROM {quote(raw)} WHERE row_no > $header AND {filled} <= $most * (
            SELECT median(filled) FROM (
                SELECT {filled} AS filled FROM {quote(raw)} WHERE row_no > $header LIMIT {LOOKED_AT}))""",
        {"most": MOST_FILLED, "header": plan.header_row},
    )
    if not cursor.execute("SELECT count(*) FROM in_sparse").fetchall()[0][0]:
        return []
    given = " OR ".join(f"{x} <> 0" for x in amounts)
    agree = " AND ".join(
        f"({x} IS NULL OR abs({x} - before_{no}) < {SAME} OR abs({x} - before_{no} + earlier_{no}) < {SAME})"
        for no, x in enumerate(amounts)
    )
    sums = ", ".join(
        f"sum(if(sparse, 0, coalesce({x}, 0))) OVER (ORDER BY row_no) AS before_{no}" for no, x in enumerate(amounts)
    )
    lags = ", ".join(
        f"coalesce(lag(before_{no}) OVER (ORDER BY row_no), 0) AS earlier_{no}" for no, _ in enumerate(amounts)
    )
    any_before = " + ".join(f"before_{no}" for no, _ in enumerate(amounts))
    return cursor.execute(
        f"""WITH held AS (SELECT *, row_no IN (SELECT row_no FROM in_sparse) AS sparse FROM {quote(typed)}
                WHERE NOT ignored AND (fault IS NULL OR row_no IN (SELECT row_no FROM in_sparse))),
            summed AS (SELECT *, {sums} FROM held),
            ends AS (SELECT *, {lags} FROM summed WHERE sparse)
            SELECT row_no FROM ends WHERE ({given}) AND {agree} AND {any_before} > 0
            ORDER BY row_no"""
    ).fetchall()
