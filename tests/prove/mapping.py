"""Columns recognised unaided: invented exports in four languages, fresh ones, and Fineract's own tables."""

import tempfile
from pathlib import Path

from tests.exports import EXPORTS
from tests.exports.fresh import FRESH
from tests.ingesting import opened
from tests.prove.command import GOLDEN
from tests.test_mapping import FINERACT, LEAST_RIGHT, plan_of, score

LINE = (
    "Mapping: 12 invented exports in English, French, Spanish and Portuguese and Fineract's six tables: at least 95 % "
    "of columns right unaided, none wrong that is marked certain; four more exports that nobody tuned for"
)


def run() -> dict[str, object]:
    """Counts columns that are read as what they are; a wrong one that is certain fails the line."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as store:
        invented, fresh = score(store, Path(folder), EXPORTS), score(store, Path(folder), FRESH)
        plans = {name: plan_of(store, GOLDEN / "fineract" / f"{name}.csv") for name in FINERACT}
    of_fineract = sum(len(wanted) for _, wanted in FINERACT.values())
    right = sum(
        len({use.column for use in plan.uses if use.certain} & FINERACT[name][1]) for name, plan in plans.items()
    )
    wrong = sum(len({use.column for use in plan.uses} - FINERACT[name][1]) for name, plan in plans.items())
    assert not invented.tables, invented.tables
    assert invented.right >= LEAST_RIGHT * invented.columns, invented.wrong
    assert not invented.wrong_certain and not fresh.wrong_certain, (invented.wrong_certain, fresh.wrong_certain)
    assert right == of_fineract and not wrong, (right, wrong)
    return {
        "exports": len(EXPORTS), "languages": len({export.language for export in EXPORTS}),
        "columns right": f"{invented.right} of {invented.columns}",
        "Fineract's columns right": f"{right} of {of_fineract}",
        "fresh exports": f"{fresh.right} of {fresh.columns}", "wrong and marked certain": 0,
    }  # fmt: skip
