"""The register: risks with both legs and indicators, a suggestion that follows the data, a history without gaps."""

import itertools
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from metrics import catalogue, records
from metrics.register import RISK, driving, starters
from metrics.register.risk import risk_of
from tests.records import loan, opened
from tests.test_register import of_late
from tests.test_register_history import EDITS, edited, replayed

LINE = (
    "Register: at least 20 risks, each with two legs and at least one indicator; residual follows data; "
    "history complete under a property test of random edits"
)
RUNS = 150
LATE = (20.0, 60.0, 90.0, 120.0)  # of 1,000 in loans, 45 days late


def run() -> dict[str, object]:
    """Counts the risks, moves the late loans of a small institution, and replays histories of random edits."""
    shipped = starters()
    legs = sum(all(texts["financial"] and texts["social"] for texts in one.texts.values()) for one in shipped.values())
    linked = [sum(name in catalogue.indicators() for name in one.body["indicators"]) for one in shipped.values()]
    assert len(shipped) >= 20 and legs == len(shipped) and min(linked) >= 1
    with tempfile.TemporaryDirectory() as folder:
        likelihoods = following(Path(folder))
        done = histories(Path(folder) / "edits")
    return {
        "risks": len(shipped), "with both legs in two languages": legs, "links to indicators": sum(linked),
        "fewest a risk": min(linked),
        "credit's suggested likelihood at 2, 6, 9, 12 % late": ", ".join(f"{x:.3f}" for x in likelihoods), **done,
    }  # fmt: skip


def following(folder: Path) -> list[float]:
    """The suggestion for the risk of credit as more loans are late; it must rise, and come back down with them."""
    one = risk_of("credit", starters()["credit"].body)
    found = []
    for late in (*LATE, LATE[0]):
        place = folder / f"{len(found)}"
        pressed = driving.pressure(of_late(place, late, late).values())
        assert pressed is not None
        found.append(driving.suggested(one.inherent, one.target, pressed))
    up, back = found[: len(LATE)], found[-1]
    assert up == sorted(set(up)) and back == up[0], found
    return up


def histories(folder: Path) -> dict[str, object]:
    """Random edits by several writers, stale ones among them; every history played from nothing is what stands."""
    store = opened(folder, loans=[loan("1")])
    numbers, counts = itertools.count(1), {"edits kept": 0, "stale edits refused": 0, "overwritten unseen": 0}
    ids = [name for name in starters() if name != "credit"]

    @settings(max_examples=RUNS, deadline=None, database=None, derandomize=True)
    @given(edits=EDITS)
    def whole(edits: list[Any]) -> None:
        number = next(numbers)
        # Every tenth goes on with a shipped risk, whose history grows from run to run.
        name = ids[number % len(ids)] if number % 10 == 0 else f"own-{number}"
        before = len(records.versions(store.cursor(), RISK.name, name))
        kept, refused, unseen = edited(store, name, edits)
        assert len(records.versions(store.cursor(), RISK.name, name)) == before + kept
        played, stands = replayed(store, name)
        assert played == stands
        counts["edits kept"] += kept
        counts["stale edits refused"] += refused
        counts["overwritten unseen"] += unseen

    try:
        whole()
    finally:
        store.close()
    assert counts["overwritten unseen"] == 0
    return {"histories replayed": next(numbers) - 1, **counts}
