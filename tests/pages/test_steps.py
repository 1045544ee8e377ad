"""The four steps of an upload: questions, columns, corrections, repairs, what would change; each can be taken back."""

import io
import threading
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from streamlit.testing.v1 import AppTest

from metrics.errors import EvenkeelError
from metrics.ingest.instead import to_correct
from metrics.ingest.progress import Stopped, at
from metrics.ingest.recorded import CORRECTED
from metrics.store import Store
from pages.ui import data, upload, work
from tests.ingesting import HEADINGS, book, five, text
from tests.pages.visit import Open, asked, go, land, said, step

HEAD = ",".join(HEADINGS)


def put(app: AppTest, file: Path) -> AppTest:
    """A file put into the uploader."""
    return app.file_uploader[0].upload(file.name, file.read_bytes()).run()


def title(app: AppTest) -> str:
    """The page's headline as it reads."""
    return str(app.title[0].value).replace("\\", "")


def kept(app: AppTest) -> upload.Upload:
    """The upload that the address names."""
    found = upload.find(asked(app, "upload")[0])
    assert found is not None
    return found


@pytest.mark.full
def test_a_day_that_the_file_names_is_offered_and_can_be_taken_back(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(), "loans 30.09.2026.csv"))
    assert "one question is open" in title(app)
    assert "1 File ▲ 1" in app.segmented_control(key="w_step").options
    step(app, "use")
    assert "land" not in [button.key for button in app.button]
    app.button(key="to_file").click().run()
    app.button(key="day_0_2026-09-30").click().run()
    assert title(app) == "loans 30.09.2026.csv: all 5 rows can be used"
    app.button(key="again_as_of").click().run()
    assert "one question is open" in title(app)
    app.date_input[0].set_value("2026-08-31").run()
    assert kept(app).options().as_of.isoformat() == "2026-08-31"
    again = fresh("data", upload=asked(app, "upload"))
    assert "all 5 rows can be used" in title(again)


def test_a_wrong_column_is_set_right_and_remembered_for_the_sender(fresh: Open, tmp_path: Path) -> None:
    content = five().replace("outstanding", "rpx", 1)
    app = put(fresh("data"), text(tmp_path, content))
    assert "Still missing: Principal outstanding" in said(app)
    place = HEADINGS.index("outstanding")
    box = next(box for box in app.selectbox if str(box.key).endswith(f"_{place}"))
    box.select("principal_outstanding").run()
    step(app, "file").date_input[0].set_value("2026-09-30").run()
    assert title(app) == "loans.csv: all 5 rows can be used"
    assert "6,543.03" in said(step(app, "check"))
    land(app)
    assert not app.exception
    again = put(go(app, "data"), text(tmp_path, content.replace("812.50", "800.00"), "later.csv"))
    again.date_input[0].set_value("2026-10-31").run()
    assert title(again) == "later.csv: all 5 rows can be used"


@pytest.mark.full
def test_a_sheet_without_headings_is_read_by_hand(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five().split("\n", 1)[1]))
    assert "no sheet could be read yet" in title(app)
    app.selectbox[0].select("loans").run()
    app.selectbox[1].select(0).run()
    step(app, "columns")
    for place, column in ((0, "loan_id"), (5, "principal_outstanding"), (6, "days_past_due")):
        box = next(box for box in app.selectbox if str(box.key).endswith(f"_{place}"))
        box.select(column).run()
    step(app, "file").date_input[0].set_value("2026-09-30").run()
    assert title(app) == "loans.csv: all 5 rows can be used"


