"""What the README says is so."""

import re
from pathlib import Path

from tests.readme import README, renewed

ROOT = Path(__file__).parents[1]


def text() -> str:
    """The README as it stands."""
    return README.read_text(encoding="utf-8")


def test_the_table_of_indicators_is_that_of_the_files() -> None:
    assert renewed(text()) == text(), "run: python -m tests.readme"


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text())
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_every_make_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test"} <= set(re.findall(r"`?make ([a-z]+)", text())) <= targets


def test_every_command_of_the_readme_is_a_command() -> None:
    from metrics.__main__ import parser

    known = next(action for action in parser()._actions if action.choices and action.dest == "command").choices
    named = set(re.findall(r"python -m metrics (?:--data \S+ )?([a-z]+)", text()))
    assert named
    assert named <= set(known or ())


def test_the_picture_is_small_enough_for_a_slow_line() -> None:
    assert (ROOT / "docs" / "overview.png").stat().st_size < 300_000
