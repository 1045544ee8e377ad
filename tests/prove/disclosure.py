"""Disclosures: every value of every template against the engine, every restatement with its reason, in every form."""

import io
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import openpyxl

from metrics.disclosures import book, fill, forms, template, writing
from metrics.disclosures.model import Disclosure
from metrics.errors import EvenkeelError
from metrics.packs.model import Number, Table
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from metrics.words import LANGUAGES
from tests import disclosing, fresh
from tests.disclosing import AWA, MOUSSA, OCTOBER, READ, SEPTEMBER
from tests.test_disclosures_plain import grade, sentences

LINE = (
    "Disclosure: every value with id, version, period, n, source hash; a restatement shows old, new, reason; "
    "no unverified number of a standard; the clients' page readable at school year 6"
)


def run() -> dict[str, object]:
    """Fills every template from the sample, and publishes, corrects and publishes again at a small institution."""
    with tempfile.TemporaryDirectory() as folder, closing(fresh.open_copy(Path(folder) / "sample")) as store:
        counts = _traced(store)
    with tempfile.TemporaryDirectory() as folder, closing(disclosing.opened(Path(folder))) as store:
        again = _restated(store)
    year = grade(sentences("en"))
    assert year <= 6, year
    return {**counts, **again, "school year of the clients' page": f"{year:.1f}"}


def _traced(store: Store) -> dict[str, object]:
    """Values that equal the engine's, with file hashes that the batches have; numbers of standards that are printed."""
    cursor = store.cursor()
    every = {by: values(cursor, SETTINGS, by, [SEPTEMBER]) for by in ("institution", "gender")}
    known = {row[0] for row in cursor.execute("SELECT sha256 FROM batch_files").fetchall()}
    counts: Counter[str] = Counter()
    for name in template.names():
        asked = template.load(name)
        found = fill.fill(fill.Asked(cursor, SETTINGS, "equal", SEPTEMBER, sample=True), asked)
        for one in found.values:
            item = asked.item(one.item)
            assert {source.sha256 for source in found.files(one)} <= known and found.source_hash(one), one.item
            counts["values with files and fingerprint"] += 1
            if item.kind == "indicator":
                frame = every[item.by or "institution"]
                rows = frame[(frame["unit"] == (item.member or "demo")) & (frame["indicator"] == item.what)]
                assert one.value == float(rows["value"].iloc[0]), one.item
                counts["equal to the engine"] += 1
            assert not item.number or item.number in READ
            counts["with a verified number of a standard" if item.cited else "in own wording"] += 1
        for language in LANGUAGES:
            counts["documents whose workbook has every number"] += _written(found, language)
    return dict(counts)


def _written(found: Disclosure, language: str) -> int:
    """1 where the workbook of a document has every number of its tables in full."""
    pack = writing.as_pack(found, language)
    book_ = openpyxl.load_workbook(io.BytesIO(forms.FORMS["xlsx"](pack)), read_only=True)
    cells = {cell for sheet in book_.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    tables = [block for section in pack.sections for block in section.blocks if isinstance(block, Table)]
    shown = [cell for table in tables for row in table.rows for cell in row if isinstance(cell, Number)]
    wanted = [one.value * (100 if one.unit == "points" else 1) for one in shown if one.value is not None]
    assert wanted and all(any(_close(value, cell) for cell in cells) for value in wanted)
    return 1


def _close(value: float, cell: object) -> bool:
    return isinstance(cell, (int, float)) and abs(value - cell) <= 1e-9 * max(1.0, abs(value))


def _restated(store: Store) -> dict[str, object]:
    """Published, corrected, filled again: refused without a reason, then approved; the first stays as it was."""
    first = disclosing.published(store)
    before = {language: first.pack(language) for language in LANGUAGES}
    disclosing.corrected(store)
    found = disclosing.filled(store)
    assert found.restated and all(one.causes and not one.reason for one in found.restated)
    record = book.prepare(store, found, "en", AWA, OCTOBER)
    refused = 0
    for who in (MOUSSA, AWA):  # without a reason; and by the one who prepared it
        try:
            book.approve(store, store.cursor(), disclosing.kept(store, record.id), who, OCTOBER)
        except EvenkeelError:
            refused += 1
    told = found.explained({one.key: "The June file was wrong." for one in found.restated})
    record = book.prepare(store, told, "en", AWA, OCTOBER, record.id, record.version)
    book.approve(store, store.cursor(), disclosing.kept(store, record.id), MOUSSA, OCTOBER)
    book.publish(store, disclosing.kept(store, record.id), AWA, OCTOBER)
    assert refused == 2
    assert {language: disclosing.kept(store, first.id).pack(language) for language in LANGUAGES} == before
    said = ", ".join(f"{one.item} {one.before:g} → {one.after:g}" for one in found.restated if one.after is not None)
    return {"restated": said, "approvals refused": refused}
