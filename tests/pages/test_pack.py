"""The board pack on the page: what goes in, its pages, comments beside it, packs frozen, opened and compared."""

import datetime
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.packs import frozen
from metrics.packs.endings import FORMS
from metrics.packs.model import Text
from metrics.records import Record
from pages.ui import data
from pages.ui.pack import made, taking, wish
from tests.pages.visit import Open, asked, said

PLAN = (
    '[[section]]\nkind = "headline"\n\n[[section]]\nkind = "colours"\nindicators = ["par30", "nps"]\n\n'
    '[[section]]\nkind = "text"\ntitle = "Why"\ntext = "Rains came late."\n'
)
SHORT = {"part": "pack", "plan": wish.own(PLAN)}


def downloads(app: AppTest) -> list[str]:
    return [str(button.proto.label) for button in app.get("download_button")]


def kept(tmp_path: Path) -> list[Record]:
    with closing(data.opened(str(tmp_path), data.SAMPLE).cursor()) as cursor:
        return frozen.listed(cursor)


def comments(tmp_path: Path, day: str = "2026-09-30") -> dict[str, Record]:
    with closing(data.opened(str(tmp_path), data.SAMPLE).cursor()) as cursor:
        return frozen.comments(cursor, datetime.date.fromisoformat(day))


def test_the_pack_has_its_date_its_sections_its_pages_and_four_forms(opened: Open) -> None:
    app = opened("board", **SHORT)
    assert not app.exception and not app.error
    assert said(app).startswith("Board pack of 30 Sep 2026: 3 sections")
    assert [name for name in downloads(app) if name.lower() in FORMS] == ["PDF", "PPTX", "XLSX", "HTML"]
    assert "Page 1 of" in said(app)
    assert "Rains came late." not in said(app)  # the text stands on the page as a picture, not as markdown of ours


def test_the_document_may_speak_another_language_than_the_page(opened: Open) -> None:
    app = opened("board", **SHORT)
    app.selectbox(key="w_doc").set_value("fr").run()
    assert asked(app, "doc") == ["fr"]
    assert app.title[0].value.startswith("Board pack of")
    assert "L'essentiel et la décision" in said(app).replace("’", "'")


def test_date_branches_and_social_share_are_those_of_the_address(opened: Open) -> None:
    app = opened("board", **SHORT, period="2026-06-30", branch=["kolo", "baro"], social="30")
    assert app.title[0].value.startswith("Board pack of 30 Jun 2026")
    assert app.slider(key="w_pack_social").value == 30
    app.slider(key="w_pack_social").set_value(70).run()
    assert asked(app, "social") == ["70"]
    app.slider(key="w_pack_social").set_value(50).run()
    assert "social" not in app.query_params


def test_sections_are_left_out_moved_and_put_back_by_the_address(opened: Open) -> None:
    app = opened("board", **SHORT)
    app.button(key="section_down_headline").click().run()
    assert asked(app, "sections") == ["colours,headline,text"]
    app.checkbox(key="w_section_colours").uncheck().run()
    assert (asked(app, "sections"), app.title[0].value[-10:]) == (["headline,text"], "2 sections")
    app.checkbox(key="w_section_colours").check().run()
    assert "sections" not in app.query_params  # the description's own order again
    assert app.button(key="section_up_headline").disabled
    assert app.button(key="section_down_text").disabled


def test_the_last_section_cannot_be_left_out(opened: Open) -> None:
    assert opened("board", **SHORT, sections="text").checkbox(key="w_section_text").disabled


def test_what_the_address_names_and_no_pack_has_is_said(opened: Open) -> None:
    app = opened("board", **SHORT, sections="text,weather")
    assert "weather" in app.warning[0].value
    assert app.title[0].value.endswith(": 1 section")


