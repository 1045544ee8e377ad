"""What an import came to, as JSON for the program that started it: `import --report FILE`.

The README says what stands where; `VERSION` changes when a name does.
"""

import datetime
import json
import os
import re
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from metrics import speaking
from metrics.errors import EvenkeelError, OpenQuestion
from metrics.ingest import asides
from metrics.ingest.model import Note, Reading, sheet_preview
from metrics.speaking import LANGUAGE
from metrics.store import Cursor
from metrics.words import catalogue, say

VERSION = 1
MOST_ROWS = 1000
STDOUT = "-"
Content = dict[str, Any]


def sheet(cursor: Cursor, reading: Reading) -> Content:
    """One sheet: how it was read, its rows by what became of them, sums, days, notes, the first rows set aside."""
    seen = sheet_preview(reading)
    counts = {"read": seen.rows_read, "accepted": seen.accepted, "set_aside": seen.set_aside, "ignored": seen.ignored}
    return {
        "sheet": seen.sheet,
        "table": seen.table,
        "rows": counts,
        "sums": dict(seen.sums),
        "dates": [str(day) for day in seen.dates] if seen.dates else None,
        "columns": {use.column: use.heading for use in seen.columns},
        "notes": notes(seen.notes),
        "set_aside": [
            {
                "row": row.row_no,
                "column": row.column,
                "value": row.value,
                "reason": row.reason,
                "text": row.text(LANGUAGE),
                "suggestion": row.suggestion.text(LANGUAGE) if row.suggestion else None,
            }
            for row in asides.found(cursor, reading, MOST_ROWS)
        ],  # fmt: skip
        "repairs": [
            {"name": one.name, "column": one.column, "n": one.count, "off": one.off, "text": one.shown(LANGUAGE)}
            for one in seen.repairs
        ],
    }


def notes(said: Iterable[Note]) -> list[Content]:
    """Notes as key, params and sentence."""
    return [{"key": note.key, "params": dict(note.params), "text": note.text(LANGUAGE)} for note in said]


def fault(error: EvenkeelError) -> Content:
    """A refusal or an open question; a question has the options that answer it and what each would mean."""
    params = {name: value for name, value in error.params.items() if name != "option"}
    told: Content = {"key": error.key, "params": params, "text": error.text(LANGUAGE)}
    if isinstance(error, OpenQuestion):
        told |= {"option": error.option, "answers": answers(error)}
    return told


def answers(question: OpenQuestion) -> list[Content]:
    """The options that answer a question, each with its meaning and how it would read the example."""
    found = []
    for way in question.option.split(", "):
        option, _, values = way.partition(" ")
        given = values.split("|") if "|" in values or option == "--accept-new" else _listed(question, values)
        for value in given:
            found.append({"option": f"{option} {value}".strip(), **_meaning(question, option, value)})
    return found


def _listed(question: OpenQuestion, values: str) -> list[str]:
    """The names that a question lists, where its option takes one of them."""
    names = question.params.get("tables") or question.params.get("sheets")
    return [name.strip().strip('"') for name in str(names).split(",")] if names else [values]


def _meaning(question: OpenQuestion, option: str, value: str) -> Content:
    key = f"pages.answer_{option.strip('-').replace('-', '_')}_{value or 'yes'}"
    told: Content = {"text": say(LANGUAGE, key)} if key in catalogue(LANGUAGE) else {}
    example, read = str(question.params.get("example", "")), READ.get(option)
    if example and read:
        told |= {"example": example, "read_as": read(example, value)}
    return told


def _as_date(example: str, order: str) -> str | None:
    parts = [int(part) for part in re.findall(r"\d+", example)[:3]]
    if len(parts) < len(order):
        return None
    day, month, year = (parts[order.index(letter)] for letter in "dmy")
    with suppress(ValueError):
        return str(datetime.date(year if year > 99 else 2000 + year, month, day))
    return None


def _as_number(example: str, sign: str) -> str | None:
    plain = re.sub(r"[\s'\u2019]", "", example)
    plain = plain.replace(".", "").replace(",", ".") if sign == "comma" else plain.replace(",", "")
    with suppress(ValueError):
        return f"{float(plain):.12g}"
    return None


def _as_share(example: str, unit: str) -> str | None:
    with suppress(ValueError):
        x = float(example.replace(",", "."))
        return f"{x if unit == 'percent' else 100 * x:.12g} %"
    return None


READ = {"--date-order": _as_date, "--decimal": _as_number, "--percent": _as_share}


def check(place: str | None) -> None:
    """Make sure, before anything lands, that a report can be written.

    Raises:
        EvenkeelError: its folder is not there, or nothing can be written in it.
    """
    if place in (None, STDOUT):
        return
    path = Path(str(place))
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise EvenkeelError("errors.not_written", path=str(path))


def write(place: str | None, content: Mapping[str, Any]) -> None:
    """Write a report to a file, whole or not at all, or to the stream for data.

    Raises:
        EvenkeelError: the file cannot be written; what has landed stays.
    """
    if place is None:
        return
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    text = json.dumps({"version": VERSION, "written_at": now, **content}, ensure_ascii=False, indent=1, default=str)
    if place == STDOUT:
        speaking.out(text)
        return
    path = Path(place)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_text(text + "\n", encoding="utf-8", errors="replace")
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise EvenkeelError("errors.not_written", path=place) from error
