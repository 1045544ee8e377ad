"""The command `check`: data checks, or with --limits the limits that are broken."""

import argparse

from metrics import commands


def add(check: argparse.ArgumentParser) -> None:
    """Put the options on the command."""


def check(chosen: argparse.Namespace) -> int:
    """Data checks; with --limits the limits."""
    return commands.check(chosen)
