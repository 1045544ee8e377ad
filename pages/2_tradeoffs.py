"""Trade-offs: x."""

from pages.ui.screen import require

screen = require()
