"""The starter register: risks of a microfinance institution with both legs written out, a file of theirs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from metrics.words import LANGUAGES

FILE = Path(__file__).parent / "starter.toml"
TEXTS = ("title", "financial", "social", "causes", "controls", "appetite")


@dataclass(frozen=True)
class Starter:
    """A risk as it is shipped: `texts` by language, and `body` as a record would hold it, in English."""

    id: str
    texts: Mapping[str, Mapping[str, str]]
    body: Mapping[str, Any]

    def known(self, name: str, value: object) -> bool:
        """Whether a text is the shipped one, in whatever language it was read."""
        return any(texts[name] == value for texts in self.texts.values())


@cache
def starters() -> dict[str, Starter]:
    """The shipped risks by id, in the order of their file."""
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: _starter(name, risk) for name, risk in given.items()}


def _starter(name: str, risk: Mapping[str, Any]) -> Starter:
    texts = {language: {text: str(risk[language][text]) for text in TEXTS} for language in LANGUAGES}
    plain = {key: value for key, value in risk.items() if not isinstance(value, dict)}
    stages = {
        f"{stage}_{part}": value for stage in ("inherent", "target") for part, value in risk[stage].items()
    }  # fmt: skip
    return Starter(name, texts, {**texts["en"], **plain, **stages})


def worded(body: Mapping[str, Any], record_id: str, language: str) -> dict[str, Any]:
    """A body with the shipped texts in the reader's language; what people wrote stays as they wrote it."""
    starter = starters().get(record_id)
    if starter is None:
        return dict(body)
    own = {name: starter.texts[language][name] for name in TEXTS if starter.known(name, body.get(name))}
    return {**body, **own}
