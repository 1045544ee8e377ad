"""Every trap has a guard, every guard stands once in the product, every item that must be pinned has its trap."""

from collections import Counter

import pytest

from tests.guards import GUARDS, ROOT, Guard, traps
from tests.prove.traps import ITEMS


def test_every_trap_has_a_guard_and_every_guard_a_trap() -> None:
    found = [name for name, _ in traps()]
    assert {name.partition("[")[0] for name in GUARDS} == set(found)
    assert [name for name, n in Counter(found).items() if n > 1] == []


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_a_guard_stands_once_in_its_file(guard: Guard) -> None:
    source = (ROOT / guard.path).read_text(encoding="utf-8")
    assert guard.removed(source) != source


def test_a_guard_that_is_gone_or_stands_twice_is_not_taken_for_one() -> None:
    for source in ("", "late > 30; late > 30"):
        with pytest.raises(AssertionError):
            Guard("x.sql", "late > 30", "late >= 30").removed(source)


def test_every_item_that_must_be_pinned_has_a_trap() -> None:
    found = {name for name, _ in traps()}
    assert len(ITEMS) >= 20
    assert [item for item, name in ITEMS.items() if name not in found] == []
