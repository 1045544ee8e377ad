"""One table of one's choice: indicators down, units across."""

from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Section
from metrics.packs.sections import annex
from metrics.words import say


def section(asked: Asked, part: Part) -> Section:
    """The indicators that the description names, else those that the policy scores, by unit.

    Raises:
        EvenkeelError: it names one that there is not.
    """
    chosen = asked.chosen(part.choices.get("indicators"), (leaf.indicator for leaf in asked.policy.leaves))
    by = str(part.choices.get("by", "")) or asked.picture.by
    units = annex.members(asked, by)
    title = str(part.choices.get("title", "")) or say(asked.language, "packs.section_table")
    message = say(asked.language, "packs.table_message", n=len(chosen))
    made = annex.table(asked, part.id, title, chosen, by, units)
    return Section(part.id, part.kind, title, message, (made,))
