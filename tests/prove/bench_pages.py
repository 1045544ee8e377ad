"""The limits of speed of the pages."""

from tests.prove.speed import timed

LINE = (
    "`make bench`, pages: a page's changed filter under 50 ms; one slice of all indicators under 100 ms, 24 dates x 12 "
    "branches of them under 1 s; first page under 5 s; board page as PDF under 3 s"
)


def run() -> dict[str, object]:
    """Runs the benches of the pages and holds each figure to its limit."""
    return timed("board_page", "first_page", "slice")
