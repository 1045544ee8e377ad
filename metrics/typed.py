"""Rows that a reader typed, landed as a batch like any other: counted in every figure, kept in raw, to be taken out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import duckdb
import pandas as pd

from metrics import access, measures, schema
from metrics.schema import quote
from metrics.store import BatchFile, NewBatch, Store

Cursor = duckdb.DuckDBPyConnection


def land_rows(
    store: Store,
    who: str,
    institution: str,
    table: str,
    rows: Sequence[Mapping[str, object]],
    keep: Callable[[Cursor, int], None] | None = None,
    source: str = "settings",
    instead_of: int | None = None,
    action: str = "upload",
) -> int:
    """Land rows as one batch of one table, whose undo is that of any batch; returns its number.

    Args:
        institution: whose rows they are.
        rows: values by column; all rows have the same columns.
        keep: what else belongs to the same transaction; it gets the batch's number.
        source: what the list of batches names as the file.
        instead_of: a live batch that is taken out in the same transaction.
        action: what the role must allow.

    Raises:
        Forbidden: it does not.
    """
    access.need(action)
    frame = pd.DataFrame([{"institution_id": institution, **row} for row in rows])
    frame["file_no"], frame["row_no"] = 1, range(1, len(frame) + 1)
    cursor = store.cursor()
    cursor.register("typed", frame)
    columns = ", ".join(quote(name) for name in frame.columns if name in schema.tables()[table].columns)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE typed_rows AS "
        f"SELECT {columns}, 1 AS file_no, 1 AS row_no FROM {quote(table)} LIMIT 0"
    )
    cursor.execute("INSERT INTO typed_rows BY NAME FROM typed")
    cursor.unregister("typed")

    def after(cursor: Cursor, number: int) -> None:
        measures.build(cursor, number)
        if instead_of is not None:
            measures.build(cursor, instead_of)
        if keep is not None:
            keep(cursor, number)

    sum_ = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    file = BatchFile(source, sum_, "", table, {}, len(frame), len(frame), 0, 0)
    return store.land(NewBatch(who, {}, (file,)), {table: "typed_rows"}, cursor, after=after, instead_of=instead_of)
