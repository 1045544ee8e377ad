"""An indicator of the institution's own on the pages: made of a column, shown, counted, taken out."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics import catalogue, own, values
from metrics.ingest import land, preview
from metrics.policy import load
from metrics.store import Store
from pages.ui import data, upload
from pages.ui import own as page
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.state import Choices, Options
from tests.ingesting import AS_OF
from tests.pages.visit import asked, go, opening, said

NAME = "Énergie *verte* <b> %"
SHEET = f"Agence;{NAME};Formés\nKolo;12,5;40\nBaro;48;22\n".encode()
DRAWN: list[Callable[[], None]] = []


def standing() -> None:
    """A page that shows nothing but the offers of a sheet."""
    from tests.pages import test_own

    test_own.DRAWN[-1]()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose database is empty at first."""
    place = tmp_path_factory.mktemp("own")
    yield place
    data.opened(str(place), data.OWN).close()
    st.cache_resource.clear()
    own.use(tmp_path_factory.mktemp("none"))


@pytest.mark.full
def test_a_column_is_made_an_indicator_seen_and_taken_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opening(folder, monkeypatch)
    store = data.opened(str(folder), data.OWN)
    kept = made_on_the_page(store, folder)
    with closing((seen := preview(store, kept.paths, kept.options())).cursor):
        landed = land(store, seen, "test")
    assert page.policy_of(landed) == "equal@1"
    found = values.values(store.cursor(), load("equal").settings, indicators=["own_energie_verte_b"])
    assert dict(zip(found["unit"], found["value"], strict=True)) == {"Kolo": 0.125, "Baro": 0.48}

    app = go(opened(policy="equal@1", indicator="own_energie_verte_b", unit="Kolo"), "indicators")
    assert not app.exception
    assert NAME in said(app) and "12.5\u202f%" in said(app)
    assert "as reported in agences.csv, column" in said(app) and "It is 5.6\u202f% of the balance" in said(app)
    assert all("<b>" not in part.value.replace("\\<b\\>", "") for part in [*app.title, *app.markdown])

    app.button("own_watch").click().run()
    assert asked(app, "policy") == ["equal@2"] and "It is watched" in said(app)
    app.button("own_withdraw").click().run()
    assert not app.exception and "is out of the catalogue" in said(app)
    assert "own_energie_verte_b" not in catalogue.indicators()


def made_on_the_page(store: Store, folder: Path) -> upload.Upload:
    """The upload after a reader has filled in the form of its first column."""
    name = upload.keep([("agences.csv", SHEET)])
    upload.answer(found(name), "as_of", str(AS_OF))
    with closing((seen := preview(store, found(name).paths, found(name).options())).cursor):
        plan = seen.readings[0].plan
    screen = Screen("en", Source(str(folder), data.OWN, store.epoch), Options((), {}, {}, {}), Choices())
    DRAWN.append(lambda: page.offer(screen, found(name), plan))
    app = AppTest.from_function(standing, default_timeout=60).run()
    key = f"own_{page.print_of(plan)}_1"
    assert not app.exception and app.button(f"{key}_add").disabled
    app.radio(f"{key}_pillar").set_value("social")
    app.radio(f"{key}_counting").set_value("scored")
    app.radio(f"{key}_better").set_value("lower").run()
    assert [app.number_input(f"{key}_{end}_%_lower").value for end in ("worst", "best")] == [48.0, 12.5]
    app.radio(f"{key}_better").set_value("higher").run()
    app.number_input(f"{key}_worst_%_higher").set_value(60.0).run()
    app.button(f"{key}_add").click().run()
    assert "Swap the two values" in said(app)
    app.number_input(f"{key}_worst_%_higher").set_value(0.0).run()
    app.number_input(f"{key}_best_%_higher").set_value(60.0).run()
    app.button(f"{key}_add").click().run()
    assert not app.exception and "becomes the indicator" in said(app)
    given = json.loads((found(name).folder / upload.NOTES).read_text(encoding="utf-8"))["answers"]["mappings"]
    assert given[page.print_of(plan)]["indicators"]["own_energie_verte_b"] == {
        "heading": NAME, "title": NAME, "pillar": "social", "unit": "%", "better": "higher", "worst": 0.0, "best": 0.6,
        "scored": True, "policy": "equal",
    }  # fmt: skip
    return found(name)


def found(name: str) -> upload.Upload:
    """The upload as it is kept by now."""
    kept = upload.find(name)
    assert kept is not None
    return kept
