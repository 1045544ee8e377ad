"""Actions: who does what by when, what those who spoke were told, what came of it."""

from pages.ui.screen import Screen


def headline(screen: Screen) -> str:
    """The one finding of the view."""
    return screen.headline


def second(screen: Screen) -> str:
    """What stands behind it, and since when."""
    return screen.headline


def show(screen: Screen) -> None:
    """The view below its headline."""