@pytest.mark.parametrize("plan", ["~no", "~eJwDAAAAAAE=", "../secret", "weather"])
def test_a_description_that_cannot_be_read_falls_back_to_the_usual_pack(opened: Open, plan: str) -> None:
    app = opened("board", part="frozen", plan=plan)
    app.segmented_control(key="w_board").set_value("pack").run()
    assert not app.exception
    assert "plan" not in app.query_params
    assert app.title[0].value.endswith("14 sections")


def test_without_a_frozen_pack_the_page_says_what_one_is_for(opened: Open) -> None:
    app = opened("board", part="frozen")
    assert app.title[0].value == "No pack has been frozen yet"
    app.button(key="pack_to_pack").click().run()
    assert app.title[0].value.endswith("14 sections")


def test_a_description_is_taken_from_a_file_or_refused_with_a_sentence(opened: Open) -> None:
    app = opened("board", **SHORT)
    for content, sentence in (
        (b'[[section]]\nkind = "hedline"\n', "headline"),
        (b"\xff\xfe\x00", "text file"),
        (b"# " + b"x" * wish.LARGEST + b'\n[[section]]\nkind = "text"\n', "Shorten"),
        (b"[[section]\n", "TOML"),
    ):
        app.file_uploader(key="pack_plan_file").set_value(("own.toml", content, "application/toml")).run()
        assert not app.exception
        assert sentence in app.error[0].value
    text = '[[section]]\nkind = "text"\ntitle = "Alone"\ntext = "One."\n'
    app.file_uploader(key="pack_plan_file").set_value(("own.toml", text.encode(), "application/toml")).run()
    assert not app.error
    assert asked(app, "plan") == [wish.own(text)]
    assert app.title[0].value.endswith(": 1 section")
    app.button(key="pack_plan_usual").click().run()
    assert "plan" not in app.query_params


def test_an_indicator_that_there_is_not_is_a_sentence_and_the_choices_stay(opened: Open) -> None:
    plan = wish.own('[[section]]\nkind = "indicator"\nindicator = "par31"\n')
    app = opened("board", part="pack", plan=plan)
    assert not app.exception
    assert "par31" in app.error[0].value
    assert app.button(key="pack_plan_usual")


def test_a_selection_that_holds_nothing_is_said(opened: Open) -> None:
    app = opened("board", **SHORT, branch="kolo", product="village")
    assert not app.exception
    assert said(app).startswith("There is nothing in this selection")


def test_a_comment_is_written_beside_its_section_stands_in_the_pack_and_can_be_undone(
    fresh: Open, tmp_path: Path
) -> None:
    app = fresh("board", **SHORT)
    app.button(key="note_open_section:text").click().run()
    app.text_area(key="note_text_section:text_0").set_value("Roads were *closed*.")
    app.text_input(key="author_note").set_value("Awa")
    app.button(key="note_save").click().run()
    assert "Roads were *closed*." in said(app) and "Awa, for the pack of 30 Sep 2026" in said(app)
    assert composed(app, tmp_path) == ["Roads were *closed*."]
    app.button(key="record_undo").click().run()
    assert comments(tmp_path) == {}
    assert composed(app, tmp_path) == []


def composed(app: AppTest, tmp_path: Path) -> list[str]:
    """The comments of the section `text` in the pack as it is composed now."""
    store = data.opened(str(tmp_path), data.SAMPLE)
    source = data.Source(str(tmp_path), data.SAMPLE, store.epoch)
    options = data.options(source)
    pack = made._made(
        source, data.Scope(), made.Choices(policy=options.default), "branch",
        wish.Wish("en", PLAN, "pack", "", ""), made.written(source),
    ).pack  # fmt: skip
    blocks = next(section.blocks for section in pack.sections if section.id == "text")
    return [block.text for block in blocks if isinstance(block, Text) and block.kind == "comment"]


