"""What corrections teach: a text that was corrected, and words that corrections confirmed twice. All of it is listed.

A person's coding stands for that voice alone. Beyond it, a text that says the same words is coded the same way, and
a word becomes a word of a category when it stands in at least two different texts that the rules had coded otherwise
and that persons corrected to that category, and in none that they corrected to another. Whoever disagrees takes the
lesson away; it stays away until that is undone.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrics.records import Kind, Record
from metrics.voices.coding import Lessons, code, same
from metrics.voices.rules import Index, Rules, listed, tokens
from metrics.voices.voice import Heard

LEAST = 2  # different texts that must confirm a word
LETTERS = 4
# A lesson that somebody took away: the record's id is the lesson's.
UNLEARNED = Kind("unlearned", "voices", {"category": True, "words": True, "branch_id": False})


@dataclass(frozen=True)
class Lesson:
    """One thing learned: `words` of a text or a single word, the category, who taught it, by how many corrections."""

    category: str
    words: str
    whole: bool
    who: tuple[str, ...]
    n: int
    since: datetime.datetime

    @property
    def id(self) -> str:
        """The id of the record that takes it away."""
        return f"{self.category}/{self.words}"


@dataclass(frozen=True)
class Corrected:
    """A correction: the voice's text in plain words, the category that a person gave, who and when."""

    text: str
    category: str
    who: str
    at: datetime.datetime
    ruled: str


def corrections(heard: Mapping[str, Heard], codings: Iterable[Record], rules: Rules) -> list[Corrected]:
    """The codings of persons that gave a text a category, the earliest first."""
    found = []
    for record in sorted(codings, key=lambda record: (record.at, record.id)):
        voice, category = heard.get(record.id), record.body.get("category", "")
        if voice is not None and category and voice.text:
            ruled = code(voice.text, rules).category
            found.append(Corrected(same(voice.text), category, record.who, record.at, ruled))
    return found


def lessons(corrected: list[Corrected], rules: Rules, unlearned: Iterable[str] = ()) -> list[Lesson]:
    """What these corrections teach, without what was taken away: texts first, then words, by category."""
    gone = set(unlearned)
    found = [*_texts(corrected), *_words(corrected, rules)]
    return sorted(
        (lesson for lesson in found if lesson.id not in gone),
        key=lambda lesson: (not lesson.whole, lesson.category, lesson.words),
    )


def usable(known: Sequence[Lesson]) -> Lessons:
    """Lessons as the coding takes them."""
    words: dict[str, list[str]] = {}
    for lesson in known:
        if not lesson.whole:
            words.setdefault(lesson.category, []).append(lesson.words)
    lists = {category: listed(given) for category, given in words.items()}
    return Lessons({one.words: one.category for one in known if one.whole}, lists, Index(lists.values()))


def _texts(corrected: list[Corrected]) -> list[Lesson]:
    """Texts that the rules had coded otherwise; where persons disagree about a text, nothing is learned."""
    return [
        _lesson(given[0].category, text, True, given)
        for text, given in _by(corrected, lambda one: [one.text]).items()
        if len({one.category for one in given}) == 1 and given[0].ruled != given[0].category
    ]


def _words(corrected: list[Corrected], rules: Rules) -> list[Lesson]:
    def telling(one: Corrected) -> list[str]:
        return [word for word in tokens(one.text) if len(word) >= LETTERS and word not in rules.common]

    found = []
    for word, given in _by(corrected, telling).items():
        teaching = [one for one in given if one.ruled != one.category]
        if len({one.text for one in teaching}) < LEAST or len({one.category for one in given}) > 1:
            continue
        if not _known(word, rules):
            found.append(_lesson(given[0].category, word, False, teaching))
    return found


def _known(word: str, rules: Rules) -> bool:
    """Whether the rules have the word themselves, under whatever category."""
    found = [entry for _, entry in rules.index.found([word])]
    return any(entry in one.words or entry in one.deeds for one in rules.categories.values() for entry in found)


def _by(corrected: list[Corrected], keys: Callable[[Corrected], list[str]]) -> dict[str, list[Corrected]]:
    found: dict[str, list[Corrected]] = {}
    for one in corrected:
        for key in dict.fromkeys(keys(one)):
            found.setdefault(key, []).append(one)
    return found


def _lesson(category: str, words: str, whole: bool, given: list[Corrected]) -> Lesson:
    who = tuple(dict.fromkeys(one.who for one in given))
    return Lesson(category, words, whole, who, len(given), given[0].at)
