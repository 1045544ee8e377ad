"""The early signs and the rule by which they warn, as their table has them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "signs.toml"


@dataclass(frozen=True)
class Rule:
    """When a sign counts as unusual; the table says what each number means."""

    red: float
    watch: float
    over: float
    recent: int
    confirm: int
    history: int
    most: int
    others: int


@dataclass(frozen=True)
class Sign:
    """One early sign: `events` (less `less`) among `among`, parts of measures; `loans` counts what is behind a share.

    `recent`, `confirm` and `history` are the rule's where the sign has none of its own. `also` is a second indicator
    that is shown beside it and decides nothing.
    """

    name: str
    indicator: str
    how: str
    events: str
    among: str
    recent: int
    confirm: int
    history: int
    less: str = ""
    loans: str = ""
    least: float = 1.0
    step: float = 0.0
    size: float = 30.0
    careful: float = 1.0
    highest: str = "red"
    season: bool = True
    also: str = ""

    def parts(self) -> list[str]:
        """The parts of measures that it reads, as measure.part."""
        return [part for part in (self.events, self.less, self.among, self.loans) if part]


@dataclass(frozen=True)
class Signs:
    """The rule, and every sign by its name."""

    rule: Rule
    each: Mapping[str, Sign]


def read(text: str) -> Signs:
    """Signs from the text of a table."""
    table = tomllib.loads(text)
    rule = Rule(**table["rule"])
    own = {field.name for field in fields(Sign)} & table["rule"].keys()
    shared = {name: table["rule"][name] for name in own}
    return Signs(rule, {name: Sign(name=name, **{**shared, **told}) for name, told in table["sign"].items()})


@cache
def signs() -> Signs:
    """The signs that ship."""
    return read(FILE.read_text(encoding="utf-8"))
