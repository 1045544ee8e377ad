"""A spreadsheet is previewed, landed, shown and undone; one at fault is a sentence and changes nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import indicators
from metrics.schema import tables
from metrics.store import Store
from metrics.words import LANGUAGES
from pages.ui import data
from pages.ui.downloads import as_csv
from tests.pages.visit import Open, asked, go, land, said
from tests.scorecards import Book, save

LOANS = """loan_id,client_id,branch_id,as_of,disbursed_on,disbursed_amount,principal_outstanding,days_past_due,status
00{k},c{k},{branch},2026-09-30,2026-01-15,1000,{left},{late},active
"""


def loan_book() -> bytes:
    """Twenty-four loans of two branches, one of them with a word for its balance."""
    head, row = LOANS.splitlines()
    rows = [
        row.format(k=k, branch="North" if k % 2 else "South", left=50 * k, late=45 if k == 9 else 0)
        for k in range(10, 34)
    ]
    rows.append(row.format(k=7, branch="North", left="many", late=0))
    return "\n".join([head, *rows]).encode()


def test_a_file_is_previewed_landed_shown_and_undone(fresh: Open, tmp_path: Path) -> None:
    app = fresh("data")
    assert "sample" in title(app)
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    assert len(asked(app, "upload")) == 1
    assert title(app) == "book.csv: 24 rows can be used, 1 to look at"
    text = said(app)
    assert "book.csv → Loans" in text
    assert "**25** rows read · **24** accepted · **1** set aside" in text
    assert not Store.exists(tmp_path, data.OWN)
    land(app)
    assert not app.exception
    assert "Landed as batch 1" in said(app)
    assert "indicators live" in said(app)
    assert "upload" not in app.query_params
    assert "your own data" in said(go(app, "overview"))
    go(app, "data").button(key="undo_1").click().run()
    app.button(key="undo_yes").click().run()
    assert "sample" in title(app)


@pytest.mark.full
def test_an_upload_outlives_a_refresh(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    again = fresh("data", upload=asked(app, "upload"))
    assert "book.csv → Loans" in said(again)
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


@pytest.mark.full
def test_where_too_little_is_measured_the_first_look_is_offered_and_not_applied(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    land(app)
    go(app, "overview")
    assert "Too little is measured" in said(app)
    assert "policy" not in app.query_params


def book(tmp_path: Path, **other: object) -> bytes:
    """A scorecard workbook with published rates."""
    given = Book(rates=(("Household", "Benin", 0.4, 0.2), ("", "Zou", 0.5, 0.25))).changed(**other)
    return save(tmp_path / "utopia.xlsx", given).read_bytes()


def title(app: AppTest) -> str:
    """The page's headline as it reads."""
    return str(app.title[0].value).replace("\\", "")


def put(app: AppTest, name: str, content: bytes) -> AppTest:
    """A file put into the uploader that is shown."""
    return app.file_uploader[0].upload(name, content).run()


@pytest.mark.many
@pytest.mark.parametrize("part", ["scorecard", "files"])
def test_a_scorecard_workbook_is_previewed_landed_used_and_undone(fresh: Open, tmp_path: Path, part: str) -> None:
    content = book(tmp_path)
    app = put(fresh("data", part=part), "utopia.xlsx", content)
    assert "Version 2Q: 2 questions, 2 poverty lines" in said(app)
    assert not Store.exists(tmp_path, data.OWN)
    assert [row[1] for row in app.dataframe[0].value.values.tolist()][-1] == "Does it own a hen?"
    app.button(key="ppi_land").click().run()
    assert not app.exception
    assert "Landed as batch 1" in said(app)
    assert "upload" not in app.query_params
    app.segmented_control(key="w_data").set_value("scorecard").run()
    assert title(app) == "Utopia 2025 PPI is in use, with 2 poverty lines."
    assert "No client has answered its questions yet" in said(app)
    again = put(app, "utopia.xlsx", content)
    again.button(key="ppi_land").click().run()
    assert "already landed as batch 1" in " ".join(info.value for info in again.info)
    again.button(key="undo_1").click().run()
    again.button(key="undo_yes").click().run()
    assert "Utopia" not in title(again)


