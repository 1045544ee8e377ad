"""Scenarios: kept whole, opened again with the numbers of then, and never taken for what they are not."""

import datetime
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from metrics import kept, picture, policy, scenarios, versions
from metrics.errors import EvenkeelError
from metrics.kept import Scenario
from metrics.policy import Policy
from metrics.standing import Result, View
from metrics.store import Store
from metrics.values import periods
from tests.fresh import open_copy
from tests.prove import old_scenario

WHY = "what the members asked for"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(open_copy(tmp_path_factory.mktemp("scenarios"))) as found:
        yield found


def newest(store: Store) -> datetime.date:
    with closing(store.cursor()) as cursor:
        return periods(cursor)[-1]


def given() -> Policy:
    return policy.load("equal").with_social(62.5).with_theme_weights({"financial/profitability": 5.0})


def saved(store: Store, title: str = "Members first", **view: object) -> Scenario:
    return kept.save(store, given(), View(newest(store), **view), title, "Awa", WHY)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def one(store: Store) -> Scenario:
    """A scenario that no test changes."""
    return saved(store)


@pytest.mark.full
def test_new_data_and_another_policy_leave_an_old_scenario_as_it_was() -> None:
    assert old_scenario.run(1)["other on the data of now"] == 1


def test_a_scenario_keeps_the_whole_policy_the_data_and_what_comes_out(store: Store, one: Scenario) -> None:
    assert (one.version.saved_by, one.version.note, one.version.approved_on) == ("Awa", WHY, None)
    assert one.batches == (1,) and one.epoch <= store.epoch and one.institutions == ("demo",)
    assert one.policy.social == 62.5 and one.policy.title == "Members first"
    assert all(leaf.goalposts for leaf in one.policy.leaves)
    with closing(store.cursor()) as cursor:
        shown = picture.picture(cursor, one.policy, one.view.as_of)
        assert one.policy == replace(versions.load(cursor, one.name), name=one.name)
        assert kept.find(cursor, one.version.policy) == one
    assert one.result == Result.of(shown)
    assert [unit.rank for unit in one.result.units] == sorted(unit.rank or 99 for unit in one.result.units)
    found = kept.reopen(store, one)
    assert found.exact and not found.differing and not found.landed and not found.taken_out


def test_the_same_name_again_is_another_version(store: Store) -> None:
    first, second = saved(store, "Twice"), saved(store, "Twice")
    assert (first.name, second.name) == ("twice@1", "twice@2")


def test_a_part_of_the_data_is_opened_as_that_part(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        rows = cursor.execute("SELECT branch_id FROM v_branches ORDER BY 1 LIMIT 3").fetchall()
    branches = tuple(row[0] for row in rows)
    one = saved(store, "Three", branches=branches)
    assert {unit.id for unit in one.result.units} == set(branches)
    assert kept.reopen(store, one).exact


def test_a_result_comes_back_from_its_text_to_the_last_digit(one: Scenario) -> None:
    assert Result.from_json(one.result.to_json()) == one.result


def test_what_was_changed_by_hand_is_refused(store: Store) -> None:
    one = saved(store, "Tampered")
    change = """UPDATE scenarios SET result = replace(result::VARCHAR, '"rank": 1,', '"rank": 2,') WHERE policy = ?"""
    store.write(lambda cursor: cursor.execute(change, [one.version.policy]))
    with closing(store.cursor()) as cursor, pytest.raises(EvenkeelError, match="tampered@1"):
        kept.find(cursor, one.name)
    store.write(lambda cursor: cursor.execute("DELETE FROM scenarios WHERE policy = ?", [one.version.policy]))


def test_figures_that_come_out_otherwise_are_named(store: Store, one: Scenario) -> None:
    unit = one.result.units[0]
    row = dict(one.parts[unit.id])
    row["par30"] = (row["par30"] or 0.0) * (1 + 1e-6)
    found = kept.reopen(store, replace(one, parts={**one.parts, unit.id: row}))
    assert found.differing == ((unit.name, "par30"),) and not found.exact


def test_where_the_data_are_gone_the_kept_figures_still_give_the_numbers(store: Store, one: Scenario) -> None:
    found = kept.reopen(store, replace(one, batches=(*one.batches, 77)))
    assert (found.reason, found.missing, found.picture) == ("gone", (77,), None)
    assert found.exact and found.result == one.result


def test_data_that_refuse_are_said_to(store: Store, one: Scenario) -> None:
    found = kept.reopen(store, replace(one, view=replace(one.view, as_of=datetime.date(1999, 1, 31))))
    assert found.reason == "refused" and found.fault is not None and found.picture is None
    assert "1999" in found.fault.text("en")


def test_another_name_leaves_the_numbers(store: Store) -> None:
    one = saved(store, "Old name")
    name = kept.rename(store, one, "New name")
    with closing(store.cursor()) as cursor:
        found = kept.find(cursor, name)
        assert one.name not in [version.name for version in versions.versions(cursor)]
    assert (found.name, found.policy.title) == ("new_name@1", "New name")
    assert (found.result, found.version.saved_at, found.version.note) == (one.result, one.version.saved_at, WHY)
    assert kept.reopen(store, found).exact


def test_a_scenario_goes_for_good_and_takes_no_other_along(store: Store) -> None:
    other, one = saved(store, "Stays"), saved(store, "Goes")
    kept.delete(store, one)
    with closing(store.cursor()) as cursor:
        left = [found.name for found in kept.scenarios(cursor)]
        with pytest.raises(EvenkeelError, match="goes@1"):
            kept.find(cursor, one.name)
    assert other.name in left and one.name not in left


def test_what_the_board_approved_is_frozen(tmp_path: Path) -> None:
    with closing(open_copy(tmp_path)) as store:
        draft = saved(store, "The board's")
        name = kept.approve(store, draft, "The board", datetime.date(2026, 10, 1), "more members")
        with closing(store.cursor()) as cursor:
            one = kept.find(cursor, name)
            assert scenarios.in_use(cursor) == name
        assert (one.version.approved_by, one.version.note, one.result) == ("The board", "more members", draft.result)
        for change in (lambda: kept.delete(store, one), lambda: kept.rename(store, one, "Mine")):
            with pytest.raises(EvenkeelError, match="approved"):
                change()
        assert kept.reopen(store, one).exact
