"""The sample has a balance in every branch, though its ledger is of the whole institution only."""

import tempfile
from pathlib import Path

from tests.prove.command import rows

LINE = "The sample, ledger not split by branch: 12 of 12 branches have a balance"


def run() -> dict[str, object]:
    """Scores the sample in an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        scored = rows("score", "--by", "branch", data=Path(folder))
    balances = {row["unit"]: row["score"] for row in scored if row["node"] == ""}
    assert len(balances) == 12, balances
    assert all(balances.values()), balances
    return {"branches": len(balances), "with a balance": sum(bool(score) for score in balances.values())}
