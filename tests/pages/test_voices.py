"""The page Voices, view Heard: who waits, how each voice is coded, corrected, linked, answered; and typing in."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics import records
from metrics.store import Store
from metrics.voices import Voice
from metrics.words import LANGUAGES
from pages.ui.text import md
from pages.ui.voices import heard_list, heard_reads, voice_one
from tests import looping
from tests.pages.visit import Open, asked, go, said
from tests.records import DAY, land, loan

WORDS = "The collector shouted at me in front of my neighbours."
EVIL = "![x](http://evil.example/p) **bold**"
REF = "complaints/C-1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One's own data, landed once: two branches, a complaint in words that nobody coded, one that is closed."""
    folder = tmp_path_factory.mktemp("voices")
    with closing(Store.open(folder)) as store:
        land(
            store,
            institutions=[{"institution_name": "Own", "currency": "XOF"}],
            branches=[{"branch_id": "north", "branch_name": "North"}, {"branch_id": "south", "branch_name": "South"}],
            loans=[loan("1"), loan("2", branch_id="south")],
            complaints=[
                {"complaint_id": "C-1", "received_on": DAY, "branch_id": "north", "description": WORDS},
                {"complaint_id": "C-2", "received_on": DAY, "branch_id": "south", "category": "service",
                 "description": EVIL, "closed_on": DAY},
            ],
        )  # fmt: skip
        return store.path


@pytest.fixture
def own(tmp_path: Path, made: Path, fresh: Open) -> Open:
    """The app on a copy of them."""
    shutil.copy(made, tmp_path / made.name)
    return fresh


def visit(own: Open, **address: str | list[str]) -> AppTest:
    """The page of voices as of the data's last day, so that the clock does not matter."""
    return go(own(period=DAY.isoformat(), **address), "voices")


def found(tmp_path: Path, kind: str) -> list[records.Record]:
    """The records of a kind as the database has them."""
    from pages.ui import data

    with closing(data.opened(str(tmp_path), data.OWN).cursor()) as cursor:
        return records.newest(cursor, kind)


def said_of(ref: str, **told: Any) -> Voice:
    """A complaint of a client on the data's last day; any field can be set."""
    empty = dict.fromkeys(
        ("branch_id", "product_id", "client_id", "gender", "location", "age_band", "channel", "topic", "severity",
         "sentiment", "closed_on", "answered_on", "satisfied")
    )  # fmt: skip
    plain = {"kind": "complaint", "day": DAY, "source": "client", "text": WORDS, "may_quote": False}
    return Voice(**{"ref": ref, **empty, **plain, **told})


def button(app: AppTest, key: str) -> AppTest:
    """Presses the button whose key begins so."""
    return next(one for one in app.button if one.key and one.key.startswith(key)).click().run()


def test_the_headline_counts_who_waits_and_names_where_most_complaints_come_from(opened: Open) -> None:
    title = go(opened(), "voices").title[0].value.replace("\\", "")
    assert title.startswith("53 of 372 complaints and statements wait for an answer; ")
    assert "complaints at Doukoro are about conduct at collection" in title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_says_who_is_silent_and_how_well_we_listen(opened: Open, language: str) -> None:
    app = go(opened(lang=language), "voices")
    assert not app.exception
    assert {"en": "of the clients", "fr": "des clients", "es": "de los clientes"}[language] in said(app)


def test_no_words_without_consent_stand_in_the_list_or_among_the_quotes(own: Open) -> None:
    assert "neighbours" not in said(visit(own))


def test_one_voice_shows_its_words_and_the_words_that_decided(own: Open) -> None:
    text = said(visit(own, voice=REF))
    assert "shouted at me in front of my neighbours" in text
    assert "By the words for Conduct at collection" in text
    assert "nobody agreed that it be quoted" in text


def test_a_correction_is_kept_and_the_voice_says_that_a_person_coded_it(own: Open, tmp_path: Path) -> None:
    app = visit(own, voice=REF)
    next(one for one in app.selectbox if str(one.key).startswith("voice_category_")).set_value("service")
    app = button(app, "voice_save_")
    assert found(tmp_path, "coding")[0].body == {"category": "service", "branch_id": "north"}
    assert "A person coded it" in said(app)


