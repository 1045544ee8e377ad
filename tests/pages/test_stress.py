"""Stress tests, opened from Trade-offs: a scenario, its sizes, what it does, and what breaks first."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import Open, asked, said


def test_the_button_opens_a_scenario_with_a_finding_and_the_address_keeps_it(opened: Open) -> None:
    app = opened("tradeoffs")
    app.button(key="stress_open").click().run()
    assert asked(app, "shock") == ["collection_moratorium"]
    assert "Collection moratorium: balance 65 → " in said(app)


def test_money_and_people_stand_beside_each_other_with_what_was_assumed(opened: Open) -> None:
    app = opened("tradeoffs", shock="flood")
    text = said(app)
    assert "What money loses" in text
    assert "What people lose" in text
    assert "more borrowers cannot pay on time" in text
    assert "Losses and lost revenue come off equity in full" in text
    assert len(app.get("vega_lite_chart")) == 2


def test_a_size_moves_the_finding_and_goes_back_to_its_own(opened: Open) -> None:
    app = opened("tradeoffs", shock="flood")
    own = finding(app)
    app.number_input(key="shock_size_flood_late").set_value(0.0).run()
    assert finding(app) != own
    app.button(key="shock_reset").click().run()
    assert finding(app) == own


def test_an_unknown_scenario_in_the_address_opens_the_first(opened: Open) -> None:
    app = opened("tradeoffs", shock="rain")
    assert "Collection moratorium: balance" in said(app)


@pytest.mark.full
def test_what_breaks_first_is_a_table_with_a_row_for_each_shock(opened: Open) -> None:
    app = opened("tradeoffs", shock="flood", lang="fr")
    app.segmented_control(key="stress_view").set_value("reverse").run()
    app.segmented_control(key="stress_goal").set_value("cash").run()
    assert len(app.table[0].value) == 10
    assert "sa limite de 30 jours" in said(app)
    assert len(app.table[1].value) == 1
    assert "variations mensuelles habituelles" in said(app)


@pytest.mark.full
def test_without_hard_caps_what_to_do_is_said_and_red_limits_are_shown(opened: Open) -> None:
    app = opened("tradeoffs", shock="flood")
    app.segmented_control(key="stress_view").set_value("reverse").run()
    app.segmented_control(key="stress_goal").set_value("caps").run()
    assert "name the red limits that make critical on Settings" in said(app)
    assert len(app.table[1].value) == 12


@pytest.mark.full
def test_an_edited_scenario_is_kept_taken_away_and_brought_back(fresh: Open) -> None:
    app = fresh("tradeoffs", shock="flood")
    app.number_input(key="shock_size_flood_late").set_value(55.0).run()
    app.text_input(key="shock_title_flood").set_value("Flood of the south").run()
    app.button(key="shock_keep").click().run()
    assert asked(app, "shock") == ["own-flood-of-the-south"]
    assert app.number_input(key="shock_size_own-flood-of-the-south_late").value == 55
    app.button(key="shock_delete").click().run()
    assert asked(app, "shock") == ["flood"]
    app.button(key="record_undo").click().run()
    assert "Flood of the south (kept)" in app.selectbox(key="w_shock").options


def finding(app: AppTest) -> str:
    """The sentence that the results open with."""
    return next(line for line in said(app).splitlines() if line.startswith("**Flood in a district"))
