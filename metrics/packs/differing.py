"""What changed between two packs: figures by their names, sections, texts, what they rest on, and definitions.

Two packs of one date differ where figures were restated; of two dates, each pack's own figures are compared, and what
both say of a same earlier date must be equal, or it was restated too.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metrics.packs.model import Block, Chart, Figures, Live, Number, Pack, Section, Table, Text
from metrics.packs.refs import parsed
from metrics.words import NARROW_SPACE, number, say

CLOSE = 1e-9  # relative; less is how machines add
WHYS = ("restated", "definition", "weights", "part", "time")
WEIGHED = ("health", "rank")  # units of figures that weights make


@dataclass(frozen=True)
class Moved:
    """A figure that differs: section and name as the later pack calls them; `change` is in the figure's own unit.

    `why` is what is known of the reason: time (of two dates), part (of other units or products), definition, weights,
    or restated: the same figure of the same date, and the data say something else. `change` is None where either is
    missing or kept back.
    """

    section: str
    name: str
    before: Number
    after: Number
    change: float | None
    why: str


@dataclass(frozen=True)
class Differences:
    """What changed from one pack to another; empty where nothing did.

    Attributes:
        same_date, same_language: texts of two languages are not compared.
        numbers: those restated first, then in the order of the later pack.
        added, left_out: titles of sections.
        texts: (section, before, after) of findings and paragraphs; what is only in one has an empty text beside it.
        basis: (name, before, after) of what the packs rest on: date, weights, social share, threshold, data.
        weights: (path or title, before, after) of shares in percent of the one above.
        definitions: (indicator, before, after) of the settings in force; empty texts where it is new or gone.
    """

    same_date: bool
    same_language: bool
    numbers: tuple[Moved, ...] = ()
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    texts: tuple[tuple[str, str, str], ...] = ()
    basis: tuple[tuple[str, str, str], ...] = ()
    weights: tuple[tuple[str, float | None, float | None], ...] = ()
    definitions: tuple[tuple[str, str, str], ...] = ()

    @property
    def restated(self) -> tuple[Moved, ...]:
        """The figures of which the earlier pack said something else for the same date."""
        return tuple(one for one in self.numbers if one.why == "restated")


def differences(one: Pack, other: Pack) -> Differences:
    """What changed from one pack to the other.

    Args:
        one: the earlier.
        other: the later; its words name what changed.
    """
    same = one.language == other.language
    before, after = ({section.id: section for section in pack.sections} for pack in (one, other))
    both = [name for name in after if name in before]
    weights = _differing(_weights(one), _weights(other))
    return Differences(
        same_date=one.as_of == other.as_of,
        same_language=same,
        numbers=_numbers(one, other, bool(weights)),
        added=tuple(section.title for name, section in after.items() if name not in before),
        left_out=tuple(section.title for name, section in before.items() if name not in after),
        texts=tuple(row for name in both for row in _texts(before[name], after[name])) if same else (),
        basis=_basis(one, other) if same else (),
        weights=weights,
        definitions=_definitions(one, other) if same else (),
    )


@dataclass(frozen=True)
class Named:
    """A figure where it stands first in a pack."""

    section: str
    name: str
    number: Number


def _numbers(one: Pack, other: Pack, reweighed: bool) -> tuple[Moved, ...]:
    """Figures of one date by their whole names, and each pack's own of two dates by name without the date."""
    before, after = _named(one), _named(other)
    elsewhere, redefined = _part(one) != _part(other), _redefined(one, other)

    def why(name: str, now: Number) -> str:
        if elsewhere:
            return "part"
        if parsed(name)[0] in redefined:
            return "definition"
        return "weights" if reweighed and now.unit in WEIGHED else "restated"

    found = [_moved(before[name], after[name], why(name, after[name].number)) for name in after if name in before]
    if one.as_of != other.as_of:
        then, now = _own(before, one.as_of), _own(after, other.as_of)
        found += [_moved(then[name], now[name], "time") for name in now if name in then]
    told = [moved for moved in found if moved is not None]
    return tuple(sorted(told, key=lambda moved: moved.why != "restated"))


def _part(pack: Pack) -> str:
    """What the pack is of, where it is not of the whole."""
    text = dict(pack.basis).get(pack.words.get("basis_part", ""), "")
    return "" if text == pack.words.get("whole", "") else text


def _redefined(one: Pack, other: Pack) -> set[str]:
    """The indicators that both define otherwise; of two languages nothing is known."""
    before = {found.id: found.settings for found in one.definitions}
    same = one.language == other.language
    return {now.id for now in other.definitions if same and before.get(now.id, now.settings) != now.settings}


def _named(pack: Pack) -> dict[str, Named]:
    """Every figure that has a name, once."""
    found: dict[str, Named] = {}
    for section in pack.sections:
        for block in section.blocks:
            for label, shown in _labelled(block):
                if shown.ref and shown.ref not in found:
                    found[shown.ref] = Named(section.title, label, shown)
    return found


def _labelled(block: Block) -> Iterator[tuple[str, Number]]:
    """The figures of a block, each with the first text of its row and what its column says."""
    if isinstance(block, Figures):
        yield from ((label, shown) for label, shown, _ in block.items)
    elif isinstance(block, (Table, Chart)):
        table = block.table if isinstance(block, Chart) else block
        for row in table.rows:
            head = row[0] if row and isinstance(row[0], str) else ""
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell, Number):
                    yield " · ".join(part for part in (head, column.title) if part), cell


def _own(found: Mapping[str, Named], day: str) -> dict[tuple[object, ...], Named]:
    """The figures of the pack's own date, by what they are and whose."""
    parts = {name: parsed(name) for name in found}
    return {(what, *place): found[name] for name, (what, when, place) in parts.items() if when == day}


