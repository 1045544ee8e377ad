"""What is beyond its limit, what is new or ended since the last meeting, what came of actions and decisions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from metrics import actions, decisions
from metrics.actions import Action
from metrics.appetite import breaches
from metrics.appetite.breaches import Breach, Closed
from metrics.charts.lines_plot import shortened
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Column, Figures, Number, Section, Table, Text
from metrics.packs.refs import ref
from metrics.packs.sections import looked
from metrics.words import date, month, say

MOST, LATE, LONGEST = 10, 8, 80  # breaches of a table, late actions, letters of an action
LIST = (("what", "text", 2.6), ("where", "text", 1.4), ("value", "number", 1.1), ("limit", "number", 1.1),
        ("since", "text", 1.2), ("owner", "text", 1.8))  # fmt: skip
ACTIONS = (("action", "text", 3.6), ("owner", "text", 1.6), ("where", "text", 1.2), ("due", "text", 1.1),
           ("late", "number", 0.9))  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """All breaches that may be told of, of the whole and of its units, and the day that they are new from."""

    whole: Sequence[Breach]
    units: Sequence[Breach]
    ended: Sequence[Closed]
    since: datetime.date | None

    def new(self, found: Sequence[Breach]) -> list[Breach]:
        """Those that began after the last meeting."""
        return [one for one in found if self.since is not None and one.since > self.since]


def section(asked: Asked, part: Part) -> Section | None:
    """What is beyond its limit and what was done about it."""
    language, title = asked.language, say(asked.language, "packs.breaches_title")
    most = int(part.choices.get("most", MOST))
    found = _broken(asked)
    if not looked.held(asked):
        how = Text(say(language, "packs.breaches_set"), "note")
        unset = say(language, "packs.breaches_unset")
        return Section(part.id, part.kind, title, unset, (how, *_done(asked, found)))
    made = [_table(asked, "breaches_whole", found.whole, most)]
    name, units = ("breaches_new", found.new(found.units)) if found.since else ("breaches_units", found.units)
    made.append(_table(asked, name, units, most))
    blocks = tuple(one for one in made if one is not None)
    return Section(
        part.id, part.kind, title, _message(asked, found),
        (*_counts(asked, found), *blocks, *_done(asked, found), *looked.unfiltered(asked)),
    )  # fmt: skip


def last_meeting(asked: Asked) -> datetime.date | None:
    """The day of the last meeting before the pack's date: as asked, else the last one with decisions on record."""
    if asked.since is not None:
        return asked.since
    known = [one.meeting_on for one in looked.decided(asked) if one.meeting_on < asked.day]
    return max(known, default=None)


def _broken(asked: Asked) -> Broken:
    since = last_meeting(asked)
    by = asked.picture.by
    whole, ended = _both(asked, looked.WHOLE)
    units, over = ([], []) if by == looked.WHOLE else _both(asked, by)
    told = [one for one in [*ended, *over] if since is not None and one.ended > since and _many(asked, one.breach)]
    open_ = [[one for one in rows if _many(asked, one)] for rows in (whole, units)]
    return Broken(open_[0], open_[1], told, since)


def _both(asked: Asked, by: str) -> tuple[list[Breach], list[Closed]]:
    known = looked.every(asked, by)
    return asked.once(f"breaches {by}", lambda: breaches.both(asked.cursor, asked.policy, asked.day, by, known))


def _many(asked: Asked, one: Breach) -> bool:
    """Whether enough people stand behind a breach to tell of it: that it is there says how few are."""
    people = asked.indicator(one.indicator).people != "none"
    return not people or one.n is None or one.n >= asked.threshold


def _place(one: Breach) -> dict[str, str]:
    return {} if one.by == looked.WHOLE else {one.by: one.unit}


def _ref(one: Breach) -> str:
    return ref(one.indicator, one.day, **_place(one))


def _message(asked: Asked, found: Broken) -> str:
    language = asked.language
    red = sum(one.level == "red" for one in found.whole)
    said = say(language, "packs.breaches_count" if found.whole else "packs.breaches_none", n=len(found.whole), red=red)
    if found.since is None:
        return say(language, "packs.breaches_alone", said=said)
    new = len(found.new([*found.whole, *found.units]))
    return say(
        language, "packs.breaches_since", said=said, day=date(language, found.since), new=new, ended=len(found.ended)
    )  # fmt: skip


