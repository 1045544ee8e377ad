"""The limits of speed of an import."""

from tests.prove.speed import timed

LINE = (
    "`make bench`, import: a workbook of 100,000 rows x 25 columns to the preview under 10 s; a CSV of 1,000,000 loans "
    "landed under 15 s; both under 1.5 GB with the child that reads"
)


def run() -> dict[str, object]:
    """Runs the benches of the import and holds each figure to its limit."""
    return timed("import_csv", "import_xlsx")
