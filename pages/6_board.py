"""Board pack: one page or a whole pack for the board, as it prints, and packs as they were presented."""

from metrics.words import say
from pages.ui import board, disclosures, views
from pages.ui.pack import kept, whole
from pages.ui.screen import require

VIEWS = {"page": board, "pack": whole, "frozen": kept, "disclosures": disclosures}

screen = require()
views.page(screen, VIEWS, lambda name: say(screen.language, f"pack_page.view_{name}"), "w_board")
