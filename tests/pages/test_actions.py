"""Voices, actions and decisions: what needs you now, changed in place, told to those who spoke, kept in the history."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import actions, decisions, records
from metrics.actions import ACTION, Action
from metrics.decisions import DECISION, Decision
from metrics.store import Store
from pages.ui import data
from tests.pages.visit import Open, asked, said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder of this file's own: what is saved here is seen by no other test."""
    place = tmp_path_factory.mktemp("actions") / sample.name
    place.write_bytes(sample.read_bytes())
    return place.parent


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """The store of that folder; what a test wrote is undone after it."""
    one = data.opened(str(folder), data.SAMPLE)
    with closing(one.cursor()) as cursor:
        before = {(record.kind, record.id): record.version for record in records.newest(cursor)}
    yield one
    with closing(one.cursor()) as cursor:
        later = [one for one in records.newest(cursor) if before.get((one.kind, one.id)) != one.version]
    for record in later:
        kind = {"action": ACTION, "decision": DECISION}[record.kind]
        seen = record.version
        for _ in range(record.version - before.get((record.kind, record.id), 0)):
            seen = records.undo(one, kind, record.id, "test", seen).version


def action(store: Store, name: str) -> Action:
    with closing(store.cursor()) as cursor:
        found = actions.find(cursor, name)
    assert found is not None
    return found


def decided(store: Store, name: str) -> Decision:
    with closing(store.cursor()) as cursor:
        return next(one for one in decisions.listed(cursor) if one.id == name)


def key(one: Action | Decision, field: str, area: str = "deed") -> str:
    return f"{area}_{field}_{one.id}_{one.version}"


def save(app: AppTest, one: Action, **texts: str) -> AppTest:
    for field, text in texts.items():
        if field.endswith("_on"):
            app.date_input(key=key(one, field)).set_value(date.fromisoformat(text))
        elif field in ("answer", "action"):
            app.text_area(key=key(one, field)).set_value(text)
        else:
            app.text_input(key=key(one, field)).set_value(text)
    return app.button(key=f"deed_save_{one.id}_{one.version}").click().run()


def faults(app: AppTest) -> str:
    assert not app.exception
    return "".join(error.value for error in app.error).replace("\\", "")


@pytest.mark.parametrize(
    "address", [{"part": "actions"}, {"part": "actions", "action": "I-010"}, {"part": "decisions"}]
)
def test_every_view_opens_in_french_too(opened: Open, address: dict[str, str]) -> None:
    app = opened("voices", lang="fr", **address)
    assert not app.exception and not app.error


def test_the_headline_counts_what_is_open_and_late_and_the_oldest_stands_first(opened: Open, folder: Path) -> None:
    store, day = data.opened(str(folder), data.SAMPLE), date(2026, 9, 30)
    with closing(store.cursor()) as cursor:
        found = actions.ordered(actions.listed(cursor), day)
    going = [one.status(day) for one in found if one.status(day) in ("open", "overdue")]
    app = opened("voices", part="actions")
    assert app.title[0].value == (
        f"{len(going)} actions open, {going.count('overdue')} overdue; the oldest waits {found[0].waits(day)} days"
    )
    assert (
        next(button.key for button in app.button if str(button.key).startswith("deed_row_"))
        == f"deed_row_{found[0].id}"
    )


def test_the_list_is_narrowed_by_branch_and_status(opened: Open) -> None:
    app = opened("voices", part="actions")
    app.selectbox(key="deed_by_show").set_value("untold").run()
    app.selectbox(key="deed_by_branch_id").set_value("kolo").run()
    assert (rows(app), asked(app, "show")) == (["deed_row_I-026"], ["untold"])


def rows(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button if str(button.key).startswith("deed_row_")]


