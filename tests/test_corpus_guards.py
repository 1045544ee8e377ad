"""Every guard of the corpus stands once in the product and keeps a line of the corpus."""

import pytest

from tests.corpus.guards import GUARDS
from tests.corpus.make import expected
from tests.guards import ROOT, Guard


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_a_guard_of_the_corpus_stands_once_in_its_file(guard: Guard) -> None:
    source = (ROOT / guard.path).read_text(encoding="utf-8")
    assert guard.removed(source) != source


def test_every_guard_keeps_a_line_of_the_corpus() -> None:
    assert {name.partition("[")[0] for name in GUARDS} <= set(expected())
