"""The commands that give files to take away: a template to fill in, and a table as it is."""

import argparse
from collections.abc import Callable
from pathlib import Path

from metrics import exporting
from metrics.activity import Event
from metrics.commands import _scope
from metrics.errors import EvenkeelError
from metrics.opening import reading
from metrics.speaking import LANGUAGE, tell
from metrics.templates import book
from metrics.words import LANGUAGES, say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
STARTER = "starter"


def add(command: Command) -> None:
    """Put both commands on the command line."""
    made = command("template", template)
    made.add_argument("table", metavar="TABLE", help=_word("template_table"))
    made.add_argument("--language", choices=LANGUAGES, default="en", help=_word("template_language"))
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help=_word("template_output"))
    taken = command("export", export)
    taken.add_argument("table", metavar="TABLE", help=_word("export_table"))
    taken.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help=_word("export_output"))
    taken.add_argument("--institution", help=_word("institution"))


def _word(name: str) -> str:
    return say(LANGUAGE, "cli." + name)


def template(chosen: argparse.Namespace) -> int:
    """Write the template of a table, or the starter workbook, in a language."""
    table = None if chosen.table == STARTER else str(chosen.table)
    path = chosen.output or Path(f"{chosen.table}_{chosen.language}.xlsx")
    made = book.template(table, chosen.language) if table else book.starter(chosen.language)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise EvenkeelError("errors.not_written", path=str(path)) from error
    tell("template_written", path=str(path))
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Write the live rows of a table to a file."""
    with reading(chosen) as store:
        n = exporting.write(_scope(store, chosen), chosen.table, chosen.output)
        told = {"table": chosen.table, "form": chosen.output.suffix.removeprefix("."), "rows": n}
        store.note(Event("export", chosen.output.name, after=told))
    tell("exported", n=n, table=chosen.table, path=str(chosen.output))
    return 0
