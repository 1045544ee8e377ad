"""Mission drift: are the clients who come now still those whom the institution is there for?"""

import datetime
from collections.abc import Mapping

import duckdb

from metrics.drift import cohorts
from metrics.drift.gaps import Drift, Gap, Lack, alerts, drifts

__all__ = ["Drift", "Gap", "Lack", "alerts", "found"]
WHOLE = "all"


def found(
    cursor: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    day: datetime.date | None = None,
    by: str = "branch",
) -> list[Drift]:
    """New clients against those who are here: the whole first, then (by branch) every branch, worst first.

    Args:
        cursor: of the reader; only what his scope shows is compared.
        settings: the policy's definitions; `poverty_line` is used.
        day: a date with data; None for the newest.
        by: "branch", or "institution" for the whole alone.

    Returns:
        Nothing where there are no data at all.
    """
    last = cursor.execute("SELECT max(period) FROM v_m_periods").fetchall()[0][0]
    day = day or last
    if day is None:
        return []
    frame = cohorts.traits(cursor, day, str(settings.get("poverty_line") or ""))
    names = cursor.execute("SELECT DISTINCT institution_name FROM v_institutions ORDER BY 1").fetchall()
    whole = drifts(frame.assign(unit=WHOLE), {WHOLE: ", ".join(str(row[0]) for row in names)}, "institution", day)
    if by != "branch":
        return whole
    known = cursor.execute("SELECT branch_id, branch_name FROM v_branches ORDER BY 2").fetchall()
    return whole + drifts(frame.assign(unit=frame["branch_id"]), dict(known), "branch", day)
