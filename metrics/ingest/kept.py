"""Mappings kept for each sender: the same headings again are read as before, without a question.

A sender is known by the fingerprint of its headings, in their order. What is kept is what the user could have written
as a mapping (TOML), so it can be saved, edited and given back with `--mapping`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from metrics import activity
from metrics.activity import Event
from metrics.ingest import headings, mappings
from metrics.ingest.model import Options, Plan, Reading, TopRow
from metrics.store import Cursor

DAYS = ("as_of", "period", "answered_on")
ANSWERS = ("date_order", "decimal", "percent", "calendar")
# Shapes whose columns no mapping lists: the answers alone are kept.
ANSWERED = ("likely", "repeated")
JOINED = "import.note_headings_joined"
TABLE = """
CREATE TABLE IF NOT EXISTS kept_mappings (
    fingerprint VARCHAR PRIMARY KEY,
    mapping     VARCHAR NOT NULL,
    saved_at    TIMESTAMP NOT NULL,
    saved_by    VARCHAR NOT NULL
)
"""
KEEP = "INSERT OR REPLACE INTO kept_mappings VALUES (?, ?, now()::TIMESTAMP, ?)"
PUT = "INSERT INTO kept_mappings VALUES (?, ?, now()::TIMESTAMP + to_milliseconds(?), ?)"


def fingerprint(texts: Sequence[str]) -> str:
    """What tells a sender: its headings in their order, without case, accents and blank columns at the end."""
    normal = [headings.normal(text) for text in texts]
    while normal and not normal[-1]:
        normal.pop()
    return hashlib.sha256("\n".join(normal).encode()).hexdigest()[:32]


def find(cursor: Cursor, top: Iterable[TopRow], table: str | None) -> dict[str, Any] | None:
    """The mapping that is kept for one of these rows of headings; None where there is none, or for another table."""
    mapping: dict[str, Any]
    for _, mapping in reversed(matching(cursor, top)):
        if table in (None, mapping["table"]):
            return mapping
    return None


def matching(cursor: Cursor, top: Iterable[TopRow]) -> list[tuple[str, dict[str, Any]]]:
    """The mappings kept for any of these rows of headings, each with its fingerprint, the newest last."""
    there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'kept_mappings'"
    if not cursor.execute(there).fetchall()[0][0]:
        return []
    prints = [fingerprint(row.texts) for row in top if any(row.texts)]
    found = cursor.execute(
        "SELECT fingerprint, mapping FROM kept_mappings WHERE list_contains(?, fingerprint) ORDER BY saved_at, 1",
        [prints],
    ).fetchall()
    return [(name, json.loads(content)) for name, content in found]


def put(cursor: Cursor, listed: Mapping[str, Mapping[str, Any]], who: str) -> None:
    """Keep these mappings and no other ones, the newest last."""
    cursor.execute(TABLE)
    cursor.execute("DELETE FROM kept_mappings")
    for place, (name, mapping) in enumerate(listed.items()):
        cursor.execute(PUT, [name, json.dumps(mapping, ensure_ascii=False), place, who])


def of_plan(plan: Plan, options: Options) -> dict[str, Any]:
    """The mapping that would read a sheet as a plan does, with the answers that the user gave."""
    given = {name: plan.answers.get(name) or getattr(options, name) for name in ANSWERS}
    answers = {name: value for name, value in given.items() if value}
    if plan.shape != "table":
        said = {name: getattr(options, name) for name in ANSWERED if getattr(options, name)}
        return {"table": plan.table, "shape": plan.shape, **answers, **said}
    by_letter = any(note.key == JOINED for note in plan.notes)
    row = {"header_row": plan.header_row} if by_letter else {}
    columns = {use.column: _named(plan, use.heading, use.place, by_letter) for use in plan.uses}
    constants = {column: value for column, value in plan.constants.items() if column not in DAYS}
    words = {name: plan.mapping[name] for name in mappings.WORDS if plan.mapping.get(name)}
    fixed = {"constants": constants} if constants else {}
    return {"table": plan.table, **row, **answers, "columns": columns, **fixed, **words}


def _named(plan: Plan, heading: str, place: int, by_letter: bool) -> str:
    """A heading, or the column's letter where the heading stands twice, is joined of two lines, or is blank."""
    alike = [headings.normal(text) for text in (*(use.heading for use in plan.uses), *plan.unused)]
    once = alike.count(headings.normal(heading)) == 1
    return heading if once and heading and not by_letter else f"[{plan.sheet.columns[place]}]"


def toml(mapping: Mapping[str, Any]) -> str:
    """A mapping as TOML, as `--mapping` reads it."""
    plain = {name: value for name, value in mapping.items() if not isinstance(value, Mapping)}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()]
    for name, section in _sections(mapping):
        lines += ["", f"[{name}]"]
        lines += [f"{_json(key)} = {_json(value)}" for key, value in section.items()]
    return "\n".join(lines) + "\n"


def _sections(mapping: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Name and content of each section; a section of sections (`codes`) is one for each of these."""
    for name, section in mapping.items():
        if isinstance(section, Mapping) and any(isinstance(value, Mapping) for value in section.values()):
            yield from ((f"{name}.{_json(key)}", inner) for key, inner in section.items())
        elif isinstance(section, Mapping):
            yield name, section


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def keep(cursor: Cursor, readings: Iterable[Reading], options: Options, who: str) -> None:
    """Keep what the user settled about each sheet; sheets that were clear by themselves need nothing kept."""
    cursor.execute(TABLE)
    asked = any(getattr(options, name) for name in (*ANSWERS, *ANSWERED, "table", "mapping"))
    for reading in readings:
        plan = reading.plan
        told = plan.mapping.get("fingerprint")
        if told and (asked or told in options.mappings) and plan.shape not in ("summary", "fineract"):
            _keep(cursor, told, of_plan(plan, options), who)


def _keep(cursor: Cursor, told: str, mapping: dict[str, Any], who: str) -> None:
    """Keep one sender's mapping, with its entry in the account where it is another than before."""
    known = cursor.execute("SELECT mapping FROM kept_mappings WHERE fingerprint = ?", [told]).fetchall()
    before = json.loads(known[0][0]) if known else None
    cursor.execute(KEEP, [told, json.dumps(mapping, ensure_ascii=False), who])
    if before != mapping:
        activity.add(cursor, Event("mapping", told, None if before is None else _plain(before), _plain(mapping)), who)


def _plain(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping without the words of cells that it translates: these are told by how many, and by their hash."""
    words = {name: mapping[name] for name in (*mappings.WORDS, "constants") if name in mapping}
    told = {name: value for name, value in mapping.items() if name not in words}
    for name, section in words.items():
        digest = hashlib.sha256(json.dumps(section, sort_keys=True).encode()).hexdigest()
        told[name] = {"n": len(section), "sha256": digest}
    return told
