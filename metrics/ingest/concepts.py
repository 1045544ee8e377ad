"""Headings that no list names, understood word by word: concepts in four languages, and the columns they make."""

import re
import tomllib
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path

from metrics import schema
from metrics.ingest import headings

SAYS_NOTHING = "nothing"
MOST_READINGS = 256
MOST_WORDS = 9
OPTIONAL = re.compile(r"\(([^)]+)\)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LETTERS = re.compile(r"(?:\b[a-z] )+[a-z]\b")

Pattern = tuple[frozenset[str], frozenset[str]]


@cache
def _file() -> dict[str, dict[str, object]]:
    found = tomllib.loads((Path(__file__).parent / "concepts.toml").read_text(encoding="utf-8"))
    return dict(found)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Word -> the concepts that it may stand for."""
    found: dict[str, list[str]] = {}
    for concept, words in _file()["words"].items():
        assert isinstance(words, list)
        for word in words:
            found.setdefault(word, []).append(concept)
    return {word: tuple(concepts) for word, concepts in found.items()}


def spelt(heading: str) -> list[str]:
    """The words of a heading; letters that stand alone are put together: `O/S` is os, `T.N.A.` tna, `N.º` no."""
    joined = LETTERS.sub(lambda letters: letters[0].replace(" ", ""), headings.normal(CAMEL.sub(" ", heading)))
    return joined.split()


@lru_cache(4096)
def readings(heading: str) -> frozenset[frozenset[str]]:
    """The sets of concepts that a heading may mean; none where a word of it is strange."""
    words = spelt(heading)
    if not words or len(words) > MOST_WORDS:
        return frozenset()
    known = _words()
    if any(word not in known for word in words):
        return frozenset()
    choices = [known[word] for word in words]
    found = {frozenset(choice) - {SAYS_NOTHING} for choice in islice(product(*choices), MOST_READINGS)}
    return frozenset(reading for reading in found if reading)


def _pattern(text: str, table: str) -> Pattern:
    about = _file()["about"].get(table, [])
    assert isinstance(about, list)
    needed = frozenset(OPTIONAL.sub(" ", text).split())
    return needed, frozenset(OPTIONAL.findall(text)) | frozenset(about)


@cache
def patterns(table: str) -> dict[str, tuple[Pattern, ...]]:
    """Column -> the sets of concepts that make it (needed, allowed), for one canonical table."""
    own = _file().get("tables", {}).get(table, {})
    assert isinstance(own, dict)
    common = _file()["common"]
    columns = [*schema.tables()[table].columns, *headings.carried_by(table)]
    found = {}
    for column in columns:
        texts = own.get(column) or (common.get(column) if own else None)
        if texts:
            assert isinstance(texts, list)
            found[column] = tuple(_pattern(text, table) for text in texts)
    return found


def columns(heading: str, table: str) -> dict[str, int]:
    """The columns of a table that a heading may be, and how much of it they explain (more is better)."""
    found: dict[str, int] = {}
    forms = [text for text in (heading, headings.IN_BRACKETS.sub(" ", heading)) if text.strip()]
    for reading in {reading for form in forms for reading in readings(form)}:
        for column, choices in patterns(table).items():
            for needed, allowed in choices:
                if needed <= reading <= needed | allowed:
                    found[column] = max(found.get(column, 0), len(reading & needed) * 10 + len(reading & allowed))
    return found


@lru_cache(16384)
def best(heading: str, table: str) -> tuple[str, ...]:
    """The columns that explain a heading best: one where it is clear, several where it may be either."""
    found = columns(heading, table)
    most = max(found.values(), default=0)
    return tuple(column for column, score in found.items() if score == most)


def names() -> frozenset[str]:
    """Every concept."""
    return frozenset(_file()["words"])


def unknown_columns() -> list[str]:
    """Columns that the file names and no table has: slips of the pen."""
    listed = _file()["tables"]
    return [
        f"{table}.{column}"
        for table, columns in listed.items()
        for column in (columns if isinstance(columns, dict) else ())
        if table not in schema.tables() or column not in {*schema.tables()[table].columns, *headings.carried_by(table)}
    ]
