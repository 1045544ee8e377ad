"""Who may come in: given, changed, taken, ended and undone, by an administrator and by nobody else."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics import access, people
from metrics.access import NOBODY, Actor, Forbidden, roles
from metrics.configuration import Configuration
from metrics.errors import EvenkeelError
from metrics.people import Person
from metrics.store import Store
from metrics.words import LANGUAGES, say
from pages.ui import data, door
from pages.ui.settings import people as page
from tests import fresh
from tests.pages.visit import Open, opening, said

ADMIN, AWA = Actor("admin@example.org", "admin"), "awa@example.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An institution's own database in which an administrator acts."""
    one = fresh.opened(tmp_path)
    with access.acting(ADMIN):
        yield one
    one.close()


def known(store: Store, name: str = AWA) -> Person:
    with closing(store.cursor()) as cursor:
        found = people.find(cursor, name, [ADMIN.name])
    assert found is not None
    return found


def test_a_role_is_what_was_written_last(store: Store) -> None:
    people.give(store, "Awa@Example.org ", "viewer", ["kolo"])
    people.give(store, AWA, "board")
    assert known(store).actor == Actor(AWA, "board") and known(store).by == ADMIN.name
    people.give(store, AWA, NOBODY)
    assert known(store).role == NOBODY and known(store).since is not None


def test_signing_out_ends_what_began_before_and_leaves_the_role(store: Store) -> None:
    people.give(store, AWA, "viewer", ["kolo"])
    assert known(store).since is None
    people.sign_out(store, AWA)
    first = known(store).since
    assert first is not None and known(store).role == "viewer"
    people.give(store, AWA, "board")
    assert known(store).since == first, "a role given later brings no old session back"


def test_the_settings_file_has_the_last_word_on_its_administrators(store: Store) -> None:
    people.give(store, ADMIN.name, NOBODY)
    assert known(store, ADMIN.name).role == "admin"
    with closing(store.cursor()) as cursor:
        assert [one.name for one in people.people(cursor, ["Boss@example.org"])] == [ADMIN.name, "boss@example.org"]


@pytest.mark.parametrize(
    ("name", "role", "branches"),
    [("awa", "viewer", ["kolo"]), (AWA, "owner", []), (AWA, "king", []), (AWA, "viewer", []),
     ("a b@x.org", "board", [])],
)  # fmt: skip
def test_what_is_no_person_or_no_role_is_refused(store: Store, name: str, role: str, branches: list[str]) -> None:
    with pytest.raises(EvenkeelError):
        people.give(store, name, role, branches)
    with closing(store.cursor()) as cursor:
        assert people.people(cursor) == []


@pytest.mark.parametrize("role", sorted(set(roles.roles()) - {"admin", "owner"}))
def test_nobody_else_gives_roles(store: Store, role: str) -> None:
    with access.acting(Actor("x@example.org", role, ("kolo",))), pytest.raises(Forbidden):
        people.give(store, "x@example.org", "admin")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Path) -> Iterator[Open]:
    """Settings, People as an administrator has it, over the sample."""
    (tmp_path / sample.name).write_bytes(sample.read_bytes())
    access.use(lambda: ADMIN)
    monkeypatch.setattr(door, "signed_in", lambda: True)
    monkeypatch.setattr(page, "configuration", lambda: Configuration(admins=(ADMIN.name,)))
    yield opening(tmp_path, monkeypatch)
    access.use(door.actor)
    data.control().close()
    st.cache_resource.clear()


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's database."""
    return fresh.sample(tmp_path_factory.mktemp("sample"))


def choose(app: AppTest, name: str) -> AppTest:
    return app.selectbox(key="people_name").set_value(name).run()


def listed() -> dict[str, tuple[str, tuple[str, ...] | None]]:
    with closing(data.control().cursor()) as cursor:
        return {one.name: (one.role, one.branches) for one in people.people(cursor)}


def test_a_role_is_given_changed_undone_and_taken_on_the_page(opened: Open) -> None:
    app = opened("settings", part="people")
    assert "settings file names can come in" in said(app)
    with access.acting(ADMIN):
        people.give(data.control(), AWA, "viewer", ["kolo"])
    app = choose(app.run(), AWA).selectbox(key=f"people_role_{AWA}").set_value("board").run()
    app = app.button(key="people_give").click().run()
    assert listed()[AWA] == ("board", None) and f"{AWA} is now: board member" in said(app)
    app = app.button(key="people_undo").click().run()
    assert listed()[AWA] == ("viewer", ("kolo",)) and "as before" in said(app)
    app = choose(app, AWA).button(key="people_take").click().run()
    assert listed()[AWA][0] == "viewer", "it asks first"
    app = app.button(key="people_no").click().run()
    assert "Take the role away?" not in said(app)
    app = app.button(key="people_take").click().run().button(key="people_yes").click().run()
    assert listed()[AWA][0] == NOBODY and not app.exception


def test_whom_the_settings_file_names_keeps_the_role(opened: Open) -> None:
    app = choose(opened("settings", part="people"), ADMIN.name)
    keys = {button.key for button in app.button}
    assert "people_end" in keys and not {"people_give", "people_take"} & keys


def test_what_is_wrong_is_a_sentence(opened: Open) -> None:
    app = opened("settings", part="people")
    with access.acting(ADMIN):
        people.give(data.control(), AWA, "board")
    app = choose(app.run(), AWA).selectbox(key=f"people_role_{AWA}").set_value("viewer").run()
    app = app.button(key="people_give").click().run()
    assert "choose at least one" in "".join(str(error.value) for error in app.error) and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_role_is_told_in_a_line_from_the_table(language: str) -> None:
    from types import SimpleNamespace

    for role, row in roles.roles().items():
        line = page.line(SimpleNamespace(language=language), role)
        reach = say(language, "access.reach_all" if row.whole else "access.reach_branches")
        assert reach in line and (say(language, "access.action_erase") in line) == ("erase" in row.actions)
