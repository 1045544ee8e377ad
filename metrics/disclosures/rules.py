"""What the book of disclosures refuses: steps out of order, approvals that are none, changes of what was published."""

import base64
import binascii
import datetime
import zlib

from metrics import records
from metrics.disclosures.model import Disclosure, from_json
from metrics.disclosures.template import names, parsed
from metrics.errors import EvenkeelError
from metrics.packs.frozen import unpacked
from metrics.records import Body, Cursor, Kind
from metrics.words import LANGUAGES, say

STEPS = ("prepared", "approved", "published", "withdrawn")
# From which step to which: approved goes back where it is prepared again.
WAYS = {"": ("prepared",), "prepared": ("prepared", "approved"), "approved": ("prepared", "published"),
        "published": ("withdrawn",), "withdrawn": ()}  # fmt: skip


class OutOfOrder(EvenkeelError):
    """A step that does not follow on the one before."""

    def __init__(self, was: str, now: str) -> None:
        super().__init__("disclosures.bad_step")
        self.was, self.now = was, now

    def text(self, language: str = "en") -> str:
        """The sentence with both steps' own words in it."""
        before, after = (say(language, f"disclosures.said_{name}") for name in (self.was, self.now))
        return say(language, self.key, before=before, after=after)


class Unexplained(EvenkeelError):
    """Restatements without a reason."""

    def __init__(self, found: Disclosure) -> None:
        super().__init__("disclosures.reason_missing")
        self.found = found

    def text(self, language: str = "en") -> str:
        """The sentence with the lines' own words in it."""
        names = unexplained(self.found, language)
        return say(language, self.key, n=len(self.found.unexplained), names=names)


def values(body: Body, name: str) -> Disclosure:
    """The values of a record's body.

    Raises:
        EvenkeelError: what is kept is not what was prepared.
    """
    try:
        found = from_json(zlib.decompress(base64.b64decode(str(body["values"]), validate=True)).decode())
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise EvenkeelError("disclosures.broken", name=name) from fault
    if found.hash != body["hash"]:
        raise EvenkeelError("disclosures.broken", name=name)
    return found


def same(one: str, other: str) -> bool:
    """Whether two names are one person's: case and spaces do not tell people apart."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def others(cursor: Cursor, who: str) -> list[str]:
    """The other people who have used this installation: who brought data in, saved records or weightings."""
    rows = cursor.execute(
        """SELECT who FROM v_records UNION
        SELECT who FROM batches WHERE coalesce(answers ->> 'sample', '') <> 'true' UNION
        SELECT saved_by FROM policy_versions UNION SELECT approved_by FROM policy_versions ORDER BY 1"""
    ).fetchall()
    return [str(row[0]) for row in rows if row[0] and not same(str(row[0]), who)]


def unexplained(found: Disclosure, language: str) -> str:
    """The lines whose restatement has no reason, by their own words."""
    asked = parsed(found.template, found.name)
    named = {item.id: item.texts[language] for item in asked.items}
    return ", ".join(named.get(one.item, one.item) for one in found.unexplained)


def _check(cursor: Cursor, name: str, body: Body) -> None:
    """Refuse a step out of order, values that are not those before, an approval that is none, a missing reason."""
    known = records.versions(cursor, KIND.name, name)
    before = {} if not known or known[-1].removed else known[-1].body
    now = str(body["step"])
    _check_order(before, body, name)
    found = values(body, name)
    if now != "prepared" and any(body.get(key) != value for key, value in before.items() if key != "step"):
        raise EvenkeelError("disclosures.values_changed", name=name)
    if now == "approved":
        _check_approval(cursor, found, body)
    if now == "published":
        _check_documents(body, name)
    if now == "withdrawn" and not str(body.get("withdrawn_why", "")).strip():
        raise EvenkeelError("disclosures.why_missing")


def _check_order(before: Body, body: Body, name: str) -> None:
    """Refuse a step that does not follow, without a name, or dated before the disclosure or the step before."""
    was, now = str(before.get("step", "")), str(body["step"])
    if was in ("published", "withdrawn") and now != "withdrawn":
        raise EvenkeelError("disclosures.stays", name=name, day=_day(before["published_on"]))
    if now not in WAYS[was]:
        raise OutOfOrder(was or "none", now)
    if not str(body.get(f"{now}_by", "")).strip():
        raise EvenkeelError("disclosures.who_missing")
    earlier = [body["period"], *(body[f"{step}_on"] for step in STEPS[: STEPS.index(now)] if f"{step}_on" in body)]
    day, earliest = _day(body[f"{now}_on"]), max(map(_day, earlier))
    if day < earliest:
        raise EvenkeelError("disclosures.too_early", earliest=earliest, day=day)


def _check_approval(cursor: Cursor, found: Disclosure, body: Body) -> None:
    if found.unexplained:
        raise Unexplained(found)
    who = str(body["approved_by"])
    if same(who, str(body["prepared_by"])) and (others(cursor, who) or not body.get("alone")):
        raise EvenkeelError("disclosures.same_person", who=who)


def _check_documents(body: Body, name: str) -> None:
    for language in LANGUAGES:
        unpacked(body["packs"][language], name)


def _day(value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EvenkeelError("packs.no_date", value=str(value)) from None


def _check_form(_: Cursor, name: str, body: Body) -> None:
    parsed(str(body["toml"]), name)
    if name in names():
        raise EvenkeelError("disclosures.taken", name=name)


NEEDED = (
    "template", "title", "period", "language", "step", "prepared_by", "prepared_on", "hash", "values",
)  # fmt: skip
MORE = (
    "approved_by", "approved_on", "alone", "published_by", "published_on", "packs", "withdrawn_by", "withdrawn_on",
    "withdrawn_why",
)  # fmt: skip
KIND = Kind(
    "disclosure", "disclosures", {name: name in NEEDED for name in (*NEEDED, *MORE)}, _check,
    steps={"approved": "approve"},
)  # fmt: skip
FORM = Kind("disclosure_form", "disclosures", {"toml": True, "title": True}, _check_form, action="policy")
