"""Every text that a reader sees stands in the catalogues, in each language; every key that is said exists."""

import ast
import json
import re
from pathlib import Path

import pytest

from metrics import activity
from metrics.words import LANGUAGES, catalogue, plural
from tests import source

CODE = source.python("metrics/", "pages/", "app.py")
KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")
PLACE = re.compile(r"\{(\w+)[^}]*\}")
NAMED_BY_ERRORS = re.compile(r"(\w+Error|OpenQuestion)$")


def forms(language: str, key: str) -> list[str]:
    """The texts of a key: one, or one for each plural form."""
    text = catalogue(language)[key]
    return list(text.values()) if isinstance(text, dict) else [text]


def places(language: str, key: str) -> set[str]:
    """The params that a key's texts name."""
    return {name for text in forms(language, key) for name in PLACE.findall(text)}


def said(path: Path) -> list[tuple[str, ast.Call]]:
    """Every key that a file says or raises as a plain text, with the call.

    `screen.say("name")` leaves out the area.
    """
    found = []
    for name, call in source.calls(path):
        last = name.split(".")[-1]
        at = 0 if NAMED_BY_ERRORS.search(last) or name.endswith(".say") else 1 if last == "say" else None
        if at is not None and len(call.args) > at and isinstance(key := call.args[at], ast.Constant):
            found.append((whole_key(str(key.value)) if name.endswith(".say") else str(key.value), call))
    return found


