"""The board page opens with the reader's choices, keeps the decision asked, and hands out the page as a PDF."""

import io

import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from metrics.store import Scope
from pages.ui import board, data
from pages.ui.state import Choices, Options
from tests.pages.visit import Open, asked, go, said

WORDS = board.Words("en", "Demo MFI (synthetic)", "", "Equal", "")


def printed(**choices: object) -> str:
    """The text of the PDF that the page hands out."""
    made = board.printed(data.source(True), Scope(), Choices(**choices), "branch", WORDS)
    assert made is not None
    return " ".join(pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text().split())


def downloads(app: AppTest) -> list[str]:
    return [str(button.proto.label) for button in app.get("download_button")]


@pytest.mark.parametrize("page", ["overview", "tradeoffs"])
def test_one_click_leads_to_the_board_page_with_the_choices(opened: Open, page: str) -> None:
    app = opened(page, social="30", branch=["kolo", "baro"])
    app.button(key="to_board").click().run()
    assert not app.exception
    assert app.title[0].value == "Board page"
    assert downloads(app) == ["Download PDF"]
    assert asked(app, "social") == ["30"]
    assert asked(app, "branch") == ["kolo", "baro"]


def test_the_pdf_has_the_share_and_the_date_of_the_address(opened: Open) -> None:
    opened("board")
    assert "Balance at 30" in printed(social=30.0)
    assert "Balance at 50" in printed()


def test_the_decision_asked_stays_in_the_address_and_over_a_change_of_page(opened: Open) -> None:
    app = opened("board")
    app.text_area(key="w_decision").set_value("Freeze new loans at *Kolo*.").run()
    assert asked(app, "decision") == ["Freeze new loans at *Kolo*."]
    go(app, "overview")
    go(app, "board")
    assert app.text_area(key="w_decision").value == "Freeze new loans at *Kolo*."


def test_a_refresh_has_the_decision_of_the_address_and_no_more_of_it_than_fits(opened: Open) -> None:
    assert opened("board", decision="Approve.").text_area(key="w_decision").value == "Approve."
    assert len(opened("board", decision="x" * 900).text_area(key="w_decision").value or "") == board.board.FULLEST


def test_an_emptied_decision_leaves_the_address(opened: Open) -> None:
    app = opened("board", decision="Approve.")
    app.text_area(key="w_decision").set_value("  ").run()
    assert "decision" not in app.query_params


@pytest.mark.parametrize(
    "address", [{"branch": "kolo"}, {"product": "individual"}, {"period": "2024-10-31"}, {"policy": "first_look"}]
)
def test_every_choice_gives_a_page(opened: Open, address: dict[str, str]) -> None:
    app = opened("board", **address)
    assert not app.exception
    assert not app.error
    assert downloads(app) == ["Download PDF"]


def test_a_selection_that_holds_nothing_is_said_and_can_be_changed(opened: Open) -> None:
    app = opened("board", branch="kolo", product="village")
    assert not app.exception
    assert said(app).startswith("There is nothing in this selection")
    assert downloads(app) == []


def test_without_data_there_are_three_doors_and_no_file(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "options", lambda source: Options())
    app = opened("board")
    assert not app.exception
    assert said(app).startswith("No data yet")
    assert {"door_sample_open", "door_template_open", "door_upload_open"} <= {button.key for button in app.button}
    assert downloads(app) == []


def test_the_board_page_speaks_french(opened: Open) -> None:
    app = opened("board", lang="fr")
    assert app.title[0].value == "Page du conseil"
    assert downloads(app) == ["Télécharger le PDF"]
