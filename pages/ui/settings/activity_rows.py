"""Entries of the account in a reader's words: what was done, to what, and every field before and after."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from metrics import catalogue
from metrics.accounts import PRINTED
from metrics.activity import Entry
from metrics.excel import Sheet
from metrics.words import catalogue as words
from metrics.words import date, number, say

# Areas of words that name the fields of records.
AREAS = (
    "register",
    "actions",
    "decisions",
    "voices",
    "warnings",
    "signals",
    "needs",
    "disclosures",
    "pack_page",
    "stress",
)
OF_POLICY = ("weight", "goalposts", "limits", "definition", "exponent", "epsilon", "coverage")
HEADS = ("no", "at", "who", "role", "what", "subject", "field", "before", "after", "batch", "seal")
MOST = 60  # fields of one entry that a page shows

Change = tuple[str, str, str]


def said(language: str, name: str, **params: object) -> str:
    """A text of the account."""
    return say(language, f"activity.{name}", **params)


def moment(language: str, at: datetime.datetime) -> str:
    """Day and time (UTC)."""
    return said(language, "moment", date=date(language, at.date()), time=f"{at:%H:%M}")


def seal(entry: Entry) -> str:
    """The digits of a seal that documents bear."""
    return entry.sealed[:PRINTED]


def role(language: str, entry: Entry) -> str:
    """The role in words."""
    known = words(language).get(f"access.role_{entry.role}")
    return str(known or entry.role)


def subject(language: str, entry: Entry) -> str:
    """What was acted on."""
    if entry.batch is not None and entry.subject == str(entry.batch):
        return said(language, "subject_batch", batch=entry.subject)
    return entry.subject[:PRINTED] if entry.what == "mapping" else entry.subject


def changes(language: str, entry: Entry) -> list[Change]:
    """Every field of an entry: its name, its value before and after; a dash where there was none."""
    before, after = dict(entry.before or {}), dict(entry.after or {})
    found: list[Change] = []
    for file in after.pop("files", ()):
        found.append((said(language, "field_files"), "–", _file(language, file)))
    for name in dict.fromkeys([*before, *after]):
        then, now = (_value(language, told.get(name)) for told in (before, after))
        found.append((field(language, name), then, now))
    return found


def _file(language: str, file: Mapping[str, Any]) -> str:
    """One file of a batch: where its rows went."""
    place = f"{file['file']}, {file['sheet']}" if file.get("sheet") else file["file"]
    counts = {"accepted": file["taken"], "aside": file["set_aside"], "read": file["rows"], "ignored": file["ignored"]}
    return say(language, "pages.batch_file", file=place, table=file["table"], **counts)


def field(language: str, name: str) -> str:
    """The name of a field: of a policy with whose it is, of a record as its form has it."""
    word, _, whose = name.partition(" ")
    if word in OF_POLICY:
        return f"{said(language, f'field_{word}')} · {_whose(language, whose)}"
    known = words(language)
    keys = (f"activity.field_{name}", *(f"{area}.field_{name}" for area in AREAS), f"component.{name}")
    return str(next((known[key] for key in keys if isinstance(known.get(key), str)), name))


def _whose(language: str, path: str) -> str:
    """A node of the tree, an indicator, or a definition."""
    last = path.rpartition("/")[2]
    indicators = catalogue.indicators()
    if last in indicators:
        return indicators[last].text(language, "short")
    if not path:
        return said(language, "balance")
    found = words(language).get(f"themes.{last}") or words(language).get(f"pages.side_{last}")
    return str(found or path)


def _value(language: str, value: Any) -> str:
    """A value as text: numbers as the reader writes them, lists in a row, what is nested by its own names."""
    if value is None or value == "":
        return "–"
    if isinstance(value, (bool, str)):
        return str(value)
    if isinstance(value, (int, float)):
        return number(language, value, 0 if value == round(value) else min(6, len(f"{value:g}".partition(".")[2])))
    if isinstance(value, Mapping) and {"row", "column"} <= value.keys():
        return said(language, "cell_place", row=value["row"], column=value["column"])
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_value(language, one)}" for name, one in value.items())
    return ", ".join(_value(language, one) for one in value)


def sheet(language: str, entries: Sequence[Entry]) -> Sheet:
    """The account as a table to take away: a row for each field of each entry."""
    heads = [said(language, f"col_{name}") for name in HEADS]
    rows: list[list[object]] = []
    for one in entries:
        what = said(language, f"what_{one.what}")
        about = [one.no, one.at, one.who, role(language, one), what, subject(language, one)]
        rows += [[*about, *change, one.batch, one.sealed] for change in changes(language, one) or [("", "", "")]]
    return Sheet(said(language, "sheet"), heads, rows)
