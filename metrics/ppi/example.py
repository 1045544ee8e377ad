"""The worked example that some workbooks print, held against their own look-up table. It is never used.

Several countries' workbooks carry an example copied from another country: Philippines 2023 prints 54.8 % for a
score of 23 where its own table gives 72.8 %.
"""

import re
from collections.abc import Sequence

from metrics.ingest.model import Note
from metrics.ppi.grid import Grid, plain
from metrics.ppi.model import HIGHEST, Variant

SUM = re.compile(r"\s*\d+(?:\s*\+\s*\d+){3,}\s*=\s*(\d{1,3})\s*")
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")


def notes_on_example(sheets: Sequence[Grid], variants: Sequence[Variant]) -> list[Note]:
    """A note on each worked example that some of these sheets print: it agrees with the tables, or is stale."""
    found = []
    for grid in sheets:
        texts = [cell.word for _, cells in grid.rows for cell in cells if cell.word]
        sums = [(at, int(match[1])) for at, text in enumerate(texts) if (match := SUM.fullmatch(text))]
        for at, score in sums:
            later = (text for text in texts[at + 1 :] if re.search(rf"\b{score}\b", text) and PERCENT.search(text))
            text = next(later, None)
            if text is not None and score <= HIGHEST:
                found.append(_note(grid, score, text, variants))
    return found


def _note(grid: Grid, score: int, text: str, variants: Sequence[Variant]) -> Note:
    printed = PERCENT.findall(text)[-1].replace(",", ".")
    own = [variant.likelihood(line, score) for variant in variants for line in _lines(text, variant)]
    params = {"sheet": grid.name, "score": score, "printed": float(printed)}
    if any(agrees(float(printed), likelihood, _decimals(printed)) for likelihood in own):
        return Note("ppi.note_example_agrees", params)
    return Note("ppi.note_example_stale", params | {"own": 100 * own[0]})


def agrees(printed: float, likelihood: float, decimals: int = 1) -> bool:
    """Whether a printed percentage is a likelihood (0..1) rounded to some decimals, halves either way."""
    return abs(printed - 100 * likelihood) <= 0.5 * 0.1**decimals + 1e-9


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _lines(text: str, variant: Variant) -> list[str]:
    """The lines that a sentence names, else the first."""
    named = [line for line in variant.lines if plain(line) in plain(text)]
    return named or [variant.lines[0]]
