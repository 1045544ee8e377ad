"""The view of the register: what needs somebody first, one risk in full, a person's word, two people at once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics import records
from metrics.register import RISK, changes, find, next_body, starters
from pages.ui import data
from tests import fresh
from tests.pages.visit import Open, asked, go, opening, said


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the sample, for all who only read."""
    place = tmp_path_factory.mktemp("register")
    fresh.sample(place)
    yield place
    data.opened(str(place), data.SAMPLE).close()
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a sample for those who write, each about a risk of its own."""
    place = tmp_path_factory.mktemp("writing")
    fresh.sample(place)
    yield place
    data.opened(str(place), data.SAMPLE).close()
    st.cache_resource.clear()


def view(opened: Open, **address: str) -> AppTest:
    """The page Warnings at its register."""
    app = go(opened(part="register", **address), "warnings")
    assert not app.exception
    return app


def test_the_headline_counts_what_stands_above_and_names_what_moved_most(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = view(opening(shared, monkeypatch))
    title = app.title[0].value.replace("\\", "")
    assert (
        f"of {len(starters())} risks stand above their appetite; Conduct towards clients worsened most since June"
        in title
    )
    assert "12 of 29 reviewed" in said(app)
    assert len(app.dataframe[0].value) == len(starters())


def test_a_risk_is_opened_kept_in_the_address_and_left(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(shared, monkeypatch))
    app.button("risk_open_conduct").click().run()
    assert asked(app, "risk") == ["conduct"]
    text = said(app)
    assert "The risk of financial losses because clients" in text and "The risk of harm to clients through" in text
    assert "The data suggest" in text and not app.exception
    assert "voices name it" in " ".join(header.value for header in app.header) and "in the twelve months before" in text
    app.button("risk_back").click().run()
    assert "risk" not in app.query_params and "Act first" in said(app)


def test_the_french_sheet_has_the_shipped_texts_in_french(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(shared, monkeypatch), lang="fr", risk="conduct")
    assert "Le risque de nuire aux clients par la menace" in said(app)


def test_an_unknown_risk_falls_back_to_all_of_them(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(shared, monkeypatch), risk="dragons")
    assert "risk" not in app.query_params and "Act first" in said(app)


def test_an_earlier_date_is_read_but_not_confirmed(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(shared, monkeypatch), risk="conduct", period="2026-06-30")
    assert "the register of an earlier date" in said(app)


def newest(folder: Path, risk_id: str) -> records.Record:
    """A risk's record as it stands."""
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        found = records.find(cursor, RISK.name, risk_id)
    assert found is not None
    return found


def test_a_person_confirms_with_a_reason_and_undoes_it(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(own, monkeypatch), risk="reputation")
    app.number_input("risk_reputation_1_likelihood").set_value(60.0)
    app.button("risk_reputation_1_go").click().run()
    assert "Say why" in said(app) and newest(own, "reputation").version == 1
    app.number_input("risk_reputation_1_likelihood").set_value(60.0)
    app.text_area("risk_reputation_1_reason").set_value("A newspaper has asked")
    app.button("risk_reputation_1_go").click().run()
    kept = newest(own, "reputation")
    assert (kept.version, kept.body["residual_likelihood"], kept.why) == (2, 0.6, "A newspaper has asked")
    assert kept.body["data_until"] == "2026-09-30"
    app.button("record_undo").click().run()
    assert newest(own, "reputation").body["residual_likelihood"] == starting(own)["residual_likelihood"]


def starting(folder: Path) -> dict[str, object]:
    """The first version of the risk of reputation."""
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        return records.versions(cursor, RISK.name, "reputation")[0].body


def test_of_two_who_change_a_risk_the_second_sees_what_the_first_did_and_chooses(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = view(opening(own, monkeypatch), risk="conduct", show="edit_risk")
    store = data.opened(str(own), data.SAMPLE)
    with closing(store.cursor()) as cursor:
        one = find(cursor, "conduct")
    assert one is not None
    records.save(store, RISK, "conduct", next_body(one, {"owner": "Head of field work"}), "Bo", "moved", one.version)
    app.text_input("risk_edit_conduct_2_owner").set_value("Managing director")
    app.button("risk_edit_conduct_2_go").click().run()
    assert "Bo" in said(app) and newest(own, "conduct").body["owner"] == "Head of field work"
    app.button("clash_mine").click().run()
    assert newest(own, "conduct").body["owner"] == "Managing director"


def test_a_risk_of_ones_own_is_added_and_one_that_is_linked_to_nothing_is_refused(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = view(opening(own, monkeypatch), show="new_risk")
    for name, text in (("title", "Mobile agents run out of cash"), ("owner", "Head of operations")):
        app.text_input(f"risk_new_{name}").set_value(text)
    for name in ("financial", "social", "appetite"):
        app.text_area(f"risk_new_{name}").set_value("The risk of waiting")
    app.button("risk_new_go").click().run()
    assert "Linked indicators" in said(app)
    app.multiselect("risk_new_indicators").set_value(["csat"])
    app.button("risk_new_go").click().run()
    (name,) = asked(app, "risk")
    assert name.startswith("R-") and not app.exception
    assert newest(own, name).body["indicators"] == ["csat"]


def test_an_edit_in_french_changes_only_what_was_changed(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(own, monkeypatch), lang="fr", risk="climate", show="edit_risk")
    app.text_input("risk_edit_climate_0_owner").set_value("Responsable du crédit")
    app.button("risk_edit_climate_0_go").click().run()
    with closing(data.opened(str(own), data.SAMPLE).cursor()) as cursor:
        told = [(change.field, change.after) for change in changes(cursor, "climate")]
    assert told == [("owner", "Responsable du crédit")]


def test_a_shipped_risk_is_taken_out_and_brought_back(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(opening(own, monkeypatch), risk="currency", show="edit_risk")
    app.button("risk_remove").click().run()
    assert "risk" not in app.query_params
    gone = list(app.dataframe[0].value["Risk"])
    app.button("record_undo").click().run()
    back = list(app.dataframe[0].value["Risk"])
    assert ("Debt in foreign currency" in gone, "Debt in foreign currency" in back) == (False, True)
