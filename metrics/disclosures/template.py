"""What a disclosure asks for: a TOML file with sections and items, ours or an institution's own of the same shape.

A file of one's own may stand on another (`based_on`): it then adds lines to it, or puts its own in the place of those
of the same id.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from metrics import toml
from metrics.asking import KINDS
from metrics.catalogue import indicators
from metrics.disclosures.counts import COUNTS, LISTS
from metrics.errors import EvenkeelError, nearest
from metrics.voices.loop import NAMES as LOOP
from metrics.words import LANGUAGES

FOLDER = Path(__file__).parent / "templates"
AUDIENCES = ("investor", "donor", "regulator", "client", "public")
FORMS = ("table", "plain")
ASKED = ("indicator", "count", "loop", "list")
HEAD = ("title", "about", "audience", "form", "based_on", "contact", "section", "item")
SECTION = ("id", *LANGUAGES)
ITEM = ("id", "section", *ASKED, *LANGUAGES, "missing", "standard", "version", "number", "verified", "scope", "note")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """One line that is asked for.

    Attributes:
        kind: indicator, count, loop (of voices) or list; `what` is its id.
        texts: by language; of a plain page a sentence with {value}, {n} and {day}.
        missing: the sentence of a plain page where there is no figure, by language.
        standard, version, number: where it comes from; `number` is printed only where `verified`.
        by, member: the segment that it is of; empty for the institution.
        note: by language.
    """

    id: str
    section: str
    kind: str
    what: str
    texts: Texts = field(hash=False)
    missing: Texts = field(default_factory=dict, hash=False)
    standard: str = ""
    version: str = ""
    number: str = ""
    verified: bool = False
    by: str = ""
    member: str = ""
    note: Texts = field(default_factory=dict, hash=False)

    @property
    def cited(self) -> str:
        """The standard with its number and version; empty where its number is not verified: then the words are ours."""
        if not (self.verified and self.number):
            return ""
        return f"{self.standard} {self.number}" + (f" ({self.version})" if self.version else "")


@dataclass(frozen=True)
class Template:
    """What a disclosure asks for; texts by language. `toml` is its file, as it is kept beside what was published.

    `form` is table or plain; `contact` says on a plain page how to complain.
    """

    name: str
    title: Texts = field(hash=False)
    about: Texts = field(hash=False)
    audience: str
    form: str
    sections: tuple[tuple[str, Texts], ...] = field(hash=False)
    items: tuple[Item, ...]
    toml: str
    contact: Texts = field(default_factory=dict, hash=False)

    def item(self, name: str) -> Item:
        """The item of a line; a line of a list is named item/entry."""
        return next(one for one in self.items if one.id == name.partition("/")[0])


def names() -> list[str]:
    """The templates that come with Evenkeel, in the order in which readers choose."""
    found = {file.stem for file in FOLDER.glob("*.toml")}
    first = [name for name in ("investor", "donor", "regulator", "clients") if name in found]
    return [*first, *sorted(found - set(first))]


def load(name: str) -> Template:
    """A template that comes with Evenkeel, or a TOML file of one's own.

    Raises:
        EvenkeelError: there is no such file, or it asks for what no disclosure can hold; the sentence says where.
    """
    if name in names():
        return shipped(name)
    file = Path(name)
    if not file.is_file():
        near = nearest(name, names())
        raise EvenkeelError("disclosures.no_template", name=name, known=", ".join(names()), nearest=near)
    try:
        return parsed(file.read_text(encoding="utf-8-sig"), file.stem)
    except UnicodeDecodeError as fault:
        raise EvenkeelError("disclosures.no_text", name=name) from fault


@cache
def shipped(name: str) -> Template:
    """One of those that come with Evenkeel."""
    return parsed((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)


def parsed(text: str, name: str) -> Template:
    """A template from its TOML.

    Raises:
        EvenkeelError: it is no TOML, or asks for what no disclosure can hold; the sentence says where.
    """
    try:
        data = toml.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise EvenkeelError("disclosures.no_toml", name=name, fault=str(fault)) from fault
    _known(data, HEAD, name, "")
    base = _base(data, name)
    sections = dict(base.sections) if base else {}
    for place, one in enumerate(_tables(data, "section", name), 1):
        at = f"section {place}"
        _known(one, SECTION, name, at)
        sections[_text(one, "id", name, at)] = {key: _text(one, key, name, at) for key in LANGUAGES}
    items = {one.id: one for one in base.items} if base else {}
    own: set[str] = set()
    for place, one in enumerate(_tables(data, "item", name), 1):
        item = _item(one, sections, name, f"item {place}")
        if item.id in own:
            raise EvenkeelError("disclosures.twice", name=name, id=item.id)
        own.add(item.id)
        items[item.id] = item
    if not items:
        raise EvenkeelError("disclosures.no_items", name=name)
    return _template(data, base, name, sections, items, text)


def _template(
    data: Mapping[str, Any], base: Template | None, name: str, sections: dict[str, Texts], items: dict[str, Item],
    text: str,
) -> Template:  # fmt: skip
    used = {one.section for one in items.values()}
    return Template(
        name=name,
        title=_texts(data, "title", name, base.title if base else None),
        about=_texts(data, "about", name, base.about if base else {}),
        audience=_choice(data, "audience", name, "", AUDIENCES, base.audience if base else "public"),
        form=_choice(data, "form", name, "", FORMS, base.form if base else "table"),
        sections=tuple((key, said) for key, said in sections.items() if key in used),
        items=tuple(items.values()),
        toml=text,
        contact=_texts(data, "contact", name, base.contact if base else {}),
    )


def _base(data: Mapping[str, Any], name: str) -> Template | None:
    given = data.get("based_on")
    return None if given is None else shipped(_choice(data, "based_on", name, "", names(), ""))


def _item(given: Mapping[str, Any], sections: Mapping[str, Texts], name: str, at: str) -> Item:
    _known(given, ITEM, name, at)
    at = f"{at} ({_text(given, 'id', name, at)})"
    kinds = [kind for kind in ASKED if kind in given]
    if len(kinds) != 1:
        raise EvenkeelError("disclosures.one_of", name=name, at=at, known=", ".join(ASKED))
    kind = kinds[0]
    among = {"indicator": indicators(), "count": COUNTS, "loop": LOOP, "list": LISTS}[kind]
    verified = given.get("verified", False)
    if not isinstance(verified, bool):
        raise EvenkeelError("disclosures.not_yes_no", name=name, at=at, key="verified")
    by, member = _scope(given, name, at)
    if by and kind != "indicator":
        raise EvenkeelError("disclosures.whole_only", name=name, at=at, kind=kind)
    optional = {key: _text(given, key, name, at) for key in ("standard", "version", "number") if key in given}
    if verified and len(optional) != 3:
        raise EvenkeelError("disclosures.verified_what", name=name, at=at)
    return Item(
        id=str(given["id"]), section=_choice(given, "section", name, at, sections, ""), kind=kind,
        what=_choice(given, kind, name, at, among, ""),
        texts=_own_texts(given, kind, name, at), missing=_texts(given, "missing", name, {}, at),
        verified=verified, by=by, member=member, note=_texts(given, "note", name, {}, at), **optional,
    )  # fmt: skip


def _own_texts(given: Mapping[str, Any], kind: str, name: str, at: str) -> Texts:
    """The item's words in each language; an indicator may go by its own title."""
    if kind == "indicator" and not any(key in given for key in LANGUAGES):
        one = indicators()[_choice(given, kind, name, at, indicators(), "")]
        return {language: one.text(language, "title") for language in LANGUAGES}
    return {key: _text(given, key, name, at) for key in LANGUAGES}


