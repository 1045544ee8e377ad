"""Whether those who speak are answered: the measures of the loop on a day, whole and by segment.

Each figure counts the twelve months that end with the day, and knows only what had happened by then. What cannot be
told is missing, never zero: a share of no voices, a part with fewer than ten clients or cases.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from metrics import actions
from metrics.actions import Action
from metrics.voices.listing import listed
from metrics.voices.span import FEW, SEGMENTS, WHOLE, Sizes, cells, clients, of_clients, year_before
from metrics.voices.voice import Cursor, Voice

AGAIN = datetime.timedelta(days=90)
GRAVE = 3
OK, TOO_FEW, NOT_AVAILABLE = "ok", "too_few", "not_available"
NAMES = ("heard_share", "per_1000", "days_to_close", "closed", "answered_complaints", "answered_statements",
         "answered_actions", "again_client", "again_branch", "linked", "acted", "coded")  # fmt: skip
Case = tuple[tuple[str, str], float]  # (kind of segment, segment), what is counted of it


@dataclass(frozen=True)
class Figure:
    """One measure of one segment; `value` is None where `status` is not "ok". Shares are 0..1, `days_to_close` days.

    `n` counts the cases under the share; for the two measures of coverage, clients.
    """

    name: str
    by: str
    segment: str
    value: float | None
    n: int
    status: str


@dataclass(frozen=True)
class Loop:
    """The measures on a day, from `since` on."""

    since: datetime.date
    day: datetime.date
    figures: tuple[Figure, ...]

    def figure(self, name: str, by: str = WHOLE, segment: str = "") -> Figure:
        """One figure; not available where there is none."""
        wanted = (name, by, segment)
        found = (one for one in self.figures if (one.name, one.by, one.segment) == wanted)
        return next(found, Figure(name, by, segment, None, 0, NOT_AVAILABLE))

    def segments(self, by: str) -> list[str]:
        """The segments of a kind, by name."""
        return sorted({one.segment for one in self.figures if one.by == by})


def loop(cursor: Cursor, day: datetime.date) -> Loop:
    """The measures of the loop on a day, for the institution and by branch, gender, location and age.

    Recurrence counts complaints whose 90 days after closing ended in the twelve months, so that none is counted
    before it could come back.
    """
    since = year_before(day)
    every = [voice for voice in listed(cursor) if voice.day <= day]
    recent = [voice for voice in every if voice.day >= since]
    complaints = [voice for voice in recent if voice.kind == "complaint"]
    statements = [voice for voice in recent if voice.kind == "statement"]
    sizes, heard = clients(cursor, day)
    shares = {
        "closed": _marked(complaints, lambda voice: _by(voice.closed_on, day)),
        "answered_complaints": _marked(complaints, lambda voice: _by(voice.answered_on, day)),
        "answered_statements": _marked(statements, lambda voice: _by(voice.answered_on, day)),
        "answered_actions": _acts(actions.listed(cursor), since, day),
        "again_client": _again(every, day, lambda voice: voice.client_id),
        "again_branch": _again(every, day, _place),
        "linked": _marked(recent, lambda voice: bool(voice.risk_id)),
        "acted": _marked([v for v in recent if (v.severity or 0) >= GRAVE], lambda voice: bool(voice.actions)),
        "coded": _marked(recent, lambda voice: voice.coded),
    }
    figures = [*_coverage(every, sizes, heard, day), *_days(every, since, day)]
    for name, cases in shares.items():
        figures += _shares(name, cases)
    return Loop(since, day, tuple(sorted(figures, key=_order)))


def _order(figure: Figure) -> tuple[int, int, str]:
    return NAMES.index(figure.name), (WHOLE, *SEGMENTS).index(figure.by), figure.segment


def _by(then: datetime.date | None, day: datetime.date) -> bool:
    return then is not None and then <= day


def _place(voice: Voice) -> tuple[str, str] | None:
    return (voice.branch_id, voice.category) if voice.branch_id and voice.category else None


def _marked(voices: Iterable[Voice], mark: Callable[[Voice], bool]) -> Iterator[Case]:
    for voice in voices:
        told = float(mark(voice))
        yield from ((cell, told) for cell in cells(voice))


def _acts(known: Iterable[Action], since: datetime.date, day: datetime.date) -> Iterator[Case]:
    """Actions raised in the months that somebody who spoke is waiting for, and whether they were told."""
    for action in known:
        if since <= action.raised_on <= day and (action.voices or action.source in actions.SPOKE):
            told = float(_by(action.answered_on, day))
            yield (WHOLE, ""), told
            if action.branch_id:
                yield ("branch", action.branch_id), told


def _again(every: list[Voice], day: datetime.date, key: Callable[[Voice], object]) -> Iterator[Case]:
    """Complaints long enough closed, and whether the same came again within 90 days of their closing."""
    came: dict[object, list[datetime.date]] = {}
    complaints = [voice for voice in every if voice.kind == "complaint" and key(voice) is not None]
    for voice in complaints:
        came.setdefault(key(voice), []).append(voice.day)
    for voice in complaints:
        closed = voice.closed_on
        if closed is not None and year_before(day) <= closed + AGAIN <= day:
            again = any(closed < then <= closed + AGAIN for then in came[key(voice)])
            yield from ((cell, float(again)) for cell in cells(voice))


def _gathered(cases: Iterable[Case]) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = {(WHOLE, ""): []}
    for cell, value in cases:
        found.setdefault(cell, []).append(value)
    return found


def _figure(name: str, cell: tuple[str, str], value: float | None, n: int) -> Figure:
    few = cell[0] != WHOLE and n < FEW
    status = NOT_AVAILABLE if value is None else TOO_FEW if few else OK
    return Figure(name, *cell, value if status == OK else None, n, status)


def _shares(name: str, cases: Iterable[Case]) -> Iterator[Figure]:
    for cell, values in _gathered(cases).items():
        yield _figure(name, cell, sum(values) / len(values) if values else None, len(values))


def _days(every: Iterable[Voice], since: datetime.date, day: datetime.date) -> Iterator[Figure]:
    """The middle of the days that complaints closed in the months had taken."""
    took = (
        (cell, float(max((voice.closed_on - voice.day).days, 0)))
        for voice in every
        if voice.kind == "complaint" and voice.closed_on is not None and since <= voice.closed_on <= day
        for cell in cells(voice)
    )
    for cell, values in _gathered(took).items():
        middle = sorted(values)[(len(values) + 1) // 2 - 1] if values else None
        yield _figure("days_to_close", cell, middle, len(values))


def _coverage(every: Iterable[Voice], sizes: Sizes, heard: Sizes, day: datetime.date) -> Iterator[Figure]:
    voiced: dict[tuple[str, str], int] = {}
    for voice in of_clients(every, day):
        for cell in cells(voice):
            voiced[cell] = voiced.get(cell, 0) + 1
    for cell in {(WHOLE, ""): 0, **sizes}:
        n = sizes.get(cell, 0)
        yield _figure("heard_share", cell, heard.get(cell, 0) / n if n else None, n)
        yield _figure("per_1000", cell, 1000 * voiced.get(cell, 0) / n if n else None, n)
