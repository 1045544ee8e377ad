"""Indicators of one's own in a policy: how much one counts when it comes in, and the policy without it."""

from dataclasses import replace
from pathlib import Path

from metrics import access, activity, own, versions
from metrics.activity import Event
from metrics.errors import EvenkeelError
from metrics.own import THEME, Own
from metrics.policy import Fixed, Policy
from metrics.store import Cursor, Store
from metrics.tree import Leaf, Node, parent_of
from metrics.words import say


def base(cursor: Cursor, name: str | None = None) -> tuple[str, Policy]:
    """The policy that a new indicator comes into, with all that is in force written into it, after its full name.

    Args:
        name: of a policy; None for the newest version of the one in use.
    """
    if name is None:
        title = (versions.in_use(cursor) or versions.DEFAULT).partition("@")[0]
        name = next((one.name for one in versions.versions(cursor) if one.policy == title), title)
    return name, versions.completed(cursor, versions.load(cursor, name))


def added(policy: Policy, one: Own) -> Policy:
    """The policy with an indicator of one's own, which counts as much as its pillar's average leaf does.

    The leaves of one's own stand in a theme of their own. Its weight among the pillar's themes grows with each leaf by
    the mean weight that a leaf has there: the weights of the other themes over the number of their leaves.
    """
    if any(leaf.indicator == one.id for leaf in policy.leaves):
        return policy
    theme = f"{one.pillar}/{THEME}"
    inside = [leaf for leaf in policy.leaves if parent_of(leaf.path) == theme]
    leaves = (*policy.leaves, Leaf(one.path, 1.0, one.goalposts))
    weight = _weight(policy, theme) / len(inside) if inside else _average(policy, one.pillar)
    return _with_theme(replace(policy, leaves=leaves), theme, weight * (len(inside) + 1))


def removed(policy: Policy, one: Own) -> Policy:
    """The policy without an indicator of one's own; the others of its theme count as before."""
    theme = f"{one.pillar}/{THEME}"
    inside = [leaf for leaf in policy.leaves if parent_of(leaf.path) == theme]
    left = policy.without([leaf.path for leaf in policy.leaves if leaf.indicator == one.id])
    left = replace(left, limits=Fixed(tuple((k, v) for k, v in left.limits.items() if k != one.id)))
    if len(inside) < 2:
        return left
    return _with_theme(left, theme, _weight(policy, theme) * (len(inside) - 1) / len(inside))


def _average(policy: Policy, pillar: str) -> float:
    """The weight of a pillar's themes over the number of their leaves that count; 1 where it has none."""
    cells: tuple[Node | Leaf, ...] = (*policy.nodes, *policy.leaves)
    themes = [cell for cell in cells if cell.path and parent_of(cell.path) == pillar]
    leaves = [leaf for leaf in policy.leaves if leaf.path.startswith(f"{pillar}/") and leaf.weight > 0]
    total = sum(cell.weight for cell in themes)
    return total / len(leaves) if leaves and total else 1.0


def _weight(policy: Policy, path: str) -> float:
    return next(node.weight for node in policy.nodes if node.path == path)


def _with_theme(policy: Policy, theme: str, weight: float) -> Policy:
    """The policy with a theme's weight; a new theme combines its leaves as its sibling themes do theirs."""
    if all(node.path != theme for node in policy.nodes):
        like = next((node for node in policy.nodes if parent_of(node.path) == parent_of(theme)), Node(theme))
        policy = replace(policy, nodes=(*policy.nodes, replace(like, path=theme)))
    nodes = tuple(replace(node, weight=weight) if node.path == theme else node for node in policy.nodes)
    return replace(policy, nodes=nodes)


def keep(cursor: Cursor, one: Own, who: str, name: str | None = None) -> str:
    """Keep the policy with an indicator of one's own as a new version, within a transaction; returns its name.

    A policy that counts it already is left as it is, and its own name is returned.
    """
    named, before = base(cursor, name)
    after = added(before, one)
    if after is before:
        return named
    return versions.keep(cursor, after, who, say("en", "own.version_in", title=one.title))


def count(store: Store, one: Own, who: str, name: str | None = None) -> str:
    """Keep a policy with an indicator of one's own as a new version; returns its name."""
    access.need("policy")
    made: list[str] = []
    store.write(lambda cursor: made.append(keep(cursor, one, who, name)))
    return made[0]


def watch(store: Store, one: Own, who: str, name: str | None = None) -> str:
    """Keep a policy without an indicator of one's own, which is then watched only; returns the new version's name."""
    access.need("policy")
    made: list[str] = []
    store.write(lambda cursor: made.append(_keep_without(cursor, one, who, name)))
    return made[0]


def _keep_without(cursor: Cursor, one: Own, who: str, name: str | None) -> str:
    """Keep the policy without it, unless it does not count it; returns the name of the one without."""
    named, before = base(cursor, name)
    if all(leaf.indicator != one.id for leaf in before.leaves):
        return named
    return versions.keep(cursor, removed(before, one), who, say("en", "own.version_out", title=one.title))


def withdraw(store: Store, data: Path, one: Own, who: str, name: str | None = None) -> str | None:
    """Take an indicator of one's own out of the catalogue and out of a policy, both or neither.

    Its file is kept among the withdrawn ones, its reported values stay in their batches. Versions of policies that
    were kept before leave it out from now on.

    Args:
        name: of the policy that is kept without it as a new version; None for the one in use.

    Returns:
        The new version's name; None where the policy did not count it.
    """
    access.need("policy")
    made: list[str] = []

    def change(cursor: Cursor) -> None:
        before, _ = base(cursor, name)
        after = _keep_without(cursor, one, who, before)
        made.extend([after] if after != before else [])
        activity.add(cursor, Event("indicator", one.id, own.told(one), None), who)
        moved.extend(own.withdraw(one, data))

    moved: list[Path] = []
    try:
        store.write(change)
    except BaseException as error:
        if moved:
            moved[1].replace(moved[0])
        if isinstance(error, FileNotFoundError):
            raise EvenkeelError("own.gone", title=one.title) from error
        raise
    return made[0] if made else None
