"""Text from anyone's data, made safe to stand in a page."""

import re

from metrics.errors import EvenkeelError

# Every sign that markdown, its directives or its formulas give a meaning; a branch may be named `![x](http://...)`.
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&^])")
# A bare address becomes a link whatever stands before its signs: what shows nothing keeps its parts from meeting.
_ADDRESS = re.compile(r"(?i)(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)")
_APART = "\u2060"
_BREAKS = re.compile(r"[\r\n\t\v\f\u0085\u2028\u2029]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?%?$")


def md(value: object) -> str:
    """A data value as markdown that shows exactly its characters, on one line."""
    return _SIGNS.sub(r"\\\1", _ADDRESS.sub(_APART, _BREAKS.sub(" ", str(value))))


def cell(value: object) -> str:
    """A data value as a spreadsheet cell that no program takes for a formula."""
    text = "" if value is None else str(value)
    first = text.lstrip(" \ufeff\xa0")
    if first.startswith(_FORMULA) and not _NUMBER.match(first):
        return "'" + text
    return text


def sentences(language: str, error: EvenkeelError) -> str:
    """An error's sentences as markdown, each on a line of its own."""
    return "\n\n".join(md(line) for line in error.text(language).splitlines())
