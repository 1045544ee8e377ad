"""What the balance strip shows, and the sheet on which it is drawn: words, colours, room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from metrics.charts.tones import Tones
from metrics.words import number, say

NARROW = 640
LETTER = 0.56  # mean width of a letter over its size


@dataclass(frozen=True)
class Healths:
    """Financial health, social health and balance on 0..100; None where there are not enough data."""

    financial: float | None
    social: float | None
    balance: float | None

    def known(self) -> list[float]:
        """Those of the three that have a value."""
        return [value for value in (self.financial, self.social, self.balance) if value is not None]


@dataclass(frozen=True)
class Reading:
    """What a strip shows.

    Attributes:
        now: at the date of the page.
        before: a quarter earlier; None where there is none.
        when: name of that month, as a sentence has it ("June").
        share: the social share, 0..100.
        limit: below it a health needs action; None where no limit is set.
        decimals: of the healths as shown.
        name: whose healths these are; empty for the institution.
    """

    now: Healths
    before: Healths | None
    when: str
    share: float
    limit: float | None = 50.0
    decimals: int = 0
    name: str = ""


@dataclass(frozen=True)
class Label:
    """A text on one line of the strip: where it begins, how wide it is about, both in pixels, and how it looks.

    `anchor` names the end that must stand exactly (start, middle, end): the width is an estimate.
    """

    left: float
    wide: float
    parts: str
    colour: str
    style: str = ""
    anchor: str = "start"

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.wide

    @property
    def place(self) -> float:
        """Where its anchor stands."""
        return self.left + self.wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]

    def meets(self, other: "Label", air: float = 4) -> bool:
        """Whether two texts of one line would touch."""
        return self.left < other.right + air and other.left < self.right + air


@dataclass(frozen=True)
class Sheet:
    """One drawing in the making."""

    reading: Reading
    language: str
    tones: Tones
    width: float

    @property
    def narrow(self) -> bool:
        """Whether there is room for the layout of a phone only."""
        return self.width < NARROW

    def say(self, name: str, **params: object) -> str:
        """A text of the strip, safe to stand in markup."""
        return escape(say(self.language, f"component.strip_{name}", **params))

    def figure(self, value: float) -> str:
        """A health as it is shown."""
        return number(self.language, value, self.reading.decimals)

    def px(self, value: float) -> float:
        """Pixels from the left for a health."""
        return value * self.width / 100

    def colour(self, name: str) -> str:
        """The colour of a health's marks and words."""
        return self.tones.ink if name == "balance" else str(getattr(self.tones, name))

    def text(self, label: Label, y: float, at: float) -> str:
        """A text that keeps its distance in pixels from a health's place whatever the width becomes."""
        return (
            f'<text x="{at:.2f}%" y="{y:g}" dx="{label.place - self.px(at):.1f}" text-anchor="{label.anchor}" '
            f'style="fill:{label.colour};font-size:12px;{label.style}">{label.parts}</text>'
        )


def wide(text: str, size: float) -> float:
    """About how many pixels a text takes, a little more rather than less."""
    return LETTER * size * len(text)


def packed(labels: Sequence[Label], width: float, gap: float) -> list[Label]:
    """Labels of one line, from left to right, moved as little as keeps them apart and within the width."""
    lefts = [label.left for label in labels]
    free = 0.0
    for place, label in enumerate(labels):
        lefts[place] = max(lefts[place], free)
        free = lefts[place] + label.wide + gap
    free = width
    for place, label in reversed(list(enumerate(labels))):
        lefts[place] = min(lefts[place], free - label.wide)
        free = lefts[place] - gap
    return [replace(label, left=left) for left, label in zip(lefts, labels, strict=True)]
