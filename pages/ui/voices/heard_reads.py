"""What the view of voices reads: the voices of twelve months, the measures of the loop, who is silent."""

import datetime
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import voices
from metrics.store import Scope
from metrics.voices import Loop, Segment, Voice
from metrics.voices.span import year_before
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.voices import act_words

ASK_AN_ANSWER = ("complaint", "statement")
GRAVE = 3
NOT_OURS = ("other", "own_reasons")  # no subject that an institution could do something about
SHOWN = ("answer", "code", "act", "all")


def day(screen: Screen) -> datetime.date:
    """The last day of the twelve months: the date chosen, else that of the newest figures or of the newest voice."""
    if screen.choices.period:
        return screen.choices.period
    newest = max((one.day for one in every(screen)), default=screen.options.periods[0])
    return max(screen.options.periods[0], min(newest, now(screen)))


def now(screen: Screen) -> datetime.date:
    """The day up to which answers and actions count: the date chosen, else today; the sample ends with its data."""
    return act_words.day(screen)


def year(screen: Screen) -> list[Voice]:
    """The voices of the twelve months up to the day, of the branches and the product chosen; the newest first."""
    until = day(screen)
    since, product = year_before(until), screen.choices.product
    found = every(screen)
    return [one for one in found if since <= one.day <= until and product in (None, one.product_id)]


def every(screen: Screen) -> tuple[Voice, ...]:
    """All voices of the branches chosen."""
    return _every(screen.source, screen.scope, stamp(screen))


def one(screen: Screen, ref: str) -> Voice | None:
    """One voice by its ref; None where it is not in the data shown."""
    return next((voice for voice in every(screen) if voice.ref == ref), None)


def stamp(screen: Screen) -> int:
    """A number that grows with each record: what is computed from records is kept under it."""
    with closing(screen.source.store.cursor()) as cursor:
        return int(cursor.execute("SELECT count(*) FROM v_records").fetchall()[0][0])


@st.cache_resource(show_spinner=False, max_entries=8)
def _every(source: Source, scope: Scope, records: int) -> tuple[Voice, ...]:
    """Frozen values, so that sessions may share them; `records` is part of the key alone."""
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(voices.listed(cursor))


def measures(screen: Screen) -> tuple[Loop, Loop]:
    """The measures of the loop on the day, and on the day before its twelve months began."""
    until = day(screen)
    before = year_before(until) - datetime.timedelta(days=1)
    with st.spinner(screen.say("computing")):
        known = (screen.source, screen.scope, stamp(screen))
        return _measures(*known, until), _measures(*known, before)


@st.cache_resource(show_spinner=False, max_entries=16)
def _measures(source: Source, scope: Scope, records: int, until: datetime.date) -> Loop:
    with closing(source.store.cursor(scope)) as cursor:
        return voices.loop(cursor, until)


def quiet(screen: Screen) -> tuple[Segment, ...]:
    """Every segment with its part of those who spoke, the quietest first."""
    return _quiet(screen.source, screen.scope, day(screen))


@st.cache_resource(show_spinner=False, max_entries=16)
def _quiet(source: Source, scope: Scope, until: datetime.date) -> tuple[Segment, ...]:
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(voices.segments(cursor, until))


def waits(voice: Voice, until: datetime.date) -> bool:
    """Whether somebody waits for an answer: a complaint or a statement that was neither answered nor closed."""
    ended = [then for then in (voice.answered_on, voice.closed_on) if then is not None and then <= until]
    return voice.kind in ASK_AN_ANSWER and not ended


def waited(voice: Voice, until: datetime.date) -> int:
    """Days since it was said."""
    return (until - voice.day).days


def uncoded(voice: Voice) -> bool:
    """Whether a person has to say what it is about."""
    return not voice.coded and bool(voice.text)


def undone(voice: Voice, until: datetime.date) -> bool:
    """Whether it is serious, not over, and nobody has been asked to do anything."""
    over = voice.closed_on is not None and voice.closed_on <= until
    answered = voice.answered_on is not None and voice.answered_on <= until
    return (voice.severity or 0) >= GRAVE and not voice.actions and not (over or answered)


def needing(found: Sequence[Voice], need: str, until: datetime.date) -> list[Voice]:
    """The voices that need an answer, a category or an action, the gravest and longest waiting first; or all."""
    if need == "all":
        return list(found)
    tests = {
        "answer": lambda voice: waits(voice, until),
        "code": uncoded,
        "act": lambda voice: undone(voice, until),
    }
    return sorted(filter(tests[need], found), key=lambda voice: (-(voice.severity or 0), voice.day, voice.ref))


def most_heard(found: Sequence[Voice]) -> tuple[str, str, int] | None:
    """The subject and branch of which most complaints speak, and how many; None where no two do."""
    pairs = Counter(
        (voice.category, voice.branch_id)
        for voice in found
        if voice.kind == "complaint" and voice.branch_id and voice.category and voice.category not in NOT_OURS
    )
    if not pairs:
        return None
    (category, branch), n = min(pairs.items(), key=lambda item: (-item[1], item[0]))
    return (category, str(branch), n) if n > 1 else None
