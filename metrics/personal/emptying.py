"""A client's rows without the client: the numbers replaced, the words emptied, the rows themselves still counted.

Money stays to the last cent: loans, savings, schedules and transactions keep their rows under a number that leads
nowhere. Of the person, the birth date becomes its year and the district goes; what was said becomes `•••`.
"""

import json
import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

from metrics import schema
from metrics.classes import HIDDEN
from metrics.personal.finding import LINKS, Person
from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
# What is done besides, in this order, each by itself so that its effect is known: reason -> statements.
STEPS = {
    "birth_date": (
        """UPDATE facts.clients SET birth_date = make_date(year(birth_date), 1, 1)
        WHERE institution_id = $institution AND client_id = $client AND birth_date IS NOT NULL""",
    ),
    "district": (
        """UPDATE facts.clients SET district = NULL
        WHERE institution_id = $institution AND client_id = $client AND district IS NOT NULL""",
    ),
    "words": (
        """UPDATE facts.complaints SET description = if(description IS NULL, NULL, '•••'), may_quote = false
        WHERE institution_id = $institution AND client_id = $client""",
        # The answers of a poverty scorecard are options that were read out, not anybody's words.
        """UPDATE facts.client_surveys SET answer_text = if(answer_text IS NULL OR survey_type = 'ppi'
            OR starts_with(question_key, 'ppi_'), answer_text, '•••'), may_quote = false
        WHERE institution_id = $institution AND client_id = $client""",
        """UPDATE facts.applications SET rejection_reason = '•••'
        WHERE institution_id = $institution AND client_id = $client AND rejection_reason IS NOT NULL""",
    ),
}  # fmt: skip
OWN_TEXTS = """
SELECT description FROM facts.complaints WHERE institution_id = $institution AND client_id = $client
UNION SELECT answer_text FROM facts.client_surveys WHERE institution_id = $institution AND client_id = $client
    AND survey_type IS DISTINCT FROM 'ppi' AND NOT starts_with(question_key, 'ppi_')
"""
# Texts beside the tables that may name a person: table -> columns.
BESIDE = {
    "set_aside": ("value", "params"), "batches": ("answers",), "batch_files": ("name", "mapping", "notes", "sums"),
    "batch_records": ("kept",), "kept_mappings": ("mapping",),
}  # fmt: skip
SHORTEST = 4  # letters of a number that is looked for in texts: a shorter one would hit figures


def texts(cursor: Cursor, person: Person) -> list[str]:
    """What the person said, in complaints and surveys."""
    who = {"institution": person.institution, "client": person.client}
    return [row[0] for row in cursor.execute(OWN_TEXTS, who).fetchall() if row[0] and row[0].strip()]


def step(cursor: Cursor, person: Person, name: str) -> int:
    """Do one of `STEPS`; returns how many rows it changed."""
    who = {"institution": person.institution, "client": person.client}
    return sum(int(cursor.execute(sql, who).fetchall()[0][0]) for sql in STEPS[name])


def numbers(cursor: Cursor, person: Person) -> dict[str, str]:
    """Put numbers that lead nowhere in the place of the person's, the same in all tables; returns old -> new."""
    listed = [("client_id", person.client)]
    listed += [(column, one) for column, every in person.numbers.items() if column != "response_id" for one in every]
    fresh = {one: f"erased-{secrets.token_hex(8)}" for one in {one for _, one in listed}}
    _own_numbers(cursor, person)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE erased_numbers (column_name VARCHAR, number VARCHAR, fresh VARCHAR)"
    )
    cursor.executemany(
        "INSERT INTO erased_numbers VALUES (?, ?, ?)", [[column, one, fresh[one]] for column, one in listed]
    )
    for table in schema.tables().values():
        for column in (column for column in LINKS if column in table.columns):
            cursor.execute(
                f"""UPDATE facts.{quote(table.name)} AS t SET {quote(column)} = e.fresh FROM erased_numbers AS e
                WHERE e.column_name = $column AND t.{quote(column)} = e.number AND t.institution_id = $institution""",
                {"column": column, "institution": person.institution},
            )
    cursor.execute("DROP TABLE erased_numbers")
    return fresh


