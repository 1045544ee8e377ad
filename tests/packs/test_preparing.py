"""What a pack is asked for: the weighting, the meeting before, the data; made in one way wherever it is asked."""

from datetime import date
from pathlib import Path

import pytest

from metrics import decisions, records, scenarios
from metrics.decisions import DECISION
from metrics.errors import EvenkeelError
from metrics.packs import preparing
from metrics.packs.description import Part
from metrics.packs.model import Table, Text
from metrics.packs.sections import method
from metrics.store import Store
from metrics.words import LANGUAGES, say
from tests import packing
from tests.records import DAY, loan, opened

JUNE = date(2026, 6, 30)
BODY = {"meeting_on": "2026-06-30", "text": "Call all who leave", "owner": "Ana", "due_on": "2026-08-31"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    branches = [{"branch_id": name, "branch_name": name.title()} for name in ("north", "south")]
    loans = [loan(f"{name[0]}{no}", branch_id=name) for name in ("north", "south") for no in range(12)]
    return opened(tmp_path_factory.mktemp("asked"), branches=branches, loans=loans)


def test_the_sample_is_asked_for_under_the_usual_weighting_at_its_newest_date() -> None:
    asked = preparing.prepare(packing.store().cursor(), "en", sample=True)
    there = packing.asked()
    assert (asked.weighting, asked.own_share, asked.institution) == (there.weighting, 50.0, there.institution)
    assert asked.picture.units == there.picture.units
    assert (asked.since, asked.by_hand) == (JUNE, False)
    assert asked.data.startswith("1 batch, brought in on ")


def test_a_moved_share_and_themes_weighted_by_hand_are_known() -> None:
    asked = preparing.prepare(packing.store().cursor(), "en", social=70.0, themes={"social/gender": 5.0})
    assert (asked.picture.social, asked.own_share, asked.by_hand) == (70.0, 50.0, True)


def test_an_unknown_weighting_is_refused() -> None:
    with pytest.raises(EvenkeelError):
        preparing.prepare(packing.store().cursor(), "en", policy="eqal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_version_bears_its_number_and_the_approved_one_is_the_usual(tmp_path: Path, language: str) -> None:
    store = opened(tmp_path, loans=[loan(f"n{no}") for no in range(12)])
    given = scenarios.completed(store.cursor(), scenarios.load(store.cursor(), "equal"))
    scenarios.save(store, given, "Ana", approved=("Board", JUNE))
    asked = preparing.prepare(store.cursor(), language)
    assert asked.weighting == preparing.title(asked.policy, language) and "1" in asked.weighting
    assert asked.policy.name == "equal@1"


def changes(store: Store, **given: object) -> list[str]:
    asked = preparing.prepare(store.cursor(), "en", as_of=DAY, **given)  # type: ignore[arg-type]
    found = method.section(asked, Part("method", "method")).blocks
    said = [block.text for block in found if isinstance(block, Text)]
    return said + [
        str(row[0]) for block in found if isinstance(block, Table) and block.id == "changes" for row in block.rows
    ]


def test_what_changed_in_the_method_since_the_last_meeting_is_told(store: Store) -> None:
    assert say("en", "packs.changes_no_meeting") in changes(store)
    bare = records.save(store, DECISION, "", BODY, "Board")
    assert say("en", "packs.changes_unknown", day=JUNE) in changes(store)
    records.remove(store, DECISION, bare.id, "test", seen=bare.version)
    seen = decisions.snapshot(store.cursor(), scenarios.load(store.cursor(), "equal"), JUNE, None)
    records.save(store, DECISION, "", {**BODY, **seen}, "Board")
    assert preparing.prepare(store.cursor(), "en").since == JUNE
    assert say("en", "packs.changes_none", day=JUNE) in changes(store)
    assert "Social share" in changes(store, social=60.0)
