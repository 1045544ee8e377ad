"""Products and services tailored to segments: which needs stand out where, and what the rules suggest."""

import datetime

import duckdb

from metrics.tailoring.looks import Looked, Need, looked
from metrics.tailoring.rules import Rules, shipped
from metrics.tailoring.signals import cells

__all__ = ["Looked", "Need", "found"]


def found(cursor: duckdb.DuckDBPyConnection, day: datetime.date, rules: Rules | None = None) -> Looked:
    """Every segment of every rule, looked at for the 12 months to a day.

    Args:
        cursor: of the reader; only what his scope shows is counted.
        day: the last one that counts.
        rules: None for those that come with Evenkeel.
    """
    chosen = rules or shipped()
    return looked(cells(cursor, day, chosen.signals), chosen)
