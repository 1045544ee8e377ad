"""The deck that slides are put into: size, colours and fonts of the house, two layouts, and the file at the end."""

import datetime
import io
import re
import zipfile
from dataclasses import asdict
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.util import Emu

from metrics.charts.tones import LIGHT
from metrics.documents.document import plain
from metrics.packs.model import Pack
from metrics.packs.slide_text import EMU, LANGUAGES, NAMESPACES, Paragraph, body, elements, fitted, line

WIDE, HIGH, MARGIN = 960.0, 540.0, 40.0  # points: 16:9
INNER = WIDE - 2 * MARGIN
TOP, BOTTOM = 112.0, 478.0  # of what a slide tells, in points
COVERS = ((34, 2), (28, 3))  # sizes of a title in points, each with the most lines
TITLES = ((24, 2), (22, 2), (20, 2), (17, 3))
FONT = "Arial"  # on every machine that opens slides; Inter is on few
EPOCH = (1980, 1, 1, 0, 0, 0)
SLOTS = {
    "dk1": "ink", "lt1": "ground", "dk2": "line", "lt2": "hair", "accent1": "financial", "accent2": "social",
    "accent3": "selected", "accent4": "amber", "accent5": "red", "accent6": "grey", "hlink": "financial",
    "folHlink": "selected",
}  # fmt: skip
PLACES = {  # of placeholders on the master: x, y, width, height in points; size, bold, tone, align
    "title": ((MARGIN, 40, INNER, 64), (24, 1, "tx1", "l")),
    "body": ((MARGIN, TOP, INNER, BOTTOM - TOP), (14, 0, "tx1", "l")),
    "ftr": ((MARGIN, 508, INNER - 90, 18), (10, 0, "accent6", "l")),
    "sldNum": ((WIDE - MARGIN - 80, 508, 80, 18), (10, 0, "accent6", "r")),
}
SECTION = (MARGIN, 20, INNER, 18)
COVER = (MARGIN, 150, INNER, 110)
STRIPES = (("accent1", 0.0), ("accent2", HIGH / 2))  # of the cover: one for each side of the balance


class Deck:
    """A presentation while it is written."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Emu(round(WIDE * EMU)), Emu(round(HIGH * EMU))
        _theme(self.file)
        _master(self.file, pack)
        _properties(self.file, pack)

    def said(self, name: str, **params: object) -> str:
        """A text of the pack's own language."""
        return self.pack.words[name].format(**params)

    @property
    def day(self) -> str:
        """The pack's date in words."""
        return dict(self.pack.basis).get(self.pack.words["basis_date"], self.pack.as_of)

    def slide(self, title: str, section: str, notes: str, cover: bool = False) -> Any:
        """A new slide with its title, the section's above it, footer, number and speaker notes."""
        made = self.file.slides.add_slide(self.file.slide_layouts[0 if cover else 1])
        shown, size, _ = fitted(plain(title), COVERS if cover else TITLES, INNER)
        _filled(made.shapes.title, [line(shown, size, bold=True)], self.pack.language)
        _filled(made.placeholders[13], [line(plain(section), 12, "grey")], self.pack.language)
        foot = " · ".join(plain(one) for one in (self.pack.institution, self.day, self.pack.sample) if one)
        foot = fitted(foot, ((10, 1),), INNER - 100)[0]
        tree = made.shapes._spTree
        tree.append(_foot("ftr", 11, 100, f"<a:r>{_look(self.pack)}<a:t>{_safe(foot)}</a:t></a:r>"))
        number = f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">{_look(self.pack)}'
        place = len(self.file.slides)
        tree.append(_foot("sldNum", 12, 101, f"{number}<a:t>{place}</a:t></a:fld>"))
        body_of_notes = made.notes_slide.notes_text_frame._txBody
        said = [line(plain(one), 11) for one in notes.split("\n")]
        body_of_notes.getparent().replace(body_of_notes, body(said, self.pack.language))
        return made

    def text(self, slide: Any, box: tuple[float, float, float, float], said: list[Paragraph], anchor: str = "t") -> Any:
        """A text in a box: x, y, width, height in points."""
        shape = slide.shapes.add_textbox(*(Emu(round(one * EMU)) for one in box))
        _filled(shape, said, self.pack.language, anchor)
        return shape

    def rule(
        self, slide: Any, start: tuple[float, float], end: tuple[float, float], tone: str,
        thick: float = 0.75, dash: str = "",
    ) -> Any:  # fmt: skip
        """A straight line in a colour of the theme."""
        shape = slide.shapes.add_connector(1, *(Emu(round(one * EMU)) for one in (*start, *end)))
        style = f'<a:prstDash val="{dash}"/>' if dash else ""
        colour = f'<a:solidFill><a:schemeClr val="{tone}"/></a:solidFill>'
        look = f'<a:ln {NAMESPACES} w="{round(thick * EMU)}">{colour}{style}</a:ln>'
        properties = shape._element.spPr
        for old in (*elements(properties, "a:ln"), *elements(shape._element, "p:style")):
            old.getparent().remove(old)
        properties.append(parse_xml(look))
        return shape

    def bytes(self) -> bytes:
        """The file: its parts in a fixed order under a fixed date, so that the same pack gives the same bytes."""
        raw, out = io.BytesIO(), io.BytesIO()
        self.file.save(raw)
        with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as kept:
            for name in sorted(parts.namelist(), key=lambda one: (not one.startswith("[Content"), one)):
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                kept.writestr(entry, parts.read(name))
        return out.getvalue()