def _scope(given: Mapping[str, Any], name: str, at: str) -> tuple[str, str]:
    """institution, or a segment as gender=F."""
    text = str(given.get("scope", "institution"))
    if text == "institution":
        return "", ""
    by, sign, member = text.partition("=")
    kinds = [kind for kind in KINDS if kind != "institution"]
    if not sign or not member or by not in kinds:
        raise EvenkeelError("disclosures.bad_scope", name=name, at=at, value=text, known=", ".join(kinds))
    return by, member


def _known(given: Mapping[str, Any], keys: tuple[str, ...], name: str, at: str) -> None:
    for key in given:
        if key not in keys:
            near = nearest(key, keys)
            raise EvenkeelError(
                "disclosures.unknown_key", name=name, at=at or "-", key=key, known=", ".join(keys), nearest=near
            )


def _tables(data: Mapping[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise EvenkeelError("disclosures.not_list", name=name, key=key)
    return found


def _text(given: Mapping[str, Any], key: str, name: str, at: str) -> str:
    found = given.get(key)
    if not isinstance(found, str) or not found.strip():
        raise EvenkeelError("disclosures.not_text", name=name, at=at, key=key)
    return found.strip()


def _texts(given: Mapping[str, Any], key: str, name: str, default: Texts | None, at: str = "-") -> Texts:
    """A text in each language; `default` where it is left out (None: it may not be)."""
    found = given.get(key)
    if found is None and default is not None:
        return default
    if not isinstance(found, dict):
        raise EvenkeelError("disclosures.not_texts", name=name, at=at, key=key, known=", ".join(LANGUAGES))
    return {language: _text(found, language, name, f"{at} {key}") for language in LANGUAGES}


def _choice(given: Mapping[str, Any], key: str, name: str, at: str, known: Any, default: str) -> str:
    found = given.get(key, default)
    if not isinstance(found, str) or found not in known:
        listed = list(known)
        shown = ", ".join(listed) if len(listed) < 30 else "-"
        raise EvenkeelError(
            "disclosures.bad_choice", name=name, at=at or "-", key=key, value=str(found), known=shown,
            nearest=nearest(str(found), listed),
        )  # fmt: skip
    return found
