"""The command line: `python -m metrics ...`. Data to stdout, messages to stderr, exit codes 0, 1, 2, 3.

Where the app runs on the data folder, a command that needs the data is done by the app, which owns them.
"""

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from metrics import (
    access,
    activity_commands,
    backup_commands,
    commands,
    disclosure_commands,
    importing,
    indicator_commands,
    limit_commands,
    owner,
    pack_commands,
    personal_commands,
    policy,
    poverty,
    register_commands,
    reporting,
    reworking,
    shift_commands,
    speaking,
    stress_commands,
    taking,
    voice_commands,
)
from metrics.errors import EvenkeelError, UsageError
from metrics.opening import Stores
from metrics.owner import Answer, Request
from metrics.packs import description
from metrics.speaking import LANGUAGE, Terminal, tell
from metrics.words import say

# These need no data: they run where they are called.
ALONE = ("composite", "catalogue", "check-indicator", "tables", "ppi-sample", "template")


class Parser(argparse.ArgumentParser):
    """Wrong usage is a sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        speaking.err(self.format_usage().strip())
        speaking.err(message)
        sys.exit(2)


def _word(name: str) -> str:
    return say(LANGUAGE, "cli." + name)


def parser() -> Parser:
    """All commands with their options."""
    root = Parser(prog="python -m metrics", description=_word("about"))
    root.add_argument(
        "--data", type=Path, default=Path(os.environ.get("EVENKEEL_DATA", "data/local")), help=_word("data")
    )
    root.set_defaults(stores=None)
    sub = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _import(_command(sub, "import", importing.import_files))
    for name, run in (("values", commands.values), ("score", commands.score), ("flips", commands.flips)):
        _figures(_command(sub, name, run), name)
    composite = _command(sub, "composite", commands.composite)
    composite.add_argument("file", type=Path, help=_word("composite_file"))
    composite.add_argument("--policy", required=True, help=_word("policy"))
    for name, run in (
        ("catalogue", commands.catalogue), ("tables", commands.tables), ("batches", commands.batches)
    ):  # fmt: skip
        _command(sub, name, run)
    for module in (
        poverty, taking, register_commands, voice_commands, shift_commands, stress_commands, pack_commands,
        disclosure_commands, indicator_commands, activity_commands, personal_commands,
    ):  # fmt: skip
        module.add(lambda name, run: _command(sub, name, run))
    _command(sub, "rollback", commands.rollback).add_argument("batch", type=int, help=_word("batch"))
    backup_commands.add(lambda name, run: _command(sub, name, run))
    build = _command(sub, "build", reworking.build)
    build.add_argument("--from-raw", action="store_true", help=_word("from_raw"))
    rebuild = _command(sub, "rebuild", commands.rebuild)
    rebuild.add_argument("--months", type=int, default=24, help=_word("rebuild_months"))
    rebuild.add_argument("--institution", help=_word("institution"))
    check = _command(sub, "check", limit_commands.check)
    limit_commands.add(check)
    check.add_argument("--only", metavar="CHECK", help=_word("only"))
    check.add_argument("--institution", help=_word("institution"))
    return root


def _command(sub: "argparse._SubParsersAction[Parser]", name: str, run: Callable[[argparse.Namespace], int]) -> Parser:
    about = _word(name.replace("-", "_"))
    found = sub.add_parser(name, help=about, description=about)
    found.set_defaults(run=run)
    found.add_argument("--format", choices=("table", "csv", "json"), default="table", help=_word("format"))
    return found


def _figures(command: Parser, name: str) -> None:
    command.add_argument("--as-of", help=_word("as_of"))
    command.add_argument("--by", default="branch", help=_word("by"))
    command.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help=_word("where"))
    command.add_argument("--institution", help=_word("institution"))
    command.add_argument("--policy", default="equal", help=_word("policy"))
    if name == "values":
        command.add_argument("--all-periods", action="store_true", help=_word("all_periods"))
        command.add_argument("--indicator", action="append", metavar="ID", help=_word("indicator"))
    else:
        command.add_argument("--social", type=float, help=_word("social"))


def _import(command: Parser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_word("files"))
    command.add_argument("--table", help=_word("table"))
    command.add_argument("--sheet", help=_word("sheet"))
    command.add_argument("--mapping", type=Path, help=_word("mapping"))
    command.add_argument("--save-mapping", type=Path, metavar="FILE", help=_word("save_mapping"))
    command.add_argument("--as-of", help=_word("import_as_of"))
    command.add_argument("--institution", help=_word("import_institution"))
    command.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help=_word("date_order"))
    command.add_argument("--decimal", choices=("comma", "point"), help=_word("decimal"))
    command.add_argument("--percent", choices=("percent", "fraction"), help=_word("percent"))
    command.add_argument("--calendar", choices=("gregorian", "ethiopian"), help=_word("calendar"))
    command.add_argument("--accept-new", action="append", default=[], choices=("branch",), help=_word("accept_new"))
    command.add_argument("--replace", action="store_true", help=_word("replace"))
    command.add_argument("--likely", choices=("take", "leave"), help=_word("likely"))
    command.add_argument("--repeated", choices=("first", "last", "aside"), help=_word("repeated"))
    command.add_argument("--keep-file", action="store_true", help=say(LANGUAGE, "personal.cli_keep_file"))
    command.add_argument("--dry-run", action="store_true", help=_word("dry_run"))
    command.add_argument("--keep-going", action="store_true", help=_word("keep_going"))
    command.add_argument("--report", metavar="FILE", help=_word("report"))
    command.add_argument("--start-from-sample", action="store_true", help=_word("start_from_sample"))


def done(chosen: argparse.Namespace) -> int:
    """Do a command here; returns the exit code."""
    try:
        return int(chosen.run(chosen))
    except UsageError as error:
        speaking.err(error.text(LANGUAGE))
        return 2
    except EvenkeelError as error:
        speaking.err(error.text(LANGUAGE))
        return 1


def answering(data: Path, stores: Stores) -> Callable[[Request], Answer]:
    """What the owner of a data folder does for the command lines that ask it, with the databases that it has open."""

    def work(request: Request) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with speaking.to(Terminal(out, err, request.who)), access.acting(access.Actor(request.who)):
            code = _done_for(request, data, stores)
        return Answer(code, out.getvalue(), err.getvalue())

    return work


def _done_for(request: Request, data: Path, stores: Stores) -> int:
    try:
        chosen = _placed(parser().parse_args(list(request.arguments)), request.folder)
        chosen.data, chosen.stores = data, stores
        return done(chosen)
    except SystemExit as left:
        return int(left.code or 0)
    except Exception:  # whatever it is, the app goes on, and who asked gets a sentence
        logging.getLogger(__name__).exception("command_failed")  # its arguments may name a client
        tell("owner_fault")
        return 1


def _placed(chosen: argparse.Namespace, folder: Path) -> argparse.Namespace:
    """The arguments with relative paths made whole: they start from the folder of whoever gave the command."""
    for name, value in vars(chosen).items():
        if isinstance(value, Path):
            setattr(chosen, name, folder / value)
        elif isinstance(value, list):
            setattr(chosen, name, [folder / part if isinstance(part, Path) else part for part in value])
    if getattr(chosen, "report", None) not in (None, reporting.STDOUT):
        chosen.report = str(folder / chosen.report)
    for option, known in (("policy", policy.names), ("plan", description.names)):
        named = getattr(chosen, option, None)
        if named and named not in known() and (folder / named).is_file():
            setattr(chosen, option, str(folder / named))
    return chosen


def _asked(chosen: argparse.Namespace, given: Sequence[str]) -> int | None:
    """The exit code of the process that owns the data, which does the command; None where no process does.

    Raises:
        EvenkeelError: the owner ended before it answered.
    """
    if chosen.command in ALONE:
        return None
    answer = owner.ask(chosen.data, Request(tuple(given), Path.cwd(), speaking.who()))
    if answer is None:
        return None
    sys.stdout.write(answer.out)
    sys.stderr.write(answer.err)
    return answer.code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, here or in the process that owns the data; returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    chosen = parser().parse_args(given)
    try:
        code = _asked(chosen, given)
        return done(chosen) if code is None else code
    except EvenkeelError as error:
        speaking.err(error.text(LANGUAGE))
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
