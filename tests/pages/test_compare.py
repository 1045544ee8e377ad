"""Save or compare on Trade-offs: a scenario is kept, found by its address, compared, taken in and out as a file."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import kept, policy, scenarios
from metrics.kept import Scenario
from metrics.versions import resolved
from metrics.words import LANGUAGES
from pages.ui import data
from tests.pages.visit import Open, asked, said

TOML = "application/toml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder of this file's own: what is saved here is seen by no other test."""
    place = tmp_path_factory.mktemp("compare") / sample.name
    place.write_bytes(sample.read_bytes())
    return place.parent


def every(folder: Path) -> list[Scenario]:
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        return kept.scenarios(cursor)


def keep(app: AppTest, title: str, key: str = "now") -> AppTest:
    app.text_input(key=f"scenario_name_{key}").set_value(title).run()
    app.text_input(key=f"scenario_note_{key}").set_value("for the board").run()
    return app.button(key=f"scenario_keep_{key}").click().run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["save", "compare", "kept"])
def test_every_part_opens_in_both_languages(opened: Open, part: str, language: str) -> None:
    app = opened("tradeoffs", compare=part, lang=language, social="60")
    assert not app.exception and not app.error


def test_the_button_opens_the_dialog_and_nothing_can_be_kept_without_a_name(opened: Open) -> None:
    app = opened("tradeoffs").button(key="compare_open").click().run()
    assert asked(app, "compare") == ["save"]
    assert "The weighting is Equal, unchanged." in said(app)
    assert app.button(key="scenario_keep_now").disabled


def test_the_weighting_shown_is_kept_with_its_author_and_found_by_its_address(opened: Open, folder: Path) -> None:
    app = opened("tradeoffs", compare="save", social="70", period="2026-06-30")
    assert "One thing differs from Equal" in said(app) and "50 % → 70 %" in said(app).replace("\u202f", " ")
    app = keep(app, "Members first")
    assert not app.exception
    one = next(one for one in every(folder) if one.version.policy == "members_first")
    assert (one.policy.social, str(one.view.as_of), one.version.note) == (70.0, "2026-06-30", "for the board")
    assert "Kept as Members first" in said(app)
    again = opened("tradeoffs", scenario=one.name)
    text = said(again)
    assert not again.exception and not again.error
    assert "the numbers of all 12 units are the same to the last digit" in text
    assert "Seen on the data of 30 Jun 2026" in text and "for the board" in text


def test_a_scenario_that_is_not_there_is_said(opened: Open) -> None:
    app = opened("tradeoffs", scenario="never@9")
    assert "There is no scenario never@9" in "".join(error.value for error in app.error).replace("\\", "")


def test_two_sides_list_only_what_differs(opened: Open) -> None:
    app = opened("tradeoffs", compare="compare", one="equal", other="now", social="60")
    text = said(app).replace("\u202f", " ")
    assert "One thing differs" in text and "Social share: 50 % → 60 %" in text
    assert "6 branches have another rank; no colour changes." in text
    app = opened("tradeoffs", compare="compare", one="equal", other="equal")
    assert "Choose two that differ." in said(app)


def test_a_file_is_taken_in_under_its_own_title(opened: Open, folder: Path) -> None:
    text = resolved(policy.load("mission_first")).to_toml().replace("Mission first", "Their view")
    app = opened("tradeoffs", compare="save")
    app.file_uploader(key="scenario_file").upload("theirs.toml", text.encode(), TOML).run()
    assert not app.error, [error.value for error in app.error]
    app.button(key="scenario_keep_file").click().run()
    found = next(one for one in every(folder) if one.version.policy == "their_view")
    assert found.policy.social == policy.load("mission_first").social


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"title = \xff", "cannot be read as UTF-8 text"),
        (b"title = ", "not valid TOML"),
        (b'title = "A"\n[node."financial/par30x"]\nweight = 1\n', "par30"),
        (b'title = "A"\n[node."financial/portfolio_quality/par30"]\nweight = 1\n', "financial"),
    ],
)
def test_a_file_at_fault_is_refused_with_a_sentence(opened: Open, content: bytes, wanted: str) -> None:
    app = opened("tradeoffs", compare="save")
    app.file_uploader(key="scenario_file").upload("wrong.toml", content, TOML).run()
    assert not app.exception
    assert wanted in "".join(error.value for error in app.error).replace("\\", "")
    assert not [button for button in app.button if button.key == "scenario_keep_file"]


