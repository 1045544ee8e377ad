"""The drawer's parts: why, what it takes and what if, on the sample and where data are missing."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.words import LANGUAGES
from tests.pages.visit import Open, asked, opening, said
from tests.records import loan
from tests.records import opened as stored

PARTS = ("why", "takes", "whatif")
UNITS = ("kolo", "baro", "madina-sud")
BEGINS = {
    "year": "Kolo’s balance fell ",
    "unit": "Kolo’s balance is 7 points below Tambali’s: ",
    "all": "Kolo’s balance is 53 of 100: ",
}


def plain(app: AppTest) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\u202f", " ")


def part(app: AppTest, name: str) -> AppTest:
    """Another part of the drawer."""
    return app.segmented_control(key="drawer_part").set_value(name).run()


@pytest.mark.many
@pytest.mark.parametrize("slug", ["overview", "tradeoffs"])
def test_a_part_opens_from_its_link(opened: Open, slug: str) -> None:
    app = opened(slug, unit="kolo", part="takes")
    assert not app.exception
    assert app.segmented_control(key="drawer_part").value == "takes"


@pytest.mark.many
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_every_part_speaks_of_every_kind_of_unit(opened: Open, unit: str, language: str) -> None:
    app = opened(unit=unit, lang=language)
    shown = {said(part(app, name)) for name in PARTS}
    assert not app.exception
    assert len(shown) == len(PARTS)


def test_the_part_is_kept_in_the_address_and_forgotten_with_the_drawer(opened: Open) -> None:
    app = part(opened(unit="kolo"), "why")
    assert asked(app, "part") == ["why"]
    app.button(key="close_drawer").click().run()
    assert "part" not in app.query_params and "unit" not in app.query_params


def test_an_unknown_part_is_the_first(opened: Open) -> None:
    assert "The 3 figures that weigh most" in said(opened(unit="kolo", part="nonsense"))


def test_why_says_what_changed_and_its_table_adds_up(opened: Open) -> None:
    app = opened(unit="kolo", part="why")
    assert "Kolo’s balance fell 15 points since June: over-indebted clients cost 4.4 points" in plain(app)
    points = [float(text.replace("\u2212", "-")) for text in app.table[0].value["Points"].str.replace("\\", "")]
    assert sum(points[:-1]) == pytest.approx(points[-1]) == pytest.approx(-15)


@pytest.mark.full
def test_why_compares_with_a_year_before_another_unit_and_100(opened: Open) -> None:
    app = opened(unit="kolo", part="why")
    for way, begins in BEGINS.items():
        app.segmented_control(key="why_way_kolo").set_value(way).run()
        assert begins in plain(app)
    assert not app.exception


def test_why_explains_one_health_by_its_own_figures(opened: Open) -> None:
    app = opened(unit="kolo", part="why")
    app.selectbox(key="why_health_kolo").set_value("social").run()
    assert "Kolo’s social health fell 27 points since June" in plain(app)
    assert "Borrowers per loan officer" not in app.table[0].value["Figure"].to_list()


@pytest.mark.full
def test_the_first_period_is_compared_with_other_units(opened: Open) -> None:
    first = opened(unit="kolo", part="why", period="2024-10-31")
    assert not first.exception
    assert first.segmented_control(key="why_way_kolo").value == "unit"


def test_what_it_takes_names_values_paces_and_people(opened: Open) -> None:
    text = plain(opened(unit="kolo", part="takes"))
    assert "To leave red: clients who stay 73.1 % → 93.1 % or over-indebted clients 24 % → 10.7 %; both: " in text
    assert re.search(r"no branch ever moved that far: the most was [\d.]+ points in a quarter \(Bantako, ", text)
    assert "A share of 1,4" in text or "A share of 1,3" in text


def test_a_target_of_ones_own_can_be_typed(opened: Open) -> None:
    app = opened(unit="kolo", part="takes")
    app.segmented_control(key="takes_goal_kolo").set_value("typed").run()
    app.number_input(key="takes_typed_kolo").set_value(60).run()
    assert "To reach a balance of 60: " in plain(app)
    app.number_input(key="takes_typed_kolo").set_value(20).run()
    assert "nothing is needed: balance is 53" in plain(app)


@pytest.mark.full
def test_two_figures_ticked_share_the_effort_as_it_is_set(opened: Open) -> None:
    app = opened(unit="kolo", part="takes")
    for name in ("retention_rate", "overindebted_share"):
        app.checkbox(key=f"takes_kolo_{name}").check().run()
    before = plain(app)
    assert "Together, with the least total effort" in before
    app.segmented_control(key="takes_kolo_retention_rate_effort").set_value(5).run()
    app.segmented_control(key="takes_kolo_overindebted_share_effort").set_value(1).run()
    after = plain(app)
    assert "Over-indebted clients **24 % → 10.7 %**" in after.partition("Together")[2]
    assert "Clients who stay stays at 73.1 %" in after
    assert after != before


def test_what_if_follows_the_slider_and_goes_back(opened: Open) -> None:
    app = opened(unit="kolo", part="whatif")
    slider = app.select_slider(key="try_kolo_overindebted_share")
    now = slider.value
    slider.set_value(0.0).run()
    text = plain(app)
    assert "Kolo with 1 figure moved: financial health stays 79, social health 26 → 42, balance 53 → 61, rank " in text
    assert "■ Critical → " in text.replace(":red[■]", "■")
    assert "**:red[■] 24 % → 0 %**" in text
    app.button(key="whatif_reset").click().run()
    assert app.select_slider(key="try_kolo_overindebted_share").value == now
    assert "figure moved" not in plain(app)


def test_the_weight_is_told_as_an_exchange_of_points(opened: Open) -> None:
    assert re.search(r"At this weight, 1 point of [\w (-]+\)? is worth [\d.]+ points of ", plain(opened(unit="kolo")))
    heavier = plain(opened(unit="kolo", social="80"))
    assert heavier != plain(opened(unit="kolo"))


@pytest.mark.many
@pytest.mark.parametrize("more", [{"branch": "kolo"}, {"policy": "lenders_view"}, {"product": "group"}])
def test_one_branch_alone_another_policy_and_a_product_have_their_parts(opened: Open, more: dict[str, str]) -> None:
    app = opened(unit="kolo", **more)
    for name in PARTS:
        assert not part(app, name).exception


@pytest.mark.full
def test_without_social_data_or_history_or_enough_clients_the_drawer_says_what_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = [loan(str(i), days_past_due=45 * (i < 4), is_renegotiated=False) for i in range(20)]
    named = [{"branch_id": name, "branch_name": name.title()} for name in ("north", "south")]
    stored(tmp_path, branches=named, loans=[*book, loan("s", branch_id="south")]).close()
    opened = opening(tmp_path, monkeypatch)
    app = opened(unit="north", policy="first_look")
    assert "At this weight" not in plain(app)
    assert "North’s financial health is " in plain(part(app, "why"))
    assert "To reach a financial health of " in plain(part(app, "takes")) or "To leave" in plain(app)
    assert "Move a figure and let go" in plain(part(app, "whatif"))
    assert not app.exception
    few = opened(unit="south", policy="first_look")
    assert "Too few clients to show (fewer than 10)." in plain(few)
    assert not [one for one in few.segmented_control if one.key == "drawer_part"]


def test_one_question_sets_the_social_share_and_says_so(opened: Open) -> None:
    app = opened("tradeoffs")
    app.button(key="trade").click().run()
    assert "At which value would you not care which?" in plain(app)
    app.select_slider(key="trade_answer").set_value(0).run()
    share = re.findall(r"Then the social share is (\d+) %; now it is 50 %", plain(app))[0]
    app.button(key="trade_use").click().run()
    assert asked(app, "social") == [share]
    assert "Then the social share is" not in plain(app)
