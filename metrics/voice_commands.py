"""The command `voices`: the list with its coding, the measures of the loop, who stays silent, what was learned."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pandas as pd

from metrics import speaking, voices
from metrics import values as figures
from metrics.commands import _emit, _scope, day
from metrics.errors import EvenkeelError, UsageError
from metrics.opening import reading
from metrics.speaking import LANGUAGE
from metrics.store import Cursor
from metrics.voices.quoting import showable
from metrics.voices.remembered import Lesson
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
COLUMNS = (
    "ref", "day", "kind", "source", "branch_id", "gender", "location", "age_band", "channel", "category", "severity",
    "sentiment", "coded_by", "rule", "words", "risk_id", "indicator", "closed_on", "answered_on", "actions",
    "may_quote", "text",
)  # fmt: skip
FIGURES = ("day", "name", "by", "segment", "value", "n", "status")
SEGMENTS = ("day", "by", "name", "n", "of", "clients", "share", "low", "high", "expected", "silent")
LESSONS = ("category", "words", "whole", "who", "n", "since")


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("voices", run)
    which = made.add_mutually_exclusive_group()
    which.add_argument("--loop", action="store_true", help=_word("loop"))
    which.add_argument("--silent", action="store_true", help=_word("silent"))
    which.add_argument("--lessons", action="store_true", help=_word("lessons"))
    made.add_argument("--since", help=_word("since"))
    made.add_argument("--until", help=_word("until"))
    made.add_argument("--branch", metavar="BRANCH", help=_word("branch"))
    made.add_argument("--all-texts", action="store_true", help=_word("all_texts"))
    made.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def _word(name: str) -> str:
    return say(LANGUAGE, f"voices.cli_{name}")


def run(chosen: argparse.Namespace) -> int:
    """One row a voice, a measure, a segment or a lesson."""
    if chosen.since and (chosen.loop or chosen.silent):
        raise UsageError("voices.cli_since_alone")
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        asked = _loop if chosen.loop else _silent if chosen.silent else _lessons if chosen.lessons else _list
        frame = asked(cursor, chosen)
    return _emit(frame, chosen.format)


def _list(cursor: Cursor, chosen: argparse.Namespace) -> pd.DataFrame:
    """Every voice; texts with consent only, unless the owner of the data asks for all."""
    found = voices.listed(cursor, day(chosen.since), day(chosen.until), chosen.branch)
    texts = {one.ref: one.text for one in found} if chosen.all_texts else showable(cursor, found)
    hidden = sum(bool(one.text) and one.ref not in texts for one in found)
    if hidden:
        speaking.err(say(LANGUAGE, "voices.cli_texts_hidden", n=hidden))
    frame = _frame(COLUMNS, [asdict(one) | {"text": texts.get(one.ref)} for one in found])
    frame["severity"] = frame["severity"].astype("Int64")
    return frame


def _loop(cursor: Cursor, chosen: argparse.Namespace) -> pd.DataFrame:
    found = voices.loop(cursor, _until(cursor, chosen))
    wanted = [
        one for one in found.figures if chosen.branch is None or (one.by, one.segment) == ("branch", chosen.branch)
    ]
    return _frame(FIGURES, [asdict(one) | {"day": found.day} for one in wanted])


def _silent(cursor: Cursor, chosen: argparse.Namespace) -> pd.DataFrame:
    until = _until(cursor, chosen)
    found = voices.segments(cursor, until)
    wanted = [one for one in found if chosen.branch is None or (one.by, one.name) == ("branch", chosen.branch)]
    return _frame(SEGMENTS, [asdict(one) | {"day": until} for one in wanted])


def _lessons(cursor: Cursor, chosen: argparse.Namespace) -> pd.DataFrame:
    """What was learned; of a text that a person corrected no more than its category is told without --all-texts."""
    return _frame(LESSONS, [_told(one, chosen.all_texts) for one in voices.lessons(cursor)])


def _told(lesson: Lesson, all_texts: bool) -> dict[str, object]:
    return asdict(lesson) | ({} if all_texts or not lesson.whole else {"words": None})


def _until(cursor: Cursor, chosen: argparse.Namespace) -> date:
    """The day of the measures: the one given, else the last one with figures, else the last one heard."""
    wanted = day(chosen.until)
    if wanted is None:
        known = figures.periods(cursor) or [voice.day for voice in voices.listed(cursor)[:1]]
        if not known:
            raise EvenkeelError("errors.no_data", path=str(chosen.data))
        wanted = known[-1]
    return wanted


def _frame(columns: tuple[str, ...], rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows as a table: days as text, several values in one cell with commas."""
    return pd.DataFrame([[_cell(row[name]) for name in columns] for row in rows], columns=list(columns))


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else value