def test_saving_what_the_rules_say_confirms_it(own: Open, tmp_path: Path) -> None:
    button(visit(own, voice=REF), "voice_save_")
    assert found(tmp_path, "coding")[0].body == {"category": "collection_conduct", "branch_id": "north"}


def test_undo_puts_back_the_coding_of_the_rules(own: Open, tmp_path: Path) -> None:
    app = button(button(visit(own, voice=REF), "voice_save_"), "record_undo")
    assert found(tmp_path, "coding") == []
    assert "By the words for" in said(app)


def test_an_action_for_a_voice_names_it_and_its_risk_branch_and_indicator() -> None:
    voice = said_of("complaints/1", branch_id="north", category=looping.SUBJECT, risk_id="conduct",
                    indicator=looping.INDICATOR)  # fmt: skip
    assert voice_one.prefilled(voice) == {
        "voices": ["complaints/1"], "raised_on": DAY, "risk_id": "conduct", "branch_id": "north",
        "category": looping.SUBJECT, "source": "client", "effect_indicator_id": looping.INDICATOR,
    }  # fmt: skip


def test_one_action_for_several_voices_has_only_what_they_agree_on() -> None:
    voices = [said_of("complaints/1", branch_id="north", risk_id="conduct"),
              said_of("complaints/2", branch_id="south", risk_id="conduct")]  # fmt: skip
    assert heard_list.together(voices) == {
        "voices": ["complaints/1", "complaints/2"], "raised_on": DAY, "risk_id": "conduct", "source": "client",
    }  # fmt: skip


def test_what_needs_an_answer_is_sorted_gravest_first_then_longest() -> None:
    early = DAY.replace(day=1)
    voices = [said_of("b", severity=2), said_of("c", severity=4), said_of("a", severity=2, day=early),
              said_of("d", severity=4, closed_on=DAY)]  # fmt: skip
    assert [voice.ref for voice in heard_reads.needing(voices, "answer", DAY)] == ["c", "a", "b"]


@pytest.mark.parametrize(("kind", "waiting"), [("complaint", True), ("statement", True), ("exit", False)])
def test_only_complaints_and_statements_ask_for_an_answer(kind: str, waiting: bool) -> None:
    assert heard_reads.waits(said_of("a", kind=kind), DAY) is waiting


def test_an_answer_that_came_after_the_day_shown_was_still_waited_for() -> None:
    assert heard_reads.waits(said_of("a", answered_on=DAY), DAY.replace(day=29))


def test_an_answered_voice_no_longer_waits(own: Open) -> None:
    assert "1 of 2 complaints and statements waits for an answer" in said(visit(own))


def test_everything_answered_is_said_to_be_so(own: Open) -> None:
    app = visit(own, branch="south")
    assert "Nobody waits for an answer" in app.title[0].value.replace("\\", "")
    assert "Nothing: everybody has an answer" in said(app)


def test_a_complaint_typed_in_is_coded_by_the_rules_and_opens(own: Open, tmp_path: Path) -> None:
    app = button(visit(own), "heard_type")
    app.text_area(key="typed_description").set_value("They threatened me at night")
    app = button(app, "typed_keep")
    assert found(tmp_path, "complaint")[0].body["description"] == "They threatened me at night"
    assert asked(app, "voice") == ["complaints/T-001"]
    assert "Very serious" in said(app)


def test_what_was_typed_in_can_be_taken_away(own: Open, tmp_path: Path) -> None:
    app = button(visit(own), "heard_type")
    app.text_area(key="typed_description").set_value("They threatened me at night")
    button(button(app, "typed_keep"), "voice_take_away")
    assert found(tmp_path, "complaint") == []


def test_a_complaint_without_words_is_refused_by_a_sentence(own: Open, tmp_path: Path) -> None:
    app = button(button(visit(own), "heard_type"), "typed_keep")
    assert "What happened is empty" in said(app)
    assert found(tmp_path, "complaint") == []


