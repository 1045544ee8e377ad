"""The balance strip: one track from 0 to 100 with both healths and their balance, now and a quarter ago.

SVG as text, for a page or a document. Places along the track are percentages, so that one drawing fits any width
without scaling its letters; `width` only decides what there is room for.
"""

from collections.abc import Iterator
from html import escape

from metrics.charts.strip_sheet import Healths, Label, Reading, Sheet, packed, wide
from metrics.charts.tones import Tones
from metrics.words import number, percent, say

__all__ = ["Healths", "Reading", "described", "strip", "strips"]

HEALTHS = ("social", "financial", "balance")
TRACK = 50  # height of the track in pixels; the strip is 96 high
AHEAD = 13  # pixels from a mark to its name
CRISP = 'shape-rendering="crispEdges"'


def strip(reading: Reading, language: str, tones: Tones, width: float = 1216) -> str:
    """The strip as an SVG element, 96 pixels high and as wide as its place.

    Args:
        reading: what to show; a health that is None has a hollow dashed mark beside its words and no place.
        language: of the words.
        tones: colours of the theme.
        width: pixels that there will be, about; below 640 the layout of a phone.
    """
    sheet = Sheet(reading, language, tones, width)
    drawn = (*_track(sheet), *_limit(sheet), *_earlier(sheet), *_marks(sheet), *_names(sheet), *_missing(sheet))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(described(reading, language))}" '
        'width="100%" height="96" style="display:block;overflow:visible;font-variant-numeric:tabular-nums">'
        f"{''.join(drawn)}</svg>"
    )


def strips(reading: Reading, language: str, tones: Tones) -> str:
    """Both layouts for a page, `ek-strip-wide` from 640 pixels on and `ek-strip-phone`; the page shows one of them."""
    large, small = strip(reading, language, tones, 1216), strip(reading, language, tones, 358)
    return f'<div class="ek-strip-wide">{large}</div><div class="ek-strip-phone">{small}</div>'


def described(reading: Reading, language: str) -> str:
    """The strip in one or two sentences: its text alternative."""
    share = percent(language, reading.share / 100, 0)
    sentences = [say(language, "component.strip_label", share=share, **_figures(reading.now, reading, language))]
    if reading.before is not None:
        figures = _figures(reading.before, reading, language)
        sentences.append(say(language, "component.strip_label_before", when=reading.when, **figures))
    return " ".join(sentences)


def _figures(healths: Healths, reading: Reading, language: str) -> dict[str, object]:
    none = say(language, "component.strip_none")
    return {
        name: none if value is None else number(language, value, reading.decimals)
        for name, value in vars(healths).items()
    }


def _track(sheet: Sheet) -> Iterator[str]:
    """The track with its ticks; a tick's figure is left out where a mark of the quarter before stands."""
    line = f'stroke="{sheet.tones.line}" {CRISP}'
    yield f'<line x1="0" x2="100%" y1="{TRACK}" y2="{TRACK}" {line}/>'
    before = sheet.reading.before.known() if sheet.reading.before else []
    for tick in (0, 25, 50, 75, 100):
        yield f'<line x1="{tick}%" x2="{tick}%" y1="46" y2="54" {line}/>'
        text = sheet.say("safest") if tick == 100 and not sheet.narrow else sheet.figure(tick)
        if tick == sheet.reading.limit or (sheet.narrow and tick in (50, 75)):
            continue
        room = wide(text, 12)
        left = {0: 0.0, 100: sheet.width - room}.get(tick, sheet.px(tick) - room / 2)
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        label = Label(left, room, text, sheet.tones.grey, "", anchor)
        if not any(left - 9 < sheet.px(value) < label.right + 9 for value in before):
            yield sheet.text(label, 70, tick)


