"""The board page: one page that a board reads on paper, from the same picture as the Overview and Trade-offs."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from metrics import findings
from metrics.catalogue import indicators
from metrics.charts.lines import Order, frame, lines, order
from metrics.charts.lines_plot import HEIGHT, WIDTH, shortened
from metrics.charts.strip import Healths, Reading, described, strip
from metrics.charts.tones import LIGHT
from metrics.documents import notes
from metrics.documents.broken import Broken, broken
from metrics.documents.document import Document, drawing, parted, plain, sized
from metrics.figures import figure
from metrics.findings import shown
from metrics.picture import Picture, Unit
from metrics.words import date, month, percent, say

MOST = 7  # limits on the page
LONGEST = 36  # letters of a name in a sentence or a cell
BRIEF = 24  # of one in the narrow cell
NAMED = 5  # of the watch list that are named
CELL = 14  # letters that a narrow cell holds on one line
STRIP = (1016.0, 96.0)  # pixels, a pixel being three quarters of a point
FULLEST = 280  # letters of the decision asked


@dataclass(frozen=True)
class Asked:
    """What a board page says beside its picture.

    Attributes:
        weighting: title of the weighting, with the number of a kept version.
        own_share: the weighting's own social share, where the picture may have another.
        decision: what the board is asked to decide; empty prints lines to write on.
        institution: whose page it is, in words where there are several.
        part: the part of it that filters leave; empty for the whole.
        sample: whether these are the sample's figures.
        by_hand: whether themes are weighted by hand.
        reconstructed: whether the date is wholly or partly reconstructed.
        since: first date of each limit's breach, as `broken.since` gives it.
        account: number, seal and day of the account of everything that the page rests on; empty for the sample.
    """

    weighting: str
    own_share: float
    decision: str = ""
    institution: str = ""
    part: str = ""
    sample: bool = False
    by_hand: bool = False
    reconstructed: bool = False
    since: Mapping[tuple[str, str], datetime.date] = field(default_factory=dict)
    account: str = ""


def board(picture: Picture, asked: Asked, language: str) -> Document:
    """The board page of a picture, on one A4 page in landscape."""
    picture = _readable(picture)
    drawings: dict[str, str] = {}
    day, institution = date(language, picture.as_of), plain(asked.institution or picture.institution_name)
    content: dict[str, object] = {
        "institution": shortened(institution, 60),
        "part": say(language, "documents.part", part=shortened(asked.part, 60)) if asked.part else "",
        "kind": say(language, "documents.board_page"),
        "as_of": say(language, "documents.as_of", date=day),
        "sample": say(language, "documents.sample") if asked.sample else "",
        "headline": findings.headline(picture, language),
        "second": findings.second_line(picture, language),
        "strip": _strip(picture, asked.part, language, drawings),
        "balance": _balance(picture, language, drawings),
        "limits": _limits(picture, asked, language),
        "decision": {
            "title": say(language, "documents.decision"),
            "text": " ".join(plain(asked.decision).split())[:FULLEST],
            "blank": say(language, "documents.decision_blank"),
        },
        "notes": notes.notes(
            picture, asked.weighting, asked.own_share, asked.by_hand, asked.reconstructed, language, asked.account
        ),
    }
    title = say(language, "documents.board_title", institution=institution, date=day)
    return Document("board", title, language, institution, content, drawings, told(content))


def _readable(picture: Picture) -> Picture:
    """The picture with every name as paper and a drawing can show it."""

    def named(unit: Unit) -> Unit:
        return replace(unit, name=shortened(plain(unit.name), LONGEST))

    return replace(picture, units=tuple(map(named, picture.units)), whole=named(picture.whole))


def _strip(picture: Picture, part: str, language: str, drawings: dict[str, str]) -> str:
    """Draws the balance strip of the whole, or of the one unit; returns it in words, empty where there is none."""
    whole, before = findings.subject(picture), picture.before_period
    if whole.financial is None and whole.social is None:
        return ""
    reading = Reading(
        now=Healths(whole.financial, whole.social, whole.balance),
        before=Healths(*whole.before) if whole.before and before else None,
        when=month(language, before, year=False) if before else "",
        share=picture.social,
        limit=picture.policy.health_limit if notes.limited(picture) else None,
        name=whole.name if len(picture.units) == 1 else shortened(plain(part), LONGEST),
    )
    drawings["strip"] = sized(strip(reading, language, LIGHT, STRIP[0]), *STRIP)
    return described(reading, language)


def _balance(picture: Picture, language: str, drawings: dict[str, str]) -> dict[str, object]:
    """Draws the weight lines; returns their finding, or the sentence that stands in their place."""
    state, found = findings.measured(picture), order(picture)
    if state != "both" or not found.units:
        key = f"finding_no_{'social' if state == 'financial' else 'financial'}"
        known = state in ("financial", "social")
        text = say(language, f"component.{key}" if known else "component.finding_nothing")
        return {"title": say(language, "documents.no_lines"), "text": text, "drawn": False}
    drawings["lines"] = drawing(lines(frame(picture, found), picture, found, language, LIGHT))
    title, text = finding(picture, found, language)
    size = {"width": WIDTH * 0.75, "height": HEIGHT * 0.75}
    return {"title": title, "text": text, "drawn": True, "alt": f"{title} {text}".strip(), **size}


def finding(picture: Picture, found: Order, language: str) -> tuple[str, str]:
    """Who leads and how long, and who stands on the watch list and how long."""
    if len(found.units) == 1:
        ends = {"from": _whole(found.units[0].financial), "to": _whole(found.units[0].social)}
        key = "finding_one" if picture.by == "branch" else "finding_one_unit"
        return say(language, f"component.{key}", **ends), ""
    watched = found.watched()
    if not watched:
        return _leading(found, language), say(language, "component.finding_all_watched", n=len(found.units))
    names = _some([f"{unit.name} {_written(unit, language)}" for unit in watched], NAMED, language)
    low, high = _ends(found.watch.low, found.watch.high, language) if found.watch else ("", "")
    always = found.watch is not None and (found.watch.low, found.watch.high) == (0.0, 100.0)
    held = "watch_always" if always else "watch_range"
    span = say(language, f"documents.{held}", n=len(watched), low=low, high=high)
    last = _whole(watched[-1].balance)
    others = [unit.name for unit in found.units if unit not in watched and _whole(unit.balance) == last]
    key = "watch_shared" if others else "watch"
    return _leading(found, language), say(
        language, f"documents.{key}", names=names, range=span, others=_some(others, 2, language)
    )


def _some(names: Sequence[str], most: int, language: str) -> str:
    """Names in a row: all of them, or the first and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return say(language, "documents.and_more", names=", ".join(names[:most]), n=len(names) - most)


