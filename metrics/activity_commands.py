"""The command `activity`: who did what, when, from what to what; whether the account holds; whose a printed seal is."""

import argparse
import datetime
import json
from collections.abc import Callable
from contextlib import closing

import pandas as pd

from metrics import access, accounts, activity
from metrics.accounts import Wanted
from metrics.activity import Entry
from metrics.commands import _emit, day
from metrics.opening import reading
from metrics.speaking import LANGUAGE, err
from metrics.store import Cursor
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
COLUMNS = ("no", "done_at", "who", "role", "what", "subject", "before", "after", "batch", "seal")
BROKEN = 3
ALL = 2**31


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("activity", show)
    made.add_argument("--check", action="store_true", help=_word("check"))
    made.add_argument("--seal", metavar="SEAL", help=_word("seal"))
    made.add_argument("--who", default="", help=_word("who"))
    made.add_argument("--what", default="", choices=("", *activity.WHAT), metavar="WHAT", help=_word("what"))
    made.add_argument("--batch", type=int, help=_word("batch"))
    made.add_argument("--text", default="", help=_word("text"))
    made.add_argument("--since", metavar="DATE", help=_word("since"))
    made.add_argument("--until", metavar="DATE", help=_word("until"))


def _word(name: str, **params: object) -> str:
    return say(LANGUAGE, f"activity.cli_{name}", **params)


def show(chosen: argparse.Namespace) -> int:
    """no, done_at, who, role, what, subject, before, after, batch, seal: the newest first.

    Returns:
        3 where an entry is not as it was written, with --check and with --seal.
    """
    access.need("activity")
    wanted = Wanted(chosen.who, chosen.what, chosen.batch, day(chosen.since), day(chosen.until), chosen.text)
    with reading(chosen) as store, closing(store.cursor()) as cursor:
        if chosen.check:
            return _check(cursor)
        found = [accounts.of_seal(cursor, chosen.seal)] if chosen.seal else accounts.page(cursor, wanted, 0, ALL)[0]
    if chosen.seal:
        err(_word("seal_of", no=found[0].no, seal=found[0].sealed[: accounts.PRINTED]))
    return _emit(pd.DataFrame([_row(one) for one in found], columns=list(COLUMNS)), chosen.format)


def _row(one: Entry) -> tuple[object, ...]:
    told = ["" if value is None else json.dumps(value, ensure_ascii=False) for value in (one.before, one.after)]
    at = one.at.replace(tzinfo=datetime.UTC).isoformat(timespec="milliseconds")
    return (one.no, at, one.who, one.role, one.what, one.subject, *told, one.batch, one.sealed)


def _check(cursor: Cursor) -> int:
    found = accounts.check(cursor)
    if found.broken is not None:
        err(_word("broken", no=found.broken, n=found.total))
        return BROKEN
    seal = found.head.sealed[: accounts.PRINTED] if found.head else "-"
    err(_word("holds", n=found.total, seal=seal))
    return 0
