"""What a disclosure holds, in no language: values with where they come from, gaps, what differs from the last one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from metrics.packs.refs import ref

OK, REPORTED = "ok", "as_reported"
HIDDEN, NEEDS, EMPTY, NO_MEMBER = "hidden", "needs", "empty", "no_member"  # why there is no figure
CAUSES = ("data", "corrected", "gone", "definition", "item")


@dataclass(frozen=True)
class Step:
    """Who did what with a disclosure, and on which day (ISO): prepared, approved, published or withdrawn."""

    name: str
    who: str
    on: str


@dataclass(frozen=True)
class Source:
    """A file that counts: the batch that it landed in, its name, its table, the SHA-256 of its bytes."""

    batch: int
    name: str
    table: str
    sha256: str


@dataclass(frozen=True)
class Value:
    """One line of a disclosure. `value` is None where `status` is neither ok nor as_reported.

    Attributes:
        item: id of the template's item; a list has a line for each of its entries, as item/entry.
        what: indicator, count or measure of the loop that was asked.
        unit: %, money, ratio, count, days, points, per_100.
        n: the people, loans or answers behind it; None where that is not known.
        coverage: n over those whom n could have been, 0..1.
        place: (dimension, member) of a segment; () is the institution.
        months: 12 where the figure looks back over a year, 0 where it stands on the day.
        settings: the definitions in force that it reads.
        sources: places in `Disclosure.sources` of the files that it rests on.
        status: see the constants; `needs` is the table.column that would enable it.
        words: what an entry of a list puts into its sentence.
        before: what was published last for an earlier date; None where nothing was.
    """

    item: str
    what: str
    unit: str
    value: float | None = None
    n: int | None = None
    coverage: float | None = None
    place: tuple[tuple[str, str], ...] = ()
    months: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    sources: tuple[int, ...] = ()
    status: str = OK
    needs: str = ""
    words: Mapping[str, Any] = field(default_factory=dict, hash=False)
    before: float | None = None

    @property
    def known(self) -> bool:
        """Whether it has a figure."""
        return self.value is not None

    def ref(self, day: str) -> str:
        """The figure's name in packs."""
        return ref(self.what, day, **dict(self.place))


@dataclass(frozen=True)
class Cause:
    """What the data or the definitions suggest as the cause of a restatement: one of `CAUSES`, and what it concerns."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Restated:
    """A value that was published for a period and is another now. `reason` must be given before it is approved."""

    item: str
    period: str
    unit: str
    what: str
    before: float
    after: float | None
    causes: tuple[Cause, ...] = ()
    reason: str = ""

    @property
    def key(self) -> str:
        """The name by which a reason is given for it."""
        return f"{self.item}|{self.period}"


@dataclass(frozen=True)
class Disclosure:
    """A filled template. `template` is its TOML, so that it can be read years later; `last` the one published before.

    `period` is ISO; `threshold` the number of people under which figures are kept back; `last_period` the date of the
    last one. `account` is what the account of everything was at: number, seal, day; empty for the sample.
    """

    template: str
    name: str
    institution: str
    currency: str
    sample: bool
    period: str
    policy: str
    threshold: int
    sources: tuple[Source, ...]
    values: tuple[Value, ...]
    restated: tuple[Restated, ...] = ()
    last: str = ""
    last_period: str = ""
    account: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of all that it holds, reasons included."""
        return hashlib.sha256(as_json(self).encode()).hexdigest()

    @property
    def unexplained(self) -> tuple[Restated, ...]:
        """Restatements without a reason."""
        return tuple(one for one in self.restated if not one.reason.strip())

    def files(self, value: Value) -> tuple[Source, ...]:
        """The files that a value rests on."""
        return tuple(self.sources[place] for place in value.sources)

    def source_hash(self, value: Value) -> str:
        """One SHA-256 over those of the files that a value rests on; empty where it rests on none."""
        found = sorted({source.sha256 for source in self.files(value)})
        return hashlib.sha256("\n".join(found).encode()).hexdigest() if found else ""

    def explained(self, reasons: Mapping[str, str]) -> "Disclosure":
        """The same with reasons for restatements, by their keys; the others keep theirs."""
        told = (replace(one, reason=reasons.get(one.key, one.reason).strip()) for one in self.restated)
        return replace(self, restated=tuple(told))


def as_json(found: Disclosure) -> str:
    """The disclosure as text that `from_json` reads back; the same one gives the same text."""
    told = asdict(found)
    if not found.account:  # as those were written that know of none: their hash stays theirs
        del told["account"]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Disclosure:
    """A disclosure from what `as_json` wrote."""
    data = json.loads(text)
    values = tuple(
        Value(**{**one, "place": tuple(map(tuple, one["place"])), "sources": tuple(one["sources"])})
        for one in data["values"]
    )
    restated = tuple(
        Restated(**{**one, "causes": tuple(Cause(given["kind"], tuple(given["names"])) for given in one["causes"])})
        for one in data["restated"]
    )
    sources = tuple(Source(**one) for one in data["sources"])
    account = tuple(data.get("account", ()))
    return Disclosure(**{**data, "values": values, "restated": restated, "sources": sources, "account": account})
