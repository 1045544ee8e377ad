"""The project's own files as the house tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(path for name in sorted(set(listed.split("\0")) - {""}) if (path := ROOT / name).is_file())


def named(*patterns: str) -> list[Path]:
    """Those of the files whose path from the root matches one of the patterns."""
    return [path for path in files() if any(relative(path).match(pattern) for pattern in patterns)]


def relative(path: Path) -> Path:
    """A file's path from the root of the project."""
    return path.relative_to(ROOT)


def python(*folders: str) -> list[Path]:
    """Python files at or below some folders or files of the project."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and any(str(relative(path)).startswith(folder) for folder in folders)
    ]


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def dotted(path: Path) -> str:
    """The module name of a Python file: `metrics/ingest/read.py` is `metrics.ingest.read`."""
    parts = relative(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> list[str]:
    """Every module that a file imports, wherever in the file, as dotted names."""
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file with the dotted name of what is called (`st.write`, `cursor.execute`, `say`)."""
    return [(ast.unparse(node.func), node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    """Where a node stands, for a message: `metrics/store.py:12`."""
    return f"{relative(path)}:{node.lineno}"
