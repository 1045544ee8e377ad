"""What an import must make of a generated workbook: every row accounted for, every value as it was meant."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from metrics import exporting, ingest, schema
from metrics.ingest import Options, Preview, specs
from metrics.store import Scope, Store, quote
from tests.generating import Made, file
from tests.ingesting import AS_OF, checksums
from tests.styles import Style

MOST_ANSWERS = 6
BRANCHES = "branches"


def answers(style: Style) -> dict[str, dict[str, Any]]:
    """Question -> the answer of whoever wrote the sheet."""
    return {
        "question_date_order": {"date_order": "mdy" if style.dates.startswith("mdy") else "dmy"},
        "question_decimal": {"decimal": style.decimal},
        "question_percent": {"percent": "fraction" if style.percent == "fraction" else "percent"},
        "question_likely": {"likely": "take"},  # rates above what is usual make a column less than certain
        "question_new_branches": {"accept_new": frozenset({"branch"})},
    }


def seen(store: Store, path: Path, style: Style, institution: str) -> Preview:
    """The preview once every question is answered by what the sheet's style says."""
    options = Options(as_of=AS_OF, institution=institution, accept_new=frozenset({"branch"}))
    known = answers(style)
    found = ingest.preview(store, [path], options)
    for _ in range(MOST_ANSWERS):
        asked = [question.key.removeprefix("import.") for question in found.questions]
        if not asked:
            break
        assert all(key in known for key in asked), [question.text() for question in found.questions]
        for key in asked:
            options = replace(options, **known[key])
        found = ingest.preview(store, [path], options)
    return found


def meant(made: Made) -> Counter[tuple[Any, ...]]:
    """The sound rows, as they must land."""
    return Counter(tuple(_kept(made.table, column, row[column]) for column in made.columns) for row in made.sound)


def _kept(table: str, column: str, value: Any) -> Any:
    kind = specs.of_table(table).kinds[column]
    return Decimal(str(value)) if kind == "amount" and value is not None else value


def rows_of(found: Preview, table: str, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    """The rows that would land in a table."""
    names = ", ".join(map(quote, columns))
    return Counter(found.cursor.execute(f"SELECT {names} FROM {quote('in_' + table)}").fetchall())


def holds(found: Preview, sheets: Sequence[Made]) -> None:
    """Rows in are rows out, each value is as it was meant, sums agree, and nothing lands that nobody wrote."""
    assert [error.text() for error in (*found.refused, *found.questions)] == []
    assert sorted(sheet.table for sheet in found.sheets) == sorted(made.table for made in sheets)
    for made in sheets:
        sheet = next(sheet for sheet in found.sheets if sheet.table == made.table)
        assert {use.column for use in sheet.columns} == set(made.columns)
        assert rows_of(found, made.table, made.columns) == meant(made)
        counts = (sheet.rows_read, sheet.accepted, sheet.set_aside, sheet.ignored)
        assert counts == (made.rows, len(made.sound), made.aside, made.ignored)
        for column in (column for column in made.columns if specs.of_table(made.table).kinds[column] == "amount"):
            assert Decimal(str(sheet.sums[column])) == made.sum(column), column
        totals(made, {note.key for note in sheet.notes})
    filled = {name for name in schema.tables() if found.cursor.execute(f"SELECT 1 FROM in_{name} LIMIT 1").fetchall()}
    assert filled - {made.table for made in sheets} <= {"institutions", BRANCHES, "products", "clients"}


def totals(made: Made, notes: set[str]) -> None:
    """The file's own total is compared with its rows; it agrees unless an amount in it could not be read."""
    amounts = [column for column in made.columns if specs.of_table(made.table).kinds[column] == "amount"]
    if made.style.total and amounts and not made.unlike_total:
        assert "import.note_total_agrees" in notes
    assert made.unlike_total or "import.note_total_differs" not in notes


def trial(store: Store, sheets: Sequence[Made], institution: str, whole: bool = True) -> None:
    """One workbook, from its file to its rows; `whole` lands it and imports it again, which changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        ending, content = file(sheets)
        path = Path(folder) / f"{institution}.{ending}"
        path.write_bytes(content)
        found = seen(store, path, sheets[0].style, institution)
        holds(found, sheets)
        if not whole:
            return
        ingest.land(store, found, "test")
        before = checksums(store)
        again = ingest.preview(store, [path], found.options)
        assert again.repeated is not None
        assert ingest.land(store, again, "test").repeated
        assert checksums(store) == before


def back_again(store: Store, table: str, institution: str, form: str, folder: Path) -> None:
    """What is exported is read back, by a store that holds nothing, as the very same rows."""
    cursor = store.cursor(Scope(institutions=(institution,)))
    path = folder / f"{table}.{form}"
    exporting.write(cursor, table, path)
    columns = schema.tables()[table].columns
    names = ", ".join(map(quote, columns))
    live = cursor.execute(f"SELECT {names} FROM {quote('v_' + table)}").fetchall()
    with tempfile.TemporaryDirectory() as empty:
        other = Store.open(Path(empty) / "data")
        try:
            found = ingest.preview(other, [path], Options(table=table, accept_new=frozenset({"branch"})))
            assert [error.text() for error in (*found.refused, *found.questions)] == []
            assert rows_of(found, table, list(columns)) == Counter(live)
        finally:
            other.close()