def described(shape: Any, text: str, name: str = "") -> None:
    """Give a shape the text for those who do not see it."""
    properties = elements(shape._element, ".//p:cNvPr")[0]
    properties.set("descr", plain(text))
    if name:
        properties.set("name", plain(name)[:80])


def _filled(shape: Any, said: list[Paragraph], language: str, anchor: str = "t") -> None:
    old = shape._element.txBody
    shape._element.replace(old, body(said, language, anchor=anchor))


def _safe(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _look(pack: Pack) -> str:
    return f'<a:rPr lang="{LANGUAGES.get(pack.language, pack.language)}" sz="1000" dirty="0"/>'


def _foot(kind: str, place: int, id: int, runs: str) -> Any:
    """A placeholder at the foot of a slide: where it stands is the layout's to say."""
    return parse_xml(
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{id}" name="{kind}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{place}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></p:txBody></p:sp>"
    )


def _theme(file: Any) -> None:
    """The house's colours and font in the place of the template's."""
    part = file.slide_master.part.part_related_by(RT.THEME)
    tones, text = asdict(LIGHT), part.blob.decode()
    colours = "".join(f'<a:{slot}><a:srgbClr val="{tones[tone][1:]}"/></a:{slot}>' for slot, tone in SLOTS.items())
    text = re.sub(
        r"(<a:clrScheme)[^>]*>.*?</a:clrScheme>", rf'\1 name="Evenkeel">{colours}</a:clrScheme>', text, flags=re.S
    )
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{FONT}"', text)
    part._blob = (
        text.replace('name="Office Theme"', 'name="Evenkeel"').replace('name="Office"', 'name="Evenkeel"').encode()
    )


def _master(file: Any, pack: Pack) -> None:
    """One cover and one slide for all else; layouts and placeholders that nobody uses are taken out."""
    for layout in list(file.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            file.slide_layouts.remove(layout)
    master = file.slide_master
    for shape in list(master.placeholders):
        _of_master(shape._element, pack)
    _styles(master, pack.language)
    line_at = f'<a:off x="{round(MARGIN * EMU)}" y="{round(502 * EMU)}"/><a:ext cx="{round(INNER * EMU)}" cy="0"/>'
    hair = (
        f'<p:cxnSp {NAMESPACES}><p:nvCxnSpPr><p:cNvPr id="20" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm>{line_at}</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="9525"><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )
    master.shapes._spTree.append(parse_xml(hair))
    for layout in file.slide_layouts:
        _layout(layout, pack)


def _of_master(element: Any, pack: Pack) -> None:
    kind = elements(element, ".//p:ph/@type")[0]
    if kind not in PLACES:
        element.getparent().remove(element)
        return
    _placed(element, *PLACES[kind])
    if kind in ("title", "body"):
        for old in element.txBody.p_lst:
            element.txBody.remove(old)
        element.txBody.append(_prompt(pack.title if kind == "title" else pack.kind))


def _styles(master: Any, language: str) -> None:
    """Titles left and bold, texts without bullets, all in the pack's language."""
    for style in elements(master._element, ".//p:titleStyle/a:lvl1pPr | .//p:bodyStyle/*"):
        style.set("algn", "l")
        style.set("marL", "0")
        style.set("indent", "0")
        for bullet in elements(style, "a:buChar | a:buFont"):
            style.remove(bullet)
        size = elements(style, "a:defRPr")[0]
        titled = style.getparent().tag.endswith("titleStyle")
        size.set("sz", "2400" if titled else "1400")
        size.set("b", "1" if titled else "0")
    for marked in elements(master._element, ".//*[@lang]"):
        marked.set("lang", LANGUAGES.get(language, language))


def _layout(layout: Any, pack: Pack) -> None:
    cover = layout.name == "Title Slide"
    for shape in list(layout.placeholders):
        kind = elements(shape._element, ".//p:ph/@type")[0]
        if kind in ("dt", "subTitle"):
            shape._element.getparent().remove(shape._element)
        elif kind == "ctrTitle":
            _placed(shape._element, COVER, (34, 1, "tx1", "l"))
        elif kind == "title":
            shape._element.txBody.replace(shape._element.txBody.p_lst[0], _prompt(pack.title))
    small = parse_xml(
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="13" name="Section"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" sz="quarter" idx="13"/></p:nvPr></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    _placed(small, (MARGIN, 126, INNER, 20) if cover else SECTION, (12, 0, "accent6", "l"))
    small.txBody.replace(small.txBody.p_lst[0], _prompt(pack.kind))
    layout.shapes._spTree.append(small)
    for number, (tone, top) in enumerate(STRIPES if cover else (), 30):
        layout.shapes._spTree.insert(2, _stripe(tone, top, number))
    for marked in elements(layout._element, ".//*[@lang]"):
        marked.set("lang", LANGUAGES.get(pack.language, pack.language))


def _stripe(tone: str, top: float, id: int) -> Any:
    frame = f'<a:off x="0" y="{round(top * EMU)}"/><a:ext cx="{round(14 * EMU)}" cy="{round(HIGH / 2 * EMU)}"/>'
    return parse_xml(
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{id}" name="Stripe"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{frame}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:schemeClr val="{tone}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _prompt(text: str) -> Any:
    return parse_xml(f'<a:p {NAMESPACES}><a:r><a:rPr lang="en-GB"/><a:t>{_safe(text)}</a:t></a:r></a:p>')


def _placed(element: Any, box: tuple[float, ...], look: tuple[int, int, str, str]) -> None:
    """Where a placeholder of a master or a layout stands, and its type."""
    size, bold, tone, align = look
    x, y, wide, high = (round(one * EMU) for one in box)
    shape = (
        f'<p:spPr {NAMESPACES}><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    )
    element.replace(element.spPr, parse_xml(shape))
    styles = (
        f'<a:lstStyle {NAMESPACES}><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{bold}">'
        f'<a:solidFill><a:schemeClr val="{tone}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    text = element.txBody
    text.replace(elements(text, "a:lstStyle")[0], parse_xml(styles))
    anchor = "t" if look[0] > 10 else "ctr"
    margins = f'<a:bodyPr {NAMESPACES} lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
    text.replace(elements(text, "a:bodyPr")[0], parse_xml(margins))


def _properties(file: Any, pack: Pack) -> None:
    """What the file says of itself; the template's own picture, printer and counts are taken out."""
    kept, day = file.core_properties, datetime.datetime.fromisoformat(pack.as_of)
    kept.title, kept.author, kept.last_modified_by = plain(pack.title)[:255], plain(pack.institution)[:255], "Evenkeel"
    kept.subject, kept.comments, kept.keywords = plain(pack.kind)[:255], "", ""
    kept.language, kept.revision = LANGUAGES.get(pack.language, pack.language), 1
    kept.created, kept.modified = day, day
    for owner, names in ((file.part.package, ("thumbnail", "extended-properties")), (file.part, ("printerSettings",))):
        rels = owner._rels if hasattr(owner, "_rels") else owner.rels
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in names]:
            rels.pop(key)
    elements(file.part._element, ".//a:defPPr/a:defRPr")[0].set("lang", LANGUAGES.get(pack.language, pack.language))
    del elements(file.part._element, "p:sldSz")[0].attrib["type"]
