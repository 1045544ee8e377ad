"""Writes the tables as Parquet, checked by the canonical tables' own SQL."""

from pathlib import Path

import duckdb
import pyarrow as pa

FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 19"


def write(made: dict[str, pa.Table], folder: Path, definitions: Path) -> None:
    """One file a table. A value that its canonical table does not allow stops the run.

    Amounts are whole francs, so they are written as integers whatever decimals the canonical table keeps.
    """
    with duckdb.connect(config={"threads": 1}) as con:
        for name, table in sorted(made.items()):
            con.execute((definitions / f"{name}.sql").read_text(encoding="utf-8"))
            con.register("made", table)
            columns = ", ".join(f'"{column}"' for column in table.column_names)
            con.execute(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM made')
            con.unregister("made")
            kinds = dict(con.execute(f'SELECT column_name, column_type FROM (DESCRIBE "{name}")').fetchall())
            whole = ", ".join(
                f'"{column}"::BIGINT AS "{column}"' if kinds[column].startswith("DECIMAL") else f'"{column}"'
                for column in table.column_names
            )
            con.execute(f"COPY (SELECT {whole} FROM \"{name}\") TO '{folder / name}.parquet' ({FORMAT})")
