"""What a reader wants in a pack: its language, its sections in their order, a description of one's own; in the address.

The address has all of it, so that a refresh, a bookmark or a link shows the same pack.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass, replace

from metrics.errors import EvenkeelError
from metrics.packs import description
from metrics.packs.description import Description, Part
from metrics.words import LANGUAGES, say
from pages.ui import state
from pages.ui.screen import Screen

USUAL, OWN = "board", "~"  # a plan in the address: a name, or the sign and the description itself, compressed
LARGEST = 20_000  # letters of a description: what an address can carry with room to spare


@dataclass(frozen=True)
class Wish:
    """What of a pack the figures do not know. `plan` is the description as TOML; `part` is what the filters leave."""

    language: str
    plan: str
    name: str
    decision: str
    part: str

    @property
    def description(self) -> Description:
        """The plan, read."""
        return description.parsed(self.plan, self.name)


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about packs, in the reader's language."""
    return say(screen.language, f"pack_page.{name}", **params)


def language(screen: Screen) -> str:
    """The language of the document: the one chosen for it, else the reader's."""
    asked = state.given("doc")
    return asked if asked in LANGUAGES else screen.language


def whole() -> Description:
    """The description that the address asks for, with all its sections; the usual one where it cannot be read."""
    asked = state.given("plan") or USUAL
    try:
        return _own(asked) if asked.startswith(OWN) else description.load(_known(asked))
    except (EvenkeelError, binascii.Error, zlib.error, ValueError):
        state.put("plan")
        state.put("sections")
        return description.load(USUAL)


def _known(name: str) -> str:
    """The name of a description that comes with Evenkeel: an address opens no file."""
    if name not in description.names():
        raise ValueError(name)
    return name


def _own(asked: str) -> Description:
    text = base64.urlsafe_b64decode(asked.removeprefix(OWN))
    plain = zlib.decompressobj().decompress(text, 4 * LARGEST)
    return description.parsed(plain.decode(), "pack")


def own(text: str) -> str:
    """A description of one's own as the address has it."""
    return OWN + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def plan() -> Description:
    """The description with the sections that are on, in their order."""
    found = whole()
    return replace(found, parts=tuple(chosen(found)))


def chosen(found: Description) -> list[Part]:
    """The sections that are on, in their order; all of them where the address names none that there is."""
    known = {part.id: part for part in found.parts}
    return [known[name] for name in names() if name in known] or list(found.parts)


def names() -> list[str]:
    """The sections that the address names, each once."""
    asked = state.given("sections") or ""
    return list(dict.fromkeys(name for name in asked.split(",") if name))


def put(found: Description, on: list[str]) -> None:
    """Keep which sections are on and in which order; nothing where that is the description's own."""
    usual = [part.id for part in found.parts]
    state.put("sections", *([] if on == usual or not on else [",".join(on)]))


def title(screen: Screen, part: Part) -> str:
    """What a section is called before it is composed."""
    given = part.choices.get("title")
    return str(given) if given else said(screen, f"kind_{part.kind}")
