"""Past months of one day's extract through the page: shown, landed, marked, undone, replaced by a real snapshot."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import data
from tests.pages.test_data import title
from tests.pages.visit import Open, land, said

EXTRACT = """loan_id,client_id,branch_id,as_of,disbursed_on,disbursed_amount,principal_outstanding,days_past_due,status
a,c1,North,2026-09-30,2026-05-05,400,300,51,active
b,c2,North,2026-09-30,2026-05-05,400,0,0,closed
"""
SCHEDULE = """loan_id,instalment_no,due_on,due_principal,paid_on,completed,paid_principal
a,1,2026-06-10,100,2026-06-10,true,100
a,2,2026-08-10,100,,false,0
a,3,2026-10-10,200,,false,0
b,1,2026-06-10,200,2026-06-10,true,200
b,2,2026-08-10,200,2026-08-10,true,200
"""


def extract(app: AppTest, **files: str) -> AppTest:
    """One day's extract, landed through the page."""
    given = [(f"{name}.csv", content.encode(), "text/csv") for name, content in files.items()]
    app.file_uploader[0].set_value(given).run()
    for asked_ in [box for box in app.radio if str(box.key).startswith("answer_replace")]:
        asked_.set_value("yes").run()
    land(app)
    assert not app.exception
    return app


@pytest.mark.full
def test_past_months_are_shown_before_they_are_landed_and_can_be_undone(fresh: Open, tmp_path: Path) -> None:
    app = extract(fresh("data"), loans=EXTRACT, loan_schedule=SCHEDULE)
    app.segmented_control(key="w_data").set_value("past").run()
    assert title(app) == "The one month-end shown is as it was recorded."
    app.button(key="past_look").click().run()
    text = said(app)
    assert "4 month-ends can be reconstructed: May 2026 – Aug 2026" in text
    assert "Branch, officer, group and instalment are taken as they are today" in text
    months = app.table[0].value.to_dict(orient="list")
    assert [str(cell).replace("\\", "") for cell in months["Loans"]] == ["1", "2", "2", "2"]
    store = data.opened(str(tmp_path), data.OWN)
    assert store.batches()["batch"].nunique() == 1
    app.button(key="past_land").click().run()
    assert not app.exception
    assert title(app) == "4 of your 5 month-ends are reconstructed."
    assert "rows of reconstructed months" in " ".join(box.label for box in app.expander)
    app.button(key="undo_2").click().run()
    app.button(key="undo_yes").click().run()
    assert title(app) == "The one month-end shown is as it was recorded."


@pytest.mark.full
def test_a_reconstructed_month_is_marked_where_it_is_shown(fresh: Open) -> None:
    twelve = [
        "\n".join([head, *(f"{k}{row}".replace(",c1", f",{k}c1") for k in range(12) for row in rows)])
        for head, *rows in (EXTRACT.splitlines(), SCHEDULE.splitlines())
    ]
    app = extract(fresh("data", part="files"), loans=twelve[0], loan_schedule=twelve[1])
    app.segmented_control(key="w_data").set_value("past").run()
    app.button(key="past_look").click().run()
    app.button(key="past_land").click().run()
    marked, real = (fresh("overview", period=day, policy="first_look") for day in ("2026-08-31", "2026-09-30"))
    assert "As of 31 Aug 2026 · reconstructed ·" in said(marked)
    assert "As of 30 Sep 2026" in said(real)
    assert "reconstructed" not in said(real)


@pytest.mark.full
@pytest.mark.full
def test_a_real_snapshot_takes_its_months_place_and_the_difference_is_shown(fresh: Open) -> None:
    app = extract(fresh("data"), loans=EXTRACT, loan_schedule=SCHEDULE)
    app.segmented_control(key="w_data").set_value("past").run()
    app.button(key="past_look").click().run()
    app.button(key="past_land").click().run()
    app.segmented_control(key="w_data").set_value("files").run()
    extract(app, august=EXTRACT.replace("2026-09-30", "2026-08-31").replace(",300,51,", ",310,21,"))
    app.segmented_control(key="w_data").set_value("past").run()
    assert title(app) == "3 of your 5 month-ends are reconstructed."
    assert "1 reconstructed month has a real snapshot now" in said(app)
    row = app.dataframe[0].value.to_dict(orient="list")
    assert row["Portfolio"] == ["300 → 310"]
    assert row["Loans"] == ["1 → 1"]


@pytest.mark.full
def test_an_extract_that_cannot_tell_the_past_says_what_it_lacks(fresh: Open) -> None:
    app = extract(fresh("data"), loans=EXTRACT)
    app.segmented_control(key="w_data").set_value("past").run()
    app.button(key="past_look").click().run()
    assert "neither a schedule nor repayments" in said(app)
    assert "past_land" not in [button.key for button in app.button]
    app.button(key="past_discard").click().run()
    assert not app.error


def test_the_samples_past_is_shown_and_never_landed(opened: Open) -> None:
    app = opened("data", part="past")
    app.button(key="past_look").click().run()
    assert "month-end can be reconstructed: Sep 2024" in said(app)
    assert "past_land" not in [button.key for button in app.button]
