"""What people write beside a pack, and packs kept as they were presented: records with versions, undo and history.

A frozen pack holds the composed pack itself, so that it is opened with the same figures and written with the same bytes
whatever the data say later. It is never changed; it can only be taken away, with a reason.
"""

import base64
import binascii
import datetime
import zlib
from collections.abc import Mapping
from typing import Any

import duckdb

from metrics import records
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError, nearest
from metrics.packs.asked import Asked, Comment
from metrics.packs.description import Description, as_toml, parsed
from metrics.packs.model import Pack, as_json
from metrics.packs.reading import from_json
from metrics.records import Body, Kind, Record
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection
LONGEST = 1200  # letters of a comment: what stands beside a figure without pushing it off the page
ABOUT = ("section", "indicator")


def comments(cursor: Cursor, day: datetime.date) -> dict[str, Record]:
    """What stands beside a pack of a date, by what it is about: the newest text that was not written for later.

    Args:
        cursor: of the whole institution: what is written about it concerns no branch alone.
        day: the pack's date.
    """
    found: dict[str, Record] = {}
    for about in _ids(cursor, COMMENT):
        known = [one for one in records.versions(cursor, COMMENT.name, about) if _day(one.body["period"]) <= day]
        if known and not known[-1].removed:
            found[about] = known[-1]
    return found


def spoken(found: Mapping[str, Record]) -> dict[str, Comment]:
    """Comments as sections take them: text, author, and the date of the pack that they were written for."""
    return {
        about: Comment(str(one.body["text"]), one.who, _day(one.body["period"])) for about, one in found.items()
    }


def comment(about: str, day: datetime.date, text: str) -> dict[str, object]:
    """The body of a comment about `section:ID` or `indicator:ID`; its record's id is what it is about."""
    return {"about": about, "period": day.isoformat(), "text": text.strip()}


def _check_comment(cursor: Cursor, about: str, body: Body) -> None:
    """Refuse what no pack could show, and a text that would be hidden by one of a later pack."""
    what, _, name = about.partition(":")
    if what not in ABOUT or not name or about != body["about"]:
        raise EvenkeelError("packs.comment_about", about=about)
    if what == "indicator" and name not in indicators():
        raise EvenkeelError("errors.unknown_indicator", name=name, nearest=nearest(name, indicators()))
    if len(str(body["text"])) > LONGEST:
        raise EvenkeelError("packs.comment_long", n=len(str(body["text"])), most=LONGEST)
    day = _day(body["period"])
    known = records.find(cursor, COMMENT.name, about)
    if known is not None and _day(known.body["period"]) > day:
        raise EvenkeelError("packs.comment_later", day=_day(known.body["period"]), who=known.who)


def body(pack: Pack, asked: Asked, plan: Description, presented_on: datetime.date) -> dict[str, object]:
    """A pack as a record keeps it: what a list of packs shows, and the whole of it, compressed."""
    return {
        "title": pack.title, "period": pack.as_of, "language": pack.language, "presented_on": presented_on.isoformat(),
        "policy": asked.policy.name, "weighting": asked.weighting, "social": round(asked.picture.social, 1),
        "part": asked.part, "threshold": asked.threshold, "plan": as_toml(plan), "data": asked.data, "hash": pack.hash,
        "pack": packed(pack),
    }  # fmt: skip


def freeze(
    store: Store, pack: Pack, asked: Asked, plan: Description, presented_on: datetime.date, who: str
) -> Record:  # fmt: skip
    """Keep a pack as it was presented; returns its record.

    Raises:
        EvenkeelError: it was presented before its own date, or there is not one institution whose pack it could be.
    """
    return records.save(store, PACK, "", body(pack, asked, plan, presented_on), who)


def listed(cursor: Cursor) -> list[Record]:
    """The frozen packs, the one presented last first; those taken away are left out."""
    found = records.newest(cursor, PACK.name)
    return sorted(found, key=lambda one: (str(one.body["presented_on"]), one.at, one.id), reverse=True)


def opened(record: Record) -> Pack:
    """The pack as it was presented.

    Raises:
        EvenkeelError: what is kept is not what was frozen: it does not give the hash that stands beside it.
    """
    return unpacked(record.body, record.id)


def described(record: Record) -> Description:
    """The description that the pack was composed from."""
    return parsed(str(record.body["plan"]), record.id)


def of_period(cursor: Cursor, day: datetime.date) -> list[Pack]:
    """The packs of a date that somebody may have seen: also those taken away, but not those undone at once."""
    found = [records.versions(cursor, PACK.name, name)[-1] for name in _ids(cursor, PACK)]
    shown = [one for one in found if not (one.removed and one.why == records.UNDONE)]
    return [opened(one) for one in shown if one.body["period"] == day.isoformat()]


def packed(pack: Pack) -> str:
    """A pack as text of a few ten thousand letters; the same pack gives the same text."""
    return base64.b64encode(zlib.compress(as_json(pack).encode(), 9)).decode("ascii")


def unpacked(found: Mapping[str, Any], name: str) -> Pack:
    """The pack of a record's body.

    Raises:
        EvenkeelError: it cannot be read, or gives another hash.
    """
    try:
        pack = from_json(zlib.decompress(base64.b64decode(str(found["pack"]), validate=True)).decode())
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise EvenkeelError("packs.frozen_broken", name=name) from fault
    if pack.hash != found["hash"]:
        raise EvenkeelError("packs.frozen_broken", name=name)
    return pack


def _check_pack(cursor: Cursor, name: str, found: Body) -> None:
    """Refuse to change a frozen pack, one that is not whole, and one presented before its own date."""
    known = records.versions(cursor, PACK.name, name)
    if known and dict(known[-1].body) != dict(found):
        raise EvenkeelError("packs.frozen_stays", name=name, day=_day(known[-1].body["presented_on"]))
    unpacked(found, name)
    day, period = _day(found["presented_on"]), _day(found["period"])
    if day < period:
        raise EvenkeelError("packs.frozen_early", day=day, period=period)


def _ids(cursor: Cursor, kind: Kind) -> list[str]:
    sql = "SELECT DISTINCT record_id FROM v_records WHERE kind = ? ORDER BY 1"
    return [str(row[0]) for row in cursor.execute(sql, [kind.name]).fetchall()]


def _day(value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EvenkeelError("packs.no_date", value=str(value)) from None


OTHERS = ("part", "data")
NEEDED = (
    "title", "period", "language", "presented_on", "policy", "weighting", "social", "threshold", "plan", "hash", "pack",
)  # fmt: skip
COMMENT = Kind("comment", "pack_page", {"about": True, "period": True, "text": True}, _check_comment)
PACK = Kind("pack", "pack_page", {name: name in NEEDED for name in (*NEEDED, *OTHERS)}, _check_pack, action="freeze")
