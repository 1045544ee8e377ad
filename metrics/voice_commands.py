"""The commands of voice."""

import argparse
from collections.abc import Callable

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Put the commands on the command line."""
