"""Templates: every table in every language, filled in, is read as it was meant."""

import tempfile
from decimal import Decimal
from pathlib import Path

from metrics import schema
from metrics.ingest import Options, preview
from metrics.store import Store
from metrics.templates import book, columns, filled, sheet_name
from metrics.words import LANGUAGES
from tests.test_templates import with_examples

LINE = (
    "Templates: the template of every table in English, French and Spanish, filled in with its example, is recognised "
    "as its table, every column certain, every value as it was meant"
)


def run() -> dict[str, object]:
    """Fills in and reads one workbook of all tables in each language."""
    tables = list(schema.tables())
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "data")
        for language in LANGUAGES:
            path = Path(folder) / f"{language}.xlsx"
            path.write_bytes(with_examples(book.workbook(tables, language), tables, language))
            seen = preview(store, [path], Options())
            assert not seen.refused and not seen.questions, [e.text() for e in (*seen.refused, *seen.questions)]
            sheets = {sheet.sheet: sheet for sheet in seen.sheets}
            assert len(sheets) == len(tables)
            for table in tables:
                sheet = sheets[sheet_name(table, language)]
                assert sheet.table == table and all(use.certain for use in sheet.columns)
                wanted = filled(table, language)
                names = ", ".join(f'"{column}"' for column in wanted)
                rows = seen.cursor.execute(f'SELECT {names} FROM "in_{table}"').fetchall()
                found = [[float(v) if isinstance(v, Decimal) else v for v in row] for row in rows]
                assert found == [list(wanted.values())], (language, table)
                count += len(columns(table, language))
        store.close()
    return {"tables": len(tables), "languages": len(LANGUAGES), "columns read as meant": count}
