"""A small institution whose published figures change: files that come later, that are corrected, that are taken out."""

import atexit
import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from metrics import measures, schema
from metrics.disclosures import book, fill, template
from metrics.disclosures.book import Kept
from metrics.disclosures.model import Disclosure
from metrics.disclosures.template import Template
from metrics.packs.model import Pack, Table
from metrics.policy import SETTINGS
from metrics.schema import quote
from metrics.store import BatchFile, NewBatch, Store
from tests import fresh, packing, records

# Numbers of which the standard's own page was read, and asks for the figure that stands beside it.
READ = {
    "FP2635", "FP6373", "FP9717", "FP2630", "PI2197", "PI5216", "PI7163", "PI9250", "OI1075", "OI8118", "13",
    "1A", "1B", "3A", "3B", "4A", "4B", "4C", "4D", "4E", "5A", "5B", "5C",
}  # fmt: skip
Row = Mapping[str, object]
JUNE, SEPTEMBER = datetime.date(2026, 6, 30), datetime.date(2026, 9, 30)
OCTOBER = datetime.date(2026, 10, 5)
AWA, MOUSSA = "Awa", "Moussa"
LINES = """
title = { en = "Ours", fr = "Le nôtre", es = "El nuestro" }
audience = "public"
[[section]]
id = "loans"
en = "Loans"
fr = "Prêts"
es = "Préstamos"
[[item]]
id = "par30"
section = "loans"
indicator = "par30"
[[item]]
id = "borrowers"
section = "loans"
count = "active_borrowers"
en = "Borrowers"
fr = "Emprunteurs"
es = "Prestatarios"
[[item]]
id = "women"
section = "loans"
indicator = "par30"
scope = "gender=F"
[[item]]
id = "csat"
section = "loans"
indicator = "csat"
"""


def ours() -> Template:
    """A template of four lines."""
    return template.parsed(LINES, "ours")


def land(store: Store, table: str, name: str, rows: Iterable[Row], who: str = AWA) -> int:
    """Land rows of a table as a file of that name; its fingerprint is of its rows."""
    return _landed(store, [(table, name, list(rows))], who)


def _landed(store: Store, given: Sequence[tuple[str, str, list[Row]]], who: str) -> int:
    """Land files (table, name, rows) as one batch; returns its number."""
    cursor, frames, files = store.cursor(), {}, []
    for table in dict.fromkeys(table for table, _, _ in given):
        known, parts = schema.tables()[table], []
        for number, (of, _, rows) in enumerate(given, 1):
            if of == table:
                frame = pd.DataFrame([{"institution_id": "own", **row} for row in rows])
                frame["file_no"], frame["row_no"] = number, range(2, len(frame) + 2)
                parts.append(frame)
        cursor.register("given", pd.concat(parts))
        picks = ", ".join(
            f"{quote(one)}::{known.columns.get(one, 'INTEGER')} AS {quote(one)}" for one in parts[0].columns
        )
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {quote('landing_' + table)} AS SELECT {picks} FROM given")
        cursor.unregister("given")
        frames[table] = "landing_" + table
    for table, name, rows in given:
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()
        files.append(BatchFile(name, digest, "", table, {}, len(rows), len(rows), 0, 0))
    return store.land(NewBatch(who, {}, tuple(files)), frames, cursor, after=measures.build)


def loans(day: datetime.date, late: int, many: int = 40) -> list[Row]:
    """Loans of a day, the first of them so many 45 days late."""
    return [records.loan(str(n), as_of=day, days_past_due=45 if n < late else 0) for n in range(many)]


@cache
def _made(women: int, many: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-disclosing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    since = {"joined_on": "2024-01-01"}
    clients: list[Row] = [{"client_id": f"c{n}", "gender": "F" if n < women else "M", **since} for n in range(many)]
    store = fresh.opened(folder)
    _landed(
        store,
        [
            ("institutions", "institution.csv", [{"institution_name": "Own", "currency": "XOF"}]),
            ("clients", "clients.csv", clients), ("loans", "june.csv", loans(JUNE, 4, many)),
            ("loans", "september.csv", loans(SEPTEMBER, 6, many)),
        ],
        AWA,
    )  # fmt: skip
    store.close()
    return folder


def opened(folder: Path, women: int = 20, many: int = 40) -> Store:
    """Clients, of whom so many are women, and their loans in June and September; a database of one's own."""
    shutil.copytree(_made(women, many), folder, dirs_exist_ok=True)
    return Store.open(folder)


def filled(
    store: Store, day: datetime.date = SEPTEMBER, asked: Template | None = None, **settings: object
) -> Disclosure:  # fmt: skip
    """A template filled at a date."""
    return book.filled(store.cursor(), asked or ours(), {**SETTINGS, **settings}, "equal", day)


def kept(store: Store, name: str) -> Kept:
    """A disclosure of the book, which must be there."""
    found = book.find(store.cursor(), name)
    assert found is not None
    return found


def published(store: Store, day: datetime.date = JUNE, asked: Template | None = None) -> Kept:
    """One that Awa prepared and Moussa approved; every restatement has a reason."""
    found = filled(store, day, asked)
    found = found.explained({one.key: "Said so." for one in found.restated})
    record = book.prepare(store, found, "en", AWA, OCTOBER)
    book.approve(store, store.cursor(), kept(store, record.id), MOUSSA, OCTOBER)
    book.publish(store, kept(store, record.id), AWA, OCTOBER)
    return kept(store, record.id)


def corrected(store: Store) -> int:
    """The file of June again, with more loans late."""
    return land(store, "loans", "june.csv", loans(JUNE, 10))


@cache
def sample(name: str) -> Disclosure:
    """A template filled from the sample."""
    asked = fill.Asked(packing.store().cursor(), SETTINGS, "equal", SEPTEMBER, sample=True)
    return fill.fill(asked, template.load(name))


def texts(pack: Pack) -> list[str]:
    """Every text that stands in a pack."""
    found = [pack.title, pack.kind]
    for section in pack.sections:
        found += [section.title, section.message]
        for block in section.blocks:
            if isinstance(block, Table):
                found += [cell if isinstance(cell, str) else cell.text for row in block.rows for cell in row]
                found += [block.title, block.note]
            found.append(getattr(block, "text", ""))
    return found
