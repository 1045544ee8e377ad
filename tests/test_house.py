"""The house holds its plan: who may import whom, how long a piece may be, what no file may name."""

import ast
import re
from pathlib import Path

import pytest

from tests import source

# A module imports only modules that stand further up in this list, or its own package.
LAYERS = (
    {"words"},
    {"errors", "speaking", "toml"},
    # formula and tree: the mathematics of a policy, on arrays
    {"heads", "sandbox", "formula", "tree", "fusing", "intervals", "pricing", "own", "system", "scope", "bounded"},
    {"policy_toml", "contribution", "balance"},
    {"policy", "robust", "closeness"},
    {"score"},
    {"composite", "seeking", "slopes", "sampling", "rank_range", "importance"},
    {"sobol"},
    {"parted", "survey_error", "together", "exchange", "robustness"},
    {"schema", "access", "pseudonyms", "configuration", "record", "classes"},
    {"activity", "connecting", "ledger"},
    {"batch", "accounts"},
    {"keeping", "journal"},
    {"witness", "migrating"},
    {"handle"},
    {"store"},
    {"measure"},
    {"periods", "reported", "movements", "mergers"},
    {"twins"},
    {"measures"},
    {"typed", "people", "undoing"},
    {"records"},
    {"indicator"},
    {"catalogue"},
    {"limits"},
    {"versions"},
    {"weighing"},
    {"asking"},
    {"peers", "history", "slices", "checks", "counted", "definitions"},
    {"regulator"},
    {"values", "behind"},
    {"ingest"},
    {"ppi", "rebuilding"},
    {"units"},
    {"picture"},
    {"figures"},
    {"findings", "targets", "scenarios", "over_dates", "waterfall", "conversions", "paces", "whatif"},
    {"standing", "robust_facts"},
    {"kept", "comparing", "causes", "robust_findings"},
    {"phrases", "eliciting"},
    # what people decide about: breaches and signals, the register, voices and their answers, needs, shocks
    {"actions", "proportions", "privacy"},
    {"appetite", "register", "voices", "drift", "effects", "stress"},
    {"tailoring", "decisions"},
    {"charts", "live"},
    {"documents", "excel"},
    {"packs"},
    {"disclosures"},
    {"templates"},
    {"exporting"},
    {"likeness"},
    {"backups"},
    {"backup"},
    {"restoring", "retention", "snapshot"},
    {"copies"},
    {"personal"},
    {"sample", "owner"},
    {"opening", "reporting"},
    {"commands", "directory"},
    {"reworking"},
    {
        "importing",
        "backup_commands",
        "poverty",
        "taking",
        "limit_commands",
        "indicator_commands",
        "register_commands",
        "voice_commands",
        "shift_commands",
        "stress_commands",
        "disclosure_commands",
        "pack_commands",
        "activity_commands",
        "personal_commands",
    },
    {"__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ARRAYS_ONLY = {"formula", "tree", "contribution", "score", "balance", "robust"}
MODULE, PAGE, APP, INDICATOR, FUNCTION = 300, 120, 60, 70, 40

METRICS = source.python("metrics/")
PAGES = [path for path in source.python("pages/") if source.relative(path).parent == Path("pages")]
SHARED_BY_PAGES = source.python("pages/ui/")


def inner(path: Path) -> list[str]:
    """The modules of `metrics` that a file imports, by the name right below `metrics`."""
    return [name.split(".")[1] for name in source.imports(path) if name.startswith("metrics.") and "." in name]


def of(path: Path) -> str:
    """The piece of `metrics` that a file belongs to."""
    return source.dotted(path).split(".")[1]


@pytest.mark.parametrize("path", METRICS, ids=source.dotted)
def test_a_module_of_metrics_imports_only_what_stands_below_it(path: Path) -> None:
    if path.parent.name == "metrics" and path.name == "__init__.py":
        assert inner(path) == []
        return
    unknown = {name for name in [of(path), *inner(path)] if name not in RANK}
    assert not unknown, f"say in LAYERS where {unknown} stand"
    upward = [name for name in inner(path) if name != of(path) and RANK[name] >= RANK[of(path)]]
    assert not upward, f"{source.relative(path)} imports upward: {upward}"


@pytest.mark.parametrize("path", METRICS, ids=source.dotted)
def test_metrics_knows_no_page_and_draws_only_in_charts(path: Path) -> None:
    roots = {name.split(".")[0] for name in source.imports(path)}
    drawing = set() if "charts" in path.parts or "documents" in path.parts else {"altair"}
    assert not roots & ({"streamlit", "pages", "app", "tests"} | drawing)


@pytest.mark.parametrize("path", [path for path in METRICS if path.stem in ARRAYS_ONLY], ids=source.dotted)
def test_scores_are_computed_from_arrays_policy_and_errors_alone(path: Path) -> None:
    foreign = {name.split(".")[0] for name in source.imports(path)} & {
        "duckdb",
        "pyarrow",
        "streamlit",
        "altair",
    }
    assert not foreign
    assert set(inner(path)) <= {"policy", "policy_toml", "errors"} | ARRAYS_ONLY


@pytest.mark.parametrize("path", [*PAGES, *SHARED_BY_PAGES], ids=source.dotted)
def test_no_page_imports_another(path: Path) -> None:
    assert not [name for name in source.imports(path) if re.match(r"pages\.(?!ui\b)", name)]
    assert not [name for name in source.imports(path) if name.split(".")[0] in {"app", "tests"}]


def test_no_module_imports_itself_by_a_detour() -> None:
    modules = {source.dotted(path): path for path in source.python("metrics/", "pages/", "app.py")}
    graph = {
        name: {known for wanted in source.imports(path) if (known := owner(wanted, modules)) and known != name}
        for name, path in modules.items()
    }
    assert cycle(graph) == []


def owner(wanted: str, modules: dict[str, Path]) -> str | None:
    """The module that an imported name belongs to: `metrics.store.Store` is of `metrics.store`."""
    return wanted if wanted in modules else wanted.rpartition(".")[0] if wanted.rpartition(".")[0] in modules else None


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """What is left of a graph when modules that import nothing more are taken away, again and again."""
    left = dict(graph)
    while free := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def test_a_cycle_would_be_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


@pytest.mark.parametrize("path", source.python(""), ids=lambda path: str(source.relative(path)))
def test_a_module_is_short_enough_to_read_at_once(path: Path) -> None:
    most = PAGE if path in PAGES else APP if path.name == "app.py" else MODULE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("path", source.named("metrics/indicators/*/*/*.sql"), ids=lambda path: path.stem)
def test_an_indicator_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= INDICATOR


@pytest.mark.parametrize("path", source.python(""), ids=lambda path: str(source.relative(path)))
def test_a_function_fits_on_a_screen(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [node.name for node in ast.walk(source.tree(path)) if isinstance(node, kinds) and length(node) > FUNCTION]
    assert not long


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring, which is there for the reader."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = first.end_lineno - first.lineno + 1 if documented and first.end_lineno else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


TEXTS = [path for path in source.files() if path.suffix not in {".woff2", ".png", ".xlsx", ".xls", ".parquet"}]
MACHINE = re.compile(r"(?<![\w.:/])/(?:work|farm|root|home|opt)/[a-z]|(?<![\w.])/tmp/[a-z]")
HOSTS = re.compile("|".join(rf"{name}\.{end}" for name, end in [
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(org|com)"), ("deb.debian", "org"), ("crates", "io"),
]))  # fmt: skip


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(source.relative(path)))
def test_no_file_names_one_machine_or_a_package_host(path: Path) -> None:
    if path == Path(__file__) or path.name in {"Dockerfile", "compose.yaml"}:
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    assert not MACHINE.search(text)
    assert not HOSTS.search(text)


def test_locked_versions_have_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.split(r"\n(?=[a-z0-9])", (source.ROOT / name).read_text(encoding="utf-8"))[1:]
        assert pinned
        assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []


# Streamlit imports these for us, and does not bring them.
THROUGH_STREAMLIT = {"authlib", "httpx"}
IMPORTED_AS = {"pillow": "PIL", "vl-convert-python": "vl_convert"}


def test_requirements_give_bounds_and_a_reason_and_cover_what_is_imported() -> None:
    lines = (source.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [re.match(r"([a-z-]+)>=[\d.]+(,<[\d.]+)? +# \w", line) for line in lines if not line.startswith("#")]
    assert all(wanted)
    named = {IMPORTED_AS.get(match[1], match[1].replace("python-", "")) for match in wanted if match}
    used = {
        name.split(".")[0] for path in source.python("metrics/", "pages/", "app.py") for name in source.imports(path)
    }
    ours = {"metrics", "pages", "app"}
    modules = {name.replace("python_", "") for name in used - ours if not standard(name)}
    assert modules | THROUGH_STREAMLIT == named


def standard(name: str) -> bool:
    """Whether a module belongs to Python itself."""
    import sys

    return name in sys.stdlib_module_names