def test_a_workbook_that_is_no_scorecard_is_refused_with_its_reason_and_leaves_nothing(
    fresh: Open, tmp_path: Path
) -> None:
    table = tuple((0.8, 0.5) for _ in range(60))
    app = put(fresh("data", part="scorecard"), "utopia.xlsx", book(tmp_path, table=table))
    assert not app.exception
    assert any("utopia.xlsx" in error.value.replace("\\", "") for error in app.error)
    assert "Nothing was kept" in said(app)
    assert "ppi_land" not in [button.key for button in app.button]
    app.button(key="ppi_another").click().run()
    assert "upload" not in app.query_params
    assert not Store.exists(tmp_path, data.OWN)


def test_the_scorecard_in_use_gives_a_rate_and_interval_at_each_line(opened: Open) -> None:
    app = opened("data", part="scorecard")
    text = str(app.table[0].value.to_dict()).replace("\\\\", "").replace("\u202f", " ").replace("\\u202f", " ")
    assert "41.4 % (37 % to 46 %)" in text
    assert "−6.7 points (−13.8 to +0.4)" in text
    assert "0.95" in text


def test_the_planner_says_how_many_households_to_ask(opened: Open) -> None:
    app = opened("data", part="scorecard")
    assert "Ask 385 households for ± 5.0 points" in said(app)
    app.number_input(key="ppi_households").set_value(1000).run()
    assert "Ask 278 households" in said(app)
    app.selectbox(key="ppi_design").select("change").run()
    assert "Ask 769 households in each survey" in said(app)
    assert not app.exception


PEERS = """peer,year,indicator_id,value,source
a,2025,par30,4.5 %,Network 2025
b,2025,PAR30,6.1 %,Network 2025
c,2024,Portfolio at risk over 30 days,3 %,Network 2024
a,2025,par3O,2 %,Network 2025
b,2025,women_borrowers,70,Network 2025
"""


def test_a_table_of_peers_is_landed_and_shown_with_what_it_means(fresh: Open) -> None:
    app = fresh("data", part="peers")
    assert "No peers of your own" in title(app)
    put(app, "peers.csv", PEERS.encode())
    assert title(app) == "peers.csv: all 5 rows can be used"
    land(app)
    assert title(app).startswith("3 peers of your own")
    text = said(app)
    assert "par3O (1 row) means no indicator" in text
    assert "Did you mean par30?" in text
    assert "Women borrowers: 1 peer stands above 500 %" in text
    first = [str(cell) for cell in app.table[0].value.iloc[0]]
    assert first[0].startswith("Portfolio at risk over 30 days")
    assert "3 (2024–2025)" in first[2].replace("\\", "")
    assert "4.5" in first[3].replace("\\", "")
    app.button(key="undo_1").click().run()
    app.button(key="undo_yes").click().run()
    assert "No peers of your own" in title(app)


@pytest.mark.full
def test_the_template_of_peers_lands_as_it_is_filled_in(fresh: Open) -> None:
    app = fresh("data", part="peers")
    heads = list(tables()["peer_values"].columns)[1:]
    row = dict.fromkeys(heads, "") | {"peer": "a", "year": "2025", "indicator_id": "nps", "value": "0.4"}
    content = as_csv(heads, [[row[name] for name in heads]])
    put(app, "peers.csv", content)
    land(app)
    assert title(app) == f"1 peer of your own, with figures on 1 of {len(indicators())} indicators."


@pytest.mark.many
@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_have_a_severity_a_meaning_a_remedy_and_their_rows(opened: Open, language: str) -> None:
    app = opened("data", lang=language)
    severity, remedy = {
        "en": ("may be wrong", "What to do"), "fr": ("douteux", "Que faire"), "es": ("dudosas", "Qué hacer"),
    }[language]  # fmt: skip
    assert sum(severity in box.label for box in app.expander) == 1
    assert said(app).count(remedy) == 1
    assert len(app.dataframe) == 1


def test_a_question_says_what_is_asked_and_how_to_answer(fresh: Open) -> None:
    lines = loan_book().decode().splitlines()
    undated = "\n".join(line.replace(",2026-09-30", "", 1).replace(",as_of", "") for line in lines)
    app = put(fresh("data"), "book.csv", undated.encode())
    assert "no column says which day the figures are about" in said(app)
    assert app.date_input[0].label == "Which day are they about?"
    assert "--as-of" not in said(app)
