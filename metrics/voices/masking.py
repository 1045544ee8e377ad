"""What is hidden in a text before anybody reads it as a quote: names, numbers that lead to a person, addresses.

Numbers and addresses are found by their shape. Names are found by capital letters, titles and the names that the data
know; where letters have no capitals only titles and known names are found. The rule is shown beside every quote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from metrics.voices.rules import FILE, TOKEN, loaded, plain, rules

HIDDEN = "…"
MAIL = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
DIGITS = re.compile(r"(?<!\w)\+?(?:[\w/.-]*\d[\w/.-]*)(?:[ \u00a0\u202f.-]+\(?\d[\d)]*)*", re.UNICODE)
FEW_DIGITS = 2  # figures of up to two digits alone lead to nobody: "3 weeks", "at 20"
WORD = re.compile(r"[^\W\d_][\w'’-]*")
ENDS = '.!?:;\n“"«('


@dataclass(frozen=True)
class Masking:
    """The lists of `rules.toml` that hiding uses, all in plain words."""

    titles: frozenset[str]
    safe: frozenset[str]
    begins: frozenset[str]


@cache
def masking() -> Masking:
    """The lists as they stand in `rules.toml`."""
    told = loaded(FILE)["masking"]
    return Masking(*(frozenset(told[name]) for name in ("titles", "safe", "begins")))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Words that are no names: those that somebody wrote in small letters, and those of the rules."""
    written = {plain(word) for text in texts for word in TOKEN.findall(text) if word[:1].islower()}
    known = rules()
    lists = [words for one in known.categories.values() for words in (one.words, one.deeds)]
    listed = {
        word
        for words in (*lists, known.good, known.bad, *known.severity.values())
        for entry in words
        for word, any_ending in entry.parts
        if not any_ending
    }
    return frozenset(written | listed | known.common | known.denial | masking().begins | masking().safe)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """A text with names, numbers, addresses and identifiers hidden as `…`.

    Args:
        names: words that are known to be names, plain (`metrics.voices.rules.plain`).
    """
    bare = DIGITS.sub(_number, MAIL.sub(HIDDEN, text))
    known, told = frozenset(names), masking()
    pieces, last, after_title = [], 0, False
    for found in WORD.finditer(bare):
        word = plain(found[0])
        before = bare[last : found.start()]
        named = word in known or (found[0][0].isupper() and (after_title or _within(bare, found.start())))
        hidden = named and word not in told.safe and word not in told.titles and not _plain_i(word)
        pieces += [before, HIDDEN if hidden else found[0]]
        after_title = word in told.titles or (after_title and hidden)
        last = found.end()
    return re.sub(rf"{HIDDEN}(?:[ '’-]*{HIDDEN})+", HIDDEN, "".join([*pieces, bare[last:]]))


def doubtful(text: str, known: frozenset[str]) -> bool:
    """Whether a part of the text begins with a word that nobody wrote in small letters: it may be a name."""
    return any(
        found[0][0].isupper() and not _within(text, found.start()) and not _parts(found[0]) <= known
        for found in WORD.finditer(text)
    )


def _parts(word: str) -> set[str]:
    return set(TOKEN.findall(plain(word)))


def _within(text: str, place: int) -> bool:
    """Whether a place lies inside a sentence, not at its beginning."""
    before = text[:place].rstrip(" \u00a0\u202f'’-–")
    return bool(before) and before[-1] not in ENDS


def _plain_i(word: str) -> bool:
    """I, I'm, I've: in capitals within a sentence, and no name."""
    return word == "i" or word.startswith(("i'", "i’"))


def _number(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    bare = found[0].strip(" .\u00a0\u202f")
    tail = found[0][len(found[0].rstrip(" .\u00a0\u202f")) :]
    return found[0] if digits <= FEW_DIGITS and bare.isdigit() else HIDDEN + tail
