"""The balance strip: one track from 0 to 100 with both healths and their balance, now and a quarter ago.

SVG as text, for a page or a document. Places along the track are percentages, so that one drawing fits any width
without scaling its letters; `width` only decides what there is room for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from metrics.charts.tones import Tones
from metrics.words import number, percent, say

NARROW = 640
TRACK = 50.0  # height of the track in pixels; the strip is 96 high
LETTER = 0.56  # mean width of a letter over its size
AHEAD = 13  # pixels from a mark to its name


@dataclass(frozen=True)
class Healths:
    """Financial health, social health and balance on 0..100; None where there are not enough data."""

    financial: float | None
    social: float | None
    balance: float | None


@dataclass(frozen=True)
class Reading:
    """What a strip shows.

    Attributes:
        now: at the date of the page.
        before: a quarter earlier; None where there is none.
        when: name of that month, as a sentence has it ("June").
        share: the social share, 0..100.
        limit: below it a health needs action; None where no limit is set.
        decimals: of the healths as shown.
    """

    now: Healths
    before: Healths | None
    when: str
    share: float
    limit: float | None = 50.0
    decimals: int = 0


@dataclass(frozen=True)
class _Sheet:
    """One drawing in the making: what it shows, in which words and colours, for which width."""

    reading: Reading
    language: str
    tones: Tones
    width: float

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    def say(self, name: str, **params: object) -> str:
        return say(self.language, f"component.strip_{name}", **params)

    def figure(self, value: float) -> str:
        return number(self.language, value, self.reading.decimals)

    def px(self, value: float) -> float:
        """Pixels from the left for a health."""
        return value * self.width / 100

    def text(self, x: float, y: float, parts: str, colour: str, style: str = "", anchor: str = "middle", dx: float = 0) -> str:
        return (
            f'<text x="{x:.2f}%" y="{y:g}" dx="{dx:.1f}" text-anchor="{anchor}" '
            f'style="fill:{colour};font-size:12px;{style}">{parts}</text>'
        )


def strip(reading: Reading, language: str, tones: Tones, width: float = 1216) -> str:
    """The strip as an SVG element, 96 pixels high and as wide as its place.

    Args:
        reading: what to show; a health that is None has a hollow dashed mark beside its words and no place.
        language: of the words.
        tones: colours of the theme.
        width: pixels that there will be, about; below 640 the layout of a phone.
    """
    sheet = _Sheet(reading, language, tones, width)
    drawn = (*_track(sheet), *_earlier(sheet), *_marks(sheet), *_names(sheet))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(described(reading, language))}" '
        'width="100%" height="96" style="display:block;overflow:visible;font-variant-numeric:tabular-nums">'
        f"{''.join(drawn)}</svg>"
    )


def described(reading: Reading, language: str) -> str:
    """The strip in one or two sentences: its text alternative."""
    sentences = [_sentence("label", reading.now, reading, language, share=percent(language, reading.share / 100, 0))]
    if reading.before is not None:
        sentences.append(_sentence("label_before", reading.before, reading, language, when=reading.when))
    return " ".join(sentences)


def _sentence(key: str, healths: Healths, reading: Reading, language: str, **params: object) -> str:
    none = say(language, "component.strip_none")
    said = {
        name: none if value is None else number(language, value, reading.decimals)
        for name, value in vars(healths).items()
    }
    return say(language, f"component.strip_{key}", **said, **params)


def _track(sheet: _Sheet) -> Iterator[str]:
    tones, limit = sheet.tones, sheet.reading.limit
    line = f'stroke="{tones.line}" shape-rendering="crispEdges"'
    yield f'<line x1="0" x2="100%" y1="{TRACK:g}" y2="{TRACK:g}" {line}/>'
    before = _values(sheet.reading.before)
    for tick in (0, 25, 50, 75, 100):
        yield f'<line x1="{tick}%" x2="{tick}%" y1="46" y2="54" {line}/>'
        crowded = any(abs(sheet.px(value - tick)) < 26 for value in before)
        if tick in (0, 100) or not (crowded or tick == limit or (sheet.narrow and tick > 50)):
            text = sheet.say("safest") if tick == 100 and not sheet.narrow else str(tick)
            yield sheet.text(tick, 70, escape(text), tones.grey, anchor={0: "start", 100: "end"}.get(tick, "middle"))
    if limit is None:
        return
    yield f'<line x1="{limit:g}%" x2="{limit:g}%" y1="56" y2="78" stroke="{tones.grey}" shape-rendering="crispEdges"/>'
    anchor, dx = _limit_side(sheet, limit, before)
    yield sheet.text(limit, 90, escape(sheet.say("limit", limit=sheet.figure(limit))), tones.grey, "", anchor, dx)


def _limit_side(sheet: _Sheet, limit: float, before: list[float]) -> tuple[str, float]:
    """The limit's name stands below it, or on the side where no figure of the quarter before stands."""
    near = [value for value in before if abs(sheet.px(value - limit)) < 46]
    if not near:
        return ("end", 0) if sheet.narrow else ("middle", 0)
    return ("end", -4) if sum(near) / len(near) >= limit else ("start", 4)


