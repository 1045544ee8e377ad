"""The scoring engine alone, on anyone's table: first column the unit, the others what a policy names."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from metrics.errors import InputError, nearest
from metrics.policy import Policy
from metrics.score import Scores, score

MISSING = ("", "NA", "NAN", "N/A", "NULL")


def composite(path: Path | str, policy: Policy) -> pd.DataFrame:
    """Scores of the units of a CSV table: unit, node, score, low, high, coverage, rank; scores on 0..100.

    Args:
        path: CSV with comma, semicolon or tab; UTF-8 or Windows-1252; headings in the first row, the unit in
            the first column. Empty, NA and n/a are missing.
        policy: its leaves name the columns.

    Raises:
        InputError: file, row and column at fault; nothing is guessed.
        DefinitionError: a leaf of the policy has no goalposts.
    """
    units, scores = composite_scores(path, policy)
    return scores.frame(units)


def composite_scores(path: Path | str, policy: Policy) -> tuple[list[str], Scores]:
    """The units of a CSV table and their `Scores`; see `composite`."""
    path = Path(path)
    head, rows = _rows(path)
    units = _units(path.name, rows)
    values = np.empty((len(rows), len(policy.leaves)))
    for column, leaf in enumerate(policy.leaves):
        place = _place(path.name, head, leaf.indicator)
        for unit, (number, row) in enumerate(rows):
            at = {"file": path.name, "row": number, "column": leaf.indicator, "value": row[place].strip()}
            values[unit, column] = _number(at, leaf.transform)
    return units, score(values, policy)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and each row that is not empty with its number in the file."""
    text = _text(path)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError("policy.table_unreadable", file=path.name, reason=str(error)) from error
    rows = [(number, row) for number, row in enumerate(found, start=1) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise InputError("policy.table_empty", file=path.name)
    head = [name.strip() for name in rows[0][1]]
    for number, row in rows[1:]:
        if len(row) > len(head):
            cells = {"found": len(row), "expected": len(head)}
            raise InputError("policy.table_wide", file=path.name, row=number, **cells)
    return head, [(number, row + [""] * (len(head) - len(row))) for number, row in rows[1:]]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("policy.table_unreadable", file=path.name, reason=error.strerror or "") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _units(file: str, rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    units: dict[str, None] = {}
    for number, row in rows:
        unit = row[0].strip()
        if not unit:
            raise InputError("policy.table_no_unit", file=file, row=number)
        if unit in units:
            raise InputError("policy.table_unit_twice", file=file, row=number, unit=unit)
        units[unit] = None
    return list(units)


def _place(file: str, head: Sequence[str], column: str) -> int:
    if column not in head:
        raise InputError("policy.table_no_column", file=file, column=column, nearest=nearest(column, head))
    if head.count(column) > 1:
        raise InputError("policy.table_column_twice", file=file, column=column)
    return head.index(column)


def _number(at: dict[str, Any], transform: str) -> float:
    """The number in one cell; NaN where it is missing."""
    text = at["value"]
    if text.upper() in MISSING:
        return math.nan
    # Python would take 1_000 for a number; a reader might have meant something else.
    plain = "_" not in text
    try:
        number = float(text) if plain else math.nan
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise InputError("policy.table_not_number", **at)
    if transform == "log" and number <= 0:
        raise InputError("policy.table_not_log", **at)
    return number
