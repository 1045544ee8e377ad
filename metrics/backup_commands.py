"""The commands `backup`, `restore --from` and `tidy`."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from metrics import access, backup, commands, restoring, retention, speaking
from metrics.errors import EvenkeelError, UsageError
from metrics.opening import reading
from metrics.speaking import LANGUAGE
from metrics.store import Store
from metrics.words import say


def add(command: Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """The commands with their options."""
    made = command("backup", make)
    made.add_argument("folder", nargs="?", type=Path, help=_word("cli_folder"))
    back = command("restore", restore)
    back.add_argument("batch", nargs="?", type=int, help=say(LANGUAGE, "cli.batch_back"))
    back.add_argument("--from", dest="source", type=Path, metavar="BACKUP", help=_word("cli_from"))
    back.add_argument("--replace", action="store_true", help=_word("cli_replace"))
    command("tidy", tidy).add_argument("--dry-run", action="store_true", help=_word("cli_dry_run"))


def make(chosen: argparse.Namespace) -> int:
    """Write a backup; its folder is the only line of data."""
    access.need("backup")
    if not Store.exists(chosen.data):
        raise EvenkeelError("backup.nothing")
    with reading(chosen) as store:
        found = backup.make(store, chosen.folder)
    _said("cli_made", batches=found.told["batches"], figures=len(found.told["figures"]), mb=_mb(found.bytes))
    if found.told["absent"]:
        _said("cli_absent", n=len(found.told["absent"]))
    speaking.out(str(found.path))
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Bring a batch back, or the data from a backup."""
    if (chosen.batch is None) == (chosen.source is None):
        raise UsageError("backup.cli_either")
    if chosen.source is None:
        return commands.restore(chosen)
    access.need("backup")
    if chosen.stores is not None:
        raise EvenkeelError("backup.app_runs")
    _said("cli_verifying", path=str(chosen.source))
    found = restoring.restore(chosen.data, chosen.source, chosen.replace)
    equal = found.figures - len(found.differing)
    _said("cli_restored", batches=found.backup.told["batches"], equal=equal, figures=found.figures)
    if found.differing:
        _said("cli_differing", n=len(found.differing), first=found.differing[0])
    return 0


def tidy(chosen: argparse.Namespace) -> int:
    """kind, name, due, bytes: what was taken away because its time was over; with --dry-run, what would be."""
    access.need("backup")
    if not Store.exists(chosen.data):
        raise EvenkeelError("backup.nothing")
    with reading(chosen) as store:
        found = retention.due(store) if chosen.dry_run else retention.tidy(store)
    _said("cli_due" if chosen.dry_run else "cli_tidied", n=len(found))
    rows = [{"kind": one.kind, "name": one.name, "due": one.on, "bytes": one.bytes} for one in found]
    return commands._emit(pd.DataFrame(rows), chosen.format) if rows else 0


def _word(name: str) -> str:
    return say(LANGUAGE, f"backup.{name}")


def _said(name: str, **params: object) -> None:
    speaking.err(say(LANGUAGE, f"backup.{name}", **params))


def _mb(size: int) -> int:
    return size // 10**6 + 1
