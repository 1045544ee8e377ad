"""Two weightings side by side: only what differs between them, and what that does to ranks and colours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from metrics import catalogue, definitions
from metrics.figures import figure
from metrics.policy import Limits, Policy
from metrics.policy_toml import Line
from metrics.standing import Result, Standing
from metrics.tree import Leaf, Node, parent_of
from metrics.words import number, percent, say

SAME = 1e-9
ORDER = ("share", "weight", "goalposts", "limits", "exponent", "coverage", "health", "definition", "other")


@dataclass(frozen=True)
class Difference:
    """One thing that differs: its kind (one of `ORDER`), its name, and both values, in words of the reader's."""

    kind: str
    name: str
    before: str
    after: str

    def text(self, language: str) -> str:
        """The difference as a line: Social share: 50 % → 60 %."""
        return say(language, "compare.line", name=self.name, before=self.before, after=self.after)


@dataclass(frozen=True)
class Slope:
    """One unit in two results; a rank is None where it has none, a status empty where the unit is not there."""

    id: str
    name: str
    rank: tuple[int | None, int | None]
    status: tuple[str, str]
    balance: tuple[float | None, float | None]

    @property
    def recoloured(self) -> bool:
        """Whether its status changes."""
        return self.status[0] != self.status[1]

    @property
    def moved(self) -> bool:
        """Whether its rank changes."""
        return self.rank[0] != self.rank[1]


def differences(one: Policy, other: Policy, language: str, currency: str = "") -> list[Difference]:
    """Everything in which two policies differ, weights first; equal ones have none.

    Weights are compared as the share that each has beside its siblings, so that 1 and 1 is the same as 50 and 50.

    Args:
        one: complete with its goalposts and limits.
        other: likewise.
        language: of the names and values.
        currency: of limits that are amounts.
    """
    known = catalogue.indicators()
    found = [*_weights(one, other, language), *_nodes(one, other, language)]
    leaves = [{leaf.indicator: leaf for leaf in policy.leaves} for policy in (one, other)]
    for name in dict.fromkeys([*leaves[0], *leaves[1], *one.limits, *other.limits]):
        title = known[name].text(language, "title") if name in known else name

        def line(given: Line, name: str = name) -> str:
            return _line(language, name, given, currency)

        found += _posts([leaf.get(name) for leaf in leaves], title, language, line)
        found += _limits([policy.limits.get(name, (None, None)) for policy in (one, other)], title, language, line)
    found += [*_health(one, other, language), *_caps(one, other, language)]
    found += _settings(one.settings, other.settings, language)
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def _line(language: str, name: str, given: Line, currency: str) -> str:
    if given is None:
        return say(language, "compare.none")
    if isinstance(given, tuple):
        low, high = (_line(language, name, end, currency) for end in given)
        return say(language, "compare.band", low=low, high=high)
    known = catalogue.indicators()
    return figure(language, known[name], given, currency) if name in known else number(language, given, 2)


def _weights(one: Policy, other: Policy, language: str) -> list[Difference]:
    """The social share, and every weight below it as a share of its siblings; 0 where it is not among them."""
    found = []
    pair = [policy.social for policy in (one, other)]
    if abs(pair[0] - pair[1]) > SAME:
        said = [_share(language, share / 100) for share in pair]
        found.append(Difference("share", say(language, "compare.share"), *said))
    shares = [_shares(policy) for policy in (one, other)]
    for path in dict.fromkeys([*shares[0], *shares[1]]):
        before, after = (given.get(path) for given in shares)
        if before is None or after is None or abs(before - after) > SAME:
            said = [say(language, "compare.not_there") if v is None else _share(language, v) for v in (before, after)]
            whose = place(one if before is not None else other, path, language)
            above = place(one if before is not None else other, parent_of(path), language)
            found.append(Difference("weight", say(language, "compare.weight", name=whose, of=above), *said))
    return found


def _share(language: str, share: float) -> str:
    whole = abs(share * 100 - round(share * 100)) < 0.05
    return percent(language, share, 0 if whole else 1)


def _shares(policy: Policy) -> dict[str, float]:
    """Path of everything below the pillars -> its weight over that of its siblings and itself."""
    cells = [(node.path, node.weight) for node in policy.nodes] + [(leaf.path, leaf.weight) for leaf in policy.leaves]
    below = [(path, parent_of(path), weight) for path, weight in cells if "/" in path]
    sums: dict[str, float] = {}
    for _, above, weight in below:
        sums[above] = sums.get(above, 0.0) + weight
    return {path: weight / (sums[above] or 1.0) for path, above, weight in below}


def place(policy: Policy, path: str, language: str) -> str:
    """A node or leaf of a policy as readers know it."""
    leaf = next((leaf for leaf in policy.leaves if leaf.path == path), None)
    known = catalogue.indicators()
    if leaf is not None and leaf.indicator in known:
        return known[leaf.indicator].text(language, "short")
    if not path:
        return say(language, "compare.balance")
    if "/" not in path:
        return say(language, f"pages.side_{path}") if path in ("financial", "social") else path
    try:
        return say(language, "themes." + path.rpartition("/")[2])
    except KeyError:  # a theme of a file that somebody wrote
        return path.rpartition("/")[2]


