"""The limits of speed of what moves with the hand."""

from tests.prove.speed import timed

LINE = (
    "`make bench`, Trade-offs: from the input event to the end of drawing at most 8 ms at the 95th percentile for 40 "
    "units x 128 leaves, 16 ms for 400 units; 0 of 300 frames of a drag without a redraw"
)


def run() -> dict[str, object]:
    """Runs the bench of the live component and holds each figure to its limit."""
    return timed("component")
