"""Disclosures: a template filled from the data, its steps up to publishing, and those that were published."""

from metrics.words import date
from pages.ui.disclosures import assessing, draft, listed, reads
from pages.ui.disclosures.reads import said
from pages.ui.screen import Screen


def headline(screen: Screen) -> str:
    """How many lines of the chosen template have a figure at which date."""
    if not screen.options.periods:
        return screen.headline
    found = reads.disclosure(screen, reads.template(screen))
    known, n = sum(one.known for one in found.values), len(found.values)
    return said(screen, "head", known=known, n=n, date=date(screen.language, reads.day(screen)))


def second(screen: Screen) -> str:
    """That a disclosure is of the whole institution, also where the page is narrowed."""
    return said(screen, "second_whole" if screen.choices.branches or screen.choices.product else "second")


def show(screen: Screen) -> None:
    """The chosen template with its steps; below it what was published before, and the self-assessment."""
    draft.show(screen)
    listed.show(screen)
    assessing.show(screen)
