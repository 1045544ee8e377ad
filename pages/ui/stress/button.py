"""The way from Trade-offs to the stress tests."""

from metrics.picture import Picture
from pages.ui.screen import Screen


def button(screen: Screen, picture: Picture) -> None:
    """The button that opens the stress tests."""
