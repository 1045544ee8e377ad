"""A manager can find four stories in the sample, and each is there because the generator tells it."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from metrics import policy, values
from metrics.balance import flips
from metrics.picture import Picture, picture
from metrics.store import Cursor, Store
from tests import fresh, sample_files

EQUAL = policy.load("equal")
LAST, JUNE = datetime.date(2026, 9, 30), datetime.date(2026, 6, 30)
YEAR_BEFORE = datetime.date(2025, 9, 30)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fresh.open_copy(tmp_path_factory.mktemp("sample"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shown(store: Store) -> Picture:
    return picture(store.cursor(), EQUAL)


def table(cursor: Cursor, day: datetime.date, **settings: object) -> pd.DataFrame:
    """Values of a date: a row a branch, a column an indicator."""
    frame = values.values(cursor, {**EQUAL.settings, **settings}, by="branch", periods=[day])
    return frame.pivot(index="unit", columns="indicator", values="value")


def portfolio(cursor: Cursor, day: datetime.date) -> pd.Series:
    rows = cursor.execute(
        "SELECT branch_id, sum(principal_outstanding)::DOUBLE FROM v_loans WHERE as_of = ? GROUP BY branch_id", [day]
    ).fetchall()
    return pd.Series(dict(rows))


def fastest(cursor: Cursor) -> str:
    return str((portfolio(cursor, LAST) / portfolio(cursor, YEAR_BEFORE)).idxmax())


def growth_flatters(cursor: Cursor) -> str | None:
    """The fastest-growing branch, if its PAR30 is the best of all while a fifth of its clients are over-indebted."""
    branch, now, june = fastest(cursor), table(cursor, LAST), table(cursor, JUNE)
    late_least = now["par30"].idxmin() == branch
    lately = now["overindebted_share"][branch] > 0.2 and june["overindebted_share"][branch] < 0.12
    unit = next(unit for unit in picture(cursor, EQUAL).units if unit.id == branch)
    healths = (unit.financial or 0) >= 63 and (unit.social or 100) < 35
    return branch if late_least and lately and healths else None


def patient_women(cursor: Cursor) -> str | None:
    """The branch that keeps its clients best, if rural, of women, above the PAR limit, and ahead from some weight on.

    Ahead of the fastest-growing branch, at a social share between 30 % and 70 %.
    """
    now = table(cursor, LAST)
    branch, rival = str(now["retention_rate"].idxmax()), fastest(cursor)
    row = now.loc[branch]
    is_it = row["pct_female_borrowers"] > 0.8 and row["rural_share"] > 0.6 and row["par30"] > 0.05
    units = {unit.id: unit for unit in picture(cursor, EQUAL).units}
    pair = [units[branch], units[rival]]
    financial, social = ([getattr(unit, name) / 100 for unit in pair] for name in ("financial", "social"))
    _, _, at = flips(financial, social, 1.0, 0.1)
    behind = financial[0] < financial[1]
    return branch if is_it and behind and len(at) == 1 and 30 < at[0] < 70 else None


def hidden_arrears(cursor: Cursor) -> str | None:
    """The branch whose PAR30 is below 3 % without the renegotiated loans and above 7 % with them."""
    with_them, without = table(cursor, LAST), table(cursor, LAST, renegotiated_at_risk=False)
    found = with_them.index[(with_them["par30"] > 0.07) & (without["par30"] < 0.03)]
    return str(found[0]) if len(found) == 1 else None


def complaints_rise(cursor: Cursor) -> dict[str, datetime.date]:
    """First month in which a branch heard of collection three times in a month, thrice as often as a year before."""
    rows = cursor.execute(
        """WITH months AS (
            SELECT branch_id, last_day(received_on) AS month, count(*) AS heard FROM v_complaints
            WHERE category = 'collection_conduct' GROUP BY ALL)
        SELECT m.branch_id, min(m.month) FROM months AS m
        WHERE m.heard >= 3 AND m.heard > 3 * coalesce((SELECT sum(b.heard) / 12 FROM months AS b
            WHERE b.branch_id = m.branch_id AND b.month < m.month AND b.month >= m.month - INTERVAL 1 YEAR), 0)
        GROUP BY m.branch_id"""
    ).fetchall()
    return dict(rows)


def collection_first(cursor: Cursor) -> str | None:
    """The branch where complaints about collection rose, then retention fell under 70 %, then PAR30 passed 10 %."""
    frame = values.values(cursor, EQUAL.settings, by="branch")
    risen = complaints_rise(cursor)
    for branch, own in frame.groupby("unit"):
        lines = own.pivot(index="period", columns="indicator", values="value")
        left = lines.index[lines["retention_rate"] < 0.70]
        late = lines.index[lines["par30"] > 0.10]
        if branch in risen and len(left) and len(late) and risen[str(branch)] < left[0] < late[0]:
            return str(branch)
    return None


FINDERS: dict[str, tuple[str, Callable[[Cursor], str | None]]] = {
    "growth-flatters": ("kolo", growth_flatters),
    "patient-women": ("welia", patient_women),
    "hidden-arrears": ("baro", hidden_arrears),
    "collection-first": ("doukoro", collection_first),
}


def test_a_fast_growing_branch_looks_best_on_par_while_its_clients_are_over_indebted(store: Store) -> None:
    assert growth_flatters(store.cursor()) == "kolo"


def test_a_rural_womens_branch_above_the_par_limit_keeps_its_clients_and_passes_the_fast_one(store: Store) -> None:
    assert patient_women(store.cursor()) == "welia"


def test_renegotiated_loans_hide_the_arrears_of_a_branch(store: Store) -> None:
    assert hidden_arrears(store.cursor()) == "baro"


def test_complaints_about_collection_rise_before_clients_leave_and_loans_fall_late(store: Store) -> None:
    assert collection_first(store.cursor()) == "doukoro"


@pytest.mark.full
@pytest.mark.parametrize("story", FINDERS)
def test_a_story_that_the_generator_leaves_out_is_not_found(story: str, tmp_path: Path) -> None:
    untold = sample_files.land(sample_files.make(tmp_path / "files", story), tmp_path / "data")
    branch, find = FINDERS[story]
    assert find(untold.cursor()) != branch
    untold.close()


def test_four_branches_need_action_and_two_would_be_missed_on_financial_figures_alone(shown: Picture) -> None:
    acting = {unit.id: unit.missed for unit in shown.units if unit.status in ("below", "critical")}
    assert acting == {"kolo": True, "tensa": True, "baro": False, "doukoro": False}


def test_each_branch_that_needs_action_has_done_so_since_its_story_began(shown: Picture) -> None:
    since = {unit.id: unit.since for unit in shown.units if unit.since}
    months = {"doukoro": (2026, 1), "tensa": (2026, 4), "baro": (2026, 5), "kolo": (2026, 7)}
    assert {name: (day.year, day.month) for name, day in since.items()} == months


def test_all_branches_have_a_balance_though_the_ledger_is_not_split(shown: Picture) -> None:
    assert sum(unit.balance is not None for unit in shown.units) == 12


def test_the_institution_is_sound_and_what_moved_is_over_indebtedness_at_the_fast_branch(
    store: Store, shown: Picture
) -> None:
    whole = values.values(store.cursor(), EQUAL.settings, by="institution", periods=[LAST])
    figures = whole.set_index("indicator")["value"]
    assert figures["oss"] == pytest.approx(1.12, abs=0.01)
    assert figures["capital_asset_ratio"] == pytest.approx(0.22, abs=0.01)
    assert figures["par30"] == pytest.approx(0.05, abs=0.006)
    assert shown.mover == ("kolo", "overindebted_share")
