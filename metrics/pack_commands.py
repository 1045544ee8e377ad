"""The command `pack`: a board pack written to a file, as PDF, slides, workbook or one page of HTML.

What composes and writes it is loaded when it is asked for: every other command would wait for it.
"""

import argparse
import os
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd

from metrics import commands
from metrics.activity import Event
from metrics.errors import EvenkeelError, UsageError, nearest
from metrics.opening import reading
from metrics.packs import description
from metrics.packs.model import HIDDEN, Pack, numbers
from metrics.sample import NAME
from metrics.speaking import LANGUAGE
from metrics.store import Store
from metrics.words import LANGUAGES, say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
FORMS = ("pdf", "pptx", "xlsx", "html")
KINDS = ("branch", "institution")
FEWEST = 5  # below this a threshold protects nobody
COLUMNS = ("file", "form", "language", "as_of", "sections", "figures", "kept_back", "bytes", "hash")


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("pack", pack)
    made.add_argument("--to", required=True, choices=FORMS, help=_word("to"))
    made.add_argument("file", type=Path, metavar="OUT", help=_word("out"))
    made.add_argument("--as-of", help=say(LANGUAGE, "cli.as_of"))
    made.add_argument("--by", default="", help=_word("by"))
    made.add_argument("--policy", default="", help=_word("policy"))
    made.add_argument("--social", type=float, help=say(LANGUAGE, "cli.social"))
    made.add_argument("--language", default=LANGUAGE, choices=LANGUAGES, help=_word("language"))
    made.add_argument("--plan", default="board", metavar="FILE.toml|NAME", help=_word("plan"))
    made.add_argument("--threshold", type=int, help=_word("threshold"))
    made.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def _word(name: str) -> str:
    return say(LANGUAGE, f"pack_page.cli_{name}")


def pack(chosen: argparse.Namespace) -> int:
    """Write the pack, and print what was written: file, sections, figures, how many are kept back, hash.

    Raises:
        UsageError: an unknown kind of unit, a share beyond 0 and 100, a threshold that protects nobody.
        EvenkeelError: no such weighting, date or description; the file cannot be written.
    """
    from metrics.packs import endings

    _check(chosen)
    plan = description.load(chosen.plan)
    with reading(chosen) as store:
        made = _composed(store, chosen, plan)
        content = endings.FORMS[chosen.to](made)
        write(chosen.file, content)
        told = {"form": chosen.to, "as_of": made.as_of, "policy": chosen.policy, "social": chosen.social}
        store.note(Event("export", chosen.file.name, after={**told, "sha256": made.hash}))
    figures = [number for _, number in numbers(made)]
    kept = sum(number.hidden == HIDDEN for number in figures)
    row = (str(chosen.file), chosen.to, made.language, made.as_of, len(made.sections), len(figures), kept, len(content),
           made.hash)  # fmt: skip
    return commands._emit(pd.DataFrame([row], columns=list(COLUMNS)), chosen.format)


def _check(chosen: argparse.Namespace) -> None:
    if chosen.by and chosen.by not in KINDS:
        raise UsageError("packs.bad_by", name=chosen.by, nearest=nearest(chosen.by, KINDS))
    if chosen.social is not None and not 0 <= chosen.social <= 100:
        raise UsageError("errors.bad_share", value=chosen.social)
    if chosen.threshold is not None and chosen.threshold < FEWEST:
        raise UsageError("packs.threshold_low", n=chosen.threshold, least=FEWEST)
    if chosen.file.is_dir() or not chosen.file.parent.is_dir():
        raise EvenkeelError("errors.not_written", path=str(chosen.file))


def _composed(store: Store, chosen: argparse.Namespace, plan: description.Description) -> Pack:
    """The pack, with what is written beside it and what earlier packs have shown, as the pages compose it."""
    from metrics.packs import compose, frozen, preparing

    with closing(commands._scope(store, chosen)) as cursor:
        asked = preparing.prepare(
            cursor, chosen.language, chosen.policy, chosen.social, as_of=commands.day(chosen.as_of), by=chosen.by,
            sample=store.path.stem == NAME,
        )  # fmt: skip
        said = frozen.spoken(frozen.comments(cursor, asked.day))
        asked = replace(asked, comments=said, threshold=chosen.threshold or asked.threshold)
        return compose.compose(asked, plan, frozen.of_period(cursor, asked.day))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: one that is there stays as it was until the new one is complete.

    Raises:
        EvenkeelError: it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise EvenkeelError("errors.not_written", path=str(path)) from error
