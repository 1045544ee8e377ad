"""The definitions: every form prints those of the pack in this section's place; the section says how many there are."""

from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Definition, Section
from metrics.words import say


def section(asked: Asked, part: Part) -> Section:
    """The place of the definitions; `filled` says what they are once the pack is composed."""
    title = str(part.choices.get("title", "")) or say(asked.language, "packs.section_definitions")
    return Section(part.id, part.kind, title, "", ())


def filled(section: Section, found: tuple[Definition, ...], language: str) -> Section:
    """The section with its message."""
    standards = {name for one in found for name in one.standard.split(", ") if name}
    said = say(language, "packs.definitions_message", n=len(found), standards=len(standards))
    return Section(section.id, section.kind, section.title, said, section.blocks, section.basis)
