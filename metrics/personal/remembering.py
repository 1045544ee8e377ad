"""What people wrote down, without a person who is erased: typed voices, codings, actions, quotes in frozen packs."""

import json
from collections.abc import Sequence
from typing import Any

import duckdb

from metrics.classes import HIDDEN
from metrics.errors import EvenkeelError
from metrics.packs import frozen
from metrics.packs.model import as_json as pack_json
from metrics.packs.reading import from_json
from metrics.personal import emptying
from metrics.personal.finding import Person

Cursor = duckdb.DuckDBPyConnection
CUT = "…"  # stands in a quote for what was hidden in it


def erase(cursor: Cursor, person: Person, fresh: dict[str, str], words: Sequence[str], texts: Sequence[str]) -> int:
    """Rewrite every version of every record that names the person; returns how many were rewritten.

    Args:
        fresh: the person's numbers and what stands for them now.
        words: more words to hide.
        texts: what the person said, to be taken out of packs that quote it.
    """
    wanted = emptying.plain_pattern((*person.words, *words))
    rows = cursor.execute("SELECT rowid, kind, record_id, why, body FROM records").fetchall()
    changed = 0
    for row, kind, name, why, body in rows:
        told = json.loads(body)
        new = _body(kind, told, person, fresh, texts)
        new = emptying.without(new, fresh, wanted)
        called, said = (emptying.without(one, fresh, wanted) for one in (name, why))
        if (new, called, said) != (told, name, why):
            changed += 1
            cursor.execute(
                "UPDATE records SET record_id = ?, why = ?, body = ? WHERE rowid = ?",
                [called, said, emptying.as_json(new), row],
            )
    return changed


def _body(kind: str, body: dict[str, Any], person: Person, fresh: dict[str, str], texts: Sequence[str]) -> Any:
    """A record's body without the person's own words."""
    if kind == frozen.PACK.name:
        return _pack(body, texts)
    if body.get("client_id") != person.client:
        return body
    told = dict(body)
    if "description" in told:
        told["description"] = HIDDEN
    if isinstance(told.get("answers"), dict):
        told["answers"] = {key: _answer(value) for key, value in told["answers"].items()}
    told.pop("may_quote", None)
    return told


def _answer(value: Any) -> Any:
    """An answer without words of one's own; a code is written without a blank."""
    if isinstance(value, dict):
        return {part: HIDDEN if part == "text" else one for part, one in value.items()}
    return HIDDEN if isinstance(value, str) and " " in value.strip() else value


def _pack(body: dict[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """A frozen pack whose quotes of the person are hidden; another hash stands beside it then."""
    try:
        pack = frozen.unpacked(body, "")
    except EvenkeelError:  # it shows nothing any more
        return body
    told = json.loads(pack_json(pack))
    new = _quotes(told, texts)
    if new == told:
        return body
    changed = from_json(emptying.as_json(new))
    return {**body, "pack": frozen.packed(changed), "hash": changed.hash}


def _quotes(value: Any, texts: Sequence[str]) -> Any:
    if isinstance(value, list):
        return [_quotes(one, texts) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "quote" and any(_quoted(str(value.get("text", "")), text) for text in texts):
        return {**value, "text": HIDDEN}
    return {name: _quotes(one, texts) for name, one in value.items()}


def _quoted(said: str, text: str) -> bool:
    """Whether a quote is of this text: its parts stand in it, whatever was hidden between them."""
    parts = [part.strip() for part in said.split(CUT) if part.strip()]
    return bool(parts) and all(part in text for part in parts)