@pytest.mark.many(4)
@pytest.mark.parametrize("what", ["exit", "statement", "answers", "staff"])
def test_every_other_form_is_refused_while_it_is_empty(own: Open, what: str) -> None:
    app = button(visit(own), "heard_type")
    app.segmented_control(key="typed_what").set_value(what).run()
    app = button(app, "typed_keep")
    assert not app.exception
    assert app.error


def test_the_reason_to_leave_that_is_typed_in_becomes_a_voice(own: Open, tmp_path: Path) -> None:
    app = button(visit(own), "heard_type")
    app.segmented_control(key="typed_what").set_value("exit").run()
    app.selectbox(key="typed_exit_reason").set_value("harassment")
    app = button(app, "typed_keep")
    assert found(tmp_path, "answers")[0].body["answers"] == {"exit_reason": {"code": "harassment"}}
    assert "Exit interview" in said(app)


def test_a_voice_that_is_not_there_is_taken_out_of_the_address(own: Open) -> None:
    app = visit(own, voice="complaints/none")
    assert "voice" not in app.query_params


def test_without_voices_three_ways_lead_on(fresh: Open, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        land(store, institutions=[{"institution_name": "Own", "currency": "XOF"}], loans=[loan("1")])
    app = go(fresh(), "voices")
    doors = [str(one.key) for one in app.button]
    assert {"voices_upload", "voices_type", "voices_template"} <= set(doors)


def test_text_from_data_stays_text(own: Open) -> None:
    app = visit(own, voice="complaints/C-2")
    assert any(part.value == md(EVIL) for part in app.markdown)


def coded(own: Open, category: str) -> AppTest:
    """The voice in words after a person said what it is about."""
    app = visit(own, voice=REF)
    next(one for one in app.selectbox if str(one.key).startswith("voice_category_")).set_value(category)
    return button(app, "voice_save_")


def test_what_a_correction_taught_is_listed_without_the_words_taken_away_and_learned_again(
    own: Open, tmp_path: Path
) -> None:
    coded(own, "service")
    app = visit(own)
    assert "One text is coded as Service and waiting: 1 correction" in said(app) and "neighbours" not in said(app)
    app = button(app, "taught_away_0")
    assert "Saved: the note that the lesson of a text, Service and waiting, no longer counts." in said(app)
    assert [one.body["category"] for one in found(tmp_path, "unlearned")] == ["service"]
    app = button(visit(own), "taught_back_0")
    assert found(tmp_path, "unlearned") == [] and "One text is coded as Service and waiting" in said(app)


def test_a_lesson_of_a_text_leads_to_the_voice_that_taught_it(own: Open) -> None:
    coded(own, "service")
    assert asked(button(visit(own), "taught_see_0"), "voice") == [REF]


def test_where_a_person_codes_what_the_data_leave_open_it_is_said_that_figures_do_not_follow(own: Open) -> None:
    text = said(coded(own, "service"))
    assert "The data give this complaint no subject" in text
    assert "Indicators count" not in said(visit(own, voice="complaints/C-2"))


def test_the_filters_stand_in_the_address_and_survive_a_refresh(own: Open) -> None:
    app = visit(own, show="all")
    for name, value in (("kind", "complaint"), ("category", "service")):
        app.selectbox(key=f"heard_by_{name}").set_value(value).run()
    kept = asked(app, "filter")
    assert kept == ["kind:complaint", "category:service"]
    again = visit(own, show="all", filter=kept)
    assert again.selectbox(key="heard_by_category").value == "service"
    shown = [str(one.key) for one in again.button if str(one.key).startswith("heard_row_")]
    assert shown == ["heard_row_complaints/C-2"]


def test_a_filter_that_is_not_known_narrows_nothing_and_another_page_forgets_it(own: Open) -> None:
    app = visit(own, show="all", filter="kind:song")
    assert len([one for one in app.button if str(one.key).startswith("heard_row_")]) == 2
    app.query_params.pop("filter")  # the links of the menu carry no choices
    assert "filter" not in go(go(app, "indicators"), "voices").query_params
