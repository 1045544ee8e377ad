"""A self-assessment of social practice: own questions by seven dimensions, answered by figures where one proves it.

Yes counts 1, partially 0.5, no 0; what is not applicable does not count. Every question weighs the same. An assessment
that is kept is also rows of `practice_answers`, so that the indicator `spi_score` counts it as it counts any other.
"""

import datetime
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from metrics import values
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError
from metrics.figures import figure
from metrics.records import Body, Cursor, Kind
from metrics.words import LANGUAGES, say

FILE = Path(__file__).parent / "assessment.toml"
POINTS: Mapping[str, float] = {"yes": 1.0, "partially": 0.5, "no": 0.0}
ANSWERS = (*POINTS, "not_applicable")
TOOL = "Evenkeel self-assessment"
LONGEST = 600  # letters of an evidence


@dataclass(frozen=True)
class Proof:
    """An indicator that answers a question: yes from one line on, partially from another; lower is better if yes is."""

    indicator: str
    yes: float
    partially: float

    def answer(self, value: float) -> str:
        """What a value of the indicator says."""
        up = self.yes >= self.partially
        reached = [line for line in (self.yes, self.partially) if (value >= line if up else value <= line)]
        return "no" if not reached else "yes" if self.yes in reached else "partially"


@dataclass(frozen=True)
class Question:
    """One question with its words by language, and what may prove it."""

    id: str
    dimension: str
    texts: Mapping[str, str] = field(hash=False)
    proof: Proof | None = None


@dataclass(frozen=True)
class Answer:
    """An answer with its evidence; `proved` says that a figure gave it and nobody changed it."""

    question: str
    answer: str
    evidence: str = ""
    proved: bool = False


@dataclass(frozen=True)
class Score:
    """The share of what could be reached, 0..1, of the `n` questions that count; None where none does."""

    value: float | None
    n: int
    asked: int


@cache
def dimensions() -> Mapping[str, Mapping[str, str]]:
    """The seven dimensions with their titles by language, in order."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {one["id"]: {language: one[language] for language in LANGUAGES} for one in found["dimension"]}


@cache
def questions() -> Sequence[Question]:
    """The questions in the order of their dimensions."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Question(
            one["id"], one["dimension"], {language: one[language] for language in LANGUAGES},
            Proof(**one["proof"]) if "proof" in one else None,
        )
        for one in found["question"]
    )  # fmt: skip


def proved(
    cursor: Cursor, settings: Mapping[str, object], day: datetime.date, language: str, currency: str = ""
) -> dict[str, Answer]:
    """The answers that figures of a date give, each with the figure as its evidence; the others are left open."""
    asked = {one.id: one.proof for one in questions() if one.proof is not None}
    names = sorted({proof.indicator for proof in asked.values()})
    frame = values.values(cursor, settings, "institution", [day], (), names)
    rows = frame[frame["status"].isin(["ok", "as_reported"])]
    columns = rows[["indicator", "value", "n"]].itertuples(index=False, name=None)
    known = {name: (value, n) for name, value, n in columns}
    found = {}
    for name, proof in asked.items():
        if proof.indicator in known:
            value, n = known[proof.indicator]
            one = indicators()[proof.indicator]
            evidence = say(
                language, "disclosures.assess_evidence", name=one.text(language, "title"),
                value=figure(language, one, value, currency), date=day, n="–" if n != n else int(n),
            )  # fmt: skip
            found[name] = Answer(name, proof.answer(float(value)), evidence, True)
    return found


def score(answers: Iterable[Answer], dimension: str = "") -> Score:
    """The score of a dimension, or of all questions; each weighs the same."""
    wanted = {one.id for one in questions() if not dimension or one.dimension == dimension}
    points = [POINTS[one.answer] for one in answers if one.question in wanted and one.answer in POINTS]
    return Score(sum(points) / len(points) if points else None, len(points), len(wanted))


def read(body: Body) -> dict[str, Answer]:
    """The answers of a record."""
    return {name: Answer(name, **given) for name, given in body["answers"].items()}


def body(answers: Mapping[str, Answer], day: datetime.date) -> dict[str, object]:
    """The body of an assessment of a day; questions without an answer are left open."""
    kept = {
        name: {"answer": one.answer, "evidence": one.evidence.strip(), "proved": one.proved}
        for name, one in answers.items()
        if one.answer
    }
    return {"answered_on": day.isoformat(), "answers": kept}


def _check(_: Cursor, __: str, given: Body) -> None:
    """Refuse unknown questions and answers, a yes of a person without evidence, and too long an evidence."""
    known = {one.id for one in questions()}
    for name, one in given["answers"].items():
        if name not in known or one.get("answer") not in ANSWERS:
            raise EvenkeelError("disclosures.assess_unknown", name=name, answer=str(one.get("answer")))
        if one["answer"] in ("yes", "partially") and not str(one.get("evidence", "")).strip():
            raise NoEvidence(name)
        if len(str(one.get("evidence", ""))) > LONGEST:
            raise EvenkeelError("disclosures.assess_long", most=LONGEST)


class NoEvidence(EvenkeelError):
    """A practice that is claimed without evidence."""

    def __init__(self, question: str) -> None:
        super().__init__("disclosures.assess_evidence_missing")
        self.question = question

    def text(self, language: str = "en") -> str:
        """The sentence with the question in it."""
        said = next(one.texts[language] for one in questions() if one.id == self.question)
        return say(language, self.key, question=said)


def _rows(name: str, given: Body) -> list[dict[str, object]]:
    """An assessment as rows of the canonical table, in English; questions that are open have no row."""
    order = {one.id: (place, one) for place, one in enumerate(questions(), 1)}
    return [
        {
            "audit_id": name, "answered_on": given["answered_on"], "tool": TOOL,
            "dimension": dimensions()[order[key][1].dimension]["en"], "question_id": f"{order[key][0]:02d}",
            "question": order[key][1].texts["en"], "answer": one["answer"], "evidence": one.get("evidence") or None,
        }
        for key, one in given["answers"].items()
    ]  # fmt: skip


KIND = Kind(
    "assessment", "disclosures", {"answered_on": True, "answers": True}, _check, "practice_answers", _rows
)  # fmt: skip