def _own_numbers(cursor: Cursor, person: Person) -> None:
    """Numbers of single rows: a transaction's, and a response's within its survey."""
    who = {"institution": person.institution}
    loans = list(person.numbers.get("loan_id", ()))
    cursor.execute(
        """UPDATE facts.loan_transactions SET txn_id = 'erased-' || left(md5(txn_id || $salt), 16)
        WHERE institution_id = $institution AND list_contains($loans::VARCHAR[], loan_id)""",
        who | {"loans": loans, "salt": secrets.token_hex(16)},
    )
    cursor.execute(
        """UPDATE facts.client_surveys SET response_id = 'erased-' || left(md5(response_id || $salt), 16)
        WHERE institution_id = $institution AND client_id = $client""",
        who | {"client": person.client, "salt": secrets.token_hex(16)},
    )


def pattern(words: Iterable[str]) -> str:
    """A regular expression that finds these words where no letter or digit goes on; empty where none is long enough."""
    known = [re.escape(word) for word in words if len(word) >= SHORTEST]
    return rf"(^|[^\p{{L}}\p{{N}}])({'|'.join(known)})($|[^\p{{L}}\p{{N}}])" if known else ""


def mentions(cursor: Cursor, words: Sequence[str]) -> set[int]:
    """Hide these words in every other text of the data; returns the batches in which one stood."""
    found: set[int] = set()
    wanted = pattern(words)
    if not wanted:
        return found
    for table in schema.tables().values():
        for column in (name for name, kind in table.columns.items() if kind == "VARCHAR"):
            found |= _hide(cursor, f"facts.{quote(table.name)}", column, wanted)
    there = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()}
    for name, columns in BESIDE.items():
        for column in columns if name in there else ():
            found |= _hide(cursor, quote(name), column, wanted)
    return found


def _hide(cursor: Cursor, table: str, column: str, wanted: str) -> set[int]:
    x = quote(column)
    has = "batch_id" if table != '"kept_mappings"' else "NULL::INTEGER"
    rows = cursor.execute(
        f"SELECT DISTINCT {has} FROM {table} WHERE regexp_matches({x}::VARCHAR, ?)", [wanted]
    ).fetchall()
    for _ in range(2) if rows else ():  # what stands twice side by side shares a letter
        cursor.execute(
            f"UPDATE {table} SET {x} = regexp_replace({x}::VARCHAR, ?, ?, 'g') WHERE regexp_matches({x}::VARCHAR, ?)",
            [wanted, rf"\1{HIDDEN}\3", wanted],
        )
    return {int(row[0]) for row in rows if row[0] is not None}


def without(value: Any, fresh: dict[str, str], wanted: "re.Pattern[str] | None") -> Any:
    """Plain values with the person's numbers replaced and words hidden, wherever they stand."""
    if isinstance(value, dict):
        return {without(name, fresh, wanted): without(one, fresh, wanted) for name, one in value.items()}
    if isinstance(value, list):
        return [without(one, fresh, wanted) for one in value]
    if not isinstance(value, str):
        return value
    if value in fresh:
        return fresh[value]
    parts = value.split("/")  # a reference: complaints/C-17
    if len(parts) > 1 and any(part in fresh for part in parts):
        return "/".join(fresh.get(part, part) for part in parts)
    return wanted.sub(lambda one: fresh.get(one[0], HIDDEN), value) if wanted else value


def plain_pattern(words: Iterable[str]) -> "re.Pattern[str] | None":
    """The same as `pattern`, for texts that are looked through here."""
    known = [re.escape(word) for word in words if len(word) >= SHORTEST]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(known)})(?![^\W_])") if known else None


def corrections(cursor: Cursor, number: int) -> None:
    """Hide what cells of a batch were corrected to: its rows have it, and nothing is read again from its files."""
    answers = cursor.execute("SELECT answers FROM batches WHERE batch_id = ?", [number]).fetchall()[0][0]
    told = json.loads(answers or "{}")
    if "corrections" in told:
        told["corrections"] = [[*cell[:-1], HIDDEN] for cell in told["corrections"]]
        cursor.execute("UPDATE batches SET answers = ? WHERE batch_id = ?", [as_json(told), number])
    sheets = cursor.execute("SELECT file_no, mapping FROM batch_files WHERE batch_id = ?", [number]).fetchall()
    for file_no, mapping in sheets:
        told = json.loads(mapping or "{}")
        if "corrections" in told:
            told["corrections"] = [[*cell[:-1], HIDDEN] for cell in told["corrections"]]
            cursor.execute(
                "UPDATE batch_files SET mapping = ? WHERE batch_id = ? AND file_no = ?",
                [as_json(told), number, file_no],
            )


def as_json(value: object) -> str:
    """A value as records keep it."""
    return json.dumps(value, ensure_ascii=False)
