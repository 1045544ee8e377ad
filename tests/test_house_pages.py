"""What a page may not do with anyone's data: show it as code of the page, link it, or keep it for another reader."""

import ast
from pathlib import Path

import pytest

from tests import source

PAGES = source.python("pages/", "app.py")
OPEN_DOORS = {"unsafe_allow_html", "LinkColumn", "ImageColumn", "iframe", "mark_image", "components.v1"}
CACHES = ("st.cache_data", "st.cache_resource")


def doors(tree: ast.Module) -> set[str]:
    """The ways that a module uses to put text into a page as code, or to make the browser fetch something."""
    named = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    named |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {door for door in OPEN_DOORS if any(name and door in name for name in named)}


@pytest.mark.parametrize("path", PAGES, ids=source.dotted)
def test_a_page_has_no_way_to_run_or_fetch_what_a_sheet_says(path: Path) -> None:
    assert doors(source.tree(path)) == set()


def test_an_open_door_would_be_found() -> None:
    assert doors(ast.parse("st.markdown(x, unsafe_allow_html=True)")) == {"unsafe_allow_html"}


def cached(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions whose answers all sessions of the server share."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        if any(ast.unparse(mark).startswith(CACHES) for mark in node.decorator_list)
    ]


def unkeyed(function: ast.FunctionDef) -> list[str]:
    """What is wrong with the key of a cached function: figures need their source, which carries the epoch."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    wrong = [f"{arg.arg} is left out of the key" for arg in arguments if arg.arg.startswith("_")]
    reads = any(isinstance(node, ast.Attribute) and node.attr == "cursor" for node in ast.walk(function))
    kinds = {arg.arg: ast.unparse(arg.annotation) if arg.annotation else "" for arg in arguments}
    sources = [name for name, kind in kinds.items() if name == "epoch" or kind.endswith("Source")]
    return wrong + (["no source"] if reads and not sources else [])


@pytest.mark.parametrize("path", PAGES, ids=source.dotted)
def test_what_is_cached_is_keyed_by_data_and_epoch(path: Path) -> None:
    assert {function.name: unkeyed(function) for function in cached(source.tree(path)) if unkeyed(function)} == {}


def test_a_cache_without_a_key_would_be_found() -> None:
    (function,) = cached(ast.parse("@st.cache_data\ndef f(_store):\n    return _store.cursor()"))
    assert unkeyed(function) == ["_store is left out of the key", "no source"]


def test_a_source_carries_the_epoch_of_its_data() -> None:
    from pages.ui.data import Source

    assert "epoch" in Source.__dataclass_fields__
