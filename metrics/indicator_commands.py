"""The command `check-indicator`: whether an indicator file may go into the catalogue."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from metrics import catalogue, speaking
from metrics.errors import UsageError
from metrics.speaking import LANGUAGE
from metrics.words import say


def add(command: Callable[[str, Callable[[argparse.Namespace], int]], Any]) -> None:
    """Put the command beside the others."""
    given = command("check-indicator", check_indicator)
    given.add_argument("file", type=Path, metavar="FILE", help=say(LANGUAGE, "cli.indicator_file"))


def check_indicator(chosen: argparse.Namespace) -> int:
    """Say that a file is sound, and which measures it reads.

    Raises:
        DefinitionError: what is wrong with it.
        UsageError: there is no such file.
    """
    if not chosen.file.is_file():
        raise UsageError("cli.indicator_no_file", file=str(chosen.file))
    found = catalogue.checked(chosen.file)
    speaking.out(say(LANGUAGE, "cli.indicator_sound", file=chosen.file.name, measures=", ".join(sorted(found.parts))))
    return 0
