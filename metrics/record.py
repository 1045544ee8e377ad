"""What a record is: its kind, its versions, and what stands between two people who save the same one."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from metrics.errors import EvenkeelError
from metrics.words import say

Cursor = duckdb.DuckDBPyConnection
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of record: `fields` maps a field to whether it must be filled; `area` has its words (`field_NAME`).

    `check` refuses a body with a sentence; it sees the database as it is, before the change. `rows` gives the rows
    of `table` that a body stands for. A field `branch_id` says whom a record concerns, and who may read it. Writing
    it takes a role that may do `action`; what its `step` is, where it has steps, may take another.
    """

    name: str
    area: str
    fields: Mapping[str, bool]
    check: Callable[[Cursor, str, Body], None] | None = None
    table: str = ""
    rows: Callable[[str, Body], Sequence[Mapping[str, object]]] | None = None
    action: str = "record"
    steps: Mapping[str, str] = field(default_factory=dict)

    def needs(self, body: Body) -> str:
        """The action that a role must allow for this body to be written."""
        return self.steps.get(str(body.get("step")), self.action)


@dataclass(frozen=True)
class Record:
    """One version of a record; `removed` where it was taken away with it. `at` is UTC; `batch` its row's, if any."""

    institution: str
    kind: str
    id: str
    version: int
    at: datetime.datetime
    who: str
    why: str
    removed: bool
    body: dict[str, Any] = field(hash=False)
    batch: int | None = None


@dataclass(frozen=True)
class Change:
    """One field of one record that somebody changed; before or after is None where the record was not there."""

    record: Record
    field: str
    before: Any
    after: Any


class Conflict(EvenkeelError):
    """Somebody else saved meanwhile: `theirs` is what stands now, `fields` what it changes of what was seen."""

    def __init__(self, theirs: Record, seen: Record | None, mine: Body) -> None:
        super().__init__("records.conflict", who=theirs.who, n=len(differing(seen.body if seen else {}, theirs.body)))
        self.theirs, self.seen, self.mine = theirs, seen, mine
        self.fields = differing(seen.body if seen else {}, theirs.body)


class Empty(EvenkeelError):
    """A field that must be filled is empty: `kind` and `name` say which."""

    def __init__(self, kind: Kind, name: str) -> None:
        super().__init__("records.empty")
        self.kind, self.name = kind, name

    def text(self, language: str = "en") -> str:
        """The sentence with the field's own name in it."""
        return say(language, self.key, field=say(language, f"{self.kind.area}.field_{self.name}"))


def differing(before: Body, after: Body) -> tuple[str, ...]:
    """The fields in which two bodies differ; a field without a value is as good as none."""
    return tuple(name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name))
