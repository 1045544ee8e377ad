"""Writes the tables as Parquet, typed and checked by the canonical tables' own SQL."""

from pathlib import Path

import duckdb
import pyarrow as pa


def write(made: dict[str, pa.Table], folder: Path, definitions: Path) -> None:
    """One file a table. A value that its canonical table does not allow stops the run."""
    with duckdb.connect(config={"threads": 1}) as con:
        for name, table in sorted(made.items()):
            con.execute((definitions / f"{name}.sql").read_text(encoding="utf-8"))
            con.register("made", table)
            columns = ", ".join(f'"{column}"' for column in table.column_names)
            con.execute(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM made')
            con.unregister("made")
            con.execute(
                f'COPY (SELECT {columns} FROM "{name}") TO \'{folder / name}.parquet\' '
                "(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 19)"
            )
