"""The four documents of the sample's pack in three languages, rendered page by page, and what a script sees of them."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np
from PIL import Image

from metrics.packs import page, pdf, slides, workbook
from metrics.packs.model import Pack
from metrics.words import LANGUAGES, area
from tests import office, packing
from tests.browser.window import browsing
from tests.prove.command import ROOT

LINE = (
    "Documents: the sample's board pack as PDF, slides, workbook and HTML page in English, French and Spanish; no page "
    "blank, no text beyond its page, no page with a heading or one line alone, no fixed word left in English"
)
FOLDER = ROOT / "build" / "packs"
FORMS = {"pdf": pdf.pdf, "pptx": slides.pptx, "xlsx": workbook.xlsx, "html": page.html}
LIMITS = {"pdf": 5.0, "pptx": 3.0, "xlsx": 2.0, "html": 2.0}  # seconds
INK = 0.002  # of a page, less is blank
FEWEST = {"pdf": 3, "pptx": 2, "xlsx": 1}  # lines of a page
TOLD = 10  # letters of a fixed text that is looked for: shorter ones are words of other languages too
EDGE = 2.0  # points by which a word's box may stand over: boxes are as high as the font, not as the letters
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
WIDTHS = (360, 1280)  # pixels of a browser's window


@dataclass(frozen=True)
class Page:
    """One page: size in points, and each word with its box."""

    width: float
    height: float
    words: tuple[tuple[float, float, float, float, str], ...]

    def beyond(self) -> list[str]:
        """Words that stand beyond the edge of the page."""
        return [
            word for left, top, right, bottom, word in self.words
            if left < -EDGE or top < -EDGE or right > self.width + EDGE or bottom > self.height + EDGE
        ]  # fmt: skip

    def lines(self, head: float = 0.0, foot: float = 0.0) -> int:
        """Lines of text between a head and a foot of so many points."""
        tops = sorted((top + bottom) / 2 for _, top, _, bottom, _ in self.words)
        within = [at for at in tops if head < at < self.height - foot]
        return sum(1 for place, at in enumerate(within) if place == 0 or at - within[place - 1] > 3.0)


def pages(file: Path) -> list[Page]:
    """The pages of a PDF."""
    command = ["pdftotext", "-bbox", str(file), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = []
    for part in said.split("<page ")[1:]:
        width, height = (float(one) for one in re.findall(r'(?:width|height)="([\d.]+)"', part)[:2])
        boxes = [(*map(float, match[:4]), unescape(match[4])) for match in WORD.findall(part)]
        found.append(Page(width, height, tuple(boxes)))  # type: ignore[arg-type]
    return found


def pictured(file: Path) -> list[Path]:
    """A picture of each page of a PDF, beside it."""
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(file), str(file.with_suffix(""))], check=True)
    return sorted(file.parent.glob(f"{file.stem}-*.png"), key=lambda one: int(one.stem.rpartition("-")[2]))


def ink(file: Path) -> float:
    """The share of a picture that is not of its ground."""
    grey = np.asarray(Image.open(file).convert("L"))
    ground = np.bincount(grey.ravel()).argmax()
    return float((np.abs(grey.astype(int) - int(ground)) > 24).mean())


def written(pack: Pack, language: str) -> Iterator[tuple[str, Path, float]]:
    """Each form with its file and the seconds of processor that it took; the second time, as a server writes it."""
    for form, write in FORMS.items():
        write(pack)
        start = time.process_time()
        made = write(pack)
        took = time.process_time() - start
        file = FOLDER / f"pack_{language}.{form}"
        file.write_bytes(made)
        yield form, file, took


def looked(form: str, file: Path) -> tuple[int, list[str], str]:
    """How many pages a document has, what is amiss with them, and its text."""
    found, drawn = pages(file), pictured(file)
    amiss = []
    head, foot = (52.0, 40.0) if form == "pdf" else (0.0, 0.0)
    for place, (one, picture) in enumerate(zip(found, drawn, strict=True), 1):
        where = f"{file.stem}.{form}, page {place}"
        if ink(picture) < INK:
            amiss.append(f"{where}: blank")
        if beyond := one.beyond():
            amiss.append(f"{where}: beyond the edge {beyond[:5]}")
        if one.lines(head, foot) < FEWEST[form]:
            amiss.append(f"{where}: {one.lines(head, foot)} lines")
    return len(found), amiss, " ".join(word for one in found for *_, word in one.words)


def browsed(file: Path) -> tuple[list[str], str]:
    """What is amiss with an HTML page in windows of several widths, and its text; a picture of each is kept."""
    amiss = []
    with browsing() as browser:
        for width in WIDTHS:
            opened = browser.new_page(viewport={"width": width, "height": 800})
            asked: list[str] = []
            opened.on("request", lambda request, asked=asked: asked.append(request.url))
            opened.goto(file.as_uri())
            over = opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                amiss.append(f"{file.name}, {width} pixels wide: {over} pixels beyond the edge")
            if outside := [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]:
                amiss.append(f"{file.name}: asks for {outside[:3]}")
            opened.screenshot(path=str(FOLDER / f"{file.stem}_{width}.png"), full_page=True)
            text = str(opened.evaluate("document.body.innerText"))
            opened.close()
    return amiss, " ".join(text.split())


def fixed(language: str) -> list[str]:
    """The fixed texts of a pack in English, and what stands between their places, that a language says otherwise."""

    def parts(name: str) -> set[str]:
        said = area(name, "packs").values()
        texts = [form for text in said for form in (text.values() if isinstance(text, dict) else [text])]
        return {" ".join(part.split()) for text in texts for part in re.split(r"\{[^{}]*\}", text)}

    own = " ".join(parts(language))
    return sorted(part for part in parts("en") if len(part) >= TOLD and part not in own)


def left(text: str, language: str) -> list[str]:
    """Fixed texts that a document says in English."""
    return [part for part in fixed(language) if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)]


def document(form: str, file: Path) -> tuple[int, list[str], str]:
    """How many pages a document of any form has, what is amiss with it, and its text."""
    if form == "html":
        amiss, text = browsed(file)
        return 1, amiss, text
    if form == "pdf":
        return looked(form, file)
    (shown,) = office.converted([file], "pdf", FOLDER / form)
    return looked(form, shown)


def run() -> Mapping[str, object]:
    """Writes and looks at twelve documents; their pictures stay in `build/packs` to be looked at by people."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for form in ("pptx", "xlsx"):
        (FOLDER / form).mkdir(parents=True)
    counted: dict[str, list[int]] = {form: [] for form in FORMS}
    longest = dict.fromkeys(FORMS, 0.0)
    amiss: list[str] = []
    for language in LANGUAGES:
        for form, file, took in written(packing.pack(language), language):
            count, faults, text = document(form, file)
            counted[form].append(count)
            longest[form] = max(longest[form], took)
            amiss += faults
            if language != "en":
                amiss += [f"{file.name}: in English {part!r}" for part in left(text, language)]
    slow = {form: f"{took:.1f}" for form, took in longest.items() if took > LIMITS[form]}
    assert not amiss, "; ".join(amiss)
    assert not slow, f"seconds of processor: {slow}"
    sizes = {form: round(max(file.stat().st_size for file in FOLDER.glob(f"*.{form}")) / 1024) for form in FORMS}
    return {
        **{f"pages of the {form} (en, fr, es)": counts for form, counts in counted.items() if form != "html"},
        **{f"seconds, {form}": f"{took:.1f}" for form, took in longest.items()},
        **{f"KiB, {form}": size for form, size in sizes.items()},
    }
