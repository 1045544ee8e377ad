"""The rules by which needs suggest products and services, read from `rules.toml` and checked as a whole."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from metrics import catalogue, toml
from metrics.errors import DefinitionError, nearest
from metrics.words import LANGUAGES

FILE = Path(__file__).parent / "rules.toml"
DIMENSIONS = ("gender", "age", "location", "cycle", "livelihood", "product", "region", "branch")
TABLES = {
    "answer": "client_surveys.question_key", "clients": "clients.exited_on", "loans": "loans.days_past_due",
    "savings": "savings.last_txn_on", "applications": "applications.client_id",
}  # fmt: skip
FLOOR = 10  # no rule looks at fewer people
SIGNAL = {"from", "question", "codes", "of", "at_most", *LANGUAGES}
RULE = {"signal", "segments", "must", "watch", "limits", "least_n", "least_gap", *LANGUAGES}


@dataclass(frozen=True)
class Signal:
    """What is counted: answers with some codes among those of a question (or at most a number), or a fact."""

    name: str
    source: str
    question: str
    codes: frozenset[str]
    of: frozenset[str]
    at_most: float | None
    words: tuple[tuple[str, str], ...]

    @property
    def needs(self) -> str:
        """The column without which it cannot be counted."""
        return TABLES[self.source]

    def text(self, language: str) -> str:
        """Who is meant: ... find repaying a burden."""
        return dict(self.words)[language]


@dataclass(frozen=True)
class Rule:
    """A signal, the segments to look at (each a tuple of dimensions), and the suggestion by language."""

    name: str
    signal: Signal
    segments: tuple[tuple[str, ...], ...]
    must: tuple[tuple[str, str], ...]
    watch: str
    limits: tuple[str, ...]
    least_n: int
    least_gap: float
    words: tuple[tuple[str, str], ...]

    def title(self, language: str) -> str:
        """Its name for readers."""
        return dict(self.words)[f"title_{language}"]

    def suggestion(self, language: str) -> str:
        """What to try."""
        return dict(self.words)[f"suggestion_{language}"]

    def meant(self, segment: Sequence[tuple[str, str]]) -> bool:
        """Whether a segment is one that the rule speaks of."""
        return not self.must or any(one in segment for one in self.must)


@dataclass(frozen=True)
class Rules:
    """All rules, and the chance of even one wrong suggestion in a run."""

    rules: tuple[Rule, ...]
    certain: float

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The signals that a rule uses, each once."""
        return tuple({rule.signal.name: rule.signal for rule in self.rules}.values())

    def of(self, name: str) -> Rule | None:
        """A rule by its name."""
        return next((rule for rule in self.rules if rule.name == name), None)


@cache
def shipped() -> Rules:
    """The rules that come with Evenkeel."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Rules:
    """Rules from a text.

    Raises:
        DefinitionError: the text is no TOML, or a key, signal, segment or indicator is not known.
    """
    try:
        given = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("needs.no_toml", place=FILE.name, fault=str(error)) from error
    looks = given.get("looks", {})
    signals = {name: _signal(name, told) for name, told in given.get("signal", {}).items()}
    rules = tuple(_rule(name, told, signals, looks) for name, told in given.get("rule", {}).items())
    return Rules(rules, float(looks.get("certain", 0.05)))


def _signal(name: str, told: Mapping[str, Any]) -> Signal:
    _known(f"signal.{name}", told, SIGNAL)
    _one_of(f"signal.{name}.from", told.get("from"), TABLES)
    words = tuple((language, str(told.get(language) or told.get("en") or name)) for language in LANGUAGES)
    codes, of = frozenset(told.get("codes", ())), frozenset(told.get("of", ()))
    if not codes <= of:
        raise DefinitionError("needs.code_unknown", place=f"signal.{name}", name=", ".join(sorted(codes - of)))
    limit = told.get("at_most")
    question = str(told.get("question", ""))
    return Signal(name, str(told["from"]), question, codes, of, None if limit is None else float(limit), words)


def _rule(name: str, told: Mapping[str, Any], signals: Mapping[str, Signal], looks: Mapping[str, Any]) -> Rule:
    place = f"rule.{name}"
    _known(place, told, RULE)
    _one_of(f"{place}.signal", told.get("signal"), signals)
    segments = tuple(tuple(part.strip() for part in text.split(" x ")) for text in told.get("segments", ()))
    for dimension in [one for segment in segments for one in segment]:
        _one_of(f"{place}.segments", dimension, DIMENSIONS)
    for indicator in [told.get("watch"), *told.get("limits", ())]:
        _one_of(place, indicator, catalogue.indicators())
    must = tuple((text.partition("=")[0], text.partition("=")[2]) for text in told.get("must", ()))
    said = {language: told.get(language, told["en"]) for language in LANGUAGES}
    texts = {f"{part}_{language}": said[language][part] for language in LANGUAGES for part in ("title", "suggestion")}
    least = {key: told.get(key, looks.get(key, usual)) for key, usual in (("least_n", 30), ("least_gap", 0.08))}
    return Rule(
        name, signals[str(told["signal"])], segments, must, str(told["watch"]), tuple(told.get("limits", ())),
        max(int(least["least_n"]), FLOOR), float(least["least_gap"]), tuple(texts.items()),
    )  # fmt: skip


def _known(place: str, told: Mapping[str, Any], keys: set[str]) -> None:
    for key in told.keys() - keys:
        raise DefinitionError("needs.key_unknown", place=place, name=key, nearest=nearest(key, keys))


def _one_of(place: str, name: object, known: Any) -> None:
    if name not in known:
        raise DefinitionError("needs.name_unknown", place=place, name=str(name), nearest=nearest(str(name), known))
