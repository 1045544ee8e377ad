"""Warnings: limits that are broken or about to be, the risks behind them, and who acts."""

from pages.ui import views
from pages.ui.screen import require
from pages.ui.warnings import drift, limits, register

VIEWS = {"limits": limits, "register": register, "drift": drift}

screen = require()
views.page(screen, VIEWS, lambda name: screen.say(f"warnings_{name}"), "w_warnings")