def _limit(sheet: Sheet) -> Iterator[str]:
    """The limit's line, its name where no text of the quarter before stands, or without a name."""
    limit = sheet.reading.limit
    if limit is None:
        return
    yield f'<line x1="{limit:g}%" x2="{limit:g}%" y1="56" y2="78" stroke="{sheet.tones.grey}" {CRISP}/>'
    text, at = sheet.say("limit", limit=sheet.figure(limit)), sheet.px(limit)
    room = wide(text, 12)
    taken = [label for label, _ in _earlier_labels(sheet)]
    beside = [(at - room - 2, "end"), (at - room - 12, "end"), (at + 4, "start"), (at + 14, "start")]
    for left, anchor in beside if sheet.narrow else [(at - room / 2, "middle"), *beside]:
        label = Label(left, room, text, sheet.tones.grey, "", anchor)
        if left >= 0 and label.right <= sheet.width and not any(label.meets(other, 2) for other in taken):
            yield sheet.text(label, 90, limit)
            return


def _diamond(x: float, y: float, half: float, style: str) -> str:
    """A diamond at a percentage of the width: a drawing of its own, because paths know pixels only."""
    d = f"M0 {-half:g}l{half:g} {half:g}l{-half:g} {half:g}l{-half:g} {-half:g}Z"
    return f'<svg x="{x:.2f}%" y="{y:g}" overflow="visible"><path d="{d}" {style}/></svg>'


def _earlier(sheet: Sheet) -> Iterator[str]:
    """The quarter before: hollow marks under the track, their figures where there is room for them."""
    before = sheet.reading.before
    if before is None:
        return
    radius = 3 if sheet.narrow else 4
    for name in HEALTHS:
        value = getattr(before, name)
        hollow = f'fill="{sheet.tones.ground}" stroke="{sheet.colour(name)}" stroke-width="1.5"'
        if value is not None and name == "balance":
            yield _diamond(value, 65, radius + 1.5, hollow)
        elif value is not None:
            yield f'<circle cx="{value:.2f}%" cy="65" r="{radius}" {hollow}/>'
    for label, value in _earlier_labels(sheet):
        yield sheet.text(label, 86 if sheet.narrow else 87, value)


def _earlier_labels(sheet: Sheet) -> list[tuple[Label, float]]:
    """Texts of the quarter before with the health that each belongs to: the balance's first, then what fits."""
    before = sheet.reading.before
    if before is None or not before.known():
        return []
    if sheet.narrow:
        if before.balance is None:
            return []
        text = sheet.say("balance_in", value=sheet.figure(before.balance), when=sheet.reading.when)
        room, at = wide(text, 12), sheet.px(before.balance)
        fits = at + room <= sheet.width
        left, anchor = (at, "start") if fits else (sheet.width - room, "end")
        return [(Label(left, room, text, sheet.tones.grey, "", anchor), before.balance)]
    found: list[tuple[Label, float]] = []
    for name in ("balance", "social", "financial"):
        value = getattr(before, name)
        if value is not None:
            text = sheet.figure(value)
            room = wide(text, 12)
            label = Label(sheet.px(value) - room / 2, room, text, sheet.colour(name), "", "middle")
            if not any(label.meets(other) for other, _ in found):
                found.append((label, value))
    return found + _month(sheet, found)


def _month(sheet: Sheet, figures: list[tuple[Label, float]]) -> list[tuple[Label, float]]:
    """The month's name beside one of its figures, the last one first."""
    text = sheet.say("in", when=sheet.reading.when)
    room = wide(text, 12)
    for figure, value in sorted(figures, key=lambda pair: -pair[1]):
        for left, anchor in ((figure.right + 9, "start"), (figure.left - 9 - room, "end")):
            label = Label(left, room, text, sheet.tones.grey, "", anchor)
            if left >= 0 and label.right <= sheet.width and not any(label.meets(other) for other, _ in figures):
                return [(label, value)]
    return []


