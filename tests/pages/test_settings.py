"""Settings: an edit is shown with its effect before it is saved, kept as a version, and undone."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from metrics import regulator, scenarios
from metrics.catalogue import indicators
from metrics.store import Store
from metrics.values import periods, values
from metrics.words import LANGUAGES
from pages.ui import data
from pages.ui.settings.cells import shown
from pages.ui.settings.grid import read_edits
from tests.pages.visit import Open, asked, said

PARTS = ("definitions", "limits", "policies", "institution")
TOML = "application/toml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder of this file's own: what is saved here is seen by no other test."""
    place = tmp_path_factory.mktemp("settings") / sample.name
    place.write_bytes(sample.read_bytes())
    return place.parent


def saved(app: AppTest) -> str:
    """Save the edit as a new version; returns its name."""
    app.button(key="save").click().run()
    assert not app.exception
    return asked(app, "policy")[0]


def figures(folder: Path, name: str) -> dict[str, float]:
    """The institution's figures of the newest date under a policy, as its version was kept."""
    store: Store = data.opened(str(folder), data.SAMPLE)
    with closing(store.cursor()) as cursor:
        settings = scenarios.load(cursor, name).settings
        frame = values(cursor, settings, by="institution", periods=[periods(cursor)[-1]])
    known = frame[frame["value"].notna()]
    return dict(zip(known["indicator"], known["value"], strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_both_languages(opened: Open, part: str, language: str) -> None:
    app = opened("settings", part=part, lang=language)
    assert not app.exception
    assert not app.error


@pytest.mark.full
def test_another_meaning_of_par30_is_a_new_version_and_leaves_the_old_one_as_it_was(opened: Open, folder: Path) -> None:
    first = saved(opened("settings", policy="equal", setting="complaint_days:15"))
    before = figures(folder, first)
    app = opened("settings", policy=first, setting="par30:without_renegotiated")
    assert "5 figures of the institution change" in said(app)
    assert "Portfolio at risk over 30 days: 5.4 % → 3.5 %" in said(app).replace("\u202f", " ")
    second = saved(app)
    assert (first.partition("@")[0], second.partition("@")[0]) == ("equal", "equal")
    assert figures(folder, first) == before
    after = figures(folder, second)
    assert after["par30"] < before["par30"]
    assert (
        after["complaints_resolved_on_time"] == before["complaints_resolved_on_time"]
    )  # the newer version keeps the other edit
    assert "renegotiated loans only if late" in said(opened("settings", part="policies", policy=second))


@pytest.mark.full
def test_the_name_of_a_figure_says_which_meaning_is_in_force(opened: Open) -> None:
    name = saved(opened("settings", policy="equal", setting="par30:overdue_amount"))
    text = said(opened("indicators", policy=name, indicator="par30"))
    assert "arrears over 30 days" in text
    assert "arrears over 30 days" not in said(opened("indicators", policy="equal", indicator="par30"))


def test_a_changed_goalpost_names_the_colours_and_ranks_that_move(opened: Open) -> None:
    app = opened("settings", policy="equal", part="limits", line=["par30.worst:0.3", "par30.amber:0.02"])
    text = said(app).replace("\u202f", " ")
    assert "2 changes are not saved yet" in text
    assert "PAR30, worst: 15 % → 30 %" in text
    assert "4 branches change colour" in text
    assert "Kolo moves from 9 to 10" in text
    assert "Madina Sud: PAR30: within limits → amber" in text
    app.button(key="discard").click().run()
    assert "line" not in app.query_params
    assert "not saved yet" not in said(app)


def test_amber_beyond_red_is_said_and_cannot_be_saved(opened: Open) -> None:
    app = opened("settings", policy="equal", part="limits", line="par30.amber:0.2")
    assert "amber must come before red" in said(app)
    assert all(button.disabled for button in app.button if button.key == "save")


def test_what_the_address_has_in_vain_is_said_and_dropped(opened: Open) -> None:
    app = opened("settings", policy="equal", setting=["nothing:3", "complaint_days:15"], line="par30.amber:many")
    assert "nothing:3" in said(app)
    assert "par30.amber:many" in said(app)
    assert asked(app, "setting") == ["complaint_days:15"]


def test_limits_with_an_approver_land_as_a_batch_that_can_be_undone(fresh: Open, tmp_path: Path) -> None:
    lines = ["par30.amber:0.03", "par30.by:Board", "par30.on:2026-06-30"]
    app = fresh("settings", part="limits", line=lines)
    saved(app)
    text = said(app)
    assert "One limit is your board’s from now on" in text
    assert "approved 1 of its" in text
    store = data.opened(str(tmp_path), data.SAMPLE)
    assert store.batches().iloc[-1]["table_name"] == "targets_limits"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("limit = 0.13", "limit = 13", "ratios.capital_asset_ratio.limit is 13; write a share"),
        ("[provision]", "[provisions]", 'Did you mean "provision"?'),
        ('country    = "Nowhere"\n', "", "country is missing"),
        ("[par]", "[par", "not valid TOML"),
    ],
)
def test_a_regulators_file_at_fault_is_refused_with_a_sentence(opened: Open, old: str, new: str, wanted: str) -> None:
    assert old in regulator.template()
    app = opened("settings", part="policies", policy="equal")
    app.file_uploader[0].upload("mine.toml", regulator.template().replace(old, new).encode(), TOML).run()
    assert not app.exception
    assert any("mine.toml" in error.value.replace("\\", "") for error in app.error)
    assert wanted in said(app)
    assert "regulator_apply" not in [button.key for button in app.button]
    assert "setting" not in app.query_params


