"""The pack as one HTML file: figures, charts, the live weights and the presentation; nothing is fetched for it.

The file has its own security policy: only the script and the style sheet whose fingerprints it names may run, nothing
may be asked for. The blocks are those of `markup`; the same go to the presenter within the app.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from metrics import live
from metrics.packs import markup
from metrics.packs.markup import escaped
from metrics.packs.model import Definition, Live, Pack
from metrics.words import number

FORMS = Path(__file__).parent / "forms"
FONTS = Path(__file__).parents[1] / "documents" / "fonts"
WEIGHTS = {"inter-400": "400", "inter-600": "500 700"}  # files of the font, and the weights that each stands for
ENDING = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
SCRIPTS = ("drill", "screens", "present")  # in the order in which they stand; all share one scope
POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def html(pack: Pack) -> bytes:
    """The pack as one HTML file that opens without a server and asks for nothing; the same pack, the same bytes."""
    script, style = _script(), _style()
    policy = POLICY.format(script=_fingerprint(script), style=_fingerprint(style))
    word = {key: escaped(text) for key, text in pack.words.items() if key.startswith(("page_", "present_"))}
    return (
        Template(text("page.html"))
        .substitute(
            word, policy=policy, script=script, style=style, language=escaped(pack.language), title=escaped(pack.title),
            institution=escaped(pack.institution), kind=escaped(pack.kind), sample=_sample(pack),
            basis=markup.pairs(pack.basis), contents=contents(pack), parts=parts(pack),
            definitions=definitions(pack), hash=pack.hash, known=as_data(known(pack)),
        )
        .encode("utf-8")
    )  # fmt: skip


def parts(pack: Pack) -> str:
    """The sections as HTML: what the file shows and what the presenter of the app is given."""
    listed = _items(pack)
    return "\n".join(
        markup.section(pack, found, at, listed if found.kind == "definitions" else "")
        for at, found in enumerate(pack.sections, 1)
    )


def known(pack: Pack) -> dict[str, Any]:
    """What the scripts know beside the page itself: heading, basis, definitions, words, the live weights."""
    found = next(_lives(pack), None)
    words = {key: text for key, text in pack.words.items() if key.startswith(("page_", "present_", "health_"))}
    return {
        "title": pack.title, "institution": pack.institution, "kind": pack.kind, "language": pack.language,
        "sample": pack.sample, "basis": pack.basis, "words": words | {"whole": pack.words["whole"]},
        "definitions": {one.id: _facts(one) for one in pack.definitions},
        "live": None if found is None else _live(found),
        "style": live.text("tradeoffs.css"), "markup": live.text("tradeoffs.html"),
    }  # fmt: skip


def _lives(pack: Pack) -> Iterator[Live]:
    return (block for section in pack.sections for block in section.blocks if isinstance(block, Live))


def _live(found: Live) -> dict[str, Any]:
    healths = {
        unit: [{"text": one.text, "ref": one.ref, "level": one.level, "word": one.word} for one in three]
        for unit, three in found.healths.items()
    }
    indicators = [leaf["indicator"] for leaf in found.leaves]
    own = {unit: [value is not None for value in values] for unit, values in found.values.items()}  # else kept back
    return {"data": {**found.data, "words": found.words}, "healths": healths, "indicators": indicators, "own": own}


def _facts(one: Definition) -> dict[str, Any]:
    names = ("title", "summary", "settings", "source", "standard", "limits", "n", "coverage")
    return {name: getattr(one, name) for name in names}


def contents(pack: Pack) -> str:
    """The list of contents: each section's name and its finding."""
    rows = [(markup.place(found, at), found.title, found.message) for at, found in enumerate(pack.sections, 1)]
    rows += [("definitions", str(pack.words["page_definitions"]), "")] if lists_definitions(pack) else []
    return "".join(
        f'<li><a href="#{name}">{escaped(title)}</a>'
        + (f" <span>{escaped(message)}</span>" if message not in ("", title) else "") + "</li>"
        for name, title, message in rows
    )  # fmt: skip


def lists_definitions(pack: Pack) -> bool:
    """Whether the page ends with the definitions: no section of the pack has them."""
    return bool(pack.definitions) and all(section.kind != "definitions" for section in pack.sections)


def definitions(pack: Pack) -> str:
    """Every indicator of the pack as it is defined here."""
    if not lists_definitions(pack):
        return ""
    title = escaped(pack.words["page_definitions"])
    return f'<section class="part" id="definitions"><h2>{title}</h2>{_items(pack)}</section>'


def _items(pack: Pack) -> str:
    items = "".join(_definition(pack, one) for one in pack.definitions)
    return f'<div class="definitions">{items}</div>'


def _definition(pack: Pack, one: Definition) -> str:
    facts = ("settings", "source", "standard", "limits")
    said = [(pack.words[f"page_{name}"], str(getattr(one, name))) for name in facts if getattr(one, name)]
    said += [(pack.words["page_n_whole"], number(pack.language, one.n))] if one.n is not None else []
    return (
        f'<div class="definition" id="{markup.slug("definition", one.id)}"><h3>{escaped(one.title)}</h3>'
        f"<p>{escaped(one.summary)}</p>{markup.pairs(said)}</div>"
    )


def _sample(pack: Pack) -> str:
    return f'<span class="sample">{escaped(pack.sample)}</span>' if pack.sample else ""


def text(name: str) -> str:
    """A file of the folder beside this one."""
    return (FORMS / name).read_text(encoding="utf-8")


def presenter() -> str:
    """The presentation as script text, with the live weights and the panel of a figure: `makePresentation`."""
    return live.plain_script("mountWeights") + "".join(text(f"{name}.js") for name in SCRIPTS)


def dress() -> str:
    """The style sheet of blocks and of the presentation."""
    return text("blocks.css") + text("present.css")


@cache
def _script() -> str:
    return f'"use strict";\n(() => {{\n{presenter()}{text("page.js")}}})();\n'


@cache
def _style() -> str:
    return "".join(_face(file, weight) for file, weight in WEIGHTS.items()) + dress() + text("page.css")


def _face(file: str, weight: str) -> str:
    data = base64.b64encode((FONTS / f"{file}.otf").read_bytes()).decode("ascii")
    return f'@font-face{{font-family:Inter;font-weight:{weight};src:url("data:font/otf;base64,{data}")}}\n'


def _fingerprint(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


def as_data(found: Mapping[str, Any]) -> str:
    """Data as JSON that may stand between script tags: no sign in it can end them."""
    said = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return "".join(ENDING.get(letter, letter) for letter in said)
