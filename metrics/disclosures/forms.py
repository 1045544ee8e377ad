"""How a disclosure is written: the four forms of packs, a plain page of its own as PDF, JSON with the whole trace."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from metrics.disclosures.model import Disclosure, Step
from metrics.disclosures.template import parsed
from metrics.documents import document
from metrics.documents.document import Document
from metrics.packs import endings, pdf
from metrics.packs.model import Pack, Section, Signature, Text
from metrics.words import say

FOLDER = Path(__file__).parent
PLAIN = "plain"


def as_pdf(pack: Pack) -> bytes:
    """PDF/UA: as packs are printed, or for a plain page one page of A4."""
    first = pack.sections[0]
    return document.pdf(_one_page(pack, first)) if first.kind == PLAIN else pdf.pdf(pack)


def _one_page(pack: Pack, section: Section) -> Document:
    """The plain page in its own template: headings, sentences, and who answers for them."""
    parts: list[dict[str, Any]] = []
    foot = ""
    for block in section.blocks:
        if isinstance(block, Text) and block.kind == "lead":
            parts.append({"title": block.text, "lines": []})
        elif isinstance(block, Text) and block.kind == "note":
            foot = block.text
        elif isinstance(block, Text):
            parts[-1]["lines"].append(block.text)
    signed = [block for one in pack.sections for block in one.blocks if isinstance(block, Signature)]
    content = {
        "institution": pack.institution, "sample": pack.sample, "heading": section.title, "message": section.message,
        "parts": parts, "foot": foot, "signed": [say(pack.language, "disclosures.pair", name=name, said=said)
                   for block in signed for name, said in block.lines],
    }  # fmt: skip
    told = "\n".join([section.title, section.message, *(line for part in parts for line in part["lines"])])
    return Document("clients", pack.title, pack.language, pack.institution, content, {}, told, FOLDER)


FORMS: Mapping[str, Callable[[Pack], bytes]] = {**endings.FORMS, "pdf": as_pdf}


def as_json(found: Disclosure, language: str, steps: Sequence[Step] = ()) -> bytes:
    """The disclosure for machines: every line with value, n, standard, definition in force, files and change."""
    asked = parsed(found.template, found.name)
    lines = []
    for one in found.values:
        item = asked.item(one.item)
        lines.append(
            {
                "id": one.item, "text": item.texts[language], "section": item.section, "asked": {item.kind: item.what},
                "value": one.value, "unit": one.unit, "n": one.n, "coverage": one.coverage, "status": one.status,
                "needs": one.needs or None, "scope": dict(one.place) or "institution", "period": found.period,
                "months": one.months or None, "standard": item.cited or None, "own_wording": not item.cited,
                "settings": dict(one.settings), "words": dict(one.words), "published_before": one.before,
                "sources": [source.__dict__ for source in found.files(one)], "source_hash": found.source_hash(one),
            }
        )  # fmt: skip
    restated = [
        {
            "id": one.item, "period": one.period, "published": one.before, "now": one.after, "reason": one.reason,
            "causes": [{"kind": cause.kind, "names": list(cause.names)} for cause in one.causes],
        }
        for one in found.restated
    ]  # fmt: skip
    told = {
        "template": found.name, "title": asked.title[language], "audience": asked.audience, "language": language,
        "institution": found.institution, "sample": found.sample, "currency": found.currency, "period": found.period,
        "policy": found.policy, "threshold": found.threshold, "last": found.last or None,
        "last_period": found.last_period or None, "steps": [step.__dict__ for step in steps], "hash": found.hash,
        "account": dict(zip(("no", "seal", "on"), found.account, strict=False)) or None,
        "lines": lines, "restated": restated,
    }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
