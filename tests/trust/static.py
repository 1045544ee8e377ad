"""Rules that hold for the code as it is written: what may stand in a page, in a cache, in a change."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests import source
from tests.trust.exceptions import ASKED_BEFORE, KNOWN, SOURCELESS

# What Streamlit reads as Markdown: the label or body, which is the first argument, or one that is named.
MARKDOWN = {
    "markdown", "write", "title", "header", "subheader", "caption", "info", "warning", "error", "success", "button",
    "download_button", "expander", "popover", "checkbox", "toggle", "metric", "toast", "badge", "page_link",
}  # fmt: skip
# These give text of our own, or a number, or escape what they are given.
SAFE = {
    "md", "sentences", "len", "round", "int", "number", "percent", "date", "month", "money", "day", "abs", "min", "max",
    "sum", "health_text", "status_text", "figure", "sentence",
}  # fmt: skip
SAYS = {
    "say",
    "said",
    "_word",
    "_say",
    "_said",
    "told",
    "word",
}  # our own text; what they put into it is asked for one by one
# Functions of our own that make a drawing for st.html, each of which escapes the texts that it is given.
DRAWN = {"small", "picture", "_properties", "tones"}
SPEAKS = {"metrics.speaking", "pages.ui.settling", "metrics.__main__"}
NEVER = {
    "eval", "exec", "compile", "__import__", "pickle.load", "pickle.loads", "marshal.loads", "yaml.load", "os.system",
    "os.popen",
}  # fmt: skip
Function = ast.FunctionDef | ast.Module


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Every function of a module, inner ones too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


ASKED: set[int] = set()  # the functions that are being looked at, so that one that calls itself is looked at once


@cache
def of_pages() -> dict[str, list[tuple[ast.Module, ast.FunctionDef]]]:
    """Every function that pages share, by its name."""
    found: dict[str, list[tuple[ast.Module, ast.FunctionDef]]] = {}
    for path in source.python("pages/ui/"):
        for function in functions(source.tree(path)):
            found.setdefault(function.name, []).append((source.tree(path), function))
    return found


def parts(node: ast.AST) -> list[ast.expr] | None:
    """What an expression is put together from; None where that cannot be told."""
    if isinstance(node, (ast.JoinedStr, ast.BoolOp)):
        return node.values
    if isinstance(node, ast.FormattedValue):
        return [] if node.format_spec is not None else [node.value]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return [node.elt]
    if isinstance(node, (ast.List, ast.Tuple)):
        return node.elts
    return [] if isinstance(node, ast.Constant) else None


class Text:
    """Whether an expression of a module can only be text of our own."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.of = {function.name: function for function in functions(tree)}

    def fine(self, node: ast.AST, scope: Function) -> bool:
        """Whether nothing from the data can be in it, unless it is escaped."""
        if isinstance(node, ast.Call):
            return self.call(node, scope)
        if isinstance(node, ast.Name):
            return node.id.isupper() or self.name(node.id, scope)
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            return ast.unparse(node).split("[")[0].split(".")[-1].isupper()
        pieces = parts(node)
        return pieces is not None and all(self.fine(piece, scope) for piece in pieces)

    def call(self, node: ast.Call, scope: Function) -> bool:
        """A call that escapes, says our own text, or is a function of this module whose every answer is fine."""
        name = ast.unparse(node.func).split(".")[-1]
        if name in SAFE:
            return True
        if name in SAYS:
            return all(isinstance(one.value, ast.Name) and one.arg in ("n", "count") or self.fine(one.value, scope)
                       for one in node.keywords)  # fmt: skip
        if name in ("join", "replace", "strip", "capitalize", "rstrip") and isinstance(node.func, ast.Attribute):
            return self.fine(node.func.value, scope) and all(self.fine(one, scope) for one in node.args)
        if name in self.of:
            return self.answers(self.of[name])
        elsewhere = of_pages().get(name, ())
        return bool(elsewhere) and all(Text(tree).answers(found) for tree, found in elsewhere)

    def answers(self, found: ast.FunctionDef) -> bool:
        """Whether every answer of a function is fine."""
        if id(found) in ASKED:
            return True
        ASKED.add(id(found))
        given = [one.value for one in ast.walk(found) if isinstance(one, ast.Return) and one.value is not None]
        fine = all(self.fine(one, found) for one in given)
        ASKED.discard(id(found))
        return fine

    def name(self, name: str, scope: Function) -> bool:
        """A name whose every value in its function is fine."""
        values = [
            one.value for one in ast.walk(scope)
            if isinstance(one, (ast.Assign, ast.AugAssign))
            for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
            if isinstance(target, ast.Name) and target.id == name
        ]  # fmt: skip
        return bool(values) and all(self.fine(one, scope) for one in values)


def markdown(path: Path, tree: ast.Module) -> Iterator[str]:
    """Text that a page shows as Markdown and glues from something that is not its own and not escaped."""
    known = Text(tree)
    for scope in [tree, *functions(tree)]:
        inside = [one for one in ast.walk(scope) if isinstance(one, ast.FunctionDef) and one is not scope]
        inner = {id(node) for one in inside for node in ast.walk(one)}
        for node in ast.walk(scope):
            if id(node) in inner or not isinstance(node, ast.Call):
                continue
            name = called(node)
            if name.startswith("st.") and name.removeprefix("st.") in MARKDOWN and node.args:
                first = node.args[0]
                glued = isinstance(first, (ast.JoinedStr, ast.BinOp, ast.Attribute))
                shown, file = ast.unparse(first), str(source.relative(path))
                listed = any(file == one and shown.startswith(begun) for one, begun in KNOWN)
                if glued and not listed and not known.fine(first, scope):
                    yield f"{place(path, node)} shows {shown[:80]}"


