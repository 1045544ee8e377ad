"""A store with a few rows: what a test arranges, landed the way an import lands."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from metrics import measures, schema
from metrics.policy import SETTINGS
from metrics.schema import quote
from metrics.store import BatchFile, NewBatch, Store
from metrics.values import values
from tests import fresh

Row = Mapping[str, object]
DAY = date(2026, 9, 30)


def loan(loan_id: str, principal: float = 100.0, **other: object) -> Row:
    """A loan of branch north on the last day shown; any column can be set."""
    given = {"as_of": DAY, "branch_id": "north", "principal_outstanding": principal, "days_past_due": 0}
    return {"loan_id": loan_id, "client_id": "c" + loan_id, **given, **other}


def land(store: Store, institution: str = "own", **tables: list[Row]) -> int:
    """Land rows of some tables as one batch; returns its number."""
    cursor = store.cursor()
    frames, files = {}, []
    for number, (name, rows) in enumerate(tables.items(), start=1):
        table = schema.tables()[name]
        frame = pd.DataFrame([{"institution_id": institution, **row} for row in rows])
        frame["file_no"], frame["row_no"] = number, range(2, len(frame) + 2)
        cursor.register("given", frame)
        picks = ", ".join(
            f"{quote(column)}::{table.columns.get(column, 'INTEGER')} AS {quote(column)}" for column in frame.columns
        )
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {quote('landing_' + name)} AS SELECT {picks} FROM given")
        cursor.unregister("given")
        frames[name] = "landing_" + name
        files.append(BatchFile(name + ".csv", f"{number:064x}", "", name, {}, len(rows), len(rows), 0, 0))
    return store.land(NewBatch("test", {}, tuple(files)), frames, cursor, after=measures.build)


def opened(folder: Path, **tables: list[Row]) -> Store:
    """A new store that holds one institution and these rows."""
    store = fresh.opened(folder)
    land(store, institutions=[{"institution_name": "Own", "currency": "XOF"}], **tables)
    return store


def found(store: Store, indicator: str, by: str = "branch", **settings: object) -> dict[str, tuple[float, str]]:
    """Unit -> value and status of an indicator on the newest date."""
    cursor = store.cursor()
    frame = values(cursor, {**SETTINGS, **settings}, by, indicators=[indicator])
    last = frame[frame["period"] == frame["period"].max()]
    return {unit: (value, status) for unit, value, status in last[["unit", "value", "status"]].itertuples(index=False)}
