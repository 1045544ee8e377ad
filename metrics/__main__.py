"""The command line: `python -m metrics ...`. Data to stdout, messages to stderr, exit codes 0, 1, 2."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from metrics import commands, importing, poverty
from metrics.errors import EvenkeelError, UsageError
from metrics.words import say

LANGUAGE = "en"


class Parser(argparse.ArgumentParser):
    """Wrong usage is a sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        print(self.format_usage().strip(), file=sys.stderr)
        print(message, file=sys.stderr)
        sys.exit(2)


def _word(name: str) -> str:
    return say(LANGUAGE, "cli." + name)


def parser() -> Parser:
    """All commands with their options."""
    root = Parser(prog="python -m metrics", description=_word("about"))
    root.add_argument(
        "--data", type=Path, default=Path(os.environ.get("EVENKEEL_DATA", "data/local")), help=_word("data")
    )
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
    poverty.add(lambda name, run: _command(sub, name, run))
    _command(sub, "rollback", commands.rollback).add_argument("batch", type=int, help=_word("batch"))
    _command(sub, "build", commands.build)
    rebuild = _command(sub, "rebuild", commands.rebuild)
    rebuild.add_argument("--months", type=int, default=24, help=_word("rebuild_months"))
    rebuild.add_argument("--institution", help=_word("institution"))
    check = _command(sub, "check", commands.check)
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
    command.add_argument("--dry-run", action="store_true", help=_word("dry_run"))
    command.add_argument("--start-from-sample", action="store_true", help=_word("start_from_sample"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except UsageError as error:
        print(error.text(LANGUAGE), file=sys.stderr)
        return 2
    except EvenkeelError as error:
        print(error.text(LANGUAGE), file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