def _leading(found: Order, language: str) -> str:
    """Who leads and how long; a tie is said as a tie."""
    first, best = found.first(), found.leader
    assert first is not None and best is not None, "two units or more"
    level = [unit for unit in found.units if _whole(unit.balance) == _whole(first.balance)]
    low, high = _ends(best.low, best.high, language)
    if len(level) > 1:
        names = _some([unit.name for unit in level], 3, language)
        said = {"names": names, "value": _written(first, language), "name": first.name, "low": low, "high": high}
        return say(language, "documents.lead_shared", **said)
    if (best.low, best.high) == (0.0, 100.0):
        return say(language, "documents.lead_always", name=first.name)
    return say(language, "documents.lead_from", name=first.name, low=low, high=high)


def _ends(low: float, high: float, language: str) -> tuple[str, str]:
    return percent(language, low / 100, 0), percent(language, high / 100, 0)


def _whole(health: float | None) -> int:
    return -1 if health is None else shown(health)


def _written(unit: Unit, language: str) -> str:
    return findings.health_text(language, unit.balance)


def _limits(picture: Picture, asked: Asked, language: str) -> dict[str, object]:
    """The limits that are passed, at most seven, or the sentence that stands in their place."""
    found = broken(picture)
    if findings.measured(picture) == "too_few":
        kind = "short"
    elif not notes.limited(picture):
        kind = "unset"
    elif not found:
        kind = "none"
    else:
        more = [say(language, "documents.limits_others")] if any(one.others for one in found[:MOST]) else []
        more += [say(language, "documents.limits_more", n=len(found) - MOST)] if len(found) > MOST else []
        heads = ("limit_name", "where", "value", "limit", "since", "status")
        return {
            "title": say(language, "documents.limits_passed", n=len(found)),
            "heads": [say(language, f"documents.col_{name}") for name in heads],
            "rows": [_row(one, picture, asked, language) for one in found[:MOST]],
            "text": " ".join(more),
        }
    title, text = (say(language, f"documents.limits_{kind}{end}") for end in ("", "_text"))
    return {"title": title, "text": text, "rows": [], "heads": []}


def _row(one: Broken, picture: Picture, asked: Asked, language: str) -> dict[str, str]:
    indicator, driver = indicators()[one.driver.indicator], one.driver
    begun = asked.since.get((one.unit.id, driver.indicator))
    where = shortened(one.unit.name, BRIEF)
    where = say(language, "documents.where_more", name=where, n=one.others) if one.others else where
    return {
        "name": notes.name(indicator, picture, language),
        "where": parted(where, CELL),
        "value": figure(language, indicator, driver.value, picture.currency),
        "limit": figure(language, indicator, driver.limit, picture.currency),
        "since": _since(begun, picture, language),
        "level": driver.level,
        "status": say(language, f"documents.level_{driver.level}"),
    }


def _since(begun: datetime.date | None, picture: Picture, language: str) -> str:
    """The month in which a breach began; where it stood at the first date of the data, that month or before."""
    if begun is None:
        return "–"
    key = "since_before" if begun == picture.periods[0] else "since_month"
    return say(language, f"documents.{key}", month=month(language, begun))


def told(content: Mapping[str, object]) -> str:
    """Everything that stands on the page, in the order in which it is read."""
    parts: list[str] = []

    def tell(value: object) -> None:
        if isinstance(value, str) and value:
            parts.append(value)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if key not in ("level", "alt", "blank", "heads"):
                    tell(inner)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for inner in value:
                tell(inner)

    tell(content)
    return "\n".join(parts)
