"""Which scores of a unit must be told as one, so that nobody reads a figure that is kept back out of them.

A score between goalposts is its figure in other words. So the scores of a whole theme are told as one where a figure of
it is kept back; a theme with that figure alone is told with the lightest theme beside it. Two figures or more of such a
group stay unknown: with one, the group's score and the figures that are shown would tell it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrics.policy import Policy
from metrics.tree import Leaf, Node, parent_of


@dataclass(frozen=True)
class Group:
    """Parts right below one node of the tree, `above`, whose scores are told as one."""

    above: str
    parts: frozenset[str]

    def holds(self, path: str) -> bool:
        """Whether a leaf is one of the parts or stands below one."""
        return any(_within(path, part) for part in self.parts)


@dataclass(frozen=True)
class Scored:
    """The leaves of a unit, by path: those that have a score, those kept back, and the people behind each.

    `short` are the nodes that have no score, as too little below them is measured.
    """

    policy: Policy
    present: frozenset[str]
    hidden: frozenset[str]
    people: Mapping[str, int]
    short: frozenset[str] = frozenset()

    def parts(self, above: str) -> dict[str, float]:
        """What stands right below a node with a weight and a score, with its weight."""
        cells: tuple[Node | Leaf, ...] = (*self.policy.nodes, *self.policy.leaves)
        own = [cell for cell in cells if cell.path and cell.weight > 0 and parent_of(cell.path) == above]
        return {cell.path: cell.weight for cell in own if cell.path not in self.short and self.below(cell.path)}

    def below(self, part: str) -> list[str]:
        """The leaves with a score at or below a part of the tree."""
        return [path for path in self.present if _within(path, part)]

    def fewest(self, paths: Iterable[str]) -> float:
        """The fewest people behind some leaves; infinite where that is known of none."""
        return min((float(self.people[path]) for path in paths if path in self.people), default=float("inf"))


def groups(scored: Scored) -> list[Group]:
    """The groups of a unit, none within another. A figure kept back that no score rests on has none."""
    found: list[Group] = []
    for path in sorted(scored.hidden & scored.present):
        new = _group(scored, path)
        if new is None:
            continue
        same = [one for one in found if one.above == new.above and one.parts & new.parts]
        found = [one for one in found if one not in same]
        found.append(Group(new.above, new.parts.union(*(one.parts for one in same))))
    return [one for one in found if not any(one != other and other.holds(one.above) for other in found)]


def besides(scored: Scored) -> list[str]:
    """The leaves to keep back too: one of each group in which one alone is unknown, that of the fewest people."""
    found = []
    for group in groups(scored):
        inside = [path for path in sorted(scored.present) if group.holds(path)]
        shown = [path for path in inside if path not in scored.hidden]
        if len(inside) - len(shown) == 1 and shown:
            found.append(min(shown, key=lambda path: (scored.fewest([path]), path)))
    return found


def _group(scored: Scored, path: str) -> Group | None:
    """The theme of a leaf; where it stands there alone, its theme and the lightest one beside it, and so on upwards."""
    node = path
    while node:
        above = parent_of(node)
        parts = scored.parts(above)
        if node not in parts:
            return None
        if len(parts) > 1:
            if node == path:
                return Group(above, frozenset(parts))
            return Group(above, frozenset({node, _beside(scored, node, parts)}))
        node = above
    return None


def _beside(scored: Scored, node: str, parts: Mapping[str, float]) -> str:
    """The part to tell a node with: one that keeps a figure back already, else the lightest, of the fewest people."""

    def cost(part: str) -> tuple[bool, float, float, str]:
        below = scored.below(part)
        return not scored.hidden & set(below), parts[part], scored.fewest(below), part

    return min((part for part in parts if part != node), key=cost)


def _within(path: str, part: str) -> bool:
    return path == part or not part or path.startswith(part + "/")
