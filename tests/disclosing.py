"""A small institution whose published figures change: files that come later, that are corrected, that are taken out."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from metrics import measures, schema
from metrics.disclosures import book, template
from metrics.disclosures.book import Kept
from metrics.disclosures.model import Disclosure
from metrics.disclosures.template import Template
from metrics.policy import SETTINGS
from metrics.schema import quote
from metrics.store import BatchFile, NewBatch, Store
from tests import fresh, records

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
    cursor, known, given = store.cursor(), schema.tables()[table], list(rows)
    frame = pd.DataFrame([{"institution_id": "own", **row} for row in given])
    frame["file_no"], frame["row_no"] = 1, range(2, len(frame) + 2)
    cursor.register("given", frame)
    picks = ", ".join(f"{quote(one)}::{known.columns.get(one, 'INTEGER')} AS {quote(one)}" for one in frame.columns)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {quote('landing_' + table)} AS SELECT {picks} FROM given")
    cursor.unregister("given")
    digest = hashlib.sha256(repr(given).encode()).hexdigest()
    file = BatchFile(name, digest, "", table, {}, len(given), len(given), 0, 0)
    return store.land(NewBatch(who, {}, (file,)), {table: "landing_" + table}, cursor, after=measures.build)


def loans(day: datetime.date, late: int, many: int = 40) -> list[Row]:
    """Loans of a day, the first of them so many 45 days late."""
    return [records.loan(str(n), as_of=day, days_past_due=45 if n < late else 0) for n in range(many)]


def opened(folder: Path, women: int = 20, many: int = 40) -> Store:
    """Clients, of whom so many are women, and their loans in June and September."""
    store = fresh.opened(folder)
    land(store, "institutions", "institution.csv", [{"institution_name": "Own", "currency": "XOF"}])
    clients = ({"client_id": f"c{n}", "gender": "F" if n < women else "M", "joined_on": "2024-01-01"} for n in range(many))
    land(store, "clients", "clients.csv", clients)
    land(store, "loans", "june.csv", loans(JUNE, 4, many))
    land(store, "loans", "september.csv", loans(SEPTEMBER, 6, many))
    return store


def filled(store: Store, day: datetime.date = SEPTEMBER, asked: Template | None = None, **settings: object) -> Disclosure:
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


