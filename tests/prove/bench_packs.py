"""The limits of speed of the board pack."""

from tests.prove.speed import timed

LINE = (
    "`make bench`, board pack of 12 branches and every indicator with data: PDF under 5 s, PPTX 3 s, XLSX 2 s, "
    "HTML 2 s and 3 MB, under 500 MB of memory"
)


def run() -> dict[str, object]:
    """Runs the bench of the pack and holds each figure to its limit."""
    return timed("pack")