def _counts(asked: Asked, found: Broken) -> tuple[Block, ...]:
    """How many are open, new and ended, of the whole and of its units."""
    every = (*found.whole, *found.units)
    counts = {
        "whole": (len(found.whole), sum(one.level == "red" for one in found.whole)),
        "units": (len(found.units), sum(one.level == "red" for one in found.units)),
    }
    items = [
        _item(asked, name, n, say(asked.language, "packs.breaches_red", n=red)) for name, (n, red) in counts.items()
    ]
    if found.since is not None:
        since = say(asked.language, "packs.breaches_after", day=date(asked.language, found.since))
        items += [_item(asked, "fresh", len(found.new(every)), since), _item(asked, "ended", len(found.ended), since)]
    return (Figures(tuple(items)),)


def _item(asked: Asked, name: str, n: int, said: str) -> tuple[str, Number, str]:
    number = cells.plain(asked, n, "count", ref(f"breaches_{name}", asked.day))
    return say(asked.language, f"packs.breaches_n_{name}"), number, said


def _table(asked: Asked, name: str, found: Sequence[Breach], most: int) -> Table | None:
    if not found:
        return None
    language = asked.language
    heads = [one for one in LIST if one[0] != "where" or name != "breaches_whole"]
    columns = tuple(Column(say(language, f"packs.breaches_col_{key}"), kind, wide) for key, kind, wide in heads)
    shown = found[:most]
    title = say(language, f"packs.{name}", n=len(found))
    more = say(language, "packs.breaches_more", n=len(found) - len(shown)) if len(found) > len(shown) else ""
    # Nothing moves up in the place of what is kept back: nobody has looked whether that may be shown.
    return Table(name, title, columns, tuple(_row(asked, one) for one in shown if asked.open(_ref(one))), more)


def _row(asked: Asked, one: Breach) -> tuple[Cell, ...]:
    indicator = asked.indicator(one.indicator)
    value = cells.value(asked, indicator, one.value, one.n, one.day, False, **_place(one))
    begun = month(asked.language, one.since)
    first = one.since == asked.picture.periods[0]
    return (
        looked.name(asked, indicator),
        *(() if one.by == looked.WHOLE else (one.name,)),
        looked.judged(asked, value, one.level),
        looked.limit(asked, indicator, None if one.line != one.line else one.line),
        say(asked.language, "documents.since_before", month=begun) if first else begun,
        _owner(asked, one),
    )


def _owner(asked: Asked, one: Breach) -> str:
    """Who answers for a breach, and the action that was made of it."""
    if one.owner and one.action:
        return say(asked.language, "packs.breaches_owner_action", owner=one.owner, action=one.action)
    return one.owner or one.action or say(asked.language, "packs.breaches_nobody")


def _done(asked: Asked, found: Broken) -> tuple[Block, ...]:
    """Actions made, done and late, those that are late by name, and what became of the last decisions."""
    language, day, since = asked.language, asked.day, found.since
    known = [one for one in looked.acted(asked) if one.raised_on <= day]
    late = [one for one in actions.ordered(known, day) if one.status(day) == "overdue"]
    said = decisions.counts(asked.cursor, day, language)
    blocks: list[Block] = []
    if known:
        counts = [("late", late)]
        if since is not None:
            done = [one for one in known if one.done_on is not None and since < one.done_on <= day]
            counts = [("made", [one for one in known if one.raised_on > since]), ("done", done), *counts]
        when = say(language, "packs.breaches_after", day=date(language, since)) if since else ""
        blocks.append(Figures(tuple(_acted(asked, name, rows, when) for name, rows in counts)))
        blocks += [_late(asked, late)] if late else []
    told = say(language, "packs.sentence", text=said) if said else say(language, "packs.breaches_no_decisions")
    blocks.append(Text(told))
    return tuple(blocks)


def _acted(asked: Asked, name: str, found: Sequence[Action], since: str) -> tuple[str, Number, str]:
    number = cells.plain(asked, len(found), "count", ref(f"actions_{name}", asked.day))
    said = say(asked.language, "packs.breaches_today") if name == "late" else since
    return say(asked.language, f"packs.breaches_actions_{name}"), number, said


def _late(asked: Asked, late: Sequence[Action]) -> Table:
    language, names = asked.language, {unit.id: unit.name for unit in asked.picture.units}
    columns = tuple(Column(say(language, f"packs.breaches_col_{key}"), kind, wide) for key, kind, wide in ACTIONS)
    rows = tuple(
        (
            shortened(one.action, LONGEST),
            one.owner or say(language, "packs.breaches_nobody"),
            names.get(one.branch_id or "", one.branch_id or say(language, "packs.whole")),
            date(language, one.due_on) if one.due_on else "–",
            cells.plain(asked, one.waits(asked.day), "days", ref("action_late", asked.day, action=one.id)),
        )
        for one in late[:LATE]
    )
    more = say(language, "packs.breaches_more", n=len(late) - LATE) if len(late) > LATE else ""
    return Table("actions_late", say(language, "packs.breaches_late", n=len(late)), columns, rows, more)
