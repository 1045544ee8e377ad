"""The book of disclosures: prepared, approved by somebody else, published and never changed; withdrawn with a reason.

A record keeps the values from the moment they are prepared, so that what is approved is what was prepared, and what is
published what was approved. Publishing adds the composed documents in every language, as they then are for good.
"""

import base64
import datetime
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from metrics import records
from metrics.disclosures import writing
from metrics.disclosures.fill import Asked, fill
from metrics.disclosures.model import Disclosure, Step, as_json
from metrics.disclosures.rules import FORM, KIND, STEPS, others, same, values
from metrics.disclosures.template import Template, parsed
from metrics.packs.frozen import packed, unpacked
from metrics.packs.model import Pack
from metrics.records import Body, Cursor, Record
from metrics.store import Store
from metrics.words import LANGUAGES


@dataclass(frozen=True)
class Kept:
    """A disclosure of the book: its record, the values, the steps done, whether one person did them alone."""

    record: Record
    disclosure: Disclosure

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def step(self) -> str:
        """The last step done."""
        return str(self.record.body["step"])

    @property
    def steps(self) -> tuple[Step, ...]:
        """Who did what on which day, in order."""
        return steps_of(self.record.body)

    @property
    def alone(self) -> bool:
        """Whether one person prepared and approved it, because there was nobody else."""
        return bool(self.record.body.get("alone"))

    def pack(self, language: str) -> Pack:
        """Its document: as it was published, else as it would be.

        Raises:
            EvenkeelError: what is kept is not what was published.
        """
        kept = self.record.body.get("packs")
        if kept:
            return unpacked(kept[language], self.id)
        return writing.as_pack(self.disclosure, language, self.steps, self.alone)


def steps_of(body: Body) -> tuple[Step, ...]:
    """The steps that a body says were done."""
    return tuple(Step(name, body[f"{name}_by"], body[f"{name}_on"]) for name in STEPS if f"{name}_by" in body)


def listed(cursor: Cursor, template: str = "") -> list[Kept]:
    """The disclosures of a template (empty: of all), the newest first; also those withdrawn."""
    found = [one for one in records.newest(cursor, KIND.name) if not template or one.body["template"] == template]
    return [kept(one) for one in sorted(found, key=lambda one: (one.body["period"], one.at, one.id), reverse=True)]


def kept(record: Record) -> Kept:
    """A record with its values.

    Raises:
        EvenkeelError: what is kept is not what was prepared.
    """
    return Kept(record, values(record.body, record.id))


def find(cursor: Cursor, name: str) -> Kept | None:
    """One disclosure by its id; None where there is none."""
    record = records.find(cursor, KIND.name, name)
    return None if record is None else kept(record)


def last(cursor: Cursor, template: str, day: datetime.date) -> Kept | None:
    """The one of a template that was published last for a date up to `day`; those withdrawn do not count."""
    found = [one for one in listed(cursor, template) if one.step == "published" and one.disclosure.period <= str(day)]
    return max(found, key=lambda one: (one.disclosure.period, one.record.at), default=None)


def shown(cursor: Cursor, day: datetime.date) -> tuple[Pack, ...]:
    """The documents of a date that somebody may have seen: what they show is known."""
    found = [one for one in listed(cursor) if one.step in ("published", "withdrawn") and one.record.body.get("packs")]
    return tuple(one.pack("en") for one in found if one.disclosure.period == str(day))


def filled(
    cursor: Cursor, template: Template, settings: Mapping[str, object], policy: str, day: datetime.date,
    sample: bool = False,
) -> Disclosure:  # fmt: skip
    """A template filled from the data, beside the one that was published last."""
    before = last(cursor, template.name, day)
    asked = Asked(cursor, settings, policy, day, sample=sample, published=shown(cursor, day))
    return fill(asked, template, before.disclosure if before else None, before.id if before else "")


def prepare(store: Store, found: Disclosure, language: str, who: str, on: datetime.date, name: str = "",
            seen: int = 0) -> Record:  # fmt: skip
    """Keep a disclosure as prepared, with the reasons that it has; an approval before is void.

    Args:
        language: the one in which readers first see it.
        name: a record that is prepared again; empty for a new one.
    """
    body = prepared(found, language, who, on)
    return records.save(store, KIND, name, body, who, seen=seen)


def prepared(found: Disclosure, language: str, who: str, on: datetime.date) -> dict[str, object]:
    """The body of a prepared disclosure."""
    asked = parsed(found.template, found.name)
    return {
        "template": found.name, "title": asked.title[language], "period": found.period, "language": language,
        "step": "prepared", "prepared_by": who.strip(), "prepared_on": on.isoformat(), "hash": found.hash,
        "values": _packed(found),
    }  # fmt: skip


def approved(cursor: Cursor, one: Kept, who: str, on: datetime.date) -> dict[str, object]:
    """The body of an approved disclosure; one person may do both only where there is nobody else.

    Raises:
        EvenkeelError: see `KIND`'s check.
    """
    alone = same(who, str(one.record.body["prepared_by"])) and not others(cursor, who)
    body = {**one.record.body, "step": "approved", "approved_by": who.strip(), "approved_on": on.isoformat()}
    return {**body, "alone": True} if alone else body


def published(one: Kept, who: str, on: datetime.date) -> dict[str, object]:
    """The body of a published disclosure, with its documents in every language."""
    body = {**one.record.body, "step": "published", "published_by": who.strip(), "published_on": on.isoformat()}
    steps = steps_of(body)
    packs = {name: _frozen(writing.as_pack(one.disclosure, name, steps, one.alone)) for name in LANGUAGES}
    return {**body, "packs": packs}


def withdrawn(one: Kept, who: str, on: datetime.date, why: str) -> dict[str, object]:
    """The body of a withdrawn disclosure; all that was published stays in it."""
    body = {**one.record.body, "step": "withdrawn", "withdrawn_by": who.strip(), "withdrawn_on": on.isoformat()}
    return {**body, "withdrawn_why": why.strip()}


def approve(store: Store, cursor: Cursor, one: Kept, who: str, on: datetime.date) -> Record:
    """Approve what was prepared.

    Raises:
        EvenkeelError: the preparer approves though there are others, or a restatement has no reason.
    """
    return records.save(store, KIND, one.id, approved(cursor, one, who, on), who, seen=one.record.version)


def publish(store: Store, one: Kept, who: str, on: datetime.date) -> Record:
    """Publish what was approved.

    Raises:
        EvenkeelError: it is not approved.
    """
    return records.save(store, KIND, one.id, published(one, who, on), who, seen=one.record.version)


def withdraw(store: Store, one: Kept, who: str, on: datetime.date, why: str) -> Record:
    """Withdraw what was published.

    Raises:
        EvenkeelError: it is not published, or no reason is given.
    """
    return records.save(store, KIND, one.id, withdrawn(one, who, on, why), who, why, one.record.version)


def _packed(found: Disclosure) -> str:
    return base64.b64encode(zlib.compress(as_json(found).encode(), 9)).decode("ascii")


def _frozen(pack: Pack) -> dict[str, str]:
    return {"pack": packed(pack), "hash": pack.hash}


def forms(cursor: Cursor) -> dict[str, Template]:
    """The institution's own templates by name."""
    found = records.newest(cursor, FORM.name)
    return {one.id: parsed(str(one.body["toml"]), one.id) for one in found}
