"""The list of batches: what is known of each, and the way out and back in."""

from pathlib import Path

import pytest

from pages.ui import data
from tests.ingesting import five, landed, text
from tests.pages.visit import Open, said


def test_a_batch_is_told_taken_out_and_brought_back(fresh: Open, tmp_path: Path) -> None:
    store = data.opened(str(tmp_path), data.OWN)
    landed(store, text(tmp_path, five(r2c6="15O0")))
    second = landed(store, text(tmp_path, five(r1c6="900"), name="b.csv"), replace=True).batch_id
    app = fresh("data")
    assert "5 rows read, 4 accepted, 1 set aside, 0 ignored" in said(app)
    assert "Put the new ones in their place? yes, replace what is there" in said(app)
    app.button(key=f"undo_{second}").click().run()
    app.button(key="undo_yes").click().run()
    assert list(store.batches().groupby("batch")["status"].first()) == ["live", "rolled_back"]
    app.button(key=f"back_{second}").click().run()
    app.button(key="back_yes").click().run()
    assert not app.exception
    assert list(store.batches().groupby("batch")["status"].first()) == ["live", "live"]
    assert "Batch 2 counts again" in said(app) and "Brought back on" in said(app)


@pytest.mark.full
def test_the_only_batch_taken_out_can_be_brought_back_though_the_sample_is_shown(fresh: Open, tmp_path: Path) -> None:
    store = data.opened(str(tmp_path), data.OWN)
    batch = landed(store, text(tmp_path, five())).batch_id
    app = fresh("data")
    app.button(key=f"undo_{batch}").click().run()
    app.button(key="undo_yes").click().run()
    assert "sample" in app.title[0].value and "1 batch of your own, undone" in said(app)
    app.button(key=f"back_{batch}").click().run()
    app.button(key="back_yes").click().run()
    assert not app.exception
    assert data.has_own(tmp_path) and f"Batch {batch} counts again" in said(app)
