"""The list of mutants fits the project: each stands where it says, once, and names a test that there is."""

from pathlib import Path

import pytest

from tests.prove.trust_mutants import ROOT, Mutant, mutants


@pytest.mark.parametrize("one", mutants(), ids=lambda one: one.guards)
def test_a_mutant_stands_where_it_says_and_names_a_test(one: Mutant) -> None:
    assert (ROOT / one.file).read_text(encoding="utf-8").count(one.old) == 1
    assert one.new != one.old
    file, _, name = one.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in Path(ROOT / file).read_text(encoding="utf-8")
