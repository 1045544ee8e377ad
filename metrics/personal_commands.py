"""The commands `person` and `erase`: what is kept about one client, and taking the client out of all of it."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from metrics import speaking
from metrics.commands import _emit
from metrics.opening import reading
from metrics.personal import erasing, person
from metrics.personal.erasing import Erased
from metrics.speaking import LANGUAGE
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
COLUMNS = ("indicator", "by", "unit", "period", "before", "after", "reason")


def add(command: Command) -> None:
    """Put the commands on the command line."""
    asked = command("person", give)
    asked.add_argument("client", help=_word("client"))
    asked.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help=_word("out"))
    asked.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))
    gone = command("erase", erase)
    gone.add_argument("client", help=_word("client"))
    gone.add_argument("--reason", required=True, help=_word("reason"))
    gone.add_argument("--also", action="append", default=[], metavar="TEXT", help=_word("also"))
    gone.add_argument("--dry-run", action="store_true", help=_word("dry_run"))
    gone.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def _word(name: str) -> str:
    return say(LANGUAGE, f"personal.cli_{name}")


def give(chosen: argparse.Namespace) -> int:
    """Write everything that is kept about a client to a file."""
    with reading(chosen) as store:
        found = person.about(store, chosen.client, chosen.institution)
    person.write(found, chosen.out, LANGUAGE)
    tables = {one.table for one in found}
    _say("written", n=len(found), tables=len(tables), path=str(chosen.out))
    return 0


def erase(chosen: argparse.Namespace) -> int:
    """Erase a client, or with --dry-run say what that would do; the indicators that change go to stdout."""
    with reading(chosen) as store:
        if chosen.dry_run:
            found = erasing.look(store, chosen.client, chosen.institution, chosen.also)
        else:
            found = erasing.erase(store, chosen.client, chosen.reason, chosen.institution, chosen.also)
    _tell(found, chosen.dry_run)
    if chosen.format == "table" and not found.changes:
        return 0
    return _emit(pd.DataFrame([vars(one) for one in found.changes], columns=list(COLUMNS)), chosen.format)


def _tell(found: Erased, trial: bool) -> None:
    told = {"n": sum(found.rows.values()), "tables": len(found.rows), "batches": len(found.batches)}
    _say("would" if trial else "done", **told)
    _say("figures", n=len(found.changes), figures=found.figures)
    if not trial:
        _say("backups")
    for path in found.elsewhere:
        _say("elsewhere", path=path)


def _say(name: str, **params: object) -> None:
    speaking.err(say(LANGUAGE, f"personal.told_{name}", **params))
