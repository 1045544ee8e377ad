"""The weights in force: every theme with its share of its pillar and of the whole, and what it is made of."""

from collections.abc import Iterator, Sequence

from metrics.catalogue import indicators
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.model import Cell, Column, Table
from metrics.tree import Leaf, Node, parent_of
from metrics.words import catalogue, percent, say

PILLARS = ("financial", "social")


def weights(asked: Asked) -> list[Table]:
    """The table of the weights; its note says whose they are and whether somebody moved them."""
    language = asked.language
    heads = ("pillar", "theme", "of_pillar", "of_balance", "made_of")
    wide = {"made_of": 5.0, "theme": 1.6}
    columns = tuple(
        Column(
            say(language, f"packs.col_{name}"), "number" if name.startswith("of_") else "text", wide.get(name, 1.0)
        )
        for name in heads
    )  # fmt: skip
    rows = tuple(row for pillar in PILLARS for row in _rows(asked, pillar))
    return [Table("weights", say(language, "packs.weights"), columns, rows, _note(asked))] if rows else []


def _rows(asked: Asked, pillar: str) -> Iterator[tuple[Cell, ...]]:
    policy, language = asked.policy, asked.language
    parts: list[Node | Leaf] = [node for node in policy.nodes if node.path and parent_of(node.path) == pillar]
    parts += [leaf for leaf in policy.leaves if parent_of(leaf.path) == pillar]
    total = sum(part.weight for part in parts) or 1.0
    side = (asked.picture.social if pillar == "social" else 100.0 - asked.picture.social) / 100.0
    for part in sorted(parts, key=lambda one: -one.weight):
        share = part.weight / total
        own = [leaf for leaf in policy.leaves if leaf.path.startswith(part.path + "/")]
        title = _short(asked, part) if isinstance(part, Leaf) else _theme(language, part.path)
        yield (
            say(language, f"documents.side_{pillar}"), title, cells.percentage(asked, share),
            cells.percentage(asked, share * side), _made_of(asked, own),
        )  # fmt: skip


def _made_of(asked: Asked, leaves: Sequence[Leaf]) -> str:
    """The indicators of a theme with their shares of it; one alone needs no share."""
    if len(leaves) < 2:
        return ", ".join(_short(asked, leaf) for leaf in leaves)
    total = sum(leaf.weight for leaf in leaves) or 1.0
    language = asked.language
    return ", ".join(f"{_short(asked, leaf)} {percent(language, leaf.weight / total, 0)}" for leaf in leaves)


def _short(asked: Asked, leaf: Leaf) -> str:
    return indicators()[leaf.indicator].text(asked.language, "short")


def _theme(language: str, path: str) -> str:
    last = path.rpartition("/")[2]
    return str(catalogue(language).get(f"themes.{last}", last))


def _note(asked: Asked) -> str:
    """Whose weights they are; a moved social share and themes weighted by hand are said."""
    language, social = asked.language, asked.picture.social
    shares = {"share": percent(language, social / 100, 0), "own": percent(language, asked.own_share / 100, 0)}
    key = "weights_policy" if abs(social - asked.own_share) < 1e-9 else "weights_moved"
    said = say(language, f"documents.{key}", title=asked.weighting, **shares)
    return f"{said} {say(language, 'documents.weights_themes')}" if asked.by_hand else said
