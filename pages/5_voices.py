"""Voices: what clients, staff and communities say, what is done about it, and what they are told."""

from pages.ui import views
from pages.ui.screen import require
from pages.ui.voices import actions, decisions, heard, tailored

VIEWS = {"heard": heard, "actions": actions, "tailored": tailored, "decisions": decisions}

screen = require()
views.page(screen, VIEWS, lambda name: screen.say(f"voices_{name}"), "w_voices")
