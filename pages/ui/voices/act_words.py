"""What the views of actions and decisions share: their words, the day they speak of, names, marks."""

import datetime
from contextlib import closing
from pathlib import Path

from metrics import actions, register
from metrics.actions import Action
from metrics.catalogue import indicators
from metrics.words import date, say
from pages.ui.screen import Screen
from pages.ui.text import md

STYLE = Path(__file__).with_name("act.css")
MARKS = {"overdue": ":red[■]", "untold": ":orange[▲]", "open": ":gray[●]", "done": ":gray[✓]", "answered": ":gray[✓]",
         "dropped": ":gray[○]"}  # fmt: skip
TONES = {"overdue": "red", "untold": "orange"}


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about actions, in the reader's language."""
    return say(screen.language, f"actions.{name}", **params)


def day(screen: Screen) -> datetime.date:
    """The day of which the page speaks: the one chosen, else today; for the sample the last of its data."""
    if screen.choices.period:
        return screen.choices.period
    return screen.options.periods[0] if screen.source.is_sample else datetime.date.today()


def listed(screen: Screen) -> list[Action]:
    """The actions in the reader's scope that were raised by the day shown, worst first."""
    until = day(screen)
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = actions.listed(cursor)
    return actions.ordered([one for one in found if one.raised_on <= until], until)


def risks(screen: Screen) -> dict[str, str]:
    """The title of each risk of the register."""
    with closing(screen.source.store.cursor()) as cursor:
        return register.titles(cursor, screen.language)


def state_of(one: Action, until: datetime.date) -> str:
    """The status of an action; 'untold' where it is done and those who spoke wait for a word."""
    return "untold" if one.untold(until) else one.status(until)


def status(screen: Screen, one: Action) -> str:
    """Mark and word of an action's status; colour never stands alone."""
    until = day(screen)
    found = state_of(one, until)
    word = said(screen, f"status_{found}")
    waits = one.waits(until)
    if waits:
        word = said(screen, "status_waits", status=word, n=waits)
    return f"{MARKS[found]} :{TONES.get(found, 'gray')}[{md(word)}]"


def branch(screen: Screen, branch_id: str | None) -> str:
    """A branch's name; the whole institution where there is none."""
    return screen.options.branches.get(branch_id, branch_id) if branch_id else said(screen, "whole")


def watched(screen: Screen, name: str, branch_id: str | None) -> str:
    """An indicator's name with its definition in force, and whose figures it stands for."""
    unit = branch(screen, branch_id) if branch_id else said(screen, "whole_in")
    return said(screen, "name_in", name=screen.named(indicators()[name], "plain"), unit=unit)


def when(screen: Screen, one: datetime.date | None) -> str:
    """A date as readers write it; a dash where there is none."""
    return date(screen.language, one) if one else "–"
