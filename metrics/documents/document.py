"""The one renderer: a document is a template, texts that are data, and drawings; out comes a PDF.

Typst sets the page. It reads the texts as JSON, so that no text of anyone's data can be markup, and finds nothing
but the files given here: no package, no folder, no network.
"""

import io
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
import vl_convert
from PIL import Image

from metrics.charts.tones import LIGHT

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
STANDARD = "ua-1"  # PDF/UA: tags, title, language, a text for each picture; typst refuses what lacks one
PPI, COLOURS = 216, 128  # of a picture; a page has a dozen colours and the steps between them and its ground
NEARLY = 252  # counting colours makes white a little less than white
FULLEST = 30  # letters of a word that stays on one line
BEYOND = 0x250  # letters from here on are not in our fonts: those of the machine help out
KEPT = 11  # compilations after which typst lets go of what none of them used
# What no sheet of paper can show, and what turns the direction of a line; line breaks are spaces.
_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """What one printed document holds.

    Attributes:
        template: the name of its `.typ` file here.
        title: of the document, in the PDF's own properties.
        language: of all its texts.
        author: the institution.
        content: what the template shows: texts, lists and mappings of texts.
        drawings: SVG by name; the template says how large each is.
        told: everything that stands on it, in words: the text for those who do not see the page.
        folder: where the template is.
        longest: letters of a word that stays on one line; 0 where the content says itself where words may part.
    """

    template: str
    title: str
    language: str
    author: str
    content: Mapping[str, object]
    drawings: Mapping[str, str]
    told: str
    folder: Path = FOLDER
    longest: int = FULLEST


def pdf(document: Document) -> bytes:
    """The document as PDF/UA: tagged, with title, language and bookmarks.

    Where no font of the machine has a letter, it is no PDF/UA but otherwise the same: that letter prints as a box.
    """
    try:
        return _set(document, "pdf", pdf_standards=STANDARD)[0]
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return _set(document, "pdf")[0]


def pictures(document: Document, ppi: int = PPI, pages: Collection[int] | None = None) -> list[bytes]:
    """Each page as it will print, as a PNG that is sharp on a whole screen and small on a slow line.

    Args:
        ppi: dots an inch.
        pages: numbers of those wanted, from 1; None: all.
    """
    found = []
    for place, page in enumerate(_set(document, "png", ppi=ppi), 1):
        if pages is not None and place not in pages:
            continue
        out = io.BytesIO()
        image = Image.open(io.BytesIO(page)).convert("RGB")
        image = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        image.putpalette([255 if value > NEARLY else value for value in image.getpalette() or []])
        image.save(out, "PNG")
        found.append(out.getvalue())
    return found


def _set(document: Document, form: str, **how: Any) -> list[bytes]:
    head = {key: getattr(document, key) for key in ("title", "language", "author")}
    shown = {key: cleaned(value, document.longest) for key, value in document.content.items()}
    texts = json.dumps({**shown, **cleaned(head), "tones": asdict(LIGHT)}, ensure_ascii=False)
    own, house = _template(document.folder, document.template), _template(FOLDER, "house")
    files = {"main.typ": own, "house.typ": house, "content.json": texts.encode()}
    files |= {f"{name}.svg": drawn.encode() for name, drawn in document.drawings.items()}
    foreign = any(letter.isalpha() and ord(letter) >= BEYOND for letter in texts)
    compiler = typst.Compiler(
        cast(Any, files), root=str(FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=not foreign
    )
    made = compiler.compile(format=cast(Any, form), **how)
    return [made] if isinstance(made, bytes) else [page for page in made or [] if page is not None]


def forget() -> None:
    """Lets go of what the typesetter keeps of large documents: it keeps whatever its last compilations have used."""
    for _ in range(KEPT):
        typst.Compiler(b"", ignore_system_fonts=True).compile(format="svg")


@cache
def _template(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.typ").read_bytes()


def plain(text: str) -> str:
    """A text on one line, without signs that paper cannot show or that change the direction of what follows."""
    return _HIDDEN.sub("", _SPACES.sub(" ", text))


def parted(text: str, longest: int) -> str:
    """A text whose words may go on in the next line after so many letters: a name may be one long word."""
    return re.sub(rf"[^\s\u200b]{{{longest}}}(?=[^\s\u200b])", "\\g<0>\u200b", text)


def cleaned(content: Any, longest: int = 0) -> Any:
    """The same content with every text in it made plain, and parted where a word has more letters than `longest`."""
    if isinstance(content, str):
        return parted(plain(content), longest) if longest else plain(content)
    if isinstance(content, Mapping):
        return {key: cleaned(value, longest) for key, value in content.items()}
    if isinstance(content, Iterable):
        return [cleaned(value, longest) for value in content]
    return content


@cache
def _fonts() -> None:
    """Let charts be measured with the fonts that they are printed in."""
    vl_convert.register_font_directory(str(FONTS))


def file_name(*parts: str) -> str:
    """The name of a document's file from its parts: letters, digits, dot, dash and underscore only."""
    kept = [re.sub(r"[^\w.-]+", "-", plain(part)).strip("-.") for part in parts]
    return "_".join(part[:60] for part in kept if part) + ".pdf"


def drawing(chart: Any) -> str:
    """An Altair chart as SVG; nothing is fetched for it."""
    _fonts()
    # Altair would hold every part of it to Vega-Lite's schema, which takes longer than drawing it.
    return str(vl_convert.vegalite_to_svg(chart.to_dict(validate=False), allowed_base_urls=[]))


def sized(drawn: str, width: float, height: float) -> str:
    """SVG that fills its place, such as the balance strip, in a frame of its own size in pixels and our font."""
    frame = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" font-family="Inter"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{drawn}</svg>'