def test_branch_and_owner_stand_in_the_address_and_survive_a_refresh(opened: Open) -> None:
    app = opened("voices", part="actions", show="all")
    app.selectbox(key="deed_by_branch_id").set_value("kolo").run()
    owner = app.selectbox(key="deed_by_owner").options[0]
    narrowed = rows(app.selectbox(key="deed_by_owner").set_value(owner).run())
    kept = asked(app, "filter")
    assert kept == ["branch_id:kolo", f"owner:{owner}"]
    assert rows(opened("voices", part="actions", show="all", filter=kept)) == narrowed
    app.selectbox(key="deed_by_branch_id").set_value(None).run()
    assert asked(app, "filter") == [f"owner:{owner}"]


def test_a_link_may_ask_for_the_actions_of_a_risk(opened: Open, folder: Path) -> None:
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        wanted = {one.id for one in actions.of_risk(actions.listed(cursor), "legal")}
    app = opened("voices", part="actions", risk="legal", show="all")
    rows = {str(button.key).removeprefix("deed_row_") for button in app.button if str(button.key)[:8] == "deed_row"}
    assert rows and rows <= wanted


def test_a_row_opens_its_action_in_the_address_and_the_way_back_closes_it(opened: Open) -> None:
    app = opened("voices", part="actions").button(key="deed_row_I-038").click().run()
    assert asked(app, "action") == ["I-038"]
    app.button(key="deed_back").click().run()
    assert "action" not in app.query_params


def test_an_unknown_action_in_the_address_falls_back_to_the_list(opened: Open) -> None:
    app = opened("voices", part="actions", action="never")
    assert "action" not in app.query_params and "Retrain officers on collection" in said(app)


def test_an_answer_written_down_closes_the_action_and_undo_opens_it_again(opened: Open, store: Store) -> None:
    one = action(store, "I-026")
    app = opened("voices", part="actions", action="I-026")
    assert "Now tell those who spoke" in said(app)
    save(app, one, answer="We hired two people", answered_to="Staff of Kolo", answered_on="2026-09-29", why="told them")
    assert action(store, "I-026").answered_to == "Staff of Kolo" and "Saved: I-026, " in said(app)
    app.button(key="record_undo").click().run()
    assert action(store, "I-026") == one


def test_what_is_refused_is_said_and_nothing_is_kept(opened: Open, store: Store) -> None:
    one = action(store, "I-038")
    app = save(opened("voices", part="actions", action="I-038"), one, owner="")
    assert "Owner is empty" in faults(app)
    app = save(opened("voices", part="actions", action="I-038"), one, due_on="2024-01-01")
    assert "before it was raised" in faults(app)
    assert action(store, "I-038") == one


def test_the_second_of_two_sees_what_the_first_changed_and_chooses(opened: Open, store: Store) -> None:
    one = action(store, "I-038")
    app = opened("voices", part="actions", action="I-038")
    records.save(store, ACTION, "I-038", {**one.body(), "owner": "Internal audit"}, "Bo", seen=0)
    save(app, one, owner="Branch manager")
    assert "Bo has saved this meanwhile" in said(app) and action(store, "I-038").owner == "Internal audit"
    app.button(key="clash_mine").click().run()
    assert action(store, "I-038").owner == "Branch manager"


def test_dropping_needs_a_reason_and_takes_it_off_what_needs_you(opened: Open, store: Store) -> None:
    app = save(opened("voices", part="actions", action="I-072"), action(store, "I-072"), dropped_why="No longer needed")
    assert not faults(app)
    assert action(store, "I-072").status(date(2026, 9, 30)) == "dropped"


def test_a_new_action_bears_the_next_free_id(opened: Open, store: Store) -> None:
    app = opened("voices", part="actions").button(key="deed_open_form").click().run()
    app.text_area(key="deed_action_new").set_value("Call the clients who left")
    app.text_input(key="deed_owner_new").set_value("Head of operations")
    app.button(key="deed_make").click().run()
    found = action(store, "A-004")
    assert (found.action, found.raised_on, found.due_on) == (
        "Call the clients who left", date(2026, 9, 30), date(2026, 10, 30)
    )  # fmt: skip


