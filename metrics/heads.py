"""Definition files: a TOML head in the first comment of a SQL file."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from metrics import toml
from metrics.errors import DefinitionError, nearest
from metrics.words import LANGUAGES

LANGUAGE = re.compile(r"[a-z]{2}")


def read(file: Path) -> tuple[dict[str, Any], str]:
    """The TOML head and the SQL below it.

    Raises:
        DefinitionError: no head, or a head that is not TOML; names the file and the reason.
    """
    text = file.read_text(encoding="utf-8")
    before, opened, rest = text.partition("/*")
    head, closed, sql = rest.partition("*/")
    if before.strip() or not opened or not closed:
        raise DefinitionError("errors.definition_no_head", file=file.name)
    try:
        return toml.loads(head), sql.strip()
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("errors.definition_bad_toml", file=file.name, reason=str(error)) from error


def check_keys(file: str, found: dict[str, Any], required: set[str], optional: set[str]) -> None:
    """Hold a head to its keys.

    Raises:
        DefinitionError: an unknown key (with the nearest valid one) or a missing key.
    """
    for key in found:
        if key not in required | optional:
            near = nearest(key, required | optional)
            raise DefinitionError("errors.definition_unknown_key", file=file, key=key, nearest=near)
    for key in sorted(required - found.keys()):
        raise DefinitionError("errors.definition_missing_key", file=file, key=key)


def check_kinds(file: str, found: dict[str, Any], lists: Iterable[str], tables: Iterable[str]) -> None:
    """Hold values of a head to be lists, without lists or tables in them, or tables.

    Raises:
        DefinitionError: names the key, the value and what it may be.
    """
    plain = [key for key in lists if isinstance(found[key], list) and not _nested(found[key])]
    for key in [*(key for key in lists if key not in plain), *(k for k in tables if not isinstance(found[k], dict))]:
        raise DefinitionError(
            "errors.definition_bad_value", file=file, key=key, value=str(found[key])[:60],
            expected="[...]" if key in lists else "{...}",
        )  # fmt: skip


def _nested(values: list[Any]) -> bool:
    return any(isinstance(one, (dict, list)) for one in values)


def with_texts(
    file: str, head: dict[str, Any], names: tuple[str, ...], others: set[str]
) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """A head in two: its other keys, and language -> name -> text; English stands at its top, the rest in tables.

    Every language of `LANGUAGES` must be there; a further one may be, and must be whole as well.

    Raises:
        DefinitionError: an unknown key (with the nearest valid one), a missing key, a missing language or text.
    """
    given = {key for key, value in head.items() if LANGUAGE.fullmatch(key) and isinstance(value, dict)}
    check_keys(file, head, {*names, *others, *LANGUAGES[1:]}, given)
    texts = {"en": {name: head[name] for name in names}} | {language: head[language] for language in sorted(given)}
    for language, said in texts.items():
        filled = {f"{language}.{name}": text for name, text in said.items() if isinstance(text, str) and text.strip()}
        check_keys(file, filled, {f"{language}.{name}" for name in names}, set())
    return {name: head[name] for name in others}, texts
