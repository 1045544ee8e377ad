"""What stands small on every printed page: how to read it, its definitions, its weights, what it rests on."""

from collections.abc import Iterator

from metrics import definitions
from metrics.catalogue import Indicator, indicators
from metrics.documents.broken import broken
from metrics.findings import measured, shown
from metrics.picture import Picture
from metrics.tree import parent_of
from metrics.words import catalogue, percent, say

PILLARS = ("financial", "social")
DEFINED = 4  # definitions that there is room for


def limited(picture: Picture) -> bool:
    """Whether any limit is in force."""
    return bool(picture.limits_default or picture.limits_approved)


def name(indicator: Indicator, picture: Picture, language: str) -> str:
    """An indicator's plain name, or its short one where its meaning must stand beside it."""
    plain = definitions.named(indicator, picture.policy.settings, language)
    if plain == indicator.text(language, "plain"):
        return plain
    return definitions.named(indicator, picture.policy.settings, language, "short")


def notes(
    picture: Picture, weighting: str, own_share: float, by_hand: bool, reconstructed: bool, language: str,
    account: str = "",
) -> list[dict[str, str]]:  # fmt: skip
    """How to read the page, its weights, definitions and data: a title, a text, and more where there is room.

    Where there is little room, what more there is to say goes first from the top: the weights keep theirs longest.
    """
    meant = "; ".join([*_definitions(picture, language)][:DEFINED])
    found = [
        ("reading", " ".join(_reading(picture, language)), _lines(picture, language)),
        ("weights", _weighting(picture, weighting, own_share, by_hand, language), _all_themes(picture, language)),
        ("definitions", f"{meant}." if meant else "", ""),
        ("data", _rests(picture, reconstructed, account, language), ""),
    ]
    titled = [(say(language, f"documents.{name}"), text, more) for name, text, more in found if text]
    return [{"title": title, "text": text, "more": more} for title, text, more in titled]


def _rests(picture: Picture, reconstructed: bool, account: str, language: str) -> str:
    """What the page rests on: how much is measured, whose limits, a date that was reconstructed, the account."""
    parts = [
        say(language, "documents.coverage", share=percent(language, picture.coverage, 0)),
        say(language, "documents.limits_count", n=picture.limits_default, approved=picture.limits_approved),
    ]
    if reconstructed:
        parts.append(say(language, "documents.reconstructed"))
    if account:
        parts.append(f"{account[0].upper()}{account[1:]}.")
    return " ".join(parts)


def _reading(picture: Picture, language: str) -> Iterator[str]:
    shares = (percent(language, share / 100, 0) for share in (100 - picture.social, picture.social))
    yield say(language, "documents.read_scale", **dict(zip(PILLARS, shares, strict=True)))
    policy = picture.policy
    if limited(picture):
        ends = {"limit": shown(policy.health_limit), "critical": shown(policy.health_critical)}
        yield say(language, "documents.read_status", **ends)


def _lines(picture: Picture, language: str) -> str:
    """How to read the lines, where they are drawn."""
    drawn = measured(picture) == "both" and len(picture.units) > 1
    return say(language, "documents.read_lines") if drawn else ""


def _definitions(picture: Picture, language: str) -> Iterator[str]:
    """What the figures on the page count, where practice differs."""
    for one in broken(picture):
        indicator = indicators()[one.driver.indicator]
        phrase = definitions.phrase(indicator, picture.policy.settings, language)
        if phrase:
            short = indicator.text(language, "short")
            yield say(language, "documents.read_definition", name=short, phrase=phrase)


def _weighting(picture: Picture, weighting: str, own_share: float, by_hand: bool, language: str) -> str:
    """The weighting and its social share, said where either is not the weighting's own."""
    share, own = (percent(language, value / 100, 0) for value in (picture.social, own_share))
    key = "weights_policy" if abs(picture.social - own_share) < 1e-9 else "weights_moved"
    said = say(language, f"documents.{key}", title=weighting, share=share, own=own)
    return f"{said} {say(language, 'documents.weights_themes')}" if by_hand else said


def _all_themes(picture: Picture, language: str) -> str:
    """The themes of both pillars with their shares."""
    sides = [(say(language, f"documents.side_{pillar}"), [*_themes(picture, pillar, language)]) for pillar in PILLARS]
    said = [say(language, "documents.weights_of", side=side, themes=", ".join(parts)) for side, parts in sides if parts]
    return " ".join(said)


def _themes(picture: Picture, pillar: str, language: str) -> Iterator[str]:
    """The parts of a pillar with their shares of it, the heaviest first."""
    policy = picture.policy
    parts = [(node.path, node.weight) for node in policy.nodes if node.path and parent_of(node.path) == pillar]
    parts += [(leaf.path, leaf.weight) for leaf in policy.leaves if parent_of(leaf.path) == pillar]
    total = sum(weight for _, weight in parts) or 1.0
    for path, weight in sorted(parts, key=lambda part: -part[1]):
        last = path.rpartition("/")[2]
        title = str(catalogue(language).get(f"themes.{last}", last))
        if weight:
            share = percent(language, weight / total, 0)
            yield say(language, "documents.weights_theme", theme=title, share=share)
