"""The self-assessment: seven dimensions, equal weights, answers proved by figures, evidence for what people claim."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import records
from metrics.catalogue import indicators
from metrics.disclosures import assessment
from metrics.disclosures.assessment import KIND, Answer, Proof
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from metrics.words import LANGUAGES
from tests import disclosing, packing
from tests.disclosing import AWA, SEPTEMBER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = disclosing.opened(tmp_path)
    yield made
    made.close()


def test_there_are_seven_dimensions_each_with_questions_in_each_language() -> None:
    assert len(assessment.dimensions()) == 7
    found = assessment.questions()
    assert {one.dimension for one in found} == set(assessment.dimensions())
    assert len({one.id for one in found}) == len(found) == 28
    assert all(set(one.texts) == set(LANGUAGES) and all(one.texts.values()) for one in found)
    assert all(one.proof is None or one.proof.indicator in indicators() for one in found)


@pytest.mark.parametrize(
    ("proof", "value", "answer"),
    [
        (Proof("csat", 0.7, 0.5), 0.7, "yes"), (Proof("csat", 0.7, 0.5), 0.69, "partially"),
        (Proof("csat", 0.7, 0.5), 0.4, "no"), (Proof("overindebted_share", 0.1, 0.2), 0.1, "yes"),
        (Proof("overindebted_share", 0.1, 0.2), 0.15, "partially"), (Proof("overindebted_share", 0.1, 0.2), 0.3, "no"),
    ],
)  # fmt: skip
def test_a_figure_answers_by_its_lines(proof: Proof, value: float, answer: str) -> None:
    assert proof.answer(value) == answer


def test_each_proof_lies_on_the_side_that_is_better() -> None:
    for one in assessment.questions():
        if one.proof is not None:
            lower = indicators()[one.proof.indicator].better == "lower"
            assert (one.proof.yes < one.proof.partially) == lower, one.id


def test_the_sample_answers_what_it_can() -> None:
    found = assessment.proved(packing.store().cursor(), SETTINGS, SEPTEMBER, "en", "XOF")
    asked = {one.id: one.proof for one in assessment.questions() if one.proof is not None}
    assert found.keys() == asked.keys()
    frame = values(packing.store().cursor(), SETTINGS, "institution", [SEPTEMBER])
    known = dict(frame[["indicator", "value"]].itertuples(index=False, name=None))
    for name, proof in asked.items():
        assert found[name].answer == proof.answer(known[proof.indicator]) and found[name].evidence


def test_what_no_figure_proves_is_left_open(store: Store) -> None:
    assert "women" not in assessment.proved(store.cursor(), SETTINGS, SEPTEMBER, "en")


def test_every_question_weighs_the_same_and_what_does_not_apply_not_at_all() -> None:
    given = [Answer("goals", "yes"), Answer("targets", "partially"), Answer("reach", "no"),
             Answer("poverty", "not_applicable"), Answer("policy", "no")]  # fmt: skip
    assert assessment.score(given, "strategy") == assessment.Score(0.5, 3, 4)
    assert assessment.score(given) == assessment.Score(1.5 / 4, 4, 28)
    assert assessment.score([], "staff").value is None


def test_once_kept_it_counts_in_the_score_of_social_audits(store: Store) -> None:
    answers = {"goals": Answer("goals", "yes", "Minutes of 3 May"), "targets": Answer("targets", "no")}
    record = records.save(store, KIND, "", assessment.body(answers, SEPTEMBER), AWA)
    assert assessment.read(record.body) == answers
    frame = values(store.cursor(), SETTINGS, "institution", [SEPTEMBER], (), ["spi_score"])
    assert frame["value"].tolist() == [0.5]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer("goals", "yes"), "Say what shows it: The board has written"),
        (Answer("goals", "maybe", "x"), "cannot be answered with maybe"),
        (Answer("gaols", "yes", "x"), "gaols cannot be answered"),
        (Answer("goals", "yes", "x" * 601), "may have 600"),
    ],
)
def test_a_claim_without_evidence_is_refused(store: Store, answer: Answer, sentence: str) -> None:
    with pytest.raises(EvenkeelError, match=sentence):
        records.save(store, KIND, "", assessment.body({answer.question: answer}, SEPTEMBER), AWA)
