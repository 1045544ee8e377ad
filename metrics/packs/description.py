"""What a pack is to hold, as a TOML file says it: a title and its sections in order, each with its own choices."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from metrics import asking, toml
from metrics.errors import EvenkeelError, nearest

FOLDER = Path(__file__).parent / "descriptions"
# Each kind of section with the choices that its table may name.
KINDS: Mapping[str, frozenset[str]] = {
    "headline": frozenset({"decision"}),
    "colours": frozenset({"indicators"}),
    "balance": frozenset(),
    "risks": frozenset({"most"}),
    "breaches": frozenset({"most"}),
    "segments": frozenset({"by", "indicators"}),
    "voices": frozenset({"quotes"}),
    "staff": frozenset({"indicators"}),
    "growth": frozenset({"indicators"}),
    "targets": frozenset({"indicators"}),
    "annex": frozenset({"indicators", "by"}),
    "definitions": frozenset(),
    "method": frozenset(),
    "signature": frozenset({"roles"}),
    # of one's own
    "indicator": frozenset({"indicator", "by"}),
    "chart": frozenset({"indicator", "chart"}),
    "table": frozenset({"indicators", "by"}),
    "text": frozenset({"text", "title"}),
}
COMMON = frozenset({"kind", "id", "title"})
NUMBERS, LISTS = frozenset({"most", "quotes"}), frozenset({"indicators", "roles"})


@dataclass(frozen=True)
class Part:
    """One section asked for: its kind, its id (its kind where none is given), its own choices."""

    kind: str
    id: str
    choices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Description:
    """A pack's plan: name of the file, title (empty: the usual one), sections in order."""

    name: str
    title: str
    parts: tuple[Part, ...]


def names() -> list[str]:
    """The descriptions that come with Evenkeel; `board` is the usual one."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name: str) -> Description:
    """A description that comes with Evenkeel, or a TOML file of one's own.

    Raises:
        EvenkeelError: no such file, or it says what no pack can hold.
    """
    file = FOLDER / f"{name}.toml" if name in names() else Path(name)
    if not file.is_file():
        raise EvenkeelError("packs.unknown", name=name, nearest=nearest(name, names()))
    try:
        return parsed(file.read_text(encoding="utf-8"), file.stem)
    except UnicodeDecodeError as fault:
        raise EvenkeelError("packs.no_toml", name=name, fault=f"UTF-8, {fault.reason}") from fault


def parsed(text: str, name: str = "pack") -> Description:
    """A description from its TOML.

    Raises:
        EvenkeelError: it is no TOML, or names a kind or a choice that there is not; the sentence says where.
    """
    try:
        data = toml.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise EvenkeelError("packs.no_toml", name=name, fault=str(fault)) from fault
    for key in data:
        if key not in ("title", "section"):
            raise EvenkeelError("packs.unknown_key", name=name, key=key, known="title, section")
    given = data.get("section", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given) or not given:
        raise EvenkeelError("packs.no_sections", name=name)
    parts = tuple(_part(one, number, name) for number, one in enumerate(given, 1))
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            raise EvenkeelError("packs.twice", name=name, id=part.id)
        seen.add(part.id)
    return Description(name, str(data.get("title", "")), parts)


def _part(given: Mapping[str, Any], number: int, name: str) -> Part:
    kind = str(given.get("kind", ""))
    if kind not in KINDS:
        raise EvenkeelError("packs.unknown_kind", name=name, n=number, kind=kind, nearest=nearest(kind, KINDS))
    for key in given:
        if key not in COMMON | KINDS[kind]:
            known = ", ".join(sorted(COMMON | KINDS[kind]))
            raise EvenkeelError("packs.unknown_key", name=f"{name}, {kind}", key=key, known=known)
        _check_value(given[key], key, kind, name)
    choices = {key: value for key, value in given.items() if key not in ("kind", "id")}
    return Part(kind, str(given.get("id", kind)), choices)


def _check_value(value: Any, key: str, kind: str, name: str) -> None:
    """Refuse a choice of the wrong type; guessing would leave it out in silence."""
    at = f"{name}, {kind}"
    if key in NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise EvenkeelError("packs.not_number", name=at, key=key)
    elif key in LISTS or (kind, key) == ("segments", "by"):
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            raise EvenkeelError("packs.not_list", name=at, key=key)
    elif not isinstance(value, str):
        raise EvenkeelError("packs.not_text", name=at, key=key)
    for by in ([value] if isinstance(value, str) else value) if key == "by" else ():
        if by not in asking.KINDS:
            known = ", ".join(asking.KINDS)
            raise EvenkeelError("errors.unknown_unit_kind", by=by, known=known, nearest=nearest(by, asking.KINDS))


def as_toml(plan: Description) -> str:
    """The description as TOML that `parsed` reads back."""
    lines = [f"title = {_text(plan.title)}"] if plan.title else []
    for part in plan.parts:
        lines += ["", "[[section]]", f"kind = {_text(part.kind)}"]
        lines += [f"id = {_text(part.id)}"] if part.id != part.kind else []
        lines += [f"{key} = {_value(value)}" for key, value in part.choices.items()]
    return "\n".join(lines).strip() + "\n"


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return str(value).lower() if isinstance(value, (bool, int, float)) else _text(str(value))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    return '"' + "".join(letter for letter in escaped if letter >= " " and letter != "\x7f") + '"'
