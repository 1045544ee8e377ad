"""Twenty thousand wrong files, tables and addresses: each ends in a result or a sentence, none in another meaning."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from metrics.access.roles import offered
from metrics.store import Store
from tests import fresh
from tests.browser.window import serving
from tests.generated import trial
from tests.generating import Made, sheets
from tests.trust import fuzzing, odd

LINE = (
    "fuzzing: importer, policy, indicator file, mapping, address parameters, >= 20,000 cases in the nightly target, "
    "2,000 in `make test` | 0 tracebacks, 0 silent"
)
FEWEST = 20_000
CASES = {"policy": 3500, "mapping": 4000, "own": 4500, "disclosure": 1500, "regulator": 1500, "pack": 1000,
         "settings": 500, "head": 200}  # fmt: skip
TABLES, BOOKS, GENERATED, PAGES = 3000, 150, 60, 120
DONE = ("result", "sentence")


def run(cases: Mapping[str, int] = CASES, fewest: int = FEWEST, share: float = 1.0) -> dict[str, object]:
    """Tries all cases; the first that ends otherwise is raised. `share` of the slower ones, for a quick look."""
    seen: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for target, count in cases.items():
            seen[target] = fuzzing.tomls(target, count, folder)
        seen["tables"] = odd.tables(int(TABLES * share), folder)
        store = fresh.opened(folder / "books")
        try:
            seen["loan books"] = odd.books(store, int(BOOKS * share))
            seen["generated workbooks"] = generated(store, int(GENERATED * share))
        finally:
            store.close()
        fresh.sample(folder / "pages")
        with serving(folder / "pages") as server:
            seen["addresses"] = odd.pages(server.address, tuple(offered()), int(PAGES * share))
    counts = {target: sum(counted[how] for how in DONE) for target, counted in seen.items()}
    assert sum(counts.values()) >= fewest, counts
    return {
        "cases": sum(counts.values()), **{f"of {target}": count for target, count in counts.items()},
        "hostile values in addresses": seen["addresses"]["values"], "odd cells": seen["loan books"]["cells"],
        "refused in a sentence": sum(counted["sentence"] for counted in seen.values()),
        "tracebacks": 0, "silent": 0,
    }  # fmt: skip


def generated(store: Store, cases: int) -> Counter[str]:
    """Workbooks whose meaning is known: every row accounted for, every value as it was meant."""
    seen = Counter[str]()

    @seed(fuzzing.SEED)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate])  # fmt: skip
    @given(made=sheets())
    def tried(made: list[Made]) -> None:
        trial(store, made, "own", whole=False)
        seen["result"] += 1

    tried()
    return seen