def _moved(before: Named, after: Named, why: str) -> Moved | None:
    was, now = before.number, after.number
    if was.value is None or now.value is None:
        if (was.value is None) == (now.value is None) and was.hidden == now.hidden:
            return None
        return Moved(after.section, after.name, was, now, None, why)
    if math.isclose(was.value, now.value, rel_tol=CLOSE, abs_tol=CLOSE):
        return None
    return Moved(after.section, after.name, was, now, now.value - was.value, why)


def _texts(before: Section, after: Section) -> Iterator[tuple[str, str, str]]:
    """Findings that differ; then paragraphs that are only in one, kind by kind beside each other."""
    if before.message != after.message:
        yield after.title, before.message, after.message
    gone = _paragraphs(before)
    come = _paragraphs(after)
    for kind in dict.fromkeys(name for name, _ in (*gone, *come)):
        was = [text for name, text in gone if name == kind and (name, text) not in come]
        now = [text for name, text in come if name == kind and (name, text) not in gone]
        for place in range(max(len(was), len(now))):
            yield after.title, was[place] if place < len(was) else "", now[place] if place < len(now) else ""


def _paragraphs(section: Section) -> list[tuple[str, str]]:
    said = [block for block in section.blocks if isinstance(block, Text)]
    return [(block.kind, f"{block.text} ({block.by})" if block.by else block.text) for block in said]


def _basis(one: Pack, other: Pack) -> tuple[tuple[str, str, str], ...]:
    before, after = dict(one.basis), dict(other.basis)
    rows = [("", one.title, other.title)] if one.title != other.title else []
    names = dict.fromkeys([*before, *after])
    rows += [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return tuple(row for row in rows if row[0] and row[1] != row[2])


def _weights(pack: Pack) -> dict[str, tuple[str, float]]:
    """Title and share (0..100) of every part of the balance, by its path; nothing where the pack has none."""
    live = next((b for section in pack.sections for b in section.blocks if isinstance(b, Live)), None)
    if live is None:
        return {}
    parts = [part for part in (*live.data["nodes"], *live.data["leaves"]) if part["path"]]
    sums: dict[str, float] = {}
    for part in parts:
        above = part["path"].rpartition("/")[0]
        sums[above] = sums.get(above, 0.0) + float(part["weight"])
    return {
        part["path"]: (part["title"], 100 * float(part["weight"]) / sums[part["path"].rpartition("/")[0]])
        for part in parts
        if sums[part["path"].rpartition("/")[0]]
    }


def _differing(
    before: Mapping[str, tuple[str, float]], after: Mapping[str, tuple[str, float]]
) -> tuple[tuple[str, float | None, float | None], ...]:
    found = []
    for path in dict.fromkeys([*after, *before]) if before and after else ():
        was, now = before.get(path), after.get(path)
        if was is None or now is None or not math.isclose(was[1], now[1], abs_tol=1e-6):
            title = (now or was or ("", 0.0))[0]
            found.append((title, was[1] if was else None, now[1] if now else None))
    return tuple(found)


def _definitions(one: Pack, other: Pack) -> tuple[tuple[str, str, str], ...]:
    """Indicators that both packs show and define otherwise."""
    before = {found.id: found for found in one.definitions}
    rows = []
    for now in other.definitions:
        was = before.get(now.id)
        told = [] if was is None else [(was.title, now.title), (was.settings, now.settings), (was.summary, now.summary)]
        told += [] if was is None else [(was.limits, now.limits)]
        rows += [(now.title, old, new) for old, new in told if old != new]
    return tuple(rows)


def change_text(language: str, moved: Moved) -> str:
    """The change with its sign, in points where the figure is a share: +2.1 points; empty where there is none."""
    if moved.change is None:
        return ""
    size, unit = moved.change, moved.after.unit
    if unit in ("%", "points"):
        size, unit = size * 100, "health"
    if unit == "health":
        return say(language, "packs.diff_points", n=round(abs(size), 1), number=_signed(language, size, 1))
    return _signed(language, size, 2 if unit == "ratio" else 0 if abs(size) >= 10 or size == round(size) else 1)


def _signed(language: str, size: float, decimals: int) -> str:
    rounded = round(size, decimals) + 0.0
    if not rounded:  # smaller than what is written: said so, not as nothing
        return "<" + NARROW_SPACE + number(language, 10.0**-decimals, decimals)
    sign = "+" if rounded > 0 else "−"
    return sign + number(language, abs(rounded), 0 if rounded == round(rounded) else decimals)


def sentences(language: str, found: Differences) -> list[str]:
    """What changed, in words: how many figures, and of them restated, sections, texts, weights, definitions."""
    kinds = Counter(moved.why for moved in found.numbers)
    said = [say(language, f"packs.diff_{why}", n=kinds[why]) for why in WHYS if kinds[why]]
    if found.added:
        said.append(say(language, "packs.diff_added", n=len(found.added), titles=", ".join(found.added)))
    if found.left_out:
        said.append(say(language, "packs.diff_left_out", n=len(found.left_out), titles=", ".join(found.left_out)))
    if found.weights:
        said.append(say(language, "packs.diff_reweighed", n=len(found.weights)))
    if found.definitions:
        said.append(say(language, "packs.diff_definitions", n=len({row[0] for row in found.definitions})))
    if found.texts:
        said.append(say(language, "packs.diff_texts", n=len(found.texts)))
    if not found.same_language:
        said.append(say(language, "packs.diff_languages"))
    nothing = not (said or found.basis or found.numbers)
    return [say(language, "packs.diff_none")] if nothing else said
