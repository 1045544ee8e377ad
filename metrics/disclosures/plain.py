"""The plain page for clients and their community: short sentences, each with its figure, in their language."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from metrics.disclosures.model import HIDDEN, Disclosure, Value
from metrics.disclosures.said import plainly, text
from metrics.disclosures.template import Item, Template
from metrics.figures import in_words
from metrics.packs.model import Section, Text
from metrics.voices import rules
from metrics.voices.told import title
from metrics.words import catalogue, percent, say
from metrics.words import date as written

PLACE = re.compile(r"\{(\w+)\}")


def page(found: Disclosure, asked: Template, language: str) -> Section:
    """The whole page: under each heading its sentences; what is not known says so."""
    blocks: list[Text] = []
    for name, texts in asked.sections:
        blocks.append(Text(texts[language], "lead"))
        items = [item for item in asked.items if item.section == name]
        blocks += [Text(said) for item in items for said in _sentences(found, item, language)]
        if asked.contact and any(item.what == "channels" for item in items):
            blocks.append(Text(asked.contact[language]))
    blocks.append(Text(say(language, "disclosures.plain_foot"), "note"))
    message = say(language, "disclosures.plain_message", date=written(language, plainly(found.period)))
    return Section("page", "plain", asked.title[language], message, tuple(blocks))


def _sentences(found: Disclosure, item: Item, language: str) -> Sequence[str]:
    lines = [one for one in found.values if one.item.partition("/")[0] == item.id]
    return [sentence(found, item, one, language) for one in lines]


def sentence(found: Disclosure, item: Item, one: Value, language: str) -> str:
    """One line as a sentence; where there is no figure the sentence that says so."""
    if one.status == HIDDEN:
        return say(language, "disclosures.plain_hidden")
    if one.value is None:
        return item.missing.get(language, "") or filled(item.texts[language], {})
    words = {name: _worded(name, given, language) for name, given in one.words.items()}
    value = text(found, one, one.value, language)
    return filled(item.texts[language], {"value": value, **words})


def filled(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence of a template with its places filled; those that nothing fills stay a dash.

    Who writes a template writes names of places and no more: other braces stay as they are.
    """
    return PLACE.sub(lambda found: words.get(found[1], "–"), sentence)


def _worded(name: str, given: Any, language: str) -> str:
    if name == "subject":
        known = rules().named(str(given))
        return in_words(title(known, language)) if known else str(given)
    if name == "channels":
        return ", ".join(_channel(str(one), language) for one in given)
    if name == "action":
        return in_words(str(given))
    return percent(language, given, 1) if isinstance(given, float) else str(given)


def _channel(name: str, language: str) -> str:
    known = f"disclosures.channel_{'_'.join(name.lower().split())}"
    return str(catalogue(language).get(known, name))


def line(found: Disclosure, asked: Template, one: Value, language: str) -> str:
    """What a line is called where it stands in a table: its own words, of a plain page its whole sentence."""
    item = asked.item(one.item)
    return sentence(found, item, one, language) if asked.form == "plain" else item.texts[language]
