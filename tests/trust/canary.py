"""A database of one's own in which every branch bears a word of its own, in every text and in every id.

It is the sample's, so that every page has something to show. What a reader of some branches is sent can then be
searched for the words of the others.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

import duckdb

from metrics import measures, records, sample, schema
from metrics.schema import quote, text
from metrics.store import BatchFile, Cursor, NewBatch, Store

Told = Callable[[str, str, str], str]
SIGN = "zq"
# Texts that the app reads as codes: changed, they would tell nothing, and what is to be seen would be less.
CODES = {
    "institution_id", "branch_id", "product_id", "question_key", "answer_code", "account_code", "survey_id", "currency",
    "effect_indicator_id", "risk_id", "category", "mode", "merged_into", "location", "channel",
}  # fmt: skip


def word(branch: str) -> str:
    """What stands for a branch: letters and digits alone, so that nothing is put before any of its signs."""
    return SIGN + hashlib.sha256(branch.encode()).hexdigest()[:10]


def plain(branch: str, table: str, column: str) -> str:
    """What is put behind a text where nothing else is asked for: the word of its branch."""
    return word(branch) if branch else ""


def planted(folder: Path, kept: Collection[str] = (), since: str = "2000-01-01", told: Told = plain) -> Store:
    """The sample as the data of one's own, every branch with its word; some branches and the months from a day on.

    `told` gives what is put behind each text of a column of a table, for a branch (empty for rows of none).
    """
    store = Store.open(folder)
    cursor = store.cursor()
    frames, described = {}, []
    for file_no, (name, path) in enumerate(_written(store.staging, kept, since, told), start=1):
        cursor.execute(
            f"CREATE TEMP VIEW {quote('landing_' + name)} AS SELECT *, {file_no} AS file_no, "
            f"(row_number() OVER ())::INTEGER AS row_no FROM read_parquet({text(str(path))})"
        )
        n = int(cursor.execute(f"SELECT count(*) FROM {quote('landing_' + name)}").fetchall()[0][0])
        frames[name] = "landing_" + name
        described.append(BatchFile(f"{name}.csv", f"{file_no:064x}", "", name, {}, n, n, 0, 0))
    store.land(NewBatch("test", {}, tuple(described)), frames, cursor, after=lambda c, _: _records(c, kept))
    measures.ensure(cursor)
    cursor.close()
    for name in frames:
        (store.staging / f"planted-{name}.parquet").unlink()
    return store


def _written(staging: Path, kept: Collection[str], since: str, told: Told) -> list[tuple[str, Path]]:
    """The sample's tables with the words in them, as files that the store may read."""
    found = []
    with duckdb.connect() as con:
        con.create_function("word", word, ["VARCHAR"], "VARCHAR")
        con.execute(f"CREATE TABLE loans AS SELECT * FROM read_parquet({text(str(sample.FOLDER / 'loans.parquet'))})")
        con.execute(
            """CREATE TABLE named AS SELECT DISTINCT branch_id AS old, word(branch_id) AS word FROM loans
            WHERE ? OR list_contains(?, branch_id)""",
            [not kept, list(kept)],
        )
        con.execute("CREATE TABLE lent AS SELECT DISTINCT loan_id, branch_id FROM loans WHERE as_of >= ?", [since])
        branches = [row[0] for row in con.execute("SELECT old FROM named ORDER BY 1").fetchall()]
        for file in sample.files():
            path = staging / f"planted-{file.stem}.parquet"
            con.execute(
                f"COPY ({_marked(schema.tables()[file.stem], file, since, branches, told)}) TO {text(str(path))}"
            )
            found.append((file.stem, path))
    return found


def _marked(table: schema.Table, file: Path, since: str, branches: Collection[str], told: Told) -> str:
    """The rows of a file, each with its branch's word in every text; those of branches that are not kept are gone."""
    rows = f"SELECT t.* FROM read_parquet({text(str(file))}) AS t"
    with duckdb.connect() as con:
        there = [row[0] for row in con.execute(f"DESCRIBE {rows}").fetchall()]
    marked = [name for name in there if table.columns[name] == "VARCHAR" and name not in CODES]

    def behind(name: str) -> str:
        known = "".join(f" WHEN {text(one)} THEN {text(told(one, table.name, name))}" for one in branches)
        return f"t.{quote(name)} || CASE old{known} END AS {quote(name)}"

    if "branch_id" in there or table.name == "loan_schedule":
        of = "t.branch_id" if "branch_id" in there else "l.branch_id"
        lent = "" if "branch_id" in there else "JOIN lent AS l ON l.loan_id = t.loan_id "
        shown = ", ".join([*(["word AS branch_id"] if "branch_id" in there else []), *map(behind, marked)])
        days = f"WHERE as_of >= {text(since)}::DATE" if table.name == "loans" else ""
        return f"SELECT t.* REPLACE ({shown}) FROM ({rows}) AS t {lent}JOIN named ON old = {of} {days}"
    shown = ", ".join(f"t.{quote(name)} || {text(told('', table.name, name))} AS {quote(name)}" for name in marked)
    return f"SELECT t.* {f'REPLACE ({shown})' if shown else ''} FROM ({rows}) AS t"


def _records(cursor: Cursor, kept: Collection[str]) -> None:
    """What the sample's people wrote down of the branches that are kept, and of none."""
    for file in sample.written():
        for told in json.loads(file.read_text(encoding="utf-8")):
            branch = told["body"].get("branch_id")
            if kept and branch not in (None, *kept) or file.stem == "need":
                continue
            body, name = json.dumps(told["body"], ensure_ascii=False), told["id"]
            if branch:
                body, name = body.replace(branch, word(branch)), name.replace(branch, word(branch))
            at, why, gone = datetime.fromisoformat(told["at"]), told.get("why", ""), told.get("removed", False)
            key = (sample.INSTITUTION, file.stem, name, 0)
            records.insert(cursor, records.Record(*key, at, told["who"], why, gone, json.loads(body)))