def _nodes(one: Policy, other: Policy, language: str) -> list[Difference]:
    """Exponents and least coverages of combinations that both have."""
    found = []
    before, after = ({node.path: node for node in policy.nodes} for policy in (one, other))
    for path in before.keys() & after.keys():
        pair = (before[path], after[path])
        for kind, read in (("exponent", _combined), ("coverage", _covered)):
            said = [read(node, language) for node in pair]
            if said[0] != said[1]:
                name = say(language, f"compare.{kind}", name=place(one, path, language))
                found.append(Difference(kind, name, *said))
    return found


def _combined(node: Node, language: str) -> str:
    words = {float("-inf"): "weakest", float("inf"): "strongest", 1.0: "plain"}
    if node.exponent in words:
        return say(language, f"compare.exponent_{words[node.exponent]}")
    whole = node.exponent == round(node.exponent)
    exponent = number(language, node.exponent, 0 if whole else 2)
    return say(language, "compare.exponent_of", exponent=exponent, epsilon=number(language, node.epsilon, 2))


def _covered(node: Node, language: str) -> str:
    return _share(language, node.coverage)


def _posts(pair: Sequence[Leaf | None], title: str, language: str, line: Callable[[Line], str]) -> list[Difference]:
    """Goalposts of an indicator that both score."""
    if any(leaf is None for leaf in pair):
        return []
    said, shapes = [], [(leaf.goalposts, leaf.transform) for leaf in pair if leaf is not None]
    if shapes[0] == shapes[1]:
        return []
    for posts, transform in shapes:
        text = say(language, "compare.to").join(line(post) for post in posts) or say(language, "compare.own")
        said.append(text if transform == "linear" else say(language, "compare.log", posts=text))
    return [Difference("goalposts", say(language, "compare.goalposts", name=title), *said)]


def _limits(pair: Sequence[Limits], title: str, language: str, line: Callable[[Line], str]) -> list[Difference]:
    return [
        Difference("limits", say(language, f"compare.limit_{word}", name=title), line(before), line(after))
        for word, before, after in zip(("amber", "red"), *pair, strict=True)
        if before != after
    ]


def _health(one: Policy, other: Policy, language: str) -> list[Difference]:
    return [
        Difference("health", say(language, f"compare.{name}"), number(language, before), number(language, after))
        for name in ("health_limit", "health_critical", "watch")
        if (before := getattr(one, name)) != (after := getattr(other, name))
    ]


def _caps(one: Policy, other: Policy, language: str) -> list[Difference]:
    """Indicators whose red limit makes a unit critical."""
    if set(one.caps) == set(other.caps):
        return []
    known = catalogue.indicators()
    titles = [[known[name].text(language, "short") if name in known else name for name in p.caps] for p in (one, other)]
    said = [", ".join(names) or say(language, "compare.none") for names in titles]
    return [Difference("limits", say(language, "compare.caps"), *said)]


def _settings(one: Mapping[str, object], other: Mapping[str, object], language: str) -> list[Difference]:
    """Definitions that differ; PAR30's meaning is one, whatever settings make it."""
    apart = [name for name in one if one[name] != other[name]]
    found = []
    if set(apart) & set(definitions.PAR):
        said = [say(language, f"settings.meaning_{definitions.par30_meaning(each)}") for each in (one, other)]
        found.append(Difference("definition", say(language, "settings.label_par30"), *said))
    for name in apart:
        if name not in definitions.PAR:
            read = definitions.value_text if name in definitions.PROVISION else definitions.said
            said = [read(name, each[name], language) for each in (one, other)]
            found.append(Difference("definition", say(language, f"settings.label_{name}"), *said))
    return found


def slopes(one: Result, other: Result) -> list[Slope]:
    """Every unit of either result, by its rank in the first, then by its rank in the second."""
    sides = [{unit.id: unit for unit in result.units} for result in (one, other)]
    found = []
    for unit in dict.fromkeys([*sides[0], *sides[1]]):
        pair = [side.get(unit) for side in sides]
        name = next(one.name for one in reversed(pair) if one is not None)
        found.append(Slope(unit, name, *zip(*map(_seen, pair), strict=True)))
    return sorted(found, key=lambda one: (*((rank is None, rank or 0) for rank in one.rank), one.name))


def _seen(unit: Standing | None) -> tuple[int | None, str, float | None]:
    return (None, "", None) if unit is None else (unit.rank, unit.status, unit.balance)


def slope_text(one: Slope, language: str) -> str:
    """What becomes of a unit, in words: 2 places up."""
    before, after = one.rank
    if not one.status[0]:
        return say(language, "compare.unit_new")
    if not one.status[1]:
        return say(language, "compare.unit_gone")
    if before is None or after is None:
        return say(language, "compare.unit_unranked" if before is after else "compare.unit_half")
    if before == after:
        return say(language, "compare.unit_same")
    return say(language, "compare.unit_up" if after < before else "compare.unit_down", n=abs(before - after))


def finding(found: Sequence[Slope], by: str, language: str) -> str:
    """Ranks and colours that differ, as one sentence with their counts."""
    ranks, colours = (sum(getattr(one, kind) for one in found) for kind in ("moved", "recoloured"))
    if not ranks and not colours:
        return say(language, "compare.nothing_moves")
    units = say(language, f"pages.units_{by}", n=ranks)
    said = say(language, "compare.ranks_move", n=ranks, units=units) if ranks else say(language, "compare.ranks_same")
    key = "compare.colours_change" if colours else "compare.colours_same"
    return say(language, "compare.finding", ranks=said, colours=say(language, key, n=colours))
