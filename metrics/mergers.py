"""Branches that were merged into another: their figures are shown under the successor, in all months.

The measures keep the branch that each row names; the scoped views of the measures put the successor in its place.
So nothing is counted twice, the successor's growth does not jump by the merger, and undoing a batch undoes it.
"""

import duckdb

from metrics.schema import quote


def apply(cursor: duckdb.DuckDBPyConnection) -> None:
    """Bring the views of the measures in line with the mergers that the table `branches` tells.

    A branch merged into one that was itself merged goes to the last of the row. A merger dated after the newest
    figures has not happened yet; branches merged in a circle stay as they are.
    """
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS measures.mergers (institution_id VARCHAR, merged VARCHAR, successor VARCHAR)"
    )
    before = _count(cursor)
    cursor.execute("DELETE FROM measures.mergers")
    cursor.execute(
        """INSERT INTO measures.mergers
        WITH RECURSIVE merged AS (
            SELECT b.institution_id, b.branch_id, b.merged_into FROM branches AS b
            WHERE b.merged_into <> b.branch_id AND (b.merged_on IS NULL OR b.merged_on <= (
                SELECT max(p.period) FROM measures.periods AS p WHERE p.institution_id = b.institution_id))),
        chain AS (
            SELECT institution_id, branch_id, merged_into AS successor, 1 AS step FROM merged
            UNION ALL
            SELECT c.institution_id, c.branch_id, m.merged_into, c.step + 1
            FROM chain AS c JOIN merged AS m ON m.institution_id = c.institution_id AND m.branch_id = c.successor
            WHERE c.step <= (SELECT count(*) FROM merged))
        SELECT institution_id, branch_id, arg_max(successor, step) FROM chain GROUP BY institution_id, branch_id
        HAVING max(step) <= (SELECT count(*) FROM merged)"""
    )
    if before or _count(cursor):
        _views(cursor)


def _count(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute("SELECT count(*) FROM measures.mergers").fetchall()[0][0])


def _views(cursor: duckdb.DuckDBPyConnection) -> None:
    """Read the measures by successor; the reader's scope counts for the successor too."""
    names = cursor.execute(
        """SELECT table_name FROM duckdb_columns()
        WHERE schema_name = 'measures' AND column_name = 'branch_id' AND data_type = 'VARCHAR' ORDER BY table_name"""
    ).fetchall()
    for (name,) in names:
        cursor.execute(
            f"""CREATE OR REPLACE VIEW {quote("v_m_" + name)} AS
            SELECT * FROM (
                SELECT m.* REPLACE (coalesce(s.successor, m.branch_id) AS branch_id) FROM measures.{quote(name)} AS m
                LEFT JOIN measures.mergers AS s ON s.institution_id = m.institution_id AND s.merged = m.branch_id)
            WHERE list_contains(getvariable('institutions'), institution_id)
                AND (getvariable('branches') IS NULL OR list_contains(getvariable('branches'), branch_id))"""
        )
