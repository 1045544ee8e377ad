"""Generated workbooks: hundreds of random files, each row accounted for, each value as it was meant."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from metrics import exporting
from metrics.store import Store
from tests.generated import back_again, trial
from tests.generating import Made, sheets

LINE = (
    "Generated workbooks: of at least 300 random files (headings in four languages, titles, margins, totals, headings "
    "again, repeats, faulty cells, decimal commas, currencies, encodings) every row is taken, set aside or ignored as "
    "it was written, every value lands as meant, a second import changes nothing, an export is read back exactly"
)
EXAMPLES, WHOLE = 320, 10  # every tenth is landed, imported again, exported and read back
INSTITUTION = "own"


def run() -> dict[str, object]:
    """Tries the files; the first that ends otherwise is reduced and raised."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "data")

        @seed(2026)
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )  # fmt: skip
        @given(made=sheets())
        def tried(made: list[Made]) -> None:
            seen["files"] += 1
            if seen["files"] % WHOLE:
                trial(store, made, INSTITUTION, whole=False)
            else:
                _landed(made, Path(folder) / str(seen["files"]))
                seen["landed, repeated, exported and read back"] += 1
            _counted(seen, made)

        try:
            tried()
        finally:
            store.close()
    assert seen["files"] >= 300, seen
    return dict(seen)


def _landed(made: list[Made], folder: Path) -> None:
    folder.mkdir()
    own = Store.open(folder / "data")
    try:
        trial(own, made, INSTITUTION)
        for one in made:
            for form in exporting.FORMS:
                back_again(own, one.table, INSTITUTION, form, folder)
    finally:
        own.close()


def _counted(seen: Counter[str], made: list[Made]) -> None:
    for one in made:
        seen["sheets"] += 1
        seen["rows taken"] += len(one.sound)
        seen["rows set aside"] += one.aside
        seen["rows ignored"] += one.ignored
