"""The table of roles, cell by cell: what a page draws, and what the engine refuses; no way past either."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.access import OWNER, roles
from metrics.store import Store
from tests import fresh, source
from tests.trust import cells, engine
from tests.trust.cells import House

# A page of each kind of cell, for roles that may and roles that may not: the prover looks at all of them.
SOME = (
    ("viewer", "indicators", "rows"), ("branch_manager", "indicators", "rows"), ("analyst", "settings", "approve"),
    ("steward", "board", "approve"), ("board", "board", "approve"), ("board", "data", "take_out"),
    ("steward", "data", "take_out"), ("admin", "settings", "people"), ("board", "settings", "people"),
)  # fmt: skip
# Who writes without asking, and why nobody comes there who was not asked.
UNASKED = {
    "metrics.sample": "the sample is made, not changed by anybody",
    "metrics.reworking": "a database made anew from the folder raw, by the command line or at the start",
    "metrics.records._add": "_allowed asks for the kind's own action",
    "metrics.personal.erasing.finish": "goes on with an erasure that was asked for and interrupted",
    "metrics.retention.remove": "what the settings keep for some days only, by nobody's wish",
}
WRITING = ("land", "write", "rollback", "restore")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation for many, served."""
    made = cells.build(tmp_path_factory.mktemp("roles") / "house")
    with cells.served(made):
        yield made


@pytest.mark.parametrize(("role", "page", "action"), SOME)
def test_a_page_draws_an_action_exactly_for_the_roles_of_the_table(
    house: House, role: str, page: str, action: str
) -> None:
    assert cells.wrong(house, role, page, action) == []


def test_every_cell_is_looked_at_somewhere() -> None:
    on_pages = {(page, action) for page, actions in cells.CELLS.items() for action in actions}
    offered = {(page, action) for page, actions in roles.offered().items() for action in actions}
    assert on_pages | cells.ELSEWHERE == offered and not on_pages & cells.ELSEWHERE


def test_a_stranger_and_a_role_that_a_page_is_closed_to_see_nothing_of_it(house: House) -> None:
    with cells.as_role(house, "") as reader:
        run = reader.go("board")
    assert cells.named(run) == [] and "sign_in" in cells.keys(run)
    with cells.as_role(house, "viewer") as reader:
        run = reader.go("settings")
    assert cells.keys(run) & {"w_settings", "complaint_days"} == set()
    assert any("viewer" in text for text in run.texts)


def test_words_of_people_who_did_not_agree_are_read_by_roles_that_see_rows(house: House) -> None:
    assert {role: cells.reads_words(house, role) for role in ("board", "analyst")} == {"board": False, "analyst": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The sample, to be asked directly."""
    one = fresh.open_copy(tmp_path)
    yield one
    one.close()


def test_the_engine_refuses_every_role_that_the_table_does_not_allow(store: Store) -> None:
    found = {
        (role, action, name): engine.refused(store, role, call)
        for role in (*roles.roles(), "nobody")
        for action, calls in engine.OPENS.items()
        for name, call in calls.items()
    }
    assert found == {(role, action, name): not roles.may(role, action) for role, action, name in found}


def test_whoever_sets_weights_approves_none_in_passing(store: Store) -> None:
    assert {role: engine.approves_in_passing(store, role) for role in ("analyst", "board", OWNER)} == {
        "analyst": False, "board": True, OWNER: True,
    }  # fmt: skip


def writers() -> dict[str, ast.FunctionDef]:
    """The functions that write to a store: module and name -> their tree."""
    found = {}
    for path in source.python("metrics/", "pages/"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.FunctionDef) and any(map(_writes, ast.walk(node))):
                found[f"{source.dotted(path)}.{node.name}"] = node
    return found


def _writes(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING):
        return False
    on = ast.unparse(node.func.value)
    return on in ("store", "new") or on.endswith((".store", "control()"))


def asks(function: ast.FunctionDef) -> bool:
    """Whether a function asks for a role before it does anything else that matters."""
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "access.need" for node in ast.walk(function)
    )  # fmt: skip


def test_whatever_writes_asks_who_may() -> None:
    found = {name for name, function in writers().items() if not asks(function)}
    unasked = {name for name in found if not any(name == one or name.startswith(one + ".") for one in UNASKED)}
    assert unasked == set()


def test_every_file_is_given_away_in_one_place() -> None:
    for path in source.python("pages/"):
        calls = [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.Call)]
        given = [call for call in calls if ast.unparse(call.func).endswith("st.download_button")]
        assert not given or source.dotted(path) == "pages.ui.giving", source.dotted(path)


def test_every_page_asks_for_its_reader_first() -> None:
    for path in source.python("pages/"):
        if path.parent.name == "pages":
            first = next(
                node for node in source.tree(path).body
                if not isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef))
                and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
                and not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).isupper())
            )  # fmt: skip
            assert ast.unparse(first) == "screen = require()", source.dotted(path)
