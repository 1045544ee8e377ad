"""A limit that the board sets is kept as it is meant, or refused with a sentence at once."""

import math
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import catalogue, limits, records
from metrics.appetite import lines
from metrics.appetite.lines import LIMIT
from metrics.errors import EvenkeelError
from metrics.policy import load
from metrics.records import Record
from metrics.store import Store
from tests.records import DAY, land, loan, opened

PAR30 = {"indicator_id": "par30", "scope": "institution", "amber": 0.04, "red": 0.08, "valid_from": "2026-01-01",
         "approved_by": "Board", "rationale": "as in the credit manual"}  # fmt: skip
BAND = {**PAR30, "indicator_id": "borrowers_per_loan_officer", "amber": 150, "amber_high": 350, "red": 80,
        "red_high": 600}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that no test writes to."""
    branches = [{"branch_id": "north", "branch_name": "Northfield"}, {"branch_id": "south", "branch_name": "Southby"}]
    store = opened(tmp_path_factory.mktemp("lines"), loans=[loan("1")], branches=branches)
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path, loans=[loan("1")], branches=[{"branch_id": "north", "branch_name": "Northfield"}])


def limit(store: Store, record_id: str = "", seen: int = 0, **changed: Any) -> Record:
    return records.save(store, LIMIT, record_id, {**PAR30, **changed}, "Ana", seen=seen)


def refusal(store: Store, **body: Any) -> str:
    with pytest.raises(EvenkeelError) as raised, closing(store.cursor()) as cursor:
        lines.check(cursor, "", {name: value for name, value in body.items() if value is not None})
    return raised.value.text("en")


def in_table(store: Store) -> list[tuple[Any, ...]]:
    sql = "SELECT amber, red, valid_from, valid_to, approved_by FROM v_targets_limits ORDER BY valid_from"
    return store.cursor().execute(sql).fetchall()


def test_a_limit_set_is_the_one_in_force(store: Store) -> None:
    limit(store)
    found = limits.in_force(store.cursor(), load("equal"))["par30"]
    assert (found.amber, found.red, found.approved) == (0.04, 0.08, True)


def test_its_row_has_who_approved_it_and_why_and_what_is_not_given_stays_empty(store: Store) -> None:
    limit(store, approved_on="2025-12-20")
    rows = store.cursor().execute("SELECT approved_by, approved_on, rationale, target, scope_id FROM v_targets_limits")
    assert rows.fetchall() == [("Board", date(2025, 12, 20), "as in the credit manual", None, None)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"amber": 0.10, "red": 0.05}, "amber at 10 % lies beyond red at 5 %. Lower is better"),
        ({"indicator_id": "oss", "amber": 1.0, "red": 1.2}, "Higher is better"),
        ({"target": 0.05}, "the target of 5 % already breaks amber at 4 %"),
        ({"amber": None, "target": 0.09}, "already breaks red at 8 %"),
        ({"amber": None, "red": None}, "give at least one number"),
        ({"amber": math.nan}, "give at least one number"),
        ({"red": None, "hard_cap": True}, "a hard cap needs a red limit"),
        ({"red_high": 0.2}, "one number for amber and one for red"),
        ({"indicator_id": "par31"}, 'There is no indicator "par31". Did you mean'),
        ({"scope": "brunch"}, 'Did you mean "branch"?'),
        ({"scope_id": "north"}, "A limit for the whole institution cannot name"),
        ({"scope": "branch", "scope_id": "nort"}, 'Did you mean "north"?'),
        ({"scope": "branch", "scope_id": "Southbie"}, 'Did you mean "south"?'),
        ({"scope": "segment", "scope_id": "location/moon"}, 'There is no "location/moon"'),
        ({"indicator_id": "roa", "scope": "product"}, "has no meaning for a product"),
        ({"valid_to": "2025-12-31"}, "the last day, 31 Dec 2025, lies before the first, 1 Jan 2026"),
        ({"valid_from": "soon"}, "one of the dates cannot be read"),
        ({"approved_on": "2126-01-01"}, "lies in the future"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_a_sentence(kept: Store, body: dict[str, Any], wanted: str) -> None:
    assert wanted in refusal(kept, **{**PAR30, **body}).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"amber": 70}, "amber from 70 to 350 reaches beyond red from 80 to 600"),
        ({"amber_high": 700}, "reaches beyond red"),
        ({"amber_high": None}, "amber needs both a lower and an upper end"),
        ({"red": None}, "red needs both a lower and an upper end"),
        ({"amber": 400}, "the range from 400 to 350 runs backwards"),
        ({"target": 500}, "the target of 500 lies outside of 150 to 350"),
    ],
)
def test_a_band_that_cannot_be_is_refused_with_a_sentence(kept: Store, body: dict[str, Any], wanted: str) -> None:
    assert wanted in refusal(kept, **{**BAND, **body})


def test_amber_and_red_at_the_same_value_are_no_contradiction(kept: Store) -> None:
    with closing(kept.cursor()) as cursor:
        lines.check(cursor, "", {**PAR30, "amber": 0.08})
        lines.check(cursor, "", {**BAND, "amber": 80, "amber_high": 600})


def test_a_refusal_is_said_in_french_with_french_numbers(kept: Store) -> None:
    with pytest.raises(EvenkeelError) as raised, closing(kept.cursor()) as cursor:
        lines.check(cursor, "", {**PAR30, "amber": 0.105})
    assert "l’orange à 10,5 % dépasse le rouge à 8 %" in raised.value.text("fr").replace("\u202f", " ")


def test_a_limit_without_who_or_why_is_refused(store: Store) -> None:
    with pytest.raises(records.Empty):
        limit(store, rationale="")


def test_two_limits_of_one_scope_that_hold_on_one_day_are_refused(store: Store) -> None:
    limit(store, valid_to="2026-06-30")
    with pytest.raises(EvenkeelError, match="from 1 Jan 2026 to 30 Jun 2026, and the other begins on 30 Jun 2026"):
        limit(store, valid_from="2026-06-30")


def test_a_limit_that_begins_the_day_after_another_ends_is_kept(store: Store) -> None:
    limit(store, valid_to="2026-06-30")
    limit(store, valid_from="2026-07-01", amber=0.03)
    assert [row[0] for row in in_table(store)] == [0.04, 0.03]


def test_a_limit_without_a_last_day_covers_all_days_after_it(store: Store) -> None:
    limit(store)
    with pytest.raises(EvenkeelError, match="holds here from 1 Jan 2026 on without a last day"):
        limit(store, valid_from="2027-01-01")


def test_the_same_days_elsewhere_are_no_overlap(store: Store) -> None:
    limit(store)
    limit(store, scope="branch", scope_id="north")
    limit(store, indicator_id="par90")
    assert len(in_table(store)) == 3


def test_a_limit_may_be_corrected_without_overlapping_itself(store: Store) -> None:
    one = limit(store)
    limit(store, one.id, seen=1, amber=0.05)
    assert [row[0] for row in in_table(store)] == [0.05]


def test_an_imported_limit_counts_for_the_overlap(store: Store) -> None:
    row = {"indicator_id": "par30", "scope": "institution", "red": 0.1, "valid_from": DAY, "approved_by": "Board"}
    land(store, targets_limits=[row])
    with pytest.raises(EvenkeelError, match="a limit holds here from 30 Sep 2026 on"):
        limit(store, valid_from="2026-10-01")


def test_a_limit_that_follows_another_ends_it_on_the_day_before_and_undo_brings_it_back(store: Store) -> None:
    land(store, targets_limits=[{**PAR30, "approved_by": "Old board"}])
    with closing(store.cursor()) as cursor:
        body = lines.succeeded(lines.listed(cursor), {**PAR30, "amber": 0.03, "valid_from": "2026-10-01"})
    one = records.save(store, LIMIT, "par30/institution", body, "Ana")
    followed = in_table(store)
    records.undo(store, LIMIT, one.id, "Ana", seen=1)
    assert followed == [
        (0.04, 0.08, date(2026, 1, 1), date(2026, 9, 30), "Old board"),
        (0.03, 0.08, date(2026, 10, 1), None, "Board"),
    ]
    assert in_table(store) == [(0.04, 0.08, date(2026, 1, 1), None, "Old board")]


def test_a_limit_of_the_same_first_day_takes_the_place_of_the_one_before(store: Store) -> None:
    limit(store)
    with closing(store.cursor()) as cursor:
        body = lines.succeeded(lines.listed(cursor), {**PAR30, "amber": 0.02})
    assert "earlier" not in body


def test_the_list_knows_the_record_behind_a_limit_and_its_hard_cap(store: Store) -> None:
    one = limit(store, hard_cap=True)
    found = lines.listed(store.cursor())[0]
    assert (found.record, found.version, found.hard_cap, found.holds(DAY)) == (one.id, 1, True, True)


def test_parts_of_an_institution_are_known_by_name(kept: Store) -> None:
    with closing(kept.cursor()) as cursor:
        assert lines.parts(cursor, "branch") == {"north": "Northfield", "south": "Southby"}


amounts = st.floats(-5, 5, allow_nan=False)
of_one_side = st.sampled_from([one for one in catalogue.indicators().values() if one.better != "band"])


@given(of_one_side, amounts, amounts)
def test_numbers_are_refused_exactly_where_a_value_could_be_red_without_being_amber(
    indicator: catalogue.Indicator, amber: float, red: float
) -> None:
    between = (amber + red) / 2
    only = {"amber": limits.Limit(amber, None, True), "red": limits.Limit(None, red, True)}
    broken = {name: limits.level(indicator, between, {indicator.id: line})[0] for name, line in only.items()}
    try:
        lines.numbers_fault(indicator, {"amber": amber, "red": red})
        refused = False
    except EvenkeelError:
        refused = True
    assert refused == (broken == {"amber": "", "red": "red"})
