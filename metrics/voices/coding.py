"""A text -> category, severity and sentiment by the words of the rules; every answer says which words decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metrics.voices.rules import Category, Entry, Index, Rules, Words, clauses, tokens


@dataclass(frozen=True)
class Place:
    """An entry of some list where it stands in a text: the words there, and whether the text denies them."""

    entry: Entry
    words: str
    denied: bool


@dataclass(frozen=True)
class Lessons:
    """What corrections taught: whole texts and words, each with its category; `index` looks the words up."""

    texts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index(()))


@dataclass(frozen=True)
class Coded:
    """What the rules say of a text; `rule` and `words` as in `Voice`.

    `hint` is the severity that the words `grave` tell, `feeling` the words of praise and of complaint.
    """

    category: str
    rule: str
    words: tuple[str, ...]
    tied: tuple[str, ...]
    severity: int | None
    hint: int | None
    grave: tuple[str, ...]
    sentiment: float | None
    feeling: tuple[str, ...]


NOTHING = Lessons()


def code(text: str, rules: Rules, lessons: Lessons = NOTHING) -> Coded:
    """How the rules, and what was learned from corrections, code a text.

    The category with the most words of its own wins. Where two have as many, or none has one, the category is empty:
    a person decides, nothing is guessed.
    """
    parts = clauses(text, rules)
    places = _places(parts, rules.index, rules)
    sentiment, feeling = _sentiment(places, rules)
    category, rule, words, tied = _category(text, places, _places(parts, lessons.index, rules), rules, lessons)
    hint, grave = _severity(places, rules)
    severity = (hint or rules.categories[category].severity) if category else None
    return Coded(category, rule, words, tied, severity, hint, grave, sentiment, feeling)


def same(text: str) -> str:
    """A text as far as it counts as the same: its words alone."""
    return " ".join(tokens(text))


def _places(parts: list[list[str]], index: Index, rules: Rules) -> list[Place]:
    """Every entry of the lists that a text has, in its order."""
    return [
        Place(entry, " ".join(part[at : at + entry.weight]), _denied(part, at, rules))
        for part in parts
        for at, entry in index.found(part)
    ]


def _denied(part: list[str], at: int, rules: Rules) -> bool:
    """Whether one of the few words before a place denies what follows."""
    return any(token in rules.denial for token in part[max(at - rules.reach, 0) : at])


def _category(
    text: str, places: list[Place], taught: list[Place], rules: Rules, lessons: Lessons
) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """Category, how, the words that decided, and between which categories nothing was decided."""
    known = lessons.texts.get(same(text)) if lessons.texts else None
    if known:
        return known, "same_text", (), ()
    own = {name: [place for place in places if _speaks(place, one)] for name, one in rules.categories.items()}
    learned = {name: [place for place in taught if place.entry in words] for name, words in lessons.words.items()}
    together = {name: [*own[name], *learned.get(name, ())] for name in own}
    weights = {name: _weight(found) for name, found in together.items()}
    most = max(weights.values())
    if not most:
        return "", "none", (), ()
    best = [name for name, weight in weights.items() if weight == most]
    words = tuple(dict.fromkeys(place.words for name in best for place in together[name]))
    if len(best) > 1:
        return "", "tie", words, tuple(best)
    rivals = max((_weight(own[name]) for name in own if name != best[0]), default=0)
    return best[0], "words" if _weight(own[best[0]]) > rivals else "remembered", words, ()


def _speaks(place: Place, category: Category) -> bool:
    """Whether an entry counts for a category: a subject always, a deed unless it is denied."""
    return place.entry in category.words or (place.entry in category.deeds and not place.denied)


def _weight(found: Iterable[Place]) -> int:
    """How many words the entries have that were found, each entry counted once."""
    return sum(entry.weight for entry in {place.entry for place in found})


def _severity(places: list[Place], rules: Rules) -> tuple[int | None, tuple[str, ...]]:
    """The gravest hint that a text gives and does not deny, and its words."""
    for level in sorted(rules.severity, reverse=True):
        words = [place.words for place in places if place.entry in rules.severity[level] and not place.denied]
        if words:
            return level, tuple(dict.fromkeys(words))
    return None, ()


def _sentiment(places: list[Place], rules: Rules) -> tuple[float | None, tuple[str, ...]]:
    """(Good less bad) over both, -1 to 1, and the words; None where the text has no such word."""
    felt = [
        (place, side) for place in places for side in (1, -1) if place.entry in (rules.good if side > 0 else rules.bad)
    ]
    if not felt:
        return None, ()
    total = sum(-side if place.denied else side for place, side in felt)
    return total / len(felt), tuple(dict.fromkeys(place.words for place, _ in felt))
