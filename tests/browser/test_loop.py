"""The loop in the browser, with the keyboard alone, and the same steps in the engine; `prove loop` prints figures."""

from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from metrics import actions, effects, records, voices
from metrics.actions import ACTION
from metrics.ingest import Options, land, preview
from metrics.policy import SETTINGS
from metrics.store import Store
from tests import looping
from tests.prove.loop import told

WHO = "Complaints desk"


@pytest.mark.browser
@pytest.mark.full
def test_the_keyboard_alone_leads_from_a_complaint_in_a_file_to_the_effect_of_its_answer(browser: Browser) -> None:
    found = told(browser)
    assert "interval of the change" in str(found["effect"])
    assert len(found["steps in the history"]) >= 7


def landed(store: Store, files: list[Path]) -> None:
    """Lands files as the page Data does."""
    land(store, preview(store, files, Options(likely="take")), WHO)


def test_a_complaint_in_a_file_is_coded_linked_acted_upon_and_its_effect_shown(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "data")) as store:
        landed(store, looping.begun(tmp_path))
        with closing(store.cursor()) as cursor:
            heard = voices.voice(cursor, looping.REF)
        assert heard is not None
        assert (heard.category, heard.coded_by, heard.risk_id) == (looping.SUBJECT, "rule", "conduct")
        records.save(store, voices.CODING, heard.ref, {"category": heard.category, "branch_id": heard.branch_id}, WHO)
        body = {"raised_on": looping.RECEIVED, "owner": looping.OWNER, "action": "Visit by day", "due_on": looping.DUE,
                "risk_id": heard.risk_id, "branch_id": heard.branch_id, "voices": [heard.ref], "source": "client",
                "effect_indicator_id": looping.INDICATOR}  # fmt: skip
        made = records.save(store, ACTION, "A-001", body, WHO)
        told = {"done_on": looping.DONE, "answered_on": looping.TOLD, "answer": "We ring before we come."}
        records.save(store, ACTION, "A-001", body | told, WHO, seen=made.version)
        landed(store, looping.following(tmp_path))
        with closing(store.cursor()) as cursor:
            found = effects.effect(cursor, SETTINGS, looping.INDICATOR, looping.DONE, looping.NEXT, "river")
            steps = {(change.record.kind, change.field) for change in records.history(cursor)}
            assert actions.listed(cursor)[0].status(looping.NEXT) == "answered"
    assert found.verdict == "too_early"
    assert found.low is not None and found.change is not None and found.low < found.change
    assert {("coding", "category"), ("action", "owner"), ("action", "done_on"), ("action", "answered_on")} <= steps
