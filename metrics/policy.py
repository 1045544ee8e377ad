"""Policies: what counts, how much, between which goalposts, with which limits. Frozen; TOML in and out."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from metrics import policy_toml
from metrics.errors import DefinitionError, nearest
from metrics.formula import goalpost_fault
from metrics.policy_toml import SETTINGS, Line, fault, node_place
from metrics.tree import ROOT, Leaf, Node, Tree, completed, parent_of
from metrics.words import catalogue, say

__all__ = ["SETTINGS", "Fixed", "Leaf", "Node", "Policy", "Tree", "load", "names"]

FOLDER = Path(__file__).parent / "policies"
PILLARS = ("financial", "social")
TRANSFORMS = ("linear", "log")
Limits = tuple[Line, Line]
V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class Fixed(Mapping[str, V], Generic[V]):
    """A mapping that cannot change, so that a policy can be compared, hashed and kept in a cache."""

    pairs: tuple[tuple[str, V], ...] = ()

    def __getitem__(self, key: str) -> V:
        return dict(self.pairs)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.pairs))

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self.pairs))


@dataclass(frozen=True)
class Policy:
    """A tree of weighted figures with goalposts, formula and limits.

    Attributes:
        name: short name; the file's without its ending.
        title: what readers see; `title_in` has the shipped ones in every language.
        nodes: combinations, parents before children; parents that are only implied are added with defaults.
        leaves: the figures that count, in the order of the columns of an array of values.
        decimals: of scores as shown on 0..100; ranks are given on these.
        settings: definitions where practice differs; every key of `SETTINGS`.
        limits: amber and red limits by indicator where they differ from the indicator's own.
        health_limit: healths below it need action.
        health_critical: healths below it are critical.
        watch: number of units on the watch list.
        caps: indicators whose red limit makes a unit critical, whatever its healths.

    Raises:
        DefinitionError: a weight below 0, worst = best, a node twice ...; names policy, key and remedy.
    """

    name: str
    title: str
    nodes: tuple[Node, ...]
    leaves: tuple[Leaf, ...]
    decimals: int = 1
    settings: Mapping[str, object] = field(default_factory=Fixed)
    limits: Mapping[str, Limits] = field(default_factory=Fixed)
    health_limit: float = 50.0
    health_critical: float = 35.0
    watch: int = 3
    caps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fixed = {
            "nodes": completed(self.nodes, self.leaves),
            "leaves": tuple(self.leaves),
            "settings": Fixed(tuple({**SETTINGS, **self.settings}.items())),
            "limits": Fixed(tuple(self.limits.items())),
        }
        _check(self)
        for key, value in fixed.items():
            object.__setattr__(self, key, value)

    @classmethod
    def from_toml(cls, text: str, name: str, file: str = "") -> "Policy":
        """A policy from its TOML text; errors name the file, or else the name.

        Raises:
            DefinitionError: names file, key and the nearest valid key.
        """
        file = file or name
        parts = policy_toml.read(text, file)
        if not parts["leaves"]:
            raise fault("policy.no_leaf", file, "node")
        named = parts.pop("name", name)
        return replace(cls(**{"title": named, **parts, "name": file}), name=named)

    def to_toml(self) -> str:
        """The TOML text that reads back as this policy; one cut by `only` or `without` is not for keeping."""
        plain = ("title", "name", "health_limit", "health_critical", "watch", "caps", "nodes", "leaves", "decimals")
        parts: dict[str, Any] = {key: getattr(self, key) for key in plain}
        limits = {
            key: {word: limit for word, limit in (("amber", amber), ("red", red)) if limit is not None}
            for key, (amber, red) in self.limits.items()
        }
        return policy_toml.write({**parts, "settings": dict(self.settings), "limits": limits})

    def title_in(self, language: str) -> str:
        """The title in a language; one that is not shipped stays as its author wrote it."""
        key = f"policy.title_{self.name.partition('@')[0]}"  # a kept version bears its number behind the sign
        return say(language, key) if catalogue("en").get(key) == self.title else self.title

    @property
    def social(self) -> float:
        """The social share: weight of the social pillar over that of both pillars, 0..100.

        Raises:
            DefinitionError: the policy has no two pillars, or neither has weight.
        """
        weights = {part.path: part.weight for part in self._cells()}
        if not all(pillar in weights for pillar in PILLARS):
            raise DefinitionError("policy.no_pillars", file=self.name)
        financial, social = (weights[pillar] for pillar in PILLARS)
        if financial + social == 0:
            raise DefinitionError("policy.no_pillars", file=self.name)
        return 100.0 * social / (financial + social)

    def with_social(self, share: float) -> "Policy":
        """The same policy with another social share, 0..100.

        Raises:
            DefinitionError: the share is not from 0 to 100, or the policy has no two pillars.
        """
        if not 0 <= share <= 100:
            raise fault("policy.bad_share", self.name, "social", share)
        return self.with_theme_weights({"financial": 100.0 - share, "social": float(share)})

    def with_theme_weights(self, weights: Mapping[str, float]) -> "Policy":
        """The same policy with other weights of nodes or leaves, by path.

        Raises:
            DefinitionError: no such path (with the nearest one), or a weight that is not 0 or more.
        """
        self._known(weights)
        nodes = tuple(replace(node, weight=weights.get(node.path, node.weight)) for node in self.nodes)
        leaves = tuple(replace(leaf, weight=weights.get(leaf.path, leaf.weight)) for leaf in self.leaves)
        return replace(self, nodes=nodes, leaves=leaves)

    def only(self, paths: Iterable[str]) -> "Policy":
        """The same policy cut to these leaves and nodes, for units where the others have no meaning.

        Coverage then counts what is left. A node that loses all its leaves goes, but the first level stays:
        a missing pillar must be missing, not leave the balance to the other one.
        """
        kept = set(paths)
        self._known(kept)
        return self._cut([leaf for leaf in self.leaves if _inside(leaf.path, kept)])

    def without(self, paths: Iterable[str]) -> "Policy":
        """The same policy less these leaves and nodes; see `only`."""
        dropped = set(paths)
        self._known(dropped)
        return self._cut([leaf for leaf in self.leaves if not _inside(leaf.path, dropped)])

    def resolve(self, goalposts: Mapping[str, tuple[float, ...]]) -> "Policy":
        """The same policy with the goalposts of its indicators where it has none of its own.

        Args:
            goalposts: by indicator, every indicator that exists.

        Raises:
            DefinitionError: a leaf or a limit names no indicator, or an indicator is scored twice.
        """
        seen: set[str] = set()
        for leaf in self.leaves:
            if leaf.indicator not in goalposts:
                near = nearest(leaf.indicator, goalposts)
                raise fault("policy.no_indicator", self.name, node_place(leaf.path), leaf.indicator, near)
            if leaf.indicator in seen:
                raise fault("policy.twice", self.name, node_place(leaf.path), leaf.indicator)
            seen.add(leaf.indicator)
        named = [(f"limits.{name}", name, goalposts) for name in self.limits]
        for place, name, known in [*named, *(("caps", name, seen) for name in self.caps)]:  # only what is scored caps
            if name not in known:
                raise fault("policy.no_indicator", self.name, place, name, nearest(name, known))
        own = (leaf.goalposts or goalposts[leaf.indicator] for leaf in self.leaves)
        filled = (replace(leaf, goalposts=posts) for leaf, posts in zip(self.leaves, own, strict=True))
        return replace(self, leaves=tuple(filled))

    def tree(self) -> Tree:
        """The policy as arrays."""
        return Tree.of(self.nodes, self.leaves)

    def _cells(self) -> tuple[Node | Leaf, ...]:
        return (*self.nodes, *self.leaves)

    def _known(self, paths: Iterable[str]) -> None:
        known = {part.path for part in self._cells()}
        for path in paths:
            if path not in known:
                raise fault("policy.no_path", self.name, node_place(path), path, nearest(path, known))

    def _cut(self, leaves: list[Leaf]) -> "Policy":
        used = {node.path for node in completed((), leaves)}
        nodes = [node for node in self.nodes if node.path in used or "/" not in node.path]
        return replace(self, nodes=tuple(nodes), leaves=tuple(leaves))


def _inside(path: str, paths: set[str]) -> bool:
    return path in paths or (path != ROOT and _inside(parent_of(path), paths))


def _check(policy: Policy) -> None:
    _check_paths(policy)
    for cell in policy._cells():
        if not (math.isfinite(cell.weight) and cell.weight >= 0):
            raise fault("policy.bad_weight", policy.name, node_place(cell.path, "weight"), cell.weight)
    for node in policy.nodes:
        _check_node(policy.name, node)
    for leaf in policy.leaves:
        _check_leaf(policy.name, leaf)
    if not 0 <= policy.decimals <= 6:
        raise fault("policy.bad_decimals", policy.name, node_place(ROOT, "decimals"), policy.decimals)
    if not 0 <= policy.health_critical <= policy.health_limit <= 100:
        raise fault("policy.bad_health", policy.name, "health_limit", policy.health_limit)
    if policy.watch < 1:
        raise fault("policy.bad_watch", policy.name, "watch", policy.watch)


def _check_paths(policy: Policy) -> None:
    above = {node.path for node in completed((), policy.leaves)}
    seen: set[str] = set()
    for path in [part.path for part in policy._cells()]:
        if path != ROOT and not all(part.strip() for part in path.split("/")):
            raise fault("policy.bad_path", policy.name, node_place(path), path)
        if path in seen:
            raise fault("policy.node_twice", policy.name, node_place(path), path)
        seen.add(path)
    for leaf in policy.leaves:
        if leaf.path in above:
            raise fault("policy.leaf_key_on_node", policy.name, node_place(leaf.path))


def _check_node(file: str, node: Node) -> None:
    if node.path == ROOT and node.weight != 1:
        raise fault("policy.root_weight", file, node_place(ROOT, "weight"), node.weight)
    if math.isnan(node.exponent):
        raise fault("policy.not_exponent", file, node_place(node.path, "exponent"), node.exponent)
    if not 0 <= node.epsilon < 1:
        raise fault("policy.bad_epsilon", file, node_place(node.path, "epsilon"), node.epsilon)
    if not 0 <= node.coverage <= 1:
        raise fault("policy.bad_coverage", file, node_place(node.path, "coverage"), node.coverage)


def _check_leaf(file: str, leaf: Leaf) -> None:
    if leaf.transform not in TRANSFORMS:
        near = nearest(leaf.transform, TRANSFORMS)
        raise fault("policy.not_transform", file, node_place(leaf.path, "transform"), leaf.transform, near)
    wrong = goalpost_fault(leaf.goalposts, leaf.transform) if leaf.goalposts else ""
    if wrong:
        raise fault(wrong, file, node_place(leaf.path, "goalposts"), list(leaf.goalposts))


def names() -> list[str]:
    """The shipped policies."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name_or_path: str | Path) -> Policy:
    """A shipped policy by name, or one from a file.

    Raises:
        DefinitionError: no such policy or file, or a wrong one.
    """
    if str(name_or_path) in names():
        return _shipped(str(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        name, known = str(name_or_path), names()
        near = nearest(name, known)
        raise DefinitionError("policy.no_policy", name=name, known=", ".join(known), nearest=near)
    return _from_file(path)


@cache
def _shipped(name: str) -> Policy:
    return _from_file(FOLDER / f"{name}.toml")


def _from_file(path: Path) -> Policy:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError("policy.no_text", file=path.name) from error
    return Policy.from_toml(text, path.stem, path.name)
