"""Composing: every section makes its blocks; then what could tell of a few people is found, and all is made again."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from metrics import definitions
from metrics.catalogue import indicators
from metrics.packs.asked import NOTHING, Asked, Comment
from metrics.packs.description import Description, Part
from metrics.packs.keeping import hidden_in
from metrics.packs.model import Block, Chart, Definition, Pack, Section, Signature, Text, as_json, numbers
from metrics.packs.reading import from_json
from metrics.packs.refs import parsed, ref
from metrics.packs.sections import (
    annex,
    breaches,
    chart,
    colours,
    growth,
    headline,
    indicator,
    live,
    method,
    risks,
    segments,
    signature,
    staff,
    table,
    targets,
    text,
    tradeoffs,
    voices,
)
from metrics.packs.sections import definitions as defined
from metrics.words import area, date, percent, say

DIGITS = 12
LONG = re.compile(r"-?\d+\.\d{4,}(?:e-?\d+)?")
Made = Callable[[Asked, Part], Section | None]
SECTIONS: Mapping[str, Made] = {
    "headline": headline.section,
    "colours": colours.section,
    "balance": tradeoffs.section,
    "risks": risks.section,
    "breaches": breaches.section,
    "segments": segments.section,
    "voices": voices.section,
    "staff": staff.section,
    "growth": growth.section,
    "targets": targets.section,
    "annex": annex.section,
    "definitions": defined.section,
    "method": method.section,
    "signature": signature.section,
    "indicator": indicator.section,
    "chart": chart.section,
    "table": table.section,
    "text": text.section,
}


def compose(asked: Asked, plan: Description, published: Iterable[Pack] = ()) -> Pack:
    """The pack that a description asks for; a section with nothing to say is left out.

    Args:
        published: frozen packs of the same period: what they show is known, and counts in what must be kept back.
    """
    bare = _composed(asked, plan)
    kept = _kept(asked, bare, tuple(published))
    return _signed(_settled(bare if kept == asked.hidden else _composed(replace(asked, hidden=kept), plan)))


def _settled(pack: Pack) -> Pack:
    """The pack with its numbers in so many digits: sums in another order differ in the last, and so would the hash."""
    read = from_json(as_json(pack), lambda text: float(f"{float(text):.{DIGITS}g}"))
    return replace(read, sections=tuple(replace(one, blocks=tuple(map(_drawn, one.blocks))) for one in read.sections))


def _drawn(block: Block) -> Block:
    """A chart whose drawing has its places in thousandths of a pixel: they waver as the figures do."""
    if not isinstance(block, Chart):
        return block
    return replace(block, svg=LONG.sub(lambda found: f"{float(found[0]):.3f}", block.svg))


def _kept(asked: Asked, bare: Pack, published: Sequence[Pack]) -> frozenset[str]:
    """The names of what must be kept back, until nothing that a health would tell is left open."""
    people, besides = live.people(asked), asked.hidden
    while True:
        kept = hidden_in(bare, published, asked.threshold, people, besides) | asked.hidden
        more = besides | live.beside(asked, kept)
        if more == besides:
            return kept
        besides = more


def _composed(asked: Asked, plan: Description) -> Pack:
    made = [_made(asked, part) for part in plan.parts if part.kind in SECTIONS]
    sections = tuple(_commented(asked, section) for section in made if section is not None)
    title = plan.title or say(asked.language, "packs.title", institution=asked.institution, date=date_of(asked))
    bare = Pack(
        title=title, institution=asked.institution, language=asked.language, as_of=asked.day.isoformat(),
        kind=say(asked.language, "packs.kind"), sample=say(asked.language, "documents.sample") if asked.sample else "",
        sections=sections, definitions=(), basis=basis(asked),
        words={name: text for name, text in area(asked.language, "packs").items() if isinstance(text, str)},
        filters=asked.filters,
    )  # fmt: skip
    found = _definitions(asked, bare)
    told = tuple(
        defined.filled(one, found, asked.language) if one.kind == "definitions" else one for one in bare.sections
    )
    return replace(bare, sections=told, definitions=found)


def _made(asked: Asked, part: Part) -> Section | None:
    """The section of a part, under the title that the description gives it, where it gives one."""
    made, title = SECTIONS[part.kind](asked, part), str(part.choices.get("title", ""))
    return replace(made, title=title) if made is not None and title else made


def _signed(pack: Pack) -> Pack:
    """The pack with its own hash where people sign."""
    digest = pack.hash
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                signature.signed(block, pack.language, digest) if isinstance(block, Signature) else block
                for block in section.blocks
            ),
        )
        for section in pack.sections
    )
    return replace(pack, sections=sections)


def date_of(asked: Asked) -> str:
    """The pack's date in words."""
    return date(asked.language, asked.day)


def basis(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What every figure of the pack rests on: date, part, weights, coverage, data."""
    language, picture = asked.language, asked.picture
    said = [
        ("date", date_of(asked)),
        ("part", asked.part or say(language, "packs.whole")),
        ("weights", asked.weighting),
        ("social", percent(language, picture.social / 100, 0)),
        ("coverage", percent(language, picture.coverage, 0)),
        ("threshold", say(language, "packs.threshold", n=asked.threshold)),
        ("data", asked.data),
        ("account", asked.account),
    ]
    return tuple((say(language, f"packs.basis_{name}"), text) for name, text in said if text)


def rests_on(asked: Asked) -> str:
    """The line at the foot of a section: date, weighting, social share."""
    share = percent(asked.language, asked.picture.social / 100, 0)
    return say(asked.language, "packs.rests_on", date=date_of(asked), weighting=asked.weighting, share=share)


def _commented(asked: Asked, section: Section) -> Section:
    """The section with what people wrote beside it, and with what it rests on."""
    found = asked.comments.get(f"section:{section.id}")
    more: tuple[Block, ...] = (comment(asked, found),) if found else ()
    return replace(section, blocks=(*section.blocks, *more), basis=section.basis or rests_on(asked))


def comment(asked: Asked, found: Comment) -> Text:
    """A comment as a block; one of an earlier period says so."""
    earlier = found.period != asked.day
    by = say(asked.language, "packs.comment_of", who=found.who, date=found.period) if earlier else found.who
    return Text(found.text, "comment", by)


def _definitions(asked: Asked, pack: Pack) -> tuple[Definition, ...]:
    """The definition of every indicator whose figure stands in the pack, in order of title."""
    known = indicators()
    used = {parsed(number.ref)[0] for _, number in numbers(pack) if number.ref}
    used |= {leaf.indicator for leaf in asked.policy.leaves}
    found = [_definition(asked, name) for name in used if name in known]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))


def _definition(asked: Asked, name: str) -> Definition:
    one, language, settings = asked.indicator(name), asked.language, asked.policy.settings
    whole = asked.whole().get(name, NOTHING) if asked.open(ref(name, asked.day)) else NOTHING
    return Definition(
        id=name, title=definitions.named(one, settings, language), short=one.text(language, "short"),
        unit=one.unit, better=one.better, summary=one.text(language, "summary"), source=one.text(language, "source"),
        standard=", ".join(one.standard), limits=one.text(language, "limits_source"),
        settings=definitions.phrase(one, settings, language) or "",
        n=None if whole.n != whole.n else int(whole.n),
        coverage=None if whole.coverage != whole.coverage else float(whole.coverage),
    )  # fmt: skip
