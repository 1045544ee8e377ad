"""Which segments stay silent: their part of those who spoke is far below their part of the clients.

Each person counts once, however often they spoke: a client by name, anybody else by the single voice. The interval of
a segment's part of the persons is Wilson's; it is made so wide (Bonferroni) that all segments together are wrongly
found at most once in twenty looks. A segment is silent where even the upper end lies below four fifths of its part of
the clients.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from metrics.intervals import wilson
from metrics.voices.span import FEW, SEGMENTS, Sizes, clients, of_clients
from metrics.voices.voice import Cursor, Heard, heard

Persons = set[tuple[str, str, str]]  # kind of segment, segment, person
FAR = 0.8
LOOKS = 0.05


@dataclass(frozen=True)
class Segment:
    """A segment's voice: `share` of the persons heard with its interval, `expected` its share of the clients.

    `n` persons of the segment spoke, of `of` whose segment is known; `clients` belong to it.
    """

    by: str
    name: str
    n: int
    of: int
    clients: int
    share: float
    low: float
    high: float
    expected: float
    silent: bool


def silent(cursor: Cursor, day: datetime.date) -> list[Segment]:
    """The segments that stay silent in the twelve months before a day, the quietest first."""
    return [segment for segment in segments(cursor, day) if segment.silent]


def segments(cursor: Cursor, day: datetime.date) -> list[Segment]:
    """Every segment of at least ten clients with its part of those who spoke, the quietest first.

    Nothing where nobody's segment is known: silence of all is no silence of one.
    """
    sizes, _ = clients(cursor, day)
    return judged(sizes, _persons(of_clients(heard(cursor), day)))


def judged(sizes: Sizes, spoke: Persons) -> list[Segment]:
    """The same from counts: clients by segment, and the persons who spoke in each."""
    totals = {by: sum(n for (of, _), n in sizes.items() if of == by) for by in SEGMENTS}
    known = {by: len({who for of, _, who in spoke if of == by}) for by in SEGMENTS}
    looked = [(by, name) for (by, name), n in sizes.items() if FEW <= n < totals.get(by, 0) and known[by]]
    counts = Counter((by, name) for by, name, _ in spoke)
    z = NormalDist().inv_cdf(1 - LOOKS / (2 * max(len(looked), 1)))
    found = []
    for by, name in looked:
        share, expected = counts[by, name] / known[by], sizes[by, name] / totals[by]
        low, high = (float(end[0]) for end in wilson(np.array([share]), np.array([float(known[by])]), z))
        told = (counts[by, name], known[by], sizes[by, name], share, low, high, expected, high < FAR * expected)
        found.append(Segment(by, name, *told))
    return sorted(found, key=lambda one: (one.share / one.expected, one.by, one.name))


def _persons(voices: Iterable[Heard]) -> Persons:
    """(Kind of segment, segment, person) of everybody who spoke, once each."""
    found: Persons = set()
    for voice in voices:
        who = voice.client_id or voice.ref
        parts = zip(SEGMENTS, (voice.branch_id, voice.gender, voice.location, voice.age_band), strict=True)
        found |= {(by, name, who) for by, name in parts if name and name != "unknown"}
    return found
