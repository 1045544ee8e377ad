"""Portfolio at risk in its four living meanings, on a published book and on one worked by hand."""

import tempfile
from datetime import date
from pathlib import Path

from metrics import definitions, ingest
from metrics.catalogue import indicators
from metrics.ingest import Options
from metrics.policy import SETTINGS
from metrics.store import Store
from tests import ingesting
from tests.prove.command import GOLDEN
from tests.records import found, opened
from tests.test_indicators_loans import TEN

LINE = (
    "PAR30's meanings: Fineract's book 14.6008 % by three, overdue instalments over 30 days 1.0139 % named "
    "*arrears over 30 days*, 4.7669 % named *arrears rate*; a ten-loan book worked by hand where all differ"
)
PUBLISHED = {"mix": 0.146008, "without_renegotiated": 0.146008, "from_30_days": 0.146008, "overdue_amount": 0.010139}
BY_HAND = {"mix": 0.30, "without_renegotiated": 0.20, "from_30_days": 0.32, "overdue_amount": 0.065}
APART = {"arrears_over_30": (0.010139, 0.065), "arrears_rate": (0.047669, 0.11)}


def run() -> dict[str, object]:
    """Reads both books and computes each meaning, as the policy's definitions have it."""
    with tempfile.TemporaryDirectory() as folder:
        with ingesting.opened(Path(folder) / "fineract") as store:
            paths = sorted((GOLDEN / "fineract").glob("m_*.csv"))
            ingest.land(store, ingest.preview(store, paths, Options(as_of=date(2026, 11, 24))), "prove")
            published = {meaning: value(store, "par30", meaning) for meaning in definitions.MEANINGS}
            apart = {name: value(store, name) for name in APART}
        book = opened(Path(folder) / "ten", loans=TEN)
        by_hand = {meaning: value(book, "par30", meaning) for meaning in definitions.MEANINGS}
        apart_by_hand = {name: value(book, name) for name in APART}
        book.close()
    assert published == PUBLISHED, published
    assert by_hand == BY_HAND and len(set(by_hand.values())) == 4, by_hand
    assert apart == {name: pair[0] for name, pair in APART.items()}, apart
    assert apart_by_hand == {name: pair[1] for name, pair in APART.items()}, apart_by_hand
    names = {name: indicators()[name].text("en", "title") for name in APART}
    assert names == {"arrears_over_30": "Arrears over 30 days", "arrears_rate": "Arrears rate"}, names
    return {f"Fineract, {meaning}": f"{share:.4%}" for meaning, share in published.items()} | {
        f"Fineract, {names[name]}": f"{share:.4%}" for name, share in apart.items()
    } | {f"ten loans, {meaning}": f"{share:.1%}" for meaning, share in by_hand.items()}


def value(store: Store, name: str, meaning: str = "mix") -> float:
    """The institution's figure under a meaning, rounded as the published one is printed."""
    settings = definitions.with_meaning(SETTINGS, meaning)
    return round(found(store, name, "institution", **settings)[institution(store)][0], 6)


def institution(store: Store) -> str:
    """The one institution of a store."""
    return str(store.cursor().execute("SELECT institution_id FROM institutions").fetchall()[0][0])