def _marks(sheet: Sheet) -> Iterator[str]:
    now, tones = sheet.reading.now, sheet.tones
    if now.financial is not None and now.social is not None:
        low, high = sorted((now.financial, now.social))
        place = f'x1="{low:.2f}%" x2="{high:.2f}%" y1="{TRACK}" y2="{TRACK}"'
        yield f'<line {place} stroke="{tones.ink}" stroke-width="2" {CRISP}/>'
    ring = f'stroke="{tones.ground}" stroke-width="2"'
    for name in ("social", "financial"):
        value = getattr(now, name)
        if value is not None:
            yield f'<circle cx="{value:.2f}%" cy="{TRACK}" r="7" fill="{sheet.colour(name)}" {ring}/>'
    if now.balance is not None:
        yield _diamond(now.balance, TRACK, 10, f'fill="{tones.ink}" {ring}')


def _names(sheet: Sheet) -> Iterator[str]:
    """The names above the track: the balance over its mark, each health on its outer side, none on another."""
    now = sheet.reading.now
    sides = sorted((value, name) for name in ("social", "financial") if (value := getattr(now, name)) is not None)
    placed = [(_side(sheet, name, value, left=place == 0), value) for place, (value, name) in enumerate(sides)]
    line = 37 if sheet.narrow else 34
    if now.balance is not None and not sheet.narrow:
        placed.insert(min(1, len(placed)), (_balance(sheet, now.balance), now.balance))
    elif now.balance is not None:
        (alone,) = packed([_balance(sheet, now.balance)], sheet.width, 0)
        yield sheet.text(alone, 20, now.balance)
    fitted = packed([label for label, _ in placed], sheet.width, 10)
    for label, (_, value) in zip(fitted, placed, strict=True):
        yield sheet.text(label, line, value)
    share, whose = percent(sheet.language, sheet.reading.share / 100, 0), sheet.reading.name
    caption = sheet.say("caption_of", whose=whose, share=share) if whose else sheet.say("caption", share=share)
    name = Label(0, wide(caption, 13), caption, sheet.tones.grey, "font-size:13px")
    if not sheet.narrow and now.balance is not None and not any(name.meets(label, 16) for label in fitted):
        yield sheet.text(name, 34, 0)


def _side(sheet: Sheet, name: str, value: float, left: bool) -> Label:
    word, figure = sheet.say(f"{name}_short" if sheet.narrow else name), sheet.figure(value)
    bold = f'<tspan style="font-weight:600">{figure}</tspan>'
    size, ahead = (13, 6) if sheet.narrow else (14, AHEAD)
    room = wide(f"{word} {figure}", size)
    start = sheet.px(value) - ahead - room if left else sheet.px(value) + ahead
    parts, anchor = (f"{word} {bold}", "end") if left else (f"{bold} {word}", "start")
    return Label(start, room, parts, sheet.colour(name), f"font-size:{size}px", anchor)


def _balance(sheet: Sheet, value: float) -> Label:
    size, small = (20, 13) if sheet.narrow else (22, 14)
    word, figure = sheet.say("balance"), sheet.figure(value)
    room = wide(f"{word} ", small) + wide(figure, size)
    parts = f'<tspan style="font-size:{small}px;font-weight:500">{word} </tspan>{figure}'
    style = f"font-size:{size}px;font-weight:600"
    return Label(sheet.px(value) - room / 2, room, parts, sheet.tones.ink, style, "middle")


def _missing(sheet: Sheet) -> Iterator[str]:
    """A health that is not measured: a hollow dashed mark beside its words, at the end that is free."""
    now = sheet.reading.now
    right = (now.financial or now.social or 0) <= 50
    y = 16.0
    for name in ("social", "financial"):
        if getattr(now, name) is not None:
            continue
        text = sheet.say(f"no_{name}_short" if sheet.narrow else f"no_{name}")
        room = wide(text, 13)
        left = sheet.width - room - 18 if right else 18.0
        label = Label(left, room, text, sheet.colour(name), "font-size:13px", "end" if right else "start")
        dashed = f'fill="none" stroke="{sheet.colour(name)}" stroke-width="1.5" stroke-dasharray="2 2"'
        yield sheet.text(label, y, 100 if right else 0)
        at = f'x="{100 if right else 0}%" y="{y - 4:g}" overflow="visible"'
        yield f'<svg {at}><circle cx="{-6 if right else 6}" cy="0" r="5" {dashed}/></svg>'
        y += 18
