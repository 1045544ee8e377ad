"""The limit of speed of many readers at once."""

from tests.prove.speed import timed

LINE = "`make bench`, ten readers at once on a page after the other: p95 < 1 s, beside the same of an empty page"


def run() -> dict[str, object]:
    """Runs the bench of ten readers and holds it to its limit."""
    return timed("many")
