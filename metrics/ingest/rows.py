"""The rows of a sheet as text in a temporary table, and the first of them for finding the headings."""

from pathlib import Path

from metrics.ingest.child.cells import DATE, ERROR, NUMBER, TOO_LONG
from metrics.ingest.model import Sheet, TopRow
from metrics.store import Cursor, quote

TOP_ROWS = 60
LONGEST_LINE = 64 << 20
MARKS = NUMBER + DATE + ERROR + TOO_LONG


def prepare(cursor: Cursor) -> None:
    """Make the macros that read cells (`macros.sql`) known to a cursor."""
    sql = (Path(__file__).parent / "macros.sql").read_text(encoding="utf-8")
    for statement in cursor.extract_statements(sql):
        cursor.execute(statement)


def load(cursor: Cursor, sheet: Sheet, table: str) -> None:
    """Load a sheet's rows into a temporary table: row_no, cells, c0, c1, ... as text without blanks around it."""
    columns = {"row_no": "INTEGER", "cells": "INTEGER"}
    columns |= {f"c{index}": "VARCHAR" for index in range(len(sheet.columns))}
    texts = ", ".join(f"trim({quote(f'c{index}')}) AS {quote(f'c{index}')}" for index in range(len(sheet.columns)))
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(table)} AS
        SELECT row_no, cells, {texts} FROM read_csv($file, header = false, auto_detect = false,
            delim = $delimiter, quote = '"', escape = '"', columns = $columns, nullstr = '\x05',
            max_line_size = $longest)""",
        {"file": str(sheet.rows_file.resolve()), "delimiter": sheet.delimiter, "columns": columns,
         "longest": LONGEST_LINE},
    )  # fmt: skip
    _load_fixes(cursor, sheet, fixes_of(table))


def fixes_of(raw: str) -> str:
    """The temporary table of what the child process mended in a sheet: row_no, place, name, before."""
    return raw + "_fixes"


def _load_fixes(cursor: Cursor, sheet: Sheet, table: str) -> None:
    columns = {"row_no": "INTEGER", "place": "INTEGER", "name": "VARCHAR", "before": "VARCHAR"}
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(table)}
        (row_no INTEGER, place INTEGER, name VARCHAR, before VARCHAR)"""
    )
    if sheet.fixes_file:
        cursor.execute(
            f"""INSERT INTO {quote(table)} FROM read_csv($file, header = false, auto_detect = false, delim = ',',
                quote = '"', escape = '"', columns = $columns, nullstr = '\x05')""",
            {"file": str(sheet.fixes_file.resolve()), "columns": columns},
        )


def drop(cursor: Cursor, table: str) -> None:
    """Take a sheet's rows away again, with what the child process mended in them."""
    cursor.execute(f"DROP TABLE {quote(table)}")
    cursor.execute(f"DROP TABLE {quote(fixes_of(table))}")


def top(cursor: Cursor, table: str) -> list[TopRow]:
    """The first rows of a sheet, cells without marks."""
    found = cursor.execute(f"SELECT * FROM {quote(table)} ORDER BY row_no LIMIT {TOP_ROWS}").fetchall()
    return [TopRow(row[0], row[1], tuple((cell or "").lstrip(MARKS).strip() for cell in row[2:])) for row in found]
