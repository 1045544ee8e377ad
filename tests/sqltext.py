"""Tells which SQL texts of a module are its own: constants, identifiers through `quote`, definition files."""

import ast
import copy
from dataclasses import dataclass, field

RUNS_SQL = {"execute", "executemany", "sql", "query"}
TRUSTED = {"quote", "schema.quote", "store.quote", "text", "schema.text", "heads.read"}
KEEPS = {
    "sorted",
    "list",
    "tuple",
    "set",
    "enumerate",
    "zip",
    "dict.fromkeys",
    "reversed",
    "str",
    "cursor.extract_statements",
}
VIEWS = {"get", "items", "keys", "values", "removeprefix", "removesuffix", "strip", "lower", "upper"}
DEFINED = {"sql", "ddl"}  # the text of a definition file, checked when it is loaded
Function = ast.FunctionDef | ast.Module


@dataclass
class Module:
    """A parsed module: its functions, and where each of them is called from."""

    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    called: dict[str, list[tuple[Function, ast.Call]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.functions = {n.name: n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef)}
        for scope in [self.tree, *self.functions.values()]:
            for node in within(scope):
                if isinstance(node, ast.Call):
                    self.called.setdefault(ast.unparse(node.func).split(".")[-1], []).append((scope, node))

    def glued(self) -> list[int]:
        """Lines that run a statement put together from something that is not the module's own."""
        runs = [place for name in RUNS_SQL for place in self.called.get(name, []) if place[1].args]
        return sorted({call.lineno for scope, call in runs if not self.ours(call.args[0], scope)})

    def ours(self, node: ast.expr, scope: Function, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
        """Whether nothing but our own text can be in an expression."""
        if isinstance(node, ast.Name):
            return self.name(node.id, scope, seen)
        if isinstance(node, ast.Attribute):
            return node.attr in DEFINED or node.attr.isupper()
        if isinstance(node, ast.Call):
            return self.call(node, scope, seen)
        if isinstance(node, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
            return self.ours(Filled(node.generators).visit(copy.deepcopy(node.elt)), scope, seen)
        pieces = parts(node)
        return pieces is not None and all(self.ours(piece, scope, seen) for piece in pieces)

    def name(self, name: str, scope: Function, seen: frozenset[tuple[str, str]]) -> bool:
        """A name is ours if everything is that it is set to here, or that callers pass for it."""
        key = (getattr(scope, "name", ""), name)
        if key in seen:
            return True
        values = bound(scope, name)
        if values:
            return all(self.ours(value, scope, seen | {key}) for value in values)
        if isinstance(scope, ast.FunctionDef) and name in parameters(scope):
            given = [argument(call, scope, name) for _, call in self.called.get(scope.name, [])]
            places = zip(given, self.called.get(scope.name, []), strict=True)
            return bool(given) and all(v is not None and self.ours(v, at, seen | {key}) for v, (at, _) in places)
        return name.isupper() or (scope is not self.tree and self.name(name, self.tree, seen))

    def call(self, node: ast.Call, scope: Function, seen: frozenset[tuple[str, str]]) -> bool:
        """`quote(x)` is ours whatever x is; a function of this module is what it returns."""
        function = ast.unparse(node.func)
        last = function.split(".")[-1]
        if function in TRUSTED or last == "read_text" or (last == "replace" and doubles_quotes(node)):
            return True
        if function in KEEPS or last == "join":
            taken = [node.func.value, *node.args] if last == "join" else node.args
            return all(self.ours(piece, scope, seen) for piece in taken)
        if last in VIEWS and isinstance(node.func, ast.Attribute):
            return self.ours(node.func.value, scope, seen)
        if function in self.functions:
            inner = self.functions[function]
            answers = [n.value for n in within(inner) if isinstance(n, ast.Return) and n.value]
            return bool(answers) and all(self.ours(answer, inner, seen) for answer in answers)
        return False


class Filled(ast.NodeTransformer):
    """Puts what a comprehension runs over in the place of the names that it sets."""

    def __init__(self, generators: list[ast.comprehension]) -> None:
        self.generators = generators

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name of the comprehension becomes what it takes its values from."""
        for loop in self.generators:
            if node.id in names(loop.target):
                return ast.Constant(0) if counts(loop, node.id) else loop.iter
        return node


def within(scope: Function) -> list[ast.AST]:
    """The nodes of a function or module without those of the functions inside it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef):
            waiting += ast.iter_child_nodes(node)
    return found


def parts(node: ast.expr) -> list[ast.expr] | None:
    """The pieces that an expression puts together; None for one that cannot be judged."""
    singles = {ast.FormattedValue: "value", ast.Starred: "value", ast.Subscript: "value"}
    if type(node) in singles:
        return [getattr(node, singles[type(node)])]
    many = {
        ast.JoinedStr: "values",
        ast.Tuple: "elts",
        ast.List: "elts",
        ast.Set: "elts",
        ast.BoolOp: "values",
    }
    if type(node) in many:
        return list(getattr(node, many[type(node)]))
    if isinstance(node, (ast.Constant, ast.Compare)):
        return []
    if isinstance(node, ast.Dict):
        return [*[key for key in node.keys if key], *node.values]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right] if not isinstance(node.op, ast.Mult) else [node.left]
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else None


def bound(scope: Function, name: str) -> list[ast.expr]:
    """Everything that a name is set to in a function: by assignment, addition, loop or comprehension."""
    found: list[ast.expr] = []
    for node in within(scope):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [node.value] if any(name in names(target) for target in targets) else []
        elif isinstance(node, (ast.For, ast.comprehension)) and name in names(node.target):
            found.append(ast.Constant(0) if counts(node, name) else node.iter)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (f"{name}.append", f"{name}.extend"):
            found += node.args
    return found


def counts(loop: ast.For | ast.comprehension, name: str) -> bool:
    """Whether a name is the number that `enumerate` gives."""
    enumerated = isinstance(loop.iter, ast.Call) and ast.unparse(loop.iter.func) == "enumerate"
    return enumerated and isinstance(loop.target, ast.Tuple) and name in names(loop.target.elts[0])


def names(target: ast.expr) -> set[str]:
    """The names that a target sets."""
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def parameters(function: ast.FunctionDef) -> list[str]:
    """The parameters of a function, in order."""
    return [arg.arg for arg in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]


def argument(call: ast.Call, function: ast.FunctionDef, name: str) -> ast.expr | None:
    """What a call passes for a parameter; its default where it passes nothing."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    order = [arg.arg for arg in [*function.args.posonlyargs, *function.args.args]]
    if order and order[0] in ("self", "cls"):
        order = order[1:]
    place = order.index(name) if name in order else len(call.args)
    if place < len(call.args):
        return call.args[place]
    defaults = dict(zip(reversed(order), reversed(function.args.defaults), strict=False))
    return defaults.get(name)


def doubles_quotes(node: ast.Call) -> bool:
    """Whether a call writes each quote mark twice, as a text in SQL must have it."""
    return [arg.value for arg in node.args if isinstance(arg, ast.Constant)] == ["'", "''"]
