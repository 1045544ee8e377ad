"""What of a page as it stands in its window cannot be read: texts that no catalogue has, texts that are cut off."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Browser

from metrics.catalogue import indicators
from tests.browser.matrix import PHONE, WAYS, WIDE, Look, slugs
from tests.browser.window import Server, Window, window
from tests.pseudo import CLOSE, NAME, OPEN

SCRIPT = Path(__file__).with_name("readable.js").read_text(encoding="utf-8")
COLUMNS = """
    SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE data_type IN ('VARCHAR', 'JSON')
"""
EDGES = " ■▲●○◀▶✓≈·,:;()–—…•→+*.'’\"“”|/?!"
BETWEEN = re.compile(r" · |, |: |[()→\n]|\s[-–]\s")
COLUMN = re.compile(r"[a-z]+(_[a-z0-9]+)*\.[a-z0-9_]+")  # table.column, the same in every language
LONG = 14
WORD = re.compile(r"[^\W\d_]{2,}")
# Names and signs that are the same in every language, and languages by their own names.
NAMES = {
    "Evenkeel", "FCFA", "XOF", "UTC", "CSV", "PDF", "Excel", "XLSX", "PAR", "PPI", "English", "Français", "Español",
}  # fmt: skip


def blocks(opened: Window) -> list[dict[str, object]]:
    """Every text that the window shows, block by block: `text`, where it stands (`place`), what cuts it (`cut`)."""
    found: list[dict[str, object]] = opened.page.evaluate(SCRIPT)
    return found


def untranslated(found: Collection[dict[str, object]], data: frozenset[str]) -> list[str]:
    """Texts outside all brackets that are neither data, nor names, nor numbers.

    Args:
        found: what `blocks` returned on a page in the pseudo-language.
        data: everything that the data say; see `said_by_data`.
    """
    texts = [(str(one["text"]), str(one["place"])) for one in found]
    return sorted({f"{piece} ({place})" for text, place in texts for piece in outside(text) if not known(piece, data)})


def outside(text: str) -> Iterator[str]:
    """The pieces of a text that stand in no bracket; one that is open at its end was cut, one that only closes too."""
    depth, piece = 0, ""
    for sign in text:
        if sign == OPEN:
            if depth == 0:
                yield piece
            depth, piece = depth + 1, ""
        elif sign == CLOSE:
            depth, piece = max(0, depth - 1), ""
        elif depth == 0:
            piece += sign
    yield piece


def known(piece: str, data: frozenset[str]) -> bool:
    """Whether a piece has no word, or is made of texts of the data, of names and of numbers."""
    if _said(piece, data):
        return True
    return all(_said(part, data) for part in BETWEEN.split(piece))


def _said(text: str, data: frozenset[str]) -> bool:
    part = " ".join(text.split()).strip(EDGES)
    whole = part.casefold() in data or f"{part.casefold()})" in data
    return whole or {*WORD.findall(part)} <= NAMES or bool(COLUMN.fullmatch(part)) or _begins(part, data)


def _begins(part: str, data: frozenset[str]) -> bool:
    """Whether a longer piece stands in a text of the data, which may be shown in part."""
    return len(part) >= LONG and any(part.casefold() in line for line in data if len(line) > LONG)


def cut(found: Collection[dict[str, object]]) -> list[str]:
    """Texts that are cut off, run out of the window or into each other, each with its place."""
    return sorted({f"{one['cut']}: {str(one['text'])[:60]} ({one['place']})" for one in found if one["cut"]})


def said_by_data(folder: Path) -> frozenset[str]:
    """Every text of the tables in a data folder that no server has open, and every name in the definitions."""
    found: set[object] = set()
    for file in folder.rglob("*.duckdb"):
        with duckdb.connect(str(file), read_only=True) as opened:
            for schema, table, column in opened.execute(COLUMNS).fetchall():
                told = opened.execute(f'SELECT DISTINCT "{column}" FROM "{schema}"."{table}" LIMIT 9000').fetchall()
                found |= {value for (value,) in told} | {column, f"{table}.{column}"}
    found |= {standard for one in indicators().values() for standard in one.standard}
    found |= {name for one in indicators().values() for parts in one.parts.values() for name in parts}
    found |= {row["unit"] for one in indicators().values() for row in _rows(one.example) if "unit" in row}
    return frozenset(" ".join(str(value).split()).casefold() for value in found if value)


def _rows(example: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that an indicator's example is worked on."""
    return [row for rows in example.values() if isinstance(rows, list) for row in rows]


def looks() -> list[Look]:
    """Every page and what else it shows by its address, on a wide screen and on a telephone."""
    ways = [(slug, way) for slug in slugs() for way in ("", *WAYS.get(slug, ()))]
    return [Look(slug, size, "light", NAME, way) for slug, way in ways for size in (WIDE, PHONE)]


def looked(
    browser: Browser, server: Server, seen: Iterable[Look], data: frozenset[str], before: str = ""
) -> Iterator[tuple[Look, list[str], list[str]]]:
    """Looks at pages of a server in the pseudo-language; yields what is untranslated and what is cut each time.

    `before` is a script to run on each page first.
    """
    for look in seen:
        with window(browser, server, look.size, look.scheme, look.language) as opened:
            opened.go(look.path())
            if before:
                opened.page.evaluate(before)
            found = blocks(opened)
            yield look, untranslated(found, data), cut(found)
