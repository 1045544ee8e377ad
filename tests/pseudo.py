"""A language that nobody speaks, for finding texts that are not translated and texts that do not fit.

`python -m tests.pseudo run app.py ...` is Streamlit with one more language, `xx`: the English texts in accented
letters, a third longer, in brackets. Whatever a page shows outside the brackets was never in a catalogue; whatever is
cut off would be cut off in French or Spanish one day. The product knows nothing of it: a language is one more entry of
`LANGUAGES` and one more text beside each other one.
"""

import math
import re
import sys
import tomllib
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from metrics import words

NAME = "xx"
OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.35
ACCENTED = str.maketrans("aceginorsuyzACEGINORSUYZ", "áçéğíñóŕśúýžÁÇÉĞÍÑÓŔŚÚÝŽ")
# What must stay as it is: a param, a directive or a link of Markdown, a tag, an entity.
KEPT = re.compile(r"(\{[^{}]*\}|:[a-z-]+\[|\]\([^)]*\)|:material/\w+:|</?\w[^>]*>|&\w+;)")
AS_ENGLISH = ("plural", "number", "decimal_signs", "date", "month")


def pseudo(text: str) -> str:
    """A text in accented letters, about a third longer, in brackets; params and markup as they were."""
    pieces = KEPT.split(text)
    letters = sum(len(piece) for piece in pieces[::2])
    said = "".join(piece if at % 2 else piece.translate(ACCENTED) for at, piece in enumerate(pieces))
    return f"{OPEN}{said}{_more(math.ceil(letters * LONGER))}{CLOSE}" if letters else text


def _more(n: int) -> str:
    """So many signs more: within the last word where they are few, else words of their own, as lines break."""
    return "ë" * n if n < 6 else " ëëëëë" * (n // 6)


def whole(told: Any) -> Any:
    """The same of everything in a text, a list or a table."""
    if isinstance(told, dict):
        return {name: whole(value) for name, value in told.items()}
    if isinstance(told, list):
        return [whole(value) for value in told]
    return pseudo(told) if isinstance(told, str) else told


def beside(told: Any) -> Any:
    """A definition with the language put beside French, wherever its texts are told by language."""
    if isinstance(told, list):
        return [beside(value) for value in told]
    if not isinstance(told, dict):
        return told
    found = {name: beside(value) for name, value in told.items()}
    french = told.get("fr")
    if isinstance(french, str):
        found[NAME] = pseudo(told["en"])
    elif isinstance(french, dict) and "en" in told:
        found[NAME] = whole(told["en"])
    elif isinstance(french, dict):
        found[NAME] = whole({name: told[name] for name in french if name in told})
    return found


def speak() -> None:
    """Add the language to this process, before anything else of `metrics` or `pages` is imported."""
    plain, loads = words.catalogue, tomllib.loads
    words.LANGUAGES = (*words.LANGUAGES, NAME)  # type: ignore[assignment]
    words.catalogue = cache(lambda language: whole(plain("en")) if language == NAME else plain(language))  # type: ignore[assignment]
    for name in AS_ENGLISH:
        setattr(words, name, _as_english(getattr(words, name)))
    tomllib.loads = lambda text, **how: beside(loads(text, **how))  # type: ignore[assignment]
    from metrics import templates

    told = templates.data
    templates.data = cache(lambda language: whole(told("fr")) if language == NAME else told(language))  # type: ignore[assignment]


def _as_english(written: Callable[..., Any]) -> Callable[..., Any]:
    """Numbers and dates are written as in English, for no library knows the language; months in brackets too."""

    @wraps(written)
    def inner(language: str, *given: Any, **named: Any) -> Any:
        if language != NAME:
            return written(language, *given, **named)
        said = written("en", *given, **named)
        return pseudo(said) if written.__name__ in ("date", "month") else said

    return inner


if __name__ == "__main__":
    speak()
    from streamlit.web.cli import main

    sys.argv[0] = "streamlit"
    main()