def _values(healths: Healths | None) -> list[float]:
    return [] if healths is None else [value for value in vars(healths).values() if value is not None]


def _diamond(x: float, y: float, half: float, style: str) -> str:
    """A diamond at a percentage of the width: a drawing of its own, because paths know pixels only."""
    d = f"M0 {-half:g}l{half:g} {half:g}l{-half:g} {half:g}l{-half:g} {-half:g}Z"
    return f'<svg x="{x:.2f}%" y="{y:g}" overflow="visible"><path d="{d}" {style}/></svg>'


def _earlier(sheet: _Sheet) -> Iterator[str]:
    """The quarter before: hollow marks under the track, their figures where there is room for them."""
    before, tones = sheet.reading.before, sheet.tones
    if before is None or not _values(before):
        return
    radius = 3 if sheet.narrow else 4
    for name in ("social", "financial", "balance"):
        value, colour = getattr(before, name), tones.ink if name == "balance" else getattr(tones, name)
        hollow = f'fill="{tones.ground}" stroke="{colour}" stroke-width="1.5"'
        if value is not None and name == "balance":
            yield _diamond(value, 65, radius + 1.5, hollow)
        elif value is not None:
            yield f'<circle cx="{value:.2f}%" cy="65" r="{radius}" {hollow}/>'
    if sheet.narrow:
        yield from _earlier_narrow(sheet, before)
        return
    shown: list[float] = []
    for name in ("balance", "social", "financial"):
        value, colour = getattr(before, name), tones.ink if name == "balance" else getattr(tones, name)
        if value is not None and all(abs(sheet.px(value - other)) >= 20 for other in shown):
            shown.append(value)
            yield sheet.text(value, 87, sheet.figure(value), colour)
    last = max(shown)
    near_end = sheet.px(100 - last) < 90
    when = escape(sheet.say("in", when=sheet.reading.when))
    at = min(shown) if near_end else last
    yield sheet.text(at, 87, when, tones.grey, "", "end" if near_end else "start", -16 if near_end else 16)


def _earlier_narrow(sheet: _Sheet, before: Healths) -> Iterator[str]:
    if before.balance is None:
        return
    text = sheet.say("balance_in", value=sheet.figure(before.balance), when=sheet.reading.when)
    wide = LETTER * 12 * len(text)
    anchor = "start" if sheet.px(100 - before.balance) > wide else "end"
    yield sheet.text(before.balance, 86, escape(text), sheet.tones.grey, "", anchor)


def _marks(sheet: _Sheet) -> Iterator[str]:
    now, tones = sheet.reading.now, sheet.tones
    if now.financial is not None and now.social is not None:
        low, high = sorted((now.financial, now.social))
        place = f'x1="{low:.2f}%" x2="{high:.2f}%" y1="{TRACK:g}" y2="{TRACK:g}"'
        yield f'<line {place} stroke="{tones.ink}" stroke-width="2" shape-rendering="crispEdges"/>'
    ring = f'stroke="{tones.ground}" stroke-width="2"'
    for name in ("social", "financial"):
        value = getattr(now, name)
        if value is not None:
            yield f'<circle cx="{value:.2f}%" cy="{TRACK:g}" r="7" fill="{getattr(tones, name)}" {ring}/>'
    if now.balance is not None:
        yield _diamond(now.balance, TRACK, 10, f'fill="{tones.ink}" {ring}')


