"""The view of tailored products: needs that wait, what is said to them, and what came of it."""

from streamlit.testing.v1 import AppTest

from pages.ui import data
from tests.pages.test_data import title
from tests.pages.visit import Open, said


def needs(app: AppTest) -> str:
    """All that the view says, with plain spaces."""
    assert not app.exception
    return said(app).replace("\u202f", " ")


def test_the_view_opens_with_what_waits_and_the_plainest_of_it(opened: Open) -> None:
    app = opened("voices", part="tailored")
    assert (
        title(app)
        .replace("\u202f", " ")
        .endswith("the plainest: 44 % of clients (branch Doukoro) left within the year.")
    )
    assert "n 747, against 24 % elsewhere (n 9,427); gap 21 points, 95 % interval 17 to 24" in needs(app)


def test_what_was_not_found_and_what_is_not_recorded_is_said(opened: Open) -> None:
    text = needs(opened("voices", part="tailored"))
    assert "Savings that are used (2,983 people)" in text
    assert "A second look at refusals: not recorded. It would need applications.client_id." in text


def test_the_limits_that_a_suggestion_touches_are_shown_with_their_values(opened: Open) -> None:
    text = needs(opened("voices", part="tailored"))
    assert "Limits it touches, as they stand" in text
    assert "the limit holds" in text


def test_french_says_the_same(opened: Open) -> None:
    assert "44 % des clients (agence Doukoro) sont partis" in needs(opened("voices", part="tailored", lang="fr"))


def test_accepting_keeps_the_verdict_and_asks_who_does_what(fresh: Open) -> None:
    app = fresh("voices", part="tailored")
    app.button(key="need_accept_0").click().run()
    assert "Call them before the last instalment" in app.text_area(key="deed_action_new").value
    assert "need/keep_clients/branch=doukoro" in needs(app)
    app.text_input(key="deed_owner_new").set_value("Head of operations")
    app.button(key="deed_make").click().run()
    again = needs(fresh("voices", part="tailored"))
    assert "Action " in again
    assert "Head of operations, due" in again


def test_accepting_without_making_the_action_leaves_the_way_to_make_it(fresh: Open) -> None:
    fresh("voices", part="tailored").button(key="need_accept_0").click().run()
    app = fresh("voices", part="tailored")
    assert "No action has been made of it yet." in needs(app)
    app.button(key="need_make_0").click().run()
    assert "Call them before the last instalment" in app.text_area(key="deed_action_new").value


def test_rejecting_asks_for_a_reason_and_shows_it(fresh: Open) -> None:
    app = fresh("voices", part="tailored")
    app.button(key="need_reject_0").click().run()
    app.text_input(key="need_reason").set_value("The branch is being reorganised")
    app.button(key="need_send").click().run()
    assert "Reason: The branch is being reorganised" in needs(app)
    app.button(key="record_undo").click().run()
    assert "The branch is being reorganised" not in needs(app)


def test_a_rejection_without_a_reason_is_refused_with_a_sentence(fresh: Open) -> None:
    app = fresh("voices", part="tailored")
    app.button(key="need_reject_0").click().run()
    app.button(key="need_send").click().run()
    assert "A suggestion is rejected with a reason" in " ".join(error.value for error in app.error)


def test_the_history_of_the_samples_answers_is_kept(opened: Open, folder: object) -> None:
    text = needs(opened("voices", part="tailored"))
    store = data.opened(str(folder), data.SAMPLE)
    kept = store.cursor().execute("SELECT count(*) FROM v_records WHERE kind = 'need'").fetchall()[0][0]
    assert kept == text.count("by Head of operations")
