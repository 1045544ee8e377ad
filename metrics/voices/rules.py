"""The rules of coding as `rules.toml` has them: which words speak of which category, what denies, what weighs."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from metrics import heads
from metrics.errors import DefinitionError
from metrics.words import LANGUAGES

FILE = Path(__file__).with_name("rules.toml")
OTHER = "other"
CLAUSE = re.compile(r"[.,;:!?()\n]+")
TOKEN = re.compile(r"\w+")
CONTRACTED = re.compile(r"n['’]t\b")


@dataclass(frozen=True)
class Entry:
    """A word, a stem or words that follow each other; `parts` are (word, whether any ending will do)."""

    written: str
    parts: tuple[tuple[str, bool], ...]

    @property
    def weight(self) -> int:
        """How many words it is made of."""
        return len(self.parts)


Words = frozenset[Entry]


class Index:
    """Several lists of words, looked up together by the first letters of a word."""

    def __init__(self, lists: Iterable[Words]) -> None:
        self._begun: dict[str, dict[Entry, None]] = {}
        for entry in (entry for words in lists for entry in words):
            self._begun.setdefault(entry.parts[0][0][:2], {})[entry] = None

    def found(self, tokens: list[str]) -> list[tuple[int, Entry]]:
        """Where an entry begins among the words of a clause, in the order of the text."""
        return [
            (at, entry)
            for at, token in enumerate(tokens)
            for entry in self._begun.get(token[:2], ())
            if _fits(entry, tokens[at : at + len(entry.parts)])
        ]


@dataclass(frozen=True)
class Category:
    """A category: its words and deeds, how grave it usually is, what it points to."""

    name: str
    words: Words
    deeds: Words
    severity: int
    risk: str
    indicator: str


@dataclass(frozen=True)
class Rules:
    """Everything that `rules.toml` says; `index` looks up all of its words at once."""

    categories: Mapping[str, Category]
    known_as: Mapping[str, str]
    severity: Mapping[int, Words]
    good: Words
    bad: Words
    denial: frozenset[str]
    reach: int
    breaks: frozenset[str]
    common: frozenset[str]
    index: Index

    def named(self, topic: str | None) -> str:
        """The category that a source's own word for it means; empty where it means none of them."""
        return self.known_as.get(plain(topic or "").replace("_", " "), "")


def plain(text: str) -> str:
    """A text in small letters without accents; ` n't` becomes ` not`."""
    bare = CONTRACTED.sub(" not", text.casefold())
    return "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))


def tokens(text: str) -> list[str]:
    """The words of a text, plain."""
    return TOKEN.findall(plain(text))


def clauses(text: str, rules: Rules) -> list[list[str]]:
    """The words of each part of a text; a part ends at a sign or before a word such as "but"."""
    found: list[list[str]] = []
    for piece in CLAUSE.split(plain(text)):
        found.append([])
        for token in TOKEN.findall(piece):
            if token in rules.breaks:
                found.append([])
            found[-1].append(token)
    return [part for part in found if part]


@cache
def rules() -> Rules:
    """The rules that stand beside this module."""
    return read(FILE)


def read(file: Path) -> Rules:
    """Rules from a file of the same shape.

    Raises:
        DefinitionError: it is no TOML, or a category has a key that there is not, or lacks one.
    """
    told = loaded(file)
    known: dict[str, str] = {}
    for name, given in told["category"].items():
        known |= {plain(word).replace("_", " "): name for word in (name, *given["known_as"])}
    denial = told["denial"]
    categories = {name: _category(name, given) for name, given in told["category"].items()}
    severity = {int(level): listed(_all(given)) for level, given in told["severity"].items()}
    good, bad = (listed(_all(told["sentiment"][side])) for side in ("good", "bad"))
    subjects = [words for one in categories.values() for words in (one.words, one.deeds)]
    return Rules(
        categories,
        known,
        severity,
        good,
        bad,
        frozenset(_all(denial)),
        denial["reach"],
        frozenset(denial["breaks"]),
        frozenset(_all(told["common"])),
        Index([*subjects, *severity.values(), good, bad]),
    )


def loaded(file: Path) -> dict[str, Any]:
    """What a file of rules says, its keys held to those that there are."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("errors.definition_bad_toml", file=file.name, reason=str(error)) from error
    heads.check_keys(file.name, told, {"category", "severity", "sentiment", "denial", "common", "masking"}, set())
    for given in told["category"].values():
        heads.check_keys(file.name, given, {"known_as", "severity"}, {"risk", "indicator", "words", "deeds"})
    return told


def _category(name: str, given: Mapping[str, Any]) -> Category:
    words, deeds = (listed(_all(given.get(part, {}))) for part in ("words", "deeds"))
    return Category(name, words, deeds, given["severity"], given.get("risk", ""), given.get("indicator", ""))


def listed(texts: Iterable[str]) -> Words:
    """Words, stems and phrases as a list to look up."""
    return frozenset(_entry(text) for text in texts)


def _all(given: Mapping[str, Any]) -> list[str]:
    return [word for language in LANGUAGES for word in given.get(language, ())]


@cache
def _entry(text: str) -> Entry:
    parts = [(TOKEN.findall(plain(word))[0], word.endswith("*")) for word in text.split()]
    return Entry(text, tuple(parts))


def _fits(entry: Entry, tokens: list[str]) -> bool:
    return len(tokens) == len(entry.parts) and all(
        token.startswith(word) if any_ending else token == word
        for token, (word, any_ending) in zip(tokens, entry.parts, strict=True)
    )
