"""The catalogue of survey questions: key, how it is answered, the words to read out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.words import LANGUAGES

FILE = Path(__file__).with_name("questions.toml")
TABLES = {"clients": "client_surveys", "staff": "staff_surveys"}


@dataclass(frozen=True)
class Question:
    """One question. `kind` is number (from `least` to `most`), code (one of `codes`) or text.

    `survey` is the kind of survey that asks it: satisfaction, outcome, needs or exit; empty for staff.
    """

    key: str
    of: str
    survey: str
    kind: str
    codes: tuple[str, ...]
    least: float
    most: float
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        """The words to read out, in English where the language has none."""
        return self.texts.get(language, self.texts["en"])


@cache
def catalogue() -> tuple[Question, ...]:
    """Every question, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Question(
            given.get("key", name),
            given["of"],
            given.get("survey", ""),
            given["kind"],
            tuple(given.get("codes", ())),
            given.get("least", 0),
            given.get("most", 0),
            {language: given[language] for language in LANGUAGES},
        )  # fmt: skip
        for name, given in told.items()
    )


def questions(of: str, survey: str = "") -> dict[str, Question]:
    """The questions for clients or staff by key; of one kind of survey where it is named."""
    return {one.key: one for one in catalogue() if one.of == of and (not survey or one.survey == survey)}
