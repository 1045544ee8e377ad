"""The view of mission drift: its finding, its picture, what is not compared, and the way to act on it."""

from tests.pages.test_data import title
from tests.pages.visit import Open, said


def test_the_view_opens_with_the_traits_that_drift(opened: Open) -> None:
    app = opened("warnings", part="drift")
    assert not app.exception
    assert title(app).startswith("New clients drift from the mission in 2 of 9 traits")
    text = said(app)
    assert "New clients are less often rural: 24 % against 29 %" in text.replace("\u202f", " ")
    assert "No branch drifts by itself" in text


def test_the_figures_stand_in_a_table_beside_the_picture(opened: Open) -> None:
    app = opened("warnings", part="drift")
    table = app.table[0].value
    assert len(table) == 18
    assert {"Drift", "May be chance"} <= set(table["Says"])


def test_a_branch_is_shown_by_the_address(opened: Open) -> None:
    app = opened("warnings", part="drift", unit="welia")
    assert app.selectbox(key="w_drift_unit").value == "welia"
    assert "Poor (PPI): too few known" in said(app)


def test_french_says_the_same(opened: Open) -> None:
    assert title(opened("warnings", part="drift", lang="fr")).startswith(
        "Les nouveaux clients s'écartent de la mission"
    )


def test_a_drift_leads_to_an_action_that_says_what_it_is_for(opened: Open) -> None:
    app = opened("warnings", part="drift")
    app.button(key="drift_act").click().run()
    assert not app.exception
    assert "less often rural" in app.text_area(key="deed_action_new").value


def test_before_there_are_two_years_of_clients_the_view_still_speaks(opened: Open) -> None:
    app = opened("warnings", part="drift", period="2024-10-31")
    assert not app.exception
    assert title(app)
