"""Story 4 of the sample: complaints, exits, late loans; when the warning comes, and whether it moves."""

import datetime
import tempfile
from pathlib import Path

from metrics.store import Store
from tests import fresh, moved
from tests.warned import crossed, first_reds, months

LINE = (
    "Sample story 4 (complaints, drop-out, PAR): an early warning at least 3 months before PAR30 without renegotiated "
    "loans crosses amber (with them PAR30 is above amber from the first month); told earlier or later the story's "
    "warning moves with it; without the story there is none"
)
SHIFTS = (-3, 2)
AMBER, RED = 0.05, 0.10


def run() -> dict[str, object]:
    """Reads the sample, then the same sample with its story moved by some months and without it."""
    with tempfile.TemporaryDirectory() as folder:
        store = fresh.open_copy(Path(folder) / "sample")
        red, reds = crossed(store.cursor(), "par30", RED), first_reds(store.cursor(), moved.BRANCH)
        assert crossed(store.cursor(), "par30", AMBER) is None
        warned, amber = reading(store)
        assert red is not None and months(warned, amber) >= 3, (warned, amber)
        found = {}
        for shift in SHIFTS:
            at, beyond = reading(moved.landed(Path(folder) / f"{shift}", shift))
            found[shift] = (months(warned, at), months(amber, beyond))
        assert all(way == (shift, shift) for shift, way in found.items()), found
        without = moved.landed(Path(folder) / "without", None)
        assert first_reds(without.cursor(), moved.BRANCH) == {}
    return {
        "first red warning": f"{warned}, complaints about collection",
        "then red": ", ".join(f"{name} {day}" for name, day in list(reds.items())[1:]),
        "PAR30 without renegotiated loans crosses amber (5 %)":
            f"{amber}, {months(warned, amber)} months after the warning",
        "PAR30 with renegotiated loans crosses amber (5 %)": "never: it is above amber from the first month",
        "PAR30 with renegotiated loans crosses red (10 %)": f"{red}, {months(warned, red)} months after the warning",
        "story moved by months -> warning and crossing move by": str(found),
        "without the story": "no red warning for the branch",
    }  # fmt: skip


def reading(store: Store) -> tuple[datetime.date, datetime.date]:
    """When Doukoro was first red in any sign, and when its late loans crossed amber."""
    cursor = store.cursor()
    warned = min(first_reds(cursor, moved.BRANCH).values())
    amber = crossed(cursor, "par30_excl_renegotiated", AMBER)
    store.close()
    assert amber is not None
    return warned, amber
