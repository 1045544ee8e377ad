"""What each canonical table needs of a sheet: kinds of columns, the needed ones, what makes a row unique."""

from functools import cache

from metrics import schema
from metrics.ingest import headings
from metrics.ingest.model import Spec

# Filled by an option, a constant or a rule where the sheet has no such column.
FILLED_LATER = {"institution_id", "as_of", "period"}
INSTITUTION_OWN = {"institutions", "reported_measures"}
STAND_FOR_EACH_OTHER = {"branches": ("branch_id", "branch_name"), "products": ("product_id", "product_name")}
PERIODS = {("financials_monthly", "month"), ("reported_values", "period"), ("reported_measures", "period")}


@cache
def of_table(name: str) -> Spec:
    """The spec of a canonical table, with the columns that its sheets carry for other tables."""
    tables = schema.tables()
    table = tables[name]
    kinds = {column: _kind(name, column, kind) for column, kind in table.columns.items()}
    codes = dict(table.enums)
    for column, other in headings.carried_by(name).items():
        kinds[column] = _kind(other, column, tables[other].columns[column])
        if column in tables[other].enums:
            codes[column] = tables[other].enums[column]
    kept = FILLED_LATER - ({"institution_id"} if name in INSTITUTION_OWN else set())
    needed = tuple(c for c in table.required if c not in kept and c not in STAND_FOR_EACH_OTHER.get(name, ()))
    return Spec(kinds, needed, table.key, codes)


def _kind(table: str, column: str, sql_type: str) -> str:
    if (table, column) in PERIODS:
        return "period"
    if (table, column) == ("reported_values", "value"):
        return "share"
    if sql_type == "DOUBLE":
        return "pct" if column.endswith("_pct") else "number"
    kinds = {"VARCHAR": "text", "DATE": "date", "INTEGER": "whole", "BIGINT": "whole", "BOOLEAN": "flag"}
    return kinds.get(sql_type) or ("code" if sql_type.startswith("ENUM") else "amount")


def missing(name: str, columns: set[str]) -> list[str]:
    """The needed columns of a table that a sheet lacks."""
    either = STAND_FOR_EACH_OTHER.get(name, ())
    lacking = [column for column in of_table(name).needed if column not in columns]
    return lacking + ([either[0]] if either and not columns & set(either) else [])
