"""The words of the view of voices: subjects, severity, how something was coded, how long somebody waits."""

import datetime
from contextlib import closing

from metrics import actions, register
from metrics.actions import Action
from metrics.catalogue import indicators
from metrics.voices import Voice
from metrics.words import date, say
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_words
from pages.ui.voices.heard_reads import waited, waits

MARKS = {4: ":red[■]", 3: ":orange[▲]", 2: ":gray[●]", 1: ":gray[○]"}
TONES = {4: "red", 3: "orange"}
LONG = 30  # days after which waiting is marked


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text of the view, in the reader's language."""
    return say(screen.language, f"heard.{name}", **params)


def code(screen: Screen, name: str) -> str:
    """A word of the catalogue of voices: an answer's code, a kind, a field."""
    return say(screen.language, f"voices.{name}")


def branch(screen: Screen, branch_id: str | None) -> str:
    """A branch's name; the whole institution where there is none."""
    return screen.options.branches.get(branch_id, branch_id) if branch_id else said(screen, "whole")


def risks(screen: Screen) -> dict[str, str]:
    """The title of each risk of the register."""
    with closing(screen.source.store.cursor()) as cursor:
        return register.titles(cursor, screen.language)


def indicator(screen: Screen, name: str) -> str:
    """An indicator's name with its definition in force; the bare id where there is no such indicator."""
    known = indicators().get(name)
    return screen.named(known) if known else name


def category(screen: Screen, name: str) -> str:
    """What a voice is about; 'not coded yet' where nobody has said."""
    return code(screen, f"category_{name}") if name else code(screen, "not_coded")


def severity(screen: Screen, level: int | None) -> str:
    """Mark and word of a severity, as markdown; a dash where it is not known."""
    if level is None:
        return f":gray[{said(screen, 'severity_unknown')}]"
    word = said(screen, f"severity_{level}")
    return f"{MARKS[level]} :{TONES[level]}[{word}]" if level in TONES else f"{MARKS[level]} {word}"


def facts(screen: Screen, voice: Voice) -> str:
    """When, what kind, from whom, where: one plain line, never who."""
    kind = code(screen, f"kind_{voice.kind}")
    source = "" if voice.source in ("client", "staff") else say(screen.language, f"actions.source_{voice.source}")
    parts = [date(screen.language, voice.day), kind, source, branch(screen, voice.branch_id)]
    return " · ".join(part for part in parts if part)


def called(screen: Screen, voice: Voice) -> str:
    """What a reader calls a voice: Complaint, 3 Aug 2026, Kolo."""
    parts = [code(screen, f"kind_{voice.kind}"), date(screen.language, voice.day), branch(screen, voice.branch_id)]
    return ", ".join(parts)


def state(screen: Screen, voice: Voice, until: datetime.date) -> str:
    """Whether somebody waits, and how long; mark and word, as markdown."""
    if waits(voice, until):
        n = waited(voice, until)
        text = said(screen, "waits", n=n)
        return f":orange[▲ {text}]" if n > LONG else f":gray[●] {text}"
    if voice.answered_on is not None and voice.answered_on <= until:
        return f":gray[◆ {md(said(screen, 'answered', day=voice.answered_on))}]"
    if voice.closed_on is not None and voice.closed_on <= until:
        return f":gray[◆ {md(said(screen, 'closed', day=voice.closed_on))}]"
    return f":gray[○ {said(screen, 'no_answer_asked')}]"


def how(screen: Screen, voice: Voice) -> str:
    """By whom it was coded, in a few plain words."""
    return said(screen, f"coded_{voice.rule}")


def doing(screen: Screen, voice: Voice, known: dict[str, Action], until: datetime.date) -> str:
    """What is being done: the most urgent action's status, as markdown."""
    found = actions.ordered([known[name] for name in voice.actions if name in known], until)
    if not found:
        return f":gray[{said(screen, 'no_action')}]"
    more = said(screen, "more_actions", n=len(found) - 1) if len(found) > 1 else ""
    return act_words.status(screen, found[0]) + (f" :gray[{more}]" if more else "")


def segment(screen: Screen, by: str, name: str) -> str:
    """The name of a part of the clients."""
    return branch(screen, name) if by == "branch" else said(screen, f"part_{name}")
