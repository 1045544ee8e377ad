"""The name of a figure: what it is, on which date, and whose; one figure has one name wherever it stands."""

import datetime
from collections.abc import Mapping
from typing import Any

Place = tuple[tuple[str, str], ...]  # (dimension, member) pairs in order of dimension; () is the whole


def ref(what: str, day: datetime.date | str, **place: str) -> str:
    """A figure's name: `par30|2026-09-30|branch=B01;gender=female`; nothing after the last bar is the whole.

    Args:
        what: an indicator's id, or a kind of count (complaints, glp, clients).
        place: members by dimension: branch, product, gender, location, age_band, cycle, category ...
    """
    where = ";".join(f"{name}={_safe(member)}" for name, member in sorted(place.items()))
    return f"{_safe(what)}|{day}|{where}"


def at(by: str, member: str) -> dict[str, Any]:
    """The place of one member of a dimension, to be given on as `ref` and `cells` take it: `**at("branch", "B01")`."""
    return {by: member}


def parsed(name: str) -> tuple[str, str, Place]:
    """What, day and place of a figure's name."""
    what, day, where = name.split("|")
    pairs = [part.partition("=") for part in where.split(";") if part]
    return _read(what), day, tuple((key, _read(member)) for key, _, member in pairs)


_SIGNS: Mapping[str, str] = {"%": "%25", "|": "%7C", ";": "%3B", "=": "%3D"}


def _safe(text: str) -> str:
    return "".join(_SIGNS.get(letter, letter) for letter in text)


def _read(text: str) -> str:
    for letter, code in reversed(list(_SIGNS.items())):
        text = text.replace(code, letter)
    return text
