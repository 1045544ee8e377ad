"""Quotes: a few voices in their own words, only where those who spoke agreed, and never so that they can be told.

A quote stands for a group of at least ten clients: the finest of branch, gender and place that has so many. Names,
numbers and identifiers are hidden in it. Which ones are shown is settled by rule: the gravest first, the newest first
among equals, from branches and on subjects that were not quoted yet.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from metrics.voices.listing import listed
from metrics.voices.masking import HIDDEN, doubtful, masked, vocabulary
from metrics.voices.rules import plain
from metrics.voices.span import FEW
from metrics.voices.voice import Cursor, Voice, heard

LETTERS = 12  # a shorter text says nothing to a reader who does not know the case
MANAGERS = "SELECT manager FROM v_branches WHERE manager IS NOT NULL"
GROUPS = """SELECT coalesce(branch_id, ''), coalesce(gender::VARCHAR, ''), coalesce(location::VARCHAR, ''), count(*)
FROM v_clients WHERE (joined_on IS NULL OR joined_on <= $day) AND (exited_on IS NULL OR exited_on > $day)
GROUP BY ALL"""


@dataclass(frozen=True)
class Quote:
    """What somebody said, in words that may be shown. Gender and place are empty where the group would be too small.

    `month` is the first of the month in which it was said; `clients` how many belong to the group that it stands for.
    `ref` leads back to the voice and is not printed.
    """

    text: str
    source: str
    kind: str
    month: datetime.date
    branch_id: str
    gender: str
    location: str
    category: str
    severity: int | None
    clients: int
    ref: str


def quotes(
    cursor: Cursor, n: int = 3, since: datetime.date | None = None, until: datetime.date | None = None,
    branch: str | None = None, category: str | None = None, among: Iterable[Voice] | None = None,
) -> list[Quote]:  # fmt: skip
    """At most n quotes, chosen by rule; the same ones every time.

    Args:
        since: first day; None from the beginning.
        until: last day, also the day on which the groups are counted; None: the last one on which somebody spoke.
        branch: of this branch only.
        category: on this subject only.
        among: every voice up to the last day, as `listed` gives them, where the caller has them already.
    """
    voices = [voice for voice in (listed(cursor, None, until) if among is None else among) if voice.text]
    agreed = [voice for voice in voices if voice.may_quote and len(voice.text) >= LETTERS]
    wanted = [
        voice
        for voice in agreed
        if (since is None or voice.day >= since)
        and (branch is None or voice.branch_id == branch)
        and (category is None or voice.category == category)
    ]
    if not wanted:
        return []
    sizes = _sizes(cursor, until or voices[0].day)
    names, words = _names(cursor), vocabulary(voice.text for voice in voices)
    ordered = sorted(wanted, key=lambda voice: (-(voice.severity or 0), -voice.day.toordinal(), voice.ref))
    made = (_quote(voice, sizes, names) for voice in ordered if not doubtful(voice.text, words))
    return _spread([quote for quote in made if quote is not None], n)


def showable(cursor: Cursor, voices: Iterable[Voice]) -> dict[str, str]:
    """The texts that may be shown, by ref: with consent, names and numbers hidden; none that may begin with a name."""
    every = [one.text for one in heard(cursor)]
    names, words = _names(cursor), vocabulary(every)
    agreed = [one for one in voices if one.may_quote and one.text and not doubtful(one.text, words)]
    return {one.ref: masked(one.text, names) for one in agreed}


def _sizes(cursor: Cursor, day: datetime.date) -> dict[tuple[str, str, str], int]:
    """Clients on a day by branch, gender and place; empty stands for all of them."""
    found: dict[tuple[str, str, str], int] = {}
    for branch, gender, location, n in cursor.execute(GROUPS, {"day": day}).fetchall():
        for key in {(b, g, p) for b in (branch, "") for g in (gender, "") for p in (location, "")}:
            found[key] = found.get(key, 0) + n
    return found


def _names(cursor: Cursor) -> frozenset[str]:
    """Names that the data know: those of branch managers."""
    told = [row[0] for row in cursor.execute(MANAGERS).fetchall()]
    words = {word for text in told for word in text.replace(",", " ").split() if word[:1].isupper()}
    posts = {"branch", "manager", "head", "of", "chef", "cheffe", "agence", "director", "directrice", "directeur"}
    return frozenset(plain(word) for word in words if len(word) > 1) - posts


def _quote(voice: Voice, sizes: dict[tuple[str, str, str], int], names: frozenset[str]) -> Quote | None:
    """The quote of a voice with the finest group of at least ten clients; None where no group has so many."""
    branch, gender, location = _told(voice)
    for group in ((branch, gender, location), (branch, gender, ""), (branch, "", ""), ("", "", "")):
        n = sizes.get(group, 0)
        if n >= FEW:
            text = masked(voice.text, names)
            said = text.replace(HIDDEN, "").strip()
            return None if len(said) < LETTERS else Quote(
                text, voice.source, voice.kind, voice.day.replace(day=1), *group, voice.category, voice.severity, n,
                voice.ref,
            )  # fmt: skip
    return None


def _told(voice: Voice) -> tuple[str, str, str]:
    """What may be told of who spoke; of staff, who are few, nothing."""
    if voice.source == "staff":
        return "", "", ""
    known = (voice.branch_id or "", voice.gender or "", voice.location or "")
    return known[0], _sure(known[1]), _sure(known[2])


def _spread(found: Iterable[Quote], n: int) -> list[Quote]:
    """The first n that bring a branch and a subject not heard yet, then a new branch, then any; no text twice."""
    left = list({quote.text: quote for quote in reversed(list(found))}.values())[::-1]
    chosen: list[Quote] = []
    while left and len(chosen) < n:
        branches, subjects = {one.branch_id for one in chosen}, {one.category for one in chosen}
        # The first of those that bring most: min keeps the order.
        chosen.append(min(left, key=lambda one: (one.branch_id in branches, one.category in subjects)))
        left.remove(chosen[-1])
    return chosen


def _sure(name: str) -> str:
    return "" if name == "unknown" else name
