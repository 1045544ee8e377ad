"""The sample as one day's extract: its past month-ends rebuilt and compared with the months that were stripped."""

import tempfile
from pathlib import Path

from tests.rebuilt import compared

LINE = (
    "The sample stripped to its last snapshot, schedule and transactions: rebuilt GLP and "
    "par30_excl_renegotiated equal the stripped months in every branch; PAR30 differs only by the "
    "reschedulings listed"
)


def run() -> dict[str, object]:
    """Lands the extract alone, rebuilds 23 month-ends and compares each branch with the sample's own."""
    with tempfile.TemporaryDirectory() as folder:
        found = compared(Path(folder))
    assert found.months == 23, found
    assert found.cells == 23 * 12, found
    assert found.glp < 1e-6, found
    assert found.excluding < 1e-12, found
    assert found.days == 0, found
    assert found.unlisted < 1e-12, found
    assert found.listed > 0, found
    return {
        "months compared": found.months, "branches by months": found.cells, "loans by months": found.rows,
        "largest difference of GLP": found.glp, "of par30_excl_renegotiated": found.excluding,
        "loans by months whose days late differ": found.days,
        "largest difference of PAR30": f"{found.including:.4f}",
        "of it not explained by the reschedulings listed": found.unlisted,
        "reschedulings listed": found.listed,
    }  # fmt: skip
