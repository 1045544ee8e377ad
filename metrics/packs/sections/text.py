"""A text of one's own, as it was written."""

from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Section, Text


def section(asked: Asked, part: Part) -> Section | None:
    """The title and the paragraphs of the description; None where it has no words."""
    written = str(part.choices.get("text", ""))
    title = str(part.choices.get("title", ""))
    paragraphs = [" ".join(one.split()) for one in written.split("\n\n")]
    blocks = tuple(Text(one) for one in paragraphs if one)
    return Section(part.id, part.kind, title, "", blocks) if blocks or title else None
