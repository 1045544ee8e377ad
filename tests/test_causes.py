"""A change of a balance split by cause: each cause alone is found as itself, and all of them are the change shown."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from metrics import policy, sample
from metrics.causes import Causes, causes
from metrics.picture import Picture, picture
from metrics.policy import Policy
from metrics.scenarios import completed
from metrics.standing import figures
from metrics.store import Cursor
from tests import fresh

NAMES = ("equal", "lenders_view", "mission_first")


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    store = sample.open_sample(fresh.sample(tmp_path_factory.mktemp("causes")).parent)
    yield store.cursor()
    store.close()


@pytest.fixture(scope="module")
def seen(cursor: Cursor) -> dict[str, tuple[Policy, Picture]]:
    """Each shipped weighting, complete, with the sample under it."""
    whole = {name: completed(cursor, policy.load(name)) for name in NAMES}
    return {name: (given, picture(cursor, given)) for name, given in whole.items()}


def found(one: tuple[Policy, Picture], other: tuple[Policy, Picture]) -> dict[str, Causes]:
    return causes(one[0], other[0], figures(one[1].units), figures(other[1].units))


@pytest.mark.parametrize(("first", "second"), list(permutations(NAMES, 2)))
def test_the_parts_are_the_change_of_the_balance_shown(
    seen: dict[str, tuple[Policy, Picture]], first: str, second: str
) -> None:
    before, after = ({unit.id: unit.balance for unit in seen[name][1].units} for name in (first, second))
    parts = found(seen[first], seen[second])
    assert len(parts) == 12
    for unit, one in parts.items():
        assert one.figures + one.weights + one.goalposts == pytest.approx(after[unit] - before[unit], abs=1e-9)
        assert one.figures == pytest.approx(0, abs=1e-9)
    assert any(abs(one.weights) > 1 for one in parts.values())


def test_another_share_is_a_matter_of_weights(cursor: Cursor, seen: dict[str, tuple[Policy, Picture]]) -> None:
    moved = seen["equal"][0].with_social(80)
    parts = found(seen["equal"], (moved, picture(cursor, moved)))
    assert all(one.figures == one.goalposts == 0 for one in parts.values())
    assert max(abs(one.weights) for one in parts.values()) > 5


def test_other_goalposts_are_goalposts(cursor: Cursor, seen: dict[str, tuple[Policy, Picture]]) -> None:
    given = seen["equal"][0]
    leaves = tuple(replace(one, goalposts=(0.5, 0.0)) if one.indicator == "par30" else one for one in given.leaves)
    moved = replace(given, leaves=leaves)
    parts = found(seen["equal"], (moved, picture(cursor, moved)))
    assert all(abs(one.figures) < 1e-12 and abs(one.weights) < 1e-12 for one in parts.values())
    assert parts["doukoro"].goalposts > 1


def test_another_date_is_figures(cursor: Cursor, seen: dict[str, tuple[Policy, Picture]]) -> None:
    given, now = seen["equal"]
    then = picture(cursor, given, as_of=now.before_period)
    parts = found((given, then), (given, now))
    change = {unit.id: unit.balance for unit in now.units}["kolo"] - {u.id: u.balance for u in then.units}["kolo"]
    assert parts["kolo"].figures == pytest.approx(change, abs=1e-9)
    assert change < -5
    assert all(one.weights == one.goalposts == 0 for one in parts.values())


def test_a_unit_of_one_side_alone_is_left_out(seen: dict[str, tuple[Policy, Picture]]) -> None:
    given, shown = seen["equal"]
    rows = figures(shown.units)
    fewer = {unit: row for unit, row in rows.items() if unit != "kolo"}
    assert set(causes(given, given, rows, fewer)) == set(fewer)
    assert causes(given, given, {}, rows) == {}


def test_the_greatest_part_is_said_first_and_what_does_not_show_is_not_said() -> None:
    assert Causes(-0.02, -3.14, 0.41).text("en") == "weights −3.1, goalposts +0.4"
    assert Causes(1.0, 0.0, 0.0).text("fr") == "chiffres +1,0"
    assert Causes(0.0, 0.0, 0.01).text("en") == "–"
