"""TOML that a user wrote, held to what TOML itself promises: whole numbers of 64 bits, and no endless nesting.

The standard reader is laxer, and gives up with other errors than its own where a file is made to harm.
"""

import tomllib
from typing import Any

MOST_LETTERS, DEEPEST, LONGEST_NUMBER = 1 << 20, 32, 1 << 63
# As short as the reasons of the standard reader, which come in English too.
TOO_LONG, TOO_LARGE = "longer than 1 MB", "a whole number beyond 64 bits"
TOO_DEEP = f"nested deeper than {DEEPEST} levels"


def loads(text: str) -> dict[str, Any]:
    """What a TOML text holds.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML, too long, nested too deep, or has a number beyond 64 bits.
    """
    try:
        if len(text) > MOST_LETTERS:
            raise ValueError(TOO_LONG)
        found = tomllib.loads(text)
        _check(found)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise tomllib.TOMLDecodeError(str(error)[:200]) from error
    return found


def _check(found: object) -> None:
    """Hold what was read to its limits, level by level."""
    level, depth = [found], 0
    while level:
        if depth > DEEPEST:
            raise ValueError(TOO_DEEP)
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
            elif isinstance(one, int) and not -LONGEST_NUMBER <= one < LONGEST_NUMBER:
                raise ValueError(TOO_LARGE)
        level, depth = inner, depth + 1
