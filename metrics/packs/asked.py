"""What a pack is composed from: the picture, the reader's choices, and the figures that its sections ask for."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import duckdb
import pandas as pd

from metrics import values
from metrics.catalogue import Indicator, indicators
from metrics.errors import EvenkeelError, nearest
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.privacy.suppress import AND, BRANCHES

Cursor = duckdb.DuckDBPyConnection
Kept = TypeVar("Kept")
Filters = tuple[tuple[str, tuple[str, ...]], ...]
Key = tuple[str, tuple[datetime.date, ...], tuple[str, ...] | None, Filters]


class Found(NamedTuple):
    """A value with the people behind it and their share of all (each NaN where it is not known)."""

    value: float
    n: float
    coverage: float
    status: str


MONTHS = 13  # a year, and the month that it is compared with
NOTHING = Found(float("nan"), float("nan"), float("nan"), "not_available")


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside a figure or a section, and when it was written: `period` is the pack's then."""

    text: str
    who: str
    period: datetime.date


@dataclass(frozen=True, eq=False)
class Asked:
    """All that sections read; they ask for figures here, so that each slice is computed once.

    Attributes:
        cursor: scoped to the reader's branches.
        picture: at the pack's date, under its weights.
        language: of every text.
        weighting: the weighting's title, with the number of a kept version.
        own_share: the weighting's own social share, where the picture may have another.
        institution: whose pack it is, in words.
        part: what filters leave of it; empty for the whole.
        sample, by_hand, reconstructed: as on the board page.
        since: the day of the last meeting; None where none is known.
        where: filters beside the branches, as `values.values` takes them.
        decision: what the board is asked to decide.
        comments: by what they are about: `section:ID` or `indicator:ID`.
        hidden: names (`refs.ref`) of figures that are kept back.
        threshold: fewer people than this are not shown.
        data: what the figures rest on: batches and version of the data, in one line.
        account: number, seal and day of the account of everything that they rest on; empty for the sample.
    """

    cursor: Cursor
    picture: Picture
    language: str
    weighting: str
    own_share: float
    institution: str
    part: str = ""
    sample: bool = False
    by_hand: bool = False
    reconstructed: bool = False
    since: datetime.date | None = None
    where: Filters = ()
    decision: str = ""
    comments: Mapping[str, Comment] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    threshold: int = 10
    data: str = ""
    account: str = ""
    _frames: dict[Key, pd.DataFrame] = field(default_factory=dict, repr=False)
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def policy(self) -> Policy:
        """The weighting with its limits and definitions."""
        return self.picture.policy

    @property
    def day(self) -> datetime.date:
        """The pack's date."""
        return self.picture.as_of

    @property
    def year_before(self) -> datetime.date | None:
        """The date of the data in the same month a year before; None where there is none."""
        then = (self.day.year - 1, self.day.month)
        return next((day for day in reversed(self.picture.periods) if (day.year, day.month) == then), None)

    @property
    def compared(self) -> tuple[datetime.date, ...]:
        """The pack's date, then that of a quarter and of a year before, as far as there are any."""
        days = (self.day, self.picture.before_period, self.year_before)
        return tuple(dict.fromkeys(day for day in days if day is not None))

    @property
    def past(self) -> tuple[datetime.date, ...]:
        """Every date up to the pack's: what breaches are told from, so that all else is cut out of the same slice."""
        return tuple(day for day in self.picture.periods if day <= self.day)

    @property
    def filters(self) -> Mapping[str, str]:
        """What the pack is a part of, as places name it: the branches in scope, and the product."""
        row = self.cursor.execute("SELECT getvariable('branches')").fetchone()
        chosen = {} if not row or row[0] is None else {BRANCHES: AND.join(sorted(row[0]))}
        return {**chosen, **{column: AND.join(sorted(wanted)) for column, wanted in self.where}}

    def open(self, name: str) -> bool:
        """Whether a figure may be said, also in a sentence."""
        return name not in self.hidden

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once a pack however often it is asked for."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    def values(
        self,
        by: str = "branch",
        periods: Iterable[datetime.date] | None = None,
        wanted: Iterable[str] | None = None,
        where: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> pd.DataFrame:
        """Values of indicators, as `values.values` gives them: at the pack's date, or at other dates."""
        days = (self.day,) if periods is None else tuple(periods)
        names = None if wanted is None else tuple(dict.fromkeys(wanted))
        filters: Filters = (*self.where, *where)
        key = (by, days, names, filters)
        if key not in self._frames:
            held = self._holding(key)
            self._frames[key] = (
                values.values(self.cursor, self.policy.settings, by=by, periods=days, where=filters, indicators=names)
                if held is None
                else _cut(held, days, names)
            )
        return self._frames[key]

    def _holding(self, key: Key) -> pd.DataFrame | None:
        """A frame that was computed before and holds all that is asked for; None without one."""
        by, days, _, filters = key
        for (kind, known, names, where), frame in self._frames.items():
            if (kind, names, where) == (by, None, filters) and set(days) <= set(known):
                return frame
        return None

    def whole(self, day: datetime.date | None = None) -> Mapping[str, Found]:
        """Every indicator of the whole at one of the `compared` dates; empty where several institutions have none."""
        wanted = day or self.day
        return self.once(f"whole {wanted}", lambda: self._whole(wanted))

    def _whole(self, day: datetime.date) -> Mapping[str, Found]:
        # Breaches leave filters out: under some, nobody asks for more than a year and what it is compared with.
        year = tuple(sorted({*self.past[-MONTHS:], *self.compared}))
        frame = self.values("institution", year if self.where else self.past)
        frame = frame[frame["period"] == day]
        if frame["unit"].nunique() != 1:
            return {}
        return {name: found for (_, name), found in _by_place(frame).items()}

    def parts(self, by: str, day: datetime.date | None = None) -> Mapping[tuple[str, str], Found]:
        """Every indicator of every unit of a kind, by unit and indicator."""
        wanted = day or self.day
        return self.once(f"parts {by} {wanted}", lambda: _by_place(self.values(by, (wanted,))))

    def indicator(self, name: str) -> Indicator:
        """An indicator of the catalogue.

        Raises:
            KeyError: there is none of that id.
        """
        return indicators()[name]

    def chosen(self, names: object, default: Iterable[str] = ()) -> list[Indicator]:
        """The indicators that a description names, one or several; the default ones where it names none.

        Raises:
            EvenkeelError: there is none of such an id; the sentence names the nearest.
        """
        known = indicators()
        given = [names] if isinstance(names, str) else list(names) if isinstance(names, (list, tuple)) else []
        for name in given:
            if name not in known:
                raise EvenkeelError("errors.unknown_indicator", name=str(name), nearest=nearest(str(name), known))
        return [known[name] for name in dict.fromkeys(given or default) if name in known]


def _cut(frame: pd.DataFrame, days: tuple[datetime.date, ...], names: tuple[str, ...] | None) -> pd.DataFrame:
    rows = frame["period"].isin(days) & (True if names is None else frame["indicator"].isin(names))
    return frame[rows].reset_index(drop=True)


def _by_place(frame: pd.DataFrame) -> Mapping[tuple[str, str], Found]:
    columns = ["unit", "indicator", "value", "n", "coverage", "status"]
    rows = frame[columns].itertuples(index=False, name=None)
    return {(unit, name): Found(*found) for unit, name, *found in rows}