def test_a_new_action_without_an_owner_is_refused_in_the_dialog(opened: Open, store: Store) -> None:
    app = opened("voices", part="actions").button(key="deed_open_form").click().run()
    app.text_area(key="deed_action_new").set_value("Call the clients who left")
    app.button(key="deed_make").click().run()
    assert "Owner is empty" in faults(app)


def test_the_effect_is_one_sentence_that_claims_no_cause(opened: Open) -> None:
    text = said(opened("voices", part="actions", action="I-010")).replace("\u202f", " ")
    assert "from 32.9 points on 31 Oct 2025 (n = 164) to 12 points on 30 Sep 2026 (n = 167)" in text
    assert "Too early to say" in text and "That it followed does not show that it caused." in text


def test_the_voices_that_an_action_answers_lead_to_what_was_heard(opened: Open) -> None:
    app = opened("voices", part="actions", action="I-051").button(key="deed_voice_complaints/05-C0054").click().run()
    assert (asked(app, "part"), asked(app, "voice")) == (["heard"], ["complaints/05-C0054"])


def test_a_decision_is_marked_as_done_in_one_step_and_the_headline_follows(opened: Open, store: Store) -> None:
    app = opened("voices", part="decisions")
    before = app.title[0].value
    app.button(key="decide_done_D-004").click().run()
    assert before == "3 of 7 decisions of the board are still to be done, 2 overdue"
    assert app.title[0].value == "2 of 7 decisions of the board are still to be done, 1 overdue"
    assert decided(store, "D-004").done_on == date(2026, 9, 30)


def test_a_decision_is_recorded_with_what_the_board_sees(opened: Open, store: Store) -> None:
    app = opened("voices", part="decisions").button(key="decide_open").click().run()
    app.text_area(key="decide_text_new").set_value("Watch late loans in Tensa")
    app.text_input(key="decide_owner_new").set_value("Head of credit")
    app.selectbox(key="decide_indicator_id_new").set_value("par30")
    app.selectbox(key="decide_branch_id_new").set_value("tensa")
    app.button(key="decide_make").click().run()
    one = decided(store, "D-008")
    assert (one.policy, one.value_on) == ("equal", date(2026, 9, 30)) and one.value and one.limits


def test_a_decision_is_changed_in_place_and_its_history_says_so(opened: Open, store: Store) -> None:
    one = decided(store, "D-007")
    app = opened("voices", part="decisions", show="D-007")
    app.text_input(key=key(one, "owner", "decide")).set_value("Branch managers")
    app.button(key=f"decide_save_{one.id}_{one.version}").click().run()
    with closing(store.cursor()) as cursor:
        change = records.history(cursor, "decision", "D-007")[0]
    assert (change.field, change.before, change.after) == ("owner", "Head of operations", "Branch managers")


def test_a_decision_becomes_an_action_that_names_it(opened: Open, store: Store) -> None:
    app = opened("voices", part="decisions").button(key="decide_act_D-007").click().run()
    app.button(key="deed_make").click().run()
    assert not faults(app)
    with closing(store.cursor()) as cursor:
        made = actions.of_origin(actions.listed(cursor), "decision/D-007")
    assert [(one.owner, one.effect_indicator_id) for one in made] == [
        ("Head of operations", "complaints_resolved_on_time")
    ]


def test_the_overview_opens_with_the_last_meeting_and_leads_to_it(opened: Open) -> None:
    app = opened("overview")
    text = said(app).replace("\u202f", " ")
    assert (
        "Last meeting (30 Jun 2026): 4 decided, 2 done, 1 overdue; complaints per client in Doukoro 8.2 % → 11.3 %"
        in text
    )


def test_before_the_first_meeting_the_overview_says_nothing_of_it(opened: Open) -> None:
    assert "Last meeting" not in said(opened("overview", period="2026-02-28"))
