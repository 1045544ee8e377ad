"""What an import tells: notes, repairs with their examples, rows set aside with their reasons."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from metrics.words import say

PREFIX = "import.repair_"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Note:
    """Something the user should know: a key of the catalogues and what the sentence names."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence in a language."""
        return _said(language, self.key, self.params)

    def stored(self) -> str:
        """The note as one line that `read_note` takes apart again."""
        return f"{self.key} {json.dumps(dict(self.params), ensure_ascii=False, default=str)}"


def read_note(line: str) -> Note:
    """The note that a batch keeps as a line."""
    key, _, params = line.partition(" ")
    return Note(key, json.loads(params or "{}"))


@dataclass(frozen=True)
class Aside:
    """A row that is set aside: its column (`place` counts from 0) and the reason, a key of the catalogues.

    `suggestion` says what might be meant; it names a `value` where there is one to put in the cell.
    """

    row_no: int
    column: str
    value: str
    reason: str
    place: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    suggestion: Note | None = None

    def text(self, language: str = "en") -> str:
        """The reason in a language."""
        return _said(language, self.reason, self.params)


@dataclass(frozen=True)
class Example:
    """One cell before and after a repair."""

    row_no: int
    before: str
    after: str


@dataclass(frozen=True)
class Repair:
    """Something that was read otherwise than it stands; `column` is a heading, blank where it is the whole sheet's.

    `off` tells that it was switched off: the cells are as they stood, and `count` says how many it would change.
    """

    name: str
    column: str
    count: int
    examples: tuple[Example, ...] = ()
    off: bool = False

    @property
    def note(self) -> Note:
        """The repair as a note, as a batch keeps it."""
        key = "import.switched_off" if self.off else "import.repaired" if self.column else "import.repaired_rows"
        examples = [[one.row_no, one.before, one.after] for one in self.examples]
        return Note(key, {"repair": self.name, "column": self.column, "n": self.count, "examples": examples})

    def stored(self) -> str:
        """The repair as a line among the notes of a batch."""
        return self.note.stored()

    def text(self, language: str = "en") -> str:
        """The sentence in a language."""
        return self.note.text(language)

    def shown(self, language: str = "en") -> str:
        """The sentence with its examples behind it."""
        listed = ", ".join(f"{one.before} → {one.after}" for one in self.examples if one.before or one.after)
        return f"{self.text(language)} {listed}".rstrip()


@dataclass(frozen=True)
class Word:
    """A word that a coded column does not know: `heading` in the file, `column` in the table, how often it stands.

    `near` is the code of the word that is written most alike; `codes` are those it may mean.
    """

    heading: str
    column: str
    word: str
    count: int
    near: str | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Rows set aside for one reason (a key of the catalogues) in one column; `place` counts columns from 0."""

    column: str
    place: int | None
    reason: str
    count: int
    first_row: int
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The reason in a language."""
        return _said(language, self.reason, self.params)


def _said(language: str, key: str, params: Mapping[str, Any]) -> str:
    """A sentence; days are written as the language writes them, and a repair by what it does."""
    named: dict[str, Any] = {
        name: datetime.date.fromisoformat(value) if isinstance(value, str) and ISO_DATE.fullmatch(value) else value
        for name, value in params.items()
    }
    if "repair" in named:
        named["repair"] = say(language, f"{PREFIX}{named['repair']}")
    return say(language, key, **named)
