"""Every text that a reader may see, by language: of the catalogues and of the definitions."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from metrics import heads
from metrics.words import LANGUAGES, catalogue
from tests import source

PARAM = re.compile(r"\{(\w+)[^}]*\}")
SHORT = 14  # a text of a definition up to here may be a name
Texts = dict[str, str]  # language -> text


def of_catalogues() -> Iterator[tuple[str, Texts]]:
    """Every text of the catalogues: `area.name`, or `area.name/form` where it has plural forms."""
    for key in dict.fromkeys(key for language in LANGUAGES for key in catalogue(language)):
        told = {language: catalogue(language).get(key, "") for language in LANGUAGES}
        forms = {form for text in told.values() if isinstance(text, dict) for form in text}
        if not forms:
            yield key, {language: str(text) for language, text in told.items()}
        for form in sorted(forms & {"one", "other"}):  # a language may have further ones
            yield f"{key}/{form}", {language: _form(text, form) for language, text in told.items()}


def files() -> list[Path]:
    """The definitions that tell something by language: TOML files and the heads of SQL files."""
    heads_of = ("metrics/indicators/*/*/*.sql", "metrics/checks/*.sql")
    found = source.named("metrics/*/*.toml", "metrics/*/*/*.toml", *heads_of)
    return [path for path in found if any(_by_language(_read(path)))]


def of_file(path: Path) -> Iterator[tuple[str, Texts]]:
    """Every text of a definition, by where it stands in it; a list of words is one text."""
    for place, told in _by_language(_read(path)):
        by = {language: dict(_leaves(told.get(language, {}))) for language in LANGUAGES}
        names = dict.fromkeys(name for leaves in by.values() for name in leaves)
        if "en" not in told:  # English then stands beside the tables of the others
            by["en"] = dict(_leaves(told))
        for name in names:
            yield f"{place}{name}", {language: leaves.get(name, "") for language, leaves in by.items()}


def params(text: str) -> set[str]:
    """The params that a text names."""
    return set(PARAM.findall(text))


def _form(text: str | dict[str, str], form: str) -> str:
    return text.get(form, "") if isinstance(text, dict) else ""


def _read(path: Path) -> dict[str, Any]:
    return heads.read(path)[0] if path.suffix == ".sql" else tomllib.loads(path.read_text(encoding="utf-8"))


def _by_language(told: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table in which a language other than English is a key."""
    if isinstance(told, dict):
        if any(language in told for language in LANGUAGES if language != "en"):
            yield place, told
        for name, value in told.items():
            yield from _by_language(value, f"{place}{name}.")


def _leaves(told: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(told, dict):
        for name, value in told.items():
            if name not in LANGUAGES:
                yield from _leaves(value, f"{place}{name}.")
    elif isinstance(told, list):
        yield place, " ".join(map(str, told))
    else:
        yield place, str(told)