@pytest.mark.full
def test_a_regulators_profile_goes_into_the_unsaved_edit(opened: Open) -> None:
    app = opened("settings", part="policies", policy="equal")
    app.file_uploader[0].upload("mine.toml", regulator.template().encode(), TOML).run()
    app.button(key="regulator_apply").click().run()
    text = said(app).replace("\u202f", " ")
    assert "Over 30 days late; renegotiated loans only if late" in text
    assert "PAR90, red: 5 % → 7 %" in text
    assert "rate cap 27 % a year" in text
    app.button(key="discard").click().run()
    assert "not saved yet" not in said(app)


def test_a_file_that_is_no_text_is_refused_with_a_sentence(opened: Open) -> None:
    app = opened("settings", part="policies", policy="equal")
    app.file_uploader[0].upload("mine.toml", b"\xff\xfe\x00\x01", TOML).run()
    assert "cannot be read as UTF-8 text" in said(app)


def test_the_institution_is_saved_as_a_batch_and_a_wrong_currency_is_said(fresh: Open) -> None:
    app = fresh("settings", part="institution")
    _labelled(app, "Currency").set_value("francs")
    app.button[-1].click().run()
    assert "FRANCS is no currency code" in said(app)
    _labelled(app, "Currency").set_value("usd")
    app.button[-1].click().run()
    assert "Saved as batch 2" in said(app)
    assert _labelled(app, "Currency").value == "USD"


def _labelled(app: AppTest, label: str) -> TextInput:
    return next(box for box in app.text_input if box.label == label)


def test_a_legal_form_in_the_singular_is_shown_in_the_readers_language(opened: Open) -> None:
    app = opened("settings", part="institution", lang="fr")
    box = next(box for box in app.selectbox if box.label == "Forme juridique")
    assert "Institutions financières non bancaires" in box.options
    assert "Non-bank financial institutions" not in box.options


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("en", "7 %", "0.07"),
        ("en", "12.5", "0.125"),
        ("fr", "12,5 %", "0.125"),
        ("fr", "1 000 %", "10"),
        ("es", "12,5 %", "0.125"),
        ("es", "12.5", "0.125"),
        ("es", "1.000 %", "10"),
        ("en", "", ""),
    ],
)
def test_a_cell_is_read_as_its_reader_writes_it(language: str, typed: str, kept: str) -> None:
    edits, unread = read_edits(language, ["par30"], {0: {"amber": typed}})
    assert (edits, unread) == ({("par30", "amber"): kept}, [])


@pytest.mark.parametrize(
    ("column", "typed"), [("amber", "many"), ("amber", "12,5"), ("amber", "1 – 2"), ("on", "2099-01-01"), ("on", "x")]
)
def test_a_cell_that_cannot_be_read_is_named_and_changes_nothing(column: str, typed: str) -> None:
    assert read_edits("en", ["par30"], {0: {column: typed}}) == ({}, [("par30", column, typed)])


def test_a_cell_says_what_it_reads() -> None:
    par30 = indicators()["par30"]
    for language in LANGUAGES:
        text = shown(language, par30, 0.125)
        assert read_edits(language, ["par30"], {0: {"red": text}}) == ({("par30", "red"): "0.125"}, [])
