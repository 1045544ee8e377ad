"""What would change if a preview were landed, as plain values: rows and totals by table, indicators, checks."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Total:
    """A total before and after: `principal_outstanding` and `loans` on a day, else `rows`; None where there is none."""

    name: str
    day: datetime.date | None
    before: float | None
    after: float | None


@dataclass(frozen=True)
class TableMove:
    """What becomes of a table: rows new, changed, the same, and gone (they count no longer).

    `kind`: `adds` what was not there, `replaces` figures of the same time, `updates` lists whose later row wins, or
    `same`, where nothing changes. `first` and `last` are the days that the rows cover, None for a list.
    """

    table: str
    kind: str
    new: int
    changed: int
    same: int
    gone: int
    first: datetime.date | None
    last: datetime.date | None
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class IndicatorMove:
    """An indicator of a whole institution that moves on a day; a value is None where the status is not ok.

    `size` is how far it moves: a share of the way between its goalposts, or of the larger value where it has none;
    None where a value comes or goes.
    """

    indicator: str
    unit: str
    period: datetime.date
    before: float | None
    after: float | None
    status_before: str
    status_after: str
    size: float | None


@dataclass(frozen=True)
class CheckMove:
    """A data check that would find more than it finds now."""

    check: str
    before: int
    after: int


@dataclass(frozen=True)
class Moves:
    """Everything that would change; `indicators` are sorted, what moves most first, None where they were not asked.

    `periods` are the days they were looked at: the last one of the batch, and the latest of all. `checks` are the data
    checks that would find more, the gravest first; they are looked at with the indicators.
    """

    tables: tuple[TableMove, ...]
    periods: tuple[datetime.date, ...] = ()
    indicators: tuple[IndicatorMove, ...] | None = None
    checks: tuple[CheckMove, ...] = ()

    def report(self) -> dict[str, Any]:
        """The same as plain JSON values; days as 2026-09-30."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
