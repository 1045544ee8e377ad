"""Every voice as it is coded, linked and answered now."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from metrics import actions, records
from metrics.records import Record
from metrics.voices import remembered
from metrics.voices.coding import Coded, Lessons, code
from metrics.voices.recorded import CODING
from metrics.voices.remembered import UNLEARNED, Lesson
from metrics.voices.rules import OTHER, Rules, rules
from metrics.voices.voice import Cursor, Heard, Voice, heard

PLAIN = tuple(field.name for field in fields(Heard))


def listed(
    cursor: Cursor, since: datetime.date | None = None, until: datetime.date | None = None, branch: str | None = None
) -> list[Voice]:
    """Every voice of the reader's scope, coded, the newest first.

    Args:
        since: first day; None from the beginning.
        until: last day; what happened to a voice later still shows.
        branch: of this branch only.
    """
    said = heard(cursor)
    told = rules()
    codings = {record.id: record for record in records.newest(cursor, CODING.name)}
    learned = remembered.usable(_lessons(cursor, said, codings.values(), told))
    named = _named(cursor)
    coder = Coder(told, learned)
    return [
        _voice(one, codings.get(one.ref), coder, named.get(one.ref, []))
        for one in reversed(said)
        if (since is None or one.day >= since) and (until is None or one.day <= until)
        if branch is None or one.branch_id == branch
    ]


def voice(cursor: Cursor, ref: str) -> Voice | None:
    """One voice by its ref; None where there is none in the reader's scope."""
    return next((one for one in listed(cursor) if one.ref == ref), None)


def lessons(cursor: Cursor) -> list[Lesson]:
    """What corrections taught and nobody took away."""
    return _lessons(cursor, heard(cursor), records.newest(cursor, CODING.name), rules())


def _lessons(cursor: Cursor, said: Iterable[Heard], codings: Iterable[Record], told: Rules) -> list[Lesson]:
    codings = list(codings)
    wanted = {record.id for record in codings}
    known = {one.ref: one for one in said if one.ref in wanted}
    gone = [record.id for record in records.newest(cursor, UNLEARNED.name)]
    return remembered.lessons(remembered.corrections(known, codings, told), told, gone)


def _named(cursor: Cursor) -> dict[str, list[actions.Action]]:
    """The actions that name each voice."""
    found: dict[str, list[actions.Action]] = {}
    for action in actions.listed(cursor):
        for ref in action.voices:
            found.setdefault(ref, []).append(action)
    return found


class Coder:
    """Codes texts by rules and lessons, each different text once."""

    def __init__(self, told: Rules, learned: Lessons) -> None:
        self.rules, self._lessons = told, learned
        self._known: dict[str, Coded] = {}

    def __call__(self, text: str) -> Coded:
        """The coding of a text."""
        if text not in self._known:
            self._known[text] = code(text, self.rules, self._lessons)
        return self._known[text]


def _voice(one: Heard, record: Record | None, coder: Coder, named: list[actions.Action]) -> Voice:
    ruled = coder(one.text)
    body: Mapping[str, object] = record.body if record else {}
    category, by, how = _decided(one, body, ruled, coder.rules)
    known = coder.rules.categories.get(category)
    decided = by == "rule"
    own = {name: getattr(one, name) for name in PLAIN}
    own["sentiment"] = feeling = _first(body.get("sentiment"), one.sentiment, ruled.sentiment)
    usual = _severity(ruled, category, coder.rules) if (feeling or 0) <= 0 else None
    own["severity"] = _first(body.get("severity"), one.severity, usual)
    own["answered_on"] = min([day for day in (one.answered_on, *(a.answered_on for a in named)) if day], default=None)
    return Voice(
        **own,
        category=category,
        coded_by=by,
        rule=how,
        words=ruled.words if decided or how == "tie" else (),
        tied=ruled.tied if how == "tie" else (),
        risk_id=str(body.get("risk_id") or (known.risk if known else "")),
        indicator=str(body.get("indicator") or (known.indicator if known else "")),
        actions=tuple(action.id for action in named),
        version=record.version if record else 0,
    )


def _decided(one: Heard, body: Mapping[str, object], ruled: Coded, told: Rules) -> tuple[str, str, str]:
    """Category, by whom, how: a person's word, then the source's, then the rules'.

    A source that says "other" has said nothing: where the rules know better they decide.
    """
    if body.get("category"):
        return str(body["category"]), "person", "person"
    given = told.named(one.topic)
    if given and (given != OTHER or not ruled.category):
        return given, "source", "source"
    return ruled.category, "rule" if ruled.category else "", ruled.rule


def _severity(ruled: Coded, category: str, told: Rules) -> int | None:
    """A hint of the text, else what the category usually is; nothing where it is not coded. Praise is not grave."""
    if not category:
        return None
    return ruled.hint or told.categories[category].severity


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)
