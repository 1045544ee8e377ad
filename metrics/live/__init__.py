"""The live weights: scoring, drawing and controls in the browser, as text that the app and a written pack both carry.

Everything that moves with the hand is scored and drawn in the browser within the input event. The script is one
self-contained ES module, put together here from the files beside this one; nothing is built, nothing is fetched.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
# In the order in which they stand in the module; all share its one scope.
PARTS = (
    "score", "dom", "words", "model", "pairs", "closeness", "changes", "chart", "axis", "labels", "map", "list",
    "table", "share", "themes", "history", "screen", "main",
)  # fmt: skip
MOUNT = "export default function"


def script() -> str:
    """Returns the component's whole ES module: scoring, drawing, controls, in one scope."""
    return "\n".join(text(f"{part}.js") for part in PARTS)


def plain_script(name: str) -> str:
    """Returns the same as a script of a page that has no modules to import: `name` is the function that mounts it."""
    bare = script().replace(MOUNT, "const mounted = function", 1).replace("\nexport function", "\nfunction")
    return f"const {name} = (() => {{\n{bare}\nreturn mounted;\n}})();\n"


def text(name: str) -> str:
    """Returns a file of this folder: a component's markup (places without a word in them) or style sheet."""
    return (FOLDER / name).read_text(encoding="utf-8")
