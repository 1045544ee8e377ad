"""Texts on slides: what may stand in them, how wide they are, where their lines end, and how they are written.

Widths are those of Arial, which slides are set in: every machine that opens slides has it, or a font of its widths.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement

from metrics.documents.document import plain

SPACING = 1.2  # of a line, in sizes of its type
HEADING, HEADINGS = 13.0, 880.0  # of the line above a table or a chart: its type, its width
EMU = 12700  # of one point
SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
NAMESPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
# Where each tone of metrics.charts.tones stands in the theme.
SLOTS = {
    "ink": "tx1", "ground": "bg1", "line": "tx2", "hair": "bg2", "financial": "accent1", "social": "accent2",
    "selected": "accent3", "amber": "accent4", "red": "accent5", "grey": "accent6",
}  # fmt: skip
TONES = {"amber": "amber", "below": "amber", "red": "red", "critical": "red"}  # of levels
SHAPES = {"amber": "▲", "below": "▲", "red": "■", "critical": "■"}
# Widths of the letters from the space to the tilde, in thousandths of the size of the type: regular, then bold.
REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 "
    "278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 "
    "556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 "
    "333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 "
    "611 389 556 333 611 556 778 556 556 500 389 280 389 584"
)
ASCII = tuple(tuple(int(one) / 1000 for one in given.split()) for given in (REGULAR, BOLD))
BROAD = (
    dict.fromkeys("…→←↑↓—▲■ŒÆ", 1.0) | dict.fromkeys("\u00a0\u202f\u2009·’‘", 0.28) | {"“": 0.5, "”": 0.5, "æ": 0.89}
)
OTHER, ROUNDED = 0.62, 1.015  # a letter of no known width; what programs that set it round up
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}


@dataclass(frozen=True)
class Run:
    """Letters of one look; `size` in points."""

    text: str
    size: float = 14
    tone: str = "ink"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Runs on lines of their own; `after` is the space below it, in points."""

    runs: tuple[Run, ...]
    align: str = "l"
    after: float = 0


def line(
    text: str, size: float = 14, tone: str = "ink", bold: bool = False, align: str = "l", after: float = 0
) -> Paragraph:
    """A paragraph of one look."""
    return Paragraph((Run(text, size, tone, bold),), align, after)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each plain; at least one."""
    return [found for part in text.splitlines() if (found := plain(part).strip())] or [""]


@cache
def _letter(letter: str, bold: bool) -> float:
    """A letter's width in sizes of its type; one with an accent is as wide as without."""
    if letter in BROAD:
        return BROAD[letter]
    place = ord(unicodedata.normalize("NFD", letter)[0]) - 32
    if 0 <= place < len(ASCII[bold]):
        return ASCII[bold][place]
    return 1.0 if ord(letter) > 0x2E80 else OTHER


@lru_cache(maxsize=20_000)
def _length(text: str, bold: bool) -> float:
    return sum(_letter(letter, bold) for letter in text) * ROUNDED


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is on one line, in points."""
    return _length(text, bold) * size


def lines(text: str, size: float, wide: float, bold: bool = False) -> list[str]:
    """A text cut into lines no wider than `wide` points; a word that is wider goes on in the next line."""
    found: list[str] = []
    current, used, space = "", 0.0, width(" ", size, bold)
    for word in text.split(" "):
        for part in _parts(word, size, wide, bold):
            needed = width(part, size, bold)
            if current and used + space + needed > wide:
                found.append(current)
                current, used = part, needed
            else:
                used += needed + (space if current else 0)
                current = f"{current} {part}" if current else part
    return [*found, current]


def _parts(word: str, size: float, wide: float, bold: bool) -> Iterator[str]:
    if width(word, size, bold) <= wide:
        yield word
        return
    current, used = "", 0.0
    for letter in word:
        needed = _letter(letter, bold) * ROUNDED * size
        if current and used + needed > wide:
            yield current
            current, used = "", 0.0
        current, used = current + letter, used + needed
    yield current


def height(written: Iterable[Paragraph], wide: float) -> float:
    """How high paragraphs stand in a column, in points."""
    total = 0.0
    for one in written:
        size = max((run.size for run in one.runs), default=12)
        bold = any(run.bold for run in one.runs)
        text = "".join(run.text for run in one.runs)
        total += len(lines(text, size, wide, bold)) * size * SPACING + one.after
    return total


def fitted(text: str, sizes: Sequence[tuple[float, int]], wide: float) -> tuple[str, float, bool]:
    """The text, the first size of (size, most lines) at which it fits, and whether it had to be cut."""
    for size, most in sizes:
        if len(lines(text, size, wide, True)) <= most:
            return text, size, False
    size, most = sizes[-1]
    kept = lines(text, size, wide, True)[:most]
    return " ".join(kept)[:-2].rstrip() + "…", size, True


def named(title: str, count: str = "") -> str:
    """A heading on one line: a title, cut where it is too long, and a place among several."""
    kept = fitted(plain(title), ((HEADING, 1),), HEADINGS - width(f" {count}", HEADING, True))[0]
    return f"{kept} {count}".strip()


def elements(element: Any, path: str) -> list[Any]:
    """What an XPath finds in an element of a slide's XML."""
    known = isinstance(element, BaseOxmlElement)  # which has the namespaces already
    return list(element.xpath(path) if known else element.xpath(path, namespaces=SPACES))


def fill(tone: str) -> str:
    """The XML of a colour of the theme."""
    return f'<a:solidFill><a:schemeClr val="{SLOTS.get(tone, "tx1")}"/></a:solidFill>'


def written(paras: Iterable[Paragraph], language: str) -> str:
    """The XML of paragraphs: texts are texts, whatever stands in them."""
    return "".join(_paragraph(one, LANGUAGES.get(language, language)) for one in paras)


def _paragraph(one: Paragraph, language: str) -> str:
    after = f'<a:spcAft><a:spcPts val="{round(one.after * 100)}"/></a:spcAft>' if one.after else ""
    runs = "".join(_run(run, language) for run in one.runs if run.text)
    end = (
        "" if runs else f'<a:endParaRPr lang="{language}" sz="{round(max([r.size for r in one.runs] or [12]) * 100)}"/>'
    )
    return f'<a:p><a:pPr algn="{one.align}">{after}</a:pPr>{runs}{end}</a:p>'


def _run(run: Run, language: str) -> str:
    look = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    head = f'<a:rPr lang="{language}" sz="{round(run.size * 100)}"{look} dirty="0">{fill(run.tone)}</a:rPr>'
    return f"<a:r>{head}<a:t>{escape(plain(run.text), quote=False)}</a:t></a:r>"


def body(paras: Iterable[Paragraph], language: str, tag: str = "p", anchor: str = "t", fit: str = "") -> Any:
    """A text body without margins, as an element."""
    sizes = 'lIns="0" tIns="0" rIns="0" bIns="0"'
    properties = f'<a:bodyPr wrap="square" {sizes} anchor="{anchor}">{fit or "<a:noAutofit/>"}</a:bodyPr>'
    return parse_xml(f"<{tag}:txBody {NAMESPACES}>{properties}<a:lstStyle/>{written(paras, language)}</{tag}:txBody>")
