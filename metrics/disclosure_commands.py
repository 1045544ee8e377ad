"""The command `disclose`: a disclosure as PDF, slides, workbook, page or JSON, beside what was published last."""

import argparse
from collections.abc import Callable
from pathlib import Path

from metrics import scenarios, versions
from metrics.activity import Event
from metrics.commands import _periods, _scope
from metrics.disclosures import book, template, writing
from metrics.disclosures.forms import FORMS, as_json
from metrics.disclosures.template import Template
from metrics.errors import EvenkeelError, UsageError
from metrics.opening import reading
from metrics.records import Cursor
from metrics.sample import NAME
from metrics.speaking import LANGUAGE, err
from metrics.words import LANGUAGES, say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
TO = (*FORMS, "json")


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("disclose", disclose)
    known = ", ".join(template.names())
    made.add_argument("template", type=Path, metavar="TEMPLATE", help=_word("template", known=known))
    made.add_argument("out", type=Path, metavar="OUT", help=_word("out"))
    made.add_argument("--to", choices=TO, help=_word("to"))
    made.add_argument("--language", choices=LANGUAGES, default=LANGUAGE, help=_word("language"))
    made.add_argument("--as-of", help=say(LANGUAGE, "cli.as_of"))
    made.add_argument("--policy", help=say(LANGUAGE, "cli.policy"))
    made.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def _word(name: str, **params: object) -> str:
    return say(LANGUAGE, f"disclosures.cli_{name}", **params)


def disclose(chosen: argparse.Namespace) -> int:
    """Fill a template and write it; the form is that of --to, else that of the file's ending.

    Raises:
        UsageError: neither names a form.
    """
    form = chosen.to or chosen.out.suffix.removeprefix(".").lower()
    if form not in TO:
        raise UsageError("disclosures.no_form", name=chosen.out.name, known=", ".join(TO))
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        asked = _template(cursor, chosen.template)
        day = (_periods(cursor, chosen) or [])[-1]
        policy = scenarios.load(cursor, chosen.policy or versions.in_use(cursor) or versions.DEFAULT)
        sample = store.path.stem == NAME
        found = book.filled(cursor, asked, policy.settings, policy.name, day, sample)
        language = chosen.language
        made = as_json(found, language) if form == "json" else FORMS[form](writing.as_pack(found, language))
        try:
            chosen.out.write_bytes(made)
        except OSError as error:
            raise EvenkeelError("errors.not_written", path=str(chosen.out)) from error
        told = {"form": form, "template": found.name, "as_of": found.period, "policy": found.policy}
        store.note(Event("export", chosen.out.name, after={**told, "sha256": found.hash}))
    known, restated = sum(one.known for one in found.values), len(found.restated)
    err(say(LANGUAGE, "disclosures.written", path=str(chosen.out), known=known, n=len(found.values), restated=restated))
    return 0


def _template(cursor: Cursor, path: Path) -> Template:
    """A template by name, ours or the institution's, or a TOML file."""
    own = book.forms(cursor)
    if path.name in own:
        return own[path.name]
    return template.load(path.name if path.name in template.names() else str(path))
