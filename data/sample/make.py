"""Make the sample institution: python data/sample/make.py [--out FOLDER] [--without STORY]...

Writes one Parquet file for each canonical table that the sample fills, and messy.xlsx. Same bytes every time.
"""

import argparse
from pathlib import Path

from generator import files, institution, stories, workbook

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Read the options, build the tables, write the files."""
    parser = argparse.ArgumentParser(description="Make the sample institution.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the files (default: beside this script)")
    parser.add_argument("--without", action="append", default=[], choices=stories.STORIES, help="leave out a story")
    options = parser.parse_args()
    made = institution.build(stories.told(options.without))
    options.out.mkdir(parents=True, exist_ok=True)
    files.write(made, options.out, HERE.parents[1] / "metrics" / "tables")
    (options.out / "messy.xlsx").write_bytes(workbook.messy(made))


if __name__ == "__main__":
    main()