def _names(sheet: _Sheet) -> Iterator[str]:
    """The names above the track: the balance over its mark, each health on its outer side."""
    now, tones = sheet.reading.now, sheet.tones
    sides = sorted((value, name) for name, value in (("social", now.social), ("financial", now.financial)) if value is not None)
    ends = [0.0, sheet.width]
    for place, (value, name) in enumerate(sides):
        left = place == 0 and (len(sides) == 2 or value > 50)
        text, edge = _side_name(sheet, name, value, left)
        ends[0 if left else 1] = edge
        yield text
    if now.balance is not None:
        size, small, y = (20, 13, 20) if sheet.narrow else (22, 14, 34)
        text = f'<tspan style="font-size:{small}px;font-weight:500">{escape(sheet.say("balance"))} </tspan>{sheet.figure(now.balance)}'
        anchor, dx = _held(sheet.px(now.balance), _half(sheet), sheet.width)
        yield sheet.text(now.balance, y, text, tones.ink, f"font-size:{size}px;font-weight:600", anchor, dx)
    yield from _missing(sheet, sides)
    caption = sheet.say("caption", share=percent(sheet.language, sheet.reading.share / 100, 0))
    room = min(ends[0] or sheet.width, *(sheet.px(value) for value in _values(now)), sheet.width)
    if not sheet.narrow and now.balance is not None and room > LETTER * 13 * len(caption) + 24:
        yield sheet.text(0, 34, escape(caption), tones.grey, "font-size:13px", "start")


def _half(sheet: _Sheet) -> float:
    """Half the width of the balance with its name, in pixels."""
    letters = len(sheet.say("balance")) + 1
    return (LETTER * 14 * letters + 13 * (2 + 2 * bool(sheet.reading.decimals))) / 2 + 4


def _held(x: float, half: float, width: float) -> tuple[str, float]:
    """Anchor and shift that keep a centred text within the strip."""
    if x < half:
        return "start", -x
    return ("end", width - x) if x > width - half else ("middle", 0.0)


def _side_name(sheet: _Sheet, name: str, value: float, left: bool) -> tuple[str, float]:
    """A health's name and figure on the left or right of its mark, and how far it reaches, in pixels."""
    word, figure = escape(sheet.say(f"{name}_short" if sheet.narrow else name)), sheet.figure(value)
    bold = f'<tspan style="font-weight:600">{figure}</tspan>'
    size, y = (13, 37) if sheet.narrow else (14, 34)
    wide = LETTER * size * (len(word) + len(figure) + 1)
    apart = 6.0 if sheet.narrow else float(AHEAD)
    balance = sheet.reading.now.balance
    if balance is not None and not sheet.narrow:
        apart = max(apart, _half(sheet) + 10 - abs(sheet.px(balance - value)))
    x = sheet.px(value) + (-apart if left else apart)
    # Near an end of the track the name turns inwards to its own edge instead of leaving the strip.
    x = max(x, wide) if left else min(x, sheet.width - wide)
    text = f"{word} {bold}" if left else f"{bold} {word}"
    colour, anchor = getattr(sheet.tones, name), "end" if left else "start"
    drawn = sheet.text(value, y, text, colour, f"font-size:{size}px", anchor, x - sheet.px(value))
    return drawn, x - wide if left else x + wide


def _missing(sheet: _Sheet, sides: list[tuple[float, str]]) -> Iterator[str]:
    """A health that is not measured: a hollow dashed mark beside its words, at the end that is free."""
    known = {name for _, name in sides}
    free_right = not sides or sides[0][0] <= 50
    for row, name in enumerate(name for name in ("social", "financial") if name not in known):
        colour, y = getattr(sheet.tones, name), 34 - 18 * row
        dashed = f'fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="2 2"'
        text = escape(sheet.say(f"no_{name}_short" if sheet.narrow else f"no_{name}"))
        x, anchor, shift = (100, "end", -18) if free_right else (0, "start", 18)
        yield sheet.text(x, y, text, colour, "font-size:13px", anchor, shift)
        yield f'<svg x="{x}%" y="{y - 4}" overflow="visible"><circle cx="{-6 if free_right else 6}" cy="0" r="5" {dashed}/></svg>'


def strips(reading: Reading, language: str, tones: Tones) -> str:
    """Both layouts for a page, of which the window shows the one that fits: from 640 pixels on, and below."""
    rule = (
        "<style>.ek-strip-phone{display:none}@media (max-width:640px){.ek-strip-phone{display:block}"
        ".ek-strip-wide{display:none}}.ek-strip text{font-family:inherit}</style>"
    )
    wide, phone = strip(reading, language, tones, 1216), strip(reading, language, tones, 358)
    return f'{rule}<div class="ek-strip"><div class="ek-strip-wide">{wide}</div><div class="ek-strip-phone">{phone}</div></div>'
