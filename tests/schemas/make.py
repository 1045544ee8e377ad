"""Write the database that each earlier version made, as statements: `python tests/schemas/make.py` in the repository.

Each file is what a version's own code created, with a few rows, named after the day and the commit of a change to the
schema. Views and measures are left out: opening a database makes them anew.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Each commit after which a database was another than before.
COMMITS = (
    "c61f830", "f877af6", "a119744", "36d2f65", "3a63a93", "d4e7419", "6b443aa", "5c843e2", "87b567b", "44f5c5b",
)  # fmt: skip
# Run with the code of a version: make its database, put rows in, and print the statements that make both again.
MADE = """
import duckdb, sys
from metrics import schema
con = duckdb.connect()
schema.create(con)
ROWS = {
    "facts.institutions": ["institution_id", "institution_name", "currency"],
    "facts.branches": ["institution_id", "branch_id", "branch_name"],
    "facts.clients": ["institution_id", "client_id", "gender"],
    "facts.loans": ["institution_id", "loan_id", "client_id", "as_of", "branch_id", "principal_outstanding",
                    "days_past_due"],
}
GIVEN = {
    "facts.institutions": [["own", "Own", "XOF"]],
    "facts.branches": [["own", "north", "North"], ["own", "south", "South"]],
    "facts.clients": [["own", f"c{n}", "FM"[n % 2]] for n in range(4)],
    "facts.loans": [["own", str(n), f"c{n % 4}", day, "north" if n % 2 else "south", 100.5 * n, (n % 3) * 35]
                    for n in range(1, 7) for day in ("2026-08-31", "2026-09-30")],
}
for table, columns in ROWS.items():
    for row_no, row in enumerate(GIVEN[table], 1):
        names = ", ".join([*columns, "batch_id", "file_no", "row_no"])
        places = ", ".join("?" * (len(columns) + 3))
        con.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [*row, 1, 1, row_no])
con.execute("INSERT INTO batches (batch_id, landed_at, who, status, answers) VALUES (nextval('batch_ids'), "
            "'2026-10-01 08:00:00', 'Ana', 'live', '{}')")
for no, (table, rows) in enumerate(GIVEN.items(), 1):
    name = table.partition(".")[2]
    con.execute("INSERT INTO batch_files (batch_id, file_no, name, sha256, sheet, table_name, mapping, rows_read, "
        "accepted, set_aside, ignored, sums, notes) VALUES (1, ?, ?, ?, '', ?, '{}', ?, ?, 0, 0, '{}', '[]')",
        [no, name + ".csv", f"{no:064x}", name, len(rows), len(rows)])
known = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
if "policy_versions" in known:
    con.execute("INSERT INTO policy_versions VALUES ('board', 1, 'name = \\"board\\"', '2026-10-02', 'Ana', 'first', "
                "NULL, NULL, repeat('0', 64))")
if "records" in known:
    con.execute("INSERT INTO records VALUES ('own', 'note', 'N-001', 1, '2026-10-03', 'Bo', '', false, "
                "'{\\"text\\": \\"Watch Kolo\\"}', NULL, NULL)")
print("CREATE SCHEMA facts;\\nCREATE SCHEMA measures;\\nCREATE SEQUENCE batch_ids START 2;")
tables = con.execute("SELECT schema_name, table_name, sql FROM duckdb_tables() WHERE schema_name IN ('facts', 'main') "
                     "AND NOT temporary ORDER BY ALL").fetchall()
for place, table, sql in tables:
    print(sql)
for place, table, _ in tables:
    columns = [c for (c,) in con.execute("SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND "
        "table_name = ? ORDER BY column_index", [place, table]).fetchall()]
    texts = con.execute("SELECT " + ", ".join(f'"{c}"::VARCHAR' for c in columns) + f" FROM {place}.{table}").fetchall()
    for row in texts:
        kept = [(c, v) for c, v in zip(columns, row) if v is not None]
        values = ", ".join("'" + v.replace("'", "''") + "'" for _, v in kept)
        print(f"INSERT INTO {place}.{table} ({', '.join(c for c, _ in kept)}) VALUES ({values});")
"""


def made(commit: str) -> str:
    """The statements that make the database of a commit."""
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "code.tar"
        subprocess.run(["git", "archive", "-o", str(archive), commit, "metrics"], cwd=ROOT, check=True)
        with tarfile.open(archive) as packed:
            packed.extractall(name, filter="data")
        return subprocess.run(
            [sys.executable, "-c", MADE], cwd=name, check=True, capture_output=True, text=True, env={"PYTHONPATH": name}
        ).stdout


def main() -> None:
    """Write one file a commit."""
    for at, commit in enumerate(COMMITS, 1):
        (HERE / f"{at:02d}-{commit}.sql").write_text(made(commit), encoding="utf-8")


if __name__ == "__main__":
    main()