@pytest.mark.full
def test_a_corrected_cell_counts_and_is_kept_with_the_answers(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(r2c6="many"), "loans 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    assert "4 rows can be used, 1 to look at" in title(app)
    assert "outstanding, row 3" in said(step(app, "check"))
    seen = upload.reading(kept(app)).future.result().preview
    upload.correct(kept(app), [upload.Correction(seen.sheets[0].sha256, seen.sheets[0].sheet, 3, 5, "1500.25")])
    app.run()
    assert title(app) == "loans 30.09.2026.csv: all 5 rows can be used"
    cell = kept(app).answers["corrections"][0]
    assert dict(zip(CORRECTED, cell, strict=True))["text"] == "1500.25"


def test_a_repair_is_named_and_can_be_switched_off(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(r2c6='"1,500.25"'), "loans 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    step(app, "check")
    box = next(box for box in app.checkbox if "1,500.25" in box.label.replace("\\", ""))
    assert box.value
    box.uncheck().run()
    assert "4 rows can be used, 1 to look at" in title(app)
    next(box for box in app.checkbox if not box.value).check().run()
    assert "all 5 rows can be used" in title(app)


@pytest.mark.full
def test_a_sheet_is_left_out_and_a_file_taken_out(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(), "loans 30.09.2026.csv"))
    other = text(tmp_path, "branch_id,branch_name\nK,Kolo\nB,Baro\n", "branches.csv")
    step(app, "file")
    app.file_uploader[0].upload(other.name, other.read_bytes()).run()
    app.button(key="day_0_2026-09-30").click().run()
    assert "all 7 rows can be used" in title(app)
    step(app, "file")
    next(box for box in app.selectbox if box.value == "" and "branches" not in str(box.key)).select("-").run()
    assert "2 rows" in title(app) or "5 rows" in title(app)
    step(app, "file").button(key="out_1").click().run()
    app.button(key="out_0").click().run()
    assert "upload" not in app.query_params


@pytest.mark.full
def test_two_sheets_of_one_table_may_both_count(fresh: Open, tmp_path: Path) -> None:
    def second(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Baro")
        for row in [HEADINGS, *(("9" + line[0], *line[1:]) for line in rows)]:
            other.append(list(row))

    rows = [line.split(",") for line in five().splitlines()[1:]]
    app = put(fresh("data"), book(tmp_path, [HEADINGS, *rows], "loans 2026-09-30.xlsx", second))
    box = next(box for box in app.selectbox if str(box.key).startswith("answer_sheet"))
    box.select("*").run()
    app.button(key="day_0_2026-09-30").click().run()
    assert "all 10 rows can be used" in title(app)


@pytest.mark.full
def test_what_would_change_is_what_then_stands_there(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(), "loans 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    words = said(step(app, "use"))
    assert "**Loans**: rows are added" in words
    assert "nothing yet → **6,543**" in words
    land(app)
    store = data.opened(str(tmp_path), data.OWN)
    assert store.cursor().execute("SELECT sum(principal_outstanding)::DOUBLE FROM loans").fetchall() == [(6543.03,)]
    again = put(go(app, "data"), text(tmp_path, five(r1c6="700.00"), "again 30.09.2026.csv"))
    again.button(key="day_0_2026-09-30").click().run()
    step(again, "use").radio[0].set_value("yes").run()
    words = said(again)
    assert "what is there for the same time is replaced" in words
    assert "**1** changed" in words
    assert "6,543 → **6,431**" in words


@pytest.mark.full
def test_the_page_speaks_french_through_all_steps(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data", lang="fr"), text(tmp_path, five(r2c6="beaucoup"), "prets 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    for name in ("file", "columns", "check", "use"):
        assert not step(app, name).exception
    assert "4 lignes utilisables, 1 à revoir" in title(app)
    assert "Numéro de prêt *" in str(step(app, "columns").selectbox[0].options)


def test_work_that_is_stopped_ends_with_a_sentence_and_can_be_begun_again() -> None:
    begun = threading.Event()

    def long() -> None:
        begun.set()
        for part in range(1000):
            at("import.stage_reading", part / 1000, file="x")
            threading.Event().wait(0.01)

    job = work.start("test-stop", 1, long)
    assert begun.wait(10)
    work.drop("test-stop")
    with pytest.raises(Stopped):
        job.future.result(10)
    assert work.start("test-stop", 1, lambda: 7).future.result(10) == 7
    work.drop("test-stop")


def test_what_nobody_foresaw_is_a_sentence_too() -> None:
    job = work.start("test-fault", 1, lambda: 1 // 0)
    with pytest.raises(EvenkeelError, match="nothing was changed"):
        job.future.result(10)
    work.drop("test-fault")


def test_a_discarded_upload_leaves_nothing(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five()))
    folder = kept(app).folder
    assert folder.exists()
    app.button(key="discard").click().run()
    assert not folder.exists()
    assert not Store.exists(tmp_path, data.OWN)
    assert "upload" not in app.query_params


@pytest.mark.full
def test_a_word_and_a_branch_are_told_once(fresh: Open, tmp_path: Path) -> None:
    first = book(tmp_path, [("branch_id", "branch_name"), ("K", "Kolo Nord"), ("B", "Baro")], "branches.xlsx")
    land(put(fresh("data"), first))
    rows = [(*HEADINGS, "gender"), *((*line.split(","), "Zz") for line in five().splitlines()[1:])]
    content = "\n".join(",".join(row) for row in rows).replace("Kolo", "Kolo-Nord")
    app = put(fresh("data"), text(tmp_path, content, "loans 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    step(app, "check")
    box = app.selectbox(key="branch_Kolo-Nord")
    assert box.options[1] == "Kolo Nord"
    box.select("Kolo Nord").run()
    assert "Kolo-Nord" in said(app)
    word = next(box for box in app.selectbox if "Zz" in box.label)
    word.select("F").run()
    land(app)
    assert not app.exception
    cursor = data.opened(str(tmp_path), data.OWN).cursor()
    assert cursor.execute("SELECT count(*) FROM branches").fetchall() == [(2,)]
    assert cursor.execute("SELECT DISTINCT gender::VARCHAR FROM clients").fetchall() == [("F",)]


@pytest.mark.full
def test_rows_of_a_landed_batch_come_back_corrected_and_join_it(fresh: Open, tmp_path: Path) -> None:
    app = put(fresh("data"), text(tmp_path, five(r2c6="many"), "loans 30.09.2026.csv"))
    app.button(key="day_0_2026-09-30").click().run()
    land(app)
    store = data.opened(str(tmp_path), data.OWN)
    workbook = openpyxl.load_workbook(io.BytesIO(to_correct(store, 1, "en")))
    sheet = workbook.worksheets[0]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "many")
    place.value = "1500.25"
    workbook.save(tmp_path / "corrected.xlsx")
    again = put(go(app, "data"), tmp_path / "corrected.xlsx")
    assert "all 5 rows can be used" in title(again)
    assert "**1** new row" in said(step(again, "use"))
    land(again)
    assert store.cursor().execute("SELECT sum(principal_outstanding)::DOUBLE FROM loans").fetchall() == [(6543.03,)]
    assert list(store.batches()["status"]) == ["rolled_back", "live"]