@pytest.mark.full
def test_a_comment_of_an_earlier_pack_says_so_and_is_carried_on_or_removed(fresh: Open, tmp_path: Path) -> None:
    app = fresh("board", **SHORT, period="2026-06-30")
    app.button(key="note_open_indicator:par30").click().run()
    app.text_area(key="note_text_indicator:par30_0").set_value("Floods.")
    app.button(key="note_save").click().run()
    later = fresh("board", **SHORT)
    assert "written for the earlier pack of 30 Jun 2026" in said(later)
    later.button(key="note_carry_indicator:par30").click().run()
    assert "written for the earlier pack" not in said(later)
    assert comments(tmp_path)["indicator:par30"].body["period"] == "2026-09-30"
    later.button(key="note_remove_indicator:par30").click().run()
    assert comments(tmp_path) == {}
    assert list(comments(tmp_path, "2026-06-30")) == ["indicator:par30"]  # the pack of June keeps it


def freeze(app: AppTest, who: str = "Awa") -> AppTest:
    app.checkbox(key="pack_freeze_sure").check()
    app.text_input(key="author_freeze").set_value(who)
    app.run()
    return app.button(key="pack_freeze").click().run()


def test_a_pack_is_frozen_after_a_question_listed_opened_and_undone(fresh: Open, tmp_path: Path) -> None:
    app = fresh("board", **SHORT)
    assert app.button(key="pack_freeze").disabled
    freeze(app)
    (record,) = kept(tmp_path)
    assert (record.who, record.body["period"], record.body["language"]) == ("Awa", "2026-09-30", "en")
    app.segmented_control(key="w_board").set_value("frozen").run()
    assert app.title[0].value.startswith("1 frozen pack, presented on")
    assert "frozen by Awa" in said(app) and record.body["hash"][:12] in said(app)
    app.button(key=f"pack_open_{record.id}").click().run()
    assert asked(app, "pack") == [record.id]
    assert [name for name in downloads(app) if name.lower() in FORMS] == ["PDF", "PPTX", "XLSX", "HTML"]
    assert "Page 1 of" in said(app)
    app.button(key="record_undo").click().run()
    assert kept(tmp_path) == []
    assert app.title[0].value == "No pack has been frozen yet"


def test_a_frozen_pack_is_taken_away_with_a_reason_only(fresh: Open, tmp_path: Path) -> None:
    freeze(fresh("board", **SHORT))
    (record,) = kept(tmp_path)
    app = fresh("board", part="frozen", pack=record.id)
    app.button(key=f"pack_remove_{record.id}").click().run()
    assert "Say why" in app.error[0].value
    assert kept(tmp_path) == [record]
    app.text_input(key=f"pack_why_{record.id}").set_value("Presented another one")
    app.button(key=f"pack_remove_{record.id}").click().run()
    assert kept(tmp_path) == []


@pytest.mark.full
def test_two_frozen_packs_are_compared(fresh: Open, tmp_path: Path) -> None:
    freeze(fresh("board", **SHORT, period="2026-06-30"))
    freeze(fresh("board", **SHORT, sections="headline,colours"))
    later, earlier = kept(tmp_path)
    app = fresh("board", part="frozen", before=earlier.id, after=later.id)
    assert not app.exception
    assert "figures moved between the two dates" in said(app)
    assert "Left out: Why." in said(app)
    frame = app.dataframe[0].value
    assert {"Section", "Figure", "Earlier", "Later", "Change", "Why"} == set(frame.columns) and len(frame) > 2
    app.selectbox(key="w_pack_after").set_value(earlier.id).run()
    assert "Choose two different packs." in said(app)


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Dossier du conseil du 30 sept. 2026"), ("es", "Carpeta de la junta del 30 sept 2026")],
)
def test_the_pack_speaks_french_and_spanish(opened: Open, language: str, title: str) -> None:
    app = opened("board", **SHORT, lang=language)
    assert said(app).startswith(title)
    assert not app.exception and not app.error


def test_the_name_of_a_file_has_institution_kind_date_and_ending(tmp_path: Path) -> None:
    from tests import packing

    assert taking.file_name(packing.pack(), "pptx") == "Demo-MFI-synthetic_Board-pack_2026-09-30.pptx"
