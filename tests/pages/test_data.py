"""A spreadsheet is previewed, landed, shown and undone; one at fault is a sentence and changes nothing."""

from pathlib import Path

import pytest

from metrics.store import Store
from pages.ui import data
from tests.pages.visit import Open, asked, go, said

LOANS = """loan_id,client_id,branch_id,as_of,disbursed_on,disbursed_amount,principal_outstanding,days_past_due,status
00{k},c{k},{branch},2026-09-30,2026-01-15,1000,{left},{late},active
"""


def loan_book() -> bytes:
    """Twenty-four loans of two branches, one of them with a word for its balance."""
    head, row = LOANS.splitlines()
    rows = [
        row.format(k=k, branch="North" if k % 2 else "South", left=100 * k, late=45 if k == 9 else 0)
        for k in range(10, 34)
    ]
    rows.append(row.format(k=7, branch="North", left="many", late=0))
    return "\n".join([head, *rows]).encode()


def test_a_file_is_previewed_landed_shown_and_undone(fresh: Open, tmp_path: Path) -> None:
    app = fresh("data")
    assert "sample" in app.title[0].value
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    assert len(asked(app, "upload")) == 1
    text = said(app)
    assert "book.csv → loans" in text
    assert "**25** rows read · **24** accepted · **1** set aside" in text
    assert not Store.exists(tmp_path, data.OWN)
    app.button(key="land").click().run()
    assert not app.exception
    assert "Landed as batch 1" in said(app)
    assert "indicators live" in said(app)
    assert "upload" not in app.query_params
    assert "your own data" in said(go(app, "overview"))
    go(app, "data").button(key="undo_1").click().run()
    app.button(key="undo_yes").click().run()
    assert "sample" in app.title[0].value


def test_an_upload_outlives_a_refresh(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    again = fresh("data", upload=asked(app, "upload"))
    assert "book.csv → loans" in said(again)
    again.button(key="discard").click().run()
    assert "upload" not in again.query_params
    gone = fresh("data", upload=asked(app, "upload"))
    assert "no longer kept" in said(gone)


@pytest.mark.parametrize(
    ("name", "content"), [("empty.csv", b""), ("photo.csv", b"\x89PNG\r\n\x1a\n"), ("words.csv", b"a,b\n1,2\n")]
)
def test_a_file_at_fault_is_a_sentence_and_leaves_no_database(
    fresh: Open, tmp_path: Path, name: str, content: bytes
) -> None:
    app = fresh("data")
    app.file_uploader[0].upload(name, content, "text/csv").run()
    assert not app.exception
    assert name in said(app)
    assert not Store.exists(tmp_path, data.OWN)
    assert "land" not in [button.key for button in app.button]


def test_a_hostile_name_is_shown_as_its_characters(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("![x](http:__a.example_x.png).csv", loan_book(), "text/csv").run()
    assert not [part.value for part in [*app.markdown, *app.header] if "![" in part.value]


def test_where_too_little_is_measured_the_first_look_is_offered_and_not_applied(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    app.button(key="land").click().run()
    go(app, "overview")
    assert "Too little is measured" in said(app)
    assert "policy" not in app.query_params