@pytest.mark.full
def test_a_scenario_is_used_renamed_and_deleted(opened: Open, folder: Path) -> None:
    keep(opened("tradeoffs", compare="save", social="20"), "Short lived")
    app = opened("tradeoffs", scenario="short_lived@1").button(key="scenario_use").click().run()
    assert asked(app, "policy") == ["short_lived@1"] and "scenario" not in app.query_params
    app = opened("tradeoffs", scenario="short_lived@1")
    app.text_input(key="scenario_title").set_value("Longer lived").run()
    app.button(key="scenario_rename").click().run()
    assert asked(app, "scenario") == ["longer_lived@1"]
    app = opened("tradeoffs", scenario="longer_lived@1", policy="longer_lived@1")
    app.button(key="scenario_delete").click().run()
    assert not app.exception
    assert "longer_lived" not in [one.version.policy for one in every(folder)]


def test_the_board_takes_a_scenario_with_a_reason_and_then_it_is_frozen(opened: Open, folder: Path) -> None:
    keep(opened("tradeoffs", compare="save", social="80"), "Boards")
    app = opened("tradeoffs", scenario="boards@1")
    assert "change colour" in said(app) or "moves from" in said(app)
    app.text_input(key="scenario_by").set_value("The board").run()
    app.date_input(key="scenario_on").set_value("2026-10-01").run()
    assert app.button(key="scenario_approve").disabled
    app.text_input(key="scenario_why").set_value("More members").run()
    app.button(key="scenario_approve").click().run()
    assert not app.exception
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        assert scenarios.in_use(cursor) == "boards@2"
    app = opened("tradeoffs", scenario="boards@2")
    assert "can be neither renamed nor deleted" in said(app)
    assert not [button for button in app.button if button.key in ("scenario_delete", "scenario_rename")]
    listed = said(opened("settings", part="policies"))
    assert "scenario on the data of 30 Sep 2026" in listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_compared_instead_of_branches(opened: Open, language: str) -> None:
    app = opened("tradeoffs", units="dates", lang=language)
    assert not app.exception and not app.error
    assert ("a quarter ago" if language == "en" else "un trimestre") in said(app)
    assert app.selectbox(key="w_of").value == ""


def test_the_choice_of_dates_goes_into_the_address(opened: Open) -> None:
    app = opened("tradeoffs")
    app.radio(key="w_units").set_value(True).run()
    assert asked(app, "units") == ["dates"] and not app.exception
    app.radio(key="w_units").set_value(False).run()
    assert "units" not in app.query_params


def test_a_red_limit_that_caps_is_ticked_on_settings_and_seen_everywhere(opened: Open, folder: Path) -> None:
    app = opened("settings", part="limits", line=["par30.red:0.06", "par30.amber:0.03"])
    app.multiselect(key="s_caps").set_value(["par30"]).run()
    assert not app.exception and "par30.cap:yes" in asked(app, "line")
    assert "Red limits that make a unit critical: – → PAR30" in said(app)
    app.button(key="save").click().run()
    name = asked(app, "policy")[0]
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        assert scenarios.load(cursor, name).caps == ("par30",)
    assert "Critical, capped by PAR30" in said(opened("overview", policy=name))
    again = opened("settings", part="limits", policy=name, line="par30.cap:no")
    assert not again.exception and "PAR30 → –" in said(again)


def test_an_approval_on_settings_needs_a_reason(opened: Open) -> None:
    app = opened("settings", part="limits", line="par30.red:0.07")
    app.text_input(key="save_by").set_value("The board").run()
    app.date_input(key="save_on").set_value("2026-10-01").run()
    assert app.button(key="save").disabled
    assert "say why" in "".join(error.value for error in app.error)
    app.text_input(key="save_note").set_value("regulator").run()
    assert not app.button(key="save").disabled