def whole_key(name: str) -> str:
    """The key that a `.say` of an object means: it puts an area, and sometimes a first word, before the name."""
    ways = (f"pages.{name}", f"component.{name}", f"component.strip_{name}")
    return next((key for key in ways if key in catalogue("en")), ways[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys(language: str) -> None:
    assert catalogue(language).keys() == catalogue("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_the_same_params(language: str) -> None:
    differing = [key for key in catalogue("en") if places(language, key) != places("en", key)]
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    wanted = {plural(language, n) for n in (0, 1, 2, 5, 1.5)}
    plurals = {key: set(text) for key, text in catalogue(language).items() if isinstance(text, dict)}
    assert {key: kinds for key, kinds in plurals.items() if not wanted <= kinds} == {}


def test_no_key_stands_twice_in_a_file() -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"twice: {sorted({n for n in names if names.count(n) > 1})}"
        return dict(pairs)

    for path in source.named("metrics/words/*/*.json"):
        json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


@pytest.mark.parametrize("path", CODE, ids=source.dotted)
def test_every_key_that_is_said_exists(path: Path) -> None:
    assert [source.place(path, call) + " " + key for key, call in said(path) if key not in catalogue("en")] == []


@pytest.mark.parametrize("path", CODE, ids=source.dotted)
def test_every_param_that_a_text_names_is_given(path: Path) -> None:
    lacking = []
    for key, call in said(path):
        given = {keyword.arg for keyword in call.keywords}
        if key in catalogue("en") and None not in given:
            lacking += [f"{source.place(path, call)} {key}: {name}" for name in places("en", key) - given]
    assert not lacking


def test_every_text_is_said_somewhere() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in source.files() if path.suffix in {".py", ".js", ".sql"}
    )
    quoted = set(re.findall(r"[\"'`]([a-z0-9_.]+)[\"'`]", code))
    quoted |= {path.name for path in (source.ROOT / "metrics/indicators").glob("*/*")}  # themes, by their folders
    begun = tuple(re.findall(r"[\"'`}](?:\w+\.)?([a-z0-9_]+_)(?:[\"'`]|\{|\$\{)", code))  # f"pages.unit_{by}"
    ended = tuple(re.findall(r"\}(_[a-z0-9_]+)[\"'`]", code))  # f"{name}_help"
    whole = re.findall(r"\barea\(\w+, [\"'](\w+)[\"']\)", code)  # the browser gets these as they are
    unsaid = []
    for key in catalogue("en"):
        area, _, name = key.partition(".")
        if area not in whole and not ({key, name} & quoted or name.startswith(begun) or name.endswith(ended)):
            unsaid.append(key)
    assert unsaid == []


TAG = re.compile(r"<style.*?</style>|<[^<>]*>|&\w+;|\{[^{}]*[:;][^{}]*\}", re.DOTALL)
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}")
NOT_TEXT = re.compile(
    r"^\s*(SELECT|WITH|FROM|CREATE|INSERT|ORDER BY|WHERE|not_available|export default)\b"  # SQL, a status, a script
    r"|^\s*[.#@:\[]|^\s*[\w-]+:\s*[^;]+;|sans-serif|default-src|var\(--"  # style rules, the security policy
    r"|^(?=.*-)[a-z0-9_-]+( [a-z0-9_-]+)*$"  # class names
)
TEXT_ARGUMENTS = {"label", "help", "placeholder", "title", "body", "alt", "text"}


def spoken(path: Path) -> list[str]:
    """Texts of a page or of the command line that look written for a reader: two words or more, outside tags.

    Docstrings, SQL and style rules are left out; a single word counts where Streamlit shows it.
    """
    tree = source.tree(path)
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    quiet = inner | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [whole(node) for node in ast.walk(tree) if id(node) not in quiet]
    return [text for text in texts if SENTENCE.search(TAG.sub(" ", text)) and not NOT_TEXT.search(text)]


def whole(node: ast.AST) -> str:
    """A text as written, with `0` where a value is put in; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize(
    "line",
    [
        'st.caption("Nothing to act on")',
        'x = f"Saved as {name}, well done"',
        "html = \"<b class='a b'>Two words</b>\"",
    ],
)
def test_a_text_outside_the_catalogues_would_be_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text(line)
    assert spoken(file)


def shown(path: Path) -> list[str]:
    """Plain texts handed straight to Streamlit or to print, whatever their length."""
    found = []
    for name, call in source.calls(path):
        if re.match(r"st\.(?!session_state|query_params|context)|print$", name):
            named = [keyword.value for keyword in call.keywords if keyword.arg in TEXT_ARGUMENTS]
            texts = [arg.value for arg in [*call.args[:1], *named] if isinstance(arg, ast.Constant)]
            found += [f"{source.place(path, call)} {text}" for text in texts if written(name, text)]
    return found


def written(name: str, text: object) -> bool:
    """Whether Streamlit would put the text before a reader's eyes."""
    silent = {"st.container", "st.Page", "st.App", "st.cache_data", "st.components.v2.component", "st.space"}
    return isinstance(text, str) and name not in silent and bool(re.search(r"[^\W\d_]{2}", TAG.sub(" ", text)))


READ_BY_USERS = source.python(
    "pages/", "metrics/__main__.py", "metrics/commands", "metrics/charts/", "metrics/picture", "metrics/findings"
)


@pytest.mark.parametrize("path", READ_BY_USERS, ids=source.dotted)
def test_what_users_read_is_written_in_the_catalogues_only(path: Path) -> None:
    assert spoken(path) == []
    assert shown(path) == []


@pytest.mark.parametrize("path", CODE, ids=source.dotted)
def test_an_error_is_raised_by_its_key(path: Path) -> None:
    raised = [
        (source.place(path, call), call.args[0].value)
        for name, call in source.calls(path)
        if NAMED_BY_ERRORS.search(name) and call.args and isinstance(call.args[0], ast.Constant)
        if name.split(".")[-1] not in {"KeyError", "ValueError", "TypeError", "RuntimeError"}
    ]
    assert [(where, key) for where, key in raised if not KEY.fullmatch(str(key))] == []


FOLDERS = ("pages/ui/*", "metrics/live", "metrics/packs/forms")
COMPONENTS = [f"{folder}/*.{kind}" for folder in FOLDERS for kind in ("js", "html")]
JS_TEXT = re.compile(r"""(["'`])((?:(?!\1).)*)\1""")


@pytest.mark.parametrize("path", source.named(*COMPONENTS), ids=lambda path: path.name)
def test_the_component_has_no_words_of_its_own(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?m:^\s*//[^\n]*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    texts = [text for _, text in JS_TEXT.findall(code)] if path.suffix == ".js" else [TAG.sub("\n", code)]
    assert [text for text in texts if re.search(r"\b[A-Z][a-z]+ [a-z]{2,}\b", TAG.sub("", text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_account_tells_has_words(language: str) -> None:
    assert [name for name in activity.WHAT if f"activity.what_{name}" not in catalogue(language)] == []
