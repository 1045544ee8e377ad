"""A small institution of its own at two dates: within its limits, or with loans that fell late at the second."""

import datetime
from pathlib import Path

from metrics.store import Store
from tests import records

AUGUST, SEPTEMBER = datetime.date(2026, 8, 31), datetime.date(2026, 9, 30)


def opened(data: Path, late: int = 0, before: int = 0) -> Store:
    """A store with forty loans in two branches; of north's twenty so many are 60 days late, now and a month before."""
    loans = [
        records.loan(
            f"{branch}{number}", as_of=day, branch_id=branch, client_id=f"{branch}{number}",
            days_past_due=60 if branch == "north" and number < count else 0,
        )
        for day, count in ((AUGUST, before), (SEPTEMBER, late))
        for branch in ("north", "south")
        for number in range(20)
    ]  # fmt: skip
    branches = [{"branch_id": name, "branch_name": name.title()} for name in ("north", "south")]
    return records.opened(data, loans=loans, branches=branches)


def folder(data: Path, late: int = 0, before: int = 0) -> Path:
    """The same, closed; returns the data folder."""
    opened(data, late, before).close()
    return data