def html(path: Path, tree: ast.Module) -> Iterator[str]:
    """What a page writes as code of the page and is not a constant, a file of ours, or a drawing of ours."""
    for node in calls(tree, "st.html"):
        first = node.args[0]
        names = [one.id for one in ast.walk(first) if isinstance(one, ast.Name)]
        drawn = [ast.unparse(one.func).split(".")[-1] for one in ast.walk(first) if isinstance(one, ast.Call)]
        names += [one.attr for one in ast.walk(first) if isinstance(one, ast.Attribute)]
        file = isinstance(first, (ast.BinOp, ast.Name, ast.Attribute)) and any(map(str.isupper, names))
        ours = isinstance(first, ast.Constant) or file
        if not (ours or (drawn and set(drawn) <= DRAWN)):
            yield f"{place(path, node)} writes {ast.unparse(first)[:80]}"


def cached(path: Path, tree: ast.Module) -> Iterator[str]:
    """What sessions share and is not kept by source (data, state of the data, reach), or looks at who is there."""
    for function in functions(tree):
        marks = [ast.unparse(mark) for mark in function.decorator_list]
        if not any(mark.startswith(("st.cache_data", "st.cache_resource")) for mark in marks):
            continue
        arguments = [*function.args.args, *function.args.kwonlyargs]
        kinds = [ast.unparse(one.annotation) if one.annotation else "" for one in arguments]
        keyed = any(kind.endswith("Source") for kind in kinds)
        if not keyed and f"{source.dotted(path)}:{function.name}" not in SOURCELESS:
            yield f"{place(path, function)} {function.name} has no source"
        if any(one.arg.startswith("_") for one in arguments):
            yield f"{place(path, function)} {function.name} leaves something out of its key"
        read = {ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Attribute)}
        for one in sorted(read & {"st.session_state", "st.user", "st.query_params", "access.current", "st.context"}):
            yield f"{place(path, function)} {function.name} looks at {one}"


def required(path: Path, tree: ast.Module) -> Iterator[str]:
    """A page that does anything before it asks for its screen, which nobody has who did not come by the door."""
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)) or not _acts(node):
            continue
        if ast.unparse(node) != "screen = require()":
            yield f"{place(path, node)} comes before require()"
        return
    yield f"{source.relative(path)} never asks for its screen"


def _acts(node: ast.AST) -> bool:
    """Whether a statement calls anything at once; what stands in a lambda is called later."""
    if isinstance(node, ast.Lambda):
        return False
    return isinstance(node, ast.Call) or any(map(_acts, ast.iter_child_nodes(node)))


def dangerous(path: Path, tree: ast.Module) -> Iterator[str]:
    """What runs text as code, or a command through a shell."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in NEVER:
            yield f"{place(path, node)} calls {called(node)}"
        if isinstance(node, ast.keyword) and node.arg == "shell" and ast.unparse(node.value) != "False":
            yield f"{place(path, node.value)} uses a shell"


def prints(path: Path, tree: ast.Module) -> Iterator[str]:
    """What is printed by anyone but those who speak for the command line."""
    if source.dotted(path) not in SPEAKS:
        yield from (f"{place(path, node)} prints" for node in calls(tree, "print"))


def changes(path: Path, tree: ast.Module) -> Iterator[str]:
    """A public function that changes the database and never asks whether the person may."""
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        names = {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        asks = any(name.split(".")[-1] in ("need", "_need", "_allowed", "_add") for name in names)
        writes = names & {"store.write", "store.land", "store.rollback", "store.restore"}
        if writes and not asks and f"{source.dotted(path)}:{function.name}" not in ASKED_BEFORE:
            yield f"{place(path, function)} {function.name} asks nobody"


def calls(tree: ast.Module, name: str) -> list[ast.Call]:
    """Every call of a name."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == name]


def called(node: ast.Call) -> str:
    """The name that is called, with the name it belongs to; empty where it is no plain name."""
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return f"{node.func.value.id}.{node.func.attr}"
    return node.func.id if isinstance(node.func, ast.Name) else ""


def place(path: Path, node: ast.AST) -> str:
    """Where a node stands."""
    return f"{source.relative(path)}:{getattr(node, 'lineno', 0)}"


Rule = Callable[[Path, ast.Module], Iterator[str]]
ALL = source.python("metrics/", "pages/", "app.py")
SHOWN = source.python("pages/")
FIRST = [path for path in SHOWN if source.relative(path).parent == Path("pages")]
RULES: dict[str, tuple[Rule, list[Path]]] = {
    "markdown": (markdown, SHOWN),
    "html": (html, SHOWN),
    "cached": (cached, SHOWN),
    "required": (required, FIRST),
    "dangerous": (dangerous, ALL),
    "prints": (prints, ALL),
    "changes": (changes, source.python("metrics/")),
}


def broken(name: str) -> list[str]:
    """Where a rule does not hold."""
    rule, among = RULES[name]
    return [one for path in among for one in rule(path, source.tree(path))]


def stale() -> list[str]:
    """Exceptions that nothing needs any more."""
    tree = {path: {str(source.relative(path)): source.tree(path)} for path in SHOWN}
    code = {name: ast.unparse(node) for one in tree.values() for name, node in one.items()}
    gone = [f"{file} {begun}" for file, begun in KNOWN if f"({begun}" not in code.get(file, "")]
    there = {f"{source.dotted(path)}:{one.name}" for path in ALL for one in functions(source.tree(path))}
    return gone + sorted({*SOURCELESS, *ASKED_BEFORE} - there)
