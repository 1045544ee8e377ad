"""What tables and columns are called on pages: the words of the templates, so that a sheet and a page say the same."""

from functools import cache

from metrics import schema, templates
from pages.ui.screen import Screen


def table(screen: Screen, name: str) -> str:
    """A table's title; its own name where it is none of the canonical ones."""
    return templates.sheet_name(name, screen.language) if name in schema.tables() else name


@cache
def _columns(name: str, language: str) -> dict[str, templates.Column]:
    return {one.name: one for one in templates.columns(name, language)}


def _column(screen: Screen, name: str, column: str) -> templates.Column | None:
    """A column of a table, or of another that its sheets carry columns for."""
    others = [name, "clients", "branches", "products"] if name in schema.tables() else []
    found = (_columns(other, screen.language).get(column) for other in others)
    return next((one for one in found if one is not None), None)


def column(screen: Screen, name: str, column: str) -> str:
    """A column's title as the table's template has it; its own name where the template has none."""
    found = _column(screen, name, column)
    return found.heading if found else column.replace("_", " ")


def meaning(screen: Screen, name: str, column: str) -> str:
    """What a column holds; empty where that is not written down."""
    found = _column(screen, name, column)
    return found.meaning if found else ""
