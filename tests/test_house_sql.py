"""SQL is never glued together from text, and what readers see comes from scoped views only."""

import ast
import re
from pathlib import Path

import pytest

from metrics.catalogue import relations
from tests import source
from tests.sqltext import Module

ENGINE = source.python("metrics/", "pages/", "app.py")


@pytest.mark.parametrize("path", ENGINE, ids=source.dotted)
def test_a_statement_is_never_glued_together_from_text(path: Path) -> None:
    assert Module(source.tree(path)).glued() == []


@pytest.mark.parametrize(
    "broken",
    [
        'def f(c, name): c.execute(f"SELECT * FROM {name}")',
        'def f(c, name): c.execute("SELECT * FROM " + name)',
        'def f(c, name): c.execute("SELECT * FROM %s" % name)',
        'def f(c, name): c.execute("SELECT * FROM {}".format(name))',
        'def f(c, name):\n    sql = f"SELECT {name}"\n    c.execute(sql)',
        'def f(c, name): g(c, name)\ndef g(c, text): c.execute("SELECT " + text)',
        'def f(c, name): c.execute(g(name))\ndef g(text): return "SELECT " + text',
        "def f(c, row): c.execute(f\"SELECT '{row.name}'\")",
    ],
)
def test_a_glued_statement_would_be_found(broken: str) -> None:
    assert Module(ast.parse(broken)).glued() != []


@pytest.mark.parametrize(
    "fine",
    [
        'def f(c, t):\n    n = ", ".join(quote(x) for x in t)\n    c.execute(f"SELECT {n} FROM {quote(t)}")',
        'NAMES = {"a": "b"}\ndef f(c):\n    for x, y in NAMES.items():\n        c.execute(f"SELECT {x} {y}")',
        'def f(c): g(c, "a")\ndef g(c, text): c.execute("SELECT " + text)',
        "def f(c, indicator): c.execute(indicator.sql)",
    ],
)
def test_text_of_our_own_and_quoted_identifiers_may_stand_in_a_statement(fine: str) -> None:
    assert Module(ast.parse(fine)).glued() == []


# These build the tables and measures, or write what is uploaded; everything else reads for someone.
BUILDS = {
    "schema",
    "system",
    "batch",
    "keeping",
    "store",
    "reworking",
    "backup",
    "likeness",
    "retention",
    "measure",
    "measures",
    "periods",
    "reported",
    "twins",
    "mergers",
    "ingest",
    "catalogue",
    "heads",
    "sample",
    "typed",
    "records",
    "journal",
    "ledger",
    "migrating",
    "handle",
}
SHOWN = [p for p in ENGINE if source.relative(p).parts[0] == "pages" or source.dotted(p).split(".")[-1] not in BUILDS]
SHOWN = [p for p in SHOWN if source.relative(p).parts[:2] not in (("metrics", "ingest"), ("metrics", "personal"))]
# Not about anyone's clients: which batches there are, what was set aside, for those who may upload; kept versions of
# weightings; what this reader has just typed; who did what, for those who may read the account.
UNSCOPED = {"activity", "batches", "batch_files", "set_aside", "meta", "policy_versions", "typed"}


def temporary(code: str) -> set[str]:
    """Temporary tables that a text makes."""
    return set(re.findall(r"TEMP TABLE (\w+)", code))


FILLED = {name for path in ENGINE for name in temporary(path.read_text(encoding="utf-8"))}  # from scoped views


def tables_read(code: str) -> set[str]:
    """The tables and views that the SQL in a text reads; its own WITH names and temporary tables left out."""
    own = {*re.findall(r"(?:WITH|,)\s+(\w+) AS (?:MATERIALIZED )?\(", code), *relations(), *FILLED}
    read = re.findall(r"(?<!DELETE )\b(?:FROM|JOIN)\s+\"?([a-z_][\w.]*)(?!\w*\()", code)
    return {name for name in read if name not in own and not name.startswith(("v_", "s_"))}


@pytest.mark.parametrize("path", SHOWN, ids=source.dotted)
def test_what_readers_see_is_read_from_scoped_views(path: Path) -> None:
    assert tables_read(path.read_text(encoding="utf-8")) <= UNSCOPED


@pytest.mark.parametrize("path", source.named("metrics/indicators/*/*/*.sql"), ids=lambda path: path.stem)
def test_an_indicator_reads_measures_only(path: Path) -> None:
    assert tables_read(path.read_text(encoding="utf-8").partition("*/")[2]) == set()


def test_an_unscoped_table_would_be_found() -> None:
    sql = "WITH a AS (SELECT x FROM loans) SELECT x FROM a JOIN v_clients AS c USING (id) JOIN facts.staff AS s"
    assert tables_read(sql) == {"loans", "facts.staff"}
