"""Data checks: each a SELECT that should find nothing, with what a finding may mean and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from metrics import heads
from metrics.errors import DefinitionError, EvenkeelError, nearest

Cursor = duckdb.DuckDBPyConnection
FOLDER = Path(__file__).parent / "checks"
SEVERITIES = ("error", "warning", "hint")
TEXTS = ("title", "meaning", "remedy")
MOST = 1000
LINEAGE = ("batch_id", "file_no", "row_no")


@dataclass(frozen=True)
class Check:
    """One check. `severity`: error (figures are wrong), warning (may be), hint (worth knowing).

    `texts` maps each language to its `TEXTS`.
    """

    name: str
    severity: str
    texts: Mapping[str, Mapping[str, str]]
    sql: str

    def text(self, language: str, name: str) -> str:
        """One of its `TEXTS` in a language."""
        return self.texts[language][name]


@dataclass(frozen=True, eq=False)
class Finding:
    """What a check found: how many, and at most `MOST` of them with the file and row that each came from."""

    check: Check
    count: int
    rows: pd.DataFrame


@cache
def catalogue() -> dict[str, Check]:
    """All checks by name, the gravest first.

    Raises:
        DefinitionError: a wrong file, with the key and the nearest valid one.
    """
    found = []
    for file in sorted(FOLDER.glob("*.sql")):
        head, sql = heads.read(file)
        head, texts = heads.with_texts(file.name, head, TEXTS, {"severity"})
        if head["severity"] not in SEVERITIES:
            near = nearest(str(head["severity"]), SEVERITIES)
            raise DefinitionError(
                "errors.definition_bad_value", file=file.name, key="severity", value=str(head["severity"]),
                expected=", ".join(SEVERITIES), nearest=near,
            )  # fmt: skip
        found.append(Check(name=file.stem, texts=texts, sql=sql, **head))
    return {check.name: check for check in sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.name))}


def run(cursor: Cursor, names: Iterable[str] | None = None) -> list[Finding]:
    """What the checks find in the reader's scope, the gravest first; checks that find nothing are left out.

    Args:
        names: checks to run; None for all.

    Raises:
        EvenkeelError: no such check, with the nearest one.
    """
    known = catalogue()
    chosen = list(known) if names is None else list(names)
    for name in chosen:
        if name not in known:
            raise EvenkeelError("errors.unknown_check", name=name, nearest=nearest(name, known))
    # Row by row the newest snapshot alone is looked at: an old one that nobody will correct would hide it.
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE newest AS "
        "SELECT institution_id, max(as_of) AS as_of FROM v_loans GROUP BY institution_id"
    )
    found = (_found(cursor, known[name]) for name in chosen)
    return [finding for finding in found if finding.count]


def _found(cursor: Cursor, check: Check) -> Finding:
    count = int(cursor.execute(f"SELECT count(*) FROM ({check.sql}) AS q").fetchall()[0][0])
    if not count:
        return Finding(check, 0, pd.DataFrame())
    rows = cursor.execute(f"SELECT q.* FROM ({check.sql}) AS q LIMIT 1000").df()
    return Finding(check, count, _with_files(cursor, rows))


def _with_files(cursor: Cursor, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with file, sheet and row in place of batch and number; the institution goes where there is one."""
    if rows["institution_id"].nunique() == 1:
        rows = rows.drop(columns="institution_id")
    if "batch_id" not in rows:
        return rows
    files = cursor.execute("SELECT batch_id, file_no, name AS file, sheet FROM batch_files").df()
    merged = rows.merge(files, on=["batch_id", "file_no"], how="left").rename(columns={"row_no": "row"})
    plain = [name for name in merged.columns if name not in (*LINEAGE, "file", "sheet", "row")]
    return merged[[*plain, "file", "sheet", "row"]]
