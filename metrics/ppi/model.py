"""What a scorecard workbook holds, as plain values."""

from dataclasses import dataclass
from pathlib import Path

from metrics.ingest.model import Note

HIGHEST = 100  # scores run from 0 to 100; points may add up to a little more, which counts as 100


@dataclass(frozen=True)
class Response:
    """One response to a question, and its points for each line of the variant, in the order of its lines."""

    question_no: int
    question: str
    response: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class Variant:
    """One version of a scorecard: its lines, the points of each response, the likelihood of each score.

    `likelihoods[score][line]` is 0..1. `scorecard_sheet` and `lookup_sheet` are where they stand.
    """

    name: str
    lines: tuple[str, ...]
    responses: tuple[Response, ...]
    likelihoods: tuple[tuple[float, ...], ...]
    scorecard_sheet: str
    lookup_sheet: str

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return len({response.question_no for response in self.responses})

    @property
    def shared(self) -> bool:
        """Whether all lines share their points, so that one score serves them all."""
        return all(len(set(response.points)) == 1 for response in self.responses)

    def likelihood(self, line: str, score: int) -> float:
        """The likelihood of a score for a line; a score above 100 counts as 100.

        Raises:
            KeyError: no such line.
        """
        if line not in self.lines:
            raise KeyError(line)
        return self.likelihoods[min(score, HIGHEST)][self.lines.index(line)]


@dataclass(frozen=True)
class Rate:
    """A published poverty rate, 0..1. `estimate`: household, person, or empty where the sheet does not say."""

    estimate: str
    year: int | None
    area: str
    line: str
    rate: float
    sheet: str
    row_no: int


@dataclass(frozen=True)
class Workbook:
    """A country's scorecard as its workbook has it; `notes` are what a reader should know about it."""

    file: str
    sha256: str
    scorecard: str
    variants: tuple[Variant, ...]
    rates: tuple[Rate, ...]
    notes: tuple[Note, ...] = ()
    path: Path | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The poverty lines of all variants, in their order."""
        return tuple(dict.fromkeys(line for variant in self.variants for line in variant.lines))
