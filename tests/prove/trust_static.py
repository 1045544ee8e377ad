"""The rules that can be told from the code alone, each with the examples that it finds."""

import ast

from tests import source
from tests.sqltext import Module
from tests.trust import exceptions, static
from tests.trust.test_static import BAD

LINE = (
    "static rules by AST | no f-string into SQL or Markdown, no unsafe HTML, cached functions keyed by scope and "
    "version"
)


def run() -> dict[str, object]:
    """Looks at every file of the app with every rule, and at every bad example."""
    faults = {name: static.broken(name) for name in static.RULES}
    faults["sql"] = [f"{source.relative(path)}:{line}" for path in static.ALL
                     for line in Module(source.tree(path)).glued()]  # fmt: skip
    assert not any(faults.values()), {name: found for name, found in faults.items() if found}
    there = source.ROOT / "pages" / "bad.py"
    missed = [code for name, codes in BAD.items() for code in codes
              if not list(static.RULES[name][0](there, ast.parse(code)))]  # fmt: skip
    assert not missed, missed
    counts = {f"{name}: files": len(among) for name, (_, among) in static.RULES.items()}
    listed = len(exceptions.KNOWN) + len(exceptions.SOURCELESS) + len(exceptions.ASKED_BEFORE)
    found = sum(map(len, BAD.values()))
    return {
        **counts, "sql: files": len(static.ALL), "faults": 0, "bad examples found": found,
        "exceptions with a reason": listed,
    }  # fmt: skip
